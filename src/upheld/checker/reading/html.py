"""Web pages: headings, paragraphs, items and tables as the elements say; scripts, styles and drawings left out."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from upheld.checker.plain import tidied
from upheld.checker.reading.document import Block, BlockKind
from upheld.checker.reading.grids import Spanned, spread

_SKIPPED = {
    "script",
    "style",
    "svg",
    "head",
    "template",
    "noscript",
    "iframe",
    "object",
    "select",
    "button",
    "math",
    "nav",
}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "li",
    "br",
    "hr",
    "blockquote",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "details",
    "summary",
    "body",
    "html",
    "address",
    "pre",
}
_HEADING = re.compile(r"h[1-6]$")
MAX_NODES = 2_000_000


def read_html(text: str) -> Iterator[Block]:
    """The blocks of a page, in the order in which they are read."""
    tree = LexborHTMLParser(text)
    if tree.body is None:
        return
    held: list[str] = []
    kind, level = BlockKind.PARAGRAPH, 0
    for event, node in _walk(tree.body):
        if event == "text":
            held.append(node.text_content or "")
            continue
        tag = node.tag or ""
        if event == "table":
            yield from _flushed(held, kind, level)
            kind, level = BlockKind.PARAGRAPH, 0
            yield from _table(node)
        elif tag in _BLOCKS or _HEADING.match(tag):
            yield from _flushed(held, kind, level)
            kind, level = BlockKind.PARAGRAPH, 0
            if event == "open" and _HEADING.match(tag):
                kind, level = BlockKind.HEADING, int(tag[1])
            elif event == "open" and tag in ("li", "dd"):
                kind = BlockKind.ITEM
    yield from _flushed(held, kind, level)


def _flushed(held: list[str], kind: BlockKind, level: int) -> Iterator[Block]:
    text = tidied("".join(held))
    held.clear()
    if text:
        yield Block(kind, text, level)


def _walk(root: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """Every node, without recursion: pages may be nested without end."""
    stack: list[tuple[str, LexborNode]] = [("visit", root)]
    seen = 0
    while stack and seen < MAX_NODES:
        seen += 1
        event, node = stack.pop()
        if event == "close":
            yield event, node
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield "text", node
        elif tag == "table":
            yield "table", node
        elif tag not in _SKIPPED and not tag.startswith("-") and not _is_footnote(node) and not _is_hidden(node):
            yield "open", node
            stack.append(("close", node))
            stack.extend(("visit", child) for child in reversed(list(node.iter(include_text=True))))


def _is_footnote(node: LexborNode) -> bool:
    return node.tag == "sup" and bool(re.fullmatch(r"\W*[\da-z*†‡]{1,2}\W*", node.text(strip=True)))


def _is_hidden(node: LexborNode) -> bool:
    return "hidden" in node.attributes


def _table(node: LexborNode) -> Iterator[Block]:
    caption = node.css_first("caption")
    if caption is not None and tidied(caption.text()):
        yield Block(BlockKind.HEADING, tidied(caption.text()), 7)
    rows: list[list[Spanned]] = []
    heads = 0
    inner = {found.mem_id for nested in node.css("table") if nested.mem_id != node.mem_id for found in nested.css("tr")}
    for row in node.css("tr"):
        if row.mem_id in inner:
            continue
        cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
        rows.append([_cell(cell) for cell in cells])
        in_head = row.parent is not None and row.parent.tag == "thead"
        if (
            heads == len(rows) - 1
            and cells
            and (in_head or (len(cells) > 1 and all(cell.tag == "th" for cell in cells)))
        ):
            heads += 1
    grid = spread(rows)
    if grid:
        yield Block(BlockKind.TABLE, cells=grid, heads=heads or None)


def _cell(node: LexborNode) -> Spanned:
    parts = [child.text_content or "" for event, child in _walk(node) if event == "text"]
    return Spanned(
        tidied(" ".join(parts) if len(parts) < 200 else "".join(parts)), _span(node, "colspan"), _span(node, "rowspan")
    )


def _span(node: LexborNode, name: str) -> int:
    value = node.attributes.get(name) or "1"
    return int(value) if value.isdecimal() and len(value) < 5 else 1
