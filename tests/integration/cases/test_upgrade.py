"""A database from an earlier version: events of an older kind version are read, folded, verified, and left alone."""

from datetime import date, timedelta

import pytest

from tests.factories.cases import AT, case_of, record, register_of
from tests.factories.keys import believed, seal_key
from tests.factories.registers import row
from tests.support.record import check_chains, check_facts
from upheld.cases.actions.copying import copy_entries
from upheld.cases.actions.correct_event import correct_event
from upheld.cases.actions.rebuild_facts import rebuild_facts
from upheld.cases.actions.record_events import record_events
from upheld.cases.actions.record_register import RegisterRefused, record_register
from upheld.cases.actions.seal_chronology import seal_chronology
from upheld.cases.chain import enchain, placed
from upheld.cases.models import Case, Event, StageFactRow
from upheld.cases.queries.histories import history_of, recorded_case
from upheld.cases.verification import verify_record
from upheld.procedure import CorrectionReason, Dating, EventError, EventKind
from upheld.procedure import Event as Happening

pytestmark = pytest.mark.django_db

LATER, LAST = AT + timedelta(days=1), AT + timedelta(days=2)
OLD_STRIKE = Happening(kind=EventKind.ENTRY_STRUCK, on=Dating.day(date(2018, 10, 20)), data={"sequence": 4}, version=1)


@pytest.fixture(autouse=True)
def an_old_database() -> None:
    """An answer struck out when a striking had no reason: kept in version 1, as the code of that day wrote it."""
    record(row(answered="2018-10-12"))
    case = case_of("T-1")
    before = recorded_case(case.id)
    copy_entries(
        enchain(case.id, placed([OLD_STRIKE], after=4, at=LATER, by=None), source=None, previous_hash=before.head)
    )
    Case.objects.filter(id=case.id).update(version=5)
    rebuild_facts(at=LATER)


def test_it_is_read_in_the_present_version_and_kept_in_its_own() -> None:
    strike = history_of(case_of("T-1")).events[4]
    assert (strike.version, dict(strike.data)) == (2, {"sequence": 4, "reason": "not-said"})
    kept = Event.objects.get(sequence=5)
    assert (kept.kind_version, kept.data) == (1, {"sequence": 4})


def test_it_folds() -> None:
    assert [event.sequence for event in history_of(case_of("T-1")).standing] == [1, 2, 3]
    assert StageFactRow.objects.get(case_key=case_of("T-1").id, recorded_to=None).answered_on is None
    assert check_facts() == 1


def test_its_chain_holds_and_is_sealed() -> None:
    assert check_chains() == 5
    seal_chronology(at=LATER, key=seal_key())
    assert verify_record(believed()).findings == ()


def test_it_is_gone_on_from_in_the_present_version() -> None:
    case = case_of("T-1").id
    again = Happening(kind=EventKind.ENTRY_STRUCK, on=Dating.day(date(2018, 10, 21)), data={"sequence": 3}, version=1)
    assert record_events(case, [again], expected_version=5, by=None, at=LAST) == 6
    assert Event.objects.get(sequence=6).data == {"sequence": 3, "reason": "not-said"}
    assert Event.objects.get(sequence=6).kind_version == 2
    correct_event(
        case,
        5,
        None,
        reason=CorrectionReason.TAKEN_BACK,
        words="It had been sent.",
        expected_version=6,
        by=None,
        at=LAST,
    )
    assert StageFactRow.objects.get(case_key=case, recorded_to=None).answered_on == date(2018, 10, 12)
    assert check_chains() == 7
    assert check_facts() == 1


def test_the_register_that_it_came_from_does_not_put_back_what_was_taken_back() -> None:
    with pytest.raises(RegisterRefused) as refused:
        record(row(answered="2018-10-12"), at=LAST)
    (refusal,) = refused.value.refusals
    assert (refusal.row, refusal.column, refusal.value) == (2, "Answered", "2018-10-12")
    assert refusal.reason.startswith("Somebody took this back here by hand on 2026-11-23, and a file does not overrule")
    result = record_register(register_of(row(answered="2018-10-12")), by=None, at=LAST, over_people=True)
    assert result.events == 1
    assert record(row(answered="2018-10-12"), at=LAST).import_id is None


def test_an_event_of_a_later_version_than_the_code_is_not_guessed_at() -> None:
    from django.db import transaction

    case = case_of("T-1")
    before = recorded_case(case.id)
    newer = Happening(kind=EventKind.STAGE_ACKNOWLEDGED, on=Dating.day(date(2018, 10, 2)), stage="stage-1", version=9)
    with transaction.atomic():
        copy_entries(
            enchain(case.id, placed([newer], after=5, at=LAST, by=None), source=None, previous_hash=before.head)
        )
        Case.objects.filter(id=case.id).update(version=6)
        with pytest.raises(EventError, match="this installation knows version 1: upgrade it before opening the case"):
            history_of(case)
        assert verify_record({}).findings == ()
        transaction.set_rollback(True)
