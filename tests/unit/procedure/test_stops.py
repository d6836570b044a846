"""What lawfully ends a stage ends its limit: nothing is owed any more, and nothing was broken."""

from datetime import date

import pytest

from tests.unit.procedure.builders import case, event, received
from upheld.procedure import Event, duties, faults, load_calendar, load_pack, standings
from upheld.procedure.standing import ClockStanding

LATER = date(2024, 12, 2)
SIX = {
    "robust_report": True,
    "complete_adjudication": True,
    "all_significant_upheld": True,
    "action_plan": True,
    "desired_outcomes_met": True,
    "complainant_agrees": True,
}
ANSWERED = (event("stage-requested", "2023-07-03", "stage-2"), event("response-sent", "2023-08-01", "stage-2"))
IN_TIME, LATE = event("stage-requested", "2023-08-14", "stage-3"), event("stage-requested", "2023-11-14", "stage-3")


def standing(clock: str, *events: Event, on: date = LATER) -> ClockStanding:
    found = standings(case(*events), load_pack(), load_calendar(), on=on)
    return next(each for each in found if each.run.clock == clock)


def state(clock: str, *events: Event) -> str:
    return str(standing(clock, *events).state)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([event("resolved", "2024-01-22", "stage-1")], "met", id="resolved on day 10"),
        pytest.param([event("resolved", "2024-01-23", "stage-1")], "missed", id="resolved on day 11"),
        pytest.param([event("stage-1-skipped", "2024-01-12")], "ended", id="stage 1 skipped"),
        pytest.param([event("stage-1-skipped", "2024-01-23")], "missed", id="skipped when the limit had passed"),
        pytest.param([event("complaint-refused", "2024-01-12", ground="scope")], "ended", id="not accepted"),
        pytest.param(
            [event("complaint-refused", "2024-01-12", ground="scope", point=1)], "missed", id="one point not accepted"
        ),
        pytest.param(
            [event("complaint-refused", "2024-01-12"), event("stage-accepted", "2024-01-18", "stage-1")],
            "missed",
            id="not accepted, then accepted after all",
        ),
        pytest.param(
            [event("complaint-refused", "2024-01-12"), event("response-sent", "2024-03-01", "stage-1")],
            "missed",
            id="not accepted, then answered after all",
        ),
        pytest.param(
            [event("stage-accepted", "2024-01-10", "stage-1"), event("complaint-refused", "2024-01-12")],
            "ended",
            id="accepted, then not",
        ),
        pytest.param([event("withdrawn", "2024-01-12", "stage-1")], "ended", id="withdrawn"),
        pytest.param([event("withdrawn", "2024-01-05", "stage-1")], "missed", id="another complaint, withdrawn before"),
        pytest.param(
            [
                event("later-start-agreed", "2024-01-09", "stage-1", start="2024-03-04", asked_by="complainant"),
                event("withdrawn", "2024-02-01", "stage-1"),
            ],
            "ended",
            id="withdrawn before a later start",
        ),
        pytest.param(
            [event("stage-1-skipped", "2024-01-16"), event("withdrawn", "2024-01-12", "stage-1")],
            "ended",
            id="ended twice",
        ),
    ],
)
def test_stage_1(events: list[Event], expected: str) -> None:
    assert state("stage-1-response", received("2024-01-08"), *events) == expected


def test_the_reason_is_the_first_that_ended_it() -> None:
    events = [
        received("2024-01-08"),
        event("stage-1-skipped", "2024-01-16"),
        event("withdrawn", "2024-01-18", "stage-1"),
    ]
    assert standing("stage-1-response", *events).reasons[-1] == (
        "Nothing more was owed from 16 January 2024: both agreed to go straight to stage 2 (SI 2006/1738 reg 14(1))."
    )
    first = standing("stage-1-response", *events[:2], event("withdrawn", "2024-01-12", "stage-1"))
    assert first.reasons[-1] == "Nothing more was owed from 12 January 2024: the complaint was withdrawn."


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([IN_TIME], "missed", id="nothing happened"),
        pytest.param([IN_TIME, event("early-referral-decided", "2023-08-21", **SIX)], "ended", id="early referral"),
        *(
            pytest.param(
                [IN_TIME, event("early-referral-decided", "2023-08-21", **{**SIX, name: False})],
                "missed",
                id=f"without {name}",
            )
            for name in SIX
        ),
        pytest.param(
            [LATE, event("late-request-decided", "2023-11-20", "stage-3", accepted=False)], "ended", id="late"
        ),
        pytest.param(
            [IN_TIME, event("late-request-decided", "2023-08-20", "stage-3", accepted=False)],
            "missed",
            id="called late, and in time",
        ),
        pytest.param(
            [LATE, event("late-request-decided", "2023-11-20", "stage-3", accepted=True)], "missed", id="late, accepted"
        ),
        pytest.param(
            [
                LATE,
                event("late-request-decided", "2023-11-20", "stage-3", accepted=False),
                event("late-request-decided", "2023-12-04", "stage-3", accepted=True),
            ],
            "missed",
            id="late, and accepted after all",
        ),
        pytest.param(
            [IN_TIME, event("stage-refused", "2023-08-21", "stage-3", ground="no-use")], "missed", id="refused"
        ),
    ],
)
def test_a_panel(events: list[Event], expected: str) -> None:
    assert state("panel-held", *ANSWERED, *events) == expected


