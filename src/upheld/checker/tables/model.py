"""A table as it is understood: what each row and column says, and what each cell holds."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from upheld.checker.model import Place
from upheld.checker.words import Facets


class State(StrEnum):
    """What a cell holds."""

    VALUE = "value"
    BLANK = "blank"
    DASH = "dash"  # nought or nothing: a table does not say which
    SUPPRESSED = "suppressed"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its count, its percentage and its base, each where it holds one."""

    text: str
    state: State
    count: Fraction | None = None
    percent: Fraction | None = None
    decimals: int = 0  # of the percentage, or of a count that is no whole number
    base: Fraction | None = None
    days: bool = False

    @property
    def is_plain_count(self) -> bool:
        """Whether it holds one whole number and nothing else."""
        return self.count is not None and self.percent is None and self.base is None and self.count.denominator == 1

    @property
    def has_number(self) -> bool:
        """Whether it holds any number."""
        return self.count is not None or self.percent is not None


@dataclass(frozen=True, slots=True)
class Axis:
    """A row or a column: its label, the group above it, what they say, and whether it is a total or a percentage."""

    index: int  # in the grid
    label: str
    group: str
    facets: Facets
    total: bool
    percent: bool
    change: bool
    of_which: bool = False
    base: bool = False  # says only what the numbers beside it are out of

    @property
    def name(self) -> str:
        """For people: the group and the label."""
        if self.group and self.label and self.group != self.label:
            return f"{self.group}, {self.label}"
        return self.label or self.group or f"{self.index + 1}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `cells[r][c]` belongs to `rows[r]` and `columns[c]`."""

    number: int
    place: Place
    caption: str
    about: Facets  # the caption and the heading above
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    cells: tuple[tuple[Cell, ...], ...]
    notes: str = ""  # what stands right below it
    swapped: bool = False  # rows and columns exchanged

    @property
    def transposed(self) -> "Table":
        """The same with rows and columns exchanged."""
        cells = tuple(tuple(row[c] for row in self.cells) for c in range(len(self.columns)))
        return Table(
            self.number,
            self.place,
            self.caption,
            self.about,
            self.columns,
            self.rows,
            cells,
            self.notes,
            not self.swapped,
        )

    def place_of(self, row: int, column: int) -> Place:
        """Where a cell stands."""
        down, across = self.rows[row].index, self.columns[column].index
        if self.swapped:
            down, across = across, down
        return Place(self.place.block, self.place.page, self.place.section, self.number, down + 1, across + 1)
