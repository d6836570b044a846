"""The example as a file that the ordinary import reads: CSV, or a workbook with the register and a note on it."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from upheld.errors import UpheldError
from upheld.register.example.quarter_plans import MADE_UP_PREFIX, PUBLISHED_PREFIX
from upheld.register.example.rows import ExampleRow
from upheld.register.layout import COLUMNS, Column, Form
from upheld.register.read import SHEET

ABOUT = f"""\
This register is an example. No complaint, child, family or member of staff in it is real.

In five quarters (Q2 and Q3 2017/18, Q1 to Q3 2018/19) its counts are those of the published Q3 2018/19 report of a
London borough: received, upheld and in time by stage, and, in the last of them, stage 1 by team and the order of its
themes.

Everything else is made up: Q4 2017/18, all that was received after 31 December 2018, and the dates, people, points and
further details of every case.

References of cases that came to the register in a published quarter begin with {PUBLISHED_PREFIX}-, all others with
{MADE_UP_PREFIX}-. A published case can go on to stages in later quarters; those stages are made up too.
"""


class CannotWriteExample(UpheldError):
    """The example cannot be written to the file that was named."""


def csv_bytes(rows: Iterable[ExampleRow]) -> bytes:
    """The rows as CSV in UTF-8, marked as such for Excel."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.heading for column in COLUMNS])
    for row in rows:
        writer.writerow([_written(column, getattr(row, column.id)) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(rows: Iterable[ExampleRow], until: date) -> bytes:
    """The rows as a workbook: the sheet "Register" with real dates, and a sheet that says what the example is."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    # A fixed time of making, so that the same rows are the same bytes.
    made = datetime(until.year, until.month, until.day, tzinfo=UTC)
    book.set_properties({"title": "Example register", "created": made})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(SHEET)
    sheet.freeze_panes(1, 2)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, 12 if column.form is Form.DATE else 20)
        sheet.write_string(0, index, column.heading, head)
    for number, row in enumerate(rows, start=1):
        for index, column in enumerate(COLUMNS):
            value = getattr(row, column.id)
            if isinstance(value, date):
                sheet.write_datetime(number, index, datetime(value.year, value.month, value.day), dates)  # noqa: DTZ001
            elif written := _written(column, value):
                sheet.write_string(number, index, written)
    about = book.add_worksheet("About this example")
    about.set_column(0, 0, 100, wrapped)
    for number, paragraph in enumerate(ABOUT.split("\n\n")):
        about.write_string(number, 0, " ".join(paragraph.split()), wrapped)
    book.close()
    return buffer.getvalue()


def write_example(path: Path, rows: Iterable[ExampleRow], until: date) -> None:
    """Write the rows to a .csv or .xlsx file, whole or not at all. Raises CannotWriteExample with the reason."""
    match path.suffix.lower():
        case ".csv":
            content = csv_bytes(rows)
        case ".xlsx":
            content = xlsx_bytes(rows, until)
        case _:
            raise CannotWriteExample(f"{path.name}: an example is written as .csv or .xlsx. Give the file such a name.")
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise CannotWriteExample(f"{path} cannot be written: {error.strerror}.") from error


def _written(column: Column, value: object) -> str:
    """A value as an officer would type it."""
    match value:
        case None | ():
            return ""
        case bool():
            return "Yes" if value else "No"
        case date():
            return value.isoformat()
        case tuple():
            return "; ".join(_words(column, str(item)) for item in value)
        case _:
            return _words(column, str(value))


def _words(column: Column, code: str) -> str:
    return column.choices.get(code, code)
