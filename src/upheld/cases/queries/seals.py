"""Seals and certificates as they are kept."""

from collections.abc import Iterator
from datetime import datetime

from upheld.cases.models import CertificateRow, SealRow
from upheld.cases.seals import Certificate, Seal

_COLUMNS = ("number", "sealed_at", "cases", "entries", "moved", "heads", "previous", "key", "signature")
_CERTIFICATE_COLUMNS = (
    "case_id", "ground", "requested_by", "requested_at", "approved_by", "approved_at", "contents", "key", "signature",
)  # fmt: skip


def last_seal() -> Seal | None:
    """The seal that was made last, or None."""
    row = SealRow.objects.order_by("-number").values_list(*_COLUMNS).first()
    return None if row is None else _seal(row)


def all_seals(*, after: int = 0) -> Iterator[Seal]:
    """Every seal, or those with a number above `after`, in order."""
    rows = SealRow.objects.filter(number__gt=after).order_by("number").values_list(*_COLUMNS)
    return (_seal(row) for row in rows.iterator())


def all_certificates() -> Iterator[tuple[Certificate, bytes]]:
    """Every certificate with the head that it is kept with, in the order of cases."""
    rows = CertificateRow.objects.order_by("case_id").values_list(*_CERTIFICATE_COLUMNS, "hash")
    for *values, head in rows.iterator():
        case, ground, asked_by, asked_at, by, at, contents, key, signature = values
        certificate = Certificate(case, ground, asked_by, asked_at, by, at, bytes(contents), key, bytes(signature))
        yield certificate, bytes(head)


def _seal(row: tuple[int, datetime, int, int, int, bytes, bytes, str, bytes]) -> Seal:
    number, sealed_at, cases, entries, moved, heads, previous, key, signature = row
    return Seal(number, sealed_at, cases, entries, moved, bytes(heads), bytes(previous), key, bytes(signature))
