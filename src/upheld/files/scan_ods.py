"""A look over the tables of an OpenDocument spreadsheet: reach, failed formulas, merged cells."""

from collections.abc import Iterable, Mapping
from xml.parsers import expat

from upheld.files.model import Merge
from upheld.files.scan import Scan

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_VALUES = tuple(f"{_OFFICE}{name}" for name in ("value-type", "value", "date-value", "string-value", "time-value"))
_MOST_MERGES = 10_000
_ERRORS = ("#", "Err:")


class Doctype(Exception):
    """A document type declaration, which no spreadsheet program writes and which can make a small file large."""


class _Reading:
    """Where the parser is: rows and columns from 0, each counted as often as it is repeated."""

    def __init__(self) -> None:
        self.scans: dict[str, Scan] = {}
        self.scan = Scan()
        self.depth = 0  # of tables: one inside a cell of another is no part of it
        self.row = self.column = 0
        self.repeated = 1
        self.formula: tuple[int, int] | None = None
        self.text = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == f"{_TABLE}table":
            self.depth += 1
            if self.depth == 1:
                self.scan = self.scans[attributes.get(f"{_TABLE}name", "")] = Scan()
                self.row = 0
        elif self.depth == 1 and tag == f"{_TABLE}table-row":
            self.repeated = _count(attributes, "number-rows-repeated")
            self.column = 0
        elif self.depth == 1 and tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        times = _count(attributes, "number-columns-repeated")
        last = self.column + times - 1
        formula = f"{_TABLE}formula" in attributes
        if formula or any(name in attributes for name in _VALUES):
            self.scan.reach(self.row + self.repeated - 1, last)
        if attributes.get(f"{_CALC}value-type") == "error":
            self.scan.failed(self.row, self.column, "#ERROR")
        elif formula and f"{_OFFICE}value-type" not in attributes:
            self.scan.unworked(self.row, self.column)
        self.formula = (self.row, self.column) if formula else None
        self.text = ""
        down, across = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if (down > 1 or across > 1) and len(self.scan.merges) < _MOST_MERGES:
            self.scan.merges.append(Merge(self.row, self.column, self.row + down - 1, self.column + across - 1))
        self.column += times

    def characters(self, text: str) -> None:
        if self.formula is not None and len(self.text) < 40:
            self.text += text

    def end(self, tag: str) -> None:
        if tag == f"{_TABLE}table":
            self.depth -= 1
        elif self.depth == 1 and tag == f"{_TABLE}table-row":
            self.row += self.repeated
        elif tag == f"{_TABLE}table-cell" and self.formula is not None:
            if self.text.startswith(_ERRORS):
                self.scan.failed(*self.formula, self.text)
            self.formula = None


def _count(attributes: Mapping[str, str], name: str) -> int:
    given = attributes.get(f"{_TABLE}{name}", "1")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 1


def scan_ods(pieces: Iterable[bytes]) -> dict[str, Scan]:
    """Look over every table in a content.xml, by its name. Raises ExpatError and Doctype."""
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return reading.scans


def _refuse_doctype(*_: object) -> None:
    raise Doctype("it declares a document type")
