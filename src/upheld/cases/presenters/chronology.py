"""A case's chronology in words: one sentence for each entry, with its date as far as it is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from upheld.cases.presenters.words import finding_words, outcome_words, place_words
from upheld.cases.queries.case_page import CaseDetails
from upheld.cases.queries.labels import Labels
from upheld.procedure import KINDS, CorrectionReason, Dating, Event, EventKind, Precision
from upheld.web.formats import format_date, format_date_time


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One entry, as the timeline component takes it. `at` is for machines; empty where no date is known."""

    title: str
    by: str
    at: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Chronology:
    """Every entry in the order in which things happened; what happened on one day in the order it was recorded.

    `recorded` says how all entries were recorded, where it was together; otherwise each entry says it for itself.
    """

    recorded: str
    items: tuple[TimelineItem, ...]


def chronology(details: CaseDetails) -> Chronology:
    """The chronology of a case."""
    history = details.case.history
    together = {_recorded(event, details) for event in history.events}
    standing = {event.sequence for event in history.standing}
    shown = [event for event in history.events if event.kind is not EventKind.ENTRY_STRUCK]
    shown.sort(key=lambda event: (event.on.earliest, event.sequence))
    alone = len(together) > 1
    strikes = {e.data.get("sequence"): e for e in history.events if e.kind is EventKind.ENTRY_STRUCK}
    items = (
        _item(event, details, strike=None if event.sequence in standing else strikes.get(event.sequence), alone=alone)
        for event in shown
    )
    return Chronology("" if alone else f"{together.pop()}.", tuple(items))


def _item(event: Event, details: CaseDetails, *, strike: Event | None, alone: bool) -> TimelineItem:
    stage = place_words(event.stage, event.occurrence, details.labels) if event.stage else ""
    parts = [stage, _struck(strike, details) if strike is not None else "", _recorded(event, details) if alone else ""]
    return TimelineItem(
        title=sentence(event, details.labels),
        by="",
        at=_machine_date(event.on),
        when=dating_words(event.on),
        text=". ".join(part[:1].upper() + part[1:] for part in parts if part),
    )


def _struck(strike: Event, details: CaseDetails) -> str:
    """Why an entry no longer counts, who said so and when, and whether another stands in its place."""
    why = _WHY.get(str(strike.data.get("reason")), _WHY[CorrectionReason.NOT_SAID])
    author = details.authors.get(strike.recorded_by or "") or details.registers.get(strike.sequence)
    by = f" by {author}" if author else ""
    when = f", {format_date_time(strike.recorded_at)}{by}" if strike.recorded_at else ""
    return f"{why}{when}" + ("; another entry stands in its place" if "replaced_by" in strike.data else "")


def _recorded(event: Event, details: CaseDetails) -> str:
    source, author = details.registers.get(event.sequence), details.authors.get(event.recorded_by or "")
    when = format_date_time(event.recorded_at) if event.recorded_at else ""
    by = f" by {author}" if author else ""
    return f"Recorded on {when}{by}" + (f", from the register {source}" if source else "")


def sentence(event: Event, labels: Labels) -> str:
    """What an entry says."""
    words = _WORDS.get(event.kind)
    said = words(event.data, labels) if words is not None else KINDS[event.kind].meaning
    return said[:1].upper() + said[1:]


def dating_words(on: Dating) -> str:
    """A date as far as it is known."""
    if not on.is_known:
        return "Date not known"
    if (day := on.exact) is not None:
        return format_date(day)
    if on.precision is Precision.MONTH:
        return f"{on.earliest:%B %Y}"
    return f"Between {format_date(on.earliest)} and {format_date(on.latest)}"


def _machine_date(on: Dating) -> str:
    if not on.is_known:
        return ""
    return on.earliest.isoformat() if on.exact else f"{on.earliest:%Y-%m}"


Data = Mapping[str, str | int | bool | None]


def _team(data: Data, labels: Labels) -> str:
    team = labels.get(("team", str(data["team"])), str(data["team"]))
    service = data.get("service")
    return f"given to the team {team}" + (f", {labels.get(('service', str(service)), str(service))}" if service else "")


