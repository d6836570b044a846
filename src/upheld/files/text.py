"""Text into rows: encodings as spreadsheets write them, delimiters as they use them, and nothing guessed at.

Text that begins with a byte order mark is what the mark says. Otherwise it is UTF-8, or, where it cannot be that,
Windows-1252, which is what Excel on Windows writes. Every other encoding has to be named, since any bytes would do.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from upheld.files import limits
from upheld.files.kinds import looks_like_utf_16
from upheld.files.limits import check_extent
from upheld.files.model import Cell, Row, Sheet, UnreadableFile

# As people and their programs call them -> what Python calls them.
ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "utf-8", "utf-16": "utf-16", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be",
        "windows-1252": "cp1252", "cp1252": "cp1252", "ansi": "cp1252", "latin-1": "latin-1", "iso-8859-1": "latin-1",
        "iso-8859-15": "iso-8859-15", "mac-roman": "mac-roman", "macintosh": "mac-roman", "cp437": "cp437",
        "cp850": "cp850",
    }
)  # fmt: skip
DELIMITERS: Mapping[str, str] = MappingProxyType({"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"})

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_WIDE = ("utf-16", "utf-32")
_CHUNK = 1 << 20
_SAMPLE = 1 << 16  # bytes in which the delimiter shows
_SAMPLE_ROWS = 30
_SEPARATOR_LINE = re.compile(r'^"?sep=([,;|\t])"?\r?\n', re.IGNORECASE)


def read_text(content: bytes, name: str, *, encoding: str | None = None, delimiter: str | None = None) -> Sheet:
    """Read delimited text. `encoding` and `delimiter` are names of the tables above, where somebody told them.

    Raises UnreadableFile where the text is not in that encoding, or the rows are not well formed.
    """
    codec = _codec_of(content, name, _told(encoding, ENCODINGS, "encoding") if encoding else None)
    _check_decodes(content, codec, encoding or codec, name)
    start = codecs.getincrementaldecoder(codec)().decode(content[:_SAMPLE])
    skip = 0
    if found := _SEPARATOR_LINE.match(start):  # Excel's own line, which it does not show as a row
        skip, start = found.end(), start[found.end() :]
    mark = _told(delimiter, DELIMITERS, "delimiter") if delimiter else (found[1] if found else _delimiter_of(start))
    text = io.TextIOWrapper(io.BytesIO(content), encoding=codec, newline="")
    text.read(skip)
    # Where a character is wider than a byte, NUL characters show only once it is decoded.
    return Sheet(name, tuple(_rows(text, mark, name, wide=codec.startswith(_WIDE))))


def _told(given: str, known: Mapping[str, str], what: str) -> str:
    value = known.get(given.strip().lower().replace("_", "-"))
    if value is None:
        raise UnreadableFile(f"“{given}” is no {what} that is known here. Give one of: {', '.join(known)}.")
    return value


def _codec_of(content: bytes, name: str, told: str | None) -> str:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return codec
    if told is not None and told.startswith(_WIDE):
        return told
    if b"\x00" in content:
        _refuse_nul(content, name)
    if told is not None:
        return told
    for codec in ("utf-8", "cp1252"):  # in that order: text in another encoding is hardly ever also good UTF-8
        if _stops(content, codec) is None:
            return codec
    raise UnreadableFile(
        f"{name} is text in an encoding that cannot be told from its content. Save it as “CSV UTF-8”, or name its "
        "encoding (for example mac-roman)."
    )


def _refuse_nul(content: bytes, name: str) -> None:
    if looks_like_utf_16(content):
        raise UnreadableFile(
            f"{name} looks like UTF-16 text without the mark that says so. Save it as “CSV UTF-8”, or name its "
            "encoding (utf-16-le or utf-16-be)."
        )
    line = content.count(b"\n", 0, content.index(b"\x00")) + 1
    raise _nul(name, f"line {line}")


def _nul(name: str, where: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name} has a NUL character in {where}, so it is damaged or not text. Export it again, as “CSV UTF-8”."
    )


def _stops(content: bytes, codec: str) -> int | None:
    """Where, in bytes from 0, the content stops being text of that encoding; None where it is all text."""
    decoder = codecs.getincrementaldecoder(codec)()
    for start in range(0, len(content), _CHUNK):
        try:
            decoder.decode(content[start : start + _CHUNK], final=start + _CHUNK >= len(content))
        except UnicodeDecodeError as error:
            return start + error.start
        except UnicodeError:  # a mark that is none
            return start
    return None


def _check_decodes(content: bytes, codec: str, told: str, name: str) -> None:
    if (at := _stops(content, codec)) is not None:
        line = content.count(b"\n", 0, at) + 1
        raise UnreadableFile(
            f"{name} is not text in {told}: line {line} cannot be. Name the right encoding, or save it as “CSV UTF-8”."
        )


def _delimiter_of(start: str) -> str:
    """The delimiter that cuts the first rows into the same number of cells most often; a comma where none does."""
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS.values():
        widths: dict[int, int] = {}
        reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter)
        try:
            for _, row in zip(range(_SAMPLE_ROWS), reader, strict=False):
                if len(row) > 1:
                    widths[len(row)] = widths.get(len(row), 0) + 1
        except csv.Error:
            continue  # what is wrong is said when the rows are read
        score = max(((count, width) for width, count in widths.items()), default=(0, 0))
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _rows(text: io.TextIOWrapper, delimiter: str, name: str, *, wide: bool) -> Iterator[Row]:
    csv.field_size_limit(limits.MAX_CELL_CHARACTERS)
    lines = _Lines(text, name)
    # Double quotes are doubled in every dialect that spreadsheets write.
    reader = csv.reader(lines, delimiter=delimiter, quotechar='"', strict=True)
    number, blank, width = 0, 0, 0
    try:
        for cells in reader:
            number += 1
            lines.of_row = 0
            if wide and any("\x00" in cell for cell in cells):
                raise _nul(name, f"row {number}")
            row = _row(cells)
            if not row:
                blank += 1  # kept only where something stands below
                continue
            width = max(width, len(row))
            check_extent(name, number, width)
            for _ in range(blank):
                yield ()
            blank = 0
            yield row
    except csv.Error as error:
        raise UnreadableFile(_malformed(name, number + 1, str(error))) from error


class _Lines:
    """The lines of a text, none of them, and no row made of several, longer than is sensible."""

    def __init__(self, text: io.TextIOWrapper, name: str) -> None:
        self._text = text
        self._name = name
        self._count = 0
        self.of_row = 0  # characters of the present row so far

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(limits.MAX_ROW_CHARACTERS + 1)
        if not line:
            raise StopIteration
        self._count += 1
        self.of_row += len(line)
        if self.of_row > limits.MAX_ROW_CHARACTERS:
            raise UnreadableFile(
                f"{self._name}, line {self._count:,}, is part of a row of more than {limits.MAX_ROW_CHARACTERS:,} "
                "characters. Most often a quotation mark was opened before it and never closed; or it is no table."
            )
        if self._count > limits.MAX_LINES:
            raise UnreadableFile(
                f"{self._name} has more than {limits.MAX_LINES:,} lines, empty ones among them. Delete those below the "
                "table, or split the file by year."
            )
        return line


def _row(cells: list[str]) -> Row:
    values: list[Cell] = [None if not cell or cell.isspace() else cell for cell in cells]
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _malformed(name: str, row: int, problem: str) -> str:
    where = f"{name} is not a well-formed CSV file: row {row}"
    if "field limit" in problem:
        return (
            f"{where} has a cell of more than {limits.MAX_CELL_CHARACTERS:,} characters. Most often a quotation mark "
            "was opened there and never closed."
        )
    if "unexpected end" in problem:
        return f"{where} opens a quotation mark that is never closed. Put it right, or export the file again."
    if "expected after" in problem:
        return (
            f"{where} has something after a closing quotation mark. A quotation mark inside a cell is written twice; "
            "save the file from a spreadsheet program, which does that."
        )
    return f"{where}: {problem}. Save it from a spreadsheet program as “CSV UTF-8”."
