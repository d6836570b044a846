"""A published decision's chronology: what happened, as told by a source with gaps, its dates as intervals.

The form is that of the Ombudsman examples: kinds of event from a closed list, dates to the day, the month, or "approx".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from upheld.errors import UpheldError
from upheld.procedure.dating import Dating
from upheld.procedure.events import iso_date
from upheld.procedure.rough_dates import date_in_note


class ChronologyError(UpheldError):
    """A line of a chronology file cannot be read."""


class Told(StrEnum):
    """The kinds of event that a chronology may tell of."""

    UNDERLYING_EVENTS = "underlying-events"
    COMPLAINT_MADE = "complaint-made"
    COMPLAINT_ACKNOWLEDGED = "complaint-acknowledged"
    COMPLAINT_REFUSED = "complaint-refused"
    STAGE_1_ACCEPTED = "stage-1-accepted"
    STAGE_1_RESPONSE = "stage-1-response"
    STAGE_2_REQUEST = "stage-2-request"
    STAGE_2_REFUSED = "stage-2-refused"
    STAGE_2_ACCEPTED = "stage-2-accepted"
    IO_APPOINTED = "io-appointed"
    IO_REPLACED = "io-replaced"
    IP_APPOINTED = "ip-appointed"
    STATEMENT_AGREED = "complaint-statement-agreed"
    MEETING = "meeting"
    STAGE_2_REPORT = "stage-2-report"
    ADJUDICATION = "adjudication"
    STAGE_2_RESPONSE = "stage-2-response"
    STAGE_3_REQUEST = "stage-3-request"
    STAGE_3_REFUSED = "stage-3-refused"
    PANEL_SCHEDULED = "panel-scheduled"
    PANEL_HELD = "panel-held"
    PANEL_REPORT = "panel-report"
    RESPONSE_TO_PANEL = "council-response-to-panel"
    FINAL_RESPONSE = "council-final-response"
    EARLY_REFERRAL = "early-referral-offered"
    ADVOCACY = "advocacy-signposted"
    UPDATE = "holding-update"
    SUSPENDED = "procedure-suspended"
    DELAY_START = "delay-period-start"
    DELAY_END = "delay-period-end"
    DUE_BY = "due-by"
    NOT_DONE = "not-done-as-of"
    OMBUDSMAN_CONTACTED = "ombudsman-contacted"
    EARLIER_DECISION = "ombudsman-earlier-decision"
    REMEDY_OVERDUE = "remedy-overdue"


_KINDS = frozenset(str(told) for told in Told)
# Where no day of decision is told, what comes last in the order is taken to lie within a year of what came before.
_A_YEAR = timedelta(days=365)
# Their dates are limits or the complaint's subject, so they say nothing about the order in which things happened.
_OUT_OF_ORDER = frozenset({Told.DUE_BY, Told.UNDERLYING_EVENTS})


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a chronology.

    `rough`: the source gave no date, and the interval is what its place in the order and its note allow.
    """

    told: Told
    on: Dating
    stage: int
    note: str
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Chronology:
    """A chronology, in the order in which things happened; what its dates do not order, in the order told.

    `assessed_on` is the day of the decision, or else the end of the last dated event. `remarks` say what could not be
    read and what was made of it; `whole` is False where an event had to be left out.
    """

    id: str
    procedure: str
    assessed_on: date
    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()
    whole: bool = True


