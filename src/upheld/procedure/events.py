"""Events: what happened in a case, when, and when and by whom it was recorded.

An event holds codes, ids and dates, never names or free text. Each kind has a version; events recorded under an older
version are brought up to date when they are read, and are never migrated.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from upheld.errors import UpheldError
from upheld.procedure.dating import Dating
from upheld.procedure.kinds import KINDS, EventKind, KindSpec

__all__ = [
    "KINDS",
    "NOTHING",
    "UPCASTS",
    "Data",
    "Event",
    "EventError",
    "EventKind",
    "Value",
    "data_problems",
    "iso_date",
    "upcast",
]

_TYPE_NAMES = {str: "text code", int: "whole number", bool: "yes or no", date: "date (YYYY-MM-DD)"}

Value = str | int | bool | None
Data = Mapping[str, Value]
NOTHING: Data = MappingProxyType({})  # immutable, so it may be shared


class EventError(UpheldError):
    """An event's data is not what its kind allows."""


def _no_data() -> Data:
    return NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, when, and when and by whom it was recorded.

    `occurrence` is 1 unless the stage happens again in the case. `data` holds codes, ids and ISO dates only.
    `sequence` is the place in the case's record. `recorded_at` is None in a register that does not say.
    """

    kind: EventKind
    on: Dating
    stage: str | None = None
    occurrence: int = 1
    data: Data = field(default_factory=_no_data)
    sequence: int = 0
    version: int = 1
    recorded_at: datetime | None = None
    recorded_by: str | None = None


Upcast = Callable[[Data], Data]
# (kind, the version it brings up by one) → how.
UPCASTS: Mapping[tuple[EventKind, int], Upcast] = MappingProxyType(
    {(EventKind.ENTRY_STRUCK, 1): lambda data: {**data, "reason": "not-said"}}
)


def upcast(
    event: Event,
    upcasts: Mapping[tuple[EventKind, int], Upcast] = UPCASTS,
    kinds: Mapping[EventKind, KindSpec] = KINDS,
) -> Event:
    """The event in its kind's present version; raises EventError where this code is older than the event."""
    version = kinds[event.kind].version
    if event.version > version:
        raise EventError(
            f"{event.kind} is recorded in version {event.version}, and this installation knows version {version}: "
            "upgrade it before opening the case."
        )
    while event.version < version:
        step = upcasts.get((event.kind, event.version))
        if step is None:
            raise EventError(f"{event.kind} version {event.version} cannot be read: no step to the next version.")
        event = replace(event, data=step(event.data), version=event.version + 1)
    return event


def data_problems(event: Event) -> tuple[str, ...]:
    """What is wrong with the event's stage and data, in words; empty where all is as its kind declares.

    An event of an older version is judged as it is read. Raises EventError where this code is older than the event.
    """
    spec = KINDS[event.kind]
    if event.version != spec.version:
        event = upcast(event)
    problems: list[str] = []
    if spec.staged and event.stage is None:
        problems.append(f"{event.kind} must name its stage")
    if event.occurrence < 1:
        problems.append(f"{event.kind}: occurrences are counted from 1, not {event.occurrence}")
    problems += [f"{event.kind} needs {name}" for name in spec.required if event.data.get(name) is None]
    for name, value in event.data.items():
        expected = spec.required.get(name) or spec.optional.get(name)
        if expected is None:
            problems.append(f"{event.kind} has no field called {name}")
        elif value is not None and not _fits(value, expected):
            problems.append(f"{event.kind}: {name} must be a {_TYPE_NAMES[expected]}")
    return tuple(problems)


def _fits(value: Value, expected: type) -> bool:
    if expected is date:
        return isinstance(value, str) and iso_date(value) is not None
    if expected is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, expected)


def iso_date(value: Value) -> date | None:
    """The date that an event's data holds as YYYY-MM-DD, or None where it holds none."""
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
