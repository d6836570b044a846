"""What reading a spreadsheet gives: cells, sheets, and the one way of saying that a file cannot be read."""

from dataclasses import dataclass
from datetime import date

from upheld.errors import UpheldError


class UnreadableFile(UpheldError):
    """A file is not what it says it is, is damaged, or is larger than is sensible."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that holds no value, only the failure of a formula: `shown` is what stands in it, such as #REF!."""

    shown: str
    reason: str  # in words that follow what is shown

    def __str__(self) -> str:
        return self.shown


Cell = str | int | float | bool | date | Fault | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """A block of cells merged into one, by rows and columns from 0, both ends in it. Only the first holds a value."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Whether the cell lies in the block and is not the one that holds its value."""
        inside = self.top <= row <= self.bottom and self.left <= column <= self.right
        return inside and (row, column) != (self.top, self.left)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet: `rows[0]` is the first row of the file, so row `i` is row `i + 1` for people.

    Rows end with their last cell that holds something, and sheets with their last such row.
    """

    name: str
    rows: tuple[Row, ...]
    merges: tuple[Merge, ...] = ()


def column_letters(index: int) -> str:
    """What a spreadsheet calls a column counted from 0: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
