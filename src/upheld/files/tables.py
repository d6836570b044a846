"""Read a spreadsheet, whatever its name says it is, as rows of plain values.

A file is judged by its content: a workbook is a zip archive with a workbook inside, a CSV is text. What cannot be read
is refused with the reason and what to do, never guessed at.
"""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from upheld.errors import UpheldError

Cell = str | int | float | bool | date | None

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 512 * 1024 * 1024  # a workbook of some 200,000 rows unpacks to about a third of this
MAX_ROWS = 250_000
MAX_COLUMNS = 200

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of encrypted .xlsx
_ENCODINGS = ("utf-8-sig", "cp1252")


class UnreadableFile(UpheldError):
    """A file is not what it says it is, is damaged, or is larger than is sensible."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet: `rows[0]` is the first row of the file, so row `i` is line `i + 1` for people."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_sheet(path: Path, *, prefer: str | None = None) -> Sheet:
    """Read the sheet called `prefer` of a workbook, or else its first, or a CSV file.

    Raises UnreadableFile where there is no such file, it is empty, damaged, encrypted, too large, or neither CSV nor
    XLSX by its content.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be opened: {error.strerror}.") from error
    if path.is_dir():
        raise UnreadableFile(f"{path} is a folder. Name a CSV or XLSX file in it.")
    if size == 0:
        raise UnreadableFile(f"{path.name} is empty.")
    if size > MAX_FILE_BYTES:
        raise UnreadableFile(
            f"{path.name} is {size // 1024**2} MB; the most that is read is {MAX_FILE_BYTES // 1024**2} MB. "
            "Split it by year, or remove pictures from it."
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    return read_sheet_bytes(content, path.name, prefer=prefer)


def read_sheet_bytes(content: bytes, name: str, *, prefer: str | None = None) -> Sheet:
    """As read_sheet, from the bytes of a file called `name`."""
    if content.startswith(_ZIP):
        return _read_workbook(content, name, prefer)
    if content.startswith(_COMPOUND):
        raise UnreadableFile(
            f"{name} is an old Excel file (.xls) or is protected by a password. Save it as .xlsx without one."
        )
    return _read_csv(content, name)


def _read_workbook(content: bytes, name: str, prefer: str | None) -> Sheet:
    from python_calamine import CalamineWorkbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            members = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise UnreadableFile(f"{name} is a damaged workbook. Open it in Excel and save it again.") from error
    if "xl/workbook.xml" not in members:
        raise UnreadableFile(f"{name} is a zip archive, but not an Excel workbook (.xlsx).")
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableFile(f"{name} unpacks to more than {MAX_UNPACKED_BYTES // 1024**2} MB, so it was not opened.")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
        if not names:
            raise UnreadableFile(f"{name} has no sheet.")
        chosen = prefer if prefer in names else names[0]
        sheet = book.get_sheet_by_name(chosen)
        if sheet.height > MAX_ROWS or sheet.width > MAX_COLUMNS:
            _refuse_extent(name, sheet.height, sheet.width)
        # From the first cell on, so that a row's place in `rows` is its place in the file.
        rows = sheet.to_python(skip_empty_area=False)
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(f"{name} cannot be read as a workbook: {error}.") from error
    return Sheet(chosen, tuple(tuple(_plain(value) for value in row) for row in rows))


def _plain(value: object) -> Cell:
    match value:
        case "" | None:
            return None
        case bool() | int() | str():
            return value
        case float():
            return int(value) if value.is_integer() else value
        case datetime():
            return value.date()
        case date():
            return value
        case time() | timedelta():
            return str(value)
        case _:
            return str(value)


def _read_csv(content: bytes, name: str) -> Sheet:
    if b"\x00" in content:
        raise UnreadableFile(f"{name} is neither a CSV file nor an Excel workbook (.xlsx).")
    text = _decode(content, name)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    csv.field_size_limit(1_000_000)
    rows: list[tuple[Cell, ...]] = []
    try:
        # Double quotes are doubled in every dialect that spreadsheets write; the sniffer may not have seen one.
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, quotechar='"', strict=True)
        for row in reader:
            rows.append(tuple(value if value.strip() else None for value in row))
            if len(rows) > MAX_ROWS or len(row) > MAX_COLUMNS:
                _refuse_extent(name, len(rows), len(row))
    except csv.Error as error:
        raise UnreadableFile(f"{name} is not a well-formed CSV file: line {len(rows) + 1}: {error}.") from error
    return Sheet(name, tuple(rows))


def _decode(content: bytes, name: str) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(f"{name} is text in an unknown encoding. Save it as CSV UTF-8.")


def _refuse_extent(name: str, rows: int, columns: int) -> None:
    raise UnreadableFile(
        f"{name} has {rows} rows and {columns} columns or more; the most that is read is {MAX_ROWS} rows and "
        f"{MAX_COLUMNS} columns. Delete what is empty below and beside the table, or split the file by year."
    )
