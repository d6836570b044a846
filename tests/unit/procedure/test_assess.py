"""What a chronology lets one see, sign by sign."""

from typing import Any

import pytest

from tests.unit.procedure.test_chronology import told
from upheld.procedure import load_calendar, load_pack
from upheld.procedure.answers import assessment_answer, dating_answer
from upheld.procedure.assess import assess
from upheld.procedure.chronology import read_chronology
from upheld.procedure.dating import Dating
from upheld.procedure.seen import chance_after, measures

DECIDED = "2024-06-30"


def answer(
    *events: dict[str, Any], decided_on: str | None = DECIDED, procedure: str = "children-statutory"
) -> dict[str, Any]:
    data = {"id": "x", "decided_on": decided_on, "procedure": procedure, "events": list(events)}
    return assessment_answer(assess(read_chronology(data), load_calendar()))


def faults(*events: dict[str, Any], **keywords: Any) -> dict[str, bool]:
    return {fault["code"]: fault["sure"] for fault in answer(*events, **keywords)["faults"]}


def why(code: str, *events: dict[str, Any], **keywords: Any) -> str:
    (found,) = [fault["why"] for fault in answer(*events, **keywords)["faults"] if fault["code"] == code]
    return str(found)


STAGE_2 = "stage-2-report+adjudication"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([told("stage-2-request", "2023-01-09"), told("adjudication", "2023-04-12")], {}, id="on day 65"),
        pytest.param(
            [told("stage-2-request", "2023-01-09"), told("adjudication", "2023-04-19")],
            {STAGE_2: False},
            id="within what post can take",
        ),
        pytest.param(
            [told("stage-2-request", "2023-01-09"), told("adjudication", "2023-04-20")], {STAGE_2: True}, id="beyond it"
        ),
        pytest.param(
            [told("stage-2-request", "2023-01-09"), told("stage-2-response", "2023-02-20")],
            {},
            id="after day 25, which a notice may allow",
        ),
        pytest.param([told("stage-2-request", "2023-01"), told("adjudication", "2023-04")], {}, id="too rough to say"),
        pytest.param(
            [told("stage-2-request", "2023-01"), told("adjudication", "2023-05")],
            {STAGE_2: False},
            id="rough and probably late",
        ),
        pytest.param(
            [told("stage-2-request", "2023-01"), told("adjudication", "2023-06")],
            {STAGE_2: True},
            id="rough and certainly late",
        ),
        pytest.param(
            [
                told("stage-2-request", "2023-01-09"),
                told("stage-2-accepted", "2023-01-12"),
                told("not-done-as-of", "2023-05-09", 2),
            ],
            {STAGE_2: True},
            id="said to be outstanding",
        ),
        pytest.param(
            [told("stage-2-request", "2024-01-09"), told("stage-2-accepted", "2024-01-12")],
            {STAGE_2: False},
            id="nothing told of it",
        ),
        pytest.param(
            [told("stage-2-request", "2024-05-09"), told("stage-2-accepted", "2024-05-12")], {}, id="still running"
        ),
        pytest.param(
            [told("stage-2-request", "2023-01-09"), told("stage-2-report", "2023-06-01")],
            {STAGE_2: True},
            id="even the report came late",
        ),
        pytest.param(
            [
                told("stage-2-request", "2023-01-09"),
                told("stage-2-report", "2023-03-01"),
                told("stage-3-request", "2023-06-01"),
                told("panel-held", "2023-06-20"),
            ],
            {},
            id="the adjudication is not told of",
        ),
        pytest.param([told("not-done-as-of", "2023-05-09", 2)], {STAGE_2: False}, id="outstanding, its start not told"),
        pytest.param(
            [told("due-by", "2023-01", 2), told("stage-2-response", "2023-01-20")], {}, id="in the month it was due"
        ),
        pytest.param([told("due-by", "2023-01", 2)], {STAGE_2: False}, id="due, and nothing told of it"),
        pytest.param(
            [
                told("stage-2-request", "2023-01-09"),
                told("procedure-suspended", "2023-02-01", 2, "at the complainant's request"),
                told("adjudication", "2023-09-24"),
            ],
            {STAGE_2: False},
            id="a pause before the limit",
        ),
        pytest.param(
            [
                told("stage-2-request", "2023-01-09"),
                told("procedure-suspended", "2023-06-01", 2, "at the complainant's request"),
                told("adjudication", "2023-09-24"),
            ],
            {STAGE_2: True},
            id="a pause after it",
        ),
        pytest.param(
            [
                told("stage-2-request", "2023-01-09"),
                told("procedure-suspended", "2023-02-01", 3, "at the complainant's request"),
                told("adjudication", "2023-09-24"),
            ],
            {STAGE_2: True},
            id="a pause of another stage",
        ),
        pytest.param(
            [
                told("stage-2-request", "2023-01-09"),
                told("procedure-suspended", "2023-02-01", 0, "at the complainant's request"),
                told("adjudication", "2023-09-24"),
            ],
            {STAGE_2: False},
            id="a pause of no stage",
        ),
    ],
)
def test_stage_2(events: list[dict[str, Any]], expected: dict[str, bool]) -> None:
    assert faults(*events) == expected


