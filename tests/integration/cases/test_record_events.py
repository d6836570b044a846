"""Casework writes: events appended to one case, its facts brought up to date with them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories.accounts import make_user
from tests.factories.cases import AT, case_of, record
from tests.factories.registers import row
from tests.support.record import check_chains, check_facts, everything
from upheld.cases.actions.record_events import ClockBehind, ImpossibleEvents, record_events
from upheld.cases.actions.versions import StaleCase
from upheld.cases.models import Event, FactsState, PointFactRow, StageFactRow
from upheld.cases.queries.histories import NoSuchCase, history_of
from upheld.procedure import Dating, EventKind
from upheld.procedure import Event as Happening

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)


def happened(kind: EventKind, day: int, **data: Any) -> Happening:
    return Happening(kind=kind, on=Dating.day(date(2018, 10, day)), stage="stage-1", data=data)


ANSWERED = happened(EventKind.RESPONSE_SENT, 12)
FOUND = happened(EventKind.FINDING_RECORDED, 12, point=1, finding="upheld")


@pytest.fixture(autouse=True)
def recorded() -> None:
    record(row(), row(reference="T-2"))


def append(*events: Happening, version: int = 3, at: datetime = LATER, by: Any = None) -> int:
    return record_events(case_of("T-1").id, events, expected_version=version, by=by, at=at)


def test_events_are_appended_and_facts_follow() -> None:
    officer = make_user(roles=["complaints-officer"])
    assert append(ANSWERED, FOUND, by=officer) == 5
    case = case_of("T-1")
    assert case.version == 5
    assert [(e.sequence, e.kind, e.recorded_at, e.recorded_by) for e in history_of(case).events[3:]] == [
        (4, EventKind.RESPONSE_SENT, LATER, str(officer.public_id)),
        (5, EventKind.FINDING_RECORDED, LATER, str(officer.public_id)),
    ]
    live = StageFactRow.objects.get(case_key=case.id, recorded_to=None)
    assert (live.answered_on, live.recorded_from) == (date(2018, 10, 12), LATER)
    assert PointFactRow.objects.get(case_key=case.id, recorded_to=None).finding == "upheld"
    assert check_chains() == 8
    assert check_facts() == 2


def test_what_changes_no_fact_opens_no_version() -> None:
    facts = everything()["stage_fact"], everything()["point_fact"]
    append(happened(EventKind.STAGE_ACKNOWLEDGED, 2))
    assert (everything()["stage_fact"], everything()["point_fact"]) == facts
    assert check_chains() == 7


def test_the_token_of_the_facts_changes() -> None:
    before = FactsState.objects.get().token
    append(ANSWERED)
    assert FactsState.objects.get().token != before


@pytest.mark.parametrize("version", [2, 4])
def test_another_version_than_was_seen_is_refused(version: int) -> None:
    before = everything()
    with pytest.raises(StaleCase, match="Open it again to see what is new"):
        append(ANSWERED, version=version)
    assert everything() == before


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (replace(ANSWERED, on=Dating.day(date(2018, 9, 1))), "comes before"),
        (happened(EventKind.FINDING_RECORDED, 12, point=1), "needs finding"),
        (happened(EventKind.RESPONSE_SENT, 12, colour="green"), "has no field called colour"),
        (replace(ANSWERED, stage=None), "must name its stage"),
        (Happening(kind=EventKind.ENTRY_STRUCK, on=Dating.unknown(), data={"sequence": 9}), "no earlier entry 9"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_refused(event: Happening, words: str) -> None:
    before = everything()
    with pytest.raises(ImpossibleEvents, match=words) as refused:
        append(event)
    assert len(refused.value.problems) == 1
    assert everything() == before


def test_what_breaks_the_law_is_recorded() -> None:
    append(replace(ANSWERED, on=Dating.day(date(2019, 10, 1))))
    assert StageFactRow.objects.get(case_key=case_of("T-1").id, recorded_to=None).working_days == 253


def test_nothing_is_recorded_before_what_was_recorded_last() -> None:
    before = everything()
    with pytest.raises(ClockBehind, match="an entry of 2026-11-22 09:30:00 UTC, later than 2026-11-22 09:29:59 UTC"):
        append(ANSWERED, at=AT - timedelta(seconds=1))
    assert everything() == before


def test_an_entry_struck_out_leaves_the_facts_and_stays_in_the_chronology() -> None:
    append(ANSWERED)
    struck = Happening(kind=EventKind.ENTRY_STRUCK, on=Dating.day(date(2018, 10, 15)), data={"sequence": 4})
    append(struck, version=4, at=LATER + timedelta(days=1))
    case = case_of("T-1")
    assert StageFactRow.objects.get(case_key=case.id, recorded_to=None).answered_on is None
    assert [f.answered_on for f in StageFactRow.objects.filter(case_key=case.id).order_by("id")] == [
        None, date(2018, 10, 12), None,
    ]  # fmt: skip
    assert Event.objects.filter(case=case).count() == 5
    assert check_chains() == 8
    assert check_facts() == 2


def test_a_case_that_there_is_not_is_said_to_be_none() -> None:
    with pytest.raises(NoSuchCase):
        record_events(uuid4(), [ANSWERED], expected_version=3, by=None, at=LATER)


def test_something_must_be_recorded() -> None:
    with pytest.raises(ValueError, match="nothing to record"):
        append()


@pytest.mark.parametrize("role", ["director", "system-administrator", "team-manager", "cabinet-member"])
def test_only_the_complaints_team_may_record(role: str) -> None:
    before = everything()
    with pytest.raises(PermissionDenied):
        append(ANSWERED, by=make_user(roles=[role]))
    assert everything() == before
