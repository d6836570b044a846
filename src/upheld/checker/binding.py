"""What the tables say, found by what a sentence speaks of: stage, measure, what is counted, group and period."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.checker.labels import Labels
from upheld.checker.model import Place
from upheld.checker.periods import Period
from upheld.checker.tables.model import Axis, Cell, Table
from upheld.checker.words import OUTCOMES, PARTS, Facets

_OVERLAPS = re.compile(
    r"\bthemes?\b|\breasons?\b|\bissues?\b|\bnature\b|\btop\b|\btrends\b|\btopics?\b|more than one", re.IGNORECASE
)
_COMPLAINTS = frozenset({"complaint", None})


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of a table and all that its row, its column and its table say of it."""

    value: Fraction
    percent: bool
    decimals: int
    stages: frozenset[str]
    measure: str
    noun: str | None
    routes: frozenset[str]
    period: Period | None
    words: frozenset[str]
    total: bool
    place: Place
    label: str
    derived: bool = False  # added up here, not printed: it confirms, and never contradicts


@dataclass(frozen=True, slots=True)
class Ask:
    """What a number in a sentence is about."""

    measure: str
    stages: frozenset[str]
    noun: str | None
    routes: frozenset[str]
    period: Period | None
    words: frozenset[str]
    total: bool = False
    named: bool = False  # the sentence names the group: numbers of the whole are not meant


class Index:
    """The facts of all tables of a report."""

    def __init__(self, tables: Sequence[Table], now: Period | None) -> None:
        self.now = now
        self.facts = [fact for table in tables for fact in _facts(table)]
        self.tables = tables
        self.labels = Labels(tables)
        self._staged = {
            table.number
            for table in tables
            if any(a.facets.stages or a.facets.routes or a.facets.nouns for a in (*table.rows, *table.columns))
        }
        self._by_measure: dict[tuple[bool, str, Period | None], list[Fact]] = {}
        for fact in self.facts:
            self._by_measure.setdefault((fact.percent, fact.measure, fact.period), []).append(fact)
        self._routes = {route for fact in self.facts for route in fact.routes}

    def find(self, ask: Ask, *, percent: bool = False) -> list[Fact]:
        """The facts that an ask means: those of the group that it names, else those of the whole."""
        held = self._by_measure.get((percent, ask.measure, ask.period), [])
        undated = self._by_measure.get((percent, ask.measure, None), []) if ask.period is not None else []
        fitting = [fact for fact in (*held, *undated) if self._fits(fact, ask)]
        named = [fact for fact in fitting if fact.words]
        if named:
            most = max(len(fact.words) for fact in named)
            return [fact for fact in named if len(fact.words) == most]
        if ask.named:
            return []
        if ask.routes and any(fact.routes == ask.routes for fact in fitting):
            fitting = [fact for fact in fitting if fact.routes == ask.routes]
        if ask.total and not ask.stages:
            return [fact for fact in fitting if fact.total and not fact.derived and fact.place.table in self._staged]
        return fitting

    def value(self, ask: Ask) -> Fact | None:
        """The one count that an ask means; None where there is none, or several that differ."""
        printed = [fact for fact in self.find(ask) if not fact.derived]
        return printed[0] if printed and len({fact.value for fact in printed}) == 1 else None

    def _fits(self, fact: Fact, ask: Ask) -> bool:
        if fact.measure != ask.measure or (fact.noun != ask.noun and {fact.noun, ask.noun} - _COMPLAINTS):
            return False
        # An average is often given without its stage, which is then the one that everything is about.
        # A group that is named by itself is that of the one stage whose table names it.
        unstaged = (fact.measure == "average" and not fact.stages) or (ask.named and not ask.stages and fact.words)
        if fact.stages != ask.stages and not unstaged:
            return False
        if not self._same_route(fact, ask):
            return False
        if fact.period is not None:
            if fact.period != ask.period:
                return False
        elif ask.period is not None and self.now is not None and ask.period != self.now:
            return False
        return fact.words <= ask.words

    def _same_route(self, fact: Fact, ask: Ask) -> bool:
        if fact.routes == ask.routes:
            return True
        if not fact.routes:
            return len(self._routes) <= 1
        return not ask.routes and len(self._routes) <= 1


def _facts(table: Table) -> Iterable[Fact]:
    for r, row in enumerate(table.rows):
        for c, column in enumerate(table.columns):
            yield from _of_cell(table, row, column, table.cells[r][c], table.place_of(r, c))
    yield from _sums(table)


