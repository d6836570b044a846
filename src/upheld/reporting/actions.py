"""Keeping account of reports."""

from datetime import date
from typing import TYPE_CHECKING

from upheld.accounts.rules import Permission, check
from upheld.narrative.report import Report
from upheld.reporting.models import ReportDownload

if TYPE_CHECKING:
    from upheld.accounts.models import User


def record_download(report: Report, format_: str, *, by: "User", structure: date | None = None) -> ReportDownload:
    """Write down that `by` takes a report away as a file. Raises PermissionDenied where they may not."""
    check(by, Permission.DOWNLOAD_REPORTS)
    return ReportDownload.objects.create(
        downloaded_by=by.public_id,
        quarter=report.period.slug,
        format=format_,
        as_at=report.as_at,
        facts_digest=report.provenance.facts_digest,
        structure_of=structure,
    )
