"""The breaches that a record shows, the risks, and what would settle each."""

from datetime import date

import pytest

from tests.unit.procedure.builders import CHILDREN, case, event, received
from upheld.procedure import Event, Fault, faults, load_calendar, load_pack

D = date.fromisoformat
ASKED = event("stage-requested", "2024-08-29", "stage-2")
PANEL = event("stage-requested", "2025-04-22", "stage-3")
GOOD = {"member": False, "officer": False, "spouse_or_civil_partner": False}


def shown(rule: str, day: str, *events: Event, pack: str = CHILDREN) -> list[Fault]:
    """The faults of one rule at the end of a day."""
    return [each for each in faults(case(*events), load_pack(pack), load_calendar(), on=D(day)) if each.rule == rule]


def sure(rule: str, day: str, *events: Event, pack: str = CHILDREN) -> bool | None:
    """Whether a rule's fault is sure; None where there is none."""
    found = shown(rule, day, *events, pack=pack)
    assert len(found) < 2
    return found[0].sure if found else None


def test_a_missed_limit_is_a_breach_with_its_provision() -> None:
    answered = event("response-sent", "2018-10-18", "stage-1")
    assert [
        (f.code, f.stage, str(f.provision), f.why, f.sure, f.settles)
        for f in shown("stage-1-response", "2018-11-01", received("2018-10-01"), answered)
    ] == [
        (
            "stage-1-response",
            "stage-1",
            "SI 2006/1738 reg 14(1)",
            "Stage 1 response: due by 15 October 2018, done on 18 October 2018, 3 working days over",
            True,
            "",
        )
    ]


@pytest.mark.parametrize(
    ("events", "day", "why"),
    [
        (
            [received("2018-10-01")],
            "2018-10-18",
            "due by 15 October 2018, not done by 18 October 2018, 3 working days over",
        ),
        (
            [received("2018-10"), event("response-sent", "2018-12-03", "stage-1")],
            "2018-12-18",
            "due by a day from 15 October 2018 to 14 November 2018, done on 3 December 2018, "
            "13 to 35 working days over",
        ),
    ],
)
def test_how_far_over_is_said(events: list[Event], day: str, why: str) -> None:
    (fault,) = shown("stage-1-response", day, *events)
    assert fault.why == f"Stage 1 response: {why}"


def test_limits_not_in_working_days_are_told_in_days() -> None:
    (fault,) = shown("agreed-action", "2024-07-05", event("remedy-agreed", "2024-06-03", remedy=1, due="2024-07-01"))
    assert fault.why == "Agreed action or remedy: due by 1 July 2024, not done by 5 July 2024, 4 days over"


def test_an_explained_breach_is_a_question_of_judgement() -> None:
    paused = event("pause-agreed", "2018-10-10", "stage-1", asked_by="complainant")
    (fault,) = shown("stage-1-response", "2018-11-01", received("2018-10-01"), paused)
    assert (fault.sure, fault.settles, fault.explained) == (
        False,
        "whether the explanation holds",
        ("a pause was agreed on 10 October 2018, asked for by the complainant",),
    )


@pytest.mark.parametrize(
    ("events", "settles"),
    [
        ([received("2018-10-01"), event("response-sent", "2018-10", "stage-1")], "the day on which it was done"),
        ([received("2018-10")], "the day on which it started"),
        ([received("?")], "when it started: received"),
        (
            [received("2018-10-01", category="A5"), event("response-sent", "2018-10-20", "stage-1")],
            "when it started: sufficient-interest-decided is not recorded",
        ),
        (
            [
                received("2018-10-01"),
                event("extension-decided", "2018-10", "stage-1"),
                event("response-sent", "2018-10-20", "stage-1"),
            ],
            "whether the extension was in time",
        ),
    ],
)
def test_what_would_settle_a_clock_that_cannot_be_told(events: list[Event], settles: str) -> None:
    (fault,) = shown("stage-1-response", "2018-11-01", *events)
    assert (fault.sure, fault.settles, fault.why) == (
        False, settles, "Stage 1 response: whether the limit was met cannot be told from the record",
    )  # fmt: skip


def test_the_complainants_own_limits_are_no_faults() -> None:
    events = [ASKED, event("response-sent", "2024-10-01", "stage-2", panel_right=True)]
    assert [
        f.rule for f in faults(case(*events), load_pack(), load_calendar(), on=D("2025-06-01")) if "request" in f.rule
    ] == []


