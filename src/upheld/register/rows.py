"""One row of a register, read cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from upheld.register.cells import Value


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row with its place in the file and the values of its columns."""

    number: int
    values: Mapping[str, Value]

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
