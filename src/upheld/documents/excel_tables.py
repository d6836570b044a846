"""A table as a sheet: a rate stands beside its counts, and a cell of several numbers takes several cells.

A printed cell may say "27% (4 of 15)". In a spreadsheet these are three numbers in three cells, under the same head.
"""

import io
import math
import re
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from upheld.documents.charts import Drawing
from upheld.documents.excel_book import Book
from upheld.documents.excel_numbers import counts, is_rate
from upheld.documents.layout import column_characters, head_rows, is_bold, is_group, is_grouped, placed
from upheld.narrative.report import Align, Cell, Chart, Number, Role, Row, Runs, Table, plain

# A table of at least so many rows is worth a filter.
_FILTERED = 8
# A sheet of at most so many rows is printed on one page, chart included.
_ONE_PAGE = 40

# Widths in characters: the widest column of words, and a part of a column that takes several.
_WIDEST = 60
_PART_WIDTH = 11

RATE_HEADS = ("per cent", "number", "out of")
PRINTED_HEAD = "as printed"
# What may stand between numbers without saying anything that their heads do not say.
_JOINT = re.compile(r"[\s()\[\]/,:;–-]*(of|out of)?[\s()\[\]/,:;–-]*\Z")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the printed table, and the columns of the sheet that it takes.

    `heads` name them under the printed head; a column that takes one has none. `rate` columns hold a rate, its
    numerator and its denominator; `printed` columns end with the text of the cell, where numbers alone would lose it.
    A `text` column holds words, and whatever numbers are in them.
    """

    first: int
    heads: tuple[str, ...]
    rate: bool = False
    printed: bool = False
    text: bool = False

    @property
    def width(self) -> int:
        """How many columns of the sheet it takes."""
        return max(1, len(self.heads))


def plan(table: Table) -> tuple[Column, ...]:
    """The columns of the sheet, for each column of the table."""
    columns: list[Column] = []
    first = 0
    for index in range(table.columns):
        columns.append(_column(table, index, first))
        first += columns[-1].width
    return tuple(columns)


def _column(table: Table, index: int, first: int) -> Column:
    rows = [(row, cell) for row in table.rows for at, cell in placed(row.cells) if at == index and cell.span == 1]
    cells = [cell for _, cell in rows]
    held = [_numbers(cell.runs) for cell in cells]
    most = max((len(numbers) for numbers in held), default=0)
    wordy = any(numbers and not _only_joints(cell.runs) for cell, numbers in zip(cells, held, strict=True))
    if not most or (wordy and table.align[index] is Align.START):
        return Column(first, (), text=True)
    rate = any(numbers and is_rate(numbers[0]) for numbers in held)
    if most == 1 and rate and all(_counts_beside(row, numbers) for (row, _), numbers in zip(rows, held, strict=True)):
        return Column(first, (RATE_HEADS[0], PRINTED_HEAD) if wordy else (), printed=wordy)
    heads: tuple[str, ...]
    if rate and all(_one_rate(numbers) for numbers in held):
        heads = RATE_HEADS
    elif most > 1:
        rate, heads = False, tuple(str(i + 1) for i in range(most))
    else:
        rate, heads = False, ("number",) if wordy else ()
    return Column(first, (*heads, PRINTED_HEAD) if wordy else heads, rate, wordy)


def _counts_beside(row: Row, numbers: list[Number]) -> bool:
    """True where the row itself shows both counts of a rate, in cells of their own."""
    shown = {(n.source, n.role) for cell in row.cells for n in _numbers(cell.runs)}
    return all({(n.source, Role.NUMERATOR), (n.source, Role.DENOMINATOR)} <= shown for n in numbers)


def _one_rate(numbers: list[Number]) -> bool:
    """True where the numbers of a cell are a rate and, at most, its own counts in their order."""
    if not numbers:
        return True
    roles = [number.role for number in numbers]
    return (
        is_rate(numbers[0])
        and roles == [Role.VALUE, Role.NUMERATOR, Role.DENOMINATOR][: len(roles)]
        and all(number.source == numbers[0].source for number in numbers)
    )


def _numbers(runs: Runs) -> list[Number]:
    return [run for run in runs if isinstance(run, Number)]


def _only_joints(runs: Runs) -> bool:
    return all(_JOINT.match(plain((run,))) for run in runs if not isinstance(run, Number))


class TableSheet:
    """One table's sheet in the making: caption, head, rows, base and notes, and the chart that is drawn from it."""

    TOP = 2  # the caption and a line under it

    def __init__(self, book: Book, table: Table, name: str, sheet: Worksheet) -> None:
        self.book, self.table, self.name, self.sheet = book, table, name, sheet
        self.columns = plan(table)
        self.grouped = is_grouped(table)
        self.widths = [min(_WIDEST, max(8, width)) for width in column_characters(table, widest=_WIDEST)]
        self.parted = any(column.heads for column in self.columns)
        self.first_row = self.TOP + len(table.head) + int(self.parted)

    def write(self, chart: tuple[Chart, Drawing] | None) -> None:
        """Write the sheet, with `chart` under the table."""
        book, table, sheet = self.book, self.table, self.sheet
        accent = book.look.accent
        book.say(sheet, 0, 0, f"{self.name}: {table.caption}", bold=True, font_size=13, font_color=accent)
        self.book.tall(sheet, 0, "", 1, size=13)
        if len(table.rows) <= _ONE_PAGE:
            sheet.fit_to_pages(1, 1)
        self._widths()
        self._head()
        row = self.first_row
        for line in table.rows:
            self._row(row, line)
            row += 1
        for words_under in (table.base, *table.notes):
            if words_under:
                book.say_runs(sheet, row, 0, words_under, font_color=book.look.muted)
                row += 1
        sheet.freeze_panes(self.first_row, 1)
        sheet.repeat_rows(self.TOP, self.first_row - 1)
        self._filter()
        if chart:
            self._chart(row + 1, *chart)

    def _across(self, column: int, span: int) -> tuple[int, int]:
        """The first and last column of the sheet for `span` columns of the table from `column`."""
        last = self.columns[column + span - 1]
        return self.columns[column].first, last.first + last.width - 1

    def _widths(self) -> None:
        for column, width in zip(self.columns, self.widths, strict=True):
            for offset in range(column.width):
                printed = column.printed and offset == column.width - 1
                at = column.first + offset
                self.sheet.set_column(at, at, width if printed or not column.heads else _PART_WIDTH)

    def _head(self) -> None:
        last = self.TOP + len(self.table.head) - 1
        for y, row in enumerate(head_rows(self.table)):
            for head in row:
                first, final = self._across(head.column, head.span)
                group = head.group or final > first
                top, bottom = self.TOP + y, self.TOP + y + head.depth - 1
                if bottom == last and self.parted and not self.columns[head.column].heads:
                    bottom += 1  # down beside the heads of its neighbours' parts
                end = self.table.align[head.column] is Align.END
                look = self._head_look(align="center" if group else "right" if end else "left")
                self._merged(top, first, bottom, final, plain(head.cell.runs), look)
                for run in head.cell.runs:
                    if isinstance(run, Number):
                        self.book.note(run, self.sheet, top, first)
        for column in self.columns:
            for offset, text in enumerate(column.heads):
                self.book.say(self.sheet, last + 1, column.first + offset, text, **self._head_look(align="right"))

    def _head_look(self, *, align: str) -> dict[str, Any]:
        look = self.book.look
        return {"bold": True, "bg_color": look.accent_tint, "align": align, "valign": "bottom", "text_wrap": True,
                "border": 1, "border_color": look.rule}  # fmt: skip

    def _merged(self, top: int, first: int, bottom: int, last: int, text: str, look: dict[str, Any]) -> None:
        if (top, first) != (bottom, last):
            self.sheet.merge_range(top, first, bottom, last, "", self.book.format(**look))
        self.book.say(self.sheet, top, first, text, **look)

    def _row(self, row: int, line: Row) -> None:
        look = self.book.look
        style: dict[str, Any] = {"bottom": 1, "bottom_color": look.rule}
        if line.total:
            style = {"bold": True, "bg_color": look.accent_tint, "top": 2, "bottom": 2, "top_color": look.accent,
                     "bottom_color": look.accent}  # fmt: skip
        group = is_group(line, self.table)
        if group:
            style["font_color"] = look.accent
        for column, cell in placed(line.cells):
            first, last = self._across(column, cell.span)
            parts = self.columns[column]
            if parts.text or not _numbers(cell.runs):
                end = self.table.align[column] is Align.END and not cell.header
                bold = line.total or group or is_bold(cell, grouped=self.grouped)
                words_look = {"align": "right" if end else "left", "bold": bold, "text_wrap": not end}
                self._merged(row, first, row, last, plain(cell.runs), {**style, **words_look})
                for shown in _numbers(cell.runs):
                    self.book.note(shown, self.sheet, row, first)
            else:
                self._parts(row, parts, cell, style)
        self._height(row, line)

    def _height(self, row: int, line: Row) -> None:
        """As high as its longest text needs."""
        lines = [
            math.ceil(len(plain(cell.runs)) * 0.9 / self.widths[column])
            for column, cell in placed(line.cells)
            if cell.span == 1 and self.columns[column].text
        ]
        if lines and max(lines) > 1:
            self.sheet.set_row(row, max(lines) * 13 + 3)

    def _parts(self, row: int, parts: Column, cell: Cell, style: dict[str, Any]) -> None:
        held = _numbers(cell.runs)
        for offset, shown in enumerate(held):
            self.book.show(self.sheet, row, parts.first + offset, shown, **style)
        if parts.rate:
            for offset, count in enumerate(counts(held[0]), start=1):
                if offset >= len(held) and count is not None:
                    number_format = self.book.format(num_format="0", align="right", **style)
                    self.sheet.write_number(row, parts.first + offset, count, number_format)
        filled = max(len(held), 3 if parts.rate else 0)
        for offset in range(filled, parts.width):
            text = plain(cell.runs) if parts.printed and offset == parts.width - 1 else ""
            self.book.say(self.sheet, row, parts.first + offset, text, align="right", **style)

    def _filter(self) -> None:
        body = [row for row in self.table.rows if not row.total]
        if len(body) >= _FILTERED:
            last = self.columns[-1]
            self.sheet.autofilter(self.first_row - 1, 0, self.first_row + len(body) - 1, last.first + last.width - 1)

    def _chart(self, row: int, chart: Chart, drawing: Drawing) -> None:
        self.sheet.insert_image(
            row,
            0,
            f"{chart.id}.png",
            {
                "image_data": io.BytesIO(drawing.png()),
                "x_scale": 0.5,
                "y_scale": 0.5,
                "description": plain(chart.description) or chart.title,
                "object_position": 2,
            },
        )
