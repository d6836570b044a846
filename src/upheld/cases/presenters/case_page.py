"""A case's page: its stages with dates, limits and outcomes, its points with findings, its people."""

from dataclasses import dataclass
from datetime import date

from upheld.cases.models.people import Role
from upheld.cases.presenters.chronology import Chronology, chronology
from upheld.cases.presenters.standing import TAGS, Standing, Tag, standing
from upheld.cases.presenters.words import finding_words, outcome_words, stage_words
from upheld.cases.queries.case_page import CaseDetails
from upheld.cases.queries.labels import Labels
from upheld.facts import PointFact, StageFact
from upheld.figures.from_register import NOT_RECORDED
from upheld.web.formats import count_of, format_date

Pair = tuple[str, str]  # what it is, and what is recorded


@dataclass(frozen=True, slots=True)
class PointRow:
    """One complaint point with the finding on it at one stage."""

    number: int
    theme: str
    finding: str


@dataclass(frozen=True, slots=True)
class StageCard:
    """One stage, each time that it occurs."""

    heading: str
    tag: Tag
    rows: tuple[Pair, ...]
    points: tuple[PointRow, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything on the page."""

    reference: str
    tag: Tag
    summary: str
    people: tuple[Pair, ...]
    stages: tuple[StageCard, ...]
    chronology: Chronology


def case_page(details: CaseDetails, *, today: date) -> CasePage:
    """The page of a case as it stands today."""
    cards = tuple(_card(stage, details, today) for stage in details.stages)
    last = details.stages[-1] if details.stages else None
    return CasePage(
        reference=details.case.reference,
        tag=TAGS[standing(last, today) if last else Standing.TO_COME],
        summary=cards[-1].heading if cards else "",
        people=tuple((Role(role).label, name) for role, name in details.people),
        stages=cards,
        chronology=chronology(details),
    )


def _card(stage: StageFact, details: CaseDetails, today: date) -> StageCard:
    return StageCard(
        heading=stage_words(stage, details.labels),
        tag=TAGS[standing(stage, today)],
        rows=tuple(_rows(stage, details.labels)),
        points=tuple(_point(p, details.labels) for p in details.points if p.stage_key == stage.stage_key),
    )


def _point(point: PointFact, labels: Labels) -> PointRow:
    theme = labels.get(("theme", point.point_theme), point.point_theme)
    return PointRow(point.point, theme, finding_words(point.finding))


def _rows(stage: StageFact, labels: Labels) -> list[Pair]:
    rows: list[tuple[str, str | None]] = [
        ("Received", _day(stage.received_on)),
        ("Limit counted from", _day(stage.start_on) if stage.start_on != stage.received_on else None),
        ("Limit", _limit(stage)),
        ("Extension", _EXTENSIONS.get(stage.extension)),
        ("Panel to meet by", _day(stage.panel_due_on)),
        ("Panel met", _day(stage.panel_held_on)),
        ("Panel’s report due by", _day(stage.panel_report_due_on)),
        ("Panel’s report sent", _day(stage.panel_report_sent_on)),
        ("Recommendations received", _day(stage.recommendations_on)),
        ("Answered", _answered(stage)),
        ("Withdrawn", _day(stage.withdrawn_on)),
        ("Outcome", outcome_words(stage.outcome) if stage.outcome else None),
        ("Team", labels.get(("team", stage.team), stage.team)),
        ("Service", labels.get(("service", stage.service), stage.service)),
        ("How it came", _recorded("channel", stage.channel, labels)),
        ("Who complained", _recorded("complainant", stage.complainant, labels)),
        ("Age of the child", _recorded("age_band", stage.age_band, labels)),
        ("Made orally", "Yes" if stage.oral else None),
        ("Advocate", _ADVOCATES.get(stage.advocate)),
    ]
    return [(name, words) for name, words in rows if words]


def _limit(stage: StageFact) -> str | None:
    if stage.due_in_force_on is None:
        return None
    words = format_date(stage.due_in_force_on)
    if stage.due_on is not None and stage.due_on != stage.due_in_force_on:
        words += f", extended from {format_date(stage.due_on)}"
    return words


def _answered(stage: StageFact) -> str | None:
    if stage.answered_on is None:
        return None
    days = "" if stage.working_days is None else f", after {count_of(stage.working_days, 'working day')}"
    return format_date(stage.answered_on) + days


def _recorded(dimension: str, code: str, labels: Labels) -> str | None:
    return None if code == NOT_RECORDED else labels.get((dimension, code), code)


def _day(day: date | None) -> str | None:
    return None if day is None else format_date(day)


_EXTENSIONS = {
    "valid": "Decided in time, so the longer limit applies",
    "invalid": "Decided too late, so the first limit still applies",
    "uncertain": "Its date is not known well enough to say whether it counts",
}
_ADVOCATES = {
    "appointed": "Appointed",
    "declined": "Offered and declined",
    "asked-for": "Asked for",
    "offered": "Offered",
}
