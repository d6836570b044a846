"""What a correction moves: columns of facts, limits, and how limits stand. Worked out before anything is recorded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date

from upheld.facts.fold import fold
from upheld.facts.model import CaseFacts, PointFact, StageFact
from upheld.procedure import Calendar, ClockStanding, Dating, History, Pack, Standing, standings

Value = str | int | bool | date | None

_KEYS = frozenset({"stage_key", "case_key", "procedure", "stage", "occurrence", "point"})
_STAGE_COLUMNS = tuple(field.name for field in fields(StageFact) if field.name not in _KEYS)
_POINT_COLUMNS = ("point_theme", "finding")


@dataclass(frozen=True, slots=True)
class MovedColumn:
    """One column of a fact row, before and after. `point` is None for what belongs to the stage as a whole.

    `column` is empty where the whole row comes or goes; then `before` or `after` is True.
    """

    stage: str
    occurrence: int
    point: int | None
    column: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class MovedStanding:
    """One limit, before and after: until when it runs, and how it stands. None where there is no such limit."""

    clock: str
    stage: str | None
    occurrence: int
    due_before: Dating | None
    due_after: Dating | None
    before: Standing | None
    after: Standing | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Everything that moves from one history of a case to another; empty where nothing does."""

    columns: tuple[MovedColumn, ...]
    standings: tuple[MovedStanding, ...]

    def __bool__(self) -> bool:
        return bool(self.columns or self.standings)


def effect(before: History, after: History, pack: Pack, calendar: Calendar, *, on: date) -> Effect:
    """What moves where a case's history is `after` instead of `before`, limits judged at the end of `on`.

    Raises BeyondCalendar where a date lies outside the working-day data.
    """
    columns = moved_columns(fold(before, pack, calendar), fold(after, pack, calendar))
    return Effect(columns, tuple(_moved_standings(before, after, pack, calendar, on)))


def moved_columns(before: CaseFacts, after: CaseFacts) -> tuple[MovedColumn, ...]:
    """The columns that differ between two sets of facts of one case, stage by stage and point by point."""
    return (
        *_moved(before.stages, after.stages, _STAGE_COLUMNS),
        *_moved(before.points, after.points, _POINT_COLUMNS),
    )


def _moved(before: Sequence[StageFact], after: Sequence[StageFact], columns: tuple[str, ...]) -> Iterator[MovedColumn]:
    old, new = {_place(row): row for row in before}, {_place(row): row for row in after}
    for place in dict.fromkeys((*old, *new)):
        was, now = old.get(place), new.get(place)
        if was is None or now is None:
            yield MovedColumn(*place, "", was is not None, now is not None)
            continue
        for column in columns:
            if getattr(was, column) != getattr(now, column):
                yield MovedColumn(*place, column, getattr(was, column), getattr(now, column))


def _place(row: StageFact) -> tuple[str, int, int | None]:
    return row.stage, row.occurrence, row.point if isinstance(row, PointFact) else None


def _moved_standings(
    before: History, after: History, pack: Pack, calendar: Calendar, on: date
) -> Iterator[MovedStanding]:
    old = {_key(standing): standing for standing in standings(before, pack, calendar, on=on)}
    new = {_key(standing): standing for standing in standings(after, pack, calendar, on=on)}
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        clock, stage, occurrence, _ = key
        moved = MovedStanding(
            clock, stage, occurrence,
            was.limit if was else None, now.limit if now else None,
            was.state if was else None, now.state if now else None,
        )  # fmt: skip
        if (moved.due_before, moved.before) != (moved.due_after, moved.after):
            yield moved


def _key(standing: ClockStanding) -> tuple[str, str | None, int, int | None]:
    run = standing.run
    return run.clock, run.stage, run.occurrence, run.item