@pytest.mark.parametrize(
    ("events", "day", "expected"),
    [
        ([ASKED], "2024-10-03", None),
        ([ASKED], "2024-10-04", True),
        ([ASKED, event("delay-notice-sent", "2024-10-04", "stage-2", promised="2024-11-01")], "2024-10-20", True),
        ([ASKED, event("delay-notice-sent", "2024-10-03", "stage-2", promised="2024-11-01")], "2024-10-20", None),
        ([ASKED, event("response-sent", "2024-10-03", "stage-2")], "2024-10-20", None),
    ],
)
def test_a_delay_notice_not_sent_is_a_breach_of_its_own(events: list[Event], day: str, expected: bool | None) -> None:
    assert sure("stage-2-delay-notice", day, *events) is expected


def test_a_duty_tied_to_a_clock_is_not_told_twice() -> None:
    found = faults(case(ASKED), load_pack(), load_calendar(), on=D("2024-12-20"))
    assert [fault.rule for fault in found] == ["stage-2-response", "stage-2-delay-notice"]


def test_a_late_duty_says_when_it_was_owed_and_done() -> None:
    (fault,) = shown(
        "stage-2-delay-notice",
        "2024-10-20",
        ASKED,
        event("delay-notice-sent", "2024-10-04", "stage-2", promised="2024-11-01"),
    )
    assert fault.why.startswith("Owed by 3 October 2024, done on 4 October 2024: Tell the complainant in writing")
    assert (fault.code, fault.sure) == ("updates-to-complainant", True)


@pytest.mark.parametrize(
    ("data", "expected", "settles"),
    [
        ({"panel_right": True}, None, None),
        ({"panel_right": False}, True, ""),
        ({}, False, "whether it was so is not recorded: panel right"),
    ],
)
def test_a_response_that_leaves_out_the_panel(
    data: dict[str, bool], expected: bool | None, settles: str | None
) -> None:
    events = [ASKED, event("response-sent", "2024-10-01", "stage-2", **data)]
    assert sure("panel-right-told", "2024-10-20", *events) is expected
    assert [fault.settles for fault in shown("panel-right-told", "2024-10-20", *events)] == (
        [settles] if settles is not None else []
    )


@pytest.mark.parametrize(
    ("data", "without_prejudice", "without_ground"),
    [
        ({"prejudice": True, "trigger": "court-proceedings"}, None, None),
        ({"prejudice": False, "trigger": "court-proceedings"}, True, None),
        ({"trigger": "criminal-investigation"}, False, None),
        ({"prejudice": True, "trigger": "other"}, None, True),
        ({"prejudice": True}, None, False),
        ({"prejudice": True, "trigger": "no-such-code"}, None, False),
    ],
)
def test_a_suspension_needs_a_ground_and_prejudice(
    data: dict[str, str | bool], without_prejudice: bool | None, without_ground: bool | None
) -> None:
    events = [received("2024-08-01"), event("suspended", "2024-08-05", **data)]
    assert sure("suspension-without-prejudice", "2024-08-10", *events) is without_prejudice
    assert sure("suspension-without-ground", "2024-08-10", *events) is without_ground


@pytest.mark.parametrize(
    ("data", "refused", "not_considered"),
    [
        ({"accepted": True}, None, None),
        ({"accepted": False, "not_reasonable_sooner": True, "still_effective_and_fair": True}, True, None),
        ({"accepted": False, "not_reasonable_sooner": False, "still_effective_and_fair": True}, None, None),
        ({"accepted": False, "not_reasonable_sooner": True}, None, False),
        ({"accepted": False}, None, False),
    ],
)
def test_a_late_complaint_is_refused_on_both_conditions_only(
    data: dict[str, bool], refused: bool | None, not_considered: bool | None
) -> None:
    events = [received("2024-08-01"), event("time-limit-decided", "2024-08-05", **data)]
    assert sure("late-complaint-refused", "2024-08-10", *events) is refused
    assert sure("late-complaint-not-considered", "2024-08-10", *events) is not_considered


@pytest.mark.parametrize(
    ("ground", "expected"),
    [
        ("outside-procedure", None),
        ("anonymous", True),
        ("no-consent-of-child", True),
        (None, False),
        ("out-of-time", False),
    ],
)
def test_a_complaint_refused(ground: str | None, expected: bool | None) -> None:
    assert (
        sure(
            "complaint-refused",
            "2024-08-10",
            received("2024-08-01"),
            event("complaint-refused", "2024-08-05", ground=ground),
        )
        is expected
    )


def test_a_complaint_refused_for_age_is_judged_by_the_decision_on_age() -> None:
    events = [received("2024-08-01"), event("complaint-refused", "2024-08-05", ground="out-of-time")]
    decided = event(
        "time-limit-decided", "2024-08-04", accepted=False, not_reasonable_sooner=False, still_effective_and_fair=False
    )
    assert sure("complaint-refused", "2024-08-10", *events, decided) is None


