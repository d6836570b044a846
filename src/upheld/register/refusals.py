"""What was refused of a register, as files to work through: a list, or the rows as they were with the reasons."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from upheld.files import Cell, Sheet, column_letters
from upheld.register.model import Refusal

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_WIDEST = 45  # characters


def refusals_csv(refusals: Iterable[Refusal]) -> bytes:
    """CSV with row, column, what stands there and why it was refused. No cell of it is taken for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(("Row", "Column", "What stands there", "Why it was refused"))
    for refusal in refusals:
        cells = (str(refusal.row), refusal.column, refusal.value, refusal.reason)
        writer.writerow("'" + cell if cell[:1] in tuple("=+-@\t\r") else cell for cell in cells)
    return buffer.getvalue().encode("utf-8-sig")


def refusals_workbook(sheet: Sheet, head: int, refusals: Sequence[Refusal]) -> bytes:
    """An XLSX workbook with every refused row as it was: its cells marked, and the reason beside each of them.

    `head` is the last row of the headings of `sheet`, from 0. The first columns give the row's number in the file and
    what is wrong with the row as a whole. Texts are written as texts, whatever they begin with.
    """
    import xlsxwriter

    by_row: dict[int, list[Refusal]] = defaultdict(list)
    for refusal in refusals:
        by_row[refusal.row].append(refusal)
    refused = sorted({r.cell for r in refusals if r.cell is not None})
    width = max([len(sheet.rows[head]), *(i + 1 for i in refused)], default=0)
    places = _places(width, refused)

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#dfe7ef", "text_wrap": True, "valign": "top"}),
        "why_head": book.add_format({"bold": True, "bg_color": "#f9e0e0", "text_wrap": True, "valign": "top"}),
        "cell": book.add_format({"valign": "top"}),
        "day": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"}),
        "bad": book.add_format({"valign": "top", "bg_color": "#f6b9b9", "bold": True, "num_format": "yyyy-mm-dd"}),
        "why": book.add_format({"valign": "top", "bg_color": "#fdf1f1", "text_wrap": True}),
    }
    page = book.add_worksheet("Refused rows")
    _write_head(page, sheet, head, places, refused, formats)
    for line, number in enumerate(sorted(by_row), start=1):
        cells = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
        _write_row(page, line, number, cells, by_row[number], places, formats)
    page.freeze_panes(1, 2)
    book.set_properties({"title": "Rows of a register that were refused"})
    book.close()
    return buffer.getvalue()


def _places(width: int, refused: Sequence[int]) -> Mapping[int, int]:
    """Where each column of the file stands in the list: after the row's number and reason, and the reasons before."""
    return {column: 2 + column + sum(other < column for other in refused) for column in range(width)}


def _write_head(
    page: "Worksheet",
    sheet: Sheet,
    head: int,
    places: Mapping[int, int],
    refused: Sequence[int],
    formats: Mapping[str, "Format"],
) -> None:
    page.write_string(0, 0, "Row", formats["head"])
    page.write_string(0, 1, "Why the row was refused", formats["why_head"])
    page.set_column(0, 0, 8)
    page.set_column(1, 1, _WIDEST)
    names = sheet.rows[head]
    for column, place in places.items():
        name = "" if column >= len(names) or names[column] is None else str(names[column])
        page.write_string(0, place, name or f"(column {column_letters(column)})", formats["head"])
        page.set_column(place, place, max(12, min(28, len(name) + 4)))
        if column in refused:
            page.write_string(0, place + 1, f"Why “{name}” was refused", formats["why_head"])
            page.set_column(place + 1, place + 1, _WIDEST)


def _write_row(
    page: "Worksheet",
    line: int,
    number: int,
    cells: Sequence[Cell],
    refusals: Sequence[Refusal],
    places: Mapping[int, int],
    formats: Mapping[str, "Format"],
) -> None:
    reasons: dict[int | None, list[str]] = defaultdict(list)
    for refusal in refusals:
        where = refusal.cell if refusal.cell in places else None
        named = f"{refusal.column}: " if where is None and refusal.column else ""
        reasons[where].append(named + refusal.reason)
    page.write_number(line, 0, number, formats["cell"])
    page.write_string(line, 1, "\n".join(reasons.get(None, ())), formats["why"])
    for column, place in places.items():
        cell = cells[column] if column < len(cells) else None
        bad = column in reasons
        _write_cell(page, line, place, cell, formats["bad" if bad else "day" if isinstance(cell, date) else "cell"])
        if bad:
            page.write_string(line, place + 1, "\n".join(reasons[column]), formats["why"])


def _write_cell(page: "Worksheet", line: int, place: int, cell: Cell, style: "Format") -> None:
    if cell is None:
        page.write_blank(line, place, None, style)
    elif isinstance(cell, bool):
        page.write_boolean(line, place, cell, style)
    elif isinstance(cell, int | float):
        page.write_number(line, place, cell, style)
    elif isinstance(cell, date):
        page.write_datetime(line, place, cell, style)
    else:
        page.write_string(line, place, str(cell)[:32_767], style)
