"""Figures from facts: run the compiled counts, fill in the groups without a row, and make rates of counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import product

import upheld
from upheld.figures.asked import Asked
from upheld.figures.compile import Question, compile_quarters, compile_question, compile_rows
from upheld.figures.crosswalk import DIMENSIONS, UNPLACED, UNPLACED_LABEL, Crosswalk, regrouped
from upheld.figures.declare import Cohort
from upheld.figures.definitions import CATALOGUE, VERSION
from upheld.figures.model import Amount, FigureRef, FigureSet, FigureValue, Kind, Provenance
from upheld.figures.period import Quarter
from upheld.figures.source import Described, FactSource
from upheld.procedure import Unit, load_pack

Group = tuple[str, ...]
Counted = dict[tuple[Quarter, Group], dict[str, Amount]]

# Counts of the groups that a period has rows in: a group is listed where one of these is not zero.
_PRESENCE = ("received",)


def calculate(
    source: FactSource,
    asked: Sequence[Asked],
    *,
    as_at: date,
    known_at: datetime | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    crosswalk: Crosswalk | None = None,
    names: Mapping[tuple[str, str], str] | None = None,
) -> FigureSet:
    """The values of everything asked, at the end of `as_at`, as far as it was recorded by `known_at`.

    `groups` fixes the groups of a dimension and their order (the stages of a procedure); of other dimensions the
    groups are those with anything received or counted in one of the periods, in the order of their labels. A period
    in which nothing at all was received is without data: its values are missing, not nought (but for what stands open
    in the period that holds `as_at`). Raises UnknownFigure.

    With a `crosswalk`, services and teams are those of its day, and what each team had is placed there; without, each
    case counts under the team of its own day. `names` are what groups are called in place of the source's own labels.
    """
    described = source.describe()
    described = replace(described, labels={**described.labels, **(names or {}), **_names(crosswalk)})
    fixed = groups or {}
    covered = _covered(source, as_at, known_at)
    values: list[FigureValue] = []
    teams: set[tuple[int, str]] = set()
    for table in asked:
        values += _values(source, table, as_at, known_at, fixed, described, covered, crosswalk, teams)
    provenance = Provenance(
        source=described.name,
        as_at=as_at,
        known_at=known_at,
        facts_digest=described.digest,
        pack=described.pack,
        figures_version=VERSION,
        code_version=upheld.__version__,
    )
    printed = crosswalk.of_teams(teams) if crosswalk is not None else None
    return FigureSet.of(values, provenance, described.labels, _limits(described.pack), printed)


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
    crosswalk: Crosswalk | None,
    teams: set[tuple[int, str]],
) -> Iterator[FigureValue]:
    figures = [CATALOGUE.figure(f) for f in asked.figures]
    for dimension in (*asked.by, *(d for d, _ in asked.where)):
        CATALOGUE.dimension(dimension)
    needed = dict.fromkeys(part for figure in figures for part in figure.parts)
    counts = tuple(dict.fromkeys((*needed, *(_PRESENCE if asked.by else ()))))
    placed = crosswalk if {*asked.by, *(d for d, _ in asked.where)} & set(DIMENSIONS) else None
    if placed is None:
        counted = _count(source, Question(counts, asked.periods, as_at, asked.by, asked.where, known_at))
    else:
        counted = _placed(source, asked, counts, as_at, known_at, placed, teams)
    for period, group in product(asked.periods, _groups(asked.by, fixed, counted, described)):
        by = (*asked.where, *zip(asked.by, group, strict=True))
        row = counted.get((period, group), {})
        # What is open today is known, also on the first days of a quarter before anything has been received in it.
        stock_today = bool(covered) and as_at in period
        for figure in figures:
            data = period in covered or (stock_today and figure.cohort is Cohort.STOCK)
            parts = [row.get(part, 0) if data else None for part in figure.parts]
            yield FigureValue(
                FigureRef(figure.id, period, by, placed.on if placed is not None else None),
                figure.kind,
                parts[0],
                parts[1] if figure.kind is Kind.RATE else None,
            )


def _placed(
    source: FactSource,
    asked: Asked,
    counts: tuple[str, ...],
    as_at: date,
    known_at: datetime | None,
    crosswalk: Crosswalk,
    teams: set[tuple[int, str]],
) -> Counted:
    """The counts with each team's work placed in the crosswalk's structure; `teams` is told which teams had any."""
    inner = (*(d for d in asked.by if d not in DIMENSIONS), *DIMENSIONS)
    where = tuple((d, code) for d, code in asked.where if d not in DIMENSIONS)
    question = Question(counts, asked.periods, as_at, inner, where, known_at, crosswalk.boundaries)
    counted = _count(source, question)
    place = inner.index("team")
    teams |= {(int(group[-1]), group[place]) for (_, group), row in counted.items() if any(row.values())}
    within = [(d, code) for d, code in asked.where if d in DIMENSIONS]
    return regrouped(counted, crosswalk, by=asked.by, inner=inner, where=within)


def _names(crosswalk: Crosswalk | None) -> Mapping[tuple[str, str], str]:
    if crosswalk is None:
        return {}
    return {**crosswalk.names, **{(d, UNPLACED): UNPLACED_LABEL for d in DIMENSIONS}}


def _count(source: FactSource, question: Question) -> Counted:
    counted: Counted = {}
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
    counted: Mapping[tuple[Quarter, Group], Mapping[str, Amount]],
    described: Described,
) -> Iterable[Group]:
    present = {group for (_, group), row in counted.items() if any(row.values())}
    choices = []
    for place, dimension in enumerate(by):
        if dimension in fixed:
            choices.append(list(fixed[dimension]))
        else:
            codes = {group[place] for group in present}
            choices.append(sorted(codes, key=lambda c, d=dimension: _place(c, described.labels.get((d, c), c))))  # type: ignore[misc]
    return product(*choices)


def _place(code: str, label: str) -> tuple[bool, str, str]:
    """Groups stand in the order of their labels; what cannot be placed comes last."""
    return code == UNPLACED, label.casefold(), code


def _whole(value: object) -> int:
    if isinstance(value, int):
        return value
    raise TypeError(f"a count came back as {type(value).__name__}, not as a whole number")


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    raise TypeError(f"a quarter came back as {type(value).__name__}, not as a date")
