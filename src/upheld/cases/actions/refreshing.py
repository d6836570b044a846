"""Fact rows brought up to date with the histories they are folded from, in the transaction that recorded the events."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection

from upheld.cases.actions.copying import (
    POINT_COLUMNS,
    STAGE_COLUMNS,
    FactRow,
    copy_point_facts,
    copy_stage_facts,
)
from upheld.cases.folding import moved
from upheld.cases.models import PointFactRow, StageFactRow
from upheld.facts import CaseFacts, PointFact, StageFact


def add_facts(facts: Sequence[CaseFacts], *, at: datetime) -> None:
    """Write the facts of cases that have none yet."""
    copy_stage_facts((row for case in facts for row in case.stages), since=at)
    copy_point_facts((row for case in facts for row in case.points), since=at)


def refresh_facts(fresh: Mapping[str, CaseFacts], *, at: datetime) -> None:
    """Make the rows in force of these cases, by their keys, those of their fresh facts, as of `at`."""
    stages = _replace(StageFactRow, STAGE_COLUMNS, StageFact, {k: f.stages for k, f in fresh.items()}, at)
    points = _replace(PointFactRow, POINT_COLUMNS, PointFact, {k: f.points for k, f in fresh.items()}, at)
    copy_stage_facts(stages, since=at)
    copy_point_facts(points, since=at)


def facts_changed() -> None:
    """Change the token of the fact tables. Last in a transaction: others that change facts wait for it from here."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_factsstate SET token = gen_random_uuid()")


def _replace(
    table: type[StageFactRow | PointFactRow],
    columns: tuple[str, ...],
    kind: type[StageFact],
    fresh: dict[str, tuple[FactRow, ...]],
    at: datetime,
) -> list:
    """Close what has moved; the rows to open in its place are returned."""
    live: dict[str, dict[int, FactRow]] = defaultdict(dict)
    rows = table.objects.filter(case_key__in=fresh, recorded_to=None).values_list("id", *columns)
    for id_, *values in rows.iterator():
        row = kind(*values)
        live[row.case_key][id_] = row
    closed: list[int] = []
    opened: list[FactRow] = []
    for case, wanted in fresh.items():
        change = moved(live[case], wanted)
        closed += change.closed
        opened += change.opened
    table.objects.filter(id__in=closed).update(recorded_to=at)
    return opened
