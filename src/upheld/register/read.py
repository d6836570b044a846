"""Read a register in the documented layout: every row, or the list of what is wrong with it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from upheld.errors import UpheldError
from upheld.files import Cell, Sheet, UnreadableFile, read_sheet
from upheld.procedure import History
from upheld.register.cells import CellProblem, Value, read_cell
from upheld.register.events import PACK, events_of_rows
from upheld.register.layout import COLUMNS, Column, column_named, normal
from upheld.register.model import Refusal, Register, RegisteredCase, TeamName
from upheld.register.names import Names
from upheld.register.rows import RegisterRow
from upheld.register.truth import problems_of_row

SHEET = "Register"
MAX_REFUSALS = 1_000


class NotARegister(UpheldError):
    """The file can be read, but has no table in the documented layout."""


def read_register(path: Path, *, today: date) -> Register:
    """Read the register in a CSV or XLSX file.

    `today` bounds what can have happened: a later date is refused. Refused cells and rows are listed in `refusals`;
    the register is complete only where there are none. Raises UnreadableFile or NotARegister where there is no table.
    """
    sheet = read_sheet(path, prefer=SHEET)
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:  # it was there a moment ago
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}.") from error
    return register_of_sheet(sheet, source=path.name, digest=digest, today=today)


def register_of_sheet(sheet: Sheet, *, source: str, digest: str, today: date) -> Register:
    """As read_register, from cells."""
    head, columns = _find_head(sheet, source)
    refusals: list[Refusal] = []
    rows: list[RegisterRow] = []
    for number, cells in enumerate(sheet.rows[head + 1 :], start=head + 2):
        if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
            continue
        row = _read_row(number, cells, columns, refusals)
        if row is not None:
            problems = problems_of_row(row, today)
            refusals += problems
            if not problems:
                rows.append(row)
        if len(refusals) >= MAX_REFUSALS:
            refusals.append(Refusal(number, "", "", "Reading stopped here: too much is wrong for one list."))
            break
    if not rows and not refusals:
        raise NotARegister(f"{source} has the headings of a register but no rows under them.")
    names = Names()
    for row in rows:
        refusals += names.add(row)
    refusals += _repeated(rows)
    cases = () if refusals else tuple(_cases(rows, names))
    return Register(
        source=source,
        digest=digest,
        rows=len(rows),
        cases=cases,
        services=dict(names.services),
        teams={code: TeamName(code, *pair) for code, pair in names.teams.items()},
        themes=dict(names.themes),
        refusals=tuple(sorted(refusals, key=lambda r: (r.row, r.column))),
    )


def _find_head(sheet: Sheet, source: str) -> tuple[int, dict[int, Column]]:
    """The row with the headings: the first of the top rows that names two columns of the layout or more."""
    for index, cells in enumerate(sheet.rows[:20]):
        found = {i: c for i, cell in enumerate(cells) if isinstance(cell, str) and (c := column_named(cell))}
        if len(found) >= 2:
            _check_head(index, cells, found, source)
            return index, found
    raise NotARegister(
        f"{source} has no row of headings that belongs to a register. The headings begin "
        f"{', '.join(column.heading for column in COLUMNS[:6])}. “upheld register template” writes an empty register."
    )


def _check_head(index: int, cells: tuple[Cell, ...], found: dict[int, Column], source: str) -> None:
    missing = [c.heading for c in COLUMNS if c.required and c not in found.values()]
    if missing:
        raise NotARegister(f"{source}, row {index + 1}: the register has no column {_list(missing)}.")
    twice = {c.heading for c in found.values() if list(found.values()).count(c) > 1}
    if twice:
        raise NotARegister(f"{source}, row {index + 1}: the column {_list(sorted(twice))} is there twice.")
    unknown = [str(cell) for i, cell in enumerate(cells) if cell is not None and i not in found]
    if unknown:
        raise NotARegister(
            f"{source}, row {index + 1}: the heading {_list(unknown)} is not part of the layout. Remove the column or "
            "correct its heading; “upheld register template” lists them all."
        )


def _read_row(
    number: int, cells: tuple[Cell, ...], columns: Mapping[int, Column], refusals: list[Refusal]
) -> RegisterRow | None:
    values: dict[str, Value] = {}
    good = True
    for index, column in columns.items():
        cell = cells[index] if index < len(cells) else None
        try:
            values[column.id] = read_cell(column, cell)
        except CellProblem as problem:
            refusals.append(Refusal(number, column.heading, _shown(cell), f"“{_shown(cell)}” {problem}."))
            good = False
            continue
        if column.required and values[column.id] in (None, ()):
            refusals.append(Refusal(number, column.heading, "", f"{column.heading} is empty; every row needs it."))
            good = False
    stray = [cell for i, cell in enumerate(cells) if i not in columns and cell is not None]
    if stray:
        refusals.append(Refusal(number, "", _shown(stray[0]), "There is a cell outside the columns with a heading."))
        good = False
    return RegisterRow(number, values) if good else None


def _repeated(rows: Iterable[RegisterRow]) -> list[Refusal]:
    first: dict[tuple[str, str], int] = {}
    refusals = []
    for row in rows:
        key = (normal(row.text("reference")), row.text("stage"))
        if key in first:
            refusals.append(
                Refusal(
                    row.number,
                    "Reference",
                    row.text("reference"),
                    f"“{row.text('reference')}” already has this stage in row {first[key]}. A register has one row "
                    "for each stage of a case.",
                )
            )
        first.setdefault(key, row.number)
    return refusals


def _cases(rows: list[RegisterRow], names: Names) -> Iterable[RegisteredCase]:
    by_reference: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        by_reference[normal(row.text("reference"))].append(row)
    for group in by_reference.values():
        reference = group[0].text("reference")
        yield RegisteredCase(
            reference=reference,
            history=History(reference, PACK, tuple(events_of_rows(group, names))),
            child_name=next((row.text("child_name") for row in group if row.text("child_name")), ""),
            complainant_name=next((row.text("complainant_name") for row in group if row.text("complainant_name")), ""),
            rows={row.text("stage"): row.number for row in group},
        )


def _shown(cell: Cell) -> str:
    text = str(cell)
    return text if len(text) <= 60 else text[:57] + "…"


def _list(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " and " + quoted[-1]