def test_under_another_procedure_nothing_is_sure() -> None:
    events = [told("complaint-made", "2023-01-09"), told("stage-1-response", "2023-06-09")]
    assert faults(*events) == {"stage-1-response": True}
    assert faults(*events, procedure="other") == {"stage-1-response": False}
    assert faults(*events, procedure="corporate") == {"stage-1-response": False, "wrong-procedure": False}
    assert why("stage-1-response", *events, procedure="other").endswith(
        "Another procedure was used: whether the matter belonged in this one would settle it."
    )


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("", "eligibility"),
        ("court proceedings are under way", "suspension"),
        ("the police are investigating", "suspension"),
        ("made too late", "eligibility"),
        ("no consent of the child", "eligibility"),
        ("to be dealt with under the corporate procedure", "wrong-procedure"),
        ("would not use the statutory procedure", "wrong-procedure"),
        ("made on behalf of a grandchild", "eligibility"),
        ("historic matters", "eligibility"),
        ("child protection, which it does not cover", "wrong-procedure"),
    ],
)
def test_a_complaint_refused(note: str, code: str) -> None:
    assert faults(
        told("complaint-made", "2024-01"), told("complaint-refused", "2024-02", 1, note), procedure="other"
    ) == {code: False}


def test_a_refusal_may_have_two_grounds() -> None:
    refused = told("complaint-refused", "2024-02", 1, "not eligible for the statutory procedure")
    assert faults(told("complaint-made", "2024-01"), refused) == {"eligibility": False, "wrong-procedure": False}


def test_a_complaint_refused_in_the_corporate_procedure() -> None:
    events = [told("complaint-made", "2024-01"), told("complaint-refused", "2024-02", 1)]
    assert faults(*events, procedure="corporate") == {"wrong-procedure": False}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([told("stage-2-refused", "2024-02")], {"stage-2-refused": False}, id="refused"),
        pytest.param(
            [
                told("stage-2-request", "2023-01"),
                told("stage-2-refused", "2023-02"),
                told("stage-2-accepted", "2023-09"),
                told("adjudication", "2023-12"),
            ],
            {STAGE_2: True, "stage-2-refused": False, "stage-2-start": False},
            id="refused, then begun all the same",
        ),
        pytest.param(
            [
                told("stage-2-response", "2023-01-09"),
                told("stage-3-request", "2023-02-06"),
                told("stage-3-refused", "2023-03"),
            ],
            {"stage-3-refused": True},
            id="a panel asked for on the last day",
        ),
        pytest.param(
            [
                told("stage-2-response", "2023-01-09"),
                told("stage-3-request", "2023-02-07"),
                told("stage-3-refused", "2023-03"),
            ],
            {"stage-3-refused": False, "request-window": False},
            id="a panel asked for a day late by the sending",
        ),
        pytest.param(
            [
                told("stage-2-response", "2023-01"),
                told("stage-3-request", "2023-02"),
                told("stage-3-refused", "2023-03"),
            ],
            {"stage-3-refused": False},
            id="too rough to say",
        ),
        pytest.param(
            [told("stage-3-request", "2023-02"), told("stage-3-refused", "2023-03", 3, "out of time")],
            {"stage-3-refused": False, "request-window": False},
            id="said to be late",
        ),
        pytest.param(
            [
                told("stage-2-response", "2023-03-09"),
                told("stage-3-request", "2023-02-06"),
                told("stage-3-refused", "2023-03-10"),
            ],
            {"stage-3-refused": False},
            id="asked for before the answer",
        ),
        pytest.param(
            [
                told("stage-2-response", "2023-01-09"),
                told("stage-3-request", "2023-01-16"),
                told("early-referral-offered", "2023-01-20", 3),
                told("stage-3-refused", "2023-03"),
            ],
            {"stage-3-refused": False, "early-referral": False},
            id="sent to the Ombudsman instead",
        ),
    ],
)
def test_stages_refused(events: list[dict[str, Any]], expected: dict[str, bool]) -> None:
    assert faults(*events) == expected


