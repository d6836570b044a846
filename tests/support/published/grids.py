"""A table that is being made: cells that know what they count, so that each can be checked or spoilt."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from tests.support.published.model import Place, Table, Truth


@dataclass(slots=True)
class Cell:
    """One cell. `role` is label, count, total, share, or other; `parts` are the cells that it is made of."""

    text: str
    role: str = "label"
    value: int = 0
    whole: int = 0  # of a share
    facts: frozenset[str] = frozenset()
    parts: tuple[tuple[int, int], ...] = ()
    other_bases: tuple[int, ...] = ()  # of a share: what else stands near, to be taken by mistake


@dataclass(slots=True)
class Grid:
    """A table, and what each cell of it counts. `topic` says what it is about."""

    topic: str
    title: str
    heads: list[list[str]]
    rows: list[list[Cell]]
    note: str = ""
    names_people: bool = False  # by team or characteristic: a small number may point at a family
    period_heads: list[tuple[int, int]] = field(default_factory=list)  # (head line, column) of periods in a row
    added_up: list[tuple[int, int]] = field(default_factory=list)  # cells that some total adds up
    extra: list[Truth] = field(default_factory=list)

    @property
    def table(self) -> Table:
        """As it is published."""
        return Table(
            self.title,
            tuple(tuple(line) for line in self.heads),
            tuple(tuple(cell.text for cell in row) for row in self.rows),
            self.note,
        )

    def cells(self, role: str) -> list[tuple[int, int]]:
        """Where cells of a role stand."""
        return [(r, c) for r, row in enumerate(self.rows) for c, cell in enumerate(row) if cell.role == role]

    def at(self, where: tuple[int, int]) -> Cell:
        """The cell there."""
        return self.rows[where[0]][where[1]]

    def total_of(self, where: tuple[int, int]) -> list[tuple[int, int]]:
        """The totals that add this cell up."""
        return [total for total in self.cells("total") if where in self.at(total).parts]

    def truths(self, number: int) -> list[Truth]:
        """What its totals and percentages claim, all of them right as long as nothing is spoilt."""
        found = []
        for role, kind in (("total", "total"), ("share", "percentage")):
            for where in self.cells(role):
                cell = self.at(where)
                if not cell.text.strip("-–"):
                    continue
                place = Place(table=number, row=where[0], column=where[1])
                found.append(Truth(kind, place, computed=(cell.text,), facts=cell.facts))
        return found + [replace(truth, place=replace(truth.place, table=number)) for truth in self.extra]

    def place(self, number: int, where: tuple[int, int]) -> Place:
        """Where a cell stands in the report."""
        return Place(table=number, row=where[0], column=where[1])


def share_value(cell: Cell) -> Fraction:
    """The exact percentage of a share."""
    return Fraction(100 * cell.value, cell.whole)
