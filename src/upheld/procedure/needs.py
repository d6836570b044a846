"""What must hold before a step may be taken: each need of the tables of moves, read from the record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from upheld.procedure.clocks import ClockRun
from upheld.procedure.dating import Dating
from upheld.procedure.duties import DutyState, duties_of
from upheld.procedure.events import EventKind
from upheld.procedure.guards import applies
from upheld.procedure.lookup import CaseEvents
from upheld.procedure.rules import Guard, MoveRule
from upheld.procedure.standing import Standing, limit_on, state_on


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that someone would take: the case, its clocks and the day."""

    case: CaseEvents
    runs: tuple[ClockRun, ...]
    on: date
    move: MoveRule

    def run(self, clock: str) -> ClockRun | None:
        """The latest running of a clock, or None."""
        found = [run for run in self.runs if run.clock == clock]
        return max(found, key=lambda run: run.occurrence, default=None)

    def state(self, clock: str) -> Standing | None:
        """How the latest running of a clock stands, or None."""
        run = self.run(clock)
        return None if run is None else state_on(run, limit_on(run, self.on), self.on)


# A need answers with why it does not hold, or with an empty text where it does.
Need = Callable[[Asked], str]


def _stage_1_within_limit(asked: Asked) -> str:
    return _within(asked, "stage-1-response")


def _within_initial_limit(asked: Asked) -> str:
    return _within(asked, f"{asked.move.stage}-response")


def _within(asked: Asked, clock: str) -> str:
    run = asked.run(clock)
    if run is None or run.due is None:
        return "the limit has not started"
    if run.due.no_later_than(asked.on) is not False and run.due.exact != asked.on:
        return f"the limit of {run.due.words()} has passed"
    return ""


def _stage_1_over(asked: Asked) -> str:
    answered = asked.case.first(EventKind.RESPONSE_SENT, "stage-1") or asked.case.first(EventKind.RESOLVED)
    if answered is not None or asked.state("stage-1-response") is Standing.MISSED:
        return ""
    return "stage 1 has not been answered, and its limit has not passed"


def _oral(asked: Asked) -> str:
    rule = asked.case.pack.clock("stage-2-response")
    return "" if applies(Guard.ORAL, None, asked.case, 1, rule) else "the complaint was made in writing"


def _other_person(asked: Asked) -> str:
    rule = asked.case.pack.clock("stage-1-response")
    if applies(Guard.OTHER_PERSON, None, asked.case, 1, rule):
        return ""
    return "the complainant is among those who need no decision on their interest"


def _made_after_a_year(asked: Asked) -> str:
    states = [state_on(run, limit_on(run, asked.on), asked.on) for run in asked.runs if run.clock == "make-complaint"]
    if Standing.MISSED in states or Standing.CANNOT_TELL in states:
        return ""
    return "no point is recorded as raised more than a year after its grounds arose"


def _all_points_outside(asked: Asked) -> str:
    points = list(asked.case.all(EventKind.POINT_RAISED))
    functions = [asked.case.pack.code("function", str(point.data.get("function"))) for point in points]
    if points and all(each is not None and each.attributes.get("in_scope") is False for each in functions):
        return ""
    return "some point is about a function that the procedure covers, or does not say what it is about"


def _independent_person(asked: Asked) -> str:
    if EventKind.INDEPENDENT_PERSON_APPOINTED in asked.case.kinds:
        return ""
    return "no independent person has been appointed"


def _investigation_reported(asked: Asked) -> str:
    return "" if EventKind.INVESTIGATION_REPORTED in asked.case.kinds else "the investigation has not been reported"


def _panel_request_in_time(asked: Asked) -> str:
    if asked.state("panel-request") is Standing.MISSED:
        return "the twenty working days have passed: a late request needs a decision, with reasons"
    return ""


def _panel_request_late(asked: Asked) -> str:
    run = asked.run("panel-request")
    if run is None or run.due is None:
        return "the time for asking has not started"
    asked_on = run.done if run.done is not None else Dating.day(asked.on)
    return "the request is in time" if asked_on.no_later_than(run.due) is True else ""


def _early_referral(asked: Asked) -> str:
    decided = asked.case.first(EventKind.EARLY_REFERRAL_DECIDED)
    conditions = asked.case.pack.codes.get("early-referral", ())
    if decided is None:
        return "the six conditions have not been decided on: " + "; ".join(each.label for each in conditions)
    lacking = [each.label for each in conditions if decided.data.get(each.code) is not True]
    return "not all six conditions are met: " + "; ".join(lacking) if lacking else ""


def _three_members(asked: Asked) -> str:
    needed = asked.case.pack.duty("panel-appointed").count
    seats = {event.data.get("seat") for event in asked.case.all(EventKind.PANELLIST_APPOINTED, "stage-3")}
    return "" if len(seats) >= needed else f"{len(seats)} of {needed} panel members have been appointed"


def _proceedings_ended(asked: Asked) -> str:
    return "" if EventKind.PROCEEDINGS_ENDED in asked.case.kinds else "the other proceedings have not ended"


def _nothing_outstanding(asked: Asked) -> str:
    owed = [
        duty.rule.label
        for duty in duties_of(asked.case, asked.runs, on=asked.on)
        if duty.state in (DutyState.OUTSTANDING, DutyState.MISSED)
    ]
    return "still owed: " + "; ".join(owed) if owed else ""


NEEDS: dict[str, tuple[str, Need]] = {
    "all-points-outside": ("every point lies outside the procedure", _all_points_outside),
    "early-referral-conditions": ("all six conditions of early referral are met", _early_referral),
    "independent-person-appointed": ("an independent person is appointed", _independent_person),
    "investigation-reported": ("the investigation is reported", _investigation_reported),
    "made-after-a-year": ("a point was raised more than a year after its grounds arose", _made_after_a_year),
    "nothing-outstanding": ("nothing is owed any more", _nothing_outstanding),
    "oral": ("the complaint was made orally", _oral),
    "other-person": ("the complainant needs sufficient interest", _other_person),
    "panel-request-in-time": ("the twenty working days have not passed", _panel_request_in_time),
    "panel-request-late": ("the request comes after the twenty working days", _panel_request_late),
    "proceedings-ended": ("the other proceedings have ended", _proceedings_ended),
    "stage-1-over": ("stage 1 is answered, or its limit has passed", _stage_1_over),
    "stage-1-within-limit": ("the limit of stage 1 has not passed", _stage_1_within_limit),
    "three-panel-members": ("three panel members are appointed", _three_members),
    "within-initial-limit": ("the initial limit of the stage has not passed", _within_initial_limit),
}
