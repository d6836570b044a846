"""What checking a report answers: its claims, each with where it stands, a verdict and the reason."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the report's own numbers say of a claim."""

    RIGHT = "right"
    WRONG = "wrong"
    CANNOT_TELL = "cannot tell"


class Severity(StrEnum):
    """How much a wrong claim matters: it misleads, it is untidy, or it could identify somebody."""

    MATERIAL = "material"
    MINOR = "minor"
    RISK = "risk"


class Kind(StrEnum):
    """What sort of statement a claim is."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    CHANGE = "change"
    COMPARISON = "comparison"
    TOTAL = "total"
    PART = "part"
    THRESHOLD = "threshold"
    RANK = "rank"
    NOTHING = "nothing"
    PERIOD = "period"
    SERIES = "series"
    WORDING = "wording"
    AVERAGE = "average"
    SMALL_NUMBER = "small number"
    CARRIED_OVER = "carried over"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands. Pages, tables, rows and columns count from 1; `block` is the reader's own order."""

    block: int
    page: int | None = None
    section: str = ""
    table: int | None = None
    row: int | None = None
    column: int | None = None

    @property
    def words(self) -> str:
        """For people: "page 2, section “Stage 1”, table 1, row 3, column 4"."""
        parts = [f"page {self.page}"] if self.page is not None else []
        if self.section:
            parts.append(f"section “{self.section}”")
        for name, value in (("table", self.table), ("row", self.row), ("column", self.column)):
            if value is not None:
                parts.append(f"{name} {value}")
        return ", ".join(parts) or f"paragraph {self.block + 1}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim and what became of it.

    `stated` and `computed` are shown as the report would show them; `counts` are the numbers that `computed` was made
    of, in order. `start` and `end` say which characters of the block's text (or of the cell's) are claimed.
    """

    place: Place
    quote: str
    kind: Kind
    stated: str
    verdict: Verdict
    why: str
    computed: str | None = None
    counts: tuple[int | float, ...] = ()
    severity: Severity | None = None
    cause: str | None = None
    start: int = 0
    end: int = 0
    numbers: tuple[tuple[Place, int], ...] = ()  # which numbers it speaks of: place, and where each begins
    halves: str | None = None  # "up" or "even", where it shows which way its report rounds halves
    bound: bool = True  # whether it is known what the numbers speak of

    @property
    def is_wrong(self) -> bool:
        """Whether the report's own numbers contradict it."""
        return self.verdict is Verdict.WRONG


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was looked at. Numbers that name dates, stages, limits and references are `not_figures`."""

    numbers: int
    bound: int
    checked: int
    not_figures: int
    tables: int
    claims: int


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer for one file."""

    file: str
    coverage: Coverage
    claims: tuple[Claim, ...]

    @property
    def wrong(self) -> tuple[Claim, ...]:
        """The claims that are contradicted."""
        return tuple(claim for claim in self.claims if claim.is_wrong)
