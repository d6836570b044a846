"""What every format needs to know of a report's form: numbers of tables and charts, rows of heads, widths of columns.

It checks the form once. A table whose rows do not add up, or a chart without its table, is refused before any format
draws something wrong.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from upheld.documents import words
from upheld.errors import UpheldError
from upheld.narrative.report import Align, Cell, Number, Report, Row, Section, Table, plain

# A4 pages take about so many characters of a table's type side by side.
PORTRAIT_CHARACTERS = 92
LANDSCAPE_CHARACTERS = 150
# What a cell's padding takes, in characters.
PADDING = 2
# A head of a row longer than this is a sentence, not a name.
LONGEST_NAME = 60
DEFINITIONS_ID = "definitions"
# A column of words is not given more than this, and where room is scarce no more than that: longer texts wrap.
WIDEST_COLUMN = 34
NARROWEST_COLUMN = 18


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


def is_group(row: Row, table: Table) -> bool:
    """True for a row that only names the rows under it: one head cell as wide as the table."""
    return len(row.cells) == 1 and row.cells[0].header and row.cells[0].span == table.columns


def is_grouped(table: Table) -> bool:
    """True where rows of the table stand in groups."""
    return any(is_group(row, table) for row in table.rows)


def is_bold(cell: Cell, *, grouped: bool) -> bool:
    """True for a head of a row that is set in bold: a name. A sentence is not, nor a row in a `grouped` table."""
    return cell.header and not grouped and len(plain(cell.runs)) <= LONGEST_NAME


def column_characters(table: Table, *, widest: int = WIDEST_COLUMN) -> tuple[int, ...]:
    """How many characters wide each column wants to be.

    A number is never broken over lines. A head may take two lines, and words as many as they need once they are
    `widest`.
    """
    widths = [1] * table.columns
    for column, head in placed(table.head[-1]):
        if head.span == 1:
            width = _two_lines(plain(head.runs))
            widths[column] = width + -(-width // 8)  # bold
    for row in table.rows:
        for column, cell in placed(row.cells):
            if cell.span == 1:
                text = plain(cell.runs)
                most = len(text) if table.align[column] is Align.END else min(len(text), widest)
                wanted = max(most, _longest_word(text))
                widths[column] = max(widths[column], _bold(wanted) if cell.header or row.total else wanted)
    return tuple(width + PADDING for width in widths)


def _bold(characters: int) -> int:
    """How many characters of plain type so many of a bold name take: names have more wide letters than heads."""
    return -(-characters * 5 // 4)


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


def _two_lines(text: str) -> int:
    """The width of a text that is broken once where that makes it narrowest."""
    return max(len(line) for line in _broken(text))


def _broken(text: str) -> tuple[str, ...]:
    """A text in two lines, as narrow as can be; in one where it is a single word."""
    wordlist = text.split()
    pairs = ((" ".join(wordlist[:i]), " ".join(wordlist[i:])) for i in range(1, len(wordlist)))
    return min(pairs, key=lambda pair: max(map(len, pair)), default=(text,))


def head_lines(table: Table) -> Mapping[int, tuple[str, ...]]:
    """The lines of each head of one column, by column, where it is too long for one.

    Heads of columns of one width are broken alike, whatever their letters measure.
    """
    room = LANDSCAPE_CHARACTERS if is_wide(table) else PORTRAIT_CHARACTERS
    given = [share * room for share in shares(table)]
    texts = ((column, plain(head.runs)) for column, head in placed(table.head[-1]) if head.span == 1)
    return {
        column: _broken(text) for column, text in texts if len(text) * 9 / 8 + PADDING > given[column] and " " in text
    }


def shares(table: Table) -> tuple[float, ...]:
    """Each column's share of the table's width; together 1.

    Where there is room, each column has what it wants. Where there is not, numbers keep what they need and columns
    of words part the rest by how much they have to say.
    """
    wanted = column_characters(table)
    room = LANDSCAPE_CHARACTERS if is_wide(table) else PORTRAIT_CHARACTERS
    if sum(wanted) > room:
        least = column_characters(table, widest=NARROWEST_COLUMN)
        rest = max(0, room - sum(least))
        weights = [sqrt(_longest_text(table, column)) if narrow < want else 0.0
                   for column, (want, narrow) in enumerate(zip(wanted, least, strict=True))]  # fmt: skip
        parts = sum(weights) or 1
        widths = [narrow + rest * weight / parts for narrow, weight in zip(least, weights, strict=True)]
    else:
        widths = [float(width) for width in wanted]
    whole = sum(widths)
    return tuple(width / whole for width in widths)


def _longest_text(table: Table, column: int) -> int:
    cells = (cell for row in table.rows for at, cell in placed(row.cells) if at == column and cell.span == 1)
    return max((len(plain(cell.runs)) for cell in cells), default=0)


def is_wide(table: Table) -> bool:
    """True where a portrait page is too narrow for the table."""
    return sum(column_characters(table, widest=NARROWEST_COLUMN)) > PORTRAIT_CHARACTERS


def is_landscape(section: Section) -> bool:
    """True where a section's own blocks hold a table that needs a landscape page."""
    return any(isinstance(block, Table) and is_wide(block) for block in section.blocks)


def depth(section: Section) -> int:
    """The level of a section's heading, from 1, as its number says: 3.1 is of level 2."""
    return section.number.count(".") + 1


def holds_definitions(section: Section, report: Report) -> bool:
    """True for the section that the definitions of figures belong at the end of: it has the id `definitions`."""
    return bool(report.definitions) and section.id == DEFINITIONS_ID


def has_place_for_definitions(report: Report) -> bool:
    """True where a section of the report takes the definitions; otherwise they have a heading of their own."""
    return any(holds_definitions(section, report) for section in report.walk())
