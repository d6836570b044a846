"""Every other clock of the children's pack: starts, ends, and what stops it."""

import pytest

from tests.unit.procedure.builders import CHILDREN, case, dating, event, received, row, runs
from upheld.procedure import Event, Owner, Unit, load_calendar, load_pack
from upheld.procedure.clocks import clock_runs

ASKED_2 = event("stage-requested", "2024-08-29", "stage-2")


def test_both_limits_of_stage_2_run_from_one_start() -> None:
    run = runs(case(ASKED_2))["stage-2-response"]
    assert (str(run.due), str(run.longest_due), run.due_in_force) == ("2024-10-03", "2024-11-28", run.due)


def test_the_panel_clocks() -> None:
    found = runs(
        case(
            event("stage-requested", "2025-04-22", "stage-3"),
            event("panel-held", "2025-06-05", "stage-3"),
            event("panel-report-sent", "2025-06-11", "stage-3"),
            event("panel-recommendations-received", "2025-06-12", "stage-3"),
            event("response-to-panel-sent", "2025-07-10", "stage-3"),
        )
    )
    assert {
        clock: (str(run.start), str(run.due_in_force), str(run.longest_due), str(run.done), run.owner)
        for clock, run in found.items()
    } == {
        "panel-held": ("2025-04-22", "2025-06-05", "2025-06-05", "2025-06-05", Owner.AUTHORITY),
        "panel-report": ("2025-06-05", "2025-06-12", "2025-06-12", "2025-06-11", Owner.PANEL),
        "response-to-panel": ("2025-06-12", "2025-07-03", "2025-07-03", "2025-07-10", Owner.AUTHORITY),
    }


def test_recommendations_not_recorded_as_received_count_from_their_sending() -> None:
    found = row(
        "response-to-panel",
        event("stage-requested", "2025-04-22", "stage-3"),
        event("panel-held", "2025-06-05", "stage-3"),
        event("panel-report-sent", "2025-06-11", "stage-3"),
    )
    assert found == ("2025-06-11", "panel report sent, receipt not recorded", "", "2025-07-02")


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (
            [event("response-received", "2025-03-24", "stage-2")],
            ("2025-03-24", "stage 2 response received", "", "2025-04-23"),
        ),
        ([], ("2025-03-24", "stage 2 response sent, receipt deemed", "", "2025-04-23")),
    ],
)
def test_asking_for_a_panel_counts_from_receipt(
    events: list[Event], expected: tuple[str | None, str, str, str | None]
) -> None:
    sent = event("response-sent", "2025-03-20", "stage-2")
    assert row("panel-request", event("stage-requested", "2025-01-06", "stage-2"), sent, *events) == expected


def test_a_deemed_receipt_of_a_rough_sending_is_rough() -> None:
    sent = event("response-sent", "2025-03", "stage-2")
    assert row("panel-request", sent)[0] == "2025-03-04 to 2025-04-02"
    assert row("panel-request", event("response-sent", "?", "stage-2"))[0] == "date not known"


def test_a_request_for_the_next_stage_ends_the_time_for_asking() -> None:
    found = runs(
        case(
            received("2025-01-06"),
            event("response-sent", "2025-01-16", "stage-1"),
            event("stage-requested", "2025-01-30", "stage-2"),
            event("response-sent", "2025-03-03", "stage-2"),
            event("stage-requested", "2025-03-20", "stage-3"),
        )
    )
    assert (str(found["stage-2-request"].done), str(found["panel-request"].done)) == ("2025-01-30", "2025-03-20")


def test_limits_as_soon_as_possible_have_no_number() -> None:
    found = runs(
        case(
            received("2025-01-06", category="A5", oral=True),
            event("receipt-information-given", "2025-01-08"),
            event("sufficient-interest-decided", "2025-01-10", accepted=True),
            event("resolved", "2025-01-15", "stage-1"),
            event("stage-requested", "2025-01-30", "stage-2"),
        )
    )
    asap = {
        clock: (str(run.start), run.due, run.due_in_force, run.longest_due, run.done and str(run.done))
        for clock, run in found.items()
        if run.unit is Unit.ASAP
    }
    assert asap == {
        "receipt-information": ("2025-01-06", None, None, None, "2025-01-08"),
        "sufficient-interest-decision": ("2025-01-06", None, None, None, "2025-01-10"),
        "resolution-terms": ("2025-01-15", None, None, None, None),
        "written-record": ("2025-01-30", None, None, None, None),
    }


