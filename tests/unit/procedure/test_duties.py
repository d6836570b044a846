"""What has to be done and told: when it arises, by when it is owed, and what became of it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.procedure.builders import CHILDREN, case, event, received
from upheld.procedure import DutyStanding, DutyState, Event, duties, load_calendar, load_pack

D = date.fromisoformat


def duty(name: str, day: str, *events: Event, pack: str = CHILDREN) -> DutyStanding | None:
    """One duty of a case at the end of a day, or None where it has not arisen."""
    found = [
        each for each in duties(case(*events), load_pack(pack), load_calendar(), on=D(day)) if each.rule.id == name
    ]
    assert len(found) < 2
    return found[0] if found else None


def state(name: str, day: str, *events: Event, pack: str = CHILDREN) -> DutyState | None:
    """How a duty stands, or None."""
    found = duty(name, day, *events, pack=pack)
    return found.state if found else None


ASKED = event("stage-requested", "2024-08-29", "stage-2")
PANEL = event("stage-requested", "2025-04-22", "stage-3")
GIVEN = {"procedure": True, "help_offered": True}


@pytest.mark.parametrize(
    ("events", "day", "expected"),
    [
        ([], "2018-10-10", "outstanding"),
        ([], "2018-10-15", "outstanding"),
        ([], "2018-10-16", "missed"),
        ([event("response-sent", "2018-10-15", "stage-1")], "2018-11-01", "done"),
        ([event("response-sent", "2018-10-16", "stage-1")], "2018-11-01", "done-late"),
        ([event("response-sent", "2018-10", "stage-1")], "2018-11-01", "cannot-tell"),
        ([event("withdrawn", "2018-10-12", "stage-1")], "2018-11-01", "fallen-away"),
        ([event("withdrawn", "2018-10-15", "stage-1")], "2018-11-01", "fallen-away"),
        ([event("withdrawn", "2018-10-16", "stage-1")], "2018-11-01", "missed"),
        ([event("withdrawn", "2018-10-12", "stage-1", point=1)], "2018-11-01", "missed"),
        ([event("suspended", "2018-10-12", prejudice=True)], "2018-11-01", "suspended"),
        ([event("stage-1-skipped", "2018-10-03")], "2018-11-01", "fallen-away"),
        ([event("extension-decided", "2018-10-10", "stage-1")], "2018-10-20", "outstanding"),
        ([event("extension-decided", "2018-10-10", "stage-1")], "2018-10-30", "missed"),
    ],
)
def test_answering_stage_1(events: list[Event], day: str, expected: str) -> None:
    assert state("stage-1-response", day, received("2018-10-01"), *events) == expected


def test_a_rough_deadline_cannot_be_told() -> None:
    assert [
        state("stage-1-response", day, received("2018-10"))
        for day in ("2018-10-15", "2018-10-16", "2018-11-14", "2018-11-15")
    ] == ["outstanding", "cannot-tell", "cannot-tell", "missed"]


def test_a_duty_says_when_it_arose_and_by_when_it_is_owed() -> None:
    found = duty("stage-2-delay-notice", "2024-09-02", ASKED)
    assert found is not None
    assert (str(found.arose), str(found.due), str(found.task_due), found.done, found.occurrence, found.item) == (
        "2024-08-29", "2024-10-03", "2024-09-26", None, 1, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("events", "day", "expected"),
    [
        ([], "2024-10-03", "outstanding"),
        ([], "2024-10-04", "missed"),
        ([event("response-sent", "2024-10-03", "stage-2")], "2024-10-20", "fallen-away"),
        ([event("response-sent", "2024-10-04", "stage-2")], "2024-10-20", "missed"),
        ([event("response-sent", "2024-10", "stage-2")], "2024-11-20", "missed"),
        ([event("delay-notice-sent", "2024-10-03", "stage-2", promised="2024-11-01")], "2024-10-20", "done"),
        ([event("delay-notice-sent", "2024-10-04", "stage-2", promised="2024-11-01")], "2024-10-20", "done-late"),
    ],
)
def test_the_delay_notice_goes_by_day_25_or_the_answer_does(events: list[Event], day: str, expected: str) -> None:
    assert state("stage-2-delay-notice", day, ASKED, *events) == expected


def test_a_task_day_needs_a_start_known_to_the_day() -> None:
    rough = duty("stage-2-delay-notice", "2024-09-02", event("stage-requested", "2024-08", "stage-2"))
    waiting = duty("stage-2-delay-notice", "2024-09-02", received("2024-08-01", oral=True), ASKED)
    assert rough is not None
    assert waiting is not None
    assert (rough.task_due, str(rough.due)) == (None, "2024-09-06 to 2024-10-04")
    assert (waiting.task_due, waiting.due, waiting.state) == (None, None, "outstanding")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], "outstanding"),
        ([event("receipt-information-given", "2025-01-07", **GIVEN)], "done"),
        ([event("receipt-information-given", "2025-01-07", procedure=True)], "not-recorded"),
        ([event("receipt-information-given", "2025-01-07", procedure=True, help_offered=False)], "outstanding"),
        (
            [
                event("receipt-information-given", "2025-01-07", procedure=True),
                event("receipt-information-given", "2025-01-09", help_offered=True),
            ],
            "done",
        ),
        (
            [
                event("receipt-information-given", "2025-01-07", procedure=True, help_offered=False),
                event("receipt-information-given", "2025-01-09", help_offered=True),
            ],
            "done",
        ),
        ([event("receipt-information-given", "2025-01-05", **GIVEN)], "outstanding"),
    ],
)
def test_information_on_receipt(events: list[Event], expected: str) -> None:
    assert state("receipt-information", "2025-01-20", received("2025-01-06"), *events) == expected


def test_information_pieced_together_was_given_when_the_last_of_it_was() -> None:
    pieces = [
        event("receipt-information-given", "2025-01-07", procedure=True),
        event("receipt-information-given", "2025-01-09", help_offered=True),
    ]
    found = duty("receipt-information", "2025-01-20", received("2025-01-06"), *pieces)
    assert found is not None
    assert (str(found.done), found.why) == ("2025-01-09", "")


def test_what_is_not_recorded_is_named() -> None:
    found = duty(
        "receipt-information", "2025-01-20", received("2025-01-06"), event("receipt-information-given", "2025-01-07")
    )
    assert found is not None
    assert (found.state, found.why) == ("not-recorded", "whether it was so is not recorded: help offered, procedure")


@pytest.mark.parametrize(
    ("data", "owed"),
    [
        ({"child": True}, True),
        ({"child": False}, False),
        ({}, False),
        ({"category": "A1"}, True),
        ({"category": "D1"}, True),
        ({"category": "A2"}, False),
    ],
)
def test_advocacy_is_owed_to_children_and_care_leavers(data: dict[str, str | bool], owed: bool) -> None:
    assert (state("receipt-advocacy", "2025-01-20", received("2025-01-06", **data)) is not None) is owed


@pytest.mark.parametrize(
    ("data", "expected", "why"),
    [
        ({"panel_right": True}, "done", ""),
        ({"panel_right": False}, "missed", "response-sent says that it was not so: panel right"),
        ({}, "not-recorded", "whether it was so is not recorded: panel right"),
    ],
)
def test_a_response_has_to_say_what_it_must(data: dict[str, bool], expected: str, why: str) -> None:
    found = duty("panel-right-told", "2024-12-01", ASKED, event("response-sent", "2024-10-01", "stage-2", **data))
    assert found is not None
    assert (found.state, found.why) == (expected, why)


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        ([], "missed"),
        ([1, 2], "missed"),
        ([1, 2, 2], "missed"),
        ([1, 2, 3], "done"),
        ([1, 2, 2, 3], "done"),
    ],
)
def test_a_panel_has_three_members(seats: list[int], expected: str) -> None:
    members = [
        event("panellist-appointed", f"2025-05-{10 + place}", "stage-3", seat=seat) for place, seat in enumerate(seats)
    ]
    assert state("panel-appointed", "2025-06-06", PANEL, *members) == expected


def test_the_panel_was_appointed_with_its_third_member() -> None:
    days = ["2025-05-12", "2025-05-13", "2025-06-10"]
    members = [event("panellist-appointed", on, "stage-3", seat=seat) for seat, on in enumerate(days, 1)]
    found = duty("panel-appointed", "2025-07-01", PANEL, *members)
    assert found is not None
    assert (str(found.done), found.state) == ("2025-06-10", "done-late")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([event("written-record-drafted", "2025-01-10", "stage-2")], "done"),
        ([event("written-record-finalised", "2025-01-20", "stage-2")], "fallen-away"),
        ([], "outstanding"),
    ],
)
def test_the_draft_record_falls_away_with_the_final_one(events: list[Event], expected: str) -> None:
    asked = event("stage-requested", "2025-01-06", "stage-2")
    assert state("written-record-drafted", "2025-03-01", received("2024-12-02", oral=True), asked, *events) == expected


def test_a_written_complaint_needs_no_record() -> None:
    asked = event("stage-requested", "2025-01-06", "stage-2")
    assert state("written-record", "2025-03-01", received("2024-12-02"), asked) is None
    assert state("written-record", "2025-03-01", received("2024-12-02", oral=True), asked) == "outstanding"


def test_a_duty_arises_only_with_the_decision_it_follows() -> None:
    def interest(accepted: bool) -> DutyState | None:
        decided = event("sufficient-interest-decided", "2025-01-10", accepted=accepted)
        return state("interest-refusal-notified", "2025-02-01", received("2025-01-06", category="A5"), decided)

    assert (interest(accepted=True), interest(accepted=False)) == (None, "outstanding")


def test_withdrawal_is_confirmed_and_does_not_excuse_itself() -> None:
    withdrawn = event("withdrawn", "2025-01-10", "stage-1")
    assert state("withdrawal-confirmed", "2025-02-01", received("2025-01-06"), withdrawn) == "outstanding"
    confirmed = event("withdrawal-confirmed", "2025-01-14")
    assert state("withdrawal-confirmed", "2025-02-01", received("2025-01-06"), withdrawn, confirmed) == "done"
    assert state("receipt-information", "2025-02-01", received("2025-01-06"), withdrawn) == "fallen-away"


def test_each_agreed_action_is_a_duty_that_withdrawal_leaves() -> None:
    events = [
        received("2024-06-01"),
        event("remedy-agreed", "2024-06-03", remedy=1, due="2024-07-01"),
        event("remedy-agreed", "2024-06-03", remedy=2, due="2024-08-01"),
        event("remedy-agreed", "2024-06-03"),
        event("remedy-done", "2024-06-20", remedy=2),
        event("withdrawn", "2024-06-10", "stage-1"),
    ]
    found = duties(case(*events), load_pack(), load_calendar(), on=D("2024-07-02"))
    assert [(each.item, str(each.due), each.state) for each in found if each.rule.id == "agreed-action"] == [
        (1, "2024-07-01", "missed"),
        (2, "2024-08-01", "done"),
    ]


def test_each_disputed_change_is_thought_about() -> None:
    events = [
        event("point-raised", "2024-06-03", "stage-1", point=1, contests_change=True),
        event("point-raised", "2024-06-03", "stage-1", point=2, contests_change=True),
        event("point-raised", "2024-06-03", "stage-1", point=3),
        event("freeze-considered", "2024-06-05", point=2, frozen=True),
    ]
    found = duties(case(*events), load_pack(), load_calendar(), on=D("2024-07-02"))
    assert [(each.item, each.state) for each in found if each.rule.id == "freeze-considered"] == [
        (1, "outstanding"),
        (2, "done"),
    ]


def test_papers_are_owed_before_the_panel() -> None:
    arranged = event("panel-arranged", "2025-05-01", "stage-3", meets="2025-06-05")
    found = [state("panel-papers", day, PANEL, arranged) for day in ("2025-05-21", "2025-05-22")]
    assert found == ["outstanding", "missed"]


def test_a_stage_that_happens_again_owes_again() -> None:
    again = event("complaint-received", "2024-06-03", "stage-1", occurrence=2)
    found = duties(case(received("2024-01-08"), again), load_pack(), load_calendar(), on=D("2024-06-04"))
    assert [(each.occurrence, str(each.due), each.state) for each in found if each.rule.id == "stage-1-response"] == [
        (1, "2024-01-22", "missed"),
        (2, "2024-06-17", "outstanding"),
    ]


def test_two_requests_are_one_duty() -> None:
    assert (
        state("independent-person", "2024-10-01", ASKED, event("stage-requested", "2024-09-10", "stage-2"))
        == "outstanding"
    )


def test_skipping_stage_1_opens_stage_2() -> None:
    events = [received("2023-11-20"), event("stage-1-skipped", "2023-12-01")]
    assert state("independent-person", "2024-01-20", *events) == "outstanding"
    found = duty("stage-2-response", "2024-01-20", *events)
    assert found is not None
    assert (str(found.due), found.state) == ("2024-01-10", "missed")


def test_duties_come_in_order_of_their_deadlines() -> None:
    found = duties(case(received("2018-10-01"), ASKED), load_pack(), load_calendar(), on=D("2024-09-01"))
    dues = [str(each.due.earliest) for each in found if each.due is not None]
    assert dues == sorted(dues)
    assert [each.due for each in found][len(dues) :] == [None] * (len(found) - len(dues))
    assert {each.rule.id for each in found[len(dues) :]} >= {"receipt-information", "independent-person"}


def test_what_happens_later_is_not_known() -> None:
    answer = event("response-sent", "2018-10-10", "stage-1")
    assert state("stage-1-response", "2018-10-09", received("2018-10-01"), answer) == "outstanding"
    assert state("stage-1-response", "2018-09-30", received("2018-10-01"), answer) is None


def test_a_disputed_suspension_of_one_point_does_not_suspend_the_rest() -> None:
    events = [received("2018-10-01"), event("suspended", "2018-10-05", prejudice=True, point=1)]
    assert state("stage-1-response", "2018-10-20", *events) == "missed"
    assert state("suspension-notice", "2018-10-20", *events) == "outstanding"


def test_the_other_packs_have_their_duties() -> None:
    assert state("acknowledge", "2025-12-30", received("2025-12-19"), pack="adults-england-2009") == "missed"
    assert state("acknowledge", "2026-07-20", received("2026-06-20"), pack="data-protection-2026") == "outstanding"
    moot = event("resolved", "2026-01-05", "stage-1")
    acknowledged = event("stage-acknowledged", "2025-12-23", "stage-1")
    assert (
        state("discussion", "2026-01-20", received("2025-12-19"), acknowledged, moot, pack="wales-2014")
        == "fallen-away"
    )


def test_another_stage_neither_raises_nor_meets_a_duty() -> None:
    answered = event("response-sent", "2018-10-10", "stage-1")
    assert state("panel-right-told", "2018-11-01", received("2018-10-01"), answered) is None
    other = event("response-sent", "2018-10-10", "stage-2")
    assert state("stage-1-response", "2018-10-20", received("2018-10-01"), other) == "missed"
    first = event("response-sent", "2024-09-10", "stage-1")
    assert state("stage-2-delay-notice", "2024-10-10", ASKED, first) == "missed"


def test_a_later_decision_raises_its_duty_though_an_earlier_one_did_not() -> None:
    decided = [
        event("sufficient-interest-decided", "2025-01-10", accepted=True),
        event("sufficient-interest-decided", "2025-01-20", accepted=False),
    ]
    assert (
        state("interest-refusal-notified", "2025-02-01", received("2025-01-06", category="A5"), *decided)
        == "outstanding"
    )


def test_what_has_no_number_is_passed_over() -> None:
    events = [
        event("remedy-agreed", "2024-06-03"),
        event("remedy-agreed", "2024-06-03", remedy="first"),
        event("remedy-agreed", "2024-06-03", remedy=2, due="2024-08-01"),
    ]
    found = duties(case(*events), load_pack(), load_calendar(), on=D("2024-07-02"))
    assert [each.item for each in found if each.rule.id == "agreed-action"] == [2]


def test_the_delay_notice_is_owed_by_the_initial_limit_even_once_it_is_sent() -> None:
    found = duty(
        "stage-2-delay-notice",
        "2024-10-20",
        ASKED,
        event("delay-notice-sent", "2024-10-01", "stage-2", promised="2024-11-01"),
    )
    assert found is not None
    assert (str(found.due), str(found.done)) == ("2024-10-03", "2024-10-01")


def test_a_panel_in_the_making_is_outstanding() -> None:
    members = [event("panellist-appointed", "2025-05-12", "stage-3", seat=seat) for seat in (1, 2)]
    found = duty("panel-appointed", "2025-05-20", PANEL, *members)
    assert found is not None
    assert (found.state, found.done, found.why) == ("outstanding", None, "")
    made = duty(
        "panel-appointed", "2025-05-20", PANEL, *members, event("panellist-appointed", "2025-05-13", "stage-3", seat=3)
    )
    assert made is not None
    assert (made.state, str(made.done), made.why) == ("done", "2025-05-13", "")


def test_two_of_something_are_two() -> None:
    rule = replace(load_pack().duty("panel-appointed"), count=2)
    pack = replace(load_pack(), duties=(rule,), versions=())
    members = [event("panellist-appointed", f"2025-05-1{seat}", "stage-3", seat=seat) for seat in (1, 2)]
    counted = [
        duties(case(PANEL, *members[:many]), pack, load_calendar(), on=D("2025-05-20"))[0].state for many in (1, 2)
    ]
    assert counted == ["outstanding", "done"]


def test_a_denial_is_not_undone_by_silence() -> None:
    answers = [
        event("response-sent", "2024-10-01", "stage-2", panel_right=False),
        event("response-sent", "2024-10-02", "stage-2"),
    ]
    assert state("panel-right-told", "2024-12-01", ASKED, *answers) == "missed"


def test_withdrawing_one_point_excuses_nothing_else() -> None:
    assert (
        state("independent-person", "2024-10-01", ASKED, event("withdrawn", "2024-09-10", "stage-2", point=1))
        == "outstanding"
    )
    assert (
        state("independent-person", "2024-10-01", ASKED, event("withdrawn", "2024-09-10", "stage-2")) == "fallen-away"
    )


def test_where_the_information_was_recorded_does_not_matter() -> None:
    given = event("receipt-information-given", "2025-01-07", "stage-2", **GIVEN)
    assert state("receipt-information", "2025-01-20", received("2025-01-06"), given) == "done"
