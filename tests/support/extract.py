"""Reads the numbers of a report back out of each format: pairs of (id of the figure, text that is shown), in order."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pdfplumber
import pikepdf
from selectolax.lexbor import LexborHTMLParser

from upheld.documents.figure_list import FIGURES_NAMESPACE

Shown = list[tuple[str, str]]
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDE = r"ppt/(?:slides/slide|notesSlides/notesSlide)(\d+)\.xml"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def _xml(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314  our own files


def from_html(page: bytes) -> Shown:
    """What `<data data-figure>` elements say, outside charts."""
    tree = LexborHTMLParser(page)
    return [(str(node.attributes["data-figure"]), node.text()) for node in tree.css("data[data-figure]")]


# Word


def from_word(file: bytes) -> Shown:
    """What content controls show, with the id that the figures part gives for their tag."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        ids = _figure_ids(package)
        body = _xml(package.read("word/document.xml"))
    shown = []
    for control in body.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None:
            text = "".join(node.text or "" for node in control.iter(f"{_W}t"))
            shown.append((ids[tag.attrib[f"{_W}val"]], text))
    return shown


def _figure_ids(package: zipfile.ZipFile) -> dict[str, str]:
    for name in package.namelist():
        if re.fullmatch(r"customXml/item\d+\.xml", name):
            root = _xml(package.read(name))
            if root.tag == f"{{{FIGURES_NAMESPACE}}}figures":
                return {node.attrib["key"]: node.attrib["id"] for node in root}
    raise AssertionError("The Word file has no list of figures.")


def from_powerpoint(file: bytes) -> Shown:
    """What runs of text with a figure beside them show, on the slides and in their notes."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        places = sorted(
            (int(found[1]), name) for name in package.namelist() if (found := re.fullmatch(_SLIDE, name)) is not None
        )
        slides = [_xml(package.read(name)) for _, name in places]
    return [
        (figure.attrib["id"], run.findtext(f"{_A}t", ""))
        for slide in slides
        for run in slide.iter(f"{_A}r")
        for figure in run.iter(f"{{{FIGURES_NAMESPACE}}}figure")
    ]


# PDF


def from_pdf(file: bytes) -> Shown:
    """What the structure elements with a figure among their user properties show."""
    shown = []
    with pikepdf.open(io.BytesIO(file)) as pdf, pdfplumber.open(io.BytesIO(file)) as pages:
        places = {page.objgen: index for index, page in enumerate(pdf.pages)}
        marked = [_marked(page) for page in pages.pages]
        for element in elements(pdf.Root.StructTreeRoot.K):
            figure = properties(element).get("figure")
            if figure:
                text = "".join(marked[places[page]].get(mark, "") for page, mark in _content(element))
                shown.append((figure, text))
    return shown


def _marked(page: Any) -> dict[int, str]:
    """The text of each marked content of a page."""
    texts: dict[int, str] = {}
    for character in page.chars:
        mark = character.get("mcid")
        if mark is not None:
            texts[mark] = texts.get(mark, "") + character["text"]
    return texts


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below `node`, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K"))


def properties(element: Any) -> dict[str, str]:
    """The user properties of a structure element."""
    return {
        str(pair.N): str(pair.V)
        for attributes in element.get("/A", [])
        if isinstance(attributes, pikepdf.Dictionary) and attributes.get("/O") == "/UserProperties"
        for pair in attributes.P
    }


def _content(element: Any) -> Iterator[tuple[tuple[int, int], int]]:
    """The pages and marks of an element's own content."""
    held = element.get("/K", [])
    for part in held if isinstance(held, pikepdf.Array) else [held]:
        if isinstance(part, int):
            yield element.Pg.objgen, part
        elif isinstance(part, pikepdf.Dictionary) and "/MCID" in part:
            yield part.get("/Pg", element.get("/Pg")).objgen, int(part.MCID)


# Excel