@pytest.mark.parametrize(
    ("events", "late"),
    [
        ([told("stage-2-request", "2024-01-08"), told("io-appointed", "2024-02-12")], False),
        ([told("stage-2-request", "2024-01-08"), told("io-appointed", "2024-02-13")], True),
        (
            [
                told("stage-2-request", "2024-01-08"),
                told("stage-2-accepted", "2024-01-10"),
                told("io-appointed", "2024-03-13"),
            ],
            True,
        ),
        ([told("stage-2-request", "2024-01-08"), told("stage-2-accepted", "2024-03-10")], True),
        ([told("stage-2-request", "2024-05-08")], True),
        ([told("stage-2-request", "2024-06-08")], False),
        ([told("stage-2-request", "2024-01-08"), told("stage-2-report", "2024-03-20")], False),
        ([told("stage-2-request", "2024-01-08"), told("adjudication", "2024-03-20")], False),
        (
            [
                told("stage-2-request", "2024-01-08"),
                told("stage-2-accepted", "approx"),
                told("adjudication", "2024-03-20"),
            ],
            False,
        ),
        (
            [
                told("stage-2-request", "2024-01-08"),
                told("not-done-as-of", "2024-03-20", 2, "no investigator appointed"),
                told("adjudication", "2024-04-05"),
            ],
            True,
        ),
    ],
)
def test_beginning_stage_2(events: list[dict[str, Any]], late: bool) -> None:
    assert ("stage-2-start" in faults(*events)) is late


@pytest.mark.parametrize(
    ("events", "late"),
    [
        ([told("stage-2-accepted", "2024-01-08"), told("complaint-statement-agreed", "2024-02-12")], False),
        ([told("stage-2-accepted", "2024-01-08"), told("complaint-statement-agreed", "2024-02-13")], True),
        ([told("stage-2-request", "2024-01-08"), told("complaint-statement-agreed", "2024-02-13")], True),
        (
            [
                told("stage-2-request", "2023-11-08"),
                told("stage-2-accepted", "2024-01-20"),
                told("complaint-statement-agreed", "2024-02-13"),
            ],
            False,
        ),
        ([told("complaint-statement-agreed", "2024-02-13")], False),
    ],
)
def test_settling_the_statement(events: list[dict[str, Any]], late: bool) -> None:
    assert ("statement-of-complaint" in faults(*events)) is late


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([told("delay-period-start", "2023-01", 2), told("delay-period-end", "2023-06", 2)], {STAGE_2: True}),
        ([told("delay-period-start", "2023-01", 2), told("delay-period-end", "2023-03", 2)], {STAGE_2: False}),
        ([told("delay-period-start", "2023-01", 2)], {STAGE_2: False}),
        (
            [told("delay-period-start", "2023-01", 1), told("delay-period-end", "2023-04", 1)],
            {"stage-1-response": True},
        ),
        (
            [told("delay-period-start", "2023-01", 3), told("delay-period-end", "2023-02", 3)],
            {"stage-3-panel-held": False},
        ),
        (
            [
                told("panel-held", "2023-01-09"),
                told("delay-period-start", "2023-01-10", 3),
                told("panel-report", "2023-01-12"),
            ],
            {"panel-report": False},
        ),
        (
            [told("delay-period-start", "2023-01", 0), told("delay-period-end", "2023-06", 0)],
            {"whole-procedure": False},
        ),
        (
            [
                told("delay-period-start", "2023-01-09", 2),
                told("delay-period-end", "2023-03-01", 2),
                told("stage-2-accepted", "2023-03-01"),
                told("adjudication", "2023-04-03"),
            ],
            {"stage-2-start": False},
        ),
    ],
)
def test_periods_of_delay(events: list[dict[str, Any]], expected: dict[str, bool]) -> None:
    assert faults(*events) == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("paused at the complainant's request", {}),
        ("agreed with the family", {}),
        ("because of court proceedings", {"suspension": False}),
        ("agreed with the parents while court proceedings last", {"suspension": False}),
        ("", {"suspension": False}),
    ],
)
def test_a_pause_is_explained_by_a_wish_and_questioned_for_proceedings(note: str, expected: dict[str, bool]) -> None:
    assert faults(told("stage-2-response", "2024-01"), told("procedure-suspended", "2024-02", 3, note)) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (
            [told("ombudsman-earlier-decision", "2023-01"), told("remedy-overdue", "2023-06", 2)],
            {"ombudsman-agreed-action": True},
        ),
        ([told("remedy-overdue", "2023-06")], {"remedy-implementation": True}),
        (
            [told("remedy-overdue", "2023-06"), told("ombudsman-earlier-decision", "2023-08")],
            {"remedy-implementation": True},
        ),
        (
            [told("procedure-suspended", "2023-05", 0, "agreed"), told("remedy-overdue", "2023-06")],
            {"remedy-implementation": False},
        ),
        (
            [told("ombudsman-earlier-decision", "2023-01"), told("not-done-as-of", "2023-06")],
            {"ombudsman-agreed-action": False},
        ),
        (
            [
                told("ombudsman-earlier-decision", "2023-01-09"),
                told("stage-2-accepted", "2023-04-20"),
                told("adjudication", "2023-06-20"),
            ],
            {"ombudsman-agreed-action": False},
        ),
        (
            [
                told("ombudsman-earlier-decision", "2023-01-09"),
                told("stage-2-accepted", "2023-03-20"),
                told("adjudication", "2023-05-20"),
            ],
            {},
        ),
    ],
)
def test_what_was_agreed(events: list[dict[str, Any]], expected: dict[str, bool]) -> None:
    assert faults(*events) == expected


