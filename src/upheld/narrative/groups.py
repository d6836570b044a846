"""Tables by service team and of the top themes, each with its base."""

from upheld.figures.crosswalk import UNPLACED
from upheld.figures.model import Amount, FigureSet, FigureValue
from upheld.figures.period import Quarter
from upheld.narrative.report import Align, Cell, Chart, ChartKind, Number, Paragraph, Point, Row, Series, Table
from upheld.narrative.structure import structure_notes
from upheld.narrative.words import (
    SMALLEST_BASE,
    SMALLEST_BASE_IN_WORDS,
    cell,
    count,
    denominator,
    joined,
    listed,
    numerator,
    out_of,
    percent,
    plural,
    share,
    was,
)

TEAMS_ID = "table-teams"
THEMES_ID = "table-themes"
TOP = 5
MOST_SHOWN = 8  # where several themes share the last place

_STAGE = "stage-1"


def _by_size(values: tuple[FigureValue, ...], figures: FigureSet, dimension: str) -> list[FigureValue]:
    """The largest first; equal ones in the order of their names; what cannot be placed in a structure last."""
    present = [value for value in values if value.numerator]

    def place(value: FigureValue) -> tuple[bool, Amount, str]:
        code = value.ref.by[-1][1]
        return code == UNPLACED, -(value.numerator or 0), figures.label(dimension, code).casefold()

    return sorted(present, key=place)


def teams_by_size(figures: FigureSet, quarter: Quarter) -> list[FigureValue]:
    """What each team received at stage 1, the largest first; teams that received nothing are left out."""
    return _by_size(figures.groups("received", quarter, "team", stage=_STAGE), figures, "team")


def team_table(figures: FigureSet, quarter: Quarter) -> Table:
    """Stage 1 by the team complained about: received, in time and upheld, each rate with its base."""
    rows = []
    for received in teams_by_size(figures, quarter):
        team = received.ref.by[-1][1]
        rows.append(_team_row(figures, quarter, figures.label("team", team), received, team))
    total = figures.value("received", quarter, stage=_STAGE)
    rows.append(_team_row(figures, quarter, "All teams", total, None))
    return Table(
        id=TEAMS_ID,
        caption=f"Stage 1 complaints by service team, {quarter.label}",
        head=(
            (
                Cell(("",), header=True),
                Cell(("",), header=True),
                Cell(("In time",), header=True, span=3),
                Cell(("Upheld",), header=True, span=3),
                Cell(("",), header=True),
            ),
            tuple(
                Cell((text,), header=True)
                for text in ("Team", "Received", "Number", "Out of", "%", "Number", "Out of", "%", "Still open")
            ),
        ),
        rows=tuple(rows),
        align=(Align.START, *(Align.END for _ in range(8))),
        base=(
            (
                f"Complaints received from {quarter.months}. In time: answered within the limit in force, out of those "
                "answered or overdue. Upheld: upheld in full, out of those decided. No percentage is given of fewer "
                f"than {SMALLEST_BASE_IN_WORDS}."
            ),
        ),
        notes=structure_notes(figures),
    )


def _team_row(figures: FigureSet, quarter: Quarter, name: str, received: FigureValue, team: str | None) -> Row:
    by = {"stage": _STAGE} | ({"team": team} if team else {})
    in_time = figures.value("in_time_rate", quarter, **by)
    upheld = figures.value("upheld_rate", quarter, **by)
    still = figures.value("open", quarter, **by)
    return Row(
        (
            Cell((name,), header=True),
            cell(count(received)),
            *_rate_cells(in_time),
            *_rate_cells(upheld),
            cell(count(still)),
        ),
        total=team is None,
    )


def _rate_cells(value: FigureValue) -> tuple[Cell, Cell, Cell]:
    shown = value.percent is not None and (value.denominator or 0) >= SMALLEST_BASE
    return cell(numerator(value)), cell(denominator(value)), cell(percent(value) if shown else "–")


