"""A quarter in three slides, for a leadership team: in brief, how it came here, where and about what.

The same figures as the quarterly report's, each section one slide: little enough to be read across a room.
"""

from upheld.figures.model import FigureSet, FigureValue
from upheld.figures.period import Quarter
from upheld.narrative.groups import teams_by_size, theme_table
from upheld.narrative.report import (
    Align,
    Block,
    Cell,
    ListBlock,
    Paragraph,
    Row,
    Section,
    Table,
    Tone,
)
from upheld.narrative.stages import stage_chart
from upheld.narrative.summary import summary_lines
from upheld.narrative.words import cell, count, share

QUARTERS = 6
_STAGE = "stage-1"
_QUARTERS_ID = "table-quarters"
_ROWS = (("received", "Received"), ("in_time", "In time"), ("upheld", "Upheld"), ("open", "Still open"))
_TEAMS = 7  # as many as can be read on a slide, with what is the total under them


def slides(figures: FigureSet, quarter: Quarter) -> tuple[Section, ...]:
    """The slides of one quarter, of the figures that the quarterly report asks for (`quarterly.asked_for`).

    A quarter for which nothing is recorded has one slide, which says so. Raises UnknownFigure where a figure lacks.
    """
    title = f"{quarter.label} in brief"
    if figures.value("received", quarter, stage=_STAGE).missing:
        nothing = Paragraph((f"Nothing is recorded for {quarter.label}.",), Tone.WARNING)
        return (Section("slide-brief", "1", title, (nothing,)),)
    quarters = quarter.back(QUARTERS)
    return (
        Section("slide-brief", "1", title, (ListBlock(summary_lines(figures, quarter)),)),
        Section(
            "slide-quarters",
            "2",
            f"Stage 1, {quarters[0].label} to {quarter.label}",
            (stage_chart(figures, _STAGE, quarters, table_id=_QUARTERS_ID), _quarters_table(figures, quarters)),
        ),
        Section("slide-where", "3", f"Where and about what, {quarter.label}", _where(figures, quarter)),
    )


def _quarters_table(figures: FigureSet, quarters: tuple[Quarter, ...]) -> Table:
    rows = tuple(
        Row(
            (
                Cell((label,), header=True),
                *(cell(count(figures.value(figure, quarter, stage=_STAGE))) for quarter in quarters),
            )
        )
        for figure, label in _ROWS
    )
    return Table(
        id=_QUARTERS_ID,
        caption="Stage 1 complaints by the quarter in which they were received",
        head=((Cell(("Stage 1",), header=True), *(Cell((quarter.label,), header=True) for quarter in quarters)),),
        rows=rows,
        align=(Align.START, *(Align.END for _ in quarters)),
    )


def _where(figures: FigureSet, quarter: Quarter) -> tuple[Block, ...]:
    teams = teams_by_size(figures, quarter)
    if not teams:
        return (Paragraph(("No stage 1 complaint was received, so there are neither teams nor themes.",)),)
    return (_teams_table(figures, quarter, teams), theme_table(figures, quarter))


def _teams_table(figures: FigureSet, quarter: Quarter, teams: list[FigureValue]) -> Table:
    shown = teams[:_TEAMS]
    rows = [
        _team_row(figures, quarter, figures.label("team", code), received, {"team": code})
        for received in shown
        for code in (received.ref.by[-1][1],)
    ]
    total = figures.value("received", quarter, stage=_STAGE)
    rows.append(_team_row(figures, quarter, "All teams", total, {}))
    which = "The teams with most stage 1 complaints" if len(teams) > _TEAMS else "Stage 1 complaints by team"
    return Table(
        id="table-teams-in-brief",
        caption=f"{which}, {quarter.label}",
        head=(tuple(Cell((text,), header=True) for text in ("Team", "Received", "In time")),),
        rows=tuple(rows),
        align=(Align.START, Align.END, Align.END),
        base=(("In time: of those answered or overdue.",)),
    )


def _team_row(figures: FigureSet, quarter: Quarter, name: str, received: FigureValue, team: dict[str, str]) -> Row:
    in_time = share(figures.value("in_time_rate", quarter, stage=_STAGE, **team))
    return Row((Cell((name,), header=True), cell(count(received)), Cell(in_time)), total=not team)
