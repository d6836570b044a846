"""Workbooks and CSV files: each sheet is a section, each block of filled rows a table or a paragraph."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from upheld.checker.plain import tidied
from upheld.checker.reading.document import Block, BlockKind
from upheld.checker.reading.grids import squared
from upheld.files import Cell, Fault, Sheet, read_sheets_bytes

MAX_ROWS = 5_000


def read_sheets(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of a workbook or of a CSV file. Raises UnreadableFile."""
    sheets = read_sheets_bytes(content, name)
    for sheet in sheets:
        if len(sheets) > 1:
            yield Block(BlockKind.HEADING, tidied(sheet.name), 1)
        yield from _blocks(sheet)


def _blocks(sheet: Sheet) -> Iterator[Block]:
    held: list[list[str]] = []
    for index, row in enumerate(sheet.rows[:MAX_ROWS]):
        cells = [_filled(sheet, index, column, cell) for column, cell in enumerate(row)]
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and len(filled[0]) > 60:
            yield from _table(held)
            held = []
            yield Block(BlockKind.PARAGRAPH, filled[0])
        elif filled:
            held.append(cells)
        else:
            yield from _table(held)
            held = []
    yield from _table(held)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """A table, after what stands above it alone in a row, which is its title."""
    rows = list(rows)
    while rows and len(set(filter(None, rows[0]))) == 1:
        title = next(filter(None, rows.pop(0)))
        words = len(title.split()) > 12 or title.endswith(".")
        yield Block(BlockKind.PARAGRAPH, title) if words else Block(BlockKind.HEADING, title, 2)
    after: list[str] = []
    while len(rows) > 1 and len(set(filter(None, rows[-1]))) == 1 and len(next(filter(None, rows[-1]))) > 30:
        after.insert(0, next(filter(None, rows.pop())))
    if rows:
        yield Block(BlockKind.TABLE, cells=squared(rows))
    for note in after:
        yield Block(BlockKind.PARAGRAPH, note)


def _filled(sheet: Sheet, row: int, column: int, cell: Cell) -> str:
    if cell is None or cell == "":
        for merge in sheet.merges:
            if merge.covers(row, column):
                return shown(sheet.rows[merge.top][merge.left]) if merge.left < len(sheet.rows[merge.top]) else ""
    return shown(cell)


def shown(cell: Cell) -> str:
    """A cell as a text."""
    if cell is None or isinstance(cell, Fault):
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.10g}" if abs(cell) < 1e15 else ""
    if isinstance(cell, date):
        return f"{cell.day} {cell:%B} {cell.year}"
    return tidied(re.sub(r"\s+", " ", str(cell)))
