"""A look over one sheet of an .xlsx workbook, in pieces, whatever its size.

By patterns and not by a parser of XML, since this is done for every workbook and must cost little. Every repetition in
a pattern is bounded, so that no content makes the search slow.
"""

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from upheld.files.archive import Archive
from upheld.files.scan import Scan

_RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_P = rb"(?:\w{1,20}:)?"  # a namespace's prefix
# A cell that is not closed at once, so that it holds something.
_FILLED = re.compile(rb"<" + _P + rb"c\s[^<>]{0,200}?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'](?:[^<>]{0,200}[^<>/])?>")
_FORMULA = rb"<" + _P + rb"f(?:\s[^<>]{0,300})?(?:/>|>[^<]{0,9000}</" + _P + rb"f>)"
_ERROR = re.compile(
    rb"<"
    + _P
    + rb"c\s([^<>]{0,200}?\bt=[\"']e[\"'][^<>]{0,200})>(?:"
    + _FORMULA
    + rb")?(?:<"
    + _P
    + rb"v>([^<]{0,40}))?"
)
_BARE_FORMULA = re.compile(
    rb"<" + _P + rb"c\s([^<>]{0,200})>\s{0,9}" + _FORMULA + rb"\s{0,9}"
    rb"(?:<" + _P + rb"v\s{0,9}(?:/>|></" + _P + rb"v>))?\s{0,9}</" + _P + rb"c>"
)  # fmt: skip
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_TEXT_RESULT = re.compile(rb"\bt=[\"']str[\"']")
_LONGEST_CELL = 20_000  # bytes of a cell with its formula that a pattern can match, kept from piece to piece


def sheet_members(archive: Archive) -> dict[str, str]:
    """The name of each sheet and the member of the archive that holds it. Raises ExpatError."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == "sheet":
            for namespace in _RELATIONSHIPS:
                if (found := attributes.get(f"{namespace} id")) is not None:
                    ids[attributes.get("name", "")] = found

    def relationship(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _parse(archive.read("xl/workbook.xml"), sheet)
    _parse(archive.read("xl/_rels/workbook.xml.rels"), relationship)
    return {
        name: target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        for name, relation in ids.items()
        if (target := targets.get(relation))
    }


def _parse(content: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.Parse(content, True)


def scan_xlsx(pieces: Iterable[bytes]) -> Scan:
    """Look over the XML of one sheet."""
    scan = Scan()
    kept = b""
    for piece in pieces:
        text = kept + piece
        _look(text, scan)
        # A cell cut in two is looked at again with the next piece; what is noted twice is noted once.
        kept = text[-_LONGEST_CELL:]
    return scan


def _look(text: bytes, scan: Scan) -> None:
    places = _FILLED.findall(text)
    if places:
        letters, digits = zip(*places, strict=True)
        scan.reach(max(map(int, digits)) - 1, max(map(_column, set(letters))))
    if b't="e"' in text or b"t='e'" in text:
        for found in _ERROR.finditer(text):
            if place := _PLACE.search(found[1]):
                shown = (found[2] or b"").decode("ascii", "replace") or "#ERROR"
                scan.failed(int(place[2]) - 1, _column(place[1]), shown)
    if b"<f" in text or b":f" in text:
        for found in _BARE_FORMULA.finditer(text):
            if not _TEXT_RESULT.search(found[1]) and (place := _PLACE.search(found[1])):
                scan.unworked(int(place[2]) - 1, _column(place[1]))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
