"""What lengthens a limit, and what fails to."""

import pytest

from tests.unit.procedure.builders import case, event, received, runs
from upheld.procedure import Event, ExtensionState
from upheld.procedure.clocks import NO_EXTENSION

ASKED_2 = event("stage-requested", "2024-08-29", "stage-2")


@pytest.mark.parametrize(
    ("events", "state", "on", "why", "in_force"),
    [
        pytest.param([], ExtensionState.NONE, None, "", "2018-10-15", id="none"),
        pytest.param(
            [event("extension-decided", "2018-10-10", "stage-1", reason="complexity")],
            ExtensionState.VALID, "2018-10-10", "it came by the limit of 2018-10-15", "2018-10-29", id="complex",
        ),
        pytest.param(
            [event("extension-decided", "2018-10-15", "stage-1")],
            ExtensionState.VALID, "2018-10-15", "it came by the limit of 2018-10-15", "2018-10-29", id="last day",
        ),
        pytest.param(
            [event("extension-decided", "2018-10-16", "stage-1", reason="complexity")],
            ExtensionState.INVALID, "2018-10-16", "it came after the limit of 2018-10-15", "2018-10-15", id="too late",
        ),
        pytest.param(
            [event("extension-decided", "2018-10-10", "stage-1", reason="staff-absence")],
            ExtensionState.INVALID, "2018-10-10", "staff-absence is not a ground for more time", "2018-10-15",
            id="no ground",
        ),
        pytest.param(
            [event("extension-decided", "2018-10", "stage-1", reason="complex")],
            ExtensionState.UNCERTAIN, "2018-10", "whether it came by 2018-10-15 cannot be told",
            "2018-10-15 to 2018-10-29", id="some day that month",
        ),
        pytest.param(
            [event("extension-decided", "2018-10-16", "stage-1"), event("extension-decided", "2018-10-09", "stage-1")],
            ExtensionState.VALID, "2018-10-09", "it came by the limit of 2018-10-15", "2018-10-29",
            id="a later one too late changes nothing",
        ),
        pytest.param(
            [event("extension-decided", "2018-10", "stage-1"), event("extension-decided", "2018-10-11", "stage-1")],
            ExtensionState.VALID, "2018-10-11", "it came by the limit of 2018-10-15", "2018-10-29",
            id="a certain one after an uncertain one",
        ),
        pytest.param(
            [event("extension-decided", "2018-10-10", "stage-2")],
            ExtensionState.NONE, None, "", "2018-10-15", id="of another stage",
        ),
    ],
)  # fmt: skip
def test_stage_1_extension(events: list[Event], state: ExtensionState, on: str | None, why: str, in_force: str) -> None:
    run = runs(case(received("2018-10-01"), *events))["stage-1-response"]
    extension = run.extension
    assert (extension.state, extension.on and str(extension.on), extension.why) == (state, on, why)
    assert (str(run.due), str(run.due_in_force), str(run.longest_due)) == ("2018-10-15", in_force, "2018-10-29")


def test_an_extension_says_which_rule_it_keeps_or_breaks() -> None:
    def cite(on: str, **data: str) -> str:
        run = runs(case(received("2018-10-01"), event("extension-decided", on, "stage-1", **data)))["stage-1-response"]
        return str(run.extension.cite)

    assert cite("2018-10-10") == "SI 2006/1738 reg 14(5)"
    assert cite("2018-10-10", reason="backlog") == "SI 2006/1738 reg 14(5)"
    assert cite("2018-10-16").startswith("Local policy: complexity is decided by the end of day 10")
    assert runs(case(received("2018-10-01")))["stage-1-response"].extension is NO_EXTENSION


@pytest.mark.parametrize(
    ("on", "promised", "state", "in_force"),
    [
        pytest.param("2024-10-01", "2024-11-08", "valid", "2024-11-08", id="promised"),
        pytest.param("2024-10-03", "2024-11-08", "valid", "2024-11-08", id="on day 25"),
        pytest.param("2024-10-04", "2024-11-08", "invalid", "2024-10-03", id="on day 26"),
        pytest.param("2024-10-01", "2024-12-24", "valid", "2024-11-28", id="promised beyond 65: capped"),
        pytest.param("2024-10-01", "2024-11-28", "valid", "2024-11-28", id="promised for day 65"),
        pytest.param("2024-10-01", "2024-09-20", "valid", "2024-10-03", id="a promise shortens nothing"),
        pytest.param("2024-10-01", None, "invalid", "2024-10-03", id="without a date"),
        pytest.param("2024-10", "2024-11-08", "uncertain", "2024-10-03 to 2024-11-08", id="some day that month"),
    ],
)
def test_stage_2_delay_notice(on: str, promised: str | None, state: str, in_force: str) -> None:
    run = runs(case(ASKED_2, event("delay-notice-sent", on, "stage-2", promised=promised)))["stage-2-response"]
    assert (run.extension.state, str(run.due_in_force), str(run.longest_due)) == (state, in_force, "2024-11-28")


