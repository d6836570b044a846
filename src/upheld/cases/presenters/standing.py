"""How one stage stands on a day, in a word. The same conditions as the figures', which a test holds them to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from upheld.facts import StageFact


class Standing(StrEnum):
    """How a stage stands."""

    TO_COME = "to-come"
    OPEN = "open"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"
    IN_TIME = "in-time"
    LATE = "late"
    ANSWERED = "answered"  # it had no limit, so it can be said of it neither that it was in time nor that it was late


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with a colour. What the colour says is in the word."""

    text: str
    classes: str


TAGS = {
    Standing.TO_COME: Tag("Not yet received", "govuk-tag--grey"),
    Standing.OPEN: Tag("Open", "govuk-tag--blue"),
    Standing.OVERDUE: Tag("Past the limit", "govuk-tag--red"),
    Standing.WITHDRAWN: Tag("Withdrawn", "govuk-tag--grey"),
    Standing.IN_TIME: Tag("In time", "govuk-tag--green"),
    Standing.LATE: Tag("Late", "govuk-tag--orange"),
    Standing.ANSWERED: Tag("Answered", "govuk-tag--grey"),
}


def standing(stage: StageFact, on: date) -> Standing:
    """How a stage stands at the end of a day; what happened after it is left out."""
    if not _by(stage.received_on, on):
        return Standing.TO_COME
    if not _by(stage.answered_on, on):
        if _by(stage.withdrawn_on, on):
            return Standing.WITHDRAWN
        return Standing.OVERDUE if _overdue(stage, on) else Standing.OPEN
    if stage.due_in_force_on is None:
        return Standing.ANSWERED
    in_time = all(_met(due, done) for due, done in _limits(stage))
    return Standing.IN_TIME if in_time else Standing.LATE


def next_limit(stage: StageFact, on: date) -> date | None:
    """The limit that a stage runs against at the end of a day: at a panel the first that was still to be met then."""
    limits = [(due, done) for due, done in _limits(stage) if due is not None]
    waiting = [due for due, done in limits if not _by(done, on)]
    return min(waiting) if waiting else max((due for due, _ in limits), default=None)


def _limits(stage: StageFact) -> tuple[tuple[date | None, date | None], ...]:
    """Each limit of a stage, with the day on which it was done with."""
    return (
        (stage.due_in_force_on, stage.answered_on),
        (stage.panel_due_on, stage.panel_held_on),
        (stage.panel_report_due_on, stage.panel_report_sent_on),
    )


def _overdue(stage: StageFact, on: date) -> bool:
    return any(due is not None and due < on and not _met(due, done) for due, done in _limits(stage))


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _met(due: date | None, done: date | None) -> bool:
    """There was no limit, or it was met: the due day itself is in time."""
    return due is None or (done is not None and done <= due)
