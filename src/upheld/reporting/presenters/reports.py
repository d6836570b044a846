"""The list of reports, and the page that one is read on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup

from upheld.documents import Format, HouseStyle
from upheld.documents.html import html_body
from upheld.figures.period import Quarter
from upheld.narrative.report import Report
from upheld.reporting.charts import all_drawn
from upheld.reporting.forms import structure_choices

# As people call them, the one that most want first.
FORMAT_NAMES = {
    Format.PDF: "PDF",
    Format.DOCX: "Word",
    Format.XLSX: "Excel",
    Format.PPTX: "PowerPoint",
    Format.HTML: "Web page",
}


@dataclass(frozen=True, slots=True)
class FileLink:
    """A report as a file to take away."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ReportLink:
    """One report in the list."""

    quarter: str
    months: str
    href: str
    unfinished: bool
    files: tuple[FileLink, ...]


@dataclass(frozen=True, slots=True)
class ReportYear:
    """The reports of a financial year, newest first."""

    year: str
    reports: tuple[ReportLink, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report as it is read on the site. `article` is the whole report with its own heading and contents."""

    title: str
    quarter: str
    article: Markup
    files: tuple[FileLink, ...]
    structures: tuple[tuple[str, str, bool], ...]  # a day (or nothing), its words, and whether it is chosen


def report_years(quarters: Sequence[Quarter], *, today: date, may_download: bool) -> tuple[ReportYear, ...]:
    """Every quarter that has data, the newest first."""
    newest_first = sorted(quarters, reverse=True)
    return tuple(
        ReportYear(year, tuple(_link(quarter, today, may_download) for quarter in of_year))
        for year, of_year in groupby(newest_first, key=lambda quarter: quarter.year_label)
    )


def report_page(
    report: Report,
    style: HouseStyle,
    *,
    may_download: bool,
    structure: date | None = None,
    structures: Sequence[date] = (),
) -> ReportPage:
    """The page of one report, in the structure of a day or of each case's own."""
    chosen = structure.isoformat() if structure else ""
    return ReportPage(
        title=report.cover.title,
        quarter=report.period.label,
        article=Markup(html_body(report, style=style, charts=all_drawn(report, style))),  # noqa: S704 - escaped by it
        files=file_links(report.period, structure) if may_download else (),
        structures=tuple((code, words, code == chosen) for code, words in structure_choices(structures)),
    )


def file_links(quarter: Quarter, structure: date | None = None) -> tuple[FileLink, ...]:
    """A report in every format."""
    asked = f"?structure={structure.isoformat()}" if structure else ""
    return tuple(
        FileLink(name, reverse("report_download", args=[quarter, format_]) + asked)
        for format_, name in FORMAT_NAMES.items()
    )


def dashboard_address(quarter: Quarter, filters: Mapping[str, str]) -> str:
    """The dashboard that a report was opened from: its quarter, and the filters that came along."""
    return f"{reverse('dashboard')}?{urlencode({'quarter': quarter.slug, **filters})}"


def _link(quarter: Quarter, today: date, may_download: bool) -> ReportLink:
    return ReportLink(
        quarter=quarter.label,
        months=quarter.months,
        href=reverse("report", args=[quarter]),
        unfinished=today < quarter.end,
        # The page to read is a link of its own here.
        files=tuple(file for file in file_links(quarter) if may_download and file.text != FORMAT_NAMES[Format.HTML]),
    )
