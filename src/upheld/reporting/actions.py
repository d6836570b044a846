"""Keeping account of reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from upheld.accounts.rules import Permission, check
from upheld.cases.actions.disposal import note_report
from upheld.figures.past import PastTotal
from upheld.narrative.report import Report
from upheld.reporting.models import PastFigure, ReportDownload
from upheld.reporting.past_queries import past_totals

if TYPE_CHECKING:
    from upheld.accounts.models import User


def record_download(report: Report, format_: str, *, by: "User", structure: date | None = None) -> ReportDownload:
    """Write down that `by` takes a report away as a file. Raises PermissionDenied where they may not.

    Its numbers have then gone out: what is disposed of later keeps them true.
    """
    check(by, Permission.DOWNLOAD_REPORTS)
    with transaction.atomic():
        note_report(as_at=report.as_at, known_at=timezone.now())
        return ReportDownload.objects.create(
            downloaded_by=by.public_id,
            quarter=report.period.slug,
            format=format_,
            as_at=report.as_at,
            facts_digest=report.provenance.facts_digest,
            structure_of=structure,
        )


@dataclass(frozen=True, slots=True)
class PastRecorded:
    """What recording past totals did: how many were new, replaced another number, or were there already."""

    new: int
    restated: int
    same: int


def record_past_totals(totals: Sequence[PastTotal], *, by: "User | None", at: datetime) -> PastRecorded:
    """Record numbers that were published before the record; one that differs replaces the earlier, and both stay.

    Whole or not at all. None is the command line. Raises PermissionDenied where `by` may not.
    """
    if by is not None:
        check(by, Permission.ENTER_PAST_TOTALS)
    new = restated = same = 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE reporting_pastfigure IN SHARE ROW EXCLUSIVE MODE")
        present = {kept.total.key: kept for kept in past_totals()}
        for total in totals:
            kept = present.get(total.key)
            if kept is not None and kept.total == total:
                same += 1
                continue
            new, restated = (new + 1, restated) if kept is None else (new, restated + 1)
            PastFigure.objects.create(
                figure=total.figure,
                quarter=total.period.slug,
                breakdown=[list(pair) for pair in total.by],
                value=total.value,
                base=total.base,
                source=total.source,
                page=total.page,
                note=total.note,
                supersedes_id=None if kept is None else kept.id,
                recorded_at=at,
                recorded_by=None if by is None else by.public_id,
            )
    return PastRecorded(new, restated, same)