def test_a_date_agreed_with_the_ombudsman_is_no_limit_of_a_stage() -> None:
    clocks = answer(
        told("ombudsman-earlier-decision", "2023-01"),
        told("due-by", "2023-02", 2),
        told("stage-2-response", "2023-04", 2),
    )["clocks"]
    assert [(clock["clock"], clock["due"]) for clock in clocks] == [
        ("stage-2-response", None),
        ("agreed-action", {"earliest": "2023-02-01", "latest": "2023-02-28"}),
    ]


def test_advocacy_told_of_late() -> None:
    def events(on: str) -> list[dict[str, Any]]:
        return [
            told("complaint-made", "2024-01-08"),
            told("stage-1-response", "2024-01-12"),
            told("advocacy-signposted", on),
        ]

    assert faults(*events("2024-02-05")) == {}
    assert faults(*events("2024-02-06")) == {"advocacy": False}


def test_chasing_an_overdue_answer() -> None:
    chased = told("holding-update", "2024-05", 2, "complainant chased")
    assert "updates-to-complainant" in faults(told("stage-2-accepted", "2024-01-08"), chased)
    assert "updates-to-complainant" not in faults(told("stage-2-accepted", "2024-04-08"), chased)
    assert "updates-to-complainant" not in faults(
        told("stage-2-accepted", "2024-01-08"), told("holding-update", "2024-05", 2)
    )


def test_the_whole_is_weighed_where_no_stage_is_told_of() -> None:
    assert faults(told("complaint-made", "2023-01-09"), told("council-final-response", "2023-08-21")) == {}
    assert faults(told("complaint-made", "2023-01-09"), told("council-final-response", "2023-08-22")) == {
        "whole-procedure": False
    }
    assert faults(
        told("complaint-made", "2023-01-09"),
        told("stage-1-response", "2023-01-20"),
        told("not-done-as-of", "2024-01-05"),
    ) == {"whole-procedure": False}


def test_a_final_reply_of_no_stated_stage_proves_nothing() -> None:
    events = [
        told("stage-2-request", "2023-01-09"),
        told("stage-2-accepted", "2023-01-12"),
        told("council-final-response", "2023-09-01"),
    ]
    assert faults(*events) == {STAGE_2: False}
    stated = [*events[:2], told("council-final-response", "2023-09-01", 2)]
    assert faults(*stated) == {STAGE_2: True}


def test_at_stage_3_the_next_step_is_the_one_that_is_due() -> None:
    asked, held = told("stage-3-request", "2023-01-09"), told("panel-held", "2023-02-06")
    report = told("panel-report", "2023-02-10")
    assert faults(asked, told("not-done-as-of", "2023-06-01", 3)) == {"stage-3-panel-held": True}
    assert faults(asked, held, told("not-done-as-of", "2023-06-01", 3)) == {"panel-report": True}
    assert faults(asked, held, report, told("not-done-as-of", "2023-06-01", 3)) == {"council-response-to-panel": True}
    assert faults(
        asked, held, report, told("due-by", "2023-03", 3), told("council-response-to-panel", "2023-06-20")
    ) == {"council-response-to-panel": True}


