"""Lines of a page, or of plain text, put together as headings, paragraphs, list items and tables.

A line is a row of segments with their places across the page. Lines whose segments stand above each other in columns,
and hold numbers, are a table whose ruling was lost.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from upheld.checker.plain import plain, tidied
from upheld.checker.reading.columns import grid_of
from upheld.checker.reading.document import Block, BlockKind


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand together, from `left` to `right` across the page."""

    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its page, how far down, its height, and whether it is set in bold."""

    segments: tuple[Segment, ...]
    page: int | None
    top: float
    height: float
    bold: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.segments[-1].right


_VALUE = re.compile(
    r"(?:[-+<>£]?\s?\d[\d,.]*\s?(?:%|pp|days?)?\*?(?:\s?\(.{1,14}\)?)?|-|n/?a|nil|\*|\.\.)\Z", re.IGNORECASE
)
_PERIOD_CELL = re.compile(r"(?:q[1-4]\b.*|(?:20)?\d\d ?[/-] ?(?:20)?\d\d.*|\d\d/\d\d ?q\d)\Z", re.IGNORECASE)
_BULLET = re.compile(r"\s*(?:[•●▪◦○■–—*\uf0b7\u2023-]|\(?[a-z]\)|\(?[ivx]{1,4}\)|\d{1,2}\))\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}\.?(?:\d{1,2}\.?){0,3}|[A-Z]\.)\s+(?=[A-Z\"“‘(])")
_ENDS = re.compile(r"[.!?:;][\"'”’)]*$")
_CAPTION = re.compile(r"(?:table|figure|chart|graph)\s+\d+", re.IGNORECASE)


def blocks_of(lines: Sequence[Line], *, sized: bool) -> Iterator[Block]:
    """The blocks. `sized` lines have real heights and places down the page, as in a PDF."""
    body = _body_height(lines) if sized else 1.0
    widest = _usual_right(lines)
    held: list[Line] = []
    index = 0
    while index < len(lines):
        end = _table_end(lines, index)
        if end > index:
            yield from _paragraphs(held, body, widest, sized=sized)
            held = []
            cells = grid_of(lines[index:end], sized=sized)
            yield Block(BlockKind.TABLE, page=lines[index].page, cells=cells)
            index = end
        else:
            held.append(lines[index])
            index += 1
    yield from _paragraphs(held, body, widest, sized=sized)


def is_value(text: str) -> bool:
    """Whether a segment is a number, or what stands for one, as in a table's cell."""
    shown = plain(text).strip()
    return bool(_VALUE.match(shown)) or bool(_PERIOD_CELL.match(shown))


def _table_end(lines: Sequence[Line], start: int) -> int:
    """Where the table that begins at `start` ends: `start` where none does."""
    if not _is_row(lines[start]):
        return start
    end, last_row = start, start
    while end < len(lines):
        line = lines[end]
        if line.page != lines[last_row].page or (end > start and _far(lines[end - 1], line)):
            break
        if _is_row(line):
            last_row = end
        elif not _may_stand_between(line, lines[start:end]) or end - last_row > 2 or _begins_another(lines, end):
            break
        end += 1
    last = last_row + 1
    # A label of its own may be the end of the last row's label.
    if last < len(lines) and last < end and _is_tail(lines[last], lines[last_row]):
        last += 1
    rows = [line for line in lines[start:last] if _is_row(line)]
    values = sum(is_value(segment.text) for line in rows for segment in line.segments)
    numeric = sum(any(is_value(segment.text) for segment in line.segments) for line in rows)
    enough = len(rows) >= 2 and numeric * 2 >= len(rows) and values >= 2
    return last if enough else start


def _begins_another(lines: Sequence[Line], at: int) -> bool:
    """Whether what follows a line between two rows is a head of its own: then the line is another table's title."""
    following = next((line for line in lines[at : at + 4] if _is_row(line)), None)
    return following is not None and not any(is_value(segment.text) for segment in following.segments[1:])


