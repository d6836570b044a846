"""Past totals as they are kept: the number in force for each, with those that it replaced, and beside the record's."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from upheld.cases.queries.facts import PostgresFacts
from upheld.figures.past import PastTotal
from upheld.figures.period import Quarter
from upheld.figures.reconcile import Reconciled, asked_of, reconcile
from upheld.organisation.queries import names_on
from upheld.reporting.assemble import counted
from upheld.reporting.models import PastFigure


@dataclass(frozen=True, slots=True)
class KeptTotal:
    """A past total in force, and those that were in force before it, the latest first."""

    id: int
    total: PastTotal
    before: tuple[PastTotal, ...]
    recorded_at: datetime
    recorded_by: UUID | None


def past_totals() -> tuple[KeptTotal, ...]:
    """Every past total in force, by period, figure and groups."""
    rows = {row.id: row for row in PastFigure.objects.order_by("id")}
    replaced = {row.supersedes_id for row in rows.values()}
    found = []
    for row in rows.values():
        if row.id in replaced:
            continue
        before, earlier = [], row.supersedes_id
        while earlier is not None:
            before.append(total_of(rows[earlier]))
            earlier = rows[earlier].supersedes_id
        found.append(KeptTotal(row.id, total_of(row), tuple(before), row.recorded_at, row.recorded_by))
    return tuple(sorted(found, key=lambda kept: (kept.total.period, kept.total.figure, kept.total.by)))


def present_totals() -> tuple[PastTotal, ...]:
    """The past totals in force, to stand beside the record's figures."""
    return tuple(kept.total for kept in past_totals())


def reconciled(*, as_at: date) -> tuple[Reconciled, ...]:
    """Each past total beside the record's number as at a day; services and teams as they were called in its quarter."""
    totals = present_totals()
    found: list[Reconciled] = []
    for period in sorted({total.period for total in totals}):
        of_period = [total for total in totals if total.period == period]
        figures = counted(PostgresFacts(), asked_of(of_period), as_at=as_at, names=names_on(period.end))
        found += reconcile(of_period, figures)
    return tuple(found)


def total_of(row: PastFigure) -> PastTotal:
    """A row as the figures room knows it."""
    by = tuple((str(dimension), str(text)) for dimension, text in row.breakdown)
    period = Quarter.parse(row.quarter)
    return PastTotal(row.figure, period, by, row.value, row.base, row.source, row.page, row.note)
