"""The signs of fault in a chronology other than its limits: refusals, late starts, delays, other routes, agreements.

Most are risks: the fact that would settle each is named.
"""

from collections.abc import Iterator

from upheld.procedure.chronology import Entry, Told
from upheld.procedure.dating import Dating
from upheld.procedure.load import load_pack
from upheld.procedure.rounds import STAGE_2, Round
from upheld.procedure.seen import Seen, ToldFault
from upheld.procedure.standing import Standing
from upheld.procedure.told_clocks import awaited_step
from upheld.procedure.told_notes import (
    speaks_of_a_wish,
    speaks_of_another_procedure,
    speaks_of_chasing,
    speaks_of_eligibility,
    speaks_of_lateness,
    speaks_of_no_beginning,
    speaks_of_proceedings,
)

PACK = "children-england-2006"
# Steps that show the procedure under way again.
_MOVING = (
    Told.STAGE_1_RESPONSE,
    Told.STAGE_2_ACCEPTED,
    Told.IO_APPOINTED,
    Told.IP_APPOINTED,
    Told.STATEMENT_AGREED,
    Told.STAGE_2_REPORT,
    Told.ADJUDICATION,
    Told.STAGE_2_RESPONSE,
    Told.PANEL_HELD,
    Told.FINAL_RESPONSE,
)
# Where these are told of stage 2, that its beginning is not says nothing.
_SPEAKS_OF_THE_REST = (Told.STATEMENT_AGREED, Told.STAGE_2_REPORT, Told.DUE_BY, Told.NOT_DONE)
# What the note of a refusal may speak of, in the Ombudsman's words.
_GROUNDS = (
    ("suspension", speaks_of_proceedings),
    ("eligibility", speaks_of_eligibility),
    ("wrong-procedure", speaks_of_another_procedure),
)


def signs(seen: Seen) -> Iterator[ToldFault]:
    """Every sign, in the order of the procedure; one code may come several times."""
    for each in seen.reading.rounds:
        yield from _complaint_refused(each, seen)
        yield from _stage_refused(each, seen)
        if each.stage == STAGE_2:
            yield from _late_start(each, seen)
            yield from _statement(each, seen)
        yield from _delays(each, seen)
    yield from _suspensions(seen)
    yield from _other_routes(seen)
    yield from _advocacy(seen)
    yield from _updates(seen)
    yield from _agreed(seen)
    yield from _whole(seen)


def _complaint_refused(each: Round, seen: Seen) -> Iterator[ToldFault]:
    for refusal in each.all(Told.COMPLAINT_REFUSED):
        codes = [code for code, speaks in _GROUNDS if speaks(refusal.note)]
        for code in codes or ["wrong-procedure" if seen.corporate else "eligibility"]:
            yield seen.fault(code, "The complaint was not accepted: the ground, point by point, would settle it.")


def _stage_refused(each: Round, seen: Seen) -> Iterator[ToldFault]:
    if each.first(Told.STAGE_2_REFUSED) is not None:
        yield seen.fault(
            "stage-2-refused",
            "Stage 2 was refused or dropped, to which a matter accepted at stage 1 may go on: the ground would settle "
            "it.",
        )
    if each.first(Told.STAGE_3_REFUSED) is None:
        return
    if _asked_in_time(each, seen):
        yield seen.fault("stage-3-refused", "A panel was refused although it was asked for in time.", sure=True)
        return
    yield seen.fault(
        "stage-3-refused",
        "A panel was refused: the grounds, and whether it was asked for in time, would settle it.",
    )
    if _asked_late(each, seen):
        yield seen.fault(
            "request-window",
            "The panel was asked for late, and refused: whether the refusal was thought through would settle it.",
        )


def _answered_before(each: Round, seen: Seen) -> Entry | None:
    """The answer to the stage 2 that a panel reviews."""
    stage_2 = seen.reading.round(STAGE_2, each.occurrence)
    return stage_2.answered if stage_2 is not None else None


def _window() -> int:
    """Working days for asking for a panel."""
    return load_pack(PACK).clock("panel-request").length or 0


