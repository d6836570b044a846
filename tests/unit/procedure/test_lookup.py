"""Looking up the events of a case: which belong to a stage, a time, a point or a remedy."""

from datetime import date

from tests.unit.procedure.builders import case, event, received, row, runs
from tests.unit.procedure.test_occurrences import again, starts
from upheld.procedure import Event, EventKind, clock_runs, duties, load_calendar, load_pack
from upheld.procedure.guards import applies
from upheld.procedure.lookup import CaseEvents
from upheld.procedure.rules import Guard

RULE = load_pack().clock("stage-1-response")


def looked_up(*events: Event) -> CaseEvents:
    return CaseEvents(case(*events), load_pack(), load_calendar())


def test_an_event_of_a_kind_that_names_no_stage_belongs_to_every_stage() -> None:
    found = looked_up(
        event("advocate-requested", "2024-01-10", "stage-1"), event("update-sent", "2024-01-11", "stage-1")
    )
    assert len(list(found.all(EventKind.ADVOCATE_REQUESTED, "stage-2"))) == 1
    assert list(found.all(EventKind.UPDATE_SENT, "stage-2")) == []
    assert len(list(found.all(EventKind.UPDATE_SENT, "stage-1"))) == 1


def test_a_panel_is_counted_from_its_own_request() -> None:
    asked = (event("stage-requested", "2024-01-08", "stage-2"), event("stage-requested", "2024-06-03", "stage-3"))
    assert row("panel-held", *asked) == ("2024-06-03", "request received", "", "2024-07-15")
    assert row("stage-2-response", *asked[::-1])[0] == "2024-01-08"


def test_a_later_start_without_its_date_leaves_the_receipt() -> None:
    agreed = event("later-start-agreed", "2024-01-10", "stage-1", asked_by="complainant")
    assert row("stage-1-response", received("2024-01-08"), agreed) == ("2024-01-08", "received", "", "2024-01-22")


def test_a_limit_set_case_by_case_is_of_its_own_time() -> None:
    enquiries = (
        event("ombudsman-enquiry-received", "2024-01-08", "ombudsman", due="2024-02-05"),
        again("ombudsman-enquiry-received", "2024-06-03", "ombudsman", due="2024-07-01"),
    )
    found = clock_runs(case(*enquiries), load_pack(), load_calendar())
    assert [(run.occurrence, str(run.due)) for run in found if run.clock == "ombudsman-response"] == [
        (1, "2024-02-05"),
        (2, "2024-07-01"),
    ]


def test_an_action_without_a_number_does_not_hide_the_next() -> None:
    agreed = (
        event("remedy-agreed", "2024-01-08", due="2024-02-05"),
        event("remedy-agreed", "2024-01-09", remedy=2, due="2024-02-06"),
    )
    found = [run for run in clock_runs(case(*agreed), load_pack(), load_calendar()) if run.clock == "agreed-action"]
    assert [(run.item, str(run.due)) for run in found] == [(2, "2024-02-06")]


def test_stage_1_ends_with_the_first_of_what_may_end_it() -> None:
    answered, resolved = event("response-sent", "2024-01-19", "stage-1"), event("resolved", "2024-01-16", "stage-1")
    for events in ((answered, resolved), (resolved, answered)):
        assert str(runs(case(received("2024-01-08"), *events))["stage-1-response"].done) == "2024-01-16"
    later = event("resolved", "2024-02-20", "stage-1")
    assert str(runs(case(received("2024-01-08"), answered, later))["stage-1-response"].done) == "2024-01-19"


def test_what_the_receipt_says_of_the_complaint_holds_when_a_stage_comes_again() -> None:
    events = (
        received("2024-01-08", oral=True),
        event("stage-requested", "2024-02-05", "stage-2"),
        again("stage-requested", "2024-07-01", "stage-2"),
        again("written-record-finalised", "2024-07-10", "stage-2"),
    )
    assert starts("stage-2-response", *events) == [
        (2, "2024-07-10", "final written record of an oral complaint"),
        (1, None, "final written record of an oral complaint"),
    ]


def test_whose_interest_is_decided_is_asked_each_time() -> None:
    events = (
        received("2024-01-08", category="A2"),
        again("complaint-received", "2024-06-03", "stage-1", category="A5"),
    )
    found = duties(case(*events), load_pack(), load_calendar(), on=date(2024, 6, 10))
    assert [each.occurrence for each in found if each.rule.id == "sufficient-interest-decision"] == [2]


def test_a_case_known_only_from_stage_2_on_says_nothing_of_who_complained() -> None:
    found = looked_up(event("stage-requested", "2024-01-08", "stage-2"))
    assert [
        guard for guard in (Guard.OTHER_PERSON, Guard.CHILD, Guard.ORAL) if applies(guard, None, found, 1, RULE)
    ] == []


def test_the_welsh_outer_limit_lengthens_the_stage_of_its_own_time() -> None:
    events = (
        event("complaint-received", "2025-01-08", "stage-1"),
        event("stage-requested", "2025-02-03", "stage-2"),
        event("written-record-finalised", "2025-02-10", "stage-2"),
        again("complaint-received", "2025-06-03", "stage-1"),
        again("stage-requested", "2025-07-01", "stage-2"),
        again("written-record-finalised", "2025-07-08", "stage-2"),
    )
    found = clock_runs(case(*events, pack="wales-2014"), load_pack("wales-2014"), load_calendar())
    outer = {run.occurrence: str(run.due) for run in found if run.clock == "whole-procedure"}
    longest = {run.occurrence: str(run.longest_due) for run in found if run.clock == "stage-2-response"}
    assert (longest, set(longest)) == (outer, {1, 2})