def _of_cell(table: Table, row: Axis, column: Axis, cell: Cell, place: Place) -> Iterable[Fact]:
    if row.change or column.change or row.base or column.base or not cell.has_number:
        return
    said = _together(row.facets, column.facets)
    periods = said.period or table.about.period
    noun = said.nouns[0] if said.nouns else (table.about.nouns[0] if table.about.nouns else None)
    if (row.total or column.total) and not said.nouns and _mixed_nouns(table):
        noun = "all"
    measure = _measure(row.facets, column.facets, table.about)
    if measure == "received" and (
        (row.total and _of_outcomes(table.rows)) or (column.total and _of_outcomes(table.columns))
    ):
        measure = "closed"  # outcomes add up to what was decided
    stages = said.stages or table.about.stages
    routes = said.routes or (table.about.routes if len(table.about.routes) == 1 else frozenset())
    total = row.total or (column.total and not _is_volume(table, column))
    if row.total and not row.facets.stages and any(r.facets.stages for r in table.rows):
        stages = column.facets.stages
    words = frozenset[str]() if row.total and not column.facets.words else (row.facets.words | column.facets.words)
    if row.total:
        words = column.facets.words
    if column.total and not _is_volume(table, column):
        words = frozenset() if row.total else row.facets.words
    label = f"{row.name}, {column.name}"
    common = (stages, measure, noun, routes, periods, words, total, place, label)
    averaged = measure == "average" and cell.count is not None and not row.percent and not column.percent
    if averaged and cell.count is not None:
        yield Fact(cell.count, False, cell.decimals, *common)
    elif cell.count is not None and cell.count.denominator == 1 and not row.percent and not column.percent:
        yield Fact(cell.count, False, 0, *common)
    if cell.percent is not None:
        yield Fact(cell.percent, True, cell.decimals, *common)


def _together(row: Facets, column: Facets) -> Facets:
    return row.over(column)


def _mixed_nouns(table: Table) -> bool:
    nouns = {axis.facets.nouns for axis in (*table.rows, *table.columns) if axis.facets.nouns and not axis.total}
    return len(nouns) > 1


def _measure(row: Facets, column: Facets, about: Facets) -> str:
    named = [m for m in (*row.measures, *column.measures) if m != "received"]
    if len(set(named)) == 1:
        return named[0]
    if named:
        return "+".join(sorted(set(named)))
    if "received" in (*row.measures, *column.measures):
        return "received"
    special = [m for m in about.measures if m in PARTS]
    return special[0] if len(about.measures) == 1 and special else "received"


def _of_outcomes(axes: Sequence[Axis]) -> bool:
    return len({axis.facets.measure for axis in axes if axis.facets.measure in OUTCOMES}) >= 2


def _is_volume(table: Table, column: Axis) -> bool:
    return any(
        axis is not column and axis.group == column.group and axis.facets.measure in PARTS for axis in table.columns
    )


def _sums(table: Table) -> Iterable[Fact]:
    """What the rows of a table without a total add up to, by column."""
    if (
        any(axis.total for axis in table.rows)
        or len(table.rows) < 2
        or _OVERLAPS.search(f"{table.caption} {table.notes}")
    ):
        return
    if (
        len({axis.facets.measure for axis in table.rows}) != 1
        or any(axis.facets.periods for axis in table.rows)
        or any(axis.percent or axis.change for axis in table.rows)
    ):
        return
    for c, column in enumerate(table.columns):
        held = [row[c].count for row in table.cells]
        if (
            column.percent
            or column.change
            or column.base
            or column.total
            or any(v is None or v.denominator != 1 for v in held)
        ):
            continue
        value = sum((v for v in held if v is not None), Fraction(0))
        stages = frozenset() if any(axis.facets.stages for axis in table.rows) else table.about.stages
        routes = frozenset() if any(axis.facets.routes for axis in table.rows) else table.about.routes
        noun = table.about.nouns[0] if table.about.nouns else None
        measure = _measure(Facets(), column.facets, table.about)
        period = column.facets.period or (None if any(a.facets.period for a in table.rows) else table.about.period)
        if column.facets.words:
            continue
        yield Fact(
            value,
            False,
            0,
            stages | column.facets.stages,
            measure,
            noun,
            routes,
            period,
            frozenset(),
            True,
            table.place,
            f"all rows of {column.name}",
            derived=True,
        )