def _asked_in_time(each: Round, seen: Seen) -> bool:
    """Whether the request certainly came in time, after an answered stage 2, and nothing else was offered instead."""
    asked, answered = each.first(Told.STAGE_3_REQUEST), _answered_before(each, seen)
    if asked is None or answered is None or not seen.statutory or seen.tells(Told.EARLY_REFERRAL, Told.SUSPENDED):
        return False
    if not asked.on.is_known or not answered.on.is_known or answered.on.no_later_than(asked.on) is False:
        return False
    return asked.on.latest <= seen.calendar.nth_working_day(answered.on.earliest, _window())


def _asked_late(each: Round, seen: Seen) -> bool:
    """Whether the request is said to be late, or certainly was."""
    if any(speaks_of_lateness(entry.note) for entry in each.all(Told.STAGE_3_REQUEST, Told.STAGE_3_REFUSED)):
        return True
    asked, answered = each.first(Told.STAGE_3_REQUEST), _answered_before(each, seen)
    if asked is None or answered is None or not asked.on.is_known or not answered.on.is_known:
        return False
    return asked.on.earliest > seen.calendar.nth_working_day(answered.on.latest, _window())


def _late_start(each: Round, seen: Seen) -> Iterator[ToldFault]:
    """Stage 2 asked for, and begun late or not at all. A refusal speaks for itself."""
    asked = each.first(Told.STAGE_2_REQUEST)
    if asked is None or each.refused_for_good is not None:
        return
    denied = next((entry for entry in each.all(Told.NOT_DONE) if speaks_of_no_beginning(entry.note)), None)
    begun = each.first(Told.IO_APPOINTED) or each.first(Told.STAGE_2_ACCEPTED, Told.IP_APPOINTED)
    if begun is not None:
        if seen.longer(asked, begun, seen.measures.stage_2_start):
            yield seen.fault(
                "stage-2-start", f"Stage 2 was asked for on {asked.on.words()} and began on {begun.on.words()}."
            )
    elif denied is not None or not (each.answered or each.first(*_SPEAKS_OF_THE_REST)):
        until = denied or seen.assessment
        if seen.longer(asked, until, seen.measures.stage_2_start):
            yield seen.fault(
                "stage-2-start",
                f"Stage 2 was asked for on {asked.on.words()}, and no beginning is told of by {until.on.words()}.",
            )


def _statement(each: Round, seen: Seen) -> Iterator[ToldFault]:
    agreed = each.first(Told.STATEMENT_AGREED)
    since = each.first(Told.STAGE_2_ACCEPTED) or each.first(Told.STAGE_2_REQUEST)
    if agreed is not None and since is not None and seen.longer(since, agreed, seen.measures.statement):
        yield seen.fault(
            "statement-of-complaint",
            f"The statement of complaint was settled on {agreed.on.words()}, stage 2 dating from {since.on.words()}. "
            "Settling it does not move the start of a written complaint's stage 2.",
        )


def _delays(each: Round, seen: Seen) -> Iterator[ToldFault]:
    """What the Ombudsman calls delay: sure where it alone is longer than the whole of the stage may take."""
    for start in each.all(Told.DELAY_START):
        later = each.entries[each.entries.index(start) + 1 :]
        end = next((entry.on for entry in later if entry.told is Told.DELAY_END), None)
        clock = load_pack(PACK).clock(awaited_step(each, start))
        code = "stage-2-start" if _before_beginning(each, end) else clock.fault or "whole-procedure"
        until = f" to {end.words()}" if end is not None else ""
        longest = clock.longest or clock.length or 0
        proved = (
            end is not None
            and start.on.before(end) is True
            and seen.calendar.working_days_after(start.on.latest, end.earliest) > longest
        )
        yield seen.fault(
            code,
            f"A period of delay is told of, from {start.on.words()}{until}.",
            sure=proved and seen.statutory and not seen.tells(Told.SUSPENDED),
        )


def _before_beginning(each: Round, end: Dating | None) -> bool:
    """Whether a delay of stage 2 ended when the stage began."""
    begun = each.first(Told.STAGE_2_ACCEPTED, Told.IO_APPOINTED)
    if each.stage != STAGE_2 or end is None or begun is None:
        return False
    return end.before(begun.on) is not True and begun.on.before(end) is not True


def _suspensions(seen: Seen) -> Iterator[ToldFault]:
    """A pause for other proceedings, or of nobody's wish that is told of."""
    for pause in seen.entries:
        if pause.told is Told.SUSPENDED and (speaks_of_proceedings(pause.note) or not speaks_of_a_wish(pause.note)):
            yield seen.fault(
                "suspension",
                f"The procedure was paused on {pause.on.words()}: whether other proceedings would have been "
                "prejudiced, or the complainant wished it, would settle it.",
            )


