"""A question about figures into SQL. Ibis compiles counts and sums; it is given no connection and no data.

Every figure of one cohort and grain is made in one statement. A statement returns the first day of the quarter (cohorts
received and answered), the groups asked for, and one whole number per count.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache, lru_cache
from types import UnionType
from typing import TYPE_CHECKING, get_args, get_type_hints

from upheld.facts.model import PointFact, StageFact
from upheld.figures.conditions import Rows
from upheld.figures.declare import Cohort
from upheld.figures.definitions import CATALOGUE
from upheld.figures.model import Grain
from upheld.figures.period import Quarter
from upheld.figures.source import Engine, FactTables

if TYPE_CHECKING:
    import ibis.expr.types as ir

_COHORT_DATE = {Cohort.RECEIVED: "received_on", Cohort.ANSWERED: "answered_on"}
_IBIS_TYPES = {str: "string", int: "int64", bool: "boolean", date: "date"}


@dataclass(frozen=True, slots=True)
class Question:
    """Which counts of which periods, in which groups, of which rows, as at which day."""

    counts: tuple[str, ...]
    periods: tuple[Quarter, ...]
    as_at: date
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()  # (dimension, code)
    known_at: datetime | None = None
    boundaries: tuple[date, ...] | None = None  # also group by the span between these days that it was received in

    @property
    def grain(self) -> Grain:
        """Points where a group or a filter is of points, stages otherwise."""
        used = (*self.by, *(dimension for dimension, _ in self.where))
        points = any(CATALOGUE.dimension(d).grain is Grain.POINT for d in used)
        return Grain.POINT if points else Grain.STAGE


@dataclass(frozen=True, slots=True)
class Statement:
    """One SELECT. Its columns: the quarter's first day where `period` is None, the groups, then the counts.

    Where the question has boundaries, the last group is the number of the span.
    """

    sql: str
    counts: tuple[str, ...]
    groups: int
    period: Quarter | None  # the one period of a stock; None where rows carry their quarter


@lru_cache(maxsize=1024)
def compile_question(question: Question, engine: Engine, tables: FactTables) -> tuple[Statement, ...]:
    """The statements that answer a question. Raises UnknownFigure for ids that are not declared."""
    by_cohort: dict[Cohort, list[str]] = {}
    for count in question.counts:
        by_cohort.setdefault(CATALOGUE.figure(count).cohort, []).append(count)
    statements: list[Statement] = []
    for cohort, counts in by_cohort.items():
        if cohort is Cohort.STOCK:
            statements += [_stock(question, tuple(counts), p, engine, tables) for p in question.periods]
        else:
            statements.append(_cohort(question, tuple(counts), cohort, engine, tables))
    return tuple(statements)


@lru_cache(maxsize=1024)
def compile_rows(count: str, period: Quarter, question: Question, engine: Engine, tables: FactTables) -> str:
    """A SELECT of the stage keys behind one count of one period: as many as the figure says."""
    import ibis

    cohort = CATALOGUE.figure(count).cohort
    day = _day(cohort, period, question.as_at)
    table = _filtered(question, tables)
    if cohort is not Cohort.STOCK:
        table = table.filter(table[_COHORT_DATE[cohort]].between(_date(period.start), _date(period.end)))
    rows = Rows.judged(table, day)
    keys = rows.table.filter(_condition(count)(rows)).select("stage_key").distinct().order_by(ibis.asc("stage_key"))
    return _sql(keys, engine)


@lru_cache(maxsize=64)
def compile_quarters(question: Question, engine: Engine, tables: FactTables) -> str:
    """A SELECT of the first days of all quarters in which anything at all was received by the day."""
    table = _known(_table(tables.stage, Grain.STAGE, tables.versioned), question)
    received = table.filter(table["received_on"] <= _date(question.as_at))
    return _sql(received.select(quarter=_quarter(received["received_on"])).distinct(), engine)


def _cohort(
    question: Question, counts: tuple[str, ...], cohort: Cohort, engine: Engine, tables: FactTables
) -> Statement:
    table = _filtered(question, tables)
    day = table[_COHORT_DATE[cohort]]
    first, last = min(question.periods), max(question.periods)
    table = table.filter(day.between(_date(first.start), _date(min(last.end, question.as_at))))
    rows = Rows.judged(table, question.as_at)
    groups = {"quarter": _quarter(rows.table[_COHORT_DATE[cohort]]), **_groups(question, rows.table)}
    return Statement(
        _sql(rows.table.group_by(**groups).aggregate(**_aggregates(question, counts, rows)), engine),
        counts,
        len(groups) - 1,
        None,
    )


def _stock(
    question: Question, counts: tuple[str, ...], period: Quarter, engine: Engine, tables: FactTables
) -> Statement:
    table = _filtered(question, tables)
    rows = Rows.judged(table, _day(Cohort.STOCK, period, question.as_at))
    aggregates = _aggregates(question, counts, rows)
    groups = _groups(question, rows.table)
    judged = rows.table.group_by(**groups) if groups else rows.table
    counted = judged.aggregate(**aggregates)
    return Statement(_sql(counted, engine), counts, len(groups), period)


def _day(cohort: Cohort, period: Quarter, as_at: date) -> date:
    return min(period.end, as_at) if cohort is Cohort.STOCK else as_at


def _aggregates(question: Question, counts: tuple[str, ...], rows: Rows) -> "Mapping[str, ir.Value]":
    conditions = {count: _condition(count)(rows) for count in counts}
    if question.grain is Grain.POINT:
        # A stage with two points of a theme is one complaint about it: counting rows would count it twice.
        return {c: rows.table["stage_key"].nunique(where=condition) for c, condition in conditions.items()}
    return {c: condition.sum().coalesce(0).cast("int64") for c, condition in conditions.items()}


def _groups(question: Question, table: "ir.Table") -> "dict[str, ir.Value]":
    groups: dict[str, ir.Value] = {
        f"group_{i}": table[CATALOGUE.dimension(d).column] for i, d in enumerate(question.by)
    }
    if question.boundaries is not None:
        groups["span"] = _span(table["received_on"], question.boundaries)
    return groups


def _span(received: "ir.DateValue", boundaries: tuple[date, ...]) -> "ir.IntegerValue":
    """Which of the spans between the boundaries a day is in, from 0; a day that is not known is in the first."""
    import ibis

    later = [(received >= _date(day), ibis.literal(span, "int64")) for span, day in enumerate(boundaries, start=1)]
    if not later:
        return ibis.literal(0, "int64")
    return ibis.cases(*reversed(later), else_=ibis.literal(0, "int64"))


def _condition(count: str) -> "Callable[[Rows], ir.BooleanValue]":
    condition = CATALOGUE.figure(count).counts
    if condition is None:
        raise TypeError(f"{count} is a rate: its two counts are compiled, never the rate itself")
    return condition


def _filtered(question: Question, tables: FactTables) -> "ir.Table":
    table = _known(_table(tables.of(question.grain), question.grain, tables.versioned), question)
    for dimension, code in question.where:
        table = table.filter(table[CATALOGUE.dimension(dimension).column] == code)
    return table


def _known(table: "ir.Table", question: Question) -> "ir.Table":
    """Only the version of each row that was in force at the moment asked about, or now."""
    import ibis

    if "recorded_to" not in table.columns:
        return table
    if question.known_at is None:
        return table.filter(table["recorded_to"].isnull())
    moment = ibis.timestamp(question.known_at.isoformat())
    still = table["recorded_to"].isnull() | (table["recorded_to"] > moment)
    return table.filter((table["recorded_from"] <= moment) & still)


@cache
def _table(name: str, grain: Grain, versioned: bool) -> "ir.Table":
    import ibis

    schema = columns_of(StageFact if grain is Grain.STAGE else PointFact)
    if versioned:
        schema |= {"recorded_from": "timestamp('UTC')", "recorded_to": "timestamp('UTC')"}
    return ibis.table(schema, name=name)


def columns_of(row: type[StageFact]) -> dict[str, str]:
    """The columns of a fact table with their types as Ibis names them."""
    hints = get_type_hints(row)

    def plain(hint: object) -> type:
        choices = [t for t in get_args(hint) if t is not type(None)] if isinstance(hint, UnionType) else [hint]
        (found,) = choices
        return found  # type: ignore[return-value]

    return {f.name: _IBIS_TYPES[plain(hints[f.name])] for f in fields(row)}


def _quarter(day: "ir.Value") -> "ir.DateValue":
    """The first day of the quarter that a date lies in: those of the financial year begin as the calendar's do."""
    return day.truncate("Q").cast("date")


def _date(day: date) -> "ir.DateValue":
    import ibis

    return ibis.date(day.year, day.month, day.day)


def _sql(expression: "ir.Expr", engine: Engine) -> str:
    compiler = _compiler(engine)
    return compiler.to_sqlglot(expression).sql(dialect=compiler.dialect)  # type: ignore[attr-defined,no-any-return]


@cache
def _compiler(engine: Engine) -> object:
    if engine == "duckdb":
        from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

        return DuckDBCompiler()
    from ibis.backends.sql.compilers.postgres import PostgresCompiler

    return PostgresCompiler()
