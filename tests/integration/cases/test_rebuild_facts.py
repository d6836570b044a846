"""The fact tables against the fold, now and at each past moment; and put right where they differ."""

from datetime import date, timedelta

import pytest
from django.db import connection

from tests.factories.cases import AT, case_of, record
from tests.factories.registers import row
from tests.support.always import check_record_after
from tests.support.record import everything
from upheld.cases.actions.rebuild_facts import FactsChecked, check_facts, rebuild_facts
from upheld.cases.actions.record_events import record_events
from upheld.cases.actions.refreshing import facts_changed
from upheld.cases.models import FactsState, PointFactRow, StageFactRow
from upheld.procedure import Dating, EventKind
from upheld.procedure import Event as Happening

pytestmark = pytest.mark.django_db

LATER, LAST = AT + timedelta(days=1), AT + timedelta(days=2)


@pytest.fixture(autouse=True)
def recorded() -> None:
    """T-1 has changed twice since it was recorded, T-2 not at all."""
    record(row(), row(reference="T-2", answered="2018-10-12"))
    answer = Happening(kind=EventKind.RESPONSE_SENT, on=Dating.day(date(2018, 10, 12)), stage="stage-1")
    record_events(case_of("T-1").id, [answer], expected_version=3, by=None, at=LATER)
    strike = Happening(kind=EventKind.ENTRY_STRUCK, on=Dating.unknown(), data={"sequence": 4})
    record_events(case_of("T-1").id, [strike], expected_version=4, by=None, at=LAST)


def wrong(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 1


def test_the_facts_are_those_of_the_chronology_at_every_moment() -> None:
    before = everything()
    assert check_facts() == FactsChecked(cases=2, rows=8, moments=4)
    assert rebuild_facts(at=LAST) == FactsChecked(cases=2, rows=8, moments=4)
    assert everything() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stage_fact SET answered_on = '2018-10-13' WHERE recorded_to IS NULL AND answered_on IS NOT NULL",
        "UPDATE point_fact SET finding = 'upheld' WHERE recorded_to IS NULL AND answered_on IS NOT NULL",
        "DELETE FROM stage_fact WHERE recorded_to IS NULL AND answered_on IS NOT NULL",
        "DELETE FROM point_fact WHERE recorded_to IS NULL AND answered_on IS NOT NULL",
    ],
)
def test_facts_that_differ_are_found_and_put_right_from_now_on(statement: str) -> None:
    token = FactsState.objects.get().token
    wrong(statement)
    found = check_facts()
    assert (found.differing, found.differing_then, found.sound) == (1, 0, False)
    assert found.cases_named == [str(case_of("T-2").id)]
    assert rebuild_facts(at=LAST + timedelta(days=1)) == found
    assert FactsState.objects.get().token != token
    again = check_facts()
    # What was told in between was told, and stays: it is the past now.
    assert (again.differing, again.differing_then) == (0, 1)
    live = StageFactRow.objects.get(case_key=case_of("T-2").id, recorded_to=None)
    assert live.answered_on == date(2018, 10, 12)
    assert PointFactRow.objects.get(case_key=case_of("T-2").id, recorded_to=None).finding is None
    StageFactRow.objects.filter(case_key=case_of("T-2").id).delete()
    PointFactRow.objects.filter(case_key=case_of("T-2").id).delete()
    _as_first_recorded()


def _as_first_recorded() -> None:
    """Put the facts back as they were told from the start, for the check that follows every test."""
    from upheld.cases.actions.refreshing import add_facts
    from upheld.cases.folding import facts_of
    from upheld.cases.queries.histories import history_of

    add_facts([facts_of(history_of(case_of("T-2")))], at=AT)


def test_facts_of_the_past_that_differ_are_found() -> None:
    for column, value in (("recorded_to", "recorded_to + interval '1 hour'"), ("team", "'another'")):
        sound = everything()["stage_fact"]
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT before")
        wrong(
            f"UPDATE stage_fact SET {column} = {value} "  # noqa: S608
            "WHERE recorded_to IS NOT NULL AND answered_on IS NULL"
        )
        found = check_facts()
        assert (found.differing, found.differing_then) == (0, 1)
        assert found.cases_named == [str(case_of("T-1").id)]
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK TO before")
        assert everything()["stage_fact"] == sound


def test_facts_of_no_case_are_found() -> None:
    StageFactRow.objects.filter(case_key=case_of("T-2").id).update(case_key="00000000-0000-4000-8000-000000000000")
    found = check_facts()
    assert (found.differing, found.strangers) == (1, 1)
    StageFactRow.objects.filter(case_key="00000000-0000-4000-8000-000000000000").update(case_key=case_of("T-2").id)


def test_after_every_test_the_record_is_looked_at(request: pytest.FixtureRequest) -> None:
    """Here by hand, and with something wrong; tests/conftest.py does it as each test ends."""
    check_record_after(request.node)
    StageFactRow.objects.filter(case_key=case_of("T-2").id).update(outcome="upheld")
    facts_changed()
    with pytest.raises(AssertionError, match="facts are not what the chronology says"):
        check_record_after(request.node)
    StageFactRow.objects.filter(case_key=case_of("T-2").id).update(outcome=None)
