"""A quarter's report made from facts and papers: the one way, for the site and for the command line.

It loads no Django, so that a report can be made straight from a register file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from upheld.documents.style import HouseStyle
from upheld.figures.asked import Asked
from upheld.figures.calculate import calculate
from upheld.figures.crosswalk import Crosswalk
from upheld.figures.model import FigureSet
from upheld.figures.past import PastTotal
from upheld.figures.period import Quarter
from upheld.figures.questions import stages_of
from upheld.figures.source import FactSource
from upheld.narrative.commentary import CommentaryFault
from upheld.narrative.papers import Papers
from upheld.narrative.quarterly import asked_for, quarterly_report
from upheld.narrative.report import Report
from upheld.web.branding import BLACK, WHITE, contrast, mixed

# Documents are read in poor light and copied: their headings keep more contrast than WCAG's level AA asks.
_READABLE = 7

Names = Mapping[tuple[str, str], str]  # (dimension, code) -> what people call it


def assembled(
    source: FactSource,
    quarter: Quarter,
    papers: Papers,
    *,
    as_at: date,
    crosswalk: Crosswalk | None = None,
    names: Names | None = None,
    past: tuple[PastTotal, ...] = (),
) -> Report:
    """The report of a quarter with its figures judged at the end of `as_at`.

    With a `crosswalk`, its services and teams are those of that day's structure; `names` are what they are called else.
    `past` are totals published before the record, shown beside it.
    Raises CommentaryFault where the commentary names a figure or an indicator that there is not.
    """
    figures = counted(source, asked_for(quarter), as_at=as_at, crosswalk=crosswalk, names=names)
    figures = replace(figures, past=past)
    return quarterly_report(figures, quarter, papers.cover, papers.commentary)


def day_of_figures(papers: Papers, quarter: Quarter, *, today: date) -> date:
    """The day at whose end the report's figures are judged: the one that its papers state, or else today.

    Raises CommentaryFault for a day that has not come, or that lies before the quarter.
    """
    as_at = papers.as_at
    if as_at is None:
        return today
    if as_at > today:
        raise CommentaryFault(
            f"cover.toml: as_at is {as_at.isoformat()}, which has not come yet. State a day up to today, or leave it "
            "out to have the figures as they are today."
        )
    if as_at < quarter.start:
        raise CommentaryFault(
            f"cover.toml: as_at is {as_at.isoformat()}, before {quarter.label} begins on {quarter.start.isoformat()}. "
            "State the day as at which the quarter’s figures are to be judged."
        )
    return as_at


def counted(
    source: FactSource,
    asked: Sequence[Asked],
    *,
    as_at: date,
    crosswalk: Crosswalk | None = None,
    names: Names | None = None,
) -> FigureSet:
    """The figures asked for, with every stage of the procedure in its order; the rest as in `calculate`."""
    stages = stages_of(source.describe().pack)
    return calculate(source, asked, as_at=as_at, groups={"stage": stages}, crosswalk=crosswalk, names=names)


def house_style(*, council: str, brand: str) -> HouseStyle:
    """The documents' style in the council's colour, darkened as far as it must be to be read well on white."""
    shades = (mixed(brand, BLACK, step / 100) for step in range(101))
    accent = next(shade for shade in shades if contrast(shade, WHITE) >= _READABLE)
    return HouseStyle(council=council, accent=accent, accent_tint=mixed(accent, WHITE, 0.9))