def _point(data: Data, labels: Labels) -> str:
    theme = data.get("theme")
    return f"point {data['point']} raised" + (f": {labels.get(('theme', str(theme)), str(theme))}" if theme else "")


def _details(data: Data, labels: Labels) -> str:
    said = [labels.get((name, str(data[name])), str(data[name])) for name in _DETAILS if data.get(name) is not None]
    return "details recorded" + (f": {'; '.join(said)}" if said else "")


def _later_start(data: Data, _: Labels) -> str:
    return f"a later start was agreed: {_day(data['start'])}"


def _delay_notice(data: Data, _: Labels) -> str:
    promised = data.get("promised")
    return "notice of delay sent" + (f", promising a response by {_day(promised)}" if promised else "")


def _enquiry(data: Data, _: Labels) -> str:
    due = data.get("due")
    return "enquiry of the Ombudsman received" + (f", to be answered by {_day(due)}" if due else "")


def _day(value: object) -> str:
    return format_date(date.fromisoformat(str(value)))


_WHY: Mapping[str, str] = {
    CorrectionReason.WRONGLY_ENTERED: "struck out as entered wrongly",
    CorrectionReason.WRONG_CASE: "struck out as belonging to another case",
    CorrectionReason.FOUND_OUT_LATER: "struck out for what was found out later",
    CorrectionReason.TAKEN_BACK: "taken back",
    CorrectionReason.REGISTER_CHANGED: "corrected, as the register says something else now",
    CorrectionReason.REGISTER_COMPLETED: "completed, as the register says more now",
    CorrectionReason.NOT_SAID: "struck out as recorded in error",
}

_DETAILS = ("channel", "complainant", "age_band")

_WORDS: Mapping[EventKind, Callable[[Data, Labels], str]] = {
    EventKind.COMPLAINT_RECEIVED: lambda data, _: "complaint received" + (", made orally" if data.get("oral") else ""),
    EventKind.STAGE_REQUESTED: lambda _data, _labels: "this stage was asked for",
    EventKind.OMBUDSMAN_ENQUIRY_RECEIVED: _enquiry,
    EventKind.TEAM_ASSIGNED: _team,
    EventKind.POINT_RAISED: _point,
    EventKind.DETAILS_RECORDED: _details,
    EventKind.ADVOCATE_OFFERED: lambda _data, _labels: "help to obtain an advocate offered",
    EventKind.ADVOCATE_REQUESTED: lambda _data, _labels: "advocate asked for",
    EventKind.ADVOCATE_APPOINTED: lambda _data, _labels: "advocate appointed",
    EventKind.ADVOCATE_DECLINED: lambda _data, _labels: "advocate declined",
    EventKind.SUFFICIENT_INTEREST_DECIDED: lambda data, _: (
        "sufficient interest " + ("accepted" if data["accepted"] else "not accepted")
    ),
    EventKind.RESPONSE_SENT: lambda _data, _labels: "response sent",
    EventKind.RESPONSE_RECEIVED: lambda _data, _labels: "response received by the complainant",
    EventKind.RESPONSE_TO_PANEL_SENT: lambda _data, _labels: "response to the panel sent",
    EventKind.FINDING_RECORDED: lambda data, _: f"point {data['point']}: {finding_words(str(data['finding'])).lower()}",
    EventKind.OUTCOME_RECORDED: lambda data, _: f"outcome: {outcome_words(str(data['outcome'])).lower()}",
    EventKind.OMBUDSMAN_DECIDED: lambda data, _: (
        "the Ombudsman decided" + (f": {outcome_words(str(data['outcome'])).lower()}" if data.get("outcome") else "")
    ),
    EventKind.LATER_START_AGREED: _later_start,
    EventKind.DELAY_NOTICE_SENT: _delay_notice,
    EventKind.EXTENSION_DECIDED: lambda data, _: (
        "more time decided on" + (", as the complaint is complex" if data.get("reason") == "complex" else "")
    ),
    EventKind.WITHDRAWN: lambda _data, _labels: "complaint withdrawn",
}
