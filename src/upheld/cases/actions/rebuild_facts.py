"""Fold the whole chronology again: where the fact tables differ from it, now and at each past moment, and mend them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from upheld.cases.actions.copying import POINT_COLUMNS, STAGE_COLUMNS
from upheld.cases.actions.record_register import IMPORT_LOCK
from upheld.cases.actions.refreshing import facts_changed, refresh_facts
from upheld.cases.folding import facts_of
from upheld.cases.models import CertificateRow, PointFactRow, StageFactRow
from upheld.cases.queries.histories import chunks_of_histories
from upheld.facts import CaseFacts, PointFact, StageFact
from upheld.procedure import History

Progress = Callable[[int, int], None]
MOST_NAMED = 20  # cases that differ and are named

_STRANGERS = """
SELECT count(DISTINCT f.case_key) FROM {table} f
WHERE NOT EXISTS (
    SELECT FROM cases_case c JOIN cases_event e ON e.case_id = c.id AND e.sequence = 1 WHERE c.id::text = f.case_key
)
"""


@dataclass(slots=True)
class FactsChecked:
    """How the fact tables compare with the chronology.

    `moments` are the past moments at which something was recorded in a case, each compared. `differing` counts the
    cases whose rows in force are others than the fold gives, `differing_then` those that were others at some past
    moment; `cases_named` are the ids of the first of both. `strangers` are cases that have facts, no entries, and no
    certificate either.
    """

    cases: int = 0
    rows: int = 0
    moments: int = 0
    differing: int = 0
    differing_then: int = 0
    strangers: int = 0
    cases_named: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing differs."""
        return not (self.differing or self.differing_then or self.strangers)


@dataclass(frozen=True, slots=True)
class _Version:
    since: datetime
    until: datetime | None
    row: StageFact


def check_facts(*, progress: Progress | None = None) -> FactsChecked:
    """Fold every case, as it was recorded by each moment at which something was, and compare. Nothing is written."""
    found = FactsChecked()
    for histories, total in chunks_of_histories():
        kept = _versions([history.case for history in histories])
        for history in histories:
            _compare(history, kept.get(history.case, []), found)
        if progress is not None:
            progress(found.cases, total)
    found.strangers = _strangers()
    return found


def rebuild_facts(*, at: datetime, progress: Progress | None = None) -> FactsChecked:
    """Make the rows in force those of the fold, as of `at`, in one transaction; what was found before is returned.

    What was known at past moments stays as it was told then. Recording waits meanwhile.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
        cursor.execute("LOCK TABLE cases_event IN SHARE MODE")
        found = FactsChecked()
        for histories, total in chunks_of_histories():
            kept = _versions([history.case for history in histories])
            wrong: dict[str, CaseFacts] = {}
            for history in histories:
                if _compare(history, kept.get(history.case, []), found):
                    wrong[history.case] = facts_of(history)
            if wrong:
                refresh_facts(wrong, at=at)
            if progress is not None:
                progress(found.cases, total)
        if found.differing:
            facts_changed()
        found.strangers = _strangers()
    return found


def _compare(history: History, versions: Sequence[_Version], found: FactsChecked) -> bool:
    """Compare one case, now and then; whether its rows in force differ."""
    moments = sorted({event.recorded_at for event in history.events if event.recorded_at is not None})
    found.cases += 1
    found.rows += len(versions)
    found.moments += len(moments)
    present = _sorted(_rows(facts_of(history)))
    now = present != _sorted(version.row for version in versions if version.until is None)
    then = False
    for moment in moments:
        expected = present if moment == moments[-1] else _sorted(_rows(facts_of(history.recorded_by(moment))))
        known = (v.row for v in versions if v.since <= moment and (v.until is None or v.until > moment))
        then = then or expected != _sorted(known)
    found.differing += now
    found.differing_then += then and not now
    if (now or then) and len(found.cases_named) < MOST_NAMED:
        found.cases_named.append(history.case)
    return now


def _versions(cases: Sequence[str]) -> Mapping[str, list[_Version]]:
    found: dict[str, list[_Version]] = {}
    for table, kind, columns in (
        (StageFactRow, StageFact, STAGE_COLUMNS),
        (PointFactRow, PointFact, POINT_COLUMNS),
    ):
        rows = table.objects.filter(case_key__in=cases).values_list("recorded_from", "recorded_to", *columns)
        for since, until, *values in rows.iterator():
            row = kind(*values)
            found.setdefault(row.case_key, []).append(_Version(since, until, row))
    return found


def _strangers() -> int:
    """Cases with facts and without entries, beyond those that were disposed of."""
    disposed = CertificateRow.objects.count()
    with connection.cursor() as cursor:
        counts = []
        for table in ("stage_fact", "point_fact"):
            cursor.execute(_STRANGERS.format(table=table))
            counts.append(cursor.fetchone()[0])
    return max(0, max(counts) - disposed)


def _rows(facts: CaseFacts) -> Iterator[StageFact]:
    yield from facts.stages
    yield from facts.points


def _sorted(rows: Iterable[StageFact]) -> list[StageFact]:
    return sorted(rows, key=lambda row: (row.stage_key, row.point if isinstance(row, PointFact) else 0))
