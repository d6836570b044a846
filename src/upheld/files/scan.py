"""A sheet looked over before it is opened: how far it reaches, which of its formulas failed, what is merged.

A workbook's reader makes room for every cell between the first and the last, and gives a failed formula as an empty
cell. Here a sheet that reaches too far is known beforehand, and a failure is not mistaken for "nothing".
"""

from dataclasses import dataclass, field

from upheld.files.model import Fault, Merge

MAX_FAULTS = 1_000  # more are not kept apart: a register with so many is not read anyway

_FAILED = "is the error of a formula. Put the formula right, or type the value"
_UNWORKED = "is a formula that was never worked out. Open the file in Excel or LibreOffice, save it, and try again"


@dataclass(slots=True)
class Scan:
    """What a look over a sheet found. Rows and columns are counted up to the last cell that holds something."""

    rows: int = 0
    columns: int = 0
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)

    def reach(self, row: int, column: int) -> None:
        """Note that a cell, counted from 0, holds something."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)

    def failed(self, row: int, column: int, shown: str) -> None:
        """Note a cell whose formula failed."""
        self._note(row, column, Fault(shown, _FAILED))

    def unworked(self, row: int, column: int) -> None:
        """Note a formula without a value."""
        self._note(row, column, Fault("=…", _UNWORKED))

    def _note(self, row: int, column: int, fault: Fault) -> None:
        self.reach(row, column)
        if len(self.faults) < MAX_FAULTS or (row, column) in self.faults:
            self.faults[row, column] = fault
