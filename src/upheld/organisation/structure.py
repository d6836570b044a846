"""The structure through time: changes folded in their order, and how it was on any day. It knows no Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from upheld.figures.placing import said_day
from upheld.organisation.changes import Change, ChangeKind, Level, Part, StructureFault, standing
from upheld.register.layout import normal


@dataclass(frozen=True, slots=True)
class Version:
    """What a unit was called and which unit it belonged to, from one day up to, and not including, another.

    None is "as far back as is known", or "still". `parent` is empty where it belonged to none.
    """

    level: Level
    code: str
    name: str
    parent: str
    begins: date | None
    ends: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it was so on a day."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Step:
    """What a change on a day did to the teams that there are: each source with where its work went."""

    on: date
    kind: ChangeKind
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole structure through time, as known at a moment. Each unit's versions are in order and without a gap."""

    versions: Mapping[tuple[Level, str], tuple[Version, ...]]
    steps: tuple[Step, ...]  # of teams alone, in order
    changes: tuple[Change, ...]  # in the order in which they happened

    @classmethod
    def of(cls, changes: Iterable[Change], *, known_at: datetime | None = None) -> "Timeline":
        """Fold changes. Raises StructureFault where they cannot all have happened."""
        folding = _Folding()
        ordered = tuple(sorted(standing(tuple(changes), known_at=known_at), key=_order))
        for change in ordered:
            folding.apply(change)
        versions = {key: tuple(found) for key, found in folding.versions.items()}
        return cls(MappingProxyType(versions), tuple(folding.steps), ordered)

    def on(self, day: date, level: Level) -> tuple[Version, ...]:
        """Every unit of a level on a day, in the order of their names."""
        found = [v for (of, _), all_ in self.versions.items() if of is level for v in all_ if v.holds_on(day)]
        return tuple(sorted(found, key=lambda version: (normal(version.name), version.code)))

    def names_on(self, day: date, level: Level) -> dict[str, str]:
        """What people called every unit that has ever been, by its code: on the day, or on the nearest that it saw."""
        return {code: _nearest(found, day).name for (of, code), found in self.versions.items() if of is level}

    def present(self, level: Level) -> tuple[Version, ...]:
        """Every unit of a level that has not closed, and has no end recorded, in the order of their names."""
        found = [all_[-1] for (of, _), all_ in self.versions.items() if of is level and all_[-1].ends is None]
        return tuple(sorted(found, key=lambda version: (normal(version.name), version.code)))

    def history(self, level: Level, code: str) -> tuple[Change, ...]:
        """Every change that had to do with a unit, oldest first."""
        return tuple(
            c for c in self.changes if c.level is level and any(code in (part.source, part.target) for part in c.parts)
        )


def _nearest(versions: tuple[Version, ...], day: date) -> Version:
    past = [v for v in versions if v.begins is None or v.begins <= day]
    return past[-1] if past else versions[0]


def _order(change: Change) -> tuple[date, int, int]:
    # As far back as is known comes first; on one day, what stands above opens before what belongs to it.
    above = {Level.DIRECTORATE: 0, Level.SERVICE: 1}.get(change.level, 2) if change.kind is ChangeKind.OPEN else 2
    return (change.on or date.min, above, change.number)


