"""A register beside the record: what it adds, what is there already, and where the two differ.

An import only adds. A stage that is not recorded yet is added; so is what has happened at a recorded stage since (an
answer, a finding). Where a row says something else than what is recorded, or leaves out what a register once brought,
it is refused: a correction has an author and a reason, and an import has neither.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from upheld.cases.queries.histories import Recorded
from upheld.procedure import Event, EventKind, upcast
from upheld.register.layout import BY_ID
from upheld.register.model import Refusal, RegisteredCase

StageId = tuple[str | None, int]
Said = tuple[object, ...]
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
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One case of a register beside what is recorded of it.

    `added` are the events that the record has not got, in the register's order; `new_stages` and `same_stages` count
    the register's rows.
    """

    added: tuple[Event, ...]
    new_stages: int
    same_stages: int
    refusals: tuple[Refusal, ...]


def compare(case: RegisteredCase, recorded: Recorded | None, labels: Labels) -> Compared:
    """What a case of a register adds to the record, or why it cannot be imported. `labels` are for the reasons."""
    if recorded is None:
        return Compared(case.history.events, len(_by_stage(case.history.events)), 0, ())
    if _same(case.history.events, recorded.history.events):
        return Compared((), 0, len(_by_stage(case.history.events)), ())
    known = _by_stage(recorded.history.standing)
    added: list[Event] = []
    refusals: list[Refusal] = []
    new = same = 0
    for stage, events in _by_stage(case.history.events).items():
        if stage not in known:
            new += 1
            added += events
            continue
        more, differing = _compare_stage(events, known[stage], recorded.imported)
        same += not more
        added += more
        row = case.rows.get(stage[0] or "", 0)
        refusals += dict.fromkeys(_refusal(row, difference, labels) for difference in differing)
    order = {id(event): place for place, event in enumerate(case.history.events)}
    return Compared(tuple(sorted(added, key=lambda e: order[id(e)])), new, same, tuple(refusals))


def _compare_stage(
    events: list[Event], known: list[Event], imported: frozenset[int]
) -> tuple[list[Event], list["_Difference"]]:
    """The events of a row that its recorded stage has not got, and what the row says otherwise than the record."""
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
    differing: list[_Difference] = []
    for event in more:
        for rival in left.pop(_about(event), ()):
            differing += _differences(rival, event)
    for rivals in left.values():
        differing += [_gone(rival) for rival in rivals if rival.sequence in imported]
    return more, differing


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


def _gone(recorded: Event) -> _Difference:
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


def _refusal(row: int, difference: _Difference, labels: Labels) -> Refusal:
    column = BY_ID.get(difference.column)

    def words(value: str) -> str:
        choice = column.choices.get(value, value) if column is not None else value
        return labels.get((difference.column, value), choice)

    recorded = f"“{words(difference.before)}”" if difference.before else "nothing"
    return Refusal(
        row,
        column.heading if column is not None else "",
        words(difference.after),
        f"This differs from what is recorded, {recorded}. An import adds to the record and changes nothing in it. Put "
        "back what is recorded to import the rest.",
    )
