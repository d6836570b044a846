"""A quarter in a few lines: what came, how it was decided, whether in time, what went further, what it was about."""

from upheld.figures.model import FigureSet
from upheld.figures.period import Quarter
from upheld.narrative.groups import theme_table
from upheld.narrative.report import Runs
from upheld.narrative.words import count, difference, growth, joined, out_of, plural, share, was


def summary_lines(figures: FigureSet, quarter: Quarter) -> tuple[Runs, ...]:
    """The lines, each a sentence, of a quarter in which something is recorded. Raises UnknownFigure."""
    items: list[Runs] = [_received_line(figures, quarter)]
    decided = figures.value("upheld_rate", quarter, stage="stage-1")
    if not decided.missing:
        partly = figures.value("partly_upheld", quarter, stage="stage-1")
        also = joined(", and ", (count(partly),), " in part") if partly.numerator else ()
        items.append(joined(out_of(decided, "decided"), was(decided), " upheld in full", also, "."))
    in_time = figures.value("in_time_rate", quarter, stage="stage-1")
    if not in_time.missing:
        before = figures.value("in_time_rate", quarter.previous, stage="stage-1")
        against = joined("; in ", f"{quarter.previous.label}, ", share(before)) if not before.missing else ()
        overdue = figures.value("overdue", quarter, stage="stage-1").numerator
        what = "answered or overdue" if overdue else "answered"
        items.append(joined(out_of(in_time, what), was(in_time), " in time", against, "."))
    items.append(_later_stages_line(figures, quarter))
    themes = theme_table(figures, quarter)
    if themes.rows:
        first = themes.rows[0]
        items.append(joined("The most frequent theme was “", first.cells[0].runs, "”, in ", first.cells[1].runs,
                            " of them."))  # fmt: skip
    return tuple(item for item in items if item)


def _received_line(figures: FigureSet, quarter: Quarter) -> Runs:
    received = figures.value("received", quarter, stage="stage-1")
    change = figures.change("received", quarter, quarter.previous, stage="stage-1")
    runs = joined((count(received, zero="No"),), plural(received, " stage 1 complaint was", " stage 1 complaints were"),
                  " received")  # fmt: skip
    if change.known:
        runs = joined(runs, ": ", difference(change), " than" if change.whole_difference else " as")
        runs = joined(runs, f" in {quarter.previous.label}")
        if grown := growth(change):
            runs = joined(runs, " (", grown, ")")
    return joined(runs, ".")


def _later_stages_line(figures: FigureSet, quarter: Quarter) -> Runs:
    second = figures.value("received", quarter, stage="stage-2")
    still = figures.value("open", quarter, stage="stage-2")
    third = figures.value("received", quarter, stage="stage-3")
    ombudsman = figures.value("received", quarter, stage="ombudsman")
    runs = joined((count(second, zero="None"),), " went to stage 2")
    if still.numerator:
        runs = joined(runs, " (", ("all",) if still.numerator == second.numerator else (count(still),), " still open)")
    return joined(
        runs, ", ", (count(third, zero="none"),), " to a review panel and ", (count(ombudsman, zero="none"),),
        " to the Ombudsman.",
    )  # fmt: skip
