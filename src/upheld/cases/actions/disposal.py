"""Dispose of a case: one person asks, another approves, and a certificate stands in the chain for what goes."""

from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from upheld.accounts.rules import Permission, check
from upheld.cases.actions.copying import POINT_COLUMNS, STAGE_COLUMNS, copy_certificate
from upheld.cases.actions.refreshing import facts_changed
from upheld.cases.actions.seal_chronology import keys_folder
from upheld.cases.actions.versions import StaleCase
from upheld.cases.chain import content_hash, kept_text
from upheld.cases.keys import SealKey, signing_key
from upheld.cases.models import (
    Case,
    CaseParty,
    CertificateRow,
    DisposalRequest,
    Hold,
    Person,
    PointFactRow,
    ReportMade,
    StageFactRow,
)
from upheld.cases.queries.histories import NoSuchCase
from upheld.cases.seals import Certificate
from upheld.cases.verification.chains import KeptEntry, holds
from upheld.cases.verification.reading import entries_of
from upheld.errors import UpheldError
from upheld.facts import PointFact, StageFact, coarse_days, coarse_moment, coarse_row, dates_of

if TYPE_CHECKING:
    from upheld.accounts.models import User


class Ground(StrEnum):
    """Why a case is disposed of."""

    RETENTION_ENDED = "retention-ended"
    ERASURE_GRANTED = "erasure-granted"
    RECORDED_IN_ERROR = "recorded-in-error"


class CannotDispose(UpheldError):
    """The case cannot be disposed of now; the text says why and what to do."""


def request_disposal(case_id: UUID, *, ground: Ground, by: "User", at: datetime) -> None:
    """Ask for a case to be disposed of. Somebody else approves it with `dispose`.

    Raises NoSuchCase, CannotDispose where it is held, asked for already or its time has not come, and PermissionDenied.
    """
    check(by, Permission.DISPOSE_OF_CASES)
    with transaction.atomic():
        _locked(case_id)
        _check_holds(case_id)
        if ground is Ground.RETENTION_ENDED:
            _check_retention(case_id, at.date())
        if DisposalRequest.objects.filter(case=case_id).exists():
            raise CannotDispose("Somebody has asked for this already. Somebody else than they approves it.")
        DisposalRequest.objects.create(case_id=case_id, ground=ground.value, requested_by=by.public_id, requested_at=at)


def withdraw_disposal(case_id: UUID, *, by: "User") -> None:
    """Take back, or turn down, that a case be disposed of. Nothing happens where nobody has asked."""
    check(by, Permission.DISPOSE_OF_CASES)
    DisposalRequest.objects.filter(case=case_id).delete()


def place_hold(case_id: UUID, *, reason: str, by: "User", at: datetime) -> int:
    """Keep a case from being disposed of until the hold is lifted; the hold's id is returned."""
    check(by, Permission.DISPOSE_OF_CASES)
    if not reason.strip():
        raise CannotDispose("Say why this case is held, so that somebody can tell later whether it still must be.")
    with transaction.atomic():
        _locked(case_id)
        return Hold.objects.create(case_id=case_id, reason=reason, placed_by=by.public_id, placed_at=at).id


def lift_hold(hold: int, *, by: "User", at: datetime) -> None:
    """Lift a hold. Nothing happens where it was lifted already."""
    check(by, Permission.DISPOSE_OF_CASES)
    Hold.objects.filter(id=hold, lifted_at=None).update(lifted_by=by.public_id, lifted_at=at)


def dispose(
    case_id: UUID, *, expected_version: int, by: "User", at: datetime, key: SealKey | None = None
) -> Certificate:
    """Approve that a case be disposed of, and carry it out, in one transaction; the certificate is returned.

    The entries go with their dates, salts and texts; so do the people and the reference. Content hashes stay in the
    certificate, and facts without a key and with coarse dates, so the chain joins and published figures stand. Raises
    CannotDispose where nobody asked, `by` asked themself, the case is held or its chain does not hold; StaleCase where
    something was recorded since it was asked for or seen; NoSuchCase, NoSealKey, BadSealKey and PermissionDenied.
    """
    check(by, Permission.DISPOSE_OF_CASES)
    key = key or signing_key(keys_folder())
    with transaction.atomic():
        case = _locked(case_id)
        _check_holds(case_id)
        request = DisposalRequest.objects.filter(case=case_id).first()
        if request is None:
            raise CannotDispose("Nobody has asked for this case to be disposed of. One person asks, another approves.")
        if request.requested_by == by.public_id:
            raise CannotDispose("You asked for this case to be disposed of, so somebody else has to approve it.")
        entries = entries_of(case_id)
        if case.version != expected_version or _last_recorded(case_id) > request.requested_at:
            raise StaleCase
        if not holds(entries):
            raise CannotDispose("The chain of this case does not hold, so nothing was done: upheld audit verify")
        certificate = _certificate(request, entries, by.public_id, at, key)
        copy_certificate(certificate)
        _let_go(case)
        _make_coarse(case_id)
        facts_changed()
    return certificate


