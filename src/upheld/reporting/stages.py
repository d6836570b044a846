"""The dashboard's own tables and its chart. Those by team and theme are the report's."""

from dataclasses import replace

from upheld.figures.model import FigureValue, Kind
from upheld.figures.period import Quarter
from upheld.narrative.published import published, published_notes, telling
from upheld.narrative.report import Align, Cell, Chart, Inline, Number, Role, Row, Runs, Table
from upheld.narrative.stages import stage_chart
from upheld.narrative.words import NO_DATA, cell, count, joined, share
from upheld.reporting.dashboard import STAGE_1, Dashboard
from upheld.web.formats import format_change

STAGES_ID = "table-every-stage"
QUARTERS_ID = "table-quarters"


def stages_table(page: Dashboard) -> Table:
    """Every stage of the procedure in the quarter, with the change of what came in."""
    quarter = page.quarter
    compared = (quarter.previous, quarter.same_of_last_year)
    unfinished = page.selection.unfinished
    beside = "Received in" if unfinished else "Change on"
    heads = ("Stage", "Received", *(f"{beside} {q.label}" for q in compared),
             "Still open", "Past the limit", "In time", "Upheld", "Upheld in part")  # fmt: skip
    rows = []
    for stage in page.stages:
        before = (
            count(page.figures.value("received", q, stage=stage)) if unfinished else _change(page, q, stage)
            for q in compared
        )
        rows.append(
            Row(
                (
                    Cell((page.figures.label("stage", stage),), header=True),
                    cell(count(page.value("received", stage=stage))),
                    *(cell(inline) for inline in before),
                    cell(count(page.value("open", stage=stage))),
                    cell(count(page.value("overdue", stage=stage))),
                    _rate(page.value("in_time_rate", stage=stage)),
                    _rate(page.value("upheld_rate", stage=stage)),
                    cell(count(page.value("partly_upheld", stage=stage))),
                )
            )
        )
    return Table(
        id=STAGES_ID,
        caption=f"Every stage, {quarter.label}",
        head=(tuple(Cell((text,), header=True) for text in heads),),
        rows=tuple(rows),
        align=(Align.START, *(Align.END for _ in heads[1:])),
        base=(
            f"Counts what was received from {quarter.months}, and what has become of it since. In time: answered "
            "within the limit in force, out of those answered or overdue. Upheld: upheld in full, out of those "
            "decided. A dash stands where there is nothing yet to take a share of.",
        ),
    )


def quarters_table(page: Dashboard, stage: str = STAGE_1) -> Table:
    """The numbers of the chart: one stage, quarter by quarter."""
    heads: tuple[str, ...] = _HEADS
    rows = tuple(
        Row(
            (
                Cell((_quarter_name(page, q),), header=True),
                *(cell(count(page.figures.value(f, q, stage=stage))) for f in _MEASURES),
            )
        )
        for q in page.quarters
    )
    if not page.selection.service and any(telling(page.figures, value) for value in _values(page, stage)):
        heads = (*heads, "As published")
        rows = tuple(
            Row((*row.cells, Cell(_published(page, stage, q)))) for row, q in zip(rows, page.quarters, strict=True)
        )
    return Table(
        id=QUARTERS_ID,
        caption=f"{page.figures.label('stage', stage)} by quarter",
        head=(tuple(Cell((text,), header=True) for text in heads),),
        rows=rows,
        align=(Align.START, *(Align.END for _ in heads[1:])),
        notes=published_notes(page.figures, page.quarters) if len(heads) > len(_HEADS) else (),
    )


_HEADS = ("Quarter received", "Received", "In time", "Upheld")
_MEASURES = ("received", "in_time", "upheld")


def _values(page: Dashboard, stage: str) -> list[FigureValue]:
    return [page.figures.value(f, q, stage=stage) for q in page.quarters for f in _MEASURES]


def _published(page: Dashboard, stage: str, quarter: Quarter) -> Runs:
    """What was published of a quarter, where the record has no data or another number."""
    values = [page.figures.value(figure, quarter, stage=stage) for figure in _MEASURES]
    parts: list[Runs] = []
    for value, name in zip(values, _HEADS[1:], strict=True):
        if telling(page.figures, value):
            parts.append((published(page.figures, value), f" {name.lower()}"))
    return joined(*(part for each in parts for part in (each, ", ")))[:-1] if parts else ()


def quarters_chart(page: Dashboard, stage: str = STAGE_1) -> Chart:
    """One stage by quarter, to be drawn; a quarter that is not over is marked."""
    chart = stage_chart(page.figures, stage, page.quarters)
    names = {quarter.label: _quarter_name(page, quarter) for quarter in page.quarters}
    marked = (
        replace(series, points=tuple(replace(point, label=names[point.label]) for point in series.points))
        for series in chart.series
    )
    return replace(chart, series=tuple(marked), table_id=QUARTERS_ID)


def _quarter_name(page: Dashboard, quarter: Quarter) -> str:
    # The space that does not break keeps the two words on one line under the chart's column.
    return f"{quarter.label} so\N{NO-BREAK SPACE}far" if page.selection.as_at < quarter.end else quarter.label


def _change(page: Dashboard, since: Quarter, stage: str) -> Inline:
    change = page.change("received", since, stage=stage)
    by = change.whole_difference
    return NO_DATA if by is None else Number(format_change(by), by, change.now, Role.CHANGE, change.before)


def _rate(value: FigureValue) -> Cell:
    if value.kind is Kind.RATE and value.numerator is not None and not value.denominator:
        return cell("–")
    return Cell(share(value))
