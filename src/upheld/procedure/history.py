"""A case's chronology, and what in it cannot be true.

What breaks the law is recorded like anything else, and shows as a breach. What cannot be true (a panel that met before
anyone asked for it) is named by `problems`, so that whoever records it can be asked to look again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise

from upheld.procedure.corrections import correction_problems, counting
from upheld.procedure.dating import Dating
from upheld.procedure.events import Event, EventKind, data_problems, iso_date


@dataclass(frozen=True, slots=True)
class History:
    """The events of one case, in the order in which they were recorded, and the pack it runs under."""

    case: str
    pack: str
    events: tuple[Event, ...]

    @property
    def standing(self) -> tuple[Event, ...]:
        """The events that count: without those struck out as errors, each replacement in its place."""
        return counting(self.events)

    def of(self, *kinds: EventKind, stage: str | None = None, occurrence: int | None = None) -> Iterator[Event]:
        """The events of these kinds that count, in recorded order, at one stage and occurrence where given."""
        for event in self.standing:
            if (
                event.kind in kinds
                and (stage is None or event.stage == stage)
                and (occurrence is None or event.occurrence == occurrence)
            ):
                yield event

    def first(self, *kinds: EventKind, stage: str | None = None, occurrence: int | None = None) -> Event | None:
        """The earliest event of these kinds that counts, or None; recorded order decides between equals."""
        found = list(self.of(*kinds, stage=stage, occurrence=occurrence))
        return min(found, key=lambda event: (event.on.earliest, event.on.latest), default=None)

    def stages(self) -> tuple[tuple[str, int], ...]:
        """Each stage and occurrence of it that the record mentions, in recorded order."""
        return tuple(dict.fromkeys((event.stage, event.occurrence) for event in self.standing if event.stage))

    def up_to(self, on: date) -> "History":
        """The case as it stood at the end of `on`: what certainly happened later is left out.

        An event that may or may not have happened by then stays, with the interval in which it is known to lie. A
        striking stays whenever it was made: it says what had happened, and happened in no case itself.
        """
        return replace(
            self,
            events=tuple(
                event
                for event in self.events
                if not event.on.is_known or event.on.earliest <= on or event.kind is EventKind.ENTRY_STRUCK
            ),
        )

    def recorded_by(self, moment: datetime) -> "History":
        """The case as it had been recorded at `moment`; entries without a time of recording are kept."""
        return replace(self, events=tuple(e for e in self.events if e.recorded_at is None or e.recorded_at <= moment))


# Each of these cannot come before the other at the same stage and occurrence, whatever the law says.
_ORDER: tuple[tuple[EventKind, EventKind], ...] = (
    (EventKind.STAGE_REQUESTED, EventKind.PANEL_HELD),
    (EventKind.PANEL_HELD, EventKind.PANEL_REPORT_SENT),
    (EventKind.PANEL_HELD, EventKind.PANEL_RECOMMENDATIONS_RECEIVED),
    (EventKind.PANEL_RECOMMENDATIONS_RECEIVED, EventKind.RESPONSE_TO_PANEL_SENT),
    (EventKind.COMPLAINT_RECEIVED, EventKind.RESPONSE_SENT),
    (EventKind.STAGE_REQUESTED, EventKind.RESPONSE_SENT),
    (EventKind.OMBUDSMAN_ENQUIRY_RECEIVED, EventKind.OMBUDSMAN_DECIDED),
    (EventKind.RESPONSE_SENT, EventKind.RESPONSE_RECEIVED),
    (EventKind.WRITTEN_RECORD_DRAFTED, EventKind.WRITTEN_RECORD_FINALISED),
    (EventKind.RESOLVED, EventKind.TERMS_SENT),
    (EventKind.WITHDRAWN, EventKind.WITHDRAWAL_CONFIRMED),
    (EventKind.SUSPENDED, EventKind.PROCEEDINGS_ENDED),
    (EventKind.SUSPENDED, EventKind.RESUBMITTED),
)


def problems(history: History) -> tuple[str, ...]:
    """What in the record cannot be true, in words; empty where nothing is impossible. Breaches of law are not named."""
    found = [problem for event in history.events for problem in data_problems(event)]
    sequences = [event.sequence for event in history.events]
    if any(later <= earlier for earlier, later in pairwise(sequences)):
        found.append("entries must be numbered in the order in which they were recorded")
    found += correction_problems(history.events)
    for event in history.events:
        if event.recorded_at is not None and event.on.earliest > event.recorded_at.date() and event.on.is_known:
            found.append(f"{event.kind} is dated {event.on}, after it was recorded on {event.recorded_at.date()}")
    found += _out_of_order(history)
    found += _impossible_data_dates(history)
    return tuple(dict.fromkeys(found))


def _out_of_order(history: History) -> list[str]:
    found = []
    received = history.first(EventKind.COMPLAINT_RECEIVED, occurrence=1)
    for stage, occurrence in history.stages():
        for earlier_kind, later_kind in _ORDER:
            earlier = history.first(earlier_kind, stage=stage, occurrence=occurrence)
            later = history.first(later_kind, stage=stage, occurrence=occurrence)
            if earlier and later and later.on.before(earlier.on) is True:
                found.append(
                    f"{stage}: {later_kind} on {later.on} comes before {earlier_kind} on {earlier.on}; check both dates"
                )
        requested = history.first(EventKind.STAGE_REQUESTED, stage=stage, occurrence=occurrence)
        if received and requested and requested.on.before(received.on) is True:
            found.append(f"{stage} was asked for on {requested.on}, before the complaint was received on {received.on}")
    for earlier_kind, later_kind in _ORDER:
        first_earlier, first_later = history.first(earlier_kind), history.first(later_kind)
        if (
            first_earlier
            and first_later
            and first_earlier.stage is None
            and first_later.on.before(first_earlier.on) is True
        ):
            found.append(f"{later_kind} on {first_later.on} comes before {earlier_kind} on {first_earlier.on}")
    return found


def _impossible_data_dates(history: History) -> list[str]:
    return [
        f"a later start was agreed, and {start} is before the complaint was received on {received.on}"
        for event in history.of(EventKind.LATER_START_AGREED)
        if (start := iso_date(event.data.get("start"))) is not None
        and (received := history.first(EventKind.COMPLAINT_RECEIVED, occurrence=event.occurrence)) is not None
        and Dating.day(start).before(received.on) is True
    ]
