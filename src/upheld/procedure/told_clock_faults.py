"""The limits that a chronology shows to have been missed, and those that it makes likely to have been."""

from collections.abc import Iterator

from upheld.procedure.chronology import Told
from upheld.procedure.rounds import STAGE_3, Round
from upheld.procedure.seen import Seen, ToldFault, chance_after
from upheld.procedure.standing import Standing
from upheld.procedure.told_clocks import ToldClock
from upheld.procedure.told_doubts import doubts
from upheld.procedure.told_notes import speaks_of_no_beginning

_LABELS = {
    "stage-1-response": "Stage 1 response",
    "stage-2-response": "Stage 2, to the end of the adjudication",
    "panel-held": "Panel",
    "panel-report": "Panel report",
    "response-to-panel": "Response to the panel",
}
# What the complainant asked for: where no answer is told of, that is worth a look. What follows a panel is often left
# out.
_ASKED_FOR = ("stage-1-response", "stage-2-response", "panel-held")


def clock_faults(seen: Seen) -> Iterator[ToldFault]:
    """A fault for each limit that was missed, or that rough dates make likely to have been."""
    for clock in seen.clocks:
        round_ = seen.reading.round(clock.stage or "", clock.occurrence)
        if round_ is None or _given_up(clock, round_, seen):
            continue  # an agreed action; or a refusal or a referral, which is then the fault to look at
        if clock.state is Standing.MISSED and (clock.clock in _ASKED_FOR or _is_told(clock)):
            open_questions = doubts(clock, round_, seen)
            proved = clock.proved and not round_.answered_by_final_reply and beyond_allowance(clock, seen)
            why = " ".join((_missed(clock), *open_questions))
            yield ToldFault(clock.code, str(clock.provision), why, proved and not open_questions)
        elif not clock.implied and not _not_begun(clock, round_) and probably_late(clock, seen):
            yield ToldFault(clock.code, str(clock.provision), _probably(clock), sure=False)


def _is_told(clock: ToldClock) -> bool:
    """Whether the chronology says that the step was taken, or that it was outstanding."""
    return clock.done is not None or clock.not_done is not None


def _not_begun(clock: ToldClock, round_: Round) -> bool:
    """Whether what is outstanding is the beginning, of which nothing tells when it was owed."""
    return clock.start is None and any(speaks_of_no_beginning(entry.note) for entry in round_.all(Told.NOT_DONE))


def _given_up(clock: ToldClock, round_: Round, seen: Seen) -> bool:
    """Whether the stage was refused, or the case sent on, and nothing is told of this step."""
    if _is_told(clock):
        return False
    return round_.refused_for_good is not None or (round_.stage == STAGE_3 and seen.tells(Told.EARLY_REFERRAL))


def beyond_allowance(clock: ToldClock, seen: Seen) -> bool:
    """Whether the limit was passed by more than the days between writing and receipt can account for."""
    shown = clock.done if clock.done is not None else clock.not_done
    return (
        shown is not None
        and clock.longest is not None
        and seen.calendar.working_days_after(clock.longest.latest, shown.earliest) > seen.measures.allowance
    )


def _missed(clock: ToldClock) -> str:
    limit = clock.longest.words() if clock.longest is not None else "a day not told"
    if clock.done is not None:
        how = f"done on {clock.done.words()}"
    elif clock.not_done is not None:
        how = f"still not done on {clock.not_done.words()}"
    else:
        how = "no answer is told of; whether there was one would settle it"
    return f"{_LABELS[clock.clock]}: due by {limit} at the latest, {how}."


def probably_late(clock: ToldClock, seen: Seen) -> bool:
    """Whether rough dates make a breach likely: more so where the source itself says that it was outstanding."""
    outstanding = clock.done is None and clock.not_done is not None
    if outstanding and clock.longest is None:
        return True
    shown = clock.not_done if outstanding else clock.done
    if shown is None or not shown.is_known or clock.longest is None or not clock.longest.is_known:
        return False
    likely = seen.measures.likely_outstanding if outstanding else seen.measures.likely
    return chance_after(shown, clock.longest) * 100 >= likely


def _probably(clock: ToldClock) -> str:
    label = _LABELS[clock.clock]
    if clock.longest is None:
        on = clock.not_done.words() if clock.not_done is not None else "a day not told"
        return f"{label}: still outstanding on {on}; when it started would settle whether it was late."
    return (
        f"{label}: the dates told are rough; the longest limit ends on {clock.longest.words()}, and it was probably "
        "passed."
    )
