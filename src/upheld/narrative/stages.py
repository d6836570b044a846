"""The table of stages by quarter, its chart, and a paragraph for each stage."""

from upheld.figures.model import FigureSet, FigureValue
from upheld.figures.period import Quarter
from upheld.narrative.published import published, published_notes, telling
from upheld.narrative.report import (
    Align,
    Cell,
    Chart,
    ChartKind,
    Number,
    Paragraph,
    Point,
    Row,
    Runs,
    Series,
    Table,
    Tone,
)
from upheld.narrative.words import (
    NO_DATA,
    cell,
    count,
    difference,
    growth,
    joined,
    listed,
    out_of,
    plural,
    points,
    share,
    trimmed,
    was,
)

TABLE_ID = "table-stages"
_MEASURES = (
    ("received", "Received"),
    ("upheld", "Upheld"),
    ("partly_upheld", "Partly upheld"),
    ("in_time", "In time"),
    ("open", "Still open"),
)


def stage_table(figures: FigureSet, stages: tuple[str, ...], quarters: tuple[Quarter, ...]) -> Table:
    """Every stage in every quarter, none left out; a quarter in which nothing was recorded says so."""
    rows: list[Row] = []
    for stage in stages:
        rows.append(Row((Cell((figures.label("stage", stage),), header=True, span=len(quarters) + 1),)))
        for figure, label in _MEASURES:
            values = [figures.value(figure, quarter, stage=stage) for quarter in quarters]
            rows.append(Row((Cell((label,), header=True), *(cell(count(value)) for value in values))))
            if any(telling(figures, value) for value in values):
                beside = (cell(published(figures, value)) for value in values)
                rows.append(Row((Cell((f"{label}, as published",), header=True), *beside)))
    return Table(
        id=TABLE_ID,
        caption=f"Complaints by stage, {quarters[0].label} to {quarters[-1].label}",
        head=((Cell(("Stage",), header=True), *(Cell((quarter.label,), header=True) for quarter in quarters)),),
        rows=tuple(rows),
        align=(Align.START, *(Align.END for _ in quarters)),
        base=(
            (
                "Each column counts what was received in that quarter, and what has become of it since. Complaints "
                "still open are counted apart; they are not “late”."
            ),
        ),
        notes=(*_gaps(figures, stages, quarters), *published_notes(figures, quarters)),
    )


def _gaps(figures: FigureSet, stages: tuple[str, ...], quarters: tuple[Quarter, ...]) -> list[Runs]:
    empty = [
        quarter.label
        for quarter in quarters
        if all(figures.value("received", quarter, stage=stage).missing for stage in stages)
    ]
    if not empty:
        return []
    return [
        (
            (
                f"{NO_DATA.capitalize()}: nothing is recorded for {listed(empty)}. The record has a gap there; it "
                "does not say that there were no complaints."
            ),
        )
    ]


def stage_chart(figures: FigureSet, stage: str, quarters: tuple[Quarter, ...], *, table_id: str = TABLE_ID) -> Chart:
    """Received, in time and upheld of one stage by quarter; `table_id` names the table with the same numbers."""
    label = figures.label("stage", stage)
    series = tuple(
        Series(name, tuple(Point(q.label, _number(figures.value(figure, q, stage=stage))) for q in quarters))
        for figure, name in (("received", "Received"), ("in_time", "In time"), ("upheld", "Upheld"))
    )
    now = quarters[-1]
    received = [figures.value("received", q, stage=stage) for q in quarters]
    known = [value for value in received if value.numerator is not None]
    peak = max(known, key=lambda value: value.numerator or 0, default=None)
    description: Runs = (
        (
            f"Columns of {label.lower()} complaints received, answered in time and upheld in each quarter from "
            f"{quarters[0].label} to {now.label}. "
        ),
    )
    if peak is not None:
        description += ("The most received in a quarter was ", count(peak), f", in {peak.ref.period.label}; ")
        description += (f"{now.label} had ", count(received[-1]), ".")
    return Chart(
        id=f"chart-{stage}",
        kind=ChartKind.COLUMNS,
        title=f"{label}: received, in time and upheld, by quarter received",
        axis="Complaints",
        series=series,
        description=description,
        table_id=table_id,
    )


def _number(value: FigureValue) -> Number | None:
    shown = count(value)
    return shown if isinstance(shown, Number) else None


def stage_paragraphs(figures: FigureSet, stage: str, quarter: Quarter) -> tuple[Paragraph, ...]:
    """What happened at one stage in the quarter: how many, how they were decided, and whether in time."""
    received = figures.value("received", quarter, stage=stage)
    if received.missing:
        return (Paragraph((f"Nothing is recorded for {quarter.label}.",), Tone.WARNING),)
    if not received.numerator:
        return (Paragraph(_none(figures, stage, quarter)),)
    paragraphs = [
        joined(_volume(figures, stage, quarter), " ", _decided(figures, stage, quarter)),
        _timeliness(figures, stage, quarter),
    ]
    return tuple(Paragraph(trimmed(runs)) for runs in paragraphs if runs)


