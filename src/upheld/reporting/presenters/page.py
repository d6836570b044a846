"""The dashboard as its template draws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup

from upheld.documents import HouseStyle
from upheld.figures.definitions import CATALOGUE
from upheld.figures.period import Quarter
from upheld.narrative.groups import team_table, theme_table
from upheld.narrative.report import Table, plain
from upheld.narrative.structure import structure_blocks
from upheld.narrative.words import count, joined, plural
from upheld.reporting.charts import drawn
from upheld.reporting.dashboard import LONG_OPEN, STAGE_1, Dashboard, Selection
from upheld.reporting.links import CaseLinks
from upheld.reporting.presenters.runs import Shows, shows
from upheld.reporting.presenters.tables import ShownTable, shown
from upheld.reporting.presenters.tiles import TileGroup, tile_groups
from upheld.reporting.stages import quarters_chart, quarters_table, stages_table
from upheld.web.formats import format_date

ALL_SERVICES = "All services"
_DEFINED = (
    "received", "answered", "open", "overdue", "withdrawn", "in_time", "timed", "in_time_rate", "decided", "upheld",
    "upheld_rate", "partly_upheld", "open_at_end", "overdue_at_end", LONG_OPEN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuarterLink:
    """The page of another quarter with the same filters."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A drawing and its words. `summary` is what is said in its place, `definition` what it counts."""

    title: str
    summary: str
    definition: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class Defined:
    """A figure in words."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class DashboardPage:
    """Everything on the page but the filters."""

    title: str
    service: str
    quarter: str
    period: str
    judged: str
    missing: bool
    report_href: str
    previous: QuarterLink | None
    next: QuarterLink | None
    long_open: Shows
    tile_groups: tuple[TileGroup, ...]
    chart: ShownChart
    quarters: ShownTable
    themes: ShownTable | None
    tables: tuple[ShownTable, ...]
    definitions: tuple[Defined, ...]
    source: str


def dashboard_page(
    page: Dashboard, *, style: HouseStyle, services: Mapping[str, str], cases_address: str, may_read_reports: bool
) -> DashboardPage:
    """The page of a choice. `cases_address` is empty for somebody who may not see cases."""
    selection, quarter = page.selection, page.quarter
    links = CaseLinks(cases_address, quarter, selection.as_at)
    tables = [stages_table(page)]
    any_received = bool(page.value("received", stage=STAGE_1).numerator)
    if any_received:
        tables.append(team_table(page.figures, quarter))
        tables += [block for block in structure_blocks(page.figures) if isinstance(block, Table)]
    return DashboardPage(
        title=f"Complaints in {quarter.label}" + (" so far" if selection.unfinished else ""),
        service=services.get(selection.service, ALL_SERVICES),
        quarter=quarter.label,
        period=_period(selection),
        judged=_judged(selection),
        missing=page.value("received", stage=STAGE_1).missing,
        report_href=_report_address(page) if may_read_reports and quarter in page.recorded else "",
        previous=_previous(page),
        next=_next(page),
        long_open=shows(_long_open(page), links),
        tile_groups=tile_groups(page, links),
        chart=_chart(page, style),
        quarters=shown(quarters_table(page), links),
        themes=shown(theme_table(page.figures, quarter), links) if any_received else None,
        tables=tuple(shown(table, links) for table in tables),
        definitions=tuple(Defined(f.label, f.definition) for f in map(CATALOGUE.figure, _DEFINED)),
        source=_source(page),
    )


def address(selection: Selection, quarter: Quarter) -> str:
    """The dashboard of another quarter with the same filters."""
    return f"{reverse('dashboard')}?{urlencode({**selection.query, 'quarter': quarter.slug})}"


def _period(selection: Selection) -> str:
    if selection.unfinished:
        return f"{format_date(selection.quarter.start)} to {format_date(selection.as_at)}."
    return f"{selection.quarter.months}."


def _judged(selection: Selection) -> str:
    if selection.unfinished:
        return f"The quarter ends on {format_date(selection.quarter.end)}, so its numbers will change."
    return f"What has become of them is counted up to the end of {format_date(selection.as_at)}."


def _report_address(page: Dashboard) -> str:
    kept = urlencode({**page.selection.filters, **page.selection.placed})
    return reverse("report", args=[page.quarter]) + (f"?{kept}" if kept else "")


def _previous(page: Dashboard) -> QuarterLink | None:
    return _quarter_link(page, page.quarter.previous) if page.quarter > min(page.recorded) else None


def _next(page: Dashboard) -> QuarterLink | None:
    return _quarter_link(page, page.quarter.next) if page.quarter < page.selection.present else None


def _quarter_link(page: Dashboard, quarter: Quarter) -> QuarterLink:
    return QuarterLink(quarter.label, address(page.selection, quarter))


def _long_open(page: Dashboard) -> tuple[Any, ...]:
    value = page.figures.value(LONG_OPEN, page.selection.present)
    if not value.numerator:
        return ()
    return joined(
        (count(value),),
        plural(value, " case has been", " cases have been"),
        " open for more than two years at one stage. Most likely the answer was sent and its date never recorded: "
        "recording it puts the figures right.",
    )


def _chart(page: Dashboard, style: HouseStyle) -> ShownChart:
    chart = quarters_chart(page)
    return ShownChart(
        title=chart.title,
        summary=plain(chart.description),
        definition="Each quarter shows what was received in it, and how much of that was answered in time and upheld "
        "in full since.",
        svg=Markup(drawn(chart, style).svg),  # noqa: S704 - our own drawing
    )


def _source(page: Dashboard) -> str:
    made = page.figures.provenance
    return (
        f"Counted from {made.source} as at the end of {format_date(made.as_at)}. "
        f"Definitions version {made.figures_version}."
    )
