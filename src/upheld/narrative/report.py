"""A report as people read it, before it has any format: headings, sentences, tables, charts and notes.

Every number in it is a `Number` that keeps the id of its figure. A document renders what is here and adds nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from upheld.figures.model import FigureValue, Provenance
from upheld.figures.period import Quarter


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is shown, and the figure that it comes from.

    `text` is what people read ("51", "28%", "one", "no"). `role` says what is shown of the figure: its value, one of
    its two counts, or its change since another value (`since`).
    """

    text: str
    value: int | float  # a broken number only where a count is apportioned
    source: FigureValue
    role: "Role"
    since: FigureValue | None = None

    @property
    def id(self) -> str:
        """The id that every format carries: `upheld_rate@Q3 2018/19?stage=stage-1#value`."""
        since = f"~{self.since.ref.period.label}" if self.since else ""
        return f"{self.source.ref.id}{since}#{self.role}"


class Role(StrEnum):
    """What a number shows of its figure."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    CHANGE = "change"  # in number, or in percentage points for a rate
    CHANGE_PERCENT = "change-percent"


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


Inline = str | Number | Strong
Runs = tuple[Inline, ...]


class Align(StrEnum):
    """How a table's column is set."""

    START = "start"
    END = "end"


class Tone(StrEnum):
    """What kind of notice a paragraph is."""

    PLAIN = "plain"
    NOTE = "note"  # explains or qualifies what is beside it
    WARNING = "warning"  # something is missing or must be checked


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    runs: Runs
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list: bullets, or numbered where the order says something."""

    items: tuple[Runs, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table. `header` cells name their row (or, in a head row, their columns)."""

    runs: Runs
    header: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table's body. `total` rows are set apart."""

    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption. `head` has one or two rows; spans of a row add up to the number of columns.

    Two head rows are groups of columns over columns; a cell without text in the first row leaves its column to the
    second. `base` says in words what is counted and out of what; it is printed under every table.
    """

    id: str
    caption: str
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[Row, ...]
    align: tuple[Align, ...]
    base: Runs = ()
    notes: tuple[Runs, ...] = ()

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return sum(cell.span for cell in self.head[-1])


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart's series; None is a gap, drawn as one and said in words."""

    label: str
    number: Number | None


@dataclass(frozen=True, slots=True)
class Series:
    """One named series of a chart."""

    name: str
    points: tuple[Point, ...]


class ChartKind(StrEnum):
    """How a chart is drawn."""

    COLUMNS = "columns"  # grouped columns, a group per label (periods on the horizontal axis)
    BARS = "bars"  # horizontal bars, longest first: for names
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, the words that say what it says, and the table that holds its numbers.

    `description` is the alternative text: what the chart shows, in a sentence or two. `table_id` names the table of
    the same report with the same numbers.
    """

    id: str
    kind: ChartKind
    title: str
    axis: str  # what the value axis counts
    series: tuple[Series, ...]
    description: Runs
    table_id: str


Block = Paragraph | ListBlock | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section. `number` is its place: "3.1"."""

    id: str
    number: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """The block at the head of a committee paper: what it is, for whom, by whom."""

    council: str
    title: str
    subtitle: str
    fields: tuple[tuple[str, str], ...]
    marking: str = ""  # for example "For general release"


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure in words, as printed at the end of the report."""

    figure: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `slides` says the same in little, a section to a slide, for those who will not read it all."""

    period: Quarter
    as_at: date
    cover: Cover
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...]
    provenance: Provenance
    language: str = "en-GB"
    slides: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Every section in reading order."""

        def down(sections: Iterable[Section]) -> Iterator[Section]:
            for section in sections:
                yield section
                yield from down(section.sections)

        return down(self.sections)

    def tables(self) -> Iterator[Table]:
        """Every table in reading order."""
        return (b for s in self.walk() for b in s.blocks if isinstance(b, Table))

    def charts(self) -> Iterator[Chart]:
        """Every chart in reading order."""
        return (b for s in self.walk() for b in s.blocks if isinstance(b, Chart))

    def charts_of_slides(self) -> Iterator[Chart]:
        """Every chart of the slides. One with the id of a chart of the report is drawn alike."""
        return (block for slide in self.slides for block in slide.blocks if isinstance(block, Chart))

    def numbers_of_slides(self) -> Iterator[Number]:
        """Every number that the slides state, and their notes."""
        return (n for slide in self.slides for block in slide.blocks for n in _numbers_of(block))

    def numbers(self) -> Iterator[Number]:
        """Every number that the report states in words and tables, in reading order (charts repeat their table)."""
        for section in self.walk():
            for block in section.blocks:
                yield from _numbers_of(block)


def _numbers_of(block: Block) -> Iterator[Number]:
    groups: list[Runs]
    match block:
        case Paragraph(runs=runs):
            groups = [runs]
        case ListBlock(items=items):
            groups = list(items)
        case Table():
            head = [cell.runs for row in block.head for cell in row]
            body = [cell.runs for row in block.rows for cell in row.cells]
            groups = [*head, *body, block.base, *block.notes]
        case Chart(description=runs):
            groups = [runs]
    for group in groups:
        yield from (run for run in group if isinstance(run, Number))


def plain(runs: Runs) -> str:
    """Runs as plain text."""
    return "".join(r if isinstance(r, str) else r.text for r in runs)
