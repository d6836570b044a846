"""Read a spreadsheet as rows of plain values, or refuse it and say why.

A file is judged by its content: a workbook is an archive with a workbook inside, a CSV is text. What cannot be read
is refused with the reason and what to do, never guessed at.
"""

from dataclasses import dataclass
from pathlib import Path

from upheld.files import limits
from upheld.files.isolated import read_workbook
from upheld.files.kinds import COMPOUND, ZIP, check_kind, kind_of
from upheld.files.model import Sheet, UnreadableFile
from upheld.files.text import read_text


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said about a file, where it does not say it itself: the sheet; encoding and delimiter of text."""

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


NOTHING_TOLD = Told()


def read_sheet(path: Path, *, prefer: str | None = None, told: Told = NOTHING_TOLD) -> Sheet:
    """Read the sheet that was told, or else the one called `prefer`, or else the first of a workbook; or CSV.

    Raises UnreadableFile where there is no such file or sheet, or the file is empty, damaged, protected, too large, not
    what its name says, or neither CSV nor XLSX, XLS or ODS.
    """
    return read_sheet_bytes(read_bytes(path), path.name, prefer=prefer, told=told)


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises UnreadableFile where there is none, or too much."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableFile(f"{path} cannot be opened: {reason}.") from error
    if path.is_dir():
        raise UnreadableFile(f"{path} is a folder. Name a spreadsheet in it.")
    if not path.is_file():
        raise UnreadableFile(f"{path} is no file that can be read to its end. Name a spreadsheet.")
    _check_size(size, path.name)
    try:
        with path.open("rb") as file:
            content = file.read(limits.MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    return content


def _check_size(size: int, name: str) -> None:
    if size == 0:
        raise UnreadableFile(f"{name} is empty.")
    if size > limits.MAX_FILE_BYTES:
        raise UnreadableFile(
            f"{name} is {size // 1024**2} MB; the most that is read is {limits.MAX_FILE_BYTES // 1024**2} MB. "
            "Split it by year, or remove pictures from it."
        )


def read_sheet_bytes(content: bytes, name: str, *, prefer: str | None = None, told: Told = NOTHING_TOLD) -> Sheet:
    """As read_sheet, from the bytes of a file called `name`."""
    wanted = () if told.sheet is None else (told.sheet,)
    return _read(content, name, wanted=wanted, prefer=prefer, told=told)[0]


def read_sheets_bytes(content: bytes, name: str, *, told: Told = NOTHING_TOLD) -> tuple[Sheet, ...]:
    """Every visible sheet of a workbook, or the one that was told; of a CSV file its only table."""
    return _read(content, name, wanted=None if told.sheet is None else (told.sheet,), prefer=None, told=told)


def _read(
    content: bytes, name: str, *, wanted: tuple[str, ...] | None, prefer: str | None, told: Told
) -> tuple[Sheet, ...]:
    _check_size(len(content), name)
    kind = kind_of(content)
    if kind in (ZIP, COMPOUND):
        return read_workbook(content, name, wanted=wanted, prefer=prefer)
    check_kind(kind, name)
    return (read_text(content, name, encoding=told.encoding, delimiter=told.delimiter),)
