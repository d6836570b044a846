"""Ten published decisions of the Local Government and Social Care Ombudsman, as facts in our own words.

Every fault that their chronologies let one see is found; none is sure where the Ombudsman found no fault; and each
shows what the Ombudsman's reasoning turned on.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from upheld.procedure import load_calendar
from upheld.procedure.answers import assessment_answer
from upheld.procedure.assess import assess
from upheld.procedure.chronology import read_chronology
from upheld.procedure.seen import measures

LINES = [json.loads(line) for line in Path(__file__).with_name("ombudsman-examples.jsonl").read_text().splitlines()]
EXAMPLES = {line["id"]: line for line in LINES}
# Other chronologies made after published decisions, to see that what is found is found by principle.
MORE = [json.loads(line) for line in Path(__file__).with_name("further-chronologies.jsonl").read_text().splitlines()]


# Invented ones, each with what a fair reader of the law finds in it: a fault shown, or the near miss of one.
INVENTED = [
    json.loads(line) for line in Path(__file__).with_name("invented-chronologies.jsonl").read_text().splitlines()
]


def answer(example: dict[str, Any]) -> dict[str, Any]:
    return assessment_answer(assess(read_chronology(example), load_calendar()))


def clock(example: str, name: str) -> dict[str, Any]:
    (found,) = [each for each in answer(EXAMPLES[example])["clocks"] if each["clock"] == name]
    return found


def found_faults(example: dict[str, Any]) -> dict[str, bool]:
    return {fault["code"]: fault["sure"] for fault in answer(example)["faults"]}


def test_there_are_ten() -> None:
    assert len(EXAMPLES) == 10


@pytest.mark.parametrize("example", [*LINES, *MORE], ids=lambda example: example["id"])
def test_what_the_ombudsman_found_is_found_and_nothing_is_sure_where_no_fault_was(example: dict[str, Any]) -> None:
    seen = found_faults(example)
    findings = {finding["clock_or_duty"]: finding["ombudsman"] for finding in example["findings"]}
    assert {code for code, finding in findings.items() if finding == "fault"} - set(seen) == set()
    assert {code for code, sure in seen.items() if sure and findings.get(code) == "no-fault"} == set()


@pytest.mark.parametrize("example", INVENTED, ids=lambda example: example["id"])
def test_a_fair_reader_finds_what_is_found(example: dict[str, Any]) -> None:
    assert found_faults(example) == example["expected"]


def test_every_fault_has_an_example_that_shows_it_and_there_are_many_that_show_none() -> None:
    shown = {code for example in INVENTED for code in example["expected"]}
    assert shown == set(measures().provisions)
    assert sum(not example["expected"] for example in INVENTED) >= len(INVENTED) // 4


def test_what_is_told_in_any_order_is_assessed_alike() -> None:
    """Where every date is known to the day and no two are the same, the order told says nothing."""
    for example in INVENTED:
        days = {event["date"] for event in example["events"]}
        if len(days) == len(example["events"]) and all(len(day) == len("2024-01-05") for day in days):
            turned = {**example, "events": example["events"][::-1]}
            if not {"due-by", "underlying-events"} & {event["kind"] for event in example["events"]}:
                assert answer(turned) == answer(example)


def test_faults_are_named_sparingly() -> None:
    named = [len(found_faults(example)) for example in (*LINES, *MORE)]
    assert max(named) <= 3
    assert sum(named) / len(named) < 2


@pytest.mark.parametrize(
    ("example", "sure"),
    [
        ("24 018 419", {"stage-2-report+adjudication": True}),
        ("24 004 450", {"stage-2-report+adjudication": True}),
        ("23 013 837", {"stage-2-report+adjudication": False, "statement-of-complaint": False}),
        ("25 016 706", {"stage-3-panel-held": False}),
        ("23 020 148", {"stage-3-panel-held": False}),
        ("24 008 413", {"stage-1-response": True}),
        ("25 004 557", {"stage-1-response": False, "wrong-procedure": False}),
        ("23 002 843", {"stage-3-refused": False, "request-window": False}),
        ("22 017 116", {"ombudsman-agreed-action": True}),
        ("24 014 379", {"stage-2-report+adjudication": False, "stage-2-start": False}),
    ],
)
def test_the_faults_of_each(example: str, sure: dict[str, bool]) -> None:
    assert found_faults(EXAMPLES[example]) == sure


def test_stage_2_ends_with_the_adjudication() -> None:
    """Due in January 2025 by the Ombudsman's count, adjudicated in March: two months late."""
    found = clock("24 018 419", "stage-2-response")
    assert found["due"] == {"earliest": "2025-01-01", "latest": "2025-01-31"}
    assert found["done"] == {"earliest": "2025-03-01", "latest": "2025-03-31"}
    assert (found["started"], found["standing"]) == (None, "missed")
    assert found["working_days_over"] == {"least": 20, "most": 63}


def test_exact_days() -> None:
    found = clock("24 004 450", "stage-2-response")
    assert found == {
        "clock": "stage-2-response",
        "started": "2024-04-09",
        "due": "2024-05-15",
        "longest_due": "2024-07-11",
        "done": None,
        "standing": "missed",
        "working_days_over": 43,
    }


def test_settling_the_statement_does_not_move_the_start() -> None:
    found = clock("23 013 837", "stage-2-response")
    assert found["started"] == {"earliest": "2023-12-01", "latest": "2023-12-31"}


def test_an_agreed_pause_explains_and_does_not_erase() -> None:
    assert clock("25 016 706", "panel-held")["standing"] == "missed"


def test_a_breach_is_one_though_the_ombudsman_does_not_investigate() -> None:
    found = clock("23 020 148", "panel-held")
    assert (found["standing"], found["due"]["latest"]) == ("missed", "2024-03-13")


def test_a_meeting_is_no_stage_1_reply() -> None:
    found = clock("24 008 413", "stage-1-response")
    assert (found["standing"], found["longest_due"]["latest"], found["done"]) == ("missed", "2024-05-30", None)


def test_an_action_agreed_with_the_ombudsman_has_a_date() -> None:
    found = clock("22 017 116", "agreed-action")
    assert found["due"] == {"earliest": "2023-02-01", "latest": "2023-02-28"}
    assert found["standing"] == "missed"


def test_a_request_in_any_words_starts_stage_2() -> None:
    assert clock("24 014 379", "stage-2-response")["started"] == {"earliest": "2024-07-01", "latest": "2024-07-31"}