def team_paragraph(figures: FigureSet, quarter: Quarter) -> Paragraph | None:
    """Where most complaints were, and which team's answers were least in time, where the base bears it."""
    teams = [team for team in teams_by_size(figures, quarter) if team.ref.by[-1][1] != UNPLACED]
    if not teams:
        return None
    total = figures.value("received", quarter, stage=_STAGE)
    most = [team for team in teams if team.numerator == teams[0].numerator]
    names = listed([figures.label("team", team.ref.by[-1][1]) for team in most])
    each = " each" if len(most) > 1 else ""
    runs = joined(f"{names} had the most stage 1 complaints, ", (count(most[0]),), f"{each} of ", (count(total),), ".")
    upheld = figures.value("upheld_rate", quarter, stage=_STAGE, team=most[0].ref.by[-1][1])
    if len(most) == 1 and not upheld.missing:
        runs = joined(runs, " ", out_of(upheld, "decided"), was(upheld), " upheld.")
    rates = [figures.value("in_time_rate", quarter, stage=_STAGE, team=team.ref.by[-1][1]) for team in teams]
    borne = [rate for rate in rates if (rate.denominator or 0) >= SMALLEST_BASE and rate.exact is not None]
    lowest = min(borne, key=lambda rate: rate.exact or 0, default=None)
    if lowest is not None and len(borne) > 1 and lowest.exact != 1:
        where = figures.label("team", lowest.ref.by[-1][1])
        runs = joined(
            runs,
            f" Of the teams with {SMALLEST_BASE_IN_WORDS} or more answered or overdue, {where} has the smallest share "
            "in time: ",
            share(lowest),
            ".",
        )
    return Paragraph(runs)


def theme_table(figures: FigureSet, quarter: Quarter) -> Table:
    """The themes raised in most stage 1 complaints, with last quarter's number."""
    themes = _by_size(figures.groups("received", quarter, "theme", stage=_STAGE), figures, "theme")
    shown = themes[:TOP]
    tied = [theme for theme in themes[TOP:MOST_SHOWN] if shown and theme.numerator == shown[-1].numerator]
    rows = []
    for theme in (*shown, *tied):
        code = theme.ref.by[-1][1]
        before = figures.value("received", quarter.previous, stage=_STAGE, theme=code)
        rows.append(Row((Cell((figures.label("theme", code),), header=True), cell(count(theme)), cell(count(before)))))
    return Table(
        id=THEMES_ID,
        caption=f"Top themes of stage 1 complaints, {quarter.label}",
        head=(tuple(Cell((text,), header=True) for text in ("Theme", quarter.label, quarter.previous.label)),),
        rows=tuple(rows),
        align=(Align.START, Align.END, Align.END),
        base=(
            (
                "Number of stage 1 complaints that raise the theme. A complaint that raises several themes counts once "
                "under each, so the numbers do not add up to the complaints received."
            ),
        ),
    )


def theme_chart(quarter: Quarter, table: Table) -> Chart | None:
    """The top themes as bars, longest first."""
    points = []
    for row in table.rows:
        number = row.cells[1].runs[0]
        name = row.cells[0].runs[0]
        if isinstance(number, Number) and isinstance(name, str):
            points.append(Point(name, number))
    if not points or points[0].number is None:
        return None
    first = points[0]
    noun = plural(first.number.source, "complaint", "complaints") if first.number else "complaints"
    return Chart(
        id="chart-themes",
        kind=ChartKind.BARS,
        title=f"Top themes of stage 1 complaints, {quarter.label}",
        axis="Complaints that raise the theme",
        series=(Series(quarter.label, tuple(points)),),
        description=joined(
            f"Bars of the themes raised in most stage 1 complaints. The most frequent is “{first.label}”, in ",
            (first.number,) if first.number else "",
            f" {noun}.",
        ),
        table_id=THEMES_ID,
    )
