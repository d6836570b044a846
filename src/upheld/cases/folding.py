"""One history into fact rows, under the law that the case runs under, and how those differ from the rows there are."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from upheld.facts import CaseFacts, Effect, PointFact, StageFact, effect, fold
from upheld.procedure import Calendar, History, Pack, load_calendar, load_pack


@dataclass(frozen=True, slots=True)
class Moved:
    """Which live rows no longer say what the record says, by id, and the rows to put in their place."""

    closed: tuple[int, ...]
    opened: tuple[StageFact | PointFact, ...]


def facts_of(history: History) -> CaseFacts:
    """The fact rows of one case. Raises BeyondCalendar where a date lies outside the working-day data."""
    return fold(history, *_law(history.pack))


def effect_of(before: History, after: History, *, on: date) -> Effect:
    """What moves where a case's history becomes `after`, limits judged at the end of `on`. Raises BeyondCalendar."""
    return effect(before, after, *_law(after.pack), on=on)


@cache
def _law(pack: str) -> tuple[Pack, Calendar]:
    law = load_pack(pack)
    return law, load_calendar(law.calendar)


def moved(live: dict[int, StageFact | PointFact], fresh: tuple[StageFact | PointFact, ...]) -> Moved:
    """What to close and what to open so that the live rows, by their ids, become the fresh ones. Equal rows stay."""
    wanted = set(fresh)
    kept = {row for row in live.values() if row in wanted}
    return Moved(
        closed=tuple(id_ for id_, row in live.items() if row not in wanted),
        opened=tuple(row for row in fresh if row not in kept),
    )
