"""A register beside the record: what is new, what is the same, what differs, and where it says so."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.factories.cases import AT, register_of
from tests.factories.registers import row
from upheld.cases.actions.writing import Addition
from upheld.cases.chain import placed
from upheld.cases.comparison import Compared, Correction, compare
from upheld.cases.queries.histories import Recorded
from upheld.procedure import CorrectionReason, Dating, Event, EventKind, problems
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


def compared(before: dict[str, str], after: dict[str, str], *more: Event, over_people: bool = False) -> Compared:
    known = recorded(case_in(before), *more)
    return compare(case_in(after), known, {("team", "north-team"): "North team"}, over_people=over_people)


def changes(result: Compared) -> dict[str, tuple[int, str, str]]:
    return {c.column: (c.row, c.before, c.after) for each in result.corrections for c in each.changes}


def after_correcting(before: dict[str, str], after: dict[str, str], *more: Event) -> Recorded:
    """What is recorded once the corrections of the comparison are."""
    known = recorded(case_in(before), *more)
    addition = Addition(case_in(after), known, *told(compared(before, after, *more, over_people=True)))
    events = (*known.history.events, *placed(addition.entries(AT), after=known.version, at=AT, by=None))
    imported = frozenset({*known.imported, *range(known.version + 1, len(events) + 1)})
    return replace(known, history=replace(known.history, events=events), version=len(events), imported=imported)


def told(result: Compared) -> tuple[tuple[Event, ...], tuple[()], tuple[Correction, ...]]:
    return result.added, (), result.corrections


def test_a_case_that_is_not_recorded_is_added_whole() -> None:
    case = case_in(FULL)
    assert compare(case, None, {}) == Compared(case.history.events, 1, 0)


def test_the_same_case_adds_nothing() -> None:
    assert compared(FULL, FULL) == Compared((), 0, 1)


def test_a_new_stage_of_a_known_case_is_added() -> None:
    stage_2 = row(stage="Stage 2", received="2018-11-01")
    result = compare(case_in(FULL, stage_2), recorded(case_in(FULL)), {})
    assert (result.new_stages, result.same_stages, result.refusals) == (1, 1, ())
    assert {event.stage for event in result.added} == {"stage-2"}
    assert len(result.added) == len(case_in(stage_2).history.events)


def test_a_stage_that_the_file_leaves_out_stays() -> None:
    stage_2 = row(stage="Stage 2", received="2018-11-01")
    result = compare(case_in(stage_2), recorded(case_in(FULL, stage_2)), {})
    assert result == Compared((), 0, 1)


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
def test_a_cell_that_differs_is_a_correction(column: str, cell: str, says: str, recorded_as: str) -> None:
    result = compared(FULL, {**FULL, column: cell})
    assert result.refusals == ()
    assert changes(result)[BY_ID[column].heading] == (2, recorded_as, says)
    assert not any(correction.by_hand for correction in result.corrections)
    assert {correction.reason for correction in result.corrections} == {CorrectionReason.REGISTER_CHANGED}
    corrected = after_correcting(FULL, {**FULL, column: cell})
    assert compare(case_in({**FULL, column: cell}), corrected, {}) == Compared((), 0, 1)
    assert [problem for problem in problems(corrected.history) if "can only strike" in problem] == []


@pytest.mark.parametrize("column", ["received", "outcome", "channel", "team", "findings"])
def test_one_cell_that_differs_is_told_once(column: str) -> None:
    other = {"received": "2018-10-02", "outcome": "Not upheld", "channel": "Letter", "team": "South team"}
    result = compared(FULL, {**FULL, column: other.get(column, "Not upheld")})
    assert list(changes(result)) == [BY_ID[column].heading]


@pytest.mark.parametrize(
    ("column", "recorded_as"),
    [("answered", "2018-10-20"), ("outcome", "Upheld"), ("response_received", "2018-10-22"), ("channel", "Email")],
)
def test_a_cell_that_was_emptied_takes_back_what_it_said(column: str, recorded_as: str) -> None:
    gone = {**FULL, column: ""}
    if column == "answered":
        gone |= {"outcome": "", "findings": "", "response_received": ""}
    result = compared(FULL, gone)
    assert changes(result)[BY_ID[column].heading] == (2, recorded_as, "")
    assert compare(case_in(gone), after_correcting(FULL, gone), {}) == Compared((), 0, 1)


def test_a_column_that_the_file_has_not_got_says_nothing() -> None:
    less = {column: cell for column, cell in FULL.items() if column not in {"channel", "outcome", "spoken", "advocate"}}
    assert compared(FULL, less) == Compared((), 0, 1)


def test_of_a_column_that_is_there_the_rest_is_kept() -> None:
    less = {**{c: cell for c, cell in FULL.items() if c != "channel"}, "age_band": "0 to 4"}
    (correction,) = compared(FULL, less).corrections
    assert correction.event is not None
    assert dict(correction.event.data) == {
        "channel": "email", "complainant": "parent", "age_band": "0-4", "oral": False
    } | {"age_band": correction.event.data["age_band"]}  # fmt: skip
    assert changes(compared(FULL, less)) == {"Child's age": (2, "5 to 9", "0 to 4")}


def test_a_cell_that_was_empty_completes_what_was_recorded() -> None:
    result = compared({**FULL, "age_band": ""}, FULL)
    (correction,) = result.corrections
    assert (correction.reason, correction.by_hand) == (CorrectionReason.REGISTER_COMPLETED, False)
    assert changes(result) == {BY_ID["age_band"].heading: (2, "", "5 to 9")}
    assert compare(case_in(FULL), after_correcting({**FULL, "age_band": ""}, FULL), {}) == Compared((), 0, 1)


def test_a_register_that_changes_back_is_corrected_again() -> None:
    changed = {**FULL, "answered": "2018-10-19"}
    once = after_correcting(FULL, changed)
    back = compare(case_in(FULL), once, {})
    assert {correction.target for correction in back.corrections} <= set(once.imported)
    assert {correction.target for correction in back.corrections} & set(range(1, 9)) == set()


ACKNOWLEDGED = Event(kind=EventKind.STAGE_ACKNOWLEDGED, on=Dating.day(date(2018, 10, 2)), stage="stage-1")
ANSWERED = Event(kind=EventKind.RESPONSE_SENT, on=Dating.day(date(2018, 10, 20)), stage="stage-1")


def test_what_casework_added_is_not_the_registers_to_contradict() -> None:
    assert compared(row(), row(), ACKNOWLEDGED) == Compared((), 0, 1)


def test_what_casework_recorded_alike_is_not_added_twice() -> None:
    assert compared(row(), row(answered="2018-10-20"), ANSWERED) == Compared((), 0, 1)


def test_what_casework_recorded_otherwise_is_refused() -> None:
    result = compared(row(), row(answered="2018-10-21"), ANSWERED)
    (refusal,) = result.refusals
    assert (refusal.row, refusal.column, refusal.value) == (2, "Answered", "2018-10-21")
    assert refusal.reason == (
        "Somebody recorded “2018-10-20” here by hand on 2026-11-22, and a file does not overrule a person. Put the "
        "file right; or, where the file is right, import it with --accept-corrections."
    )


def test_what_casework_recorded_otherwise_is_corrected_where_that_is_accepted() -> None:
    result = compared(row(), row(answered="2018-10-21"), ANSWERED, over_people=True)
    (correction,) = result.corrections
    assert (correction.target, correction.by_hand, result.refusals) == (4, True, ())


def test_an_entry_struck_out_as_an_error_no_longer_stands_in_the_way() -> None:
    struck = Event(kind=EventKind.ENTRY_STRUCK, on=Dating.day(date(2018, 10, 25)), data={"sequence": 4})
    assert len(case_in(row()).history.events) == 3
    result = compared(row(), row(answered="2018-10-21"), ANSWERED, struck)
    assert ([event.kind for event in result.added], result.corrections) == ([EventKind.RESPONSE_SENT], ())
