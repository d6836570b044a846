"""The documented layout found in a sheet: which row holds its headings, and the rows below read cell by cell."""

from functools import partial

from upheld.errors import UpheldError
from upheld.files import Cell, Row, Sheet, column_letters
from upheld.register.cells import CellProblem, Remembering, Value, read_cell
from upheld.register.layout import COLUMNS, Column, column_named
from upheld.register.merged import MergedCells
from upheld.register.model import Refusal, Remark
from upheld.register.rows import Place, RegisterRow

TOP_ROWS = 20  # among which the headings stand


class NotARegister(UpheldError):
    """The file can be read, but has no table in the documented layout."""


class AlmostTheLayout(NotARegister):
    """The file has every column of the documented layout that it must have, and something amiss beside them."""


class DocumentedLayout:
    """The documented layout, with its columns in the order of one file."""

    def __init__(self, sheet: Sheet, source: str) -> None:
        """Find the headings. Raises NotARegister where there are none, or they are not those of the layout."""
        self.head, self._columns = _find_head(sheet, source)
        cells = sheet.rows[self.head]
        self._places = {column.id: Place(i, str(cells[i]).strip()) for i, column in self._columns.items()}
        self._merged = MergedCells(sheet, self.head + 1)
        self._readers = {i: Remembering(partial(read_cell, column)) for i, column in self._columns.items()}
        self._required = [column for column in self._columns.values() if column.required]

    def taken(self) -> dict[int, tuple[str, str]]:
        """Which columns of the file are ours, by their number. A row is of one stage, so none is of a group."""
        return {index: ("", column.id) for index, column in self._columns.items()}

    def read(self, number: int, cells: Row, refusals: list[Refusal]) -> list[RegisterRow]:
        """The stage in a row of the file, or none and why not. `number` counts from 1."""
        values: dict[str, Value] = {}
        refused = len(refusals)
        columns, readers = self._columns, self._readers
        for index, cell in enumerate(cells):
            if cell is None:
                continue
            column = columns.get(index)
            if column is None:
                refusals.append(Refusal(number, "", shown(cell), "There is a cell outside the columns with a heading."))
                continue
            try:
                value = readers[index](cell)
            except CellProblem as problem:
                self._refuse(refusals, number, column, shown(cell), f"“{shown(cell)}” {problem}.")
                continue
            if value is not None and value != ():
                values[column.id] = value
        told = {refusal.cell for refusal in refusals[refused:]}
        if self._merged and (hidden := self._merged.problem(number - 1, list(self._columns))):
            self._refuse(refusals, number, self._columns[hidden[0]], "", hidden[1])
            told.add(hidden[0])
        for column in self._required:
            if column.id not in values and self._places[column.id].index not in told:
                heading = self._places[column.id].heading
                self._refuse(refusals, number, column, "", f"{heading} is empty; every row needs it.")
        return [] if len(refusals) > refused else [RegisterRow(number, values, self._places)]

    def finish(self, rows: list[RegisterRow], refusals: list[Refusal]) -> list[RegisterRow]:  # noqa: ARG002
        """The rows as they are: every one has its case's own reference."""
        return rows

    def remarks(self) -> list[Remark]:
        """Nothing: every row and column is read."""
        return []

    def _refuse(self, refusals: list[Refusal], number: int, column: Column, value: str, reason: str) -> None:
        place = self._places[column.id]
        refusals.append(Refusal(number, place.heading, value, reason, place.index))


def _find_head(sheet: Sheet, source: str) -> tuple[int, dict[int, Column]]:
    """The row with the headings: the first of the top rows that names two columns of the layout or more."""
    for index, cells in enumerate(sheet.rows[:TOP_ROWS]):
        found = {i: c for i, cell in enumerate(cells) if isinstance(cell, str) and (c := column_named(cell))}
        if len(found) >= 2:
            _check_head(index, cells, found, source)
            return index, found
    raise NotARegister(
        f"{source} has no row of headings that belongs to a register. The headings begin "
        f"{', '.join(column.heading for column in COLUMNS[:6])}. “upheld register template” writes an empty register."
    )


def _check_head(index: int, cells: Row, found: dict[int, Column], source: str) -> None:
    missing = [c.heading for c in COLUMNS if c.required and c not in found.values()]
    if missing:
        raise NotARegister(f"{source}, row {index + 1}: the register has no column {listed(missing)}.")
    for column in found.values():
        letters = [column_letters(i) for i, c in found.items() if c is column]
        if len(letters) > 1:
            raise AlmostTheLayout(
                f"{source}, row {index + 1}: the column “{column.heading}” is there twice ({' and '.join(letters)}). "
                "Remove one of them, or give it another heading."
            )
    unknown = [str(cell) for i, cell in enumerate(cells) if cell is not None and i not in found]
    if unknown:
        raise AlmostTheLayout(
            f"{source}, row {index + 1}: the heading {listed(unknown)} is not part of the layout. Remove the column or "
            "correct its heading; “upheld register template” lists them all. Or let the file be recognised "
            "(--recognise), which leaves out what it does not know and says so."
        )


def shown(cell: Cell) -> str:
    """A cell as a message quotes it: not all of a long one, and nothing that cannot be printed."""
    text = "".join(letter if letter.isprintable() else "�" for letter in str(cell)[:61])
    return text if len(text) <= 60 else text[:57] + "…"


def listed(names: list[str]) -> str:
    """Names as a sentence lists them."""
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " and " + quoted[-1]