class Workbook:
    """A workbook as a person sees it: each cell's value, number format and the text that they make."""

    def __init__(self, file: bytes) -> None:
        self.package = zipfile.ZipFile(io.BytesIO(file))
        self.strings = [
            "".join(node.text or "" for node in item.iter(f"{_S}t"))
            for item in _xml(self.package.read("xl/sharedStrings.xml"))
        ]
        styles = _xml(self.package.read("xl/styles.xml"))
        own = {node.attrib["numFmtId"]: node.attrib["formatCode"] for node in styles.iter(f"{_S}numFmt")}
        built_in = {"0": "General", "1": "0", "3": "#,##0", "9": "0%"}
        used = styles.find(f"{_S}cellXfs")
        assert used is not None
        self.formats = [{**built_in, **own}[xf.attrib["numFmtId"]] for xf in used]
        self.quoted = [xf.attrib.get("quotePrefix") == "1" for xf in used]
        links = _xml(self.package.read("xl/_rels/workbook.xml.rels"))
        targets = {link.attrib["Id"]: link.attrib["Target"] for link in links}
        book = _xml(self.package.read("xl/workbook.xml"))
        self.paths = {
            sheet.attrib["name"]: f"xl/{targets[sheet.attrib[f'{_R}id']]}" for sheet in book.iter(f"{_S}sheet")
        }

    def sheet(self, name: str) -> ET.Element:
        """The XML of a sheet."""
        return _xml(self.package.read(self.paths[name]))

    def cells(self, name: str) -> dict[str, "WorkbookCell"]:
        """The cells of a sheet, by reference."""
        return {node.attrib["r"]: WorkbookCell(self, node) for node in self.sheet(name).iter(f"{_S}c")}


class WorkbookCell:
    """One cell."""

    def __init__(self, book: Workbook, node: ET.Element) -> None:
        value = node.find(f"{_S}v")
        raw = value.text if value is not None else None
        style = int(node.attrib.get("s", "0"))
        self.formula = node.find(f"{_S}f") is not None
        self.format = book.formats[style]
        self.quoted = book.quoted[style]
        self.value: str | Decimal | None
        if raw is None:
            self.value = None
        elif node.attrib.get("t") == "s":
            self.value = book.strings[int(raw)]
        else:
            self.value = Decimal(raw)

    @property
    def text(self) -> str:
        """What the cell shows."""
        if isinstance(self.value, Decimal):
            return formatted(self.value, self.format)
        return self.value or ""


def formatted(value: Decimal, code: str) -> str:
    """A number under a number format of the kinds that reports use: literals, `0`, `#,##0`, `0%`, three parts."""
    tokens = re.findall(r'"[^"]*"|\\.|;|#,##0|0%|0|.', code)
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    if value < 0 and len(parts) > 1:
        part, magnitude = parts[1], -value
    elif value == 0 and len(parts) > 2:
        part, magnitude = parts[2], value
    else:
        part, magnitude = parts[0], value
    return "".join(_drawn(token, magnitude) for token in part)


def _drawn(token: str, value: Decimal) -> str:
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("\\"):
        return token[1:]
    if token in {"0", "#,##0", "0%"}:
        # Spreadsheets keep fifteen digits, and round halves away from nought.
        shown = Decimal(f"{value * (100 if token == '0%' else 1):.15g}").quantize(Decimal(1), ROUND_HALF_UP)
        return f"{shown:,}" if token == "#,##0" else f"{shown}{'%' if token == '0%' else ''}"
    raise AssertionError(f"Reports use no number format with {token}.")


def from_excel(file: bytes) -> Shown:
    """What the sheet "Figures" lists, each number as its own cell shows it."""
    book = Workbook(file)
    sheets = {name: book.cells(name) for name in book.paths}
    listed = sheets["Figures"]
    last = max(int(re.sub(r"\D", "", reference)) for reference in listed)
    shown = []
    for row in range(2, last + 1):
        place = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", listed[f"K{row}"].text)
        assert place is not None
        cell, text = sheets[place[1]][place[2]], listed[f"G{row}"].text
        if isinstance(cell.value, Decimal):
            text = cell.text
        else:
            assert text in cell.text, (place[0], text, cell.text)
        shown.append((listed[f"A{row}"].text, text))
    return shown


def from_json(file: bytes) -> Shown:
    """What the list of figures says."""
    return [(entry["id"], entry["text"]) for entry in json.loads(file)]
