"""Disposal: two people, a certificate in the chain, nothing left of the family, and published figures as they were."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from tests.factories.accounts import make_user
from tests.factories.cases import AT, case_of, record
from tests.factories.environments import changed_environment
from tests.factories.keys import believed, seal_key
from tests.factories.registers import row
from tests.support.record import everything
from tests.support.tampering import guard_off
from upheld.cases.actions.correct_event import correct_event
from upheld.cases.actions.disposal import (
    CannotDispose,
    Ground,
    dispose,
    lift_hold,
    note_report,
    place_hold,
    request_disposal,
    withdraw_disposal,
)
from upheld.cases.actions.record_events import record_events
from upheld.cases.actions.seal_chronology import seal_chronology
from upheld.cases.actions.versions import StaleCase
from upheld.cases.models import (
    Case,
    CaseParty,
    CertificateRow,
    DisposalRequest,
    Event,
    Hold,
    Person,
    PointFactRow,
    Reason,
    StageFactRow,
)
from upheld.cases.queries.facts import PostgresFacts
from upheld.cases.queries.histories import NoSuchCase, all_histories
from upheld.cases.verification import About, verify_record
from upheld.figures.asked import Asked
from upheld.figures.calculate import calculate
from upheld.figures.definitions import CATALOGUE
from upheld.figures.model import FigureSet
from upheld.period import Quarter
from upheld.procedure import CorrectionReason, Dating, EventKind
from upheld.procedure import Event as Happening

pytestmark = pytest.mark.django_db

ASKED, APPROVED = AT + timedelta(days=40), AT + timedelta(days=41)
REPORT_DAY = date(2018, 12, 12)
ROWS = [
    row(answered="2018-10-19", outcome="Upheld", channel="Email", child_name="Example Child", themes="Delay; Rudeness"),
    row(stage="Stage 2", received="2018-12-10", child_name="Example Child", themes="Delay; Rudeness"),
    row(reference="T-2", answered="2018-12-13", outcome="Not upheld"),
    row(reference="T-3", received="2018-11-29", answered="2018-12-31"),
    row(reference="T-4", received="2018-11-30", withdrawn="2018-12-03"),
]


@pytest.fixture
def people() -> tuple[Any, Any]:
    return make_user(roles=["information-governance-officer"]), make_user(roles=["complaints-manager"])


@pytest.fixture(autouse=True)
def recorded() -> None:
    record(*ROWS)
    noted = Happening(kind=EventKind.RESPONSE_SENT, on=Dating.day(date(2018, 10, 23)), stage="stage-1")
    case = case_of("T-1")
    fourth = Event.objects.get(case=case, kind="response-sent").sequence
    correct_event(
        case.id, fourth, noted, reason=CorrectionReason.WRONGLY_ENTERED, words="The letter says the 23rd.",
        expected_version=case.version, by=None, at=AT + timedelta(days=1),
    )  # fmt: skip


def asked(people: tuple[Any, Any], reference: str = "T-1", ground: Ground = Ground.ERASURE_GRANTED) -> UUID:
    case = case_of(reference)
    request_disposal(case.id, ground=ground, by=people[0], at=ASKED)
    return case.id


def carried_out(people: tuple[Any, Any], reference: str = "T-1") -> UUID:
    version = case_of(reference).version
    case = asked(people, reference)
    dispose(case, expected_version=version, by=people[1], at=APPROVED, key=seal_key())
    return case


def figures(as_at: date, known_at: datetime | None = None) -> FigureSet:
    every = tuple(CATALOGUE.figures)
    quarters = Quarter(2018, 4).back(4)
    questions = [Asked(every, quarters, by) for by in ((), ("stage", "team"), ("theme",))]
    return calculate(PostgresFacts(), questions, as_at=as_at, known_at=known_at)


def test_nothing_of_the_case_is_left_and_the_chain_still_joins(people: tuple[Any, Any]) -> None:
    seal_chronology(at=AT + timedelta(days=2), key=seal_key())
    salts = [bytes(salt).hex() for salt in Event.objects.filter(case=case_of("T-1")).values_list("salt", flat=True)]
    entries = Event.objects.count()
    count = case_of("T-1").version
    case = carried_out(people)
    assert (Event.objects.count(), Reason.objects.count()) == (entries - count, 0)
    assert (Person.objects.count(), CaseParty.objects.count(), DisposalRequest.objects.count()) == (0, 0, 0)
    left = {table: rows for table, rows in everything().items() if table != "cases_registerimport"}
    for gone in ("Example Child", "T-1", "The letter says", "2018, 10, 23", "2018, 10, 19", "2018, 12, 10", *salts):
        assert gone not in str(left)
    assert not StageFactRow.objects.filter(case_key=case).exists()
    certificate = CertificateRow.objects.get()
    assert (certificate.case_id, certificate.ground, len(bytes(certificate.contents)) // 32) == (
        case, "erasure-granted", count,
    )  # fmt: skip
    assert (certificate.requested_by, certificate.approved_by) == (people[0].public_id, people[1].public_id)
    assert Case.objects.get(id=case).reference == "Disposed of"
    checked = verify_record(believed())
    assert (checked.findings, checked.disposed, checked.cases) == ((), 1, 3)
    seal_chronology(at=APPROVED, key=seal_key())
    assert verify_record(believed()).findings == ()
    assert len(list(all_histories())) == 3


def test_published_figures_come_out_as_they_did(people: tuple[Any, Any]) -> None:
    known = AT + timedelta(hours=3)
    note_report(as_at=REPORT_DAY, known_at=known)
    note_report(as_at=REPORT_DAY, known_at=known)
    asked_for = [(REPORT_DAY, known), (REPORT_DAY, None), (date(2018, 12, 31), None), (date(2019, 3, 31), None),
                 (date(2026, 11, 22), None)]  # fmt: skip
    before = [figures(day, moment).values for day, moment in asked_for]
    for reference in ("T-1", "T-2", "T-3", "T-4"):
        carried_out(people, reference)
    assert Event.objects.count() == 0
    assert [figures(day, moment).values for day, moment in asked_for] == before


def test_the_days_and_moments_that_are_left_are_those_of_months(people: tuple[Any, Any]) -> None:
    carried_out(people, "T-2")
    (live,) = StageFactRow.objects.filter(outcome="not-upheld")
    assert (live.received_on, live.answered_on, live.due_on) == (
        date(2018, 10, 1),
        date(2018, 12, 1),
        date(2018, 10, 2),
    )
    assert (live.recorded_from.day, live.recorded_from.hour) == (1, 0)
    assert PointFactRow.objects.filter(stage_key=live.stage_key).count() == 1


def test_one_person_does_not_dispose_of_a_case_alone(people: tuple[Any, Any]) -> None:
    case = asked(people)
    before = everything()
    with pytest.raises(CannotDispose, match="You asked for this case to be disposed of, so somebody else has to"):
        dispose(case, expected_version=case_of("T-1").version, by=people[0], at=APPROVED, key=seal_key())
    with pytest.raises(CannotDispose, match="Nobody has asked for this case to be disposed of"):
        dispose(case_of("T-2").id, expected_version=5, by=people[1], at=APPROVED, key=seal_key())
    with pytest.raises(CannotDispose, match="Somebody has asked for this already"):
        request_disposal(case, ground=Ground.ERASURE_GRANTED, by=people[1], at=ASKED)
    assert everything() == before
    withdraw_disposal(case, by=people[1])
    with pytest.raises(CannotDispose, match="Nobody has asked"):
        dispose(case, expected_version=case_of("T-1").version, by=people[1], at=APPROVED, key=seal_key())


@pytest.mark.parametrize("role", ["complaints-officer", "director", "system-administrator", "analyst"])
def test_others_may_not(people: tuple[Any, Any], role: str) -> None:
    case, other = asked(people), make_user(roles=[role])
    before = everything()
    for act in (
        lambda: request_disposal(case_of("T-2").id, ground=Ground.ERASURE_GRANTED, by=other, at=ASKED),
        lambda: dispose(case, expected_version=1, by=other, at=APPROVED, key=seal_key()),
        lambda: withdraw_disposal(case, by=other),
        lambda: place_hold(case, reason="An inquiry.", by=other, at=ASKED),
        lambda: lift_hold(1, by=other, at=ASKED),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert everything() == before


def test_what_was_recorded_since_it_was_asked_for_stops_it(people: tuple[Any, Any]) -> None:
    case = asked(people)
    version = case_of("T-1").version
    noted = Happening(kind=EventKind.CASE_CLOSED, on=Dating.day(date(2019, 1, 2)))
    record_events(case, [noted], expected_version=version, by=None, at=ASKED + timedelta(minutes=1))
    for seen in (version, version + 1):
        with pytest.raises(StaleCase):
            dispose(case, expected_version=seen, by=people[1], at=APPROVED, key=seal_key())


def test_a_hold_keeps_a_case_until_it_is_lifted(people: tuple[Any, Any]) -> None:
    case = asked(people)
    version = case_of("T-1").version
    hold = place_hold(case, reason="A claim has been issued.", by=people[1], at=ASKED)
    with pytest.raises(CannotDispose, match="This case is held"):
        dispose(case, expected_version=version, by=people[1], at=APPROVED, key=seal_key())
    with pytest.raises(CannotDispose, match="Say why this case is held"):
        place_hold(case, reason=" ", by=people[1], at=ASKED)
    with pytest.raises(IntegrityError, match="a case that is held is not disposed of"), transaction.atomic():
        certify(case, people)
    lift_hold(hold, by=people[0], at=APPROVED)
    lift_hold(hold, by=people[1], at=APPROVED)
    assert Hold.objects.get().lifted_by == people[0].public_id
    dispose(case, expected_version=version, by=people[1], at=APPROVED, key=seal_key())
    assert verify_record(believed()).findings == ()
    with pytest.raises(NoSuchCase):
        place_hold(case, reason="Too late.", by=people[1], at=APPROVED)


def test_a_case_is_kept_for_as_long_as_the_council_says(people: tuple[Any, Any], settings: Any) -> None:
    with pytest.raises(
        CannotDispose, match="Cases are kept for 75 years .* after their last date, which is 2026-11-23"
    ):
        asked(people, ground=Ground.RETENTION_ENDED)
    settings.ENVIRONMENT = changed_environment(retention_years=1)
    later = ASKED.replace(year=2027, month=11, day=23)
    with pytest.raises(CannotDispose, match="Its time has not come"):
        request_disposal(case_of("T-1").id, ground=Ground.RETENTION_ENDED, by=people[0], at=later - timedelta(days=1))
    request_disposal(case_of("T-1").id, ground=Ground.RETENTION_ENDED, by=people[0], at=later)
    assert DisposalRequest.objects.get().ground == "retention-ended"


def certify(case: UUID, people: tuple[Any, Any], **changed: object) -> None:
    values = {
        "case_id": case, "ground": "x", "requested_by": people[0].public_id, "requested_at": ASKED,
        "approved_by": people[1].public_id, "approved_at": APPROVED, "contents": bytes(32), "hash": bytes(32),
        "key": "x", "signature": bytes(64),
    }  # fmt: skip
    CertificateRow.objects.create(**{**values, **changed})


def test_the_database_takes_no_certificate_that_nobody_asked_for_or_one_person_signed(people: tuple[Any, Any]) -> None:
    case = case_of("T-1").id
    with pytest.raises(IntegrityError, match="nobody has asked"), transaction.atomic():
        certify(case, people)
    asked(people)
    with pytest.raises(IntegrityError, match="certificate_is_of_two_people"), transaction.atomic():
        certify(case, people, approved_by=people[0].public_id)
    with pytest.raises(IntegrityError, match="certificate_is_asked_for_before"), transaction.atomic():
        certify(case, people, approved_at=ASKED - timedelta(seconds=1))


def test_the_database_lets_go_of_the_certified_case_and_of_no_other(people: tuple[Any, Any]) -> None:
    case = asked(people)
    with transaction.atomic():
        certify(case, people)
        for other in (case_of("T-2").id, case_of("T-3").id):
            with (
                pytest.raises(IntegrityError, match="no certificate stands for this case"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute("DELETE FROM cases_event WHERE case_id = %s", [other])
        with (
            pytest.raises(IntegrityError, match="is append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE cases_event SET stage = NULL WHERE case_id = %s", [case])
        transaction.set_rollback(True)


def test_a_chain_that_does_not_hold_is_not_disposed_of(people: tuple[Any, Any]) -> None:
    case = asked(people)
    with transaction.atomic():
        with guard_off() as cursor:
            cursor.execute("UPDATE cases_event SET stage = NULL WHERE case_id = %s AND sequence = 2", [case])
        with pytest.raises(CannotDispose, match="The chain of this case does not hold"):
            dispose(case, expected_version=case_of("T-1").version, by=people[1], at=APPROVED, key=seal_key())
        transaction.set_rollback(True)


@pytest.mark.tampers
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE cases_certificate SET ground = 'other'", "changed or forged"),
        ("UPDATE cases_certificate SET approved_by = gen_random_uuid()", "changed or forged"),
        ("UPDATE cases_certificate SET contents = contents || sha256('x')", "changed or forged"),
        ("UPDATE cases_certificate SET signature = sha512('x')", "changed or forged"),
        ("UPDATE cases_certificate SET key = 'another'", "forged, or its key is not among those given"),
        ("UPDATE cases_certificate SET hash = sha256('x')", "the chain does not end where it says"),
    ],
)
def test_a_tampered_certificate_is_told_from_a_sound_one(people: tuple[Any, Any], statement: str, words: str) -> None:
    seal_chronology(at=AT + timedelta(days=2), key=seal_key())
    case = carried_out(people)
    with guard_off() as cursor:
        cursor.execute(statement)
    (finding,) = verify_record(believed()).findings
    assert (finding.about, finding.case) == (About.CERTIFICATE, str(case))
    assert words in finding.words


@pytest.mark.tampers
def test_a_forged_certificate_for_a_case_that_was_removed_is_found(people: tuple[Any, Any]) -> None:
    seal_chronology(at=AT + timedelta(days=2), key=seal_key())
    case = case_of("T-1").id
    with guard_off() as cursor:
        cursor.execute("DELETE FROM cases_reason")
        cursor.execute("DELETE FROM cases_event WHERE case_id = %s", [case])
        certify(case, people, key=seal_key().fingerprint)
    (finding,) = verify_record(believed()).findings
    assert finding.words.startswith(f"Case {case}, disposed of: its certificate was changed or forged")
    assert [f.about for f in verify_record({}).findings] == [About.CERTIFICATE]


@pytest.mark.tampers
def test_a_certificate_that_was_removed_is_missed_by_the_seal(people: tuple[Any, Any]) -> None:
    case = carried_out(people)
    seal_chronology(at=APPROVED, key=seal_key())
    with guard_off() as cursor:
        cursor.execute("DELETE FROM cases_certificate")
    (finding,) = verify_record(believed()).findings
    assert (finding.about, finding.case) == (About.CASE, str(case))
