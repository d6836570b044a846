"""A case's events by kind, in order of date: what clocks, duties and moves look things up in."""

from collections.abc import Iterator, Mapping
from datetime import date

from upheld.procedure.calendar import Calendar
from upheld.procedure.events import KINDS, Event, EventKind, Value
from upheld.procedure.history import History
from upheld.procedure.pack import Pack

Item = tuple[str, int] | None

# The kinds of event that belong to one stage.
STAGED = frozenset(kind for kind, spec in KINDS.items() if spec.staged)


class CaseEvents:
    """The events of one case that count, under the rules in force when it was received.

    An event of a kind that names no stage belongs to every stage, wherever it was recorded; one recorded without a
    stage belongs to every occurrence too. Raises PackError where the case is older than the
    procedure.
    """

    __slots__ = ("_by_kind", "calendar", "history", "pack")

    def __init__(self, history: History, pack: Pack, calendar: Calendar) -> None:
        by_kind: dict[EventKind, list[Event]] = {}
        for event in history.standing:
            found = by_kind.get(event.kind)
            if found is None:
                by_kind[event.kind] = [event]
            else:
                found.append(event)
        for events in by_kind.values():
            if len(events) > 1:
                events.sort(key=_when)
        self._by_kind = by_kind
        self.history = history
        self.calendar = calendar
        self.pack = pack
        if len(pack.versions) > 1:
            received = self.first(EventKind.COMPLAINT_RECEIVED)
            if received is not None and received.on.is_known:
                self.pack = pack.for_case_of(received.on.latest)

    @property
    def kinds(self) -> Mapping[EventKind, list[Event]]:
        """The kinds of event that there are, with their events in order of date."""
        return self._by_kind

    def all(
        self, kind: EventKind, stage: str | None = None, occurrence: int | None = None, item: Item = None
    ) -> Iterator[Event]:
        """The events of a kind in order of date, of one stage, occurrence and item where given."""
        stage = stage if kind in STAGED else None
        for event in self._by_kind.get(kind, ()):
            if _belongs(event, stage, occurrence, item):
                yield event

    def first(
        self, kind: EventKind, stage: str | None = None, occurrence: int | None = None, item: Item = None
    ) -> Event | None:
        """The earliest event of a kind, or None."""
        stage = stage if kind in STAGED else None
        for event in self._by_kind.get(kind, ()):
            if _belongs(event, stage, occurrence, item):
                return event
        return None


def _belongs(event: Event, stage: str | None, occurrence: int | None, item: Item) -> bool:
    at = event.stage
    if at is not None and (
        (stage is not None and at != stage) or (occurrence is not None and event.occurrence != occurrence)
    ):
        return False
    return item is None or event.data.get(item[0]) == item[1]


def _when(event: Event) -> tuple[date, date]:
    return event.on.earliest, event.on.latest


def says(event: Event, where: Mapping[str, Value]) -> bool:
    """Whether the event's data holds all that `where` asks."""
    return all(event.data.get(name) == value for name, value in where.items())
