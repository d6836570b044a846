"""Which column each segment of a table without ruling belongs to, and which lines are one row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from upheld.checker.plain import tidied
from upheld.checker.reading.grids import Grid, squared

if TYPE_CHECKING:
    from upheld.checker.reading.lines import Line, Segment

Span = tuple[float, float]


def grid_of(lines: Sequence[Line], *, sized: bool) -> Grid:
    """The cells of lines that are a table's rows."""
    columns = _columns(lines)
    rows = [_placed(line, columns) for line in lines]
    return squared(_rows_joined(rows, lines) if sized else rows)


def _columns(lines: Sequence[Line]) -> list[Span]:
    """Spans across the page in which segments stand above each other; heads over several columns join none."""
    most = max(len(line.segments) for line in lines)
    full = [line for line in lines if len(line.segments) >= max(2, most - 1)]
    spans: list[Span] = []
    for line in full:
        for segment in line.segments:
            spans = _with(spans, (segment.left, segment.right))
    if len(spans) < most:  # wide heads joined what is apart: the rows with most segments say it
        spans = []
        for line in lines:
            if len(line.segments) == most:
                for segment in line.segments:
                    spans = _with(spans, (segment.left, segment.right))
    if len(spans) < most:
        fullest = max(lines, key=lambda line: len(line.segments))
        spans = [(segment.left, segment.right) for segment in fullest.segments]
    return spans


def _with(spans: list[Span], new: Span) -> list[Span]:
    apart: list[Span] = []
    left, right = new
    for span in spans:
        if span[1] <= left or right <= span[0]:
            apart.append(span)
        else:
            left, right = min(left, span[0]), max(right, span[1])
    return sorted([*apart, (left, right)])


def _placed(line: Line, columns: Sequence[Span]) -> list[str]:
    cells = [""] * len(columns)
    for segment in line.segments:
        for index in _places(segment, line, columns):
            cells[index] = f"{cells[index]} {segment.text}".strip()
    return [tidied(cell) for cell in cells]


def _places(segment: Segment, line: Line, columns: Sequence[Span]) -> list[int]:
    over = [
        index
        for index, (left, right) in enumerate(columns)
        if min(right, segment.right) - max(left, segment.left) > 0.25 * min(right - left, segment.right - segment.left)
    ]
    if not over:
        middle = (segment.left + segment.right) / 2
        return [min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))]
    # A row's label that runs on under the first number is still a label.
    return over[:1] if segment is line.segments[0] and over[0] == 0 else over


def _rows_joined(rows: Sequence[list[str]], lines: Sequence[Line]) -> list[list[str]]:
    """Lines of one row put together: where rows stand further apart than the lines within them."""
    gaps = [below.top - above.top for above, below in pairwise(lines)]
    if not gaps or min(gaps) > 0.86 * max(gaps):
        return list(rows)
    within = min(gaps) * 1.12
    joined: list[list[str]] = [list(rows[0])]
    for row, gap in zip(rows[1:], gaps, strict=True):
        names_next = not any(joined[-1][1:]) and any(row[1:]) and bool(row[0])
        if gap <= within and not names_next and not _both_hold_numbers(joined[-1], row):
            joined[-1] = [f"{above} {cell}".strip() for above, cell in zip(joined[-1], row, strict=True)]
        else:
            joined.append(list(row))
    return joined


def _both_hold_numbers(above: Sequence[str], below: Sequence[str]) -> bool:
    from upheld.checker.reading.lines import is_value

    return any(
        is_value(a) and is_value(b) and not a.strip().lower().startswith("q")
        for a, b in zip(above, below, strict=True)
        if a and b
    )
