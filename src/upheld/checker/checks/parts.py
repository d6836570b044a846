"""What cannot be within a table: a part larger than its whole, a wrong difference, a period left out or said twice."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from upheld.checker.answer import Said, number, right, slip, wrong
from upheld.checker.model import Claim, Kind, Place, Severity
from upheld.checker.periods import Period
from upheld.checker.tables.model import Axis, Table
from upheld.checker.words import PARTS

_OUTCOMES = ("upheld", "partly_upheld", "not_upheld", "withdrawn", "open")


def check_parts(table: Table) -> Iterator[Claim]:
    """Parts against the whole that stands in the same row, or in the same column."""
    for each in (table, table.transposed):
        for whole, parts in _wholes(each):
            for r in range(len(each.rows)):
                yield from _row(each, r, whole, parts)


def _wholes(table: Table) -> Iterator[tuple[int, list[int]]]:
    for index, axis in enumerate(table.columns):
        if axis.percent or axis.change or axis.base:
            continue
        parts = [
            i
            for i, other in enumerate(table.columns)
            if other.group == axis.group
            and not other.percent
            and not other.base
            and not other.total
            and not other.change
            and other.facets.measure in PARTS
            and other.facets.stages == axis.facets.stages
            and other.facets.period == axis.facets.period
            and other.facets.nouns in ((), axis.facets.nouns)
        ]
        received = axis.facets.measure == "received" or (axis.total and axis.facets.measure is None)
        named = axis.facets.measure is None and axis.facets.nouns == ("complaint",) and not axis.facets.words
        if parts and (received or named):
            yield index, parts


def _row(table: Table, row: int, whole: int, parts: Sequence[int]) -> Iterator[Claim]:
    of = table.cells[row][whole].count
    if of is None or table.rows[row].percent or table.rows[row].change or table.rows[row].facets.measure in PARTS:
        return
    for part in parts:
        cell = table.cells[row][part]
        if cell.count is not None and cell.count > of and not cell.days and cell.count.denominator == 1:
            yield wrong(
                _said(table, row, part, Kind.PART),
                f"It is a part of the {number(of)} in “{table.columns[whole].name}”, and larger.",
                f"at most {number(of)}",
                (cell.count, of),
                cause=slip(cell.count, of),
            )
    outcomes = [p for p in parts if table.columns[p].facets.measure in _OUTCOMES]
    kinds = [table.columns[p].facets.measure for p in outcomes]
    counts = [table.cells[row][p].count for p in outcomes]
    if len(outcomes) >= 2 and len(set(kinds)) == len(kinds) and all(count is not None for count in counts):
        together = sum((count for count in counts if count is not None), Fraction(0))
        if together > of and all(count is not None and count <= of for count in counts):
            names = ", ".join(table.columns[p].name for p in outcomes)
            yield wrong(
                _said(table, row, whole, Kind.PART),
                f"The outcomes beside it ({names}) add up to {number(together)}.",
                f"at least {number(together)}",
                [c for c in counts if c is not None],
            )


def _said(table: Table, row: int, column: int, kind: Kind) -> Said:
    cell = table.cells[row][column]
    axis, head = (
        (table.rows[row], table.columns[column]) if not table.swapped else (table.columns[column], table.rows[row])
    )
    return Said(table.place_of(row, column), f"{axis.name} / {head.name}: {cell.text}", kind, cell.text)


def check_differences(table: Table) -> Iterator[Claim]:
    """Columns or rows that hold the difference of two others."""
    for each in (table, table.transposed):
        for column, axis in enumerate(each.columns):
            if axis.change and not axis.percent:
                yield from _differences(each, column)


def _differences(table: Table, column: int) -> Iterator[Claim]:
    rows = [r for r, row in enumerate(table.cells) if row[column].is_plain_count and not table.rows[r].percent]
    counted = [
        c
        for c, axis in enumerate(table.columns)
        if c != column
        and not axis.percent
        and not axis.change
        and all(table.cells[r][c].count is not None for r in rows)
    ]
    best: tuple[int, int, int] | None = None
    for new in counted:
        for old in counted:
            if new == old:
                continue
            fits = sum(_difference(table, r, column, new, old) for r in rows)
            if fits * 2 > len(rows) and fits >= 2 and (best is None or fits > best[0]):
                best = (fits, new, old)
    if best is None:
        return
    _, new, old = best
    for r in rows:
        a, b = table.cells[r][new].count or Fraction(0), table.cells[r][old].count or Fraction(0)
        said = _said(table, r, column, Kind.CHANGE)
        how = f"From {number(b)} to {number(a)} is {number(a - b)}."
        if _difference(table, r, column, new, old):
            yield right(said, how, number(a - b), (a, b))
        else:
            yield wrong(
                said, how, number(a - b), (a, b), cause=slip(table.cells[r][column].count or Fraction(0), a - b)
            )


def _difference(table: Table, row: int, column: int, new: int, old: int) -> bool:
    cells = table.cells[row]
    a, b, stated = cells[new].count, cells[old].count, cells[column].count
    if a is None or b is None or stated is None:
        return False
    signed = "+" in cells[column].text or stated < 0
    return stated == a - b or (not signed and stated == abs(a - b))


def check_series(table: Table) -> Iterator[Claim]:
    """Periods side by side: is one left out without a word, or there twice?"""
    for each in (table, table.transposed):
        axes = each.columns
        named = [(axis, axis.facets.period) for axis in axes if axis.facets.period is not None]
        if len(named) * 2 < len(axes) or len(named) < 3:
            continue
        series: list[Period] = []
        for _, period in named:
            if period is not None and (not series or series[-1] != period):
                series.append(period)
        yield from _gaps(each, series)
        yield from _twice(each, axes)


def _gaps(table: Table, series: Sequence[Period]) -> Iterator[Claim]:
    ordered = series if series == sorted(series) else list(reversed(series))
    lengths = {period.months for period in series}
    if list(ordered) != sorted(set(series)) or len(lengths) != 1 or len(series) < 3:
        return
    step = lengths.pop()
    if step not in (1, 3, 12):
        return
    steps = [(b.first - a.first) // step for a, b in pairwise(ordered)]
    run = f"{ordered[0]} to {ordered[-1]}"
    said = Said(_head(table), f"{table.caption or 'Table'}: {', '.join(str(p) for p in series)}", Kind.SERIES, run)
    if set(steps) == {1}:
        yield right(said, f"No period is left out from {run}.", run)
        return
    telling = steps.count(1) * 2 > len(steps) or (1 in steps and (step == 12 or max(steps) == 2))
    missing = [a.moved(step * k) for a, s in zip(ordered, steps, strict=False) for k in range(1, s)] if telling else []
    around = f"{table.caption} {table.notes}"
    unsaid = [
        p
        for p in missing
        if not re.search(
            r"no data|not (?:available|held|shown|collected|reported)|missing|left out|omitted", around, re.I
        )
    ]
    if unsaid and len(unsaid) <= 4:
        names = ", ".join(str(period) for period in unsaid)
        yield wrong(
            said,
            f"{names} is missing between periods that stand side by side, and the table does not say so.",
            f"{ordered[0]} to {ordered[-1]} with {names}",
            severity=Severity.MINOR,
            cause="a period left out of the series",
        )


def _twice(table: Table, axes: Sequence[Axis]) -> Iterator[Claim]:
    names = [(axis.group, axis.label, axis.facets.period) for axis in axes]
    for index, (axis, name) in enumerate(zip(axes, names, strict=True)):
        if name in names[:index] and name[2] is not None and axis.facets.period is not None:
            said = Said(_head(table, index), f"{axis.name}", Kind.SERIES, axis.name)
            yield wrong(
                said,
                f"“{axis.name}” is the name of two {'rows' if table.swapped else 'columns'} of this table.",
                "another period",
                cause="a heading copied and not changed",
            )


def _head(table: Table, column: int = 0) -> Place:
    axis = table.columns[column]
    place = table.place
    if table.swapped:
        return Place(place.block, place.page, place.section, table.number, axis.index + 1, 1)
    return Place(place.block, place.page, place.section, table.number, 1, axis.index + 1)


_GROUPS = re.compile(
    r"\bteams?\b|\bservices?(?: areas?)?\b|\bareas?\b|\bunits?\b|\bwards?\b|\bschools?\b|\bproviders?\b|\bhomes?\b"
    r"|\bethnic\w*|\bgender\b|\bsex\b"
    r"|\bages?(?: (?:group|band|range)s?)?\b|\bdisab\w+|\breligion\b|\bfaith\b|\bnationalit\w+|\blanguages?\b"
    r"|\bsexual\w*|\bcharacteristics?\b|\bequalit\w+",
    re.IGNORECASE,
)
_SMALL = 5


def check_small_numbers(table: Table) -> Iterator[Claim]:
    """Counts under five beside a named team or characteristic."""
    corner = f"{table.caption}"
    if not _GROUPS.search(corner):
        return
    found = []
    for r, axis in enumerate(table.rows):
        if axis.total or axis.facets.stages or axis.facets.period is not None or not axis.facets.words or axis.percent:
            continue
        small = [
            c
            for c, cell in enumerate(table.cells[r])
            if cell.count is not None
            and 0 < cell.count < _SMALL
            and not table.columns[c].percent
            and not table.columns[c].change
            and not cell.days
            and (table.columns[c].facets.measure in (None, "received", "closed", "decided") or table.columns[c].base)
        ]
        if small:
            found.append((r, small[0]))
    if not found:
        return
    r, c = found[0]
    names = ", ".join(f"{table.rows[i].name}: {table.cells[i][j].text}" for i, j in found)
    said = Said(table.place_of(r, c), names, Kind.SMALL_NUMBER, ", ".join(table.cells[i][j].text for i, j in found))
    yield wrong(
        said,
        f"{len(found)} {'row names a group' if len(found) == 1 else 'rows name a group'} with fewer than five: what "
        f"happened in a case could be "
        "read off, by those who know a family.",
        "“fewer than 5”, and what would give it back by subtraction left out too",
        [table.cells[i][j].count or Fraction(0) for i, j in found],
        severity=Severity.RISK,
        cause="small numbers beside a named group",
    )
