"""A procedure as data: its sources, stages, clocks, people, duties and moves, each with its citation.

Everything here is read from `data/*.toml` by `load`; nothing in this module knows a number of days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from upheld.errors import UpheldError
from upheld.procedure.events import EventKind


class PackError(UpheldError):
    """A pack's file leaves something out, contradicts itself, or cites nothing."""


class Layer(StrEnum):
    """How binding a rule is, from the Act and the Regulations down to a council's own policy."""

    STATUTE = "statute"
    GUIDANCE = "guidance"
    PRACTICE = "practice"
    READING = "reading"
    LOCAL = "local"


class Evidence(StrEnum):
    """How the wording of a source is known: its own text was read, it was reported elsewhere, or neither."""

    READ = "read"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


class Owner(StrEnum):
    """Who has to meet a limit."""

    AUTHORITY = "authority"
    COMPLAINANT = "complainant"
    PANEL = "panel"


class Unit(StrEnum):
    """What a limit is counted in. `as-soon-as-possible` has no number."""

    WORKING_DAY = "working-day"
    CALENDAR_DAY = "calendar-day"
    MONTH = "month"
    YEAR = "year"
    ASAP = "as-soon-as-possible"


@dataclass(frozen=True, slots=True)
class Source:
    """An instrument or publication that rules are taken from."""

    key: str
    title: str
    short: str
    url: str
    layer: Layer
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule comes from. Its `layer` is how it is shown: what could not be verified is never shown as statute."""

    source: Source
    provision: str
    evidence: Evidence
    layer: Layer

    def __str__(self) -> str:
        return f"{self.source.short} {self.provision}".strip()


@dataclass(frozen=True, slots=True)
class Code:
    """A code that the record may hold, with its words and where they come from."""

    code: str
    label: str
    cite: Citation


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the procedure. `order` is its place; `short` fits a table heading."""

    code: str
    label: str
    short: str
    order: int
    cite: Citation
    opened_by: EventKind
    answered_by: EventKind


class Guard(StrEnum):
    """When a start rule applies. The words in `clocks` say how each is read from the record."""

    ORAL = "oral"
    SKIPPED = "stage-1-skipped"
    OTHER_PERSON = "other-person"
    ADVOCATE_AWAITED = "advocate-awaited"
    COMPLAINANT_ASKED = "complainant-asked"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class StartRule:
    """One way in which a clock starts: the event, where the date is held, and when (all of `guards`) the rule applies.

    `dated_by` names the field of the event's data that holds the date, where it is not the event's own. `deemed` is a
    number of working days added because the true date (of receipt) is not recorded.
    """

    basis: str
    event: EventKind
    stage: str | None
    guards: tuple[Guard, ...]
    dated_by: str | None
    deemed: int
    cite: Citation


class Combine(StrEnum):
    """Which start counts where several rules apply: the first in the pack's order, or the latest date."""

    FIRST = "first"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """How the longer limit is come by: the event, by when it must happen, and what it must say.

    The event has to happen by the end of the initial limit. `reasons` are the codes that allow an extension (none:
    any). `dated_by` names the field with the new date, capped at the longest limit; without it the longest limit
    itself applies.
    """

    event: EventKind
    reasons: frozenset[str]
    dated_by: str | None
    cite: Citation
    deadline_cite: Citation


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A limit in force: who owes what, counted from when, until when, and how it may be lengthened.

    `length` and `longest` are in `unit`; `inclusive` counts the first day itself ("beginning with"); `rolls` moves a
    last day that is no working day to the next one. `due_from` names the data field of the starting event that holds
    the date, for limits that are set case by case. `per` names the data field that tells apart several runs of one
    stage (a point, a remedy).
    """

    id: str
    number: str
    label: str
    stage: str | None
    owner: Owner
    unit: Unit
    length: int | None
    longest: int | None
    inclusive: bool
    rolls: bool
    combine: Combine
    starts: tuple[StartRule, ...]
    ends: tuple[EventKind, ...]
    end_stage: str | None
    extension: ExtensionRule | None
    due_from: str | None
    per: str | None
    scope: str
    survives_withdrawal: bool
    cite: Citation
    note: str = ""
    triggers: frozenset[EventKind] = field(default=frozenset())

    @property
    def has_limit(self) -> bool:
        """Whether the clock ever comes due on a date."""
        return self.length is not None or self.due_from is not None


@dataclass(frozen=True, slots=True)
class Pack:
    """A procedure as it stands in force on one day: load it with `load_pack`."""

    id: str
    title: str
    jurisdiction: str
    valid_from: date
    valid_to: date | None
    in_force: date
    calendar: str
    sources: Mapping[str, Source]
    stages: tuple[Stage, ...]
    clocks: tuple[ClockRule, ...]
    codes: Mapping[str, tuple[Code, ...]]
    versions: tuple["Pack", ...] = ()

    def for_case_of(self, received: date) -> "Pack":
        """The pack as in force for a case received on that day; PackError where the procedure did not exist yet."""
        for version in reversed(self.versions):
            if version.in_force <= received:
                return version
        if self.versions:
            raise PackError(
                f"{self.title} is in force from {self.valid_from.isoformat()}; a case of {received.isoformat()} "
                "is older. Check the date, or choose another procedure."
            )
        return self

    def stage(self, code: str) -> Stage:
        """The stage with this code; PackError names the stages there are."""
        for stage in self.stages:
            if stage.code == code:
                return stage
        raise PackError(f"{self.title} has no stage {code!r}; it has {', '.join(each.code for each in self.stages)}.")

    def clock(self, id: str) -> ClockRule:  # noqa: A002 - the data's own word
        """The clock with this id; PackError names the clocks there are."""
        for clock in self.clocks:
            if clock.id == id:
                return clock
        raise PackError(f"{self.title} has no clock {id!r}; it has {', '.join(each.id for each in self.clocks)}.")

    def words(self, family: str) -> Mapping[str, str]:
        """The codes of one family (`outcome`, `finding`, …) with their words, in the pack's order."""
        return {each.code: each.label for each in self.codes.get(family, ())}
