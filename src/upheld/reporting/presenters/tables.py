"""A report's tables as a page draws them."""

from dataclasses import dataclass

from upheld.documents.layout import HeadCell, group_starts, head_rows, placed
from upheld.narrative.report import Align, Table
from upheld.reporting.links import CaseLinks
from upheld.reporting.presenters.runs import Shows, shows


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell of a table's body. `starts` says that a group of columns begins with it."""

    shows: Shows
    header: bool
    span: int
    numeric: bool
    starts: bool


@dataclass(frozen=True, slots=True)
class ShownHead:
    """One cell of a table's head."""

    text: Shows
    span: int
    depth: int
    group: bool
    numeric: bool
    starts: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of a table's body."""

    cells: tuple[ShownCell, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as the page draws it. `base` says what is counted and out of what."""

    id: str
    caption: str
    head: tuple[tuple[ShownHead, ...], ...]
    rows: tuple[ShownRow, ...]
    base: Shows
    notes: tuple[Shows, ...]


def shown(table: Table, links: CaseLinks) -> ShownTable:
    """A report's table as the page draws it, each number linked to the list behind it."""

    starts = group_starts(table)

    def numeric(column: int) -> bool:
        return table.align[column] is Align.END

    def head(cell_: HeadCell) -> ShownHead:
        return ShownHead(
            shows(cell_.cell.runs, links),
            cell_.span,
            cell_.depth,
            cell_.group,
            not cell_.group and numeric(cell_.column),
            cell_.column in starts,
        )

    return ShownTable(
        table.id,
        table.caption,
        tuple(tuple(head(cell_) for cell_ in row) for row in head_rows(table)),
        tuple(
            ShownRow(
                tuple(
                    ShownCell(shows(cell_.runs, links), cell_.header, cell_.span, numeric(column), column in starts)
                    for column, cell_ in placed(row.cells)
                ),
                row.total,
            )
            for row in table.rows
        ),
        shows(table.base, links),
        tuple(shows(note, links) for note in table.notes),
    )
