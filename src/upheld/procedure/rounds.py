"""A chronology sorted into stages, each time it happens, and made into a case's history that the clocks can read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from upheld.procedure.chronology import Chronology, Entry, Told
from upheld.procedure.dating import Dating
from upheld.procedure.events import Event, EventKind
from upheld.procedure.history import History
from upheld.procedure.rough_dates import date_in_note

STAGE_1, STAGE_2, STAGE_3 = "stage-1", "stage-2", "stage-3"

# What asks for a stage, in order of how well it dates the start; then what shows that it had begun by then.
_ASKED = {
    STAGE_1: (Told.COMPLAINT_MADE, Told.STAGE_1_ACCEPTED),
    STAGE_2: (Told.STAGE_2_REQUEST, Told.STAGE_2_ACCEPTED),
    STAGE_3: (Told.STAGE_3_REQUEST,),
}
_UNDER_WAY = {
    STAGE_1: (),
    STAGE_2: (Told.IO_APPOINTED, Told.IP_APPOINTED, Told.STATEMENT_AGREED, Told.IO_REPLACED, Told.STAGE_2_REPORT),
    STAGE_3: (Told.PANEL_SCHEDULED, Told.PANEL_HELD, Told.PANEL_REPORT),
}
_ANSWERED = {
    STAGE_1: (Told.STAGE_1_RESPONSE,),
    STAGE_2: (Told.ADJUDICATION, Told.STAGE_2_RESPONSE),
    STAGE_3: (Told.RESPONSE_TO_PANEL,),
}
_REFUSED = {STAGE_1: Told.COMPLAINT_REFUSED, STAGE_2: Told.STAGE_2_REFUSED, STAGE_3: Told.STAGE_3_REFUSED}
# These say nothing about when a later stage can have begun.
_OUTSIDE = frozenset({Told.UNDERLYING_EVENTS, Told.DUE_BY})
_OPENED_BY = {
    STAGE_1: EventKind.COMPLAINT_RECEIVED,
    STAGE_2: EventKind.STAGE_REQUESTED,
    STAGE_3: EventKind.STAGE_REQUESTED,
}


@dataclass(slots=True)
class Round:
    """One time that a stage happens: what the chronology tells of it, in order."""

    stage: str
    occurrence: int
    entries: list[Entry] = field(default_factory=list)

    def first(self, *told: Told) -> Entry | None:
        """The first entry of these kinds in the order told, or None."""
        return next((entry for entry in self.entries if entry.told in told), None)

    def all(self, *told: Told) -> list[Entry]:
        """The entries of these kinds, in the order told."""
        return [entry for entry in self.entries if entry.told in told]

    @property
    def asked(self) -> Entry | None:
        """What asked for the stage, or the council's confirmation where no request is told of."""
        return next((found for told in _ASKED[self.stage] if (found := self.first(told)) is not None), None)

    @property
    def begun_by(self) -> Dating | None:
        """The first day told of on which the stage had been asked for or was under way."""
        signs = (*_ASKED[self.stage], *_UNDER_WAY[self.stage], *_ANSWERED[self.stage], _REFUSED[self.stage])
        return next((entry.on for entry in self.entries if entry.told in signs and entry.on.is_known), None)

    @property
    def answered(self) -> Entry | None:
        """The answer that ends the stage. A report alone does not end stage 2."""
        return self.first(*_ANSWERED[self.stage])

    def answered_before(self, entry: Entry) -> bool:
        """Whether the stage had been answered before this entry of it."""
        return any(each.told in _ANSWERED[self.stage] for each in self.entries[: self.entries.index(entry)])

    @property
    def answered_by_final_reply(self) -> bool:
        """Whether the only answer told of is a final reply whose stage is not stated."""
        final = self.first(Told.FINAL_RESPONSE)
        return self.answered is None and final is not None and final.stage == 0

    @property
    def refused_for_good(self) -> Entry | None:
        """The refusal of the stage, unless it began afterwards all the same."""
        refusal = self.first(_REFUSED[self.stage])
        if refusal is None:
            return None
        later = self.entries[self.entries.index(refusal) + 1 :]
        begun = {*_ASKED[self.stage][1:], *_UNDER_WAY[self.stage], *_ANSWERED[self.stage]}
        return None if any(entry.told in begun for entry in later) else refusal


@dataclass(frozen=True, slots=True)
class Reading:
    """A chronology as a history: its rounds, what belongs to no stage, and which steps only later ones imply."""

    chronology: Chronology
    history: History
    rounds: tuple[Round, ...]
    loose: tuple[Entry, ...]
    implied: frozenset[tuple[EventKind, str, int]]

    def round(self, stage: str, occurrence: int) -> Round | None:
        """One round, or None."""
        return next((each for each in self.rounds if (each.stage, each.occurrence) == (stage, occurrence)), None)


def read_rounds(chronology: Chronology) -> Reading:
    """Sort a chronology into rounds, and make its history."""
    rounds, loose = _sorted(chronology)
    events: list[Event] = []
    implied: set[tuple[EventKind, str, int]] = set()
    for place, each in enumerate(rounds):
        later = rounds[place + 1] if place + 1 < len(rounds) else None
        first = chronology.entries.index(each.entries[0])
        before = [entry for entry in chronology.entries[:first] if entry.told not in _OUTSIDE]
        for kind, on, guessed in _events(each, before, later, chronology.assessed_on):
            events.append(
                Event(kind=kind, on=on, stage=each.stage, occurrence=each.occurrence, sequence=len(events) + 1)
            )
            if guessed:
                implied.add((kind, each.stage, each.occurrence))
    history = History(chronology.id, "children-england-2006", tuple(events))
    return Reading(chronology, history, tuple(rounds), tuple(loose), frozenset(implied))


