"""What a check of the record can find."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class About(StrEnum):
    """What a finding accuses."""

    ENTRY = "entry"
    CASE = "case"
    REASON = "reason"
    CERTIFICATE = "certificate"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was recorded. `case` is a case's id; `entry` and `seal` are numbers."""

    about: About
    words: str
    case: str | None = None
    entry: int | None = None
    seal: int | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and what was found. Sound where `findings` is empty.

    `unsealed` entries are newer than the last seal of their case: they rest on their own chain alone. `unchecked` says
    why signatures could not be checked, or is empty.
    """

    cases: int
    entries: int
    disposed: int
    seals: int
    last_sealed: datetime | None
    unsealed: int
    unchecked: str
    findings: tuple[Finding, ...]
