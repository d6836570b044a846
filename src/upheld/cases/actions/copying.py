"""Rows into tables by COPY: the one way in which entries, cases, people and facts are written, one or a million."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, models

from upheld.cases.chain import Entry
from upheld.cases.models import Case, CaseParty, CertificateRow, Event, Person, PointFactRow, SealRow, StageFactRow
from upheld.cases.seals import Certificate, Seal
from upheld.facts import PointFact, StageFact

FactRow = StageFact | PointFact

STAGE_COLUMNS = tuple(field.name for field in fields(StageFact))
POINT_COLUMNS = tuple(field.name for field in fields(PointFact))

_EVENT_COLUMNS = (
    "case_id", "sequence", "kind", "kind_version", "stage", "occurrence", "occurred_earliest", "occurred_latest",
    "precision", "data", "recorded_at", "recorded_by", "source_id", "salt", "previous_hash", "hash",
)  # fmt: skip


def copy_cases(rows: Iterable[tuple[Any, ...]]) -> None:
    """Write cases: id, reference, reference_key, pack, version, recorded_at, recorded_by."""
    columns = ("id", "reference", "reference_key", "pack", "version", "recorded_at", "recorded_by")
    _copy(Case, columns, rows)


def copy_people(people: Sequence[tuple[UUID, str, datetime]], parties: Iterable[tuple[UUID, UUID, str]]) -> None:
    """Write people (id, name, recorded_at) and their parts in cases (case, person, role)."""
    _copy(Person, ("id", "name", "recorded_at"), people)
    _copy(CaseParty, ("case_id", "person_id", "role"), parties)


def copy_entries(entries: Iterable[Entry]) -> None:
    """Append entries to the chronology."""
    _copy(Event, _EVENT_COLUMNS, map(_event_row, entries))


def copy_seal(seal: Seal) -> None:
    """Append a seal."""
    columns = ("number", "sealed_at", "cases", "entries", "moved", "heads", "previous", "key", "signature")
    _copy(SealRow, columns, [attrgetter(*columns)(seal)])


def copy_certificate(certificate: Certificate) -> None:
    """Append a certificate, with the head that it gives the chain."""
    columns = (
        "case_id", "ground", "requested_by", "requested_at", "approved_by", "approved_at",
        "contents", "key", "signature",
    )  # fmt: skip
    values = attrgetter("case", *columns[1:])(certificate)
    _copy(CertificateRow, (*columns, "hash"), [(*values, certificate.heads()[-1])])


def copy_stage_facts(rows: Iterable[StageFact], *, since: datetime) -> None:
    """Write versions of stage facts that hold from `since`."""
    _copy(StageFactRow, (*STAGE_COLUMNS, "recorded_from"), _fact_rows(STAGE_COLUMNS, rows, since))


def copy_point_facts(rows: Iterable[PointFact], *, since: datetime) -> None:
    """Write versions of point facts that hold from `since`."""
    _copy(PointFactRow, (*POINT_COLUMNS, "recorded_from"), _fact_rows(POINT_COLUMNS, rows, since))


def _fact_rows(columns: tuple[str, ...], rows: Iterable[FactRow], since: datetime) -> Iterator[tuple[Any, ...]]:
    values = attrgetter(*columns)
    moment = (_moment(since),)
    return (values(row) + moment for row in rows)


def _event_row(entry: Entry) -> tuple[Any, ...]:
    event = entry.event
    known = event.on.is_known
    return (
        entry.case,
        event.sequence,
        event.kind.value,
        event.version,
        event.stage,
        event.occurrence,
        event.on.earliest if known else None,
        event.on.latest if known else None,
        event.on.precision.value,
        entry.data,
        _moment(event.recorded_at),
        event.recorded_by,
        entry.source,
        entry.salt,
        entry.previous_hash,
        entry.hash,
    )


@lru_cache(maxsize=64)
def _moment(moment: datetime | None) -> str | None:
    """One moment serves thousands of rows."""
    return None if moment is None else moment.isoformat()


def _copy(model: type[models.Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    statement = f"COPY {model._meta.db_table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
