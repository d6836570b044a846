"""The questions that people ask of figures at the command line and in pages, with their defaults."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from upheld.figures.asked import Asked
from upheld.figures.calculate import calculate
from upheld.figures.crosswalk import Crosswalk
from upheld.figures.definitions import CATALOGUE
from upheld.figures.model import FigureSet, UnknownFigure
from upheld.figures.period import Quarter
from upheld.figures.source import FactSource
from upheld.procedure import load_pack

DEFAULT_FIGURES = ("received", "answered", "in_time", "upheld", "open", "in_time_rate", "upheld_rate")


def stages_of(pack_id: str) -> tuple[str, ...]:
    """The codes of a procedure's stages, in order."""
    return tuple(stage.code for stage in load_pack(pack_id).stages)


def ask(
    source: FactSource,
    quarter: Quarter,
    *,
    as_at: date,
    known_at: datetime | None = None,
    quarters: int = 1,
    figures: Sequence[str] = (),
    by: Sequence[str] = (),
    stage: str | None = None,
    crosswalk: Crosswalk | None = None,
    names: Mapping[tuple[str, str], str] | None = None,
) -> FigureSet:
    """Some figures of the last `quarters` quarters up to `quarter`.

    `known_at`, `crosswalk` and `names` are as in `calculate`.

    Raises UnknownFigure for a figure, dimension or stage that there is not.
    """
    stages = stages_of(source.describe().pack)
    if stage is not None and stage not in stages:
        raise UnknownFigure(f"There is no stage “{stage}”. There are: {', '.join(stages)}.")
    for figure in figures:
        CATALOGUE.figure(figure)
    asked = Asked(
        tuple(dict.fromkeys(figures)) or DEFAULT_FIGURES,
        quarter.back(quarters),
        tuple(dict.fromkeys(by)),
        (("stage", stage),) if stage else (),
    )
    groups = (stage,) if stage else stages
    return calculate(
        source, [asked], as_at=as_at, known_at=known_at, groups={"stage": groups}, crosswalk=crosswalk, names=names
    )