@pytest.mark.parametrize(
    ("ground", "stage_1", "expected"),
    [
        ("late", "2024-08-10", True),
        ("form", "2024-08-10", True),
        ("new-matter", "2024-08-10", False),
        (None, "2024-08-10", False),
        ("stage-1-not-used", None, None),
        ("stage-1-not-used", "2024-08-10", True),
        ("stage-1-not-used", "2024-08-13", None),
        ("stage-1-not-used", "2024-08", False),
    ],
)
def test_stage_2_refused(ground: str | None, stage_1: str | None, expected: bool | None) -> None:
    events = [received("2024-08-01"), event("stage-refused", "2024-08-12", "stage-2", ground=ground)]
    if stage_1:
        events.append(event("response-sent", stage_1, "stage-1"))
    assert sure("stage-2-refused", "2024-08-15", *events) is expected


def test_stage_2_refused_because_of_an_overdue_stage_1_is_a_breach() -> None:
    events = [received("2024-08-01"), event("stage-refused", "2024-08-20", "stage-2", ground="stage-1-not-used")]
    assert sure("stage-2-refused", "2024-08-20", *events) is True


@pytest.mark.parametrize(
    ("ground", "asked", "given", "expected"),
    [
        ("late", "2024-12-03", True, True),
        ("late", "2024-12-04", True, None),
        ("late", "2024-12", True, False),
        ("no-reasons", "2024-11-20", False, None),
        ("no-reasons", "2024-11-20", True, True),
        ("no-reasons", "2024-11-20", None, False),
        ("upheld-at-stage-2", "2024-11-20", True, True),
        ("stage-2-not-finished", "2024-11-20", True, True),
        (None, "2024-11-20", True, False),
    ],
)
def test_a_panel_refused(ground: str | None, asked: str, given: bool | None, expected: bool | None) -> None:
    events = [
        ASKED,
        event("response-sent", "2024-11-01", "stage-2"),
        event("stage-requested", asked, "stage-3", reasons_given=given),
        event("stage-refused", "2024-12-20", "stage-3", ground=ground),
    ]
    assert sure("panel-refused", "2024-12-31", *events) is expected


def test_a_panel_refused_as_late_without_an_answer_is_a_risk() -> None:
    assert (
        sure("panel-refused", "2025-05-31", PANEL, event("stage-refused", "2025-05-20", "stage-3", ground="late"))
        is False
    )
    assert (
        sure("panel-refused", "2025-05-31", PANEL, event("stage-refused", "2025-05-20", "stage-3", ground="no-reasons"))
        is False
    )


def test_a_panel_may_be_refused_before_stage_2_is_answered() -> None:
    refused = event("stage-refused", "2024-09-20", "stage-3", ground="stage-2-not-finished")
    assert sure("panel-refused", "2024-09-30", ASKED, refused) is None
    assert sure("panel-refused", "2024-10-20", ASKED, refused) is True


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD, None),
        ({**GOOD, "officer": True}, True),
        ({"member": False}, False),
        ({**GOOD, "spouse_or_civil_partner": True}, True),
    ],
)
def test_independence(data: dict[str, bool], expected: bool | None) -> None:
    appointed = event("independent-person-appointed", "2024-09-01", "stage-2", **data)
    assert sure("independent-person-not-independent", "2024-09-10", ASKED, appointed) is expected
    seated = event("panellist-appointed", "2025-05-01", "stage-3", seat=1, **data)
    assert sure("panel-member-not-independent", "2025-05-10", PANEL, seated) is expected


def test_the_stage_2_independent_person_may_not_sit() -> None:
    def seated(**data: bool) -> Event:
        return event("panellist-appointed", "2025-05-01", "stage-3", seat=1, **GOOD, **data)

    rule = "panel-member-was-independent-person"
    assert sure(rule, "2025-05-10", PANEL, seated(stage_2_independent_person=True)) is True
    assert sure(rule, "2025-05-10", PANEL, seated()) is None
    chair = "chair-recently-connected"
    assert sure(chair, "2025-05-10", PANEL, seated(chair=True, officer_or_member_in_last_three_years=True)) is True
    assert sure(chair, "2025-05-10", PANEL, seated(officer_or_member_in_last_three_years=True)) is None


def test_two_ineligible_members_are_two_breaches_on_their_days() -> None:
    members = [
        event("panellist-appointed", f"2025-05-0{seat}", "stage-3", seat=seat, **{**GOOD, "member": True})
        for seat in (1, 2)
    ]
    assert len(shown("panel-member-not-independent", "2025-05-10", PANEL, *members)) == 2