def test_the_record_of_a_skipped_stage_counts_from_the_agreement() -> None:
    assert row("written-record", received("2025-01-06", oral=True), event("stage-1-skipped", "2025-01-09"))[:2] == (
        "2025-01-09",
        "stage 1 skipped by agreement",
    )
    assert "written-record" not in runs(case(received("2025-01-06"), event("stage-1-skipped", "2025-01-09")))


def test_what_does_not_apply_has_no_run() -> None:
    assert set(runs(case(received("2025-01-06")))) == {"receipt-information", "stage-1-response"}


def test_each_point_has_its_own_year() -> None:
    history = case(
        received("2024-06-03"),
        event("point-raised", "2024-06-03", "stage-1", point=1, grounds="2024-03-15"),
        event("point-raised", "2024-06-10", "stage-1", point=2, grounds="2023-01-09"),
        event("point-raised", "2024-06-10", "stage-1", point=3),
        event("point-raised", "2024-06-10", "stage-1", grounds="2023-01-09"),
    )
    found = [run for run in clock_runs(history, load_pack(), load_calendar()) if run.clock == "make-complaint"]
    assert [(run.item, str(run.start), str(run.due), str(run.done)) for run in found] == [
        (1, "2024-03-15", "2025-03-15", "2024-06-03"),
        (2, "2023-01-09", "2024-01-09", "2024-06-10"),
    ]


def test_each_remedy_has_the_date_agreed_for_it() -> None:
    history = case(
        event("remedy-agreed", "2024-06-03", remedy=1, due="2024-07-01"),
        event("remedy-agreed", "2024-06-03", remedy=2, due="2024-08-01"),
        event("remedy-agreed", "2024-06-03", remedy=3),
        event("remedy-done", "2024-08-09", remedy=2),
    )
    found = clock_runs(history, load_pack(), load_calendar())
    assert [(run.clock, run.item, run.due and str(run.due), run.done and str(run.done)) for run in found] == [
        ("agreed-action", 1, "2024-07-01", None),
        ("agreed-action", 2, "2024-08-01", "2024-08-09"),
        ("agreed-action", 3, None, None),
    ]


def test_the_ombudsman_sets_the_date() -> None:
    found = runs(
        case(
            event("ombudsman-enquiry-received", "2024-06-03", "ombudsman", due="2024-07-01"),
            event("response-sent", "2024-06-28", "ombudsman"),
        )
    )
    run = found["ombudsman-response"]
    assert (str(run.start), str(run.due), str(run.due_in_force), str(run.longest_due), str(run.done)) == (
        "2024-06-03", "2024-07-01", "2024-07-01", "2024-07-01", "2024-06-28",
    )  # fmt: skip
    assert runs(case(event("ombudsman-enquiry-received", "2024-06-03", "ombudsman")))["ombudsman-response"].due is None


def test_a_public_report_is_considered_within_three_months() -> None:
    issued = event("ombudsman-decided", "2025-06-24", "ombudsman", outcome="upheld", report_issued=True)
    assert row("public-report-considered", issued)[3] == "2025-09-24"
    assert "public-report-considered" not in runs(case(event("ombudsman-decided", "2025-06-24", "ombudsman")))


def test_a_stage_that_happens_again_has_its_own_run() -> None:
    history = case(
        received("2024-01-08"),
        event("response-sent", "2024-01-20", "stage-1"),
        event("complaint-received", "2024-06-03", "stage-1", occurrence=2),
        event("response-sent", "2024-06-10", "stage-1", occurrence=2),
    )
    found = [run for run in clock_runs(history, load_pack(), load_calendar()) if run.clock == "stage-1-response"]
    assert [(run.occurrence, str(run.start), str(run.done)) for run in found] == [
        (1, "2024-01-08", "2024-01-20"),
        (2, "2024-06-03", "2024-06-10"),
    ]


def test_the_earliest_of_several_answers_ends_a_clock() -> None:
    history = case(
        received("2024-01-08"),
        event("response-sent", "2024-02-20", "stage-1"),
        event("response-sent", "2024-01-20", "stage-1"),
    )
    assert str(runs(history)["stage-1-response"].done) == "2024-01-20"


