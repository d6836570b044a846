"""Cases as histories: their events in the order they were recorded, each in its kind's present version.

Histories hold codes and dates, no names, and are for the software itself; what people may see is asked of
`case_page` and `case_list`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from uuid import UUID

from django.db import connection

from upheld.cases.models import Case
from upheld.errors import UpheldError
from upheld.procedure import Dating, Event, EventKind, History, Precision, upcast

CHUNK = 2_000  # cases that are in memory at once


class NoSuchCase(UpheldError):
    """There is no case with this key."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A case as it is recorded: its history, the head of its chain, and which entries a register brought.

    `history.case` is the text of `id`, as it is in facts. `imported` holds sequences.
    """

    id: UUID
    reference: str
    reference_key: str
    version: int
    history: History
    head: bytes
    imported: frozenset[int]


def history_of(case: Case) -> History:
    """The history of one case. Raises NoSuchCase where it has none, EventError where it is newer than this code."""
    for recorded in _recorded("c.id = %s", case.id):
        return recorded.history
    raise NoSuchCase(f"There is no case {case.id}.")


def recorded_cases(reference_keys: Iterable[str]) -> Mapping[str, Recorded]:
    """The cases with these references, by the reference as it is compared. Those that there are not are left out."""
    return {r.reference_key: r for r in _recorded("c.reference_key = ANY(%s)", list(reference_keys))}


def recorded_case(case_id: UUID) -> Recorded:
    """One case as it is recorded. Raises NoSuchCase."""
    for recorded in _recorded("c.id = %s", case_id):
        return recorded
    raise NoSuchCase(f"There is no case {case_id}.")


def all_histories() -> Iterator[History]:
    """Every case's history, one after another, without holding them all."""
    for histories, _ in chunks_of_histories():
        yield from histories


def chunks_of_histories() -> Iterator[tuple[list[History], int]]:
    """Every case's history, some thousands at a time, each with the number of all cases."""
    ids = list(Case.objects.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), CHUNK):
        yield [recorded.history for recorded in _recorded("c.id = ANY(%s)", ids[start : start + CHUNK])], len(ids)


_SELECT = """
SELECT c.id, c.reference, c.reference_key, c.version, c.pack, e.sequence, e.kind, e.kind_version, e.stage, e.occurrence,
       e.occurred_earliest, e.occurred_latest, e.precision, e.data::text, e.recorded_at::text, e.recorded_by,
       e.source_id, e.hash
FROM cases_case c JOIN cases_event e ON e.case_id = c.id
WHERE {where}
ORDER BY c.id, e.sequence
"""


def _recorded(where: str, value: UUID | list[str] | list[UUID]) -> Iterator[Recorded]:
    with connection.cursor() as cursor:
        cursor.execute(_SELECT.format(where=where), [value])
        rows = cursor.fetchall()
    for (id_, reference, key, version, pack), group in groupby(rows, key=lambda row: row[:5]):
        entries = list(group)
        yield Recorded(
            id=id_,
            reference=reference,
            reference_key=key,
            version=version,
            history=History(str(id_), pack, tuple(_event(row) for row in entries)),
            head=bytes(entries[-1][17]),
            imported=frozenset(row[5] for row in entries if row[16] is not None),
        )


def _event(row: tuple) -> Event:
    sequence, kind, kind_version, stage, occurrence, earliest, latest, precision, data, at, by = row[5:16]
    return upcast(
        Event(
            kind=_KINDS[kind],
            on=_dating(earliest, latest, precision),
            stage=stage,
            occurrence=occurrence,
            data=_data(data),
            sequence=sequence,
            version=kind_version,
            recorded_at=_moment(at),
            recorded_by=None if by is None else str(by),
        )
    )


# A chronology holds the same days, moments and data again and again. What is shared cannot be changed.

_KINDS = {kind.value: kind for kind in EventKind}


@lru_cache(maxsize=8_192)
def _dating(earliest: date | None, latest: date | None, precision: str) -> Dating:
    if earliest is None or latest is None:
        return Dating.unknown()
    return Dating(earliest, latest, Precision(precision))


@lru_cache(maxsize=8_192)
def _data(text: str) -> Mapping[str, str | int | bool | None]:
    return MappingProxyType(json.loads(text))


@lru_cache(maxsize=1_024)
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