def _sorted(chronology: Chronology) -> tuple[list[Round], list[Entry]]:
    rounds: list[Round] = []
    current: dict[str, Round] = {}
    closed: set[str] = set()
    loose: list[Entry] = []
    for entry in chronology.entries:
        stage = _stage_of(entry, current, closed)
        if stage is None:
            loose.append(entry)
            continue
        asks = entry.told in _ASKED[stage]
        if stage not in current or (asks and stage in closed):
            again = sum(each.stage == stage for each in rounds)
            current[stage] = Round(stage, again + 1)
            rounds.append(current[stage])
            closed.discard(stage)
        current[stage].entries.append(entry)
        if entry.told in _ANSWERED[stage] or entry.told is Told.FINAL_RESPONSE:
            closed.add(stage)
        elif asks and stage != STAGE_1:
            closed.add(STAGE_1 if stage == STAGE_2 else STAGE_2)
    return rounds, loose


def _stage_of(entry: Entry, current: dict[str, Round], closed: set[str]) -> str | None:
    """The stage that an entry belongs to: its kind's own, or the one it names; None where there is none."""
    for stage in (STAGE_1, STAGE_2, STAGE_3):
        if entry.told in (*_ASKED[stage], *_UNDER_WAY[stage], *_ANSWERED[stage], _REFUSED[stage]):
            return stage
    if entry.stage:
        return (STAGE_1, STAGE_2, STAGE_3)[entry.stage - 1]
    if entry.told is Told.FINAL_RESPONSE:
        # A final reply of no stated stage answers the last stage that was open.
        return next((stage for stage in reversed(list(current)) if stage not in closed), None)
    return None


_Told = tuple[EventKind, Dating, bool]


def _events(each: Round, before: list[Entry], later: Round | None, assessed: date) -> Iterator[_Told]:
    start = _start(each, before)
    if start is not None:
        yield _OPENED_BY[each.stage], start, each.asked is None
    for paused in each.all(Told.SUSPENDED):
        yield EventKind.PAUSE_AGREED, paused.on, False
    ceiling = later.begun_by if later is not None and later.stage > each.stage else None
    answered = each.answered or each.first(Told.FINAL_RESPONSE)
    if each.stage == STAGE_3:
        yield from _panel(each, start)
        return
    if answered is not None and not (each.stage == STAGE_1 and each.answered_by_final_reply):
        yield EventKind.RESPONSE_SENT, answered.on, undated(answered)
        return
    if answered is not None:
        # A final reply of no stated stage may come from any stage: it shows only that this one was over by then.
        ceiling = answered.on
    # The next stage, or a report, shows that an answer was given, though not when; unless it is said that none was.
    report = each.first(Told.STAGE_2_REPORT)
    denied = each.first(Told.NOT_DONE)
    if report is not None and denied is None:
        last = ceiling.latest if ceiling is not None else assessed
        if report.on.is_known and report.on.earliest <= last:
            yield EventKind.RESPONSE_SENT, Dating.between(report.on.earliest, last), True
    elif ceiling is not None and denied is None and start is not None and start.is_known:
        yield EventKind.RESPONSE_SENT, Dating.between(min(start.earliest, ceiling.latest), ceiling.latest), True


def undated(entry: Entry) -> bool:
    """Whether nothing but its place in the order dates an entry."""
    return entry.rough and date_in_note(entry.note) is None


def _panel(each: Round, start: Dating | None) -> Iterator[_Told]:
    floor = start
    steps = (
        (EventKind.PANEL_HELD, each.first(Told.PANEL_HELD)),
        (EventKind.PANEL_REPORT_SENT, each.first(Told.PANEL_REPORT)),
        (EventKind.RESPONSE_TO_PANEL_SENT, each.first(Told.RESPONSE_TO_PANEL) or each.first(Told.FINAL_RESPONSE)),
    )
    for place, (kind, entry) in enumerate(steps):
        if entry is not None:
            yield kind, entry.on, undated(entry)
            floor = entry.on
            continue
        # A later step of the panel shows that this one was taken by then.
        ceiling = next((after.on for _, after in steps[place + 1 :] if after is not None), None)
        if ceiling is not None and ceiling.is_known and floor is not None and floor.is_known:
            floor = Dating.between(min(floor.earliest, ceiling.latest), ceiling.latest)
            yield kind, floor, True


def _start(each: Round, before: list[Entry]) -> Dating | None:
    """When the stage was asked for; where that is not told, no later than what shows it under way."""
    if each.asked is not None:
        return each.asked.on
    sign = each.first(*_UNDER_WAY[each.stage])
    if sign is None or not sign.on.is_known:
        return None
    earlier = [entry.on.earliest for entry in before if entry.on.is_known]
    # With nothing told before, the sign's own day stands for the start, which is the latest that it can have been.
    return Dating.between(min(max(earlier), sign.on.latest), sign.on.latest) if earlier else sign.on