def test_a_stated_limit_is_set_beside_the_counted_one() -> None:
    clock, _ = answer(
        told("stage-3-request", "2024-01-08"), told("due-by", "2024-03", 3), told("panel-held", "2024-03-10")
    )["clocks"]
    assert (clock["due"], clock["longest_due"]) == ("2024-02-19", {"earliest": "2024-02-19", "latest": "2024-03-31"})
    assert clock["standing"] == "cannot-tell"


def test_an_answer_said_to_be_outstanding_came_after_that() -> None:
    (clock,) = answer(
        told("stage-2-accepted", "2024-01-08"), told("not-done-as-of", "2024-05-20", 2), told("adjudication", "2024-05")
    )["clocks"]
    assert clock["done"] == {"earliest": "2024-05-20", "latest": "2024-05-31"}
    (odd,) = answer(
        told("stage-2-accepted", "2024-01-08"), told("not-done-as-of", "2024-06-20", 2), told("adjudication", "2024-05")
    )["clocks"]
    assert odd["done"] == {"earliest": "2024-05-01", "latest": "2024-05-31"}


def test_several_signs_of_one_fault_are_one_fault() -> None:
    events = [told("remedy-overdue", "2023-06"), told("remedy-overdue", "2023-08")]
    assert faults(*events) == {"remedy-implementation": True}
    assert why("remedy-implementation", *events) == (
        "An agreed action was overdue on some day in June 2023. "
        "An agreed action was overdue on some day in August 2023."
    )


@pytest.mark.parametrize(
    ("dating", "expected"),
    [
        (None, None),
        (Dating.unknown(), None),
        (Dating.month(2024, 2), {"earliest": "2024-02-01", "latest": "2024-02-29"}),
    ],
)
def test_dates_in_json(dating: Dating | None, expected: object) -> None:
    assert dating_answer(dating) == expected


def test_days_over_in_json() -> None:
    def over(*events: dict[str, Any]) -> Any:
        clock = answer(*events)["clocks"][0]
        return clock["standing"], clock["working_days_over"]

    assert over(told("stage-2-accepted", "2024-06-10")) == ("running", 0)
    assert over(told("stage-2-accepted", "2024-01"), told("adjudication", "2024-04")) == ("cannot-tell", None)
    assert over(told("stage-3-request", "2024-01-08"), told("panel-held", "2024-02-26")) == ("missed", 5)
    assert over(told("stage-3-request", "2024-01"), told("panel-held", "2024-05-01")) == (
        "missed",
        {"least": 33, "most": 55},
    )


def test_likelihood() -> None:
    march, may = Dating.month(2024, 3), Dating.month(2024, 5)
    assert (chance_after(may, march), chance_after(march, may)) == (1.0, 0.0)
    assert 0.4 < chance_after(march, march) < 0.5


def test_every_measure_has_a_provision() -> None:
    codes = measures().provisions
    assert len(codes) == 23
    clocks = ("stage-1-response", "stage-2-response", "panel-held", "panel-report", "response-to-panel")
    assert {load_pack().clock(clock).fault for clock in clocks} <= set(codes)
    assert measures().whole_procedure == sum(
        max(filter(None, (rule.length, rule.longest)))
        for rule in (load_pack().clock(name) for name in (*clocks, "panel-request"))
    )


def test_the_same_sign_told_twice_is_told_once() -> None:
    events = [told("remedy-overdue", "2023-06"), told("remedy-overdue", "2023-06")]
    assert why("remedy-implementation", *events) == "An agreed action was overdue on some day in June 2023."


def test_nothing_is_made_of_dates_that_are_not_known() -> None:
    assert (
        faults(told("stage-2-request", "approx"), told("io-appointed", "2024-04-30"), told("stage-2-report", "2024-06"))
        == {}
    )
    assert faults(told("stage-3-refused", "2024-05")) == {"stage-3-refused": False}


def test_a_stated_limit_stands_where_the_start_is_not_known() -> None:
    (clock,) = answer(told("stage-2-request", "approx"), told("due-by", "2024-02", 2), told("adjudication", "2024-04"))[
        "clocks"
    ]
    assert (clock["started"], clock["due"], clock["standing"]) == (
        None, {"earliest": "2024-02-01", "latest": "2024-02-29"}, "missed",
    )  # fmt: skip


def test_a_report_told_of_after_the_panel_was_asked_for_is_no_answer() -> None:
    clocks = answer(
        told("stage-2-request", "2024-01-09"),
        told("stage-3-request", "2024-03-05"),
        told("stage-2-report", "2024-04-09"),
    )["clocks"]
    assert {clock["clock"]: clock["done"] for clock in clocks}["stage-2-response"] is None
