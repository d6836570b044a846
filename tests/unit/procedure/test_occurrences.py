"""A stage that happens twice: each time stands by itself."""

from datetime import date

from tests.unit.procedure.builders import case, event, received
from upheld.procedure import Event, clock_runs, duties, load_calendar, load_pack, standings

D = date.fromisoformat


def again(kind: str, on: str, stage: str, **data: str | int | bool | None) -> Event:
    return event(kind, on, stage, occurrence=2, **data)


def starts(clock: str, *events: Event) -> list[tuple[int, str | None, str]]:
    found = clock_runs(case(*events), load_pack(), load_calendar())
    return [(run.occurrence, run.start and str(run.start), run.basis) for run in found if run.clock == clock]


def test_an_oral_complaint_after_a_written_one() -> None:
    events = [
        received("2024-01-08", oral=False),
        again("complaint-received", "2024-06-03", "stage-1", oral=True),
        event("stage-requested", "2024-02-05", "stage-2"),
        again("stage-requested", "2024-07-01", "stage-2"),
        again("written-record-finalised", "2024-07-10", "stage-2"),
    ]
    assert starts("stage-2-response", *events) == [
        (2, "2024-07-10", "final written record of an oral complaint"),
        (1, "2024-02-05", "request received"),
    ]


def test_details_of_one_time_are_not_those_of_another() -> None:
    events = [
        event("stage-requested", "2024-02-05", "stage-2"),
        again("stage-requested", "2024-07-01", "stage-2"),
        again("details-recorded", "2024-07-01", "stage-2", oral=True),
        again("written-record-finalised", "2024-07-10", "stage-2"),
    ]
    assert starts("stage-2-response", *events) == [
        (2, "2024-07-10", "final written record of an oral complaint"),
        (1, "2024-02-05", "request received"),
    ]


def test_stage_1_skipped_the_second_time() -> None:
    events = [
        received("2024-01-08"),
        event("stage-requested", "2024-02-05", "stage-2"),
        again("complaint-received", "2024-06-03", "stage-1"),
        again("stage-1-skipped", "2024-06-05", "stage-1"),
        again("stage-requested", "2024-07-01", "stage-2"),
    ]
    assert sorted(starts("stage-2-response", *events)) == [
        (1, "2024-02-05", "request received"),
        (2, "2024-06-05", "stage 1 skipped by agreement"),
    ]


def test_a_later_start_agreed_the_second_time() -> None:
    later = again("later-start-agreed", "2024-06-04", "stage-1", start="2024-07-01", asked_by="complainant")
    events = [received("2024-01-08"), again("complaint-received", "2024-06-03", "stage-1"), later]
    assert starts("stage-1-response", *events) == [
        (1, "2024-01-08", "received"),
        (2, "2024-07-01", "later start agreed at the complainant's request"),
    ]
    elsewhere = event("later-start-agreed", "2024-01-09", "stage-2", start="2024-03-01", asked_by="complainant")
    assert starts("stage-1-response", received("2024-01-08"), elsewhere) == [(1, "2024-01-08", "received")]


def test_an_advocate_is_awaited_for_the_time_it_was_asked_for() -> None:
    events = [
        received("2024-01-08"),
        event("response-sent", "2024-01-12", "stage-1"),
        again("complaint-received", "2024-06-03", "stage-1"),
        event("advocate-requested", "2024-06-04"),
        event("advocate-appointed", "2024-06-12"),
    ]
    assert starts("stage-1-response", *events) == [
        (1, "2024-01-08", "received"),
        (2, "2024-06-12", "advocate appointed"),
    ]


def test_an_answer_of_another_stage_does_not_end_the_waiting_for_an_advocate() -> None:
    events = [
        received("2025-04-01"),
        event("response-sent", "2025-04-02", "ombudsman"),
        event("advocate-requested", "2025-04-03"),
        event("advocate-appointed", "2025-04-14"),
    ]
    assert starts("stage-1-response", *events) == [(1, "2025-04-14", "advocate appointed")]


def test_a_child_who_complains_the_second_time() -> None:
    events = [received("2024-01-08"), again("complaint-received", "2024-06-03", "stage-1", child=True)]
    found = duties(case(*events), load_pack(), load_calendar(), on=D("2024-06-10"))
    assert [each.occurrence for each in found if each.rule.id == "receipt-advocacy"] == [2]
    by_category = [received("2024-01-08"), again("complaint-received", "2024-06-03", "stage-1", category="A1")]
    found = duties(case(*by_category), load_pack(), load_calendar(), on=D("2024-06-10"))
    assert [each.occurrence for each in found if each.rule.id == "receipt-advocacy"] == [2]


def test_the_welsh_outer_limit_is_of_the_time_that_stage_2_was_asked_for() -> None:
    events = [received("2025-01-08"), again("complaint-received", "2025-06-03", "stage-1")]
    events.append(again("stage-requested", "2025-07-01", "stage-2"))
    found = clock_runs(case(*events, pack="wales-2014"), load_pack("wales-2014"), load_calendar())
    assert [(run.occurrence, str(run.due)) for run in found if run.clock == "whole-procedure"] == [(2, "2025-12-02")]
    other = [received("2025-01-08"), event("stage-requested", "2025-07-01", "ombudsman")]
    found = clock_runs(case(*other, pack="wales-2014"), load_pack("wales-2014"), load_calendar())
    assert [run for run in found if run.clock == "whole-procedure"] == []


def test_an_extension_and_a_pause_are_of_their_own_time() -> None:
    events = [
        received("2024-01-08"),
        again("complaint-received", "2024-06-03", "stage-1"),
        event("extension-decided", "2024-01-15", "stage-1"),
        event("pause-agreed", "2024-01-10", "stage-1"),
    ]
    found = standings(case(*events), load_pack(), load_calendar(), on=D("2024-08-01"))
    stage_1 = [each for each in found if each.run.clock == "stage-1-response"]
    assert [(each.run.extension.state, str(each.limit), len(each.explained)) for each in stage_1] == [
        ("valid", "2024-02-05", 1),
        ("none", "2024-06-17", 0),
    ]


def test_what_meets_or_excuses_one_time_does_not_the_other() -> None:
    events = [
        received("2024-01-08"),
        again("complaint-received", "2024-01-15", "stage-1"),
        event("response-sent", "2024-01-19", "stage-1"),
        event("stage-1-skipped", "2024-01-16", "stage-1"),
    ]
    found = duties(case(*events), load_pack(), load_calendar(), on=D("2024-03-01"))
    assert [(each.occurrence, each.state) for each in found if each.rule.id == "stage-1-response"] == [
        (1, "done"),
        (2, "missed"),
    ]
