"""The deadlines worked out by hand that the clocks must reproduce: tests and the reference pages read them here."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from upheld.procedure.dating import Dating
from upheld.procedure.events import Event, EventKind
from upheld.procedure.history import History
from upheld.procedure.load import DATA


@dataclass(frozen=True, slots=True)
class Expected:
    """What one clock must give; None where the deadline does not say."""

    clock: str
    start: date | None
    due: date | None
    in_force: date | None
    longest: date | None


@dataclass(frozen=True, slots=True)
class WorkedDeadline:
    """A case in a few events, and the limits that it must have."""

    number: int
    title: str
    pack: str
    why: str
    history: History
    expected: tuple[Expected, ...]
    count: tuple[tuple[int, date], ...]
    before: Mapping[str, Any] | None


def worked_deadlines() -> tuple[WorkedDeadline, ...]:
    """All of them, in order of their numbers."""
    data = tomllib.loads((DATA / "worked-deadlines.toml").read_text(encoding="utf-8"))
    return tuple(_deadline(entry) for entry in data["deadline"])


def _deadline(entry: Mapping[str, Any]) -> WorkedDeadline:
    pack = entry.get("pack", "children-england-2006")
    events = tuple(_event(number, *parts) for number, parts in enumerate(entry["events"], 1))
    return WorkedDeadline(
        number=entry["number"],
        title=entry["title"],
        pack=pack,
        why=entry.get("why", ""),
        history=History(f"deadline-{entry['number']}", pack, events),
        expected=tuple(
            Expected(each["clock"], each.get("start"), each.get("due"), each.get("in_force"), each.get("longest"))
            for each in entry["expect"]
        ),
        count=tuple((number, day) for number, day in entry.get("count", [])),
        before=entry.get("before"),
    )


def _event(sequence: int, kind: str, on: date, stage: str = "", data: Mapping[str, Any] | None = None) -> Event:
    return Event(kind=EventKind(kind), on=Dating.day(on), stage=stage or None, sequence=sequence, data=data or {})
