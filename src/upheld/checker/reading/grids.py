"""Cells put into rows of one length: spans filled, empty edges cut off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAX_ROWS = 20_000
MAX_COLUMNS = 200

Grid = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell and how many columns and rows it takes."""

    text: str
    columns: int = 1
    rows: int = 1


def spread(rows: Iterable[Sequence[Spanned]]) -> Grid:
    """The grid in which a merged cell's text stands in each of its places."""
    below: dict[tuple[int, int], str] = {}
    grid: list[list[str]] = []
    for index, row in enumerate(rows):
        if index >= MAX_ROWS:
            break
        line: list[str] = []
        for cell in row:
            while (index, len(line)) in below:
                line.append(below.pop((index, len(line))))
            for _ in range(min(max(cell.columns, 1), MAX_COLUMNS - len(line))):
                for down in range(1, min(max(cell.rows, 1), 500)):
                    below[index + down, len(line)] = cell.text
                line.append(cell.text)
        while (index, len(line)) in below:
            line.append(below.pop((index, len(line))))
        grid.append(line)
    return squared(grid)


def squared(rows: Iterable[Sequence[str]]) -> Grid:
    """Rows made as long as the longest, without empty rows and without empty columns at the end."""
    kept = [list(row) for row in rows if any(cell.strip() for cell in row)]
    width = max((len(row) for row in kept), default=0)
    while width and all(len(row) < width or not row[width - 1].strip() for row in kept):
        width -= 1
    return tuple(tuple((row + [""] * width)[:width]) for row in kept)