@pytest.mark.parametrize(("seats", "expected"), [(2, False), (3, None)])
def test_a_panel_of_fewer_than_three(seats: int, expected: bool | None) -> None:
    members = [event("panellist-appointed", "2025-05-01", "stage-3", seat=seat, **GOOD) for seat in range(seats)]
    held = event("panel-held", "2025-05-20", "stage-3")
    assert sure("panel-before-three", "2025-05-21", PANEL, *members, held) is expected


@pytest.mark.parametrize(("promised", "expected"), [("2024-11-28", None), ("2024-11-29", True), (None, None)])
def test_a_promise_beyond_the_longest_limit(promised: str | None, expected: bool | None) -> None:
    notice = event("delay-notice-sent", "2024-10-01", "stage-2", promised=promised)
    assert sure("promise-beyond-longest", "2024-10-02", received("2024-07-01"), ASKED, notice) is expected
    assert sure("promise-beyond-longest", "2024-10-02", notice) is None


@pytest.mark.parametrize(
    ("procedure", "function", "expected"),
    [
        ("children-statutory", "part-3", None),
        ("corporate", "part-3", True),
        ("corporate", "child-protection", None),
        ("corporate", None, False),
        ("corporate", "no-such-function", False),
        ("no-such-procedure", "part-3", False),
    ],
)
def test_another_procedure(procedure: str, function: str | None, expected: bool | None) -> None:
    events = [
        received("2024-08-01"),
        event("point-raised", "2024-08-01", "stage-1", point=1, function=function),
        event("procedure-chosen", "2024-08-02", procedure=procedure, point=1),
    ]
    assert sure("other-procedure-chosen", "2024-08-03", *events) is expected


def test_another_procedure_is_judged_point_by_point() -> None:
    events = [
        received("2024-08-01"),
        event("point-raised", "2024-08-01", "stage-1", point=1, function="part-3"),
        event("point-raised", "2024-08-01", "stage-1", point=2, function="child-protection"),
    ]
    chosen = event("procedure-chosen", "2024-08-02", procedure="corporate", point=2)
    assert sure("other-procedure-chosen", "2024-08-03", *events, chosen) is None
    whole = event("procedure-chosen", "2024-08-02", procedure="corporate")
    assert sure("other-procedure-chosen", "2024-08-03", *events, whole) is True
    assert sure("other-procedure-chosen", "2024-08-03", received("2024-08-01"), whole) is False


@pytest.mark.parametrize(
    ("missing", "value", "expected"),
    [("action_plan", True, None), ("action_plan", False, True), ("action_plan", None, False)],
)
def test_the_early_referral_gate(missing: str, value: bool | None, expected: bool | None) -> None:
    six = dict.fromkeys(load_pack().words("early-referral"), True)
    decided = event("early-referral-decided", "2024-12-01", **{**six, missing: value})
    assert sure("early-referral-gate", "2024-12-02", ASKED, decided) is expected


def test_departing_from_a_recommendation_needs_reasons() -> None:
    def response(**data: bool) -> Event:
        return event("response-to-panel-sent", "2025-06-20", "stage-3", **data)

    rule = "departure-without-reasons"
    assert sure(rule, "2025-06-21", PANEL, response(departs=True, reasons_given=False)) is True
    assert sure(rule, "2025-06-21", PANEL, response(departs=True)) is False
    assert sure(rule, "2025-06-21", PANEL, response(departs=True, reasons_given=True)) is None
    assert sure(rule, "2025-06-21", PANEL, response(departs=False)) is None


def test_an_advocate_in_conflict() -> None:
    for conflict in load_pack().words("advocate-conflict"):
        appointed = event("advocate-appointed", "2025-04-14", **{conflict: True})
        assert sure("advocate-conflict", "2025-04-20", received("2025-04-01"), appointed) is True
    assert (
        sure("advocate-conflict", "2025-04-20", received("2025-04-01"), event("advocate-appointed", "2025-04-14"))
        is None
    )


def test_faults_know_nothing_later_than_their_day() -> None:
    refused = event("stage-refused", "2024-09-20", "stage-2", ground="late")
    assert sure("stage-2-refused", "2024-09-19", ASKED, refused) is None


def test_every_code_is_one_of_the_ombudsmans_words() -> None:
    from upheld.procedure.seen import measures

    pack = load_pack()
    codes = {rule.fault for rules in (pack.clocks, pack.duties, pack.breaches) for rule in rules if rule.fault}  # type: ignore[attr-defined]
    assert codes <= set(measures().provisions)
