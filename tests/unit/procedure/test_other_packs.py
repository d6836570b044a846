"""The other procedures, and the rules in force on a day."""

from datetime import date

import pytest

from tests.unit.procedure.builders import case, event, received, runs
from upheld.procedure import PackError, load_pack

ASKED_2 = event("stage-requested", "2024-08-29", "stage-2")


def test_a_case_older_than_the_procedure_is_refused() -> None:
    with pytest.raises(PackError, match="in force from 2006-09-01; a case of 2006-08-31 is older"):
        runs(case(received("2006-08-31")))


def test_a_case_keeps_the_rules_of_its_day() -> None:
    def functions(on: str) -> bool:
        return (
            load_pack().for_case_of(date.fromisoformat(on)).code("function", "prospective-adopter-unsuitable")
            is not None
        )

    assert (functions("2013-06-30"), functions("2013-07-01")) == (False, True)


def test_the_corporate_extension_needs_the_ombudsmans_details() -> None:
    pack = "complaint-handling-code-2024"
    base = [received("2025-10-24"), event("stage-acknowledged", "2025-10-29", "stage-1")]
    given = event("delay-notice-sent", "2025-11-10", "stage-1", promised="2025-11-20", ombudsman_information=True)
    silent = event("delay-notice-sent", "2025-11-10", "stage-1", promised="2025-11-20")
    denied = event("delay-notice-sent", "2025-11-10", "stage-1", promised="2025-11-20", ombudsman_information=False)
    found = [runs(case(*base, notice, pack=pack))["stage-1-response"] for notice in (given, silent, denied)]
    assert [(run.extension.state, str(run.due_in_force)) for run in found] == [
        ("valid", "2025-11-20"),
        ("valid", "2025-11-20"),
        ("invalid", "2025-11-12"),
    ]
    assert found[2].extension.why == "it was not ombudsman information"


def test_an_acknowledgement_never_sent_does_not_hold_the_corporate_clock_back() -> None:
    run = runs(case(received("2025-10-24"), pack="complaint-handling-code-2024"))["stage-1-response"]
    assert (str(run.start), run.basis, str(run.due)) == ("2025-10-31", "acknowledgement due", "2025-11-14")


def test_a_longer_period_agreed_for_an_adult_has_no_top() -> None:
    pack = "adults-england-2009"
    agreed = event("extension-decided", "2026-06-01", "stage-1", until="2026-12-31", agreed=True)
    imposed = event("extension-decided", "2026-06-01", "stage-1", until="2026-12-31", agreed=False)
    found = [runs(case(received("2025-12-19"), each, pack=pack))["stage-1-response"] for each in (agreed, imposed)]
    assert [(str(run.due), str(run.due_in_force), run.longest_due) for run in found] == [
        ("2026-06-18", "2026-12-31", None),
        ("2026-06-18", "2026-06-18", None),
    ]


def test_the_welsh_stage_2_ends_six_months_from_receipt_at_the_outside() -> None:
    pack = "wales-2014"
    base = [
        event("stage-requested", "2026-01-05", "stage-2"),
        event("written-record-finalised", "2026-01-12", "stage-2"),
    ]
    notice = event("delay-notice-sent", "2026-02-10", "stage-2", promised="2026-09-01")
    run = runs(case(received("2025-12-19"), *base, notice, pack=pack))["stage-2-response"]
    assert (str(run.due), str(run.due_in_force), str(run.longest_due)) == ("2026-02-16", "2026-06-18", "2026-06-18")
    late = runs(case(received("2025-06-02"), *base, pack=pack))["stage-2-response"]
    assert (str(late.due), str(late.longest_due)) == ("2026-02-16", "2026-02-16")
    unknown = runs(case(*base, pack=pack))["stage-2-response"]
    assert (str(unknown.due), str(unknown.longest_due)) == ("2026-02-16", "2026-02-16")
    vague = runs(case(received("?"), *base, pack=pack))["stage-2-response"]
    assert str(vague.longest_due) == "2026-02-16"
