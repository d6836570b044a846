"""Correct an entry: take it back, with a reason, and put another in its place where there is one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction

from upheld.cases import rules
from upheld.cases.actions.record_events import ImpossibleEvents, append
from upheld.cases.actions.versions import raise_version
from upheld.cases.chain import fresh_salt, placed, words_digest
from upheld.cases.folding import effect_of
from upheld.cases.models import Reason
from upheld.cases.queries.histories import recorded_case
from upheld.errors import UpheldError
from upheld.facts import Effect
from upheld.procedure import CorrectionReason, Event, problems, striking, upcast

if TYPE_CHECKING:
    from upheld.accounts.models import User


class NoReason(UpheldError):
    """A correction without words that say why."""

    def __init__(self) -> None:
        super().__init__("Say in a few words why this is corrected: whoever reads the record later has only that.")


def correct_event(
    case_id: UUID,
    sequence: int,
    replacement: Event | None,
    *,
    reason: CorrectionReason,
    words: str,
    expected_version: int,
    by: "User | None",
    at: datetime,
) -> int:
    """Take back entry `sequence` of a case and put `replacement` in its place, or nothing; the new version is returned.

    To take back a correction, give the sequence of its own entry. `words` say why; they are kept apart from the
    chronology. Raises NoReason where there are none, ImpossibleEvents where the entry does not count any more or what
    stands instead cannot be true, and otherwise as record_events does.
    """
    rules.check_may_record(by)
    if not words.strip():
        raise NoReason
    kept, salt = uuid4(), fresh_salt()
    text = {"reason_id": str(kept), "reason_digest": words_digest(salt, words)}
    events = _entries(expected_version, sequence, replacement, reason=reason, at=at, text=text)
    with transaction.atomic():
        before = raise_version(case_id, expected_version, by_entries=len(events))
        Reason.objects.create(id=kept, case_id=case_id, words=words, salt=salt)
        append(before, events, by=by, at=at)
    return expected_version + len(events)


def effect_of_correction(case_id: UUID, sequence: int, replacement: Event | None, *, at: datetime) -> Effect:
    """What a correction would move, before it is made: facts, due dates, and how limits stand on the day of `at`.

    Raises NoSuchCase, ImpossibleEvents or BeyondCalendar where it could not be made.
    """
    recorded = recorded_case(case_id)
    before = recorded.history
    events = _entries(recorded.version, sequence, replacement, reason=CorrectionReason.FOUND_OUT_LATER, at=at)
    after = replace(
        before, events=(*before.events, *placed(map(upcast, events), after=recorded.version, at=at, by=None))
    )
    known = problems(before)
    if found := tuple(problem for problem in problems(after) if problem not in known):
        raise ImpossibleEvents(found)
    return effect_of(before, after, on=at.date())


def _entries(
    version: int,
    sequence: int,
    replacement: Event | None,
    *,
    reason: CorrectionReason,
    at: datetime,
    text: dict[str, str] | None = None,
) -> Sequence[Event]:
    instead = None if replacement is None else version + 2
    strike = striking(sequence, replaced_by=instead, reason=reason, at=at, text=text)
    return [strike] if replacement is None else [strike, replacement]