def test_the_last_notice_in_time_counts() -> None:
    notices = [
        event("delay-notice-sent", "2024-09-20", "stage-2", promised="2024-10-20"),
        event("delay-notice-sent", "2024-10-01", "stage-2", promised="2024-11-01"),
        event("delay-notice-sent", "2024-10-20", "stage-2", promised="2024-11-20"),
    ]
    run = runs(case(ASKED_2, *notices))["stage-2-response"]
    assert (run.extension.state, str(run.extension.on), str(run.due_in_force)) == ("valid", "2024-10-01", "2024-11-01")


def test_a_notice_within_a_rough_start_gives_an_interval() -> None:
    asked = event("stage-requested", "2024-08", "stage-2")
    run = runs(case(asked, event("delay-notice-sent", "2024-09-01", "stage-2", promised="2024-10-20")))[
        "stage-2-response"
    ]
    assert (str(run.due), str(run.longest_due)) == ("2024-09-06 to 2024-10-04", "2024-11-01 to 2024-11-29")
    assert (run.extension.state, str(run.due_in_force)) == ("valid", "2024-10-20")
    # Promised between the two ends of the longest limit: each end is capped by itself.
    run = runs(case(asked, event("delay-notice-sent", "2024-09-01", "stage-2", promised="2024-11-10")))[
        "stage-2-response"
    ]
    assert str(run.due_in_force) == "2024-11-01 to 2024-11-10"
    # Promised between the two ends of the initial limit.
    run = runs(case(asked, event("delay-notice-sent", "2024-09-01", "stage-2", promised="2024-09-20")))[
        "stage-2-response"
    ]
    assert str(run.due_in_force) == "2024-09-20 to 2024-10-04"


def test_an_uncertain_extension_of_an_unknown_limit_stays_unknown() -> None:
    asked = event("stage-requested", "?", "stage-2")
    run = runs(case(asked, event("delay-notice-sent", "2024-10-01", "stage-2", promised="2024-11-01")))[
        "stage-2-response"
    ]
    assert (run.extension.state, str(run.due_in_force)) == ("uncertain", "date not known")


def test_the_welsh_year_runs_from_notice_and_else_from_the_event() -> None:
    def start(**data: str) -> str:
        return str(
            runs(case(event("point-raised", "2025-06-02", "stage-1", point=1, **data), pack="wales-2014"))[
                "make-complaint"
            ].start
        )

    assert start(noticed="2025-02-03", grounds="2024-12-02") == "2025-02-03"
    assert start(grounds="2024-12-02") == "2024-12-02"


def test_a_notice_that_fails_between_two_that_count_changes_nothing() -> None:
    notices = [
        event("delay-notice-sent", "2024-09-20", "stage-2", promised="2024-10-20"),
        event("delay-notice-sent", "2024-09-25", "stage-2"),
        event("delay-notice-sent", "2024-10-01", "stage-2", promised="2024-11-01"),
    ]
    run = runs(case(ASKED_2, *notices))["stage-2-response"]
    assert (run.extension.state, str(run.extension.on), str(run.due_in_force)) == ("valid", "2024-10-01", "2024-11-01")


def test_a_notice_without_a_date_says_what_it_lacks() -> None:
    extension = runs(case(ASKED_2, event("delay-notice-sent", "2024-10-01", "stage-2")))["stage-2-response"].extension
    assert (str(extension.on), extension.why, str(extension.cite)) == (
        "2024-10-01", "it gave no date for the response", "SI 2006/1738 reg 17(6)",
    )  # fmt: skip


def test_a_notice_whose_day_is_rough_cites_the_deadline() -> None:
    extension = runs(case(ASKED_2, event("delay-notice-sent", "2024-10", "stage-2", promised="2024-11-01")))[
        "stage-2-response"
    ].extension
    assert (extension.state, str(extension.cite)) == ("uncertain", "SI 2006/1738 reg 17(6)")


def test_time_that_was_not_agreed_says_so() -> None:
    imposed = event("extension-decided", "2026-06-01", "stage-1", until="2026-12-31", agreed=False)
    extension = runs(case(received("2025-12-19"), imposed, pack="adults-england-2009"))["stage-1-response"].extension
    assert (extension.state, str(extension.on), extension.why, str(extension.cite)) == (
        "invalid", "2026-06-01", "it was not agreed", "SI 2009/309 reg 14",
    )  # fmt: skip
