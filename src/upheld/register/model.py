"""What comes out of reading a register: cases as histories, names of teams and themes, and every cell refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from upheld.procedure import History


@dataclass(frozen=True, slots=True)
class Refusal:
    """One cell, or one row, that cannot be true or cannot be read. `row` counts from 1 as the spreadsheet does."""

    row: int
    column: str  # its heading in the file; empty where the row as a whole is refused
    value: str
    reason: str
    cell: int | None = None  # the number of its column in the file, from 0, where there is one


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team as the register names it, and the service it belongs to: the first, and those it moved to later."""

    code: str
    name: str
    service: str
    moved_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisteredCase:
    """One case of the register. Its history's key is the reference; names of people are kept apart from it.

    `columns` are the columns of ours that the file has for a stage, filled or empty: of the others it says nothing.
    """

    reference: str
    history: History
    child_name: str = ""
    complainant_name: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)  # stage -> the row that it came from
    columns: Mapping[str, Collection[str]] = field(default_factory=dict)  # stage -> columns


class About(StrEnum):
    """What a remark is about."""

    IN_TIME = "in time"  # the file says one thing about a limit, and its dates another
    DUPLICATE = "duplicate"  # one complaint under two references, as it seems
    SPELLING = "spelling"  # two names that may be one
    GONE = "gone"  # rows of an earlier import of the same file that are in it no more
    LEFT_OUT = "left out"  # rows and columns of the file that were not read, as its mapping says


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know about a register that stops nothing. `rows` count from 1, as in Refusal."""

    about: About
    rows: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Register:
    """A register that was read whole. `refusals` empty means that it may be imported.

    `rows` counts the stages that were read: where a file has several in a row, each counts.
    """

    source: str
    digest: str  # SHA-256 of the file
    rows: int
    cases: tuple[RegisteredCase, ...]
    services: Mapping[str, str]  # code -> name
    teams: Mapping[str, TeamName]
    themes: Mapping[str, str]  # code -> words
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[Remark, ...] = ()