def _is_row(line: Line) -> bool:
    return len(line.segments) >= 2


def _far(above: Line, below: Line) -> bool:
    return below.top - above.top > 5.0 * max(above.height, below.height)


def _may_stand_between(line: Line, before: Sequence[Line]) -> bool:
    text = line.text
    short = len(text) <= 45 and not _ENDS.search(text) and not _NUMBERED.match(text) and not _CAPTION.match(text)
    return short and not _BULLET.match(text) and bool(before) and not text.startswith("#")


def _is_tail(line: Line, row: Line) -> bool:
    first = row.segments[0]
    text = line.text
    short = len(text) <= 30 and len(line.segments) == 1 and not _ENDS.search(text)
    near = line.top - row.top <= 1.6 * max(line.height, row.height)
    return short and near and abs(line.segments[0].left - first.left) < 3 and not re.match(r"total", text, re.I)


def _body_height(lines: Sequence[Line]) -> float:
    heights = Counter[float]()
    for line in lines:
        heights[round(line.height, 1)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 1.0


def _usual_right(lines: Sequence[Line]) -> float:
    rights = sorted(line.right for line in lines if len(line.segments) == 1)
    return rights[len(rights) * 9 // 10] if rights else 0.0


def _paragraphs(lines: Sequence[Line], body: float, widest: float, *, sized: bool) -> Iterator[Block]:
    held: list[Line] = []
    kind = BlockKind.PARAGRAPH
    for line in lines:
        bullet, level = _BULLET.match(line.text), _heading_level(line, body, sized=sized)
        if held and (bullet or level or not _continues(held[-1], line, widest, sized=sized)):
            yield _joined(held, kind)
            held = []
        if level:
            # A heading over two lines is one.
            yield Block(BlockKind.HEADING, tidied(line.text.lstrip("#").strip("* ")), level, line.page)
            continue
        if not held:
            kind = BlockKind.ITEM if bullet else BlockKind.PARAGRAPH
        held.append(line)
    if held:
        yield _joined(held, kind)


def _joined(lines: Sequence[Line], kind: BlockKind) -> Block:
    text = lines[0].text
    for line in lines[1:]:
        text = text + ("" if text.endswith("-") and line.text[:1].islower() else " ") + line.text
    if kind is BlockKind.ITEM:
        text = _BULLET.sub("", text, count=1)
    return Block(kind, tidied(text.replace("**", "")), 0, lines[0].page)


def _continues(above: Line, line: Line, widest: float, *, sized: bool) -> bool:
    if line.page != above.page:
        return not _ENDS.search(above.text) and line.text[:1].islower()
    if sized:
        return line.top - above.top < 1.75 * max(line.height, above.height)
    if line.top - above.top > 1.5:
        return False
    if _ENDS.search(above.text):
        return above.right >= 0.75 * widest and widest <= 130
    return above.right >= 0.6 * widest and widest <= 130


def _heading_level(line: Line, body: float, *, sized: bool) -> int:
    text = line.text.strip()
    marks = re.match(r"#{1,6}(?=\s)", text)
    if marks and not sized:
        return len(marks[0])
    if len(text) > 140 or len(line.segments) > 2 or not re.search(r"[A-Za-z]", text):
        return 0
    if sized and line.height > body * 1.12:
        return 1 if line.height > body * 1.6 else 2
    numbered = re.match(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[A-Z])", text)
    ends = bool(re.search(r"[.;,!?]$", text)) or len(text) > 100
    if sized:
        return 3 if line.bold and not ends else 0
    if text.startswith("**") and text.endswith("**"):
        return 3
    if numbered and not ends:
        return 1 + numbered[1].count(".") + (0 if text[numbered.end() :].isupper() else 1)
    if text.isupper() and len(text.split()) <= 14 and not ends:
        return 1
    return 0
