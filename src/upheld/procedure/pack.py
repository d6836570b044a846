"""A procedure as data: its sources, stages, words and rules, as in force on one day.

Everything here is read from `data/` by `load`; no module of this room holds a number of days.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from upheld.errors import UpheldError
from upheld.procedure.events import EventKind

if TYPE_CHECKING:
    from upheld.procedure.rules import BreachRule, ClockRule, DutyRule, MoveRule, State


_NUMBERED = re.compile(r"(regs?|paras?|Sch|Part|ss?) ?\d")


class PackError(UpheldError):
    """A pack's file leaves something out, contradicts itself or cites nothing; or there is no such pack."""


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
        # "SI 2006/1738 reg 14(1)", and "Our reading: two working days after sending".
        if not self.provision:
            return self.source.short
        return f"{self.source.short}{' ' if _NUMBERED.match(self.provision) else ': '}{self.provision}"


@dataclass(frozen=True, slots=True)
class Code:
    """A code that the record may hold, with its words and where they come from.

    `attributes` say what follows from the code, such as `interest_test` for a category of person.
    """

    code: str
    label: str
    cite: Citation
    attributes: Mapping[str, str | int | bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the procedure. `order` is its place; `short` fits a table heading."""

    code: str
    label: str
    short: str
    order: int
    opened_by: EventKind
    answered_by: EventKind
    cite: Citation


@dataclass(frozen=True, slots=True)
class Pack:
    """A procedure as it stands in force on one day (`in_force`): load it with `load_pack`."""

    id: str
    title: str
    jurisdiction: str
    valid_from: date
    valid_to: date | None
    in_force: date
    calendar: str
    note: str
    sources: Mapping[str, Source]
    stages: tuple[Stage, ...]
    clocks: "tuple[ClockRule, ...]"
    duties: "tuple[DutyRule, ...]"
    breaches: "tuple[BreachRule, ...]"
    states: "tuple[State, ...]"
    moves: "tuple[MoveRule, ...]"
    codes: Mapping[str, tuple[Code, ...]]
    versions: "tuple[Pack, ...]" = ()

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

    def clock(self, id: str) -> "ClockRule":  # noqa: A002 - the data's own word
        """The clock with this id; PackError names the clocks there are."""
        for clock in self.clocks:
            if clock.id == id:
                return clock
        raise PackError(f"{self.title} has no clock {id!r}; it has {', '.join(each.id for each in self.clocks)}.")

    def duty(self, id: str) -> "DutyRule":  # noqa: A002 - the data's own word
        """The duty with this id; PackError where there is none."""
        for duty in self.duties:
            if duty.id == id:
                return duty
        raise PackError(f"{self.title} has no duty {id!r}.")

    def words(self, family: str) -> Mapping[str, str]:
        """The codes of one family (`outcome`, `finding`, …) with their words, in the pack's order."""
        return {each.code: each.label for each in self.codes.get(family, ())}

    def code(self, family: str, code: str) -> Code | None:
        """One code of a family, or None where the pack does not have it."""
        return next((each for each in self.codes.get(family, ()) if each.code == code), None)