def read_chronology(data: Any) -> Chronology:
    """A chronology from one parsed line; ChronologyError where nothing can be made of it.

    One event that cannot be read does not hide the others: it is remarked upon.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("events"), list):
        raise ChronologyError("It has to be an object with a list called events.")
    remarks: list[str] = []
    read = [_entry(event, place, remarks) for place, event in enumerate(data["events"], 1)]
    dated = _in_order([entry for entry in read if entry is not None])
    known = [entry.on for entry in dated if not entry.rough]
    decision = _decision(data.get("decided_on"), remarks)
    assessed = decision if decision is not None else max((each.latest for each in known), default=None)
    if assessed is None:
        raise ChronologyError("It has neither a day of decision nor a dated event, so there is no day to assess it on.")
    return Chronology(
        id="" if data.get("id") is None else str(data["id"]),
        procedure=str(data.get("procedure") or "other"),
        assessed_on=assessed,
        entries=tuple(_placed(entry, dated, place, decision) for place, entry in enumerate(dated)),
        remarks=tuple(remarks),
        whole=None not in read,
    )


def _decision(text: Any, remarks: list[str]) -> date | None:
    """The day of the decision, or the last day of its month."""
    if text is None:
        return None
    written = _written(text)
    if written is None:
        remarks.append(f"decided_on is {text!r}: it has to be a date, YYYY-MM-DD, or null. It was taken as null.")
    return written.latest if written is not None else None


def _entry(event: Any, place: int, remarks: list[str]) -> Entry | None:
    """One event; None, with a remark, where nothing tells what it was."""
    if not isinstance(event, Mapping):
        remarks.append(f"Event {place} is not an object. It was left out, so nothing is sure.")
        return None
    kind = str(event.get("kind"))
    if kind not in _KINDS:
        remarks.append(
            f"Event {place} is of a kind that is not on the list: {kind!r}. It was left out, so nothing is sure."
        )
        return None
    stage, text, note = event.get("stage") or 0, event.get("date"), str(event.get("note") or "")
    if not isinstance(stage, int) or stage not in range(4):
        remarks.append(f"Event {place} has stage {stage!r}: it has to be 0, 1, 2 or 3. It was taken as 0.")
        stage = 0
    written = None if text == "approx" else _written(text)
    if written is not None:
        return Entry(Told(kind), written, stage, note)
    if text != "approx":
        remarks.append(
            f"Event {place} has the date {text!r}: it has to be YYYY-MM-DD, YYYY-MM or approx. It was taken as approx."
        )
    return Entry(Told(kind), Dating.unknown(), stage, note, rough=True)


def _written(text: Any) -> Dating | None:
    day = iso_date(text)
    if day is not None:
        return Dating.day(day)
    month = iso_date(f"{text}-01")
    if month is not None and len(str(text)) == len("2024-10"):
        return Dating.month(month.year, month.month)
    return None


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with every one put before those told earlier that certainly happened after it.

    What no date orders stays behind the entry that it was told after.
    """
    groups: list[list[Entry]] = [[]]
    told_after = groups[0]
    for entry in entries:
        if entry.rough or entry.told in _OUT_OF_ORDER:
            told_after.append(entry)
            continue
        place = len(groups)
        while place > 1 and entry.on.before(groups[place - 1][0].on) is True:
            place -= 1
        told_after = [entry]
        groups.insert(place, told_after)
    return [entry for group in groups for entry in group]


def _placed(entry: Entry, entries: Sequence[Entry], place: int, decision: date | None) -> Entry:
    """A rough date holds its place in the order; its note, where that fits, says more.

    What is still outstanding after a limit that the Ombudsman stated was outstanding when that limit had passed.
    """
    if not entry.rough:
        return entry
    noted = date_in_note(entry.note)
    if entry.told in _OUT_OF_ORDER:
        return replace(entry, on=noted or Dating.unknown())
    stated = entry.told is Told.NOT_DONE
    before = [on.earliest for each in entries[:place] if (on := _ordering(each, stated=stated)) is not None]
    after = [on.latest for each in entries[place + 1 :] if (on := _ordering(each, stated=False)) is not None]
    first = max(before, default=noted.earliest if noted is not None else None)
    if first is None:
        return entry
    ends = [*after, *([decision] if decision is not None else [])]
    last = min(ends, default=max(first + _A_YEAR, noted.latest if noted is not None else first))
    if noted is not None and max(first, noted.earliest) <= min(last, noted.latest):
        return replace(entry, on=Dating.between(max(first, noted.earliest), min(last, noted.latest)))
    return entry if first > last else replace(entry, on=Dating.between(first, last))


def _ordering(entry: Entry, *, stated: bool) -> Dating | None:
    """What an entry's date says about those told before and after it; None where it says nothing."""
    if entry.told is Told.UNDERLYING_EVENTS or (entry.told is Told.DUE_BY and not stated):
        return None
    return date_in_note(entry.note) if entry.rough else entry.on
