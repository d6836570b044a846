"""What must be true of every record, worked out apart from the code that wrote it."""

import hashlib
import json
from datetime import UTC

from django.db import connection

from upheld.cases.folding import facts_of
from upheld.cases.models import Case, Event, PointFactRow, StageFactRow
from upheld.cases.queries.histories import all_histories
from upheld.facts import PointFact, StageFact


def check_chains() -> int:
    """Hash every entry of the record anew, from its columns alone; the number of entries is returned."""
    heads: dict[object, bytes] = {}
    places: dict[object, int] = {}
    count = 0
    for event in Event.objects.order_by("case_id", "sequence"):
        said = {
            "form": 1,
            "case": str(event.case_id),
            "sequence": event.sequence,
            "kind": event.kind,
            "kind_version": event.kind_version,
            "stage": event.stage,
            "occurrence": event.occurrence,
            "earliest": event.occurred_earliest and event.occurred_earliest.isoformat(),
            "latest": event.occurred_latest and event.occurred_latest.isoformat(),
            "precision": event.precision,
            "data": event.data,
            "recorded_at": event.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "recorded_by": event.recorded_by and str(event.recorded_by),
            "source": event.source_id and str(event.source_id),
        }
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        content = hashlib.sha256(bytes(event.salt) + text.encode()).digest()
        before = heads.get(event.case_id, bytes(32))
        assert event.sequence == places.get(event.case_id, 0) + 1
        assert bytes(event.previous_hash) == before
        assert bytes(event.hash) == hashlib.sha256(before + content).digest()
        heads[event.case_id], places[event.case_id] = bytes(event.hash), event.sequence
        count += 1
    assert dict(Case.objects.values_list("id", "version")) == places
    return count


def check_facts() -> int:
    """Fold every history anew and compare with the rows in force; the number of stages is returned."""
    stages: list[StageFact] = []
    points: list[PointFact] = []
    for history in all_histories():
        facts = facts_of(history)
        stages += facts.stages
        points += facts.points
    assert _rows(StageFactRow, StageFact) == sorted(stages, key=_key)
    assert _rows(PointFactRow, PointFact) == sorted(points, key=_key)
    return len(stages)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the record and of the structure."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^(cases|organisation)_|_fact$' ORDER BY 1"
        )
        tables = [name for (name,) in cursor.fetchall()]
        rows = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608
            rows[table] = cursor.fetchall()
    return rows


def _rows(table: type[StageFactRow | PointFactRow], row: type[StageFact]) -> list[StageFact]:
    names = row.__dataclass_fields__
    live = table.objects.filter(recorded_to=None).values_list(*names)
    return sorted((row(*values) for values in live), key=_key)


def _key(row: StageFact) -> tuple[str, int]:
    return (row.stage_key, getattr(row, "point", 0))
