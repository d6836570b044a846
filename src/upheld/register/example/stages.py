"""One stage of a case, planned from its first day to its outcome."""

from dataclasses import replace
from datetime import date
from random import Random

from upheld.register.example.days import NEVER, Days
from upheld.register.example.drawing import around, pick
from upheld.register.example.later_teams import named_on
from upheld.register.example.pace import Pace, PanelPace
from upheld.register.example.people import Case
from upheld.register.example.rows import ExampleRow, PlannedStage

_POINTS_DECIDED = ("upheld", "partly-upheld", "not-upheld", "no-finding")


def stage_1(days: Days, random: Random, case: Case, pace: Pace, outcome: str) -> PlannedStage:
    """The complaint as received: its clock starts late where sufficient interest, an advocate or a wish holds it."""
    row = _row(case, "stage-1", case.received)
    contact, received = case.contact, case.received
    if contact.interest_wait is not None:
        row = replace(row, interest_decided=days.working(received, contact.interest_wait))
    if contact.later_start is not None:
        row = replace(row, later_start=days.later(received, contact.later_start, office=True))
    if contact.advocate_wait is not None:
        row = replace(row, advocate_appointed=days.working(received, contact.advocate_wait))
    start = max(d for d in (received, row.interest_decided, row.later_start, row.advocate_appointed) if d is not None)
    if pace.notice is not None:
        row = replace(row, extension_decided=days.working(start, pace.notice))
    return _answered(days, random, row, start, pace.days, outcome)


def stage_2(
    days: Days, random: Random, case: Case, received: date, pace: Pace, outcome: str | None, *, skipped: bool = False
) -> PlannedStage:
    """The investigation. An oral complaint's clock starts with its final written record (reg 17(5))."""
    row = _row(case, "stage-2", received)
    start = received
    if skipped:
        row = replace(row, stage_1_skipped=received)
    elif case.contact.spoken:
        start = days.working(received, around(random, 2, 9, 5))
        row = replace(row, record_final=start)
    if pace.notice is not None and pace.promised is not None:
        row = replace(
            row, extension_decided=days.working(start, pace.notice), extended_to=days.working(start, pace.promised)
        )
    planned = _answered(days, random, row, start, pace.days, outcome)
    if planned.row.answered is None:
        return planned
    by_post = case.contact.channel == "letter" or random.random() < 0.3
    received_on = days.later(planned.row.answered, random.choice((1, 1, 2, 3)) if by_post else 0, post=by_post)
    return replace(planned, row=replace(planned.row, response_received=received_on))


def stage_3(days: Days, random: Random, case: Case, received: date, pace: PanelPace, outcome: str) -> PlannedStage:
    """The review panel, its report and the council's response."""
    held = days.working(received, pace.panel)
    sent = days.working(held, pace.report)
    recommendations = days.working(sent, random.choice((0, 0, 1)))
    row = replace(
        _row(case, "stage-3", received),
        panel_held=held,
        panel_report_sent=sent,
        recommendations_received=recommendations,
    )
    planned = _answered(days, random, row, recommendations, pace.response, outcome)
    answered = planned.row.answered
    in_hand = None if answered is None else days.later(answered, 1, post=True)
    return replace(planned, start=received, row=replace(planned.row, response_received=in_hand))


def ombudsman(
    days: Days, case: Case, received: date, due: int, taken: int, outcome: str, *, decided_after: int = 0
) -> PlannedStage:
    """The Ombudsman's enquiry: asked for within `due` days, answered after `taken`; decided some time after that."""
    asked_for = days.later(received, due, office=True)
    answered = days.later(received, taken, office=True)
    row = replace(_row(case, "ombudsman", received), due=asked_for, answered=answered, outcome=outcome)
    return PlannedStage(row, received, days.later(answered, decided_after, office=True))


def withdrawn(days: Days, planned: PlannedStage, after: int) -> PlannedStage:
    """The same stage, but withdrawn so many working days after it began; nothing later happened."""
    day = days.working(planned.start, after)
    row = replace(planned.row, answered=None, outcome=None, findings=(), response_received=None, withdrawn=day)
    if row.extension_decided is not None and row.extension_decided > day:
        row = replace(row, extension_decided=None, extended_to=None)
    return replace(planned, row=row, decided=None)


def findings_for(random: Random, outcome: str, points: int) -> tuple[str, ...]:
    """A finding for each point that makes up the outcome; none where points were not decided apart."""
    if outcome not in _POINTS_DECIDED:
        return ()
    if outcome != "partly-upheld" or points == 1:
        return (outcome,) * points
    mixed = [pick(random, {"upheld": 3, "partly-upheld": 3, "not-upheld": 5, "no-finding": 1}) for _ in range(points)]
    mixed[random.randrange(points)] = "partly-upheld" if random.random() < 0.5 else "upheld"
    if set(mixed) == {"upheld"}:
        mixed[random.randrange(points)] = "not-upheld"
    return tuple(mixed)


def _row(case: Case, stage: str, received: date) -> ExampleRow:
    contact = case.contact
    team, service = named_on(case.team, received, contact.complainant)
    return ExampleRow(
        reference=case.reference,
        stage=stage,
        received=received,
        service=service,
        team=team,
        themes=case.themes,
        spoken=contact.spoken,
        advocate=contact.advocate,
        channel=contact.channel,
        complainant=contact.complainant,
        age_band=contact.age_band,
        child_name=case.child_name,
        complainant_name=case.complainant_name,
    )


def _answered(
    days: Days, random: Random, row: ExampleRow, start: date, taken: int | None, outcome: str | None
) -> PlannedStage:
    answered = None if taken is None else days.working(start, taken)
    if answered is None or answered == NEVER or outcome is None:
        return PlannedStage(row, start, None)
    findings = findings_for(random, outcome, len(row.themes))
    return PlannedStage(replace(row, answered=answered, outcome=outcome, findings=findings), start, answered)
