"""Append events to one case: the way in which casework writes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from upheld.cases import rules
from upheld.cases.actions.copying import copy_entries
from upheld.cases.actions.refreshing import facts_changed, refresh_facts
from upheld.cases.actions.versions import raise_version
from upheld.cases.chain import enchain, placed
from upheld.cases.folding import facts_of
from upheld.cases.queries.histories import Recorded
from upheld.errors import UpheldError
from upheld.procedure import Event, History, problems, upcast

if TYPE_CHECKING:
    from upheld.accounts.models import User


class ImpossibleEvents(UpheldError):
    """What was to be recorded cannot be true. `problems` says why, one by one."""

    def __init__(self, found: tuple[str, ...]) -> None:
        self.problems = found
        super().__init__("This cannot be true, so it was not recorded: " + "; ".join(found) + ".")


class ClockBehind(UpheldError):
    """The record holds a later moment than the one at which something is to be recorded."""


def check_clock(history: History, at: datetime) -> None:
    """Raise ClockBehind where something was recorded in this case after `at`: what is recorded keeps its order."""
    last = history.events[-1].recorded_at
    if last is not None and at < last:
        raise ClockBehind(
            f"The record has an entry of {last:%Y-%m-%d %H:%M:%S %Z}, later than {at:%Y-%m-%d %H:%M:%S %Z}, so nothing "
            "was recorded. Put the clock of this computer right and try again."
        )


def record_events(
    case_id: UUID, events: Sequence[Event], *, expected_version: int, by: "User | None", at: datetime
) -> int:
    """Append events to a case and bring its facts up to date, in one transaction; the new version is returned.

    The events' own sequence, time and author are set here. `expected_version` is the version that the person saw.
    What breaks the law is recorded; what cannot be true raises ImpossibleEvents. Raises StaleCase where the case has
    moved on, ClockBehind where `at` is before its last entry, NoSuchCase where there is none, PermissionDenied where
    `by` may not.
    """
    rules.check_may_record(by)
    if not events:
        raise ValueError("there is nothing to record")
    with transaction.atomic():
        before = raise_version(case_id, expected_version, by_entries=len(events))
        append(before, events, by=by, at=at)
    return expected_version + len(events)


def append(before: Recorded, events: Sequence[Event], *, by: "User | None", at: datetime) -> None:
    """Append events to a case whose version is raised already, and bring its facts up to date."""
    check_clock(before.history, at)
    author = None if by is None else str(by.public_id)
    # In the present version of their kinds: an old one is read, and never written.
    entries = placed(map(upcast, events), after=len(before.history.events), at=at, by=author)
    after = replace(before.history, events=(*before.history.events, *entries))
    known = problems(before.history)
    if found := tuple(problem for problem in problems(after) if problem not in known):
        raise ImpossibleEvents(found)
    copy_entries(enchain(before.id, entries, source=None, previous_hash=before.head))
    refresh_facts({after.case: facts_of(after)}, at=at)
    facts_changed()