def _other_routes(seen: Seen) -> Iterator[ToldFault]:
    if seen.corporate:
        yield seen.fault(
            "wrong-procedure",
            "The corporate procedure was used: which functions each point is about would settle it.",
        )
    if seen.tells(Told.EARLY_REFERRAL):
        yield seen.fault(
            "early-referral",
            "The case was sent to the Ombudsman before a panel: whether all six conditions were met would settle it.",
        )


def _advocacy(seen: Seen) -> Iterator[ToldFault]:
    made = next((entry for entry in seen.entries if entry.told is Told.COMPLAINT_MADE), None)
    offered = next((entry for entry in seen.entries if entry.told is Told.ADVOCACY), None)
    if made is not None and offered is not None and seen.longer(made, offered, seen.measures.advocacy):
        yield seen.fault(
            "advocacy",
            f"Advocacy is first told of on {offered.on.words()}, and the complaint was made on {made.on.words()}: "
            "whether the complainant is a child or care leaver would settle it.",
        )


def _updates(seen: Seen) -> Iterator[ToldFault]:
    """The complainant had to chase, and a limit was missed."""
    chased = next((e for e in seen.entries if e.told is Told.UPDATE and speaks_of_chasing(e.note)), None)
    if chased is not None and any(clock.state is Standing.MISSED for clock in seen.clocks):
        yield seen.fault(
            "updates-to-complainant",
            f"The complainant chased an answer on {chased.on.words()}, and a limit was missed: what they had been told "
            "would settle it.",
        )


def _agreed(seen: Seen) -> Iterator[ToldFault]:
    """Agreed actions that were late, or that an earlier decision makes one look for."""
    entries = seen.entries
    decided = next((place for place, entry in enumerate(entries) if entry.told is Told.EARLIER_DECISION), None)
    for place, entry in enumerate(entries):
        with_ombudsman = decided is not None and place > decided
        if entry.told is Told.REMEDY_OVERDUE:
            yield seen.fault(
                "ombudsman-agreed-action" if with_ombudsman else "remedy-implementation",
                f"An agreed action was overdue on {entry.on.words()}.",
                sure=not seen.tells(Told.SUSPENDED),
            )
        elif entry.told is Told.NOT_DONE and decided is not None and with_ombudsman:
            if _asked_after(entry, decided, seen):
                continue
            yield seen.fault(
                "ombudsman-agreed-action",
                f"After an earlier decision, something was still not done on {entry.on.words()}: what was agreed, and "
                "for when, would settle it.",
            )
    if decided is not None:
        decision = entries[decided]
        moved = next((entry for entry in entries[decided + 1 :] if entry.told in _MOVING), None)
        if moved is not None and seen.longer(decision, moved, seen.measures.agreed_action):
            yield seen.fault(
                "ombudsman-agreed-action",
                f"After an earlier decision on {decision.on.words()}, the next step told of is on {moved.on.words()}: "
                "what was agreed, and for when, would settle it.",
            )


def _asked_after(entry: Entry, decided: int, seen: Seen) -> bool:
    """Whether a step belongs to a stage asked for only after the earlier decision, which cannot be about it."""
    asked = next((each.asked for each in seen.reading.rounds if entry in each.entries), None)
    return asked is not None and seen.entries.index(asked) > decided


def _whole(seen: Seen) -> Iterator[ToldFault]:
    """Delay over the procedure as a whole, where what is told ties it to no stage."""
    delay = next((entry for entry in seen.reading.loose if entry.told is Told.DELAY_START), None)
    if delay is not None:
        yield seen.fault("whole-procedure", f"A period of delay is told of, from {delay.on.words()}.")
    made = next((entry for entry in seen.entries if entry.told is Told.COMPLAINT_MADE), None)
    ends = [entry for entry in seen.reading.loose if entry.told in (Told.FINAL_RESPONSE, Told.NOT_DONE)]
    ends += [entry for entry in seen.entries if entry.told is Told.FINAL_RESPONSE]
    if made is not None and ends and seen.longer(made, ends[-1], seen.measures.whole_procedure):
        yield seen.fault(
            "whole-procedure",
            f"From the complaint on {made.on.words()} to {ends[-1].on.words()} is longer than all limits together.",
        )
