"""Read a register: every row, or the list of what is wrong with it."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Protocol

from upheld.files import NOTHING_TOLD, Row, Sheet, read_bytes, read_sheet_bytes
from upheld.procedure import History
from upheld.register.documented import DocumentedLayout, NotARegister
from upheld.register.duplicates import suspected
from upheld.register.events import PACK, events_of_rows
from upheld.register.in_time import disagreements
from upheld.register.layout import normal
from upheld.register.mapping import MappedLayout, RegisterMapping
from upheld.register.model import Refusal, Register, RegisteredCase, Remark, TeamName
from upheld.register.names import Names
from upheld.register.rows import RegisterRow
from upheld.register.spellings import alike
from upheld.register.truth import problems_of_row

__all__ = ["MAX_REFUSALS", "SHEET", "Layout", "NotARegister", "read_register", "register_of_bytes", "register_of_sheet"]

SHEET = "Register"
MAX_REFUSALS = 1_000

Progress = Callable[[int, int], None]
_REPORT_EVERY = 1_000  # rows


class Layout(Protocol):
    """How a file lays out its register. `head` is the row, from 0, above the first row of the table."""

    head: int

    def read(self, number: int, cells: Row, refusals: list[Refusal]) -> list[RegisterRow]:
        """The stages in a row of the file. What cannot be read is added to `refusals`. `number` counts from 1."""

    def finish(self, rows: list[RegisterRow], refusals: list[Refusal]) -> list[RegisterRow]:
        """All stages once they are read, each with the reference of its case."""

    def remarks(self) -> list[Remark]:
        """What of the file was not read."""

    def taken(self) -> dict[int, tuple[str, str]]:
        """Which columns of the file are ours, by their number: the stage of their group, or empty, and our column."""


def read_register(
    path: Path, *, today: date, mapping: RegisterMapping | None = None, progress: Progress | None = None
) -> Register:
    """Read the register in a CSV, XLSX, XLS or ODS file: in the documented layout, or in the one that `mapping` tells.

    `today` bounds what can have happened: a later date is refused. Refused cells and rows are listed in `refusals`;
    the register is complete only where there are none. `progress` is told how many rows of how many are read. Raises
    UnreadableFile, NotARegister or BadMapping where there is no table, or none that the mapping fits.
    """
    content = read_bytes(path)
    return register_of_bytes(content, path.name, today=today, mapping=mapping, progress=progress)


def register_of_bytes(
    content: bytes,
    source: str,
    *,
    today: date,
    mapping: RegisterMapping | None = None,
    progress: Progress | None = None,
) -> Register:
    """As read_register, from the bytes of a file called `source`."""
    told = mapping.told if mapping is not None else NOTHING_TOLD
    sheet = read_sheet_bytes(content, source, prefer=SHEET, told=told)
    return register_of_sheet(
        sheet,
        source=source,
        digest=hashlib.sha256(content).hexdigest(),
        today=today,
        layout=MappedLayout(sheet, source, mapping) if mapping is not None else None,
        progress=progress,
    )


def register_of_sheet(
    sheet: Sheet,
    *,
    source: str,
    digest: str,
    today: date,
    layout: Layout | None = None,
    progress: Progress | None = None,
) -> Register:
    """As read_register, from cells, in the documented layout unless another is given."""
    layout = layout or DocumentedLayout(sheet, source)
    refusals: list[Refusal] = []
    rows: list[RegisterRow] = []
    total = len(sheet.rows) - layout.head - 1
    for number, cells in enumerate(sheet.rows[layout.head + 1 :], start=layout.head + 2):
        if progress is not None and number % _REPORT_EVERY == 0:
            progress(number - layout.head - 1, total)
        if not any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells):
            continue
        for row in layout.read(number, cells, refusals):
            if problems := problems_of_row(row, today):
                refusals += problems
            else:
                rows.append(row)
        if len(refusals) >= MAX_REFUSALS:
            refusals.append(Refusal(number, "", "", "Reading stopped here: too much is wrong for one list."))
            break
    if not rows and not refusals:
        raise NotARegister(f"{source} has the headings of a register but no rows under them.")
    rows = layout.finish(rows, refusals)
    names = Names()
    for row in rows:
        refusals += names.add(row)
    refusals += names.moves()
    refusals += _repeated(rows)
    cases = () if refusals else tuple(_cases(rows))
    teams = {code: TeamName(code, name, *_homes(names, code)) for code, (name, _) in names.teams.items()}
    if progress is not None:
        progress(total, total)
    return Register(
        source=source,
        digest=digest,
        rows=len(rows),
        cases=cases,
        services=dict(names.services),
        teams=teams,
        themes=dict(names.themes),
        refusals=tuple(sorted(refusals, key=lambda r: (r.row, r.column))),
        remarks=(
            *layout.remarks(),
            *alike(cases, teams.values()),
            *disagreements(cases, rows, today),
            *suspected(cases),
        ),
    )


def _homes(names: Names, team: str) -> tuple[str, tuple[str, ...]]:
    """The service that a team first belonged to, and those that it moved to."""
    first, *later = names.homes_of(team)
    return first, tuple(later)


def _repeated(rows: Iterable[RegisterRow]) -> Iterator[Refusal]:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (normal(row.text("reference")), row.text("stage"))
        if (other := first.setdefault(key, row.number)) != row.number:
            reference = row.text("reference")
            reason = f"already has this stage in row {other}. A register has one row for each stage of a case."
            yield row.refuse("reference", reference, f"“{reference}” {reason}")


def _cases(rows: list[RegisterRow]) -> Iterator[RegisteredCase]:
    by_reference: dict[str, list[RegisterRow]] = defaultdict(list)
    for row in rows:
        by_reference[normal(row.text("reference"))].append(row)
    for group in by_reference.values():
        reference = group[0].text("reference")
        yield RegisteredCase(
            reference=reference,
            history=History(reference, PACK, tuple(events_of_rows(group))),
            child_name=next((row.text("child_name") for row in group if "child_name" in row.values), ""),
            complainant_name=next(
                (row.text("complainant_name") for row in group if "complainant_name" in row.values), ""
            ),
            rows={row.text("stage"): row.number for row in group},
            columns={row.text("stage"): row.places.keys() for row in group},
        )
