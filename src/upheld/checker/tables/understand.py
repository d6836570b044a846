"""A grid of texts becomes a table: head, labels, groups, units, totals and periods."""

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from upheld.checker.model import Place
from upheld.checker.plain import plain
from upheld.checker.reading.grids import Grid
from upheld.checker.rounding import half_up
from upheld.checker.tables.cells import cell_of
from upheld.checker.tables.heads import are_sections, head_rows, heads_over, is_label_only, is_number
from upheld.checker.tables.model import Axis, Cell, State, Table
from upheld.checker.words import Facets, facets_of

_TOTAL = re.compile(
    r"\s*(?:(?:grand|sub|overall|column|row|service|annual|year|yearly"
    r"|q[1-4])?[\s-]*totals?\b(?!\s*(?:number of (?:days|working)|cost|working|compensation))|all (?:\w+ )?(?:teams"
    r"|services|stages|complaints|areas|types|themes|quarters|outcomes|categories|contacts|groups)\b|overall\b|sum\b"
    r"|whole (?:service|council)\b|all\s*\Z)",
    re.IGNORECASE,
)
_ENDS_TOTAL = re.compile(r"\btotals?\s*(?:\(.*\))?\s*\Z", re.IGNORECASE)
_PERCENT = re.compile(r"%|per\s?cent|percentage|\brate\b|\bshare\b|proportion", re.IGNORECASE)
_CHANGE = re.compile(
    r"\bchange\b|\bdifference\b|\bvariance\b|\+/-|\bincrease\b|\bdecrease\b|\bdirection\b|\btrend\b|\bdot\b",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"\s*(?:of which|of these|including|incl\.|- |• )", re.IGNORECASE)
_BASE = re.compile(r"\s*(?:out of|of|base|denominator|n\s*=?|from|total cases|cases)\s*\Z", re.IGNORECASE)
_MAX_LABELS = 3  # rows that need as many words to say what they are, are records, and no table of figures
_RANK = re.compile(r"(?:rank|no\.?|#|ref\.?|position|order)\s*\Z", re.IGNORECASE)


def understood(
    grid: Grid,
    *,
    heads: int | None,
    number: int,
    place: Place,
    caption: str,
    heading: str,
    trusted: bool,
    notes: str = "",
) -> Table | None:
    """The table in a grid; None where it holds no numbers in columns.

    `trusted` where the format itself says which cells are one row: a label of its own then names what follows.
    """
    if len(grid) < 2 or len(grid[0]) < 2:
        return None
    top = 0
    while top < len(grid) - 2 and _is_title(grid[top]):
        caption = f"{caption} {next(cell for cell in grid[top] if cell)}".strip()
        top += 1
    count = head_rows(grid[top:], heads - top if heads else None)
    head, body = grid[top : top + count], grid[top + count :]
    indexes = list(range(top + count, len(grid)))
    labels = _label_columns(body)
    if (
        labels >= _MAX_LABELS
        or labels >= len(grid[0])
        or not any(is_number(cell) for row in body for cell in row[labels:])
    ):
        return None
    rows, indexes, groups = _rows(body, indexes, labels, trusted=trusted)
    over = heads_over(head, labels) or [[] for _ in grid[0]]
    columns = tuple(_column(index, over[index]) for index in range(labels, len(grid[0])))
    about = facets_of(caption).over(facets_of(heading).without_words())
    axes = _inheriting(
        [_axis(at, _row_label(row, labels), group) for row, at, group in zip(rows, indexes, groups, strict=True)]
    )
    cells = tuple(
        tuple(cell_of(row[column.index], percent=column.percent or axis.percent) for column in columns)
        for row, axis in zip(rows, axes, strict=True)
    )
    corner = " ".join(dict.fromkeys(text for names in over[:labels] for text in names))
    about = about.over(facets_of(corner).without_words())
    table = Table(number, place, caption or corner, about, axes, columns, _scaled(cells, columns), notes)
    return _without_ranks(_with_total(table))


def _inheriting(axes: Sequence[Axis]) -> tuple[Axis, ...]:
    """Rows; one that is a part ("of which upheld") is of the stage and the route of the row that it is part of."""
    made: list[Axis] = []
    whole: Axis | None = None
    for axis in axes:
        if axis.of_which and whole is not None:
            of = replace(whole.facets, measures=(), words=frozenset(), total=False)
            made.append(replace(axis, facets=axis.facets.over(of)))
        else:
            made.append(axis)
            whole = axis
    return tuple(made)


def _is_title(row: Sequence[str]) -> bool:
    filled = {cell for cell in row if cell.strip()}
    return len(filled) == 1 and not is_number(next(iter(filled))) and (len(row) > 2 or not row[1] or row[0] == row[1])


