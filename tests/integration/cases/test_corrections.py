"""Corrections: entries taken back and replaced in the open, with who, why and what moved."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories.accounts import make_user
from tests.factories.cases import AT, case_of, record
from tests.factories.registers import row
from tests.support.record import check_chains, check_facts, everything
from upheld.cases.actions.correct_event import NoReason, correct_event, effect_of_correction
from upheld.cases.actions.record_events import ClockBehind, ImpossibleEvents, record_events
from upheld.cases.actions.versions import StaleCase
from upheld.cases.chain import words_digest
from upheld.cases.folding import facts_of
from upheld.cases.models import Event, Reason, StageFactRow
from upheld.cases.queries.histories import NoSuchCase, history_of
from upheld.facts import MovedColumn, StageFact
from upheld.procedure import CorrectionReason, Dating, EventKind, Standing
from upheld.procedure import Event as Happening

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)
WORDS = "The letter was dated the nineteenth."


def answered(day: int) -> Happening:
    return Happening(kind=EventKind.RESPONSE_SENT, on=Dating.day(date(2018, 10, day)), stage="stage-1")


@pytest.fixture(autouse=True)
def recorded() -> None:
    """Entries 1 to 3 open the case, 4 is its answer."""
    record(row(), row(reference="T-2"))
    record_events(case_of("T-1").id, [answered(12)], expected_version=3, by=None, at=AT)


def correct(
    sequence: int,
    replacement: Happening | None,
    *,
    version: int = 4,
    at: Any = LATER,
    by: Any = None,
    words: str = WORDS,
) -> int:
    return correct_event(
        case_of("T-1").id, sequence, replacement, reason=CorrectionReason.WRONGLY_ENTERED, words=words,
        expected_version=version, by=by, at=at,
    )  # fmt: skip


def live() -> StageFactRow:
    return StageFactRow.objects.get(case_key=case_of("T-1").id, recorded_to=None)


def standing() -> list[int]:
    return [event.sequence for event in history_of(case_of("T-1")).standing]


def test_who_when_why_and_what_instead_stand_in_the_chain() -> None:
    officer = make_user(roles=["complaints-officer"])
    assert correct(4, answered(19), by=officer) == 6
    strike, instead = Event.objects.filter(case=case_of("T-1"), sequence__gt=4).order_by("sequence")
    reason = Reason.objects.get()
    assert (strike.kind, strike.kind_version, strike.recorded_at, strike.recorded_by) == (
        "entry-struck", 2, LATER, officer.public_id,
    )  # fmt: skip
    assert strike.data == {
        "sequence": 4, "replaced_by": 6, "reason": "wrongly-entered", "reason_id": str(reason.id),
        "reason_digest": words_digest(bytes(reason.salt), WORDS),
    }  # fmt: skip
    assert (instead.sequence, instead.kind, str(instead.occurred_earliest)) == (6, "response-sent", "2018-10-19")
    assert (reason.words, reason.case_id) == (WORDS, case_of("T-1").id)
    elsewhere = {table: rows for table, rows in everything().items() if table != "cases_reason"}
    assert WORDS not in str(elsewhere)
    assert standing() == [1, 2, 3, 6]
    assert check_chains() == 9
    assert check_facts() == 2


def test_what_was_known_before_stays_as_it_was() -> None:
    correct(4, answered(19))
    versions = StageFactRow.objects.filter(case_key=case_of("T-1").id).order_by("id")
    assert [(row.answered_on and row.answered_on.day, row.recorded_from) for row in versions] == [
        (None, AT), (12, AT), (19, LATER),
    ]  # fmt: skip
    (then,) = facts_of(history_of(case_of("T-1")).recorded_by(LATER - timedelta(seconds=1))).stages
    (known,) = StageFactRow.objects.filter(case_key=case_of("T-1").id, recorded_to=LATER).values_list(
        *StageFact.__dataclass_fields__
    )
    assert StageFact(*known) == then


def test_an_entry_is_taken_back_with_nothing_in_its_place() -> None:
    assert correct(4, None) == 5
    assert (standing(), live().answered_on) == ([1, 2, 3], None)


def test_a_correction_is_corrected() -> None:
    correct(4, answered(19))
    assert correct(6, answered(20), version=6) == 8
    assert (standing(), str(live().answered_on)) == ([1, 2, 3, 8], "2018-10-20")


def test_a_correction_is_taken_back_and_so_is_what_it_put_in_place() -> None:
    correct(4, answered(19))
    correct(6, answered(20), version=6)
    assert correct(5, None, version=8) == 9
    assert (standing(), str(live().answered_on)) == ([1, 2, 3, 4], "2018-10-12")
    assert correct(9, None, version=9) == 10
    assert (standing(), str(live().answered_on)) == ([1, 2, 3, 8], "2018-10-20")
    assert check_chains() == 13
    assert check_facts() == 2


def test_a_replacement_counts_where_the_first_one_stood() -> None:
    """A team put right in an early entry does not overrule one that took over later."""
    case = case_of("T-1").id
    team = Happening(kind=EventKind.TEAM_ASSIGNED, on=Dating.day(date(2018, 10, 8)), stage="stage-1",
                     data={"team": "south-team", "service": "care"})  # fmt: skip
    record_events(case, [team], expected_version=4, by=None, at=AT)
    first = next(e for e in history_of(case_of("T-1")).events if e.kind is EventKind.TEAM_ASSIGNED)
    early = Happening(kind=first.kind, on=first.on, stage=first.stage, data={"team": "east-team", "service": "care"})
    correct(first.sequence, early, version=5)
    assert live().team == "south-team"
    assert standing() == [1, 7, 3, 4, 5]


@pytest.mark.parametrize(
    ("sequence", "replacement", "words"),
    [
        (9, None, "there is no earlier entry 9"),
        (0, None, "there is no earlier entry 0"),
        (4, Happening(kind=EventKind.RESPONSE_SENT, on=Dating.day(date(2018, 9, 1)), stage="stage-1"), "comes before"),
        (4, Happening(kind=EventKind.RESPONSE_SENT, on=Dating.day(date(2018, 10, 19))), "must name its stage"),
        (4, Happening(kind=EventKind.ENTRY_STRUCK, on=Dating.unknown(), data={"sequence": 1, "reason": "x"}, version=2),
         "cannot stand in the place of one"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(sequence: int, replacement: Happening | None, words: str) -> None:
    before = everything()
    with pytest.raises(ImpossibleEvents, match=words):
        correct(sequence, replacement)
    with pytest.raises(ImpossibleEvents, match=words):
        effect_of_correction(case_of("T-1").id, sequence, replacement, at=LATER)
    assert everything() == before


def test_what_no_longer_counts_is_not_corrected_again() -> None:
    correct(4, answered(19))
    with pytest.raises(ImpossibleEvents, match="entry 4 no longer counts already; correct what stands in its place"):
        correct(4, None, version=6)
    with pytest.raises(ImpossibleEvents, match="it can be taken back, and nothing can stand in its place"):
        correct(5, answered(20), version=6)
    correct(5, None, version=6)
    with pytest.raises(ImpossibleEvents, match="entry 5 no longer counts already"):
        correct(5, None, version=7)


@pytest.mark.parametrize("words", ["", "  \n"])
def test_a_correction_says_why(words: str) -> None:
    before = everything()
    with pytest.raises(NoReason, match="Say in a few words why"):
        correct(4, None, words=words)
    assert everything() == before


def test_nobody_corrects_what_they_have_not_seen() -> None:
    before = everything()
    with pytest.raises(StaleCase):
        correct(4, None, version=3)
    with pytest.raises(ClockBehind):
        correct(4, None, at=AT - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        correct(4, None, by=make_user(roles=["director"]))
    with pytest.raises(NoSuchCase):
        correct_event(
            make_user().public_id, 4, None, reason=CorrectionReason.WRONG_CASE, words=WORDS, expected_version=4,
            by=None, at=LATER,
        )  # fmt: skip
    assert {**everything(), "accounts_user": None} == {**before, "accounts_user": None}


def test_what_moves_is_told_before_it_is_recorded() -> None:
    before = everything()
    moved = effect_of_correction(case_of("T-1").id, 4, answered(19), at=LATER)
    assert moved.columns == (
        MovedColumn("stage-1", 1, None, "answered_on", date(2018, 10, 12), date(2018, 10, 19)),
        MovedColumn("stage-1", 1, None, "working_days", 9, 14),
    )
    (limit,) = [each for each in moved.standings if each.clock == "stage-1-response"]
    assert (limit.before, limit.after, limit.due_before, limit.due_after) == (
        Standing.MET, Standing.MISSED, Dating.day(date(2018, 10, 15)), Dating.day(date(2018, 10, 15)),
    )  # fmt: skip
    assert everything() == before


def test_a_date_of_receipt_moves_the_limit() -> None:
    first = history_of(case_of("T-1")).events[0]
    later = Happening(kind=first.kind, on=Dating.day(date(2018, 10, 4)), stage="stage-1", data=first.data)
    moved = effect_of_correction(case_of("T-1").id, 1, later, at=LATER)
    due = {each.column: (each.before, each.after) for each in moved.columns}["due_in_force_on"]
    assert due == (date(2018, 10, 15), date(2018, 10, 18))


def test_where_nothing_moves_the_effect_is_empty() -> None:
    assert not effect_of_correction(case_of("T-1").id, 4, answered(12), at=LATER)
