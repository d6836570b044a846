"""Word documents: the paragraphs and tables of the body, in order, whatever wraps them."""

import io
import re
from collections.abc import Iterator
from typing import Any

import docx

from upheld.checker.plain import tidied
from upheld.checker.reading.document import Block, BlockKind
from upheld.checker.reading.grids import Spanned, spread
from upheld.files import UnreadableFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRAPPERS = {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml", f"{_W}moveTo"}


def read_word(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of a .docx. Raises UnreadableFile."""
    try:
        document = docx.Document(io.BytesIO(content))
        styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    except Exception as error:  # whatever a broken package makes the reader raise
        raise UnreadableFile(
            f"{name} is damaged and cannot be read as a Word document. Open it in Word and save it again."
        ) from error
    for element in body_elements(document.element.body):
        if element.tag == f"{_W}p":
            block = _paragraph(element, styles)
            if block is not None:
                yield block
        else:
            yield from _table(element)


def body_elements(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, out of whatever wraps them."""
    stack = list(reversed(list(parent)))
    while stack:
        element = stack.pop()
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in _WRAPPERS:
            stack.extend(reversed(list(element)))


def text_of(element: Any) -> str:
    """What is read of a paragraph or cell: no deleted text, no second copy of a text box, no footnote marks."""
    parts: list[str] = []
    for node in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if any(above.tag == _FALLBACK for above in node.iterancestors()):
            continue
        if node.tag == f"{_W}t":
            if not _is_footnote(node):
                parts.append(node.text or "")
        else:
            parts.append("-" if node.tag == f"{_W}noBreakHyphen" else " ")
    return tidied("".join(parts))


def _is_footnote(node: Any) -> bool:
    run = node.getparent()
    raised = run.find(f"{_W}rPr/{_W}vertAlign") if run is not None else None
    return (
        raised is not None
        and raised.get(f"{_W}val") == "superscript"
        and bool(re.fullmatch(r"\s*[\da-z*†]{1,2}\s*", node.text or ""))
        and (node.text or "").strip() not in ("st", "nd", "rd", "th")
    )


def _paragraph(element: Any, styles: dict[str, str]) -> Block | None:
    text = text_of(element)
    if not text:
        return None
    properties = element.find(f"{_W}pPr")
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    name = styles.get(style.get(f"{_W}val"), "") if style is not None else ""
    heading = re.match(r"heading (\d)", name)
    if heading or name in ("title", "caption"):
        return Block(BlockKind.HEADING, text, int(heading[1]) if heading else (1 if name == "title" else 7))
    outline = properties.find(f"{_W}outlineLvl") if properties is not None else None
    if outline is not None and outline.get(f"{_W}val", "9") in "12345678":
        return Block(BlockKind.HEADING, text, int(outline.get(f"{_W}val")) + 1)
    if name.startswith("toc"):
        return None
    listed = "list" in name or (properties is not None and properties.find(f"{_W}numPr") is not None)
    if not listed and len(text) <= 110 and not text.endswith((".", ";", ",")) and _all_bold(element):
        return Block(BlockKind.HEADING, text, 6)
    return Block(BlockKind.ITEM if listed else BlockKind.PARAGRAPH, text)


def _all_bold(element: Any) -> bool:
    runs = [run for run in element.iter(f"{_W}r") if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()]
    bolds = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(bold is not None and bold.get(f"{_W}val", "1") not in ("0", "false") for bold in bolds)


def _table(element: Any) -> Iterator[Block]:
    rows: list[list[Spanned]] = []
    above: dict[int, str] = {}
    heads = 0
    for row in element.iter(f"{_W}tr"):
        if next((a for a in row.iterancestors(f"{_W}tbl")), None) is not element:
            continue
        cells: list[Spanned] = []
        at = 0
        for cell in row.iter(f"{_W}tc"):
            if next((a for a in cell.iterancestors(f"{_W}tr")), None) is not row:
                continue
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = int(span.get(f"{_W}val", "1")) if span is not None and span.get(f"{_W}val", "1").isdecimal() else 1
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            text = text_of(cell)
            if merge is not None and merge.get(f"{_W}val") != "restart":
                text = above.get(at, "")
            above[at] = text
            cells.append(Spanned(text, width))
            at += width
        rows.append(cells)
        if heads == len(rows) - 1 and row.find(f"{_W}trPr/{_W}tblHeader") is not None:
            heads += 1
    grid = spread(rows)
    if grid:
        yield Block(BlockKind.TABLE, cells=grid, heads=heads or None)
