"""What the dashboard asks of the figures: one set for the whole page, so that no two numbers on it can disagree."""

from dataclasses import dataclass
from datetime import date

from upheld.figures.asked import Asked
from upheld.figures.model import Change, FigureSet, FigureValue
from upheld.figures.period import Quarter

QUARTERS = 8
STAGE_1, STAGE_2, STAGE_3, OMBUDSMAN = "stage-1", "stage-2", "stage-3", "ombudsman"

_STAGE_FIGURES = (
    "received", "answered", "open", "overdue", "withdrawn", "in_time", "in_time_rate", "decided", "upheld",
    "upheld_rate", "partly_upheld",
)  # fmt: skip
_STOCK_FIGURES = ("open_at_end", "overdue_at_end")
_TEAM_FIGURES = ("received", "in_time_rate", "upheld_rate", "open")
LONG_OPEN = "long_open_at_end"


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person chose to look at: a quarter, one service or (empty) all, and the structure of a day.

    Without `structure` each case stands under the service and team of its own day.
    `as_at` is the day at whose end everything is judged; it also says what the present quarter is.
    """

    quarter: Quarter
    as_at: date
    service: str = ""
    structure: date | None = None

    @property
    def present(self) -> Quarter:
        """The quarter that `as_at` falls in."""
        return Quarter.containing(self.as_at)

    @property
    def unfinished(self) -> bool:
        """True where the quarter was not over at the end of `as_at`: its numbers are "so far"."""
        return self.as_at < self.quarter.end

    @property
    def filters(self) -> dict[str, str]:
        """The filters beside the quarter, by dimension."""
        return {"service": self.service} if self.service else {}

    @property
    def query(self) -> dict[str, str]:
        """The choice as parameters of an address: with them, the same page comes back."""
        return {"quarter": self.quarter.slug, **self.filters, **self.placed}

    @property
    def placed(self) -> dict[str, str]:
        """The choice of a structure as a parameter of an address; empty where none was chosen."""
        return {"structure": self.structure.isoformat()} if self.structure else {}


def asked_for(selection: Selection) -> tuple[Asked, ...]:
    """Every figure that the page states."""
    quarter = selection.quarter
    compared = (quarter, quarter.previous, quarter.same_of_last_year)
    chosen = tuple(selection.filters.items())
    stage_1 = (*chosen, ("stage", STAGE_1))
    return (
        Asked(_STAGE_FIGURES, quarter.back(QUARTERS), ("stage",), chosen),
        Asked(_STOCK_FIGURES, compared, ("stage",), chosen),
        Asked((LONG_OPEN,), (selection.present,), (), chosen),
        Asked(_TEAM_FIGURES, (quarter,), ("team",), stage_1),
        Asked(("received",), (quarter.previous, quarter), ("theme",), stage_1),
    )


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What one page is made of: the choice, and its figures as seen inside the chosen service."""

    selection: Selection
    figures: FigureSet
    stages: tuple[str, ...]
    recorded: tuple[Quarter, ...]  # the quarters that have data, oldest first; of the whole record

    @property
    def quarter(self) -> Quarter:
        """The quarter that the page is about."""
        return self.selection.quarter

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters that the chart shows, oldest first: as many as there are since the record begins."""
        begins = min(self.recorded, default=self.quarter)
        return tuple(q for q in self.quarter.back(QUARTERS) if q >= begins) or (self.quarter,)

    def value(self, figure: str, **by: str) -> FigureValue:
        """A figure of the page's quarter. Raises UnknownFigure."""
        return self.figures.value(figure, self.quarter, **by)

    def change(self, figure: str, since: Quarter, **by: str) -> Change:
        """The change of a figure from another quarter to the page's."""
        return self.figures.change(figure, self.quarter, since, **by)
