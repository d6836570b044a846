"""Which rows of a grid are its head, what each head stands over, and which rows belong together."""

import re
from collections.abc import Sequence

from upheld.checker.plain import plain
from upheld.checker.reading.grids import Grid
from upheld.checker.tables.cells import cell_of
from upheld.checker.tables.model import State
from upheld.checker.words import facets_of

_PERIOD = re.compile(
    r"(?:q(?:uarter)?\s?[1-4]|(?:20)?\d\d\s?[/-]\s?(?:20)?\d\d|\d\d/\d\d\s?q\d|(?:19|20)\d\d"
    r"|[a-z]{3,9}[ -]?(?:20)?\d\d)",
    re.IGNORECASE,
)
_JOINS = re.compile(r"(?:[&/,(-]|\b(?:and|of|to|for|from|with|by|or|the|in|on))\s*$", re.IGNORECASE)


def is_number(text: str) -> bool:
    """Whether a cell holds a number that is no period."""
    shown = plain(text).strip()
    if _PERIOD.fullmatch(shown) or facets_of(shown).periods:
        return False
    return cell_of(shown).has_number or cell_of(shown).state in (State.SUPPRESSED, State.DASH)


def head_rows(grid: Grid, told: int | None) -> int:
    """How many rows are the head."""
    if told and told < len(grid):
        count = told
        while count < min(len(grid) - 1, told + 2) and _is_head(grid[count]):
            count += 1
        return count
    count = 0
    while count < min(len(grid) - 1, 4) and _is_head(grid[count]):
        count += 1
    return count


def _is_head(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell.strip()]
    if len(row) > 1 and len(filled) == 1 and filled[0] == row[0]:
        return False
    if len(set(filled)) == 1 and len(filled) == len(row) > 2:
        return False
    return bool(filled) and not any(is_number(cell) for cell in row) and not any(len(cell) > 90 for cell in row)


def heads_over(rows: Sequence[Sequence[str]], first: int) -> list[list[str]]:
    """For each column the heads above it, outermost first, each said once. `first` is the first column of numbers."""
    if not rows:
        return []
    filled = [list(row) for row in rows]
    for index in range(len(filled) - 1):
        filled[index] = _spread(filled[index], filled[-1], first)
    over: list[list[str]] = []
    for column in range(len(filled[0])):
        names: list[str] = []
        for row in filled:
            if row[column] and row[column] not in names:
                names.append(row[column])
        over.append(names)
    return over


def _spread(upper: list[str], lower: Sequence[str], first: int) -> list[str]:
    """A row of group heads, each over all its columns."""
    places = [index for index, text in enumerate(upper) if text and index >= first]
    if not places or all(upper[first:]):
        return upper
    for start, width in _repeats(lower, first, len(places)):
        groups = [range(start + i * width, start + (i + 1) * width) for i in range(len(places))]
        if all(place in group for place, group in zip(places, groups, strict=True)):
            spread = list(upper)
            for place, group in zip(places, groups, strict=True):
                for column in group:
                    spread[column] = upper[place]
            return spread
    spread = list(upper)
    for column in range(places[0], len(upper)):
        # An own head in the lower row alone, after the groups, stays alone only where the group is complete.
        spread[column] = upper[column] or spread[column - 1]
    return spread


def _repeats(labels: Sequence[str], first: int, times: int) -> list[tuple[int, int]]:
    """Where a run of labels repeats so many times: (first column, columns in the run)."""
    names = [_sense(label) for label in labels]
    found = []
    if times == 1:
        return []
    for width in range((len(names) - first) // times, 1, -1):
        for start in range(first, len(names) - width * times + 1):
            run = names[start : start + width]
            if all(names[start + i * width : start + (i + 1) * width] == run for i in range(times)):
                found.append((start, width))
    return found


def _sense(label: str) -> str:
    said = facets_of(label)
    return " ".join(said.measures) or plain(label).lower().strip()


def is_label_only(row: Sequence[str], labels: int) -> bool:
    """Whether a row holds nothing but its label, be it spread over all columns."""
    filled = {cell for cell in row if cell.strip()}
    if len(filled) != 1:
        return False
    spread_out = all(cell == row[0] for cell in row) and len(row) > 1
    return bool(row[0].strip()) and (spread_out or not any(row[labels:])) and not is_number(row[0])


def are_sections(rows: Sequence[Sequence[str]], alone: Sequence[int]) -> bool:
    """Whether the rows that hold only a label (by index) name what follows them; else they end the label before."""
    if not alone:
        return False
    if alone[0] == 0:
        return True
    if alone[-1] == len(rows) - 1 or any(_JOINS.search(rows[index - 1][0]) for index in alone):
        return False
    ends = [*alone[1:], len(rows)]
    following = [{rows[i][0].lower() for i in range(start + 1, end)} for start, end in zip(alone, ends, strict=True)]
    before = {rows[i][0].lower() for i in range(alone[0])}
    return all(following) and any(a & b for a in following for b in [*following, before] if a is not b)