def note_report(*, as_at: date, known_at: datetime) -> None:
    """Note that figures judged at a day, of what was known at a moment, have gone out in a report.

    Facts of cases that are disposed of later keep to the right side of both.
    """
    ReportMade.objects.get_or_create(as_at=as_at, known_at=known_at)


def _locked(case_id: UUID) -> Case:
    case = Case.objects.select_for_update().filter(id=case_id).first()
    if case is None or CertificateRow.objects.filter(case_id=case_id).exists():
        raise NoSuchCase(f"There is no case {case_id}.")
    return case


def _check_holds(case_id: UUID) -> None:
    if Hold.objects.filter(case=case_id, lifted_at=None).exists():
        raise CannotDispose("This case is held. Lift the hold first, where there is no longer a reason for it.")


def _check_retention(case_id: UUID, today: date) -> None:
    """Raise CannotDispose where the time for which cases are kept has not passed since the last date of the case."""
    years: int = settings.ENVIRONMENT.retention_years
    rows = StageFactRow.objects.filter(case_key=str(case_id), recorded_to=None).values_list(*STAGE_COLUMNS)
    last = max([*dates_of(StageFact(*row) for row in rows), _last_recorded(case_id).date()])
    if (last.year + years, last.month, last.day) > (today.year, today.month, today.day):
        raise CannotDispose(
            f"Cases are kept for {years} years (UPHELD_RETENTION_YEARS) after their last date, which is {last} here. "
            "Its time has not come."
        )


def _last_recorded(case_id: UUID) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(recorded_at) FROM cases_event WHERE case_id = %s", [case_id])
        (last,) = cursor.fetchone()
    return last


def _certificate(
    request: DisposalRequest, entries: Sequence[KeptEntry], approver: UUID, at: datetime, key: SealKey
) -> Certificate:
    contents = b"".join(content_hash(entry.salt, kept_text(*entry[:13])) for entry in entries)
    unsigned = Certificate(
        case=request.case_id,
        ground=request.ground,
        requested_by=request.requested_by,
        requested_at=request.requested_at,
        approved_by=approver,
        approved_at=at,
        contents=contents,
        key=key.fingerprint,
    )
    return replace(unsigned, signature=key.sign(unsigned.content))


def _let_go(case: Case) -> None:
    """Delete entries, reasons and people of a case for which a certificate stands, and empty what is left of it."""
    with connection.cursor() as cursor:
        for table in ("cases_reason", "cases_event"):
            cursor.execute(f"DELETE FROM {table} WHERE case_id = %s", [case.id])  # noqa: S608  our own names
    DisposalRequest.objects.filter(case=case).delete()
    Hold.objects.filter(case=case).delete()
    people = list(CaseParty.objects.filter(case=case).values_list("person_id", flat=True))
    CaseParty.objects.filter(case=case).delete()
    Person.objects.filter(id__in=people, parts=None).delete()
    reports = list(ReportMade.objects.values_list("known_at", flat=True))
    case.reference, case.reference_key = "Disposed of", f"disposed of {case.id}"
    case.recorded_at, case.recorded_by = coarse_moment(case.recorded_at, reports), None
    case.save(update_fields=["reference", "reference_key", "recorded_at", "recorded_by"])


def _make_coarse(case_id: UUID) -> None:
    """Put the facts of a case under a key that leads nowhere, and leave of their dates what figures need."""
    tables = ((StageFactRow, StageFact, STAGE_COLUMNS), (PointFactRow, PointFact, POINT_COLUMNS))
    kept = {
        table: [
            (id_, since, until, kind(*values))
            for id_, since, until, *values in table.objects.filter(case_key=str(case_id)).values_list(
                "id", "recorded_from", "recorded_to", *columns
            )
        ]
        for table, kind, columns in tables
    }
    reports = list(ReportMade.objects.values_list("as_at", "known_at"))
    known = [known_at for _, known_at in reports]
    days = coarse_days(dates_of(row for rows in kept.values() for *_, row in rows), {day for day, _ in reports})
    key = str(uuid4())
    for table, _, columns in tables:
        gone: list[int] = []
        for id_, since, until, row in kept[table]:
            opened, closed = coarse_moment(since, known), until and coarse_moment(until, known)
            if opened == closed:
                gone.append(id_)  # it was what was known at no moment that anybody can ask about any more
                continue
            values = dict(zip(columns, astuple(coarse_row(row, key, days)), strict=True))
            table.objects.filter(id=id_).update(recorded_from=opened, recorded_to=closed, **values)
        table.objects.filter(id__in=gone).delete()
