"""What was understood of a file that nobody explained, how surely, and what has to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from upheld.files import Told
from upheld.register.dates import DateOrder

UNKNOWN = "?"


class Sureness(StrEnum):
    """How surely a column was understood."""

    SURE = "sure"  # the heading means nothing else, and the cells agree
    LIKELY = "likely"  # the only column that it could be, and to be looked at
    ASKED = "asked"  # two readings fit, or the cells do not agree


class About(StrEnum):
    """What a question is about."""

    SHEET = "sheet"
    COLUMN = "column"  # which column it is
    CONFIRM = "confirm"  # whether the only candidate is the right one
    MISSING = "missing"  # no column, and every row needs it
    ORDER = "order"  # day first, or month first
    WORD = "word"  # what a word means
    PATH = "path"  # whether the last part of a path is the name


@dataclass(frozen=True, slots=True)
class Reading:
    """One column of ours and where it was found. `stage` is that of its group, where a row holds several stages."""

    column: str
    headings: tuple[str, ...]  # as a mapping names them
    sureness: Sureness
    examples: tuple[str, ...] = ()
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say. `options` are the answers that fit, as a mapping writes them."""

    about: About
    text: str
    column: str = ""
    stage: str = ""
    word: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A column of the file that is not read, and why."""

    heading: str
    why: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that was understood of one file: enough for a mapping where `questions` is empty."""

    source: str
    sheet: str
    is_workbook: bool
    told: Told
    head: tuple[int, int]  # first and last row of the headings, from 1
    rows: int
    readings: tuple[Reading, ...]
    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # column -> their word -> ours, or UNKNOWN
    order: DateOrder | None = None  # of dates whose order matters, where it was proven
    orders: Mapping[str, DateOrder] = field(default_factory=dict)  # of columns that differ from it
    order_shown: str = ""  # what proves the order
    empty: tuple[str, ...] = ()  # words that were met and stand for nothing
    separator: str = ";"
    last_part: Mapping[str, str] = field(default_factory=dict)  # column -> what parts its paths, or UNKNOWN