def _label_columns(body: Grid) -> int:
    """How many columns at the left are labels."""
    for column in range(len(body[0])):
        texts = [row[column] for row in body if row[column].strip()]
        numbers = sum(is_number(text) for text in texts)
        if column and numbers * 2 > len(texts):
            return column
        if column >= 3:
            return column
        if column == 0 and texts and numbers == len(texts) and len(body[0]) > 2 and all(len(t) < 6 for t in texts):
            continue
    return len(body[0])


def _rows(
    body: Grid, indexes: list[int], labels: int, *, trusted: bool
) -> tuple[list[list[str]], list[int], list[str]]:
    """The rows that hold numbers, with the group that each stands under."""
    body_rows = [list(row) for row in body]
    if labels > 1:
        for above, row in pairwise(body_rows):
            if not row[0].strip() and any(row[labels:]) and row[1].strip():
                row[0] = above[0]
    alone = [index for index, row in enumerate(body_rows) if is_label_only(row, labels)]
    sections = trusted or are_sections(body_rows, alone)
    kept: list[list[str]] = []
    places: list[int] = []
    groups: list[str] = []
    group = ""
    for index, row in enumerate(body_rows):
        if index not in alone:
            kept.append(row)
            places.append(indexes[index])
            groups.append("" if _TOTAL.match(row[0]) and group and facets_of(group).words else group)
        elif sections:
            group = row[0]
        elif kept:
            kept[-1][0] = f"{kept[-1][0]} {row[0]}".strip()
    return kept, places, groups


def _row_label(row: Sequence[str], labels: int) -> str:
    return " ".join(dict.fromkeys(cell for cell in row[:labels] if cell.strip()))


def _column(index: int, names: Sequence[str]) -> Axis:
    return _axis(index, names[-1] if names else "", " ".join(names[:-1]))


def _axis(index: int, label: str, group: str) -> Axis:
    said = facets_of(label)
    over: Facets = facets_of(group)
    both = said.over(over)
    total = bool(_TOTAL.match(plain(label)) or _ENDS_TOTAL.search(plain(label)))
    shown = plain(label)
    percent = bool(_PERCENT.search(shown)) and not re.search(
        r"\d\s*\(|\(%\)|\(\s*%|and %|& %|/ ?%|no\.? ?\(|number", shown, re.I
    )
    change, of_which, base = bool(_CHANGE.search(shown)), bool(_OF_WHICH.match(shown)), bool(_BASE.match(shown))
    return Axis(index, label, group, both, total, percent, change, of_which, base)


def _scaled(cells: tuple[tuple[Cell, ...], ...], columns: Sequence[Axis]) -> tuple[tuple[Cell, ...], ...]:
    """Percentages that a workbook keeps as parts of one, made per cent."""
    scale = set()
    for index, column in enumerate(columns):
        held = [row[index] for row in cells if row[index].percent is not None and row[index].count is None]
        bare = [cell for cell in held if "%" not in plain(cell.text)]
        if (
            column.percent
            and bare
            and all(abs(c.percent or Fraction(0)) <= 1 for c in bare)
            and any(c.decimals for c in bare)
        ):
            scale.add(index)
    if not scale:
        return cells
    return tuple(tuple(_times_100(cell) if index in scale else cell for index, cell in enumerate(row)) for row in cells)


def _times_100(cell: Cell) -> Cell:
    if cell.percent is None or "%" in cell.text:
        return cell
    value = cell.percent * 100
    # What a workbook holds is not what it shows: it is taken as it would be shown, to one decimal at most.
    decimals = max(0, min(cell.decimals - 2, 6))
    return Cell(cell.text, State.VALUE, None, half_up(value, decimals), decimals)


def _with_total(table: Table) -> Table:
    """With a last row that has no name, and is the sum of those above it, known for their total."""
    last = len(table.rows) - 1
    if last < 2 or table.rows[last].label.strip():
        return table
    for c, column in enumerate(table.columns):
        held = [row[c].count for row in table.cells]
        if column.percent or any(count is None for count in held):
            continue
        if sum((count for count in held[:last] if count is not None), Fraction(0)) == held[last] != 0:
            return replace(table, rows=(*table.rows[:last], replace(table.rows[last], total=True)))
    return table


def _without_ranks(table: Table) -> Table | None:
    """Without columns that only number the rows."""
    keep = [i for i, column in enumerate(table.columns) if not (_RANK.match(column.label) and _counts_up(table, i))]
    if not keep or not table.rows:
        return None
    columns = tuple(table.columns[i] for i in keep)
    cells = tuple(tuple(row[i] for i in keep) for row in table.cells)
    return Table(table.number, table.place, table.caption, table.about, table.rows, columns, cells, table.notes)


def _counts_up(table: Table, column: int) -> bool:
    values: list[Fraction] = [count for row in table.cells if (count := row[column].count) is not None]
    return len(values) > 1 and all(value == values[0] + i for i, value in enumerate(values))
