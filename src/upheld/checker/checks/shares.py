"""Percentages in tables: which counts a column of them is made of, and which of them those counts do not give."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from upheld.checker.answer import Said, cannot_tell, judged_percent, number
from upheld.checker.model import Claim, Kind
from upheld.checker.rounding import Fit, fit
from upheld.checker.tables.model import Axis, Table
from upheld.checker.words import PARTS, WHOLES


@dataclass(frozen=True, slots=True)
class Formula:
    """What a column of percentages may be: one column of another, of a column's total, or a change between two.

    `upper` None is the count in the percentage's own cell. `lower` None is the total of `upper`'s column.
    """

    upper: int | None
    lower: int | None
    change: bool = False

    def counts(self, table: Table, row: int, column: int) -> tuple[Fraction, Fraction] | None:
        """Numerator and denominator for a row; None where one is missing."""
        cells = table.cells[row]
        if self.change:
            new, old = cells[self.upper or 0].count, cells[self.lower or 0].count
            return (new - old, old) if new is not None and old else None
        upper = cells[column].count if self.upper is None else cells[self.upper].count
        if self.lower is None:
            lower = column_total(table, column if self.upper is None else self.upper)
        else:
            lower = cells[self.lower].count
        return (upper, lower) if upper is not None and lower else None


def column_total(table: Table, column: int) -> Fraction | None:
    """What the total row of a column says, or else what its rows add up to; None where one is missing."""
    totals = [row[column].count for axis, row in zip(table.rows, table.cells, strict=True) if axis.total]
    if totals and totals[-1] is not None:
        return totals[-1]
    held = [row[column] for axis, row in zip(table.rows, table.cells, strict=True) if not axis.total]
    if any(cell.count is None and cell.text.strip() for cell in held):
        return None
    return sum((cell.count for cell in held if cell.count is not None), Fraction(0))


def check_shares(table: Table) -> Iterator[Claim]:
    """Every percentage of a table."""
    seen: set[tuple[int, int]] = set()
    for each in (table, table.transposed):
        for column, axis in enumerate(each.columns):
            rows = [r for r, row in enumerate(each.cells) if row[column].percent is not None]
            if not rows or (each.swapped and (len(rows) * 2 < len(each.rows) or not axis.percent)):
                continue
            for claim, key in _column(each, column, rows):
                if key not in seen:
                    seen.add(key)
                    yield claim
    unseen = [(r, c) for r, row in enumerate(table.cells) for c, cell in enumerate(row) if cell.percent is not None]
    for r, c in unseen:
        place = table.place_of(r, c)
        if (place.row or 0, place.column or 0) not in seen and not table.columns[c].change:
            yield cannot_tell(
                _said(table, r, c), "The table does not hold the two counts that this percentage is made of."
            )


def _column(table: Table, column: int, rows: list[int]) -> Iterator[tuple[Claim, tuple[int, int]]]:
    bare = [r for r in rows if table.cells[r][column].base is None]
    for r in rows:
        cell = table.cells[r][column]
        if cell.base and cell.count is not None and cell.percent is not None:
            exact = 100 * cell.count / cell.base
            how = f"{number(cell.count)} of {number(cell.base)}"
            yield (
                judged_percent(
                    _said(table, r, column), cell.percent, exact, cell.decimals, how, (cell.count, cell.base)
                ),
                _key(table, r, column),
            )
    formula = _formula(table, column, bare)
    if formula is None:
        return
    for r in bare:
        cell = table.cells[r][column]
        counts = formula.counts(table, r, column)
        if counts is None or cell.percent is None:
            continue
        upper, lower = counts
        exact = 100 * upper / lower
        stated = cell.percent
        if formula.change and stated >= 0 and exact < 0 and "-" not in cell.text and "+" not in cell.text:
            exact = -exact  # the column says the size of a change, its words the direction
        cause = None
        if fit(stated, exact, cell.decimals) is Fit.NONE:
            cause = _other_base(table, r, column, formula, stated, cell.decimals)
        yield (
            judged_percent(
                _said(table, r, column),
                stated,
                exact,
                cell.decimals,
                _how(table, formula, upper, lower),
                (upper, lower),
                cause=cause,
            ),
            _key(table, r, column),
        )


def _key(table: Table, row: int, column: int) -> tuple[int, int]:
    place = table.place_of(row, column)
    return (place.row or 0, place.column or 0)


def _said(table: Table, row: int, column: int) -> Said:
    cell = table.cells[row][column]
    axis, head = (
        (table.rows[row], table.columns[column]) if not table.swapped else (table.columns[column], table.rows[row])
    )
    kind = Kind.CHANGE if table.columns[column].change else Kind.PERCENTAGE
    quote = f"{axis.name} / {head.name}: {cell.text}"
    return Said(table.place_of(row, column), quote, kind, cell.text)


def _how(table: Table, formula: Formula, upper: Fraction, lower: Fraction) -> str:
    if formula.change:
        return f"The change from {number(lower)} to {number(lower + upper)}"
    what = "the column's total" if formula.lower is None else f"“{table.columns[formula.lower].name}”"
    return f"{number(upper)} of {number(lower)} ({what})"


def _formula(table: Table, column: int, rows: list[int]) -> Formula | None:
    """The formula that explains the column best, where one explains it well enough."""
    best: tuple[float, Formula] | None = None
    for formula in _formulas(table, column, rows):
        fits = telling = weak = possible = 0
        for r in rows:
            cell, counts = table.cells[r][column], formula.counts(table, r, column)
            if counts is None or cell.percent is None:
                continue
            exact = 100 * counts[0] / counts[1]
            stated = cell.percent
            possible += 1
            agrees = fit(stated, exact, cell.decimals) is not Fit.NONE or (
                formula.change and fit(stated, -exact, cell.decimals) is not Fit.NONE
            )
            # Nought and a hundred fit many bases, and tell little.
            if exact in (0, 100):
                weak += agrees
            else:
                telling += 1
                fits += agrees
        prior = _prior(table, column, formula)
        if not possible:
            continue
        sure = fits and fits * 2 >= telling
        if not (sure or (not telling and weak) or (prior >= 3 and telling <= 2 * (fits + 1))):
            continue
        score = fits + 0.25 * weak + 0.6 * prior
        if best is None or score > best[0]:
            best = (score, formula)
    return best[1] if best else None


def _formulas(table: Table, column: int, rows: list[int]) -> Iterator[Formula]:
    cells = table.cells
    own = sum(cells[r][column].count is not None for r in rows) * 2 > len(rows) > 0
    counted = [
        c
        for c, axis in enumerate(table.columns)
        if c != column and not axis.percent and any(row[c].count is not None for row in cells)
    ]
    if table.columns[column].change or any("+" in cells[r][column].text for r in rows):
        for new in counted:
            for old in counted:
                if new != old and not table.columns[new].change and not table.columns[old].change:
                    yield Formula(new, old, change=True)
        return
    for upper in [None] if own else counted:
        yield Formula(upper, None)
        for lower in counted:
            if lower != upper:
                yield Formula(upper, lower)


def _prior(table: Table, column: int, formula: Formula) -> float:
    """How likely a formula is by the heads alone."""
    if formula.change:
        new, old = table.columns[formula.upper or 0], table.columns[formula.lower or 0]
        a, b = new.facets.period, old.facets.period
        return 1.0 if a is not None and b is not None and a > b else 0.0
    axis = table.columns[column]
    prior = 0.0
    if formula.upper is not None:
        upper = table.columns[formula.upper]
        if axis.facets.measure is not None and upper.facets.measure == axis.facets.measure and not upper.base:
            prior += 2
        elif axis.facets.measure is not None:
            prior -= 1
        if _period_of(axis) != _period_of(upper) or axis.group != upper.group:
            prior -= 0.5
    if formula.lower is None:
        return prior + (0.5 if axis.facets.measure is None else -0.5)
    lower = table.columns[formula.lower]
    same_group = axis.group == lower.group or not lower.group
    if _is_whole(lower):
        prior += 1.0 if same_group else 0.3
        prior += 0.3 if lower.base and axis.group == lower.group else 0
    elif lower.facets.measure in PARTS:
        prior -= 1
    if _period_of(axis) != _period_of(lower):
        prior -= 0.7
    return prior


def _period_of(axis: Axis) -> object:
    return axis.facets.period


def _is_whole(axis: Axis) -> bool:
    return axis.base or axis.total or axis.facets.measure in WHOLES or (axis.facets.measure is None and not axis.change)


def _other_base(table: Table, row: int, column: int, formula: Formula, stated: Fraction, decimals: int) -> str | None:
    """Which other count of the row, or which total, the percentage is really of."""
    counts = formula.counts(table, row, column)
    if counts is None or formula.change:
        return None
    upper = counts[0]
    for other, axis in enumerate(table.columns):
        lower = table.cells[row][other].count
        if (other in (formula.upper, formula.lower) and other != column) or not lower or lower == upper:
            continue
        if other != column and fit(stated, 100 * upper / lower, decimals).is_right:
            return f"wrong base: {number(upper)} of the {number(lower)} in “{axis.name}”"
    total = column_total(table, column if formula.upper is None else formula.upper)
    if formula.lower is not None and total and fit(stated, 100 * upper / total, decimals).is_right:
        return f"wrong base: {number(upper)} of the column's total of {number(total)}"
    for other in range(len(table.rows)):
        if other != row and table.cells[other][column].percent == stated and abs(other - row) == 1:
            beside = formula.counts(table, other, column)
            if beside and fit(stated, 100 * beside[0] / beside[1], decimals).is_right:
                return f"copied from the neighbour “{table.rows[other].name}”"
    return None
