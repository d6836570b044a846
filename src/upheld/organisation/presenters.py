"""The structure as its pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from upheld.figures.placing import said_day
from upheld.organisation.changes import Change, ChangeKind, Level
from upheld.organisation.structure import Timeline, Version
from upheld.organisation.words import change_in_words
from upheld.web.formats import format_date


@dataclass(frozen=True, slots=True)
class ShownTeam:
    """A team of the tree, and the address part of its history."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class ShownService:
    """A service of the tree with its teams."""

    name: str
    code: str
    teams: tuple[ShownTeam, ...]


@dataclass(frozen=True, slots=True)
class ShownDirectorate:
    """A directorate with its services; no name where services belong to none."""

    name: str
    services: tuple[ShownService, ...]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change: what happened, since when, who says so, and whether somebody has taken it back."""

    number: int
    what: str
    day: str
    words: str
    reference: str
    recorded: str
    withdrawn: str  # why and when it was taken back; empty where it stands
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """What a unit was called and where it belonged, from when to when."""

    days: str
    name: str
    above: str


def shown_tree(timeline: Timeline, day: date) -> tuple[ShownDirectorate, ...]:
    """The structure on a day: directorates, services, teams, in the order of their names."""
    teams, services = timeline.on(day, Level.TEAM), timeline.on(day, Level.SERVICE)

    def below(directorate: str) -> tuple[ShownService, ...]:
        return tuple(
            ShownService(s.name, s.code, tuple(ShownTeam(t.name, t.code) for t in teams if t.parent == s.code))
            for s in services
            if s.parent == directorate
        )

    found = [ShownDirectorate(d.name, below(d.code)) for d in timeline.on(day, Level.DIRECTORATE)]
    if alone := below(""):
        found.append(ShownDirectorate("", alone))
    return tuple(found)


def shown_changes(
    recorded: tuple[Change, ...], timeline: Timeline, names: Mapping[UUID, str], authors: Mapping[int, UUID | None],
    *, may_change: bool,
) -> tuple[ShownChange, ...]:  # fmt: skip
    """Everything that happened on a day that is known, the latest first; those that were taken back among it."""
    gone = {change.withdraws: change for change in recorded if change.withdraws is not None}
    dated = [change for change in recorded if change.withdraws is None and change.on is not None]
    dated.sort(key=lambda change: (change.on or date.min, change.number), reverse=True)
    return tuple(_shown(change, gone.get(change.number), timeline, names, authors, may_change) for change in dated)


def _shown(
    change: Change,
    gone: Change | None,
    timeline: Timeline,
    names: Mapping[UUID, str],
    authors: Mapping[int, UUID | None],
    may_change: bool,
) -> ShownChange:
    withdrawn = ""
    if gone is not None:
        withdrawn = f"Taken back {_recorded(gone, names, authors)}: {gone.reference}"
    return ShownChange(
        number=change.number,
        what=change.kind.word,
        day=format_date(change.on) if change.on is not None else "",
        words=change_in_words(change, timeline),
        reference=change.reference,
        recorded=f"Recorded {_recorded(change, names, authors)}",
        withdrawn=withdrawn,
        may_withdraw=may_change and gone is None,
    )


def _recorded(change: Change, names: Mapping[UUID, str], authors: Mapping[int, UUID | None]) -> str:
    author = authors.get(change.number)
    by = names.get(author, "somebody whose account is gone") if author is not None else "an import"
    return f"on {format_date(change.recorded_at.date())} by {by}"


def shown_versions(versions: tuple[Version, ...], timeline: Timeline) -> tuple[ShownVersion, ...]:
    """The life of a unit, the latest first."""
    found = []
    for version in reversed(versions):
        day = version.begins or date.min
        above = version.level.above
        homes = timeline.names_on(day, above) if above is not None else {}
        found.append(ShownVersion(_days(version), version.name, homes.get(version.parent, "")))
    return tuple(found)


def _days(version: Version) -> str:
    last = said_day(date.fromordinal(version.ends.toordinal() - 1)) if version.ends is not None else ""
    if version.begins is None:
        return f"Until {last}" if last else "As far back as is known"
    return f"{said_day(version.begins)} to {last}" if last else f"Since {said_day(version.begins)}"


def heading_of(kind: ChangeKind, level: Level) -> str:
    """The heading of the form for a change."""
    return {
        ChangeKind.OPEN: f"A new {level}",
        ChangeKind.CLOSE: f"A {level} closed",
        ChangeKind.RENAME: f"A {level} has another name",
        ChangeKind.MOVE: f"A {level} moved",
        ChangeKind.MERGE: f"{level.value.capitalize()}s merged",
        ChangeKind.SPLIT: f"A {level} was divided",
    }[kind]
