"""What every format needs to know of a report's form: numbers of tables and charts, rows of heads, widths of columns.

It checks the form once. A table whose rows do not add up, or a chart without its table, is refused before any format
draws something wrong.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from upheld.documents import words
from upheld.errors import UpheldError
from upheld.narrative.report import Align, Cell, Number, Report, Section, Table, plain

# A portrait A4 page takes about this many characters of a table's type side by side, a landscape page about half more.
PORTRAIT_CHARACTERS = 92
# What a cell's padding takes, in characters.
PADDING = 2
# A column of words is not given more than this: longer names wrap.
WIDEST_COLUMN = 34


class BadReport(UpheldError):
    """A report cannot be set: its tables or charts do not hold together."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The number of each table and chart, by id, in reading order from 1."""

    tables: Mapping[str, int]
    charts: Mapping[str, int]

    def table(self, table_id: str) -> str:
        """How a table is called: "Table 2"."""
        return f"{words.TABLE} {self.tables[table_id]}"

    def chart(self, chart_id: str) -> str:
        """How a chart is called: "Figure 1"."""
        return f"{words.FIGURE} {self.charts[chart_id]}"


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table's head in its place: `column` from 0, `span` columns wide, `depth` rows deep."""

    cell: Cell
    column: int
    span: int
    depth: int
    group: bool  # it names a group of columns


def number(report: Report) -> Numbering:
    """Number the tables and charts of `report`. Raises BadReport where its form does not hold together."""
    tables: dict[str, int] = {}
    charts: dict[str, int] = {}
    for table in report.tables():
        _check_table(table)
        _claim(tables, table.id)
    for chart in report.charts():
        _claim(charts, chart.id)
        if chart.table_id not in tables:
            raise BadReport(
                f"The chart “{chart.title}” names the table {chart.table_id}, which is not in the report. Every chart "
                "needs the table that holds its numbers."
            )
    sections: dict[str, int] = {}
    for section in report.walk():
        _claim(sections, section.id)
    shared = (tables.keys() & charts.keys()) | (sections.keys() & (tables.keys() | charts.keys()))
    if shared:
        raise BadReport(f"The ids {sorted(shared)} are used twice in the report. Give every part an id of its own.")
    return Numbering(tables, charts)


def _claim(numbers: dict[str, int], part_id: str) -> None:
    if part_id in numbers:
        raise BadReport(f"The id {part_id} is used twice in the report. Give every part an id of its own.")
    numbers[part_id] = len(numbers) + 1


def _check_table(table: Table) -> None:
    if not 1 <= len(table.head) <= 2:
        raise BadReport(f"The table “{table.caption}” has {len(table.head)} head rows; a table has one or two.")
    widths = [sum(cell.span for cell in row) for row in (*table.head, *(row.cells for row in table.rows))]
    if any(width != table.columns for width in widths) or len(table.align) != table.columns:
        raise BadReport(
            f"The rows of the table “{table.caption}” do not add up to its {table.columns} columns: they have {widths} "
            f"columns, and {len(table.align)} alignments."
        )


def head_rows(table: Table) -> tuple[tuple[HeadCell, ...], ...]:
    """The head as it is drawn: a cell of the second row moves up into the empty cell over it.

    A cell with a number in it stays where it is, so that numbers keep their reading order.
    """
    if len(table.head) == 1:
        return (tuple(HeadCell(c, column, c.span, 1, c.span > 1) for column, c in placed(table.head[0])),)
    below = dict(placed(table.head[1]))
    first: list[HeadCell] = []
    moved: set[int] = set()
    for column, cell in placed(table.head[0]):
        under = below.get(column)
        if not plain(cell.runs) and under and under.span == cell.span and not _holds_number(under):
            first.append(HeadCell(under, column, cell.span, 2, group=False))
            moved.add(column)
        else:
            first.append(HeadCell(cell, column, cell.span, 1, group=bool(plain(cell.runs))))
    second = (HeadCell(c, column, c.span, 1, group=False) for column, c in below.items() if column not in moved)
    return tuple(first), tuple(second)


def placed(cells: tuple[Cell, ...]) -> Iterator[tuple[int, Cell]]:
    """The cells of a row, each with the column that it begins at, from 0."""
    column = 0
    for cell in cells:
        yield column, cell
        column += cell.span


def _holds_number(cell: Cell) -> bool:
    return any(isinstance(run, Number) for run in cell.runs)


def group_starts(table: Table) -> frozenset[int]:
    """The columns that a new group of columns begins at, apart from the first: a line is drawn there."""
    if len(table.head) == 1:
        return frozenset()
    return frozenset(cell.column for cell in head_rows(table)[0] if cell.column and (cell.group or cell.depth > 1))


def column_characters(table: Table) -> tuple[int, ...]:
    """How many characters wide each column needs to be.

    A number is never broken over lines. A head may take two lines, and a name as many as it needs once it is as wide
    as a column may be.
    """
    widths = [1] * table.columns
    for column, head in placed(table.head[-1]):
        if head.span == 1:
            widths[column] = _two_lines(plain(head.runs))
    for row in table.rows:
        for column, cell in placed(row.cells):
            if cell.span == 1:
                text = plain(cell.runs)
                most = len(text) if table.align[column] is Align.END else min(len(text), WIDEST_COLUMN)
                # Bold type, as of heads of rows, is wider; and names have more wide letters than prose.
                wanted = max(most, _longest_word(text)) * (5 if cell.header or row.total else 4)
                widths[column] = max(widths[column], -(-wanted // 4))
    return tuple(width + PADDING for width in widths)


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


def _two_lines(text: str) -> int:
    """The width of a text that is broken once where that makes it narrowest."""
    wordlist = text.split()
    breaks = range(1, len(wordlist))
    return min(
        (max(len(" ".join(wordlist[:i])), len(" ".join(wordlist[i:]))) for i in breaks),
        default=len(text),
    )


def shares(table: Table) -> tuple[float, ...]:
    """Each column's share of the table's width; together 1."""
    characters = column_characters(table)
    whole = sum(characters)
    return tuple(width / whole for width in characters)


def is_wide(table: Table) -> bool:
    """True where a portrait page is too narrow for the table."""
    return sum(column_characters(table)) > PORTRAIT_CHARACTERS


def is_landscape(section: Section) -> bool:
    """True where a section's own blocks hold a table that needs a landscape page."""
    return any(isinstance(block, Table) and is_wide(block) for block in section.blocks)


def depth(section: Section) -> int:
    """The level of a section's heading, from 1, as its number says: 3.1 is of level 2."""
    return section.number.count(".") + 1
