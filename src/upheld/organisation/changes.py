"""What can happen to the structure, as it is recorded: one `Change` for each thing that happened, with its parts.

Changes are only ever added. One that was recorded wrongly is taken back by a later record that says why, and recorded
again; what was known before that moment can still be asked.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from upheld.errors import UpheldError

WHOLE = Fraction(1)


class StructureFault(UpheldError):
    """Changes that cannot all have happened: the text says which, and what to do."""


class Level(StrEnum):
    """How high a unit stands: teams belong to services, services to directorates."""

    DIRECTORATE = "directorate"
    SERVICE = "service"
    TEAM = "team"

    @property
    def above(self) -> "Level | None":
        """The level that units of this one belong to."""
        return {Level.TEAM: Level.SERVICE, Level.SERVICE: Level.DIRECTORATE}.get(self)


class ChangeKind(StrEnum):
    """What happened."""

    OPEN = "open"  # from nothing: a new unit without a predecessor, or one that was always there
    CLOSE = "close"  # nobody took over its work
    RENAME = "rename"
    MOVE = "move"  # to another unit above; to none where the unit above is empty
    MERGE = "merge"  # several became one
    SPLIT = "split"  # one became several, each with its share of the work

    @property
    def word(self) -> str:
        """What happened, as a heading: "Merged"."""
        return {
            "open": "Opened", "close": "Closed", "rename": "Renamed", "move": "Moved", "merge": "Merged",
            "split": "Split",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One unit of a change, or one link from a unit to a successor. Codes; empty where there is none.

    `share` is how much of the work of `source` went to `target`; those of one source add up to 1. `share_back` is how
    much of the work of `target`, since the change, would have been that of `source`: None where nobody recorded it.
    `name` is the target's name where it opens or is renamed, `parent` the unit above where it opens or moves.
    """

    source: str = ""
    target: str = ""
    share: Fraction = WHOLE
    share_back: Fraction | None = None
    name: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One recorded change. `on` is the first day on which it held; None is as far back as is known.

    `number` is its place in the record. `reference` is the document that says so. `withdraws` is the number of a change
    that this record takes back, with the reason in `reference`; it then has no parts of its own.
    """

    number: int
    kind: ChangeKind
    level: Level
    on: date | None
    parts: tuple[Part, ...]
    recorded_at: datetime
    reference: str = ""
    withdraws: int | None = None
    digest: str = ""  # of what was entered: the same entry a second time is known by it


def standing(changes: tuple[Change, ...], *, known_at: datetime | None = None) -> tuple[Change, ...]:
    """The changes that hold as recorded by a moment (or at all): without those that were taken back by then."""
    known = [c for c in changes if known_at is None or c.recorded_at <= known_at]
    gone = {c.withdraws for c in known if c.withdraws is not None}
    return tuple(c for c in known if c.withdraws is None and c.number not in gone)


def as_share(text: str) -> Fraction:
    """Read a share: "3/5", "60%" or "0.6". Raises StructureFault for anything else, and outside of 0 to 1."""
    plain = text.strip().replace(" ", "")
    try:
        share = Fraction(plain[:-1]) / 100 if plain.endswith("%") else Fraction(plain)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not 0 < share <= 1 or len(plain) > 20:
        raise StructureFault(
            f"“{text.strip()}” is not a share. Write a fraction of the whole, such as 3/5, 60% or 0.6."
        )
    return share