def test_an_entry_struck_out_does_not_count() -> None:
    history = case(
        received("2024-01-08"),
        event("response-sent", "2024-01-20", "stage-1"),
        event("entry-struck", "2024-02-01", sequence=2),
    )
    struck = case(received("2024-01-08"), event("response-sent", "2024-01-20", "stage-1"))
    events = (*struck.events, event("entry-struck", "2024-02-01"))
    events = (*struck.events, Event(kind=events[2].kind, on=events[2].on, data={"sequence": 2}, sequence=3))
    assert runs(type(history)("case", CHILDREN, events))["stage-1-response"].done is None


@pytest.mark.parametrize(
    ("withdrawn", "stopped"),
    [
        (event("withdrawn", "2024-01-12", "stage-1"), "2024-01-12"),
        (event("withdrawn", "2024-01-08", "stage-1"), "2024-01-08"),
        (event("withdrawn", "2024-01-07", "stage-1"), None),
        (event("withdrawn", "2024-01-12", "stage-1", point=2), None),
    ],
)
def test_withdrawal_stops_what_had_started(withdrawn: Event, stopped: str | None) -> None:
    run = runs(case(received("2024-01-08"), withdrawn))["stage-1-response"]
    assert (run.stopped and str(run.stopped)) == stopped


def test_withdrawal_stops_a_clock_that_waits_and_leaves_an_agreed_action() -> None:
    found = runs(
        case(
            received("2024-01-08", category="A5"),
            event("remedy-agreed", "2024-01-10", remedy=1, due="2024-03-01"),
            event("withdrawn", "2024-01-12", "stage-1"),
        )
    )
    assert str(found["stage-1-response"].stopped) == "2024-01-12"
    assert found["agreed-action"].stopped is None


@pytest.mark.parametrize(
    ("events", "suspended"),
    [
        pytest.param([event("suspended", "2024-01-10", prejudice=True)], "2024-01-10", id="both limbs, the whole"),
        pytest.param([event("suspended", "2024-01-08", prejudice=True)], "2024-01-08", id="on the first day"),
        pytest.param([event("suspended", "2024-01-05", prejudice=True)], None, id="before it began"),
        pytest.param([event("suspended", "2024-01-10", prejudice=False)], None, id="no prejudice"),
        pytest.param([event("suspended", "2024-01-10")], None, id="prejudice not decided"),
        pytest.param([event("suspended", "2024-01-10", prejudice=True, point=1)], None, id="one point alone"),
        pytest.param(
            [event("suspended", "2024-01-10", prejudice=True), event("response-sent", "2024-01-09", "stage-1")],
            None,
            id="after the answer",
        ),
        pytest.param(
            [event("suspended", "2024-01-10", prejudice=True), event("response-sent", "2024-01-10", "stage-1")],
            "2024-01-10",
            id="on the day of the answer",
        ),
    ],
)
def test_suspension_needs_both_limbs_and_halts_only_what_runs(events: list[Event], suspended: str | None) -> None:
    run = runs(case(received("2024-01-08"), *events))["stage-1-response"]
    assert (run.suspended and str(run.suspended)) == suspended


def test_suspension_halts_a_clock_that_waits() -> None:
    found = runs(case(received("2024-01-08", category="A5"), event("suspended", "2024-01-10", prejudice=True)))
    assert str(found["stage-1-response"].suspended) == "2024-01-10"


def test_a_run_names_its_clock_and_provision() -> None:
    run = runs(case(received("2024-01-08")))["stage-1-response"]
    assert (run.clock, run.stage, run.occurrence, run.item, run.owner, run.unit, str(run.cite)) == (
        "stage-1-response", "stage-1", 1, None, Owner.AUTHORITY, Unit.WORKING_DAY, "SI 2006/1738 reg 14(1)",
    )  # fmt: skip


def test_dates_in_data_are_read_as_days() -> None:
    run = runs(case(event("proceedings-ended", "2024-06-10")))["resubmit"]
    assert (run.start, str(run.due)) == (dating("2024-06-10"), "2025-06-10")


def test_a_written_record_alone_starts_nothing() -> None:
    assert "stage-2-response" not in runs(
        case(received("2025-01-06"), event("written-record-finalised", "2025-01-20", "stage-2"))
    )
