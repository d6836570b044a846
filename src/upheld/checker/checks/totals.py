"""Totals in tables: rows and columns that say they are the sum of others."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from upheld.checker.answer import Said, cannot_tell, number, right, slip, wrong
from upheld.checker.model import Claim, Kind
from upheld.checker.tables.model import State, Table
from upheld.checker.words import OUTCOMES

_OVERLAP = re.compile(
    r"more than one|several|multiple|(?:do|does|may|will|might|need) not (?:add|sum|total|equal)|some complaints"
    r"|counted (?:more|under each|in each)",
    re.IGNORECASE,
)
_SELECTION = re.compile(
    r"\btop\b|\bmain\b|\bmost (?:common|frequent)|\bselected\b|\bexamples?\b|\bincluding\b|\bkey\b|\bprincipal\b", re.I
)
_THEMES = re.compile(
    r"\bthemes?\b|\breasons?\b|\bissues?\b|\bnature\b|\bcauses?\b|\bsubjects?\b|\btopics?\b|\bpoints\b|\belements\b",
    re.I,
)


def check_totals(table: Table) -> Iterator[Claim]:
    """Every total of a table, down and across."""
    for each in (table, table.transposed):
        for index, axis in enumerate(each.rows):
            if axis.total and not axis.percent and not axis.change:
                yield from _total(each, index)
        if not any(axis.total for axis in each.rows):
            yield from _unlabelled(each)


def _total(table: Table, total: int) -> Iterator[Claim]:
    columns = _columns(table, total)
    readings = [parts for parts in _readings(table, total) if len(parts) >= 2]
    if not columns or not readings:
        return
    sums = [[_sum(table, parts, column) for column in columns] for parts in readings]
    stated = [table.cells[total][column].count or Fraction(0) for column in columns]

    def support(values: Sequence[Fraction | None]) -> int:
        return sum(s == v and s != 0 for s, v in zip(stated, values, strict=True))

    best = max(range(len(readings)), key=lambda index: (support(sums[index]), -index))
    agreeing = support(sums[best])
    parts = readings[best]
    told = sum(value is not None and s != 0 for s, value in zip(stated, sums[best], strict=True))
    sure = agreeing > 0 or told <= 2
    for column, value, said in zip(columns, sums[best], stated, strict=True):
        claimed = _said(table, total, column)
        names = " + ".join(_shown(table, part, column) for part in parts[:12]) + (" + …" if len(parts) > 12 else "")
        if value is None:
            yield cannot_tell(claimed, "A part of this total is not given, or holds no number.")
        elif value == said:
            yield right(claimed, f"{names} = {number(value)}.", number(value), (*_values(table, parts, column), value))
        elif not sure:
            yield cannot_tell(claimed, "No rows or columns of this table add up to it; it does not say which should.")
        else:
            reason = _excuse(table, said, value)
            if reason:
                yield cannot_tell(claimed, reason)
            else:
                yield wrong(
                    claimed,
                    f"{names} = {number(value)}, {number(abs(value - said))} {'more' if value > said else 'fewer'} "
                    f"than stated.",
                    number(value),
                    (*_values(table, parts, column), value),
                    cause=_cause(table, total, column, parts, said, value),
                )


def _readings(table: Table, total: int) -> list[list[int]]:
    """Which rows a total may be the sum of, the most usual first."""
    axis = table.rows[total]
    ordinary = [
        i
        for i, row in enumerate(table.rows)
        if not row.total and not row.percent and not row.change and not row.of_which
    ]
    before = [i for i in ordinary if i < total]
    earlier = [i for i, row in enumerate(table.rows) if row.total and i < total]
    since = [i for i in before if not earlier or i > earlier[-1]]
    of_group = [i for i in ordinary if axis.group and table.rows[i].group == axis.group]
    after = [i for i in ordinary if i > total]
    later = [i for i, row in enumerate(table.rows) if row.total and i > total]
    until = [i for i in after if not later or i < later[0]]
    readings = [of_group] if axis.group else [since, before, earlier, until, [i for i in ordinary if i != total]]
    found: list[list[int]] = []
    for parts in readings:
        if parts not in found and _are_alike(table, parts):
            found.append(parts)
    return found


def _are_alike(table: Table, parts: Sequence[int]) -> bool:
    """Whether rows are parts of one whole: not a number received beside how many of them were in time."""
    axes = [table.rows[i] for i in parts]
    measures = {axis.facets.measure for axis in axes}
    if any(axis.base for axis in axes) or "average" in measures:
        return False
    if len(measures) == 1:
        labels = [axis.name for axis in axes]
        return len(set(labels)) == len(labels)
    return "not_upheld" in measures and measures <= OUTCOMES | {None, "closed", "decided"}


def _columns(table: Table, total: int) -> list[int]:
    """The columns in which a total is a sum: of counts, not of percentages or averages."""
    return [
        c
        for c, axis in enumerate(table.columns)
        if not axis.percent
        and not axis.change
        and axis.facets.measure != "average"
        and table.cells[total][c].count is not None
        and not table.cells[total][c].days
        and sum(row[c].count is not None for row in table.cells) >= 3
        and all((row[c].count or Fraction(0)).denominator == 1 for row in table.cells)
    ]


def _sum(table: Table, parts: Sequence[int], column: int) -> Fraction | None:
    held = [table.cells[part][column] for part in parts]
    if any(
        cell.state in (State.SUPPRESSED, State.TEXT) or (cell.state is State.VALUE and cell.count is None)
        for cell in held
    ):
        return None
    return sum((cell.count for cell in held if cell.count is not None), Fraction(0))


def _values(table: Table, parts: Sequence[int], column: int) -> tuple[Fraction, ...]:
    return tuple(table.cells[part][column].count or Fraction(0) for part in parts)


def _shown(table: Table, part: int, column: int) -> str:
    count = table.cells[part][column].count
    return number(count) if count is not None else "0"


def _said(table: Table, total: int, column: int) -> Said:
    cell = table.cells[total][column]
    row, head = (
        (table.rows[total], table.columns[column]) if not table.swapped else (table.columns[column], table.rows[total])
    )
    return Said(table.place_of(total, column), f"{row.name} / {head.name}: {cell.text}", Kind.TOTAL, cell.text)


def _excuse(table: Table, said: Fraction, value: Fraction) -> str | None:
    """Why a sum that differs contradicts nothing."""
    around = f"{table.caption} {table.notes}"
    axes = " ".join(axis.label for axis in (*table.rows, *table.columns) if axis.total)
    if _OVERLAP.search(around):
        return "The report says that something is counted more than once here, so the parts need not add up."
    if _SELECTION.search(around) and said > value:
        return "The table shows a selection; what is left out is not given."
    if _THEMES.search(f"{around} {axes}") and said < value:
        return "A complaint may have several themes; the report does not say whether it is counted once."
    return None


def _cause(table: Table, total: int, column: int, parts: Sequence[int], said: Fraction, value: Fraction) -> str | None:
    if slipped := slip(said, value):
        return slipped
    differs = value - said
    for part in parts:
        count = table.cells[part][column].count
        if count and count == differs:
            return f"“{table.rows[part].name}” is left out"
        if count and count == -differs:
            return f"“{table.rows[part].name}” is counted twice"
    for beside in (column - 1, column + 1):
        if 0 <= beside < len(table.columns) and table.cells[total][beside].count == said:
            return f"the same as “{table.columns[beside].name}” beside it: copied"
    return None


def _unlabelled(table: Table) -> Iterator[Claim]:
    """A last row without a name, that is the sum of those above it in every column but perhaps one."""
    last = len(table.rows) - 1
    if last < 2 or table.rows[last].label.strip() or not _are_alike(table, range(last)):
        return
    columns = _columns(table, last)
    sums = {column: _sum(table, range(last), column) for column in columns}
    agreeing = [column for column in columns if sums[column] == table.cells[last][column].count]
    if len(agreeing) < max(1, len(columns) - 1):
        return
    for column in columns:
        value, said = sums[column], table.cells[last][column].count or Fraction(0)
        claimed = _said(table, last, column)
        if value is None:
            continue
        if value == said:
            yield right(claimed, f"The rows above add up to {number(value)}.", number(value), (value,))
        elif len(agreeing) >= 2:
            yield wrong(
                claimed,
                f"The rows above add up to {number(value)}.",
                number(value),
                (value,),
                cause=_cause(table, last, column, range(last), said, value),
            )
