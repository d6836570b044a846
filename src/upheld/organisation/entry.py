"""A change as somebody enters it, by names, into the change that is recorded, by codes."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TypeVar

from upheld.figures.placing import said_day
from upheld.organisation.changes import WHOLE, Change, ChangeKind, Level, Part, StructureFault
from upheld.organisation.structure import Timeline, Version
from upheld.register.layout import normal
from upheld.register.names import code_of


@dataclass(frozen=True, slots=True)
class From:
    """A unit whose work goes elsewhere. `back`: how much of what the successor does would be its own."""

    name: str
    back: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Into:
    """A unit that takes work over: its share of it, and the unit above where it is new."""

    name: str
    share: Fraction = WHOLE
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened, by names. `sources` and `targets` are what it happened to and what came of it:

    open: targets alone; close: sources alone; rename: one of each; move: one source, and the target's name is the unit
    above; merge: several sources, one target (with its unit above where it is new); split: one source, several targets.
    """

    kind: ChangeKind
    level: Level
    on: date | None
    sources: tuple[From, ...] = ()
    targets: tuple[Into, ...] = ()
    reference: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of what happened, whatever the spelling of names and whoever says so."""
        said = (
            self.kind.value, self.level.value, str(self.on),
            sorted((normal(each.name), str(each.back)) for each in self.sources),
            sorted((normal(each.name), str(each.share), normal(each.parent)) for each in self.targets),
        )  # fmt: skip
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


Named = TypeVar("Named", From, Into)


def parts_of(entry: Entry, timeline: Timeline) -> tuple[Part, ...]:
    """The parts of a change, names exchanged for codes as on its day. Raises StructureFault for a name there is not."""
    match entry.kind:
        case ChangeKind.OPEN:
            return tuple(_opening(entry, into, timeline, "") for into in entry.targets)
        case ChangeKind.CLOSE:
            return tuple(Part(source=_known(entry, each.name, timeline)) for each in entry.sources)
        case ChangeKind.RENAME:
            code = _known(entry, _only(entry, entry.sources).name, timeline)
            return (Part(code, code, name=tidy(_only(entry, entry.targets).name)),)
        case ChangeKind.MOVE:
            code = _known(entry, _only(entry, entry.sources).name, timeline)
            above = _only(entry, entry.targets).name
            return (Part(code, code, parent=_above(entry, above, timeline)),)
        case _:
            return _succession(entry, timeline)


def timeline_of(entries: Iterable[Entry], *, at: datetime) -> Timeline:
    """The structure through time that entries make by themselves. Raises StructureFault."""
    changes: list[Change] = []
    timeline = Timeline.of(())
    for number, entry in enumerate(entries, start=1):
        parts = parts_of(entry, timeline)
        changes.append(Change(number, entry.kind, entry.level, entry.on, parts, at, entry.reference))
        timeline = Timeline.of(changes)
    return timeline


def find(timeline: Timeline, level: Level, name: str, on: date | None) -> Version | None:
    """The unit that people called this on a day, or up to it; at any time where no day is given."""
    key = normal(name)
    found = [
        v
        for (of, _), versions in timeline.versions.items()
        for v in versions
        if of is level and normal(v.name) == key and (on is None or _around(v, on))
    ]
    return max(found, key=lambda v: (v.ends is None, v.ends or date.min), default=None)


def tidy(name: str) -> str:
    """A name without spaces that nobody sees."""
    return " ".join(name.split())


def _around(version: Version, on: date) -> bool:
    return (version.begins is None or version.begins <= on) and (version.ends is None or version.ends >= on)


def _succession(entry: Entry, timeline: Timeline) -> tuple[Part, ...]:
    parts = []
    for source in entry.sources:
        code = _known(entry, source.name, timeline)
        for into in entry.targets:
            there = find(timeline, entry.level, into.name, entry.on)
            if there is not None and (there.ends is None or there.code == code):
                parts.append(Part(code, there.code, into.share, source.back))
            else:
                opening = _opening(entry, into, timeline, code)
                parts.append(Part(code, opening.target, into.share, source.back, opening.name, opening.parent))
    return tuple(parts)


def _opening(entry: Entry, into: Into, timeline: Timeline, successor_of: str) -> Part:
    above = into.parent
    if not above and successor_of:
        # A successor stays in the unit above, unless another is said.
        parent = timeline.versions[entry.level, successor_of][-1].parent
    else:
        parent = _above(entry, above, timeline) if above else ""
    name = tidy(into.name)
    return Part(target=free_code(code_of(name), entry.level, timeline), name=name, parent=parent)


def free_code(code: str, level: Level, timeline: Timeline, taken: Iterable[str] = ()) -> str:
    """The code itself, or with the first number that makes it a new one: names come and go, codes stay."""
    known = {found for of, found in timeline.versions if of is level} | set(taken)
    number, free = 1, code
    while free in known:
        number += 1
        free = f"{code}-{number}"
    return free


def _known(entry: Entry, name: str, timeline: Timeline) -> str:
    found = find(timeline, entry.level, name, entry.on)
    if found is None:
        day = f" on {said_day(entry.on)}" if entry.on else ""
        there = "; ".join(v.name for v in timeline.on(entry.on or date.max, entry.level)) or "none"
        raise StructureFault(f"There is no {entry.level} called “{tidy(name)}”{day}. There are: {there}.")
    return found.code


def _above(entry: Entry, name: str, timeline: Timeline) -> str:
    level = entry.level.above
    if level is None:
        raise StructureFault("A directorate belongs to nothing above it.")
    if not name.strip():
        return ""
    found = find(timeline, level, name, entry.on)
    if found is None:
        there = "; ".join(v.name for v in timeline.on(entry.on or date.max, level)) or "none"
        raise StructureFault(f"There is no {level} called “{tidy(name)}” by then. There are: {there}.")
    return found.code


def _only(entry: Entry, named: tuple[Named, ...]) -> Named:
    if len(named) != 1:
        raise StructureFault(f"A {entry.kind} names one {entry.level} and one of what it became.")
    return named[0]
