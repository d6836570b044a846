"""A register beside the record: what it adds, what is there already, and where the two differ.

A stage that is not recorded yet is added; so is what has happened at a recorded stage since (an answer, a finding).
Where a row says something else than what a register once brought, or an emptied cell takes it back, that is a
correction. What a person recorded here is not corrected by a file, unless whoever imports it says so: such a row is
refused. A column that the file has not got says nothing, and changes nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from upheld.cases.queries.histories import Recorded
from upheld.procedure import CorrectionReason, Event, EventKind, upcast
from upheld.register.layout import BY_ID
from upheld.register.model import Refusal, RegisteredCase

StageId = tuple[str | None, int]
Said = tuple[object, ...]
Data = Mapping[str, str | int | bool | None]
Labels = Mapping[tuple[str, str], str]  # (team, service or theme; its code) -> its name

# What a kind of event answers to in the layout: the column of its date, and those of its data.
_DATE_COLUMN: Mapping[EventKind, str] = {
    EventKind.COMPLAINT_RECEIVED: "received",
    EventKind.STAGE_REQUESTED: "received",
    EventKind.OMBUDSMAN_ENQUIRY_RECEIVED: "received",
    EventKind.DETAILS_RECORDED: "received",
    EventKind.TEAM_ASSIGNED: "received",
    EventKind.POINT_RAISED: "received",
    EventKind.ADVOCATE_OFFERED: "received",
    EventKind.ADVOCATE_DECLINED: "received",
    EventKind.ADVOCATE_REQUESTED: "received",
    EventKind.ADVOCATE_APPOINTED: "advocate_appointed",
    EventKind.STAGE_1_SKIPPED: "stage_1_skipped",
    EventKind.SUFFICIENT_INTEREST_DECIDED: "interest_decided",
    EventKind.WRITTEN_RECORD_FINALISED: "record_final",
    EventKind.LATER_START_AGREED: "later_start",
    EventKind.EXTENSION_DECIDED: "extension_decided",
    EventKind.DELAY_NOTICE_SENT: "extension_decided",
    EventKind.PANEL_HELD: "panel_held",
    EventKind.PANEL_REPORT_SENT: "panel_report_sent",
    EventKind.PANEL_RECOMMENDATIONS_RECEIVED: "recommendations_received",
    EventKind.RESPONSE_SENT: "answered",
    EventKind.RESPONSE_TO_PANEL_SENT: "answered",
    EventKind.RESPONSE_RECEIVED: "response_received",
    EventKind.FINDING_RECORDED: "answered",
    EventKind.OUTCOME_RECORDED: "answered",
    EventKind.OMBUDSMAN_DECIDED: "answered",
    EventKind.WITHDRAWN: "withdrawn",
}
# The column that says whether it happened at all, where that is not the column of its date.
_WHETHER_COLUMN: Mapping[EventKind, str] = {
    EventKind.ADVOCATE_OFFERED: "advocate",
    EventKind.ADVOCATE_DECLINED: "advocate",
    EventKind.ADVOCATE_REQUESTED: "advocate",
    EventKind.ADVOCATE_APPOINTED: "advocate",
}
_DATA_COLUMN: Mapping[str, str] = {
    "oral": "spoken",
    "theme": "themes",
    "finding": "findings",
    "start": "later_start",
    "promised": "extended_to",
    "due": "due",
    "channel": "channel",
    "complainant": "complainant",
    "age_band": "age_band",
    "outcome": "outcome",
    "service": "service",
    "team": "team",
}


# What a column that a file has not got, or an empty one, leaves unsaid.
_UNSAID: tuple[object, ...] = (None, False)


@dataclass(frozen=True, slots=True)
class Change:
    """One cell beside what is recorded, in words; `before` is empty where nothing is recorded, `after` for no more."""

    row: int
    column: str  # the heading
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry of the record that a register corrects: its place, and the event instead of it, or None for nothing.

    `by_hand` says that a person recorded it here, and no register.
    """

    target: int
    event: Event | None
    reason: CorrectionReason
    by_hand: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One case of a register beside what is recorded of it.

    `added` are the events that the record has not got, in the register's order; `new_stages` and `same_stages` count
    the register's rows.
    """

    added: tuple[Event, ...]
    new_stages: int
    same_stages: int
    corrections: tuple[Correction, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def compare(case: RegisteredCase, recorded: Recorded | None, labels: Labels, *, over_people: bool = False) -> Compared:
    """What a case of a register adds to the record and corrects in it, or why it cannot be imported.

    `labels` are for words. `over_people` lets the file correct what people recorded here.
    """
    if recorded is None:
        return Compared(case.history.events, len(_by_stage(case.history.events)), 0)
    standing = recorded.history.standing
    if _same(case.history.events, standing):
        return Compared((), 0, len(_by_stage(case.history.events)))
    known = _by_stage(standing)
    taken_back = _taken_back_by_hand(recorded)
    added: list[Event] = []
    corrections: list[Correction] = []
    overruled: list[Refusal] = []
    new = same = 0
    for stage, events in _by_stage(case.history.events).items():
        if stage not in known:
            new += 1
            added += events
            continue
        told = case.columns.get(stage[0] or "", ())
        row = _Row(case.rows.get(stage[0] or "", 0), told, recorded.imported, labels)
        row.compare(events, known[stage])
        overruled += (
            _put_back(row.number, event, moment, labels)
            for event in row.more
            if (moment := taken_back.get((stage, _said(event)))) is not None
        )
        same += not (row.more or row.corrections)
        added += row.more
        corrections += row.corrections
    refusals = () if over_people else dict.fromkeys((*_refusals(corrections, recorded), *overruled))
    order = {id(event): place for place, event in enumerate(case.history.events)}
    return Compared(tuple(sorted(added, key=lambda e: order[id(e)])), new, same, tuple(corrections), tuple(refusals))


@dataclass(slots=True)
class _Row:
    """A row of the register beside its recorded stage: `more` is what that has not got."""

    number: int
    told: Collection[str]
    imported: frozenset[int]
    labels: Labels
    more: list[Event] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    def compare(self, events: list[Event], known: list[Event]) -> None:
        unmatched = Counter(_said(event) for event in known)
        more = []
        for event in events:
            said = _said(event)
            if unmatched[said]:
                unmatched[said] -= 1
            else:
                more.append(event)
        left: dict[Said, list[Event]] = {}
        for event in reversed(known):
            said = _said(event)
            if unmatched[said]:
                unmatched[said] -= 1
                left.setdefault(_about(event), []).append(event)
        for event in more:
            if rivals := left.pop(_about(event), []):
                self._differs(rivals[0], event)
                self._gone(rivals[1:])
            else:
                self.more.append(event)
        for rivals in left.values():
            self._gone(rivals)

    def _differs(self, rival: Event, event: Event) -> None:
        """Where the file says something else, or more, than an entry that is recorded."""
        event = replace(event, data=self._with_unsaid(rival, event.data))
        if _said(event) == _said(rival):
            return
        completed = rival.on == event.on and all(
            value is None or event.data.get(name) == value for name, value in rival.data.items()
        )
        reason = CorrectionReason.REGISTER_COMPLETED if completed else CorrectionReason.REGISTER_CHANGED
        self._correct(rival, event, reason, _differences(rival, event))

    def _gone(self, rivals: Sequence[Event]) -> None:
        """What a register once brought, and this one has a place for and leaves empty."""
        for rival in rivals:
            if rival.sequence not in self.imported:
                continue
            if rival.kind is EventKind.DETAILS_RECORDED:
                kept = self._with_unsaid(rival, {})
                event = replace(rival, data=kept) if kept else None
                differences = list(_differences(rival, replace(rival, data=kept)))
            else:
                event, differences = None, [_taken_back(rival)]
            if all(difference.column in self.told for difference in differences) and differences:
                self._correct(rival, event, CorrectionReason.REGISTER_CHANGED, differences)

    def _with_unsaid(self, rival: Event, data: Data) -> Data:
        """The data of the file, with what is recorded in columns that the file has not got."""
        unsaid = {
            name: value
            for name, value in rival.data.items()
            if data.get(name) in _UNSAID and name in _DATA_COLUMN and _DATA_COLUMN[name] not in self.told
        }
        return {**data, **unsaid} if unsaid else data

    def _correct(
        self, rival: Event, event: Event | None, reason: CorrectionReason, differences: Iterable["_Difference"]
    ) -> None:
        changes = dict.fromkeys(_change(self.number, difference, self.labels) for difference in differences)
        by_hand = rival.sequence not in self.imported
        self.corrections.append(Correction(rival.sequence, event, reason, by_hand, tuple(changes)))


def _same(events: Sequence[Event], recorded: Sequence[Event]) -> bool:
    """Whether the two say the same, entry by entry: as a register that comes again mostly does."""
    return len(events) == len(recorded) and all(
        a.kind is b.kind and a.stage == b.stage and a.occurrence == b.occurrence and a.on == b.on and a.data == b.data
        for a, b in zip(events, recorded, strict=True)
    )


def _by_stage(events: Iterable[Event]) -> dict[StageId, list[Event]]:
    by_stage: dict[StageId, list[Event]] = {}
    for event in events:
        by_stage.setdefault((event.stage, event.occurrence), []).append(event)
    return by_stage


def _said(event: Event) -> Said:
    """Everything that an event says of a stage, in the present version of its kind."""
    event = upcast(event)
    return (event.kind, event.on, frozenset(event.data.items()))


def _about(event: Event) -> Said:
    """What an event is about: two that are about the same cannot both stand in a row of a register."""
    return (event.kind, event.data.get("point"))


@dataclass(frozen=True, slots=True)
class _Difference:
    """The column of the layout, what is recorded, and what the row says; empty where either says nothing."""

    column: str
    before: str
    after: str


def _differences(recorded: Event, event: Event) -> Iterator[_Difference]:
    if recorded.on != event.on:
        yield _Difference(_DATE_COLUMN.get(event.kind, ""), str(recorded.on), str(event.on))
    for name in sorted({*recorded.data, *event.data}):
        before, after = recorded.data.get(name), event.data.get(name)
        if before != after:
            yield _Difference(_DATA_COLUMN.get(name, name), _text(before), _text(after))


def _taken_back(recorded: Event) -> _Difference:
    """The register once said something here, and this row does not."""
    for name in ("finding", "outcome", "theme"):
        if name in recorded.data:
            return _Difference(_DATA_COLUMN.get(name, name), _text(recorded.data[name]), "")
    column = _WHETHER_COLUMN.get(recorded.kind, _DATE_COLUMN.get(recorded.kind, ""))
    return _Difference(column, str(recorded.on), "")


def _text(value: str | int | bool | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)


def _change(row: int, difference: _Difference, labels: Labels) -> Change:
    column = BY_ID.get(difference.column)

    def words(value: str) -> str:
        choice = column.choices.get(value, value) if column is not None else value
        return labels.get((difference.column, value), choice)

    heading = column.heading if column is not None else ""
    return Change(row, heading, words(difference.before), words(difference.after))


def _taken_back_by_hand(recorded: Recorded) -> dict[tuple[StageId, Said], datetime]:
    """What people took back here and put nothing in the place of, by its stage and what it said, and when."""
    counting = {event.sequence for event in recorded.history.standing}
    entries: dict[object, Event] = {event.sequence: event for event in recorded.history.events}
    found: dict[tuple[StageId, Said], datetime] = {}
    for strike in recorded.history.events:
        if strike.kind is EventKind.ENTRY_STRUCK and strike.sequence not in recorded.imported and strike.recorded_at:
            target = entries.get(strike.data["sequence"])
            if target is not None and target.sequence not in counting:
                found[(target.stage, target.occurrence), _said(target)] = strike.recorded_at
    return found


def _put_back(row: int, event: Event, moment: datetime, labels: Labels) -> Refusal:
    change = _change(row, _taken_back(event), labels)
    return Refusal(
        row,
        change.column,
        change.before,
        f"Somebody took this back here by hand on {moment:%Y-%m-%d}, and a file does not overrule a person. Take it "
        "out of the file; or, where the file is right, import it with --accept-corrections.",
    )


def _refusals(corrections: Iterable[Correction], recorded: Recorded) -> dict[Refusal, None]:
    """Why the file cannot correct what people recorded here, cell by cell."""
    when = {event.sequence: event.recorded_at for event in recorded.history.events}
    refusals: dict[Refusal, None] = {}
    for correction in corrections:
        if correction.by_hand and correction.reason is CorrectionReason.REGISTER_CHANGED:
            moment = when[correction.target]
            day = f" on {moment:%Y-%m-%d}" if moment is not None else ""
            for change in correction.changes:
                before = f"“{change.before}”" if change.before else "nothing"
                refusals[
                    Refusal(
                        change.row,
                        change.column,
                        change.after,
                        f"Somebody recorded {before} here by hand{day}, and a file does not overrule a person. Put the "
                        "file right; or, where the file is right, import it with --accept-corrections.",
                    )
                ] = None
    return refusals