@dataclass(slots=True)
class _Folding:
    """The structure as far as it has been folded. The last version of a unit is the one in force."""

    versions: dict[tuple[Level, str], list[Version]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def apply(self, change: Change) -> None:
        """Let a change happen. Raises StructureFault where it cannot."""
        before = frozenset(
            code for (of, code), found in self.versions.items() if of is change.level and found[-1].ends is None
        )
        match change.kind:
            case ChangeKind.OPEN:
                for part in change.parts:
                    self._open(change, part)
            case ChangeKind.CLOSE:
                for part in change.parts:
                    self._end(change, part.source)
            case ChangeKind.RENAME:
                for part in change.parts:
                    self._next(change, part.target, name=part.name)
            case ChangeKind.MOVE:
                for part in change.parts:
                    self._next(change, part.target, parent=part.parent)
            case ChangeKind.MERGE | ChangeKind.SPLIT:
                self._succeed(change, before)
        if change.level is Level.TEAM and change.on is not None and change.kind in _OF_TEAMS:
            self.steps.append(Step(change.on, change.kind, _with_those_that_stay(change, before)))

    def _succeed(self, change: Change, before: frozenset[str]) -> None:
        sources = list(dict.fromkeys(part.source for part in change.parts))
        targets = list(dict.fromkeys(part.target for part in change.parts))
        _check_shape(change, sources, targets)
        for code in sources:
            self._living(change, code)
        for code in sources:
            if code not in targets:
                self._end(change, code)
        for code in targets:
            opening = next((p for p in change.parts if p.target == code and p.name), None)
            if opening is not None and (change.level, code) not in self.versions:
                self._open(change, opening)
            else:
                self._living(change, code)
        _check_shares(change, sources, targets, before)

    def _open(self, change: Change, part: Part) -> None:
        key = (change.level, part.target)
        if key in self.versions:
            raise StructureFault(
                f"The {change.level} “{self.versions[key][-1].name}” is opened twice. One that closed is not opened "
                "again: give the new one a code of its own."
            )
        if not normal(part.name):
            raise StructureFault(f"A {change.level} that opens needs a name with at least one letter or digit.")
        version = Version(change.level, part.target, part.name, part.parent, change.on, None)
        self._check(change, version)
        self.versions[key] = [version]

    def _living(self, change: Change, code: str) -> Version:
        found = self.versions.get((change.level, code))
        if found is None:
            raise StructureFault(f"{_when(change)}: there is no {change.level} “{code}” by then. Record its opening.")
        last = found[-1]
        if last.ends is not None:
            raise StructureFault(f"{_when(change)}: the {change.level} “{last.name}” has closed by then.")
        return last

    def _end(self, change: Change, code: str) -> None:
        last = self._living(change, code)
        if change.on is None:
            raise StructureFault(f"The {change.level} “{last.name}” closes without a day. Say on which.")
        below = [v[-1] for v in self.versions.values() if v[-1].ends is None and v[-1].level.above is change.level]
        left = [v.name for v in below if v.parent == code]
        if left:
            raise StructureFault(
                f"{_when(change)}: the {change.level} “{last.name}” closes while it has {'; '.join(sorted(left))}. "
                "Move or close those first."
            )
        self._replace(change, last, None)

    def _next(self, change: Change, code: str, *, name: str | None = None, parent: str | None = None) -> None:
        last = self._living(change, code)
        if change.on is None:
            raise StructureFault(f"The {change.level} “{last.name}” changes without a day. Say on which.")
        if name is not None and not normal(name):
            raise StructureFault(f"{_when(change)}: the new name of “{last.name}” needs a letter or digit.")
        after = replace(
            last, name=last.name if name is None else name, parent=last.parent if parent is None else parent
        )
        if after == last:
            raise StructureFault(f"{_when(change)}: that is how the {change.level} “{last.name}” was already.")
        self._check(change, after)
        self._replace(change, last, after)

    def _replace(self, change: Change, last: Version, after: Version | None) -> None:
        """End a version on the day of the change, and put another after it. Two changes on one day are one version."""
        versions = self.versions[change.level, last.code]
        if last.begins == change.on:
            if after is None:
                raise StructureFault(f"{_when(change)}: the {change.level} “{last.name}” opens and closes on one day.")
            versions[-1] = after
            return
        versions[-1] = replace(last, ends=change.on)
        if after is not None:
            versions.append(replace(after, begins=change.on))

    def _check(self, change: Change, version: Version) -> None:
        """The name is nobody else's by then, and the unit above is there."""
        key = normal(version.name)
        for (level, code), versions in self.versions.items():
            last = versions[-1]
            if level is version.level and code != version.code and last.ends is None and normal(last.name) == key:
                raise StructureFault(f"{_when(change)}: there is a {level} called “{last.name}” already.")
        above = version.level.above
        if not version.parent:
            if version.level is Level.TEAM:
                raise StructureFault(f"{_when(change)}: the team “{version.name}” needs a service.")
            return
        parent = self.versions.get((above, version.parent)) if above is not None else None
        if parent is None or parent[-1].ends is not None:
            raise StructureFault(
                f"{_when(change)}: the {version.level} “{version.name}” cannot belong to “{version.parent}”: there is "
                f"no such {above} by then."
            )
        first = parent[0].begins
        if first is not None and (change.on is None or change.on < first):
            raise StructureFault(
                f"The {version.level} “{version.name}” cannot belong to “{parent[0].name}” before that opened."
            )


_OF_TEAMS = frozenset({ChangeKind.OPEN, ChangeKind.CLOSE, ChangeKind.MERGE, ChangeKind.SPLIT})


def _when(change: Change) -> str:
    return said_day(change.on) if change.on is not None else "At the beginning"


def _check_shape(change: Change, sources: list[str], targets: list[str]) -> None:
    if change.on is None:
        raise StructureFault(f"A {change.kind} needs the day on which it took effect.")
    if len({(p.source, p.target) for p in change.parts}) != len(change.parts):
        raise StructureFault(f"{_when(change)}: one {change.level} is named twice in a {change.kind}.")
    if change.kind is ChangeKind.MERGE and len(targets) != 1:
        raise StructureFault(f"{_when(change)}: a merger makes one {change.level} of several, not {len(targets)}.")
    if change.kind is ChangeKind.MERGE and sources == targets:
        raise StructureFault(f"{_when(change)}: a merger of a {change.level} with itself changes nothing.")
    if change.kind is ChangeKind.SPLIT and (len(sources) != 1 or len(targets) < 2):
        raise StructureFault(f"{_when(change)}: a split makes several {change.level}s of one.")


def _check_shares(change: Change, sources: list[str], targets: list[str], before: frozenset[str]) -> None:
    for code in sources:
        total = sum(part.share for part in change.parts if part.source == code)
        if total != 1:
            raise StructureFault(
                f"{_when(change)}: the shares of “{code}” add up to {total}, not to 1. Say where all of its work went."
            )
    for code in targets:
        back = [part.share_back for part in change.parts if part.target == code]
        given = [share for share in back if share is not None]
        stays = code in before and code not in sources
        if given and (stays or len(given) != len(back) or sum(given) != 1):
            raise StructureFault(
                f"{_when(change)}: the shares on the way back from “{code}” must be given for all that it came from, "
                "itself included where it was there before, and add up to 1."
            )


def _with_those_that_stay(change: Change, before: frozenset[str]) -> tuple[Part, ...]:
    """The parts, with the whole of each target that was there already and goes on with its own work."""
    sources = {part.source for part in change.parts}
    staying = dict.fromkeys(p.target for p in change.parts if p.target in before and p.target not in sources)
    return (*change.parts, *(Part(source=code, target=code) for code in staying))
