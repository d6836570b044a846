"""Declaring figures: each once, with its words, and refused at once where the declaration is not sound."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from upheld.figures.model import Dimension, Grain, Kind, UnknownFigure

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from upheld.figures.conditions import Rows


class Cohort(StrEnum):
    """Which rows belong to a period."""

    RECEIVED = "received"  # received, or asked for, in the period; judged as at the day that is asked about
    ANSWERED = "answered"  # answered in the period, whenever received
    STOCK = "stock"  # as they stood at the end of the period


class UnsoundFigure(Exception):
    """A declaration that cannot stand: a programmer's mistake, found when the module is loaded."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. A count has a condition; a rate has the ids of the two counts that it is made of."""

    id: str
    label: str
    definition: str
    kind: Kind
    cohort: Cohort
    counts: "Callable[[Rows], ir.BooleanValue] | None" = None
    numerator: str | None = None
    denominator: str | None = None
    more_is: str = ""  # "better" or "worse" where the figure says so; empty where it does not

    @property
    def parts(self) -> tuple[str, ...]:
        """The counts that must be made for it."""
        if self.numerator is None or self.denominator is None:
            return (self.id,)
        return (self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All figures and dimensions that there are, in the order they were declared."""

    figures: Mapping[str, Figure]
    dimensions: Mapping[str, Dimension]

    def figure(self, figure_id: str) -> Figure:
        """The figure with this id. Raises UnknownFigure with the ids that there are."""
        try:
            return self.figures[figure_id]
        except KeyError:
            raise UnknownFigure(f"There is no figure “{figure_id}”. There are: {', '.join(self.figures)}.") from None

    def dimension(self, dimension_id: str) -> Dimension:
        """The dimension with this id. Raises UnknownFigure with the ids that there are."""
        try:
            return self.dimensions[dimension_id]
        except KeyError:
            raise UnknownFigure(
                f"Figures cannot be broken down by “{dimension_id}”, only by: {', '.join(self.dimensions)}."
            ) from None


def catalogue(figures: tuple[Figure, ...], dimensions: tuple[Dimension, ...]) -> Catalogue:
    """Put declarations together, refusing what is not sound.

    Raises UnsoundFigure for an id used twice, a rate of something that is not a count, a rate whose counts are of two
    cohorts (mixed cohorts are how published rates go wrong), and a missing definition.
    """
    by_id: dict[str, Figure] = {}
    for figure in figures:
        if figure.id in by_id:
            raise UnsoundFigure(f"The figure {figure.id} is declared twice.")
        if not figure.definition.endswith("."):
            raise UnsoundFigure(f"The figure {figure.id} needs a definition in whole sentences.")
        if (figure.kind is Kind.COUNT) != (figure.counts is not None):
            raise UnsoundFigure(f"The figure {figure.id} must be either a count with a condition or a rate.")
        for part in figure.parts if figure.kind is Kind.RATE else ():
            base = by_id.get(part)
            if base is None or base.kind is not Kind.COUNT:
                raise UnsoundFigure(f"The rate {figure.id} is made of {part}, which is not a count declared before it.")
            if base.cohort is not figure.cohort:
                raise UnsoundFigure(f"The rate {figure.id} mixes cohorts with {part}.")
        by_id[figure.id] = figure
    return Catalogue(by_id, {d.id: d for d in dimensions})


def count(
    figure_id: str,
    label: str,
    definition: str,
    counts: "Callable[[Rows], ir.BooleanValue]",
    *,
    cohort: Cohort = Cohort.RECEIVED,
    more_is: str = "",
) -> Figure:
    """Declare a count of stage occurrences."""
    return Figure(figure_id, label, definition, Kind.COUNT, cohort, counts=counts, more_is=more_is)


def rate(
    figure_id: str,
    label: str,
    definition: str,
    *,
    of: str,
    out_of: str,
    cohort: Cohort = Cohort.RECEIVED,
    more_is: str = "",
) -> Figure:
    """Declare a rate of two counts of the same cohort."""
    return Figure(figure_id, label, definition, Kind.RATE, cohort, numerator=of, denominator=out_of, more_is=more_is)


def dimension(dimension_id: str, label: str, column: str, grain: Grain = Grain.STAGE) -> Dimension:
    """Declare something that figures can be broken down by."""
    return Dimension(dimension_id, label, column, grain)
