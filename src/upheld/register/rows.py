"""One row of a register, read cell by cell, and where in the file each of its values stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from upheld.register.cells import Value
from upheld.register.layout import BY_ID
from upheld.register.model import Refusal


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file has a column of ours: its number, from 0, and the file's own heading."""

    index: int
    heading: str


Places = Mapping[str, Place]  # column of ours -> where it stands


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One stage of one case, with the row of the file that it came from and the values that it has, by column."""

    number: int
    values: Mapping[str, Value]
    places: Places

    def text(self, column: str) -> str:
        """The text or code in a column; empty where there is none."""
        value = self.values.get(column)
        return value if isinstance(value, str) else ""

    def day(self, column: str) -> date | None:
        """The date in a column."""
        value = self.values.get(column)
        return value if isinstance(value, date) else None

    def items(self, column: str) -> tuple[str, ...]:
        """The list in a column."""
        value = self.values.get(column)
        return value if isinstance(value, tuple) else ()

    def yes(self, column: str) -> bool:
        """Whether a yes-or-no column says yes."""
        return self.values.get(column) is True

    def heading(self, column: str) -> str:
        """What the file calls a column of ours; our own heading where it has no such column."""
        return heading_in(self.places, column)

    def refuse(self, column: str, value: str, reason: str) -> Refusal:
        """The refusal of what this row has in a column."""
        return refusal_at(self.places, self.number, column, value, reason)


def heading_in(places: Places, column: str) -> str:
    """What a file calls a column of ours; our own heading where it has no such column."""
    place = places.get(column)
    return place.heading if place is not None else BY_ID[column].heading


def refusal_at(places: Places, number: int, column: str, value: str, reason: str) -> Refusal:
    """The refusal of a cell by the column of ours that it was read for."""
    place = places.get(column)
    return Refusal(number, heading_in(places, column), value, reason, None if place is None else place.index)