def test_what_is_no_longer_owed_is_no_fault_and_no_duty() -> None:
    referred = case(*ANSWERED, IN_TIME, event("early-referral-decided", "2023-08-21", **SIX))
    pack, calendar = load_pack(), load_calendar()
    assert [each.code for each in faults(referred, pack, calendar, on=LATER) if each.stage == "stage-3"] == []
    owed = {each.rule.id: str(each.state) for each in duties(referred, pack, calendar, on=LATER)}
    assert {owed[name] for name in ("panel-held", "panel-appointed", "panel-chair")} == {"fallen-away"}
    skipped = case(received("2024-01-08"), event("stage-1-skipped", "2024-01-12"))
    assert [each.code for each in faults(skipped, pack, calendar, on=date(2024, 2, 1))] == []


def test_stage_1_skipped_the_second_time_ends_the_second_only() -> None:
    events = [
        received("2024-01-08"),
        event("complaint-received", "2024-06-03", "stage-1", occurrence=2),
        event("stage-1-skipped", "2024-06-05", "stage-1", occurrence=2),
    ]
    found = standings(case(*events), load_pack(), load_calendar(), on=LATER)
    assert [(each.run.occurrence, str(each.state)) for each in found if each.run.clock == "stage-1-response"] == [
        (1, "missed"),
        (2, "ended"),
    ]


def second(kind: str, on: str, stage: str, **data: str | int | bool | None) -> Event:
    return event(kind, on, stage, occurrence=2, **data)


def each_time(clock: str, *events: Event) -> dict[int, str]:
    found = standings(case(*events), load_pack(), load_calendar(), on=LATER)
    return {each.run.occurrence: str(each.state) for each in found if each.run.clock == clock}


def test_what_was_withdrawn_before_this_was_asked_for_is_another_matter() -> None:
    withdrawn = event("withdrawn", "2024-01-12", "stage-1")
    again = second("complaint-received", "2024-06-03", "stage-1")
    assert each_time("stage-1-response", received("2024-01-08"), withdrawn, again) == {1: "ended", 2: "missed"}
    asked = (event("stage-requested", "2024-01-08", "stage-2"), event("stage-requested", "2024-06-03", "stage-3"))
    assert state("panel-held", *asked, event("withdrawn", "2024-02-01", "stage-2")) == "missed"


def test_a_refusal_is_undone_by_its_own_stage_and_time_only() -> None:
    refused = (received("2024-01-08"), event("complaint-refused", "2024-01-12", "stage-1"))
    assert state("stage-1-response", *refused, event("response-sent", "2024-05-01", "ombudsman")) == "ended"
    later = (
        second("complaint-received", "2024-06-03", "stage-1"),
        second("response-sent", "2024-06-10", "stage-1"),
    )
    assert each_time("stage-1-response", *refused, *later) == {1: "ended", 2: "met"}


def test_a_late_request_is_of_its_own_stage_and_time() -> None:
    elsewhere = event("late-request-decided", "2023-11-20", "stage-2", accepted=False)
    assert state("panel-held", *ANSWERED, LATE, elsewhere) == "missed"
    again = (
        second("stage-requested", "2024-01-08", "stage-2"),
        second("response-sent", "2024-02-05", "stage-2"),
        second("stage-requested", "2024-06-03", "stage-3"),
        second("late-request-decided", "2024-06-10", "stage-3", accepted=False),
    )
    held = event("panel-held", "2023-09-04", "stage-3")
    assert each_time("panel-held", *ANSWERED, IN_TIME, held, *again) == {1: "met", 2: "ended"}


def test_a_resolution_discharges_the_duty_of_its_own_time() -> None:
    events = (
        received("2024-01-08"),
        second("complaint-received", "2024-01-15", "stage-1"),
        second("resolved", "2024-01-16", "stage-1"),
    )
    found = duties(case(*events), load_pack(), load_calendar(), on=date(2024, 3, 1))
    assert {each.occurrence: str(each.state) for each in found if each.rule.id == "stage-1-response"} == {
        1: "missed",
        2: "fallen-away",
    }
