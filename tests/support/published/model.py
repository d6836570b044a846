"""A report as it is published, and what is true of it: each claim, where it stands, and whether it is right."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Verdict(StrEnum):
    """What is known of a claim."""

    RIGHT = "right"
    WRONG = "wrong"
    CANNOT_TELL = "cannot tell"


class Severity(StrEnum):
    """How much it matters that it is wrong."""

    MATERIAL = "material"
    MINOR = "minor"
    RISK = "risk"


class Mistake(StrEnum):
    """How reports come to be wrong."""

    NOT_ADDING_UP = "does not add up"
    WRONG_BASE = "wrong base"
    CUT_OFF = "cut off, not rounded"
    POINTS = "per cent for percentage points"
    LEFT_OVER = "sentence left from the period before"
    TWO_VALUES = "two values for one thing"
    WRONG_YEAR = "heading with the wrong period"
    WORD = "word against the number"
    ADJECTIVE = "adjective against the size"
    COPIED = "copied from the neighbour"
    SWAPPED = "digits swapped"
    LARGER_THAN_WHOLE = "part larger than the whole"
    IMPOSSIBLE = "percentage that its base cannot give"
    MISSING_PERIOD = "missing period"
    REPEATED_PERIOD = "repeated period"
    MIXED_COHORTS = "mixed cohorts"
    RESTATED = "restated without a note"
    WRONG_VALUE = "wrong value"
    SMALL_NUMBER = "small number that could identify"


MINOR = frozenset({Mistake.CUT_OFF, Mistake.ADJECTIVE, Mistake.MISSING_PERIOD, Mistake.RESTATED})


def severity_of(mistake: Mistake) -> Severity:
    """What this mistake weighs, unless the report it stands in says otherwise."""
    if mistake is Mistake.SMALL_NUMBER:
        return Severity.RISK
    return Severity.MINOR if mistake in MINOR else Severity.MATERIAL


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` counts from 1, the report's own title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. An empty head cell continues the one to its left (a merged head); `note` stands below."""

    title: str
    heads: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def grid(self) -> tuple[tuple[str, ...], ...]:
        """All rows, the heads first."""
        return self.heads + self.rows


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands: a sentence, or a cell of the table so many (from 0; rows below the heads, from 0).

    A place with a table and no row is the whole table; with a row and no column, the row.
    """

    sentence: str = ""
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """A claim, and what is true of it.

    `facts` names what it speaks of (measure, group, period). `computed` holds the values that are right, as a reader
    would write them; any of them answers. `also` are the places where a checker may as well put its finger: the other
    side of a contradiction.
    """

    kind: str
    place: Place
    verdict: Verdict = Verdict.RIGHT
    mistake: Mistake | None = None
    severity: Severity | None = None
    computed: tuple[str, ...] = ()
    facts: frozenset[str] = frozenset()
    also: tuple[Place, ...] = ()
    looks_wrong: bool = False  # right, although at first sight it is not

    def wrong(self, mistake: Mistake, *computed: str, severity: Severity | None = None) -> "Truth":
        """The same claim, wrong in this way; `computed` is what it should say."""
        return replace(
            self,
            verdict=Verdict.WRONG,
            mistake=mistake,
            severity=severity or severity_of(mistake),
            computed=computed or self.computed,
        )


@dataclass(frozen=True, slots=True)
class Published:
    """A report, its truth, and how it came about (for whoever looks into a miss)."""

    name: str
    blocks: tuple[Block, ...]
    truths: tuple[Truth, ...]
    traits: tuple[str, ...] = ()
    previous: "Published | None" = None

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def wrong(self) -> tuple[Truth, ...]:
        """What is wrong in it."""
        return tuple(truth for truth in self.truths if truth.verdict is Verdict.WRONG)

    @property
    def right(self) -> tuple[Truth, ...]:
        """What is right in it."""
        return tuple(truth for truth in self.truths if truth.verdict is Verdict.RIGHT)


@dataclass(slots=True)
class Draft:
    """A report that is being written: blocks, and truths, some of them of the blocks to come."""

    blocks: list[Block] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)

    @property
    def next_table(self) -> int:
        """The number of the table that would be put next."""
        return sum(isinstance(block, Table) for block in self.blocks)
