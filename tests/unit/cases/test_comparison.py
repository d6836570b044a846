"""A register beside the record: what is new, what is the same, what differs, and where it says so."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.factories.cases import AT, register_of
from tests.factories.registers import row
from upheld.cases.chain import placed
from upheld.cases.comparison import Compared, compare
from upheld.cases.queries.histories import Recorded
from upheld.procedure import Dating, Event, EventKind
from upheld.register.layout import BY_ID
from upheld.register.model import RegisteredCase

CASE = UUID("0f5b1a6e-6f9e-4a4b-9a51-3a9f0b6a1c11")
FULL = row(
    channel="Email", complainant="Parent", age_band="5 to 9", spoken="no", advocate="Offered",
    extension_decided="2018-10-05", answered="2018-10-20", outcome="Upheld", findings="Upheld",
    response_received="2018-10-22", interest_decided="2018-10-02",
)  # fmt: skip


def case_in(*rows: dict[str, str]) -> RegisteredCase:
    register = register_of(*rows)
    assert register.refusals == ()
    (case,) = register.cases
    return case


def recorded(case: RegisteredCase, *more: Event, imported: bool = True) -> Recorded:
    """The case as it would be recorded, with events that somebody added by hand."""
    events = placed((*case.history.events, *more), after=0, at=AT, by=None)
    places = range(1, len(case.history.events) + 1) if imported else range(0)
    return Recorded(CASE, "T-1", "t 1", len(events), replace(case.history, events=events), bytes(32), frozenset(places))


def compared(before: dict[str, str], after: dict[str, str], *more: Event) -> Compared:
    return compare(case_in(after), recorded(case_in(before), *more), {("team", "north-team"): "North team"})


def test_a_case_that_is_not_recorded_is_added_whole() -> None:
    case = case_in(FULL)
    assert compare(case, None, {}) == Compared(case.history.events, 1, 0, ())


def test_the_same_case_adds_nothing() -> None:
    assert compared(FULL, FULL) == Compared((), 0, 1, ())


def test_a_new_stage_of_a_known_case_is_added() -> None:
    stage_2 = row(stage="Stage 2", received="2018-11-01")
    result = compare(case_in(FULL, stage_2), recorded(case_in(FULL)), {})
    assert (result.new_stages, result.same_stages, result.refusals) == (1, 1, ())
    assert {event.stage for event in result.added} == {"stage-2"}
    assert len(result.added) == len(case_in(stage_2).history.events)


def test_a_stage_that_the_file_leaves_out_stays() -> None:
    stage_2 = row(stage="Stage 2", received="2018-11-01")
    result = compare(case_in(stage_2), recorded(case_in(FULL, stage_2)), {})
    assert result == Compared((), 0, 1, ())


def test_what_has_happened_since_is_added_to_its_stage() -> None:
    result = compared(row(), row(answered="2018-10-20", outcome="Upheld", findings="Upheld"))
    assert result.refusals == ()
    assert [event.kind for event in result.added] == [
        EventKind.RESPONSE_SENT,
        EventKind.FINDING_RECORDED,
        EventKind.OUTCOME_RECORDED,
    ]
    assert (result.new_stages, result.same_stages) == (0, 0)


@pytest.mark.parametrize(
    ("column", "cell", "says", "recorded_as"),
    [
        ("received", "2018-10-02", "2018-10-02", "2018-10-01"),
        ("team", "South team", "south-team", "North team"),
        ("service", "Homes", "homes", "care"),
        ("themes", "Rudeness", "rudeness", "delay"),
        ("answered", "2018-10-21", "2018-10-21", "2018-10-20"),
        ("outcome", "Not upheld", "Not upheld", "Upheld"),
        ("findings", "Partly upheld", "Partly upheld", "Upheld"),
        ("extension_decided", "2018-10-06", "2018-10-06", "2018-10-05"),
        ("response_received", "2018-10-23", "2018-10-23", "2018-10-22"),
        ("interest_decided", "2018-10-03", "2018-10-03", "2018-10-02"),
        ("channel", "Letter", "Letter", "Email"),
        ("complainant", "Care leaver", "Care leaver", "Parent"),
        ("age_band", "0 to 4", "0 to 4", "5 to 9"),
        ("spoken", "yes", "Yes", "No"),
    ],
)
def test_a_cell_that_differs_is_refused_where_it_stands(column: str, cell: str, says: str, recorded_as: str) -> None:
    result = compared(FULL, {**FULL, column: cell})
    found = {refusal.column: refusal for refusal in result.refusals}
    refusal = found[BY_ID[column].heading]
    assert (refusal.row, refusal.value) == (2, says)
    assert refusal.reason == (
        f"This differs from what is recorded, “{recorded_as}”. An import adds to the record and changes nothing in it. "
        "Put back what is recorded to import the rest."
    )


@pytest.mark.parametrize("column", ["received", "outcome", "channel", "team", "findings"])
def test_one_cell_that_differs_is_refused_once(column: str) -> None:
    other = {"received": "2018-10-02", "outcome": "Not upheld", "channel": "Letter", "team": "South team"}
    result = compared(FULL, {**FULL, column: other.get(column, "Not upheld")})
    assert [refusal.column for refusal in result.refusals] == [BY_ID[column].heading]


@pytest.mark.parametrize(
    ("column", "recorded_as"),
    [("answered", "2018-10-20"), ("outcome", "Upheld"), ("response_received", "2018-10-22"), ("channel", "Email")],
)
def test_a_cell_that_was_emptied_is_refused(column: str, recorded_as: str) -> None:
    gone = {**FULL, column: ""}
    if column == "answered":
        gone |= {"outcome": "", "findings": "", "response_received": ""}
    found = {refusal.column: refusal for refusal in compared(FULL, gone).refusals}
    refusal = found[BY_ID[column].heading]
    assert refusal.value == ""
    assert refusal.reason.startswith(f"This differs from what is recorded, “{recorded_as}”.")


def test_a_cell_that_was_empty_says_that_nothing_was_recorded() -> None:
    result = compared({**FULL, "age_band": ""}, FULL)
    (refusal,) = result.refusals
    assert (refusal.column, refusal.value) == (BY_ID["age_band"].heading, "5 to 9")
    assert refusal.reason.startswith("This differs from what is recorded, nothing.")


ACKNOWLEDGED = Event(kind=EventKind.STAGE_ACKNOWLEDGED, on=Dating.day(date(2018, 10, 2)), stage="stage-1")
ANSWERED = Event(kind=EventKind.RESPONSE_SENT, on=Dating.day(date(2018, 10, 20)), stage="stage-1")


def test_what_casework_added_is_not_the_registers_to_contradict() -> None:
    assert compared(row(), row(), ACKNOWLEDGED) == Compared((), 0, 1, ())


def test_what_casework_recorded_alike_is_not_added_twice() -> None:
    assert compared(row(), row(answered="2018-10-20"), ANSWERED) == Compared((), 0, 1, ())


def test_what_casework_recorded_otherwise_is_refused() -> None:
    result = compared(row(), row(answered="2018-10-21"), ANSWERED)
    assert [(r.column, r.value) for r in result.refusals] == [("Answered", "2018-10-21")]


def test_an_entry_struck_out_as_an_error_no_longer_stands_in_the_way() -> None:
    struck = Event(kind=EventKind.ENTRY_STRUCK, on=Dating.day(date(2018, 10, 25)), data={"sequence": 4})
    assert len(case_in(row()).history.events) == 3
    result = compared(row(), row(answered="2018-10-21"), ANSWERED, struck)
    assert ([event.kind for event in result.added], result.refusals) == ([EventKind.RESPONSE_SENT], ())
