"""A report's outline: which heading each text stands under, its tables, and the period that it is about."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from upheld.checker.model import Place
from upheld.checker.periods import Period, find_periods
from upheld.checker.plain import plain
from upheld.checker.reading import Block, BlockKind, Document
from upheld.checker.reading.grids import squared
from upheld.checker.tables.heads import is_number
from upheld.checker.tables.model import Table
from upheld.checker.tables.understand import understood

_CAPTION = re.compile(r"\s*(?:table|figure|chart|graph)\s+\d+", re.IGNORECASE)
_NUMBERING = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*\.?\s+")
_TRUSTED = frozenset({"docx", "html", "xlsx", "csv", "md"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text that may claim something, and the heading that it stands under."""

    text: str
    place: Place
    heading: str


@dataclass(frozen=True, slots=True)
class Title:
    """A heading or a caption: its depth, and the blocks that it stands over, from the next to `end`."""

    text: str
    place: Place
    level: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's texts, titles and tables, in order."""

    texts: tuple[Text, ...]
    titles: tuple[Title, ...]
    tables: tuple[Table, ...]
    now: Period | None
    blocks: int


def outlined(document: Document) -> Outline:
    """The outline of a document."""
    blocks = joined(document.blocks)
    texts: list[Text] = []
    titles: list[Title] = []
    tables: list[Table] = []
    stack: list[tuple[int, str]] = []
    for at, block in enumerate(blocks):
        while block.kind is BlockKind.HEADING and stack and stack[-1][0] >= block.level:
            stack.pop()
        heading = _without_number(stack[-1][1]) if stack else ""
        place = Place(at, block.page, heading)
        if block.kind is BlockKind.HEADING:
            titles.append(Title(block.text, place, block.level, _end(blocks, at)))
            if block.level < 7:
                stack.append((block.level, block.text))
            if re.search(r"[%]|\b(?:rose|fell|increased|decreased|were|was)\b", block.text):
                texts.append(Text(block.text, place, heading))
        elif block.kind is BlockKind.TABLE:
            caption = _caption(blocks, at)
            table = understood(
                block.cells,
                heads=block.heads,
                number=len(tables) + 1,
                place=place,
                caption=caption,
                heading=heading,
                trusted=document.format in _TRUSTED,
                notes=_notes(blocks, at),
            )
            if table is not None:
                tables.append(table)
            else:
                texts += _cell_texts(block, place, heading)
        else:
            if _CAPTION.match(block.text) and len(block.text) < 160:
                titles.append(Title(block.text, place, 8, at + 2))
            texts.append(Text(block.text, place, heading))
    now = _now(blocks, titles, tables)
    return Outline(tuple(texts), tuple(titles), tuple(tables), now, len(blocks))


def joined(blocks: Sequence[Block]) -> list[Block]:
    """Without tables of contents, and with tables that a page's end cut in two put together; as many as before."""
    kept: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.TABLE and _is_contents(block):
            kept.append(replace(block, kind=BlockKind.PARAGRAPH, text="", cells=()))
            continue
        above = kept[-1] if kept else None
        if (
            above is not None
            and above.kind is block.kind is BlockKind.TABLE
            and block.page is not None
            and above.page is not None
            and block.page == above.page + 1
            and len(block.cells[0]) == len(above.cells[0])
        ):
            repeated = sum(
                1 for a, b in zip(above.cells, block.cells, strict=False) if a == b and not any(is_number(c) for c in a)
            )
            begins = (
                any(is_number(cell) for cell in block.cells[repeated][1:]) if repeated < len(block.cells) else False
            )
            if begins:
                kept[-1] = replace(above, cells=squared([*above.cells, *block.cells[repeated:]]))
                kept.append(Block(BlockKind.PARAGRAPH, "", page=block.page))
                continue
        kept.append(block)
    return kept


def _is_contents(block: Block) -> bool:
    """Whether a table is one of contents: its last column holds pages that never go back, its first what is on them."""
    if len(block.cells) < 4 or len(block.cells[0]) != 2:
        return False
    pages = [plain(row[1]).strip() for row in block.cells if row[1].strip()]
    numbered = sum(bool(_NUMBERING.match(row[0])) for row in block.cells)
    return (
        all(page.isdigit() for page in pages)
        and [int(page) for page in pages] == sorted(int(page) for page in pages)
        and numbered * 2 >= len(block.cells)
    )


def _end(blocks: Sequence[Block], at: int) -> int:
    level = blocks[at].level
    numbered = bool(_NUMBERING.match(blocks[at].text))
    for index in range(at + 1, len(blocks)):
        block = blocks[index]
        if block.kind is not BlockKind.HEADING or block.level > level:
            continue
        # A title without a number stands over the numbered ones after it, however they are set.
        if block.level == level and not numbered and _NUMBERING.match(block.text):
            continue
        return index
    return len(blocks)


def _without_number(text: str) -> str:
    return _NUMBERING.sub("", text, count=1)


def _caption(blocks: Sequence[Block], at: int) -> str:
    """A table's title: a heading or a short line right above it."""
    above = blocks[at - 1] if at else None
    if above is None or not above.text:
        return ""
    if above.kind is BlockKind.HEADING or _CAPTION.match(above.text):
        return above.text
    short = len(above.text) <= 120 and not above.text.endswith((".", ";", "?"))
    if above.kind is BlockKind.PARAGRAPH and short:
        return above.text
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    return below.text if below is not None and _CAPTION.match(below.text) and len(below.text) < 160 else ""


def _notes(blocks: Sequence[Block], at: int) -> str:
    notes = []
    for block in blocks[at + 1 : at + 3]:
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            break
        notes.append(block.text)
    return " ".join(notes)


def _cell_texts(block: Block, place: Place, heading: str) -> list[Text]:
    """The texts of a table that holds words."""
    texts = []
    for r, row in enumerate(block.cells):
        for c, cell in enumerate(row):
            if len(cell.split()) >= 4 and (c == 0 or cell != row[c - 1]):
                texts.append(Text(cell, Place(place.block, place.page, place.section, None, r + 1, c + 1), heading))
    return texts


def _now(blocks: Sequence[Block], titles: Sequence[Title], tables: Sequence[Table]) -> Period | None:
    """The period that a report is about: the latest that its tables hold, or the one that it names most."""
    held = [
        axis.facets.period
        for table in tables
        for axis in (*table.columns, *table.rows)
        if axis.facets.period is not None and axis.facets.period.months in (3, 12)
    ]
    named: Counter[Period] = Counter()
    for block in blocks:
        weight = 3 if block.kind is BlockKind.HEADING else 1
        for mention in find_periods(plain(block.text)):
            if (
                mention.period is not None
                and mention.form not in ("date", "range", "calendar", "month")
                and mention.period.months in (3, 12)
            ):
                named[mention.period] += weight
    for title in titles[:3]:
        for mention in find_periods(plain(title.text)):
            if mention.period is not None and mention.period in named:
                named[mention.period] += 2
    for period in held:
        named[period] += 1
    if not named:
        return None
    if held:
        latest = max(held, key=lambda p: (p.last, -p.months))
        most = max(named.values())
        if named[latest] * 4 >= most:
            return latest
    return max(named, key=lambda p: (named[p], p.last))