_SUBJECT = {
    "stage-1": ("stage 1 complaint was received", "stage 1 complaints were received"),
    "stage-2": ("complaint went to stage 2", "complaints went to stage 2"),
    "stage-3": ("review panel was asked for", "review panels were asked for"),
    "ombudsman": ("enquiry came from the Ombudsman", "enquiries came from the Ombudsman"),
}


def _subject(value: FigureValue, stage: str) -> str:
    one, many = _SUBJECT.get(stage, ("complaint was received", "complaints were received"))
    return plural(value, one, many)


def _none(figures: FigureSet, stage: str, quarter: Quarter) -> Runs:
    received = figures.value("received", quarter, stage=stage)
    before = figures.value("received", quarter.previous, stage=stage)
    runs: Runs = (
        count(received, zero="No"),
        f" {_SUBJECT[stage][0] if stage in _SUBJECT else 'complaint was received'}",
    )
    if before.missing:
        return (*runs, ".")
    if not before.numerator:
        return (*runs, f", as in {quarter.previous.label}.")
    return (*runs, "; in ", f"{quarter.previous.label} there ", plural(before, "was ", "were "), count(before), ".")


def _volume(figures: FigureSet, stage: str, quarter: Quarter) -> Runs:
    received = figures.value("received", quarter, stage=stage)
    since_last = figures.change("received", quarter, quarter.previous, stage=stage)
    since_year = figures.change("received", quarter, quarter.same_of_last_year, stage=stage)
    runs = joined((count(received),), f" {_subject(received, stage)}")
    if since_last.known:
        runs = joined(runs, ", ", difference(since_last), " than" if since_last.whole_difference else " as")
        runs = joined(runs, f" in {quarter.previous.label}")
        if grown := growth(since_last):
            runs = joined(runs, " (", grown, " from ", (count(since_last.before),), ")")
    else:
        runs = joined(runs, f" (nothing is recorded for {quarter.previous.label}, so there is no comparison)")
    if since_year.known:
        runs = joined(
            runs,
            ", and ",
            difference(since_year),
            " than" if since_year.whole_difference else " as",
            f" in the same quarter of the year before ({quarter.same_of_last_year.label})",
        )
    return joined(runs, ".")


def _decided(figures: FigureSet, stage: str, quarter: Quarter) -> Runs:
    upheld = figures.value("upheld_rate", quarter, stage=stage)
    before = figures.value("upheld_rate", quarter.previous, stage=stage)
    partly = figures.value("partly_upheld", quarter, stage=stage)
    if upheld.missing:
        return ()
    if upheld.denominator == 1 and partly.numerator:
        runs = joined(out_of(upheld, "decided"), " was upheld in part")
    else:
        runs = joined(out_of(upheld, "decided"), was(upheld), " upheld")
        if partly.numerator:
            runs = joined(runs, " in full and ", (count(partly),), " in part")
    if not before.missing:
        runs = joined(runs, f"; in {quarter.previous.label}, ", share(before))
    return joined(runs, ".")


def _timeliness(figures: FigureSet, stage: str, quarter: Quarter) -> Runs:
    answered = figures.value("answered", quarter, stage=stage)
    in_time = figures.value("in_time_rate", quarter, stage=stage)
    before = figures.value("in_time_rate", quarter.previous, stage=stage)
    runs: Runs = ()
    if not in_time.missing and answered.numerator:
        what = "answered or overdue" if figures.value("overdue", quarter, stage=stage).numerator else "answered"
        runs = joined(out_of(in_time, what), was(in_time), " in time")
        if not before.missing:
            runs = joined(runs, ", against ", share(before), f" in {quarter.previous.label}")
            if moved := points(figures.change("in_time_rate", quarter, quarter.previous, stage=stage)):
                runs = joined(runs, ": ", moved)
        runs += (". ",)
    return joined(runs, _open(figures, stage, quarter))


def _open(figures: FigureSet, stage: str, quarter: Quarter) -> Runs:
    received = figures.value("received", quarter, stage=stage)
    still = figures.value("open", quarter, stage=stage)
    overdue = figures.value("overdue", quarter, stage=stage)
    withdrawn = figures.value("withdrawn", quarter, stage=stage)
    runs: Runs = ()
    if still.numerator:
        if still.numerator == received.numerator:
            runs = ("It is still open",) if still.numerator == 1 else ("All ", count(still), " are still open")
        else:
            runs = (count(still), plural(still, " is still open", " are still open"))
        if not overdue.numerator:
            runs = joined(runs, "; its limit has not passed" if still.numerator == 1 else "; none has passed its limit")
        else:
            which: Runs = ("all",) if overdue.numerator == still.numerator else (count(overdue),)
            passed = plural(overdue, " has passed its limit", " have passed their limit")
            runs = joined(runs, "; ", ("its limit has passed",) if still.numerator == 1 else (*which, passed))
        runs += (". ",)
    if withdrawn.numerator:
        runs = joined(runs, (count(withdrawn),), plural(withdrawn, " was withdrawn.", " were withdrawn."))
    return runs
