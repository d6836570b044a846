"""The record case by case, in the order of their ids, by cursors of the server: never more than one case at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from upheld.cases.verification.chains import KeptEntry, SealedAt

BATCH = 5_000  # rows that a cursor fetches at once

_COLUMNS = """
SELECT case_id::text, sequence, kind, kind_version, stage, occurrence, occurred_earliest::text, occurred_latest::text,
       precision, data::text, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       recorded_by::text, source_id::text, salt, previous_hash, hash
FROM cases_event
"""
_ENTRIES = f"{_COLUMNS} ORDER BY case_id, sequence, id"
_HEADS = "SELECT case_id::text, seal_id, version, head FROM cases_sealedhead ORDER BY case_id, seal_id"
_CASES = "SELECT id::text, version FROM cases_case ORDER BY id"
_REASONS = "SELECT case_id::text, id::text, salt, words FROM cases_reason ORDER BY case_id, id"


class KeptCase(NamedTuple):
    """Everything that is kept of one case. `version` is None where the case itself is gone."""

    case: str
    version: int | None
    entries: list[KeptEntry]
    sealed: list[SealedAt]
    reasons: dict[str, tuple[bytes, str]]  # id -> salt and words


@contextmanager
def one_look() -> Iterator[None]:
    """Read as of one moment and write nothing, where the caller has no transaction of their own already."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def kept_cases() -> Iterator[KeptCase]:
    """Every case that has a row, an entry, a reason or a sealed head, in the order of their ids."""
    streams = [_grouped(sql) for sql in (_CASES, _ENTRIES, _HEADS, _REASONS)]
    heads = [next(stream, None) for stream in streams]
    while waiting := [head[0] for head in heads if head is not None]:
        case = min(waiting)
        rows: list[list[tuple[Any, ...]]] = []
        for place, head in enumerate(heads):
            if head is not None and head[0] == case:
                rows.append(head[1])
                heads[place] = next(streams[place], None)
            else:
                rows.append([])
        cases, entries, sealed, reasons = rows
        yield KeptCase(
            case,
            cases[0][1] if cases else None,
            [KeptEntry(*row) for row in entries],
            [SealedAt(seal, version, head) for _, seal, version, head in sealed],
            {id_: (salt, words) for _, id_, salt, words in reasons},
        )


def entries_of(case: UUID) -> list[KeptEntry]:
    """The entries of one case, in order."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_COLUMNS} WHERE case_id = %s ORDER BY sequence", [case])
        return [KeptEntry(*row) for row in cursor.fetchall()]


def count_entries() -> int:
    """How many entries there are, about: for showing how far a check has come."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_event")
        (count,) = cursor.fetchone()
    return int(count)


def _grouped(sql: str) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    for case, rows in groupby(streamed(sql), key=itemgetter(0)):
        yield case, list(rows)


def streamed(sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a SELECT, as the server gives them."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(BATCH):
            yield from rows
