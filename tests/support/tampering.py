"""The record changed behind the application's back, as somebody who owns the tables can."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from upheld.cases.chain import content_hash, kept_text, link
from upheld.cases.models import Event

TABLES = ("cases_event", "cases_reason", "cases_seal", "cases_sealedhead", "cases_certificate", "cases_registerimport")


@contextmanager
def guard_off() -> Iterator[Any]:
    """A cursor that may change anything: the owner of a table can switch its triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def renumber(case: object, change: dict[int, int]) -> None:
    """Give entries of a case other places, all at once."""
    with guard_off() as cursor:
        for old in change:
            cursor.execute(
                "UPDATE cases_event SET sequence = sequence + 1000 WHERE case_id = %s AND sequence = %s", [case, old]
            )
        for old, new in change.items():
            cursor.execute(
                "UPDATE cases_event SET sequence = %s WHERE case_id = %s AND sequence = %s", [new, case, old + 1000]
            )


def write_anew(case: object, *, start: int = 1) -> None:
    """Make the hashes of a case's entries fit what they say, from entry `start` on, as a careful forger would."""
    head = bytes(32)
    with guard_off() as cursor:
        for event in Event.objects.filter(case=case).order_by("sequence"):
            if event.sequence < start:
                head = bytes(event.hash)
                continue
            hashed = link(head, content_hash(bytes(event.salt), text_of(event)))
            cursor.execute(
                "UPDATE cases_event SET previous_hash = %s, hash = %s WHERE id = %s", [head, hashed, event.id]
            )
            head = hashed


def text_of(event: Event) -> str:
    """What an entry's content hash is of, by the columns it has now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id::text, sequence, kind, kind_version, stage, occurrence, occurred_earliest::text, "
            "occurred_latest::text, precision, data::text, "
            "to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), recorded_by::text, "
            "source_id::text FROM cases_event WHERE id = %s",
            [event.id],
        )
        return kept_text(*cursor.fetchone())
