"""What a chronology tells that may explain a missed limit: pauses, agreements, other ways in which a clock can start.

None of it erases the breach; each is a question, and where there is one the fault is not sure.
"""

from collections.abc import Iterator

from upheld.procedure.chronology import Entry, Told
from upheld.procedure.dating import Dating
from upheld.procedure.load import load_pack
from upheld.procedure.rounds import STAGE_1, STAGE_2, STAGE_3, Round
from upheld.procedure.rules import Guard
from upheld.procedure.seen import Seen
from upheld.procedure.told_clocks import ToldClock
from upheld.procedure.told_notes import (
    speaks_of_an_agreed_delay,
    speaks_of_awaiting_an_advocate,
    speaks_of_speech,
)

_NUMBERS = {STAGE_1: 1, STAGE_2: 2, STAGE_3: 3}
# What is asked for, or refused, is no agreement on a date.
_NO_AGREEMENT = frozenset(
    {
        Told.COMPLAINT_MADE,
        Told.COMPLAINT_REFUSED,
        Told.STAGE_2_REQUEST,
        Told.STAGE_2_REFUSED,
        Told.STAGE_3_REQUEST,
        Told.STAGE_3_REFUSED,
        Told.SUSPENDED,  # a question of its own
    }
)


def doubts(clock: ToldClock, round_: Round, seen: Seen) -> tuple[str, ...]:
    """What would have to be known before a missed limit is surely a fault, each in a sentence."""
    return tuple(_doubts(clock, round_, seen))


def _doubts(clock: ToldClock, round_: Round, seen: Seen) -> Iterator[str]:
    number = _NUMBERS.get(clock.stage or "", 0)
    if any(_by(entry.on, clock.longest) or entry.rough for entry in pauses(number, seen)):
        yield "A pause is told of: whether it was agreed would settle it."
    if agreed_delay(number, seen, clock.longest):
        yield "A note tells of the complainant's part in the delay: what was agreed would settle it."
    if clock.clock == "stage-1-response" and _advocate_awaited(round_, seen):
        yield (
            "An advocate is told of, with whose appointment the limit may have started "
            f"({_cite(clock.clock, Guard.ADVOCATE_AWAITED)}): when one was asked for and appointed would settle it."
        )
    if clock.clock == "stage-2-response" and _may_start_with_the_record(clock, round_, seen):
        yield (
            "If the complaint was made orally, the limit started with its final written record "
            f"({_cite(clock.clock, Guard.ORAL)}): how it was made would settle it."
        )
    if not seen.statutory:
        yield "Another procedure was used: whether the matter belonged in this one would settle it."


def pauses(stage: int, seen: Seen) -> list[Entry]:
    """The pauses told of a stage, by its number, and of no stage."""
    return [entry for entry in seen.entries if entry.told is Told.SUSPENDED and entry.stage in (0, stage)]


def agreed_delay(stage: int, seen: Seen, limit: Dating | None = None) -> bool:
    """Whether a note of this stage, or of none, tells of a delay that the complainant agreed to or made necessary.

    What was agreed only after the limit had passed explains nothing.
    """
    return any(
        entry.stage in (0, stage)
        and entry.told not in _NO_AGREEMENT
        and (_by(entry.on, limit) or entry.rough)
        and speaks_of_an_agreed_delay(entry.note)
        for entry in seen.entries
    )


def _by(on: Dating, limit: Dating | None) -> bool:
    return limit is None or on.no_later_than(limit) is not False


def _advocate_awaited(round_: Round, seen: Seen) -> bool:
    told = [*round_.entries, *seen.reading.loose]
    return any(speaks_of_awaiting_an_advocate(entry.note) for entry in told)


def _may_start_with_the_record(clock: ToldClock, round_: Round, seen: Seen) -> bool:
    """Whether an oral complaint would have been in time, counted from its statement; or nothing tells of one."""
    statement = round_.first(Told.STATEMENT_AGREED)
    if statement is None or not statement.on.is_known:
        return any(entry.told is Told.COMPLAINT_MADE and speaks_of_speech(entry.note) for entry in seen.entries)
    shown = clock.done if clock.done is not None else clock.not_done
    longest = load_pack().clock(clock.clock).longest
    if shown is None or longest is None:
        return False
    return shown.earliest <= seen.calendar.nth_working_day(statement.on.latest, longest)


def _cite(clock: str, guard: Guard) -> str:
    return next(str(start.cite) for start in load_pack().clock(clock).starts if guard in start.guards)
