"""Corrections: an entry that takes back an earlier one, says why, and may put another in its place.

What was recorded stays recorded. A striking names the entry that no longer counts and, where there is one, the entry
that stands in its place; the replacement then counts where the first one stood. A striking can itself be struck: the
entry counts again, and what had been put in its place does not.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from upheld.procedure.dating import Dating
from upheld.procedure.events import KINDS, Data, Event, EventKind


class CorrectionReason(StrEnum):
    """Why an entry no longer counts."""

    WRONGLY_ENTERED = "wrongly-entered"
    WRONG_CASE = "wrong-case"
    FOUND_OUT_LATER = "found-out-later"
    TAKEN_BACK = "taken-back"  # a correction that should not have been made
    REGISTER_CHANGED = "register-changed"  # the register that it came from says something else now
    REGISTER_COMPLETED = "register-completed"  # the register says the same and more
    NOT_SAID = "not-said"  # struck out before reasons were recorded


def counting(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events that count, each replacement in the place of what it replaces; no strikings."""
    strikes = [event for event in events if event.kind is EventKind.ENTRY_STRUCK]
    if not strikes:
        return events
    struck: set[object] = set()
    instead: dict[object, object] = {}
    # From the last one on: whether a striking counts is known once the later ones are.
    for strike in reversed(strikes):
        if strike.sequence not in struck:
            struck.add(strike.data.get("sequence"))
            instead[strike.data.get("sequence")] = strike.data.get("replaced_by")
    replacements = {strike.data.get("replaced_by") for strike in strikes}
    by_sequence: dict[object, Event] = {event.sequence: event for event in events}

    def places() -> Iterator[Event]:
        for event in events:
            if event.kind is EventKind.ENTRY_STRUCK or event.sequence in replacements:
                continue
            place: Event | None = event
            while place is not None and place.sequence in struck:
                later = by_sequence.get(instead[place.sequence])
                place = later if later is not None and later.sequence > place.sequence else None
            if place is not None:
                yield place

    return tuple(places())


def striking(
    target: int, *, replaced_by: int | None, reason: CorrectionReason, at: datetime, text: Data | None = None
) -> Event:
    """The entry that takes back entry `target`; `text` names the words of the reason and their digest."""
    data: dict[str, str | int | bool | None] = {"sequence": target, "reason": reason.value, **(text or {})}
    if replaced_by is not None:
        data["replaced_by"] = replaced_by
    kind = EventKind.ENTRY_STRUCK
    return Event(kind=kind, on=Dating.day(at.date()), data=data, version=KINDS[kind].version)


def correction_problems(events: Sequence[Event]) -> Iterator[str]:
    """What cannot be true of the strikings among these events, in words."""
    places = {event.sequence: event for event in events}
    replacing: set[object] = set()
    for position, strike in enumerate(events):
        if strike.kind is not EventKind.ENTRY_STRUCK:
            continue
        number, instead = strike.data.get("sequence"), strike.data.get("replaced_by")
        target = places.get(number) if isinstance(number, int) else None
        if target is None or target.sequence >= strike.sequence:
            yield f"an entry can only strike out an earlier one, and there is no earlier entry {number}"
            continue
        if not _still_counts(target, tuple(events[:position])):
            yield f"entry {number} no longer counts already; correct what stands in its place"
        if instead is None:
            continue
        if target.kind is EventKind.ENTRY_STRUCK:
            yield f"entry {number} struck out another; it can be taken back, and nothing can stand in its place"
        replacement = places.get(instead) if isinstance(instead, int) else None
        if replacement is None or replacement.sequence <= strike.sequence or instead in replacing:
            yield f"entry {strike.sequence} is to put entry {instead} in place of another, and it cannot"
        elif replacement.kind is EventKind.ENTRY_STRUCK:
            yield f"entry {instead} strikes out another and cannot stand in the place of one"
        replacing.add(instead)


def _still_counts(target: Event, before: tuple[Event, ...]) -> bool:
    if target.kind is not EventKind.ENTRY_STRUCK:
        return any(event.sequence == target.sequence for event in counting(before))
    struck: set[object] = set()
    for strike in reversed(before):
        if strike.kind is EventKind.ENTRY_STRUCK and strike.sequence not in struck:
            struck.add(strike.data.get("sequence"))
    return target.sequence not in struck
