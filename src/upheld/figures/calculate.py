"""Figures from facts: run the compiled counts, fill in the groups without a row, and make rates of counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import product

import upheld
from upheld.figures.asked import Asked
from upheld.figures.compile import Question, compile_quarters, compile_question, compile_rows
from upheld.figures.declare import Cohort
from upheld.figures.definitions import CATALOGUE, VERSION
from upheld.figures.model import FigureRef, FigureSet, FigureValue, Kind, Provenance
from upheld.figures.period import Quarter
from upheld.figures.source import Described, FactSource
from upheld.procedure import Unit, load_pack

Group = tuple[str, ...]

# Counts of the groups that a period has rows in: a group is listed where one of these is not zero.
_PRESENCE = ("received",)


def calculate(
    source: FactSource,
    asked: Sequence[Asked],
    *,
    as_at: date,
    known_at: datetime | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> FigureSet:
    """The values of everything asked, at the end of `as_at`, as far as it was recorded by `known_at`.

    `groups` fixes the groups of a dimension and their order (the stages of a procedure); of other dimensions the
    groups are those with anything received or counted in one of the periods, in the order of their labels. A period
    in which nothing at all was received is without data: its values are missing, not nought (but for what stands open
    in the period that holds `as_at`). Raises UnknownFigure.
    """
    described = source.describe()
    fixed = groups or {}
    covered = _covered(source, as_at, known_at)
    values: list[FigureValue] = []
    for table in asked:
        values += _values(source, table, as_at, known_at, fixed, described, covered)
    provenance = Provenance(
        source=described.name,
        as_at=as_at,
        known_at=known_at,
        facts_digest=described.digest,
        pack=described.pack,
        figures_version=VERSION,
        code_version=upheld.__version__,
    )
    return FigureSet.of(values, provenance, described.labels, _limits(described.pack))


def keys_behind(
    source: FactSource,
    figure: str,
    period: Quarter,
    *,
    as_at: date,
    where: tuple[tuple[str, str], ...] = (),
    known_at: datetime | None = None,
) -> tuple[str, ...]:
    """The keys of the stage occurrences that a figure counts; of a rate, those of its numerator."""
    count = CATALOGUE.figure(figure).parts[0]
    question = Question((count,), (period,), as_at, (), where, known_at)
    return tuple(
        str(key) for (key,) in source.fetch(compile_rows(count, period, question, source.engine, source.tables))
    )


def quarters_recorded(source: FactSource, *, as_at: date, known_at: datetime | None = None) -> tuple[Quarter, ...]:
    """The quarters in which anything at all was received by the end of `as_at`, oldest first."""
    return tuple(sorted(_covered(source, as_at, known_at)))


def _limits(pack_id: str) -> dict[str, int]:
    limits = {}
    for clock in load_pack(pack_id).clocks:
        if clock.unit is Unit.WORKING_DAY and clock.length is not None:
            limits[clock.id] = clock.length
            limits[f"{clock.id}.longest"] = clock.longest if clock.longest is not None else clock.length
    return limits


def _covered(source: FactSource, as_at: date, known_at: datetime | None) -> frozenset[Quarter]:
    question = Question((), (), as_at, known_at=known_at)
    rows = source.fetch(compile_quarters(question, source.engine, source.tables))
    return frozenset(Quarter.containing(_day(first)) for (first,) in rows)


def _values(
    source: FactSource,
    asked: Asked,
    as_at: date,
    known_at: datetime | None,
    fixed: Mapping[str, Sequence[str]],
    described: Described,
    covered: frozenset[Quarter],
) -> Iterator[FigureValue]:
    figures = [CATALOGUE.figure(f) for f in asked.figures]
    for dimension in (*asked.by, *(d for d, _ in asked.where)):
        CATALOGUE.dimension(dimension)
    needed = dict.fromkeys(part for figure in figures for part in figure.parts)
    counts = tuple(dict.fromkeys((*needed, *(_PRESENCE if asked.by else ()))))
    question = Question(counts, asked.periods, as_at, asked.by, asked.where, known_at)
    counted = _count(source, question)
    for period, group in product(asked.periods, _groups(asked.by, fixed, counted, described)):
        by = (*asked.where, *zip(asked.by, group, strict=True))
        row = counted.get((period, group), {})
        # What is open today is known, also on the first days of a quarter before anything has been received in it.
        stock_today = bool(covered) and as_at in period
        for figure in figures:
            data = period in covered or (stock_today and figure.cohort is Cohort.STOCK)
            parts = [row.get(part, 0) if data else None for part in figure.parts]
            yield FigureValue(
                FigureRef(figure.id, period, by),
                figure.kind,
                parts[0],
                parts[1] if figure.kind is Kind.RATE else None,
            )


def _count(source: FactSource, question: Question) -> dict[tuple[Quarter, Group], dict[str, int]]:
    counted: dict[tuple[Quarter, Group], dict[str, int]] = {}
    wanted = set(question.periods)
    for statement in compile_question(question, source.engine, source.tables):
        for row in source.fetch(statement.sql):
            period = statement.period
            cells = row
            if period is None:
                period, cells = Quarter.containing(_day(row[0])), row[1:]
            if period not in wanted:
                continue  # a gap between the periods asked for
            group = tuple(str(code) for code in cells[: statement.groups])
            numbers = (_whole(number) for number in cells[statement.groups :])
            counted.setdefault((period, group), {}).update(zip(statement.counts, numbers, strict=True))
    return counted


def _groups(
    by: tuple[str, ...],
    fixed: Mapping[str, Sequence[str]],
    counted: Mapping[tuple[Quarter, Group], Mapping[str, int]],
    described: Described,
) -> Iterable[Group]:
    present = {group for (_, group), row in counted.items() if any(row.values())}
    choices = []
    for place, dimension in enumerate(by):
        if dimension in fixed:
            choices.append(list(fixed[dimension]))
        else:
            codes = {group[place] for group in present}
            choices.append(sorted(codes, key=lambda c, d=dimension: (described.labels.get((d, c), c).casefold(), c)))  # type: ignore[misc]
    return product(*choices)


def _whole(value: object) -> int:
    if isinstance(value, int):
        return value
    raise TypeError(f"a count came back as {type(value).__name__}, not as a whole number")


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    raise TypeError(f"a quarter came back as {type(value).__name__}, not as a date")
