"""The signs of fault in a chronology other than its limits: refusals, late starts, delays, other routes, agreements.

Most are risks: the fact that would settle each is named.
"""

from collections.abc import Callable, Iterator

from upheld.procedure.chronology import Entry, Told
from upheld.procedure.dating import Dating
from upheld.procedure.load import load_pack
from upheld.procedure.rounds import STAGE_2, Round
from upheld.procedure.seen import Seen, ToldFault
from upheld.procedure.standing import Standing
from upheld.procedure.told_clock_faults import beyond_allowance, probably_late
from upheld.procedure.told_clocks import ToldClock, awaited_step
from upheld.procedure.told_doubts import agreed_delay
from upheld.procedure.told_notes import (
    speaks_of_a_wish,
    speaks_of_an_agreed_delay,
    speaks_of_another_procedure,
    speaks_of_chasing,
    speaks_of_eligibility,
    speaks_of_giving_up,
    speaks_of_lateness,
    speaks_of_no_beginning,
    speaks_of_no_news,
    speaks_of_not_this_procedure,
    speaks_of_proceedings,
    speaks_of_referral,
    speaks_of_remedies,
    speaks_of_who_or_when,
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
# What the complainant asks for.
_ASKING = (Told.COMPLAINT_MADE, Told.STAGE_2_REQUEST, Told.STAGE_3_REQUEST)
# Answers that may promise something.
_ENDING = (Told.STAGE_1_RESPONSE, Told.ADJUDICATION, Told.STAGE_2_RESPONSE, Told.RESPONSE_TO_PANEL, Told.FINAL_RESPONSE)
# Where these are told of stage 2, that its beginning is not says nothing.
_SPEAKS_OF_THE_REST = (Told.STATEMENT_AGREED, Told.STAGE_2_REPORT, Told.DUE_BY, Told.NOT_DONE)
# What the note of a refusal may speak of, in the Ombudsman's words: of the complaint, of stage 2, of a panel.
_Grounds = tuple[tuple[str, Callable[[str], bool]], ...]
_GROUNDS: _Grounds = (
    ("suspension", speaks_of_proceedings),
    ("eligibility", speaks_of_eligibility),
    ("wrong-procedure", speaks_of_another_procedure),
)
_GROUNDS_STAGE_2: _Grounds = (
    ("suspension", speaks_of_proceedings),
    ("eligibility", speaks_of_who_or_when),
    ("wrong-procedure", speaks_of_not_this_procedure),
    ("request-window", speaks_of_lateness),
)
_GROUNDS_STAGE_3: _Grounds = (("suspension", speaks_of_proceedings), ("early-referral", speaks_of_referral))


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
        yield from _grounds(each.all(Told.STAGE_2_REFUSED), _GROUNDS_STAGE_2, seen)
    refusals = each.all(Told.STAGE_3_REFUSED)
    if not refusals:
        return
    if _asked_in_time(each, seen) and not any(speaks_of_giving_up(entry.note) for entry in refusals):
        yield seen.fault("stage-3-refused", "A panel was refused although it was asked for in time.", sure=True)
        return
    yield seen.fault(
        "stage-3-refused",
        "A panel was refused: the grounds, and whether it was asked for in time, would settle it.",
    )
    yield from _grounds(refusals, _GROUNDS_STAGE_3, seen)
    if _asked_late(each, seen):
        yield seen.fault(
            "request-window",
            "The panel was asked for late, and refused: whether the refusal was thought through would settle it.",
        )


def _grounds(refusals: list[Entry], grounds: _Grounds, seen: Seen) -> Iterator[ToldFault]:
    for refusal in refusals:
        for code, speaks in grounds:
            if speaks(refusal.note):
                yield seen.fault(
                    code, "The note of the refusal names this as a ground: whether it holds would settle it."
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
    denied = next((entry for entry in each.all(Told.NOT_DONE) if speaks_of_no_beginning(entry.note)), None)
    asked = each.asked
    if asked is None and denied is not None:
        # What the Ombudsman had agreed stands for a request.
        earlier = seen.entries[: seen.entries.index(denied)]
        asked = next((entry for entry in earlier if entry.told is Told.EARLIER_DECISION), None)
    if asked is None or each.refused_for_good is not None:
        return
    begun = each.first(Told.IO_APPOINTED) or each.first(Told.IP_APPOINTED)
    if asked.told is Told.STAGE_2_REQUEST:
        begun = each.first(Told.IO_APPOINTED) or each.first(Told.STAGE_2_ACCEPTED, Told.IP_APPOINTED)
    independent = each.first(Told.IP_APPOINTED)
    late = seen.measures.stage_2_start
    words = {Told.STAGE_2_REQUEST: "asked for", Told.STAGE_2_ACCEPTED: "accepted"}.get(asked.told, "agreed")
    if begun is not None and seen.longer(asked, begun, late):
        yield seen.fault("stage-2-start", f"Stage 2 was {words} on {asked.on.words()} and began on {begun.on.words()}.")
    elif independent is not None and seen.longer(asked, independent, late):
        yield seen.fault(
            "stage-2-start",
            f"Stage 2 was {words} on {asked.on.words()}; its independent person was appointed on "
            f"{independent.on.words()}.",
        )
    elif begun is None and (denied is not None or _nothing_after(asked, each)):
        until = denied or seen.assessment
        if seen.longer(asked, until, late):
            yield seen.fault(
                "stage-2-start",
                f"Stage 2 was {words} on {asked.on.words()}, and no beginning is told of by {until.on.words()}.",
            )


def _nothing_after(asked: Entry, each: Round) -> bool:
    """Whether stage 2 was asked for, and nothing else is told that would be told without its beginning."""
    return asked.told is Told.STAGE_2_REQUEST and not (each.answered or each.first(*_SPEAKS_OF_THE_REST))


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
            sure=proved and seen.statutory and not seen.tells(Told.SUSPENDED) and not agreed_delay(start.stage, seen),
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
    chased = next((entry for entry in seen.entries if _uninformed(entry)), None)
    if chased is not None and any(clock.state is Standing.MISSED for clock in seen.clocks):
        yield seen.fault(
            "updates-to-complainant",
            f"The complainant was without news on {chased.on.words()}, and a limit was missed: what they had been told "
            "would settle it.",
        )


def _uninformed(entry: Entry) -> bool:
    return speaks_of_no_news(entry.note) or (entry.told is Told.UPDATE and speaks_of_chasing(entry.note))


def _agreed(seen: Seen) -> Iterator[ToldFault]:
    """Agreed actions that were late, or that an earlier decision makes one look for."""
    entries = seen.entries
    decided = next((place for place, entry in enumerate(entries) if entry.told is Told.EARLIER_DECISION), None)
    for place, entry in enumerate(entries):
        with_ombudsman = decided is not None and place > decided
        if entry.told is Told.REMEDY_OVERDUE:
            explained = seen.tells(Told.SUSPENDED) or speaks_of_an_agreed_delay(entry.note)
            yield seen.fault(
                "ombudsman-agreed-action" if with_ombudsman else "remedy-implementation",
                f"An agreed action was overdue on {entry.on.words()}.",
                sure=not explained,
            )
        elif entry.told is Told.NOT_DONE and decided is not None and with_ombudsman:
            if _asked_after(entry, decided, seen):
                continue
            yield seen.fault(
                "ombudsman-agreed-action",
                f"After an earlier decision, something was still not done on {entry.on.words()}: what was agreed, and "
                "for when, would settle it.",
            )
        elif entry.told is Told.NOT_DONE and _about_remedies(entry, seen):
            yield seen.fault(
                "remedy-implementation",
                f"After the answer, something was still not done on {entry.on.words()}: what was agreed, and for when, "
                "would settle it.",
            )
    agreed = next((clock for clock in seen.clocks if clock.clock == "agreed-action"), None)
    if agreed is not None:
        yield from _agreed_by_a_date(agreed, seen)
    elif decided is not None:
        decision = entries[decided]
        later = [entry for entry in entries[decided + 1 :] if not _asked_after(entry, decided, seen)]
        moved = next((entry for entry in later if entry.told in _MOVING), None)
        if moved is not None and seen.longer(decision, moved, seen.measures.agreed_action):
            yield seen.fault(
                "ombudsman-agreed-action",
                f"After an earlier decision on {decision.on.words()}, the next step told of is on {moved.on.words()}: "
                "what was agreed, and for when, would settle it.",
            )


def _agreed_by_a_date(agreed: ToldClock, seen: Seen) -> Iterator[ToldFault]:
    """An action agreed with the Ombudsman whose date passed. That it was overdue may be told besides."""
    if agreed.longest is None or seen.tells(Told.REMEDY_OVERDUE):
        return
    due = agreed.longest.words()
    if agreed.done is not None and agreed.state is Standing.MISSED:
        yield seen.fault(
            "ombudsman-agreed-action",
            f"What was agreed with the Ombudsman was due by {due}, and done on {agreed.done.words()}.",
            sure=agreed.proved and beyond_allowance(agreed, seen) and not seen.tells(Told.SUSPENDED),
        )
    elif agreed.state is Standing.MISSED or (agreed.done is not None and probably_late(agreed, seen)):
        yield seen.fault(
            "ombudsman-agreed-action",
            f"What was agreed with the Ombudsman was due by {due}: when it was done would settle it.",
        )


def _about_remedies(entry: Entry, seen: Seen) -> bool:
    """Whether what is outstanding comes after the answer, so that it can only be what the answer promised."""
    if entry.note and not speaks_of_remedies(entry.note):
        return False
    round_ = next((each for each in seen.reading.rounds if entry in each.entries), None)
    if round_ is not None:
        return round_.answered_before(entry)
    earlier = seen.entries[: seen.entries.index(entry)]
    return bool(entry.note) and any(each.told in _ENDING for each in earlier)


def _asked_after(entry: Entry, decided: int, seen: Seen) -> bool:
    """Whether a step belongs to a stage asked for only after the earlier decision, which cannot be about it."""
    round_ = next((each for each in seen.reading.rounds if entry in each.entries), None)
    asked = round_.first(*_ASKING) if round_ is not None else None
    return asked is not None and seen.entries.index(asked) > decided


def _whole(seen: Seen) -> Iterator[ToldFault]:
    """Delay over the procedure as a whole, where what is told ties it to no stage."""
    delay = next((entry for entry in seen.reading.loose if entry.told is Told.DELAY_START), None)
    if delay is not None:
        yield seen.fault("whole-procedure", f"A period of delay is told of, from {delay.on.words()}.")
    made = next((entry for entry in seen.entries if entry.told is Told.COMPLAINT_MADE), None)
    ends = [entry for entry in seen.reading.loose if entry.told in (Told.FINAL_RESPONSE, Told.NOT_DONE)]
    ends = [entry for entry in ends if not _about_remedies(entry, seen)]
    ends += [entry for entry in seen.entries if entry.told is Told.FINAL_RESPONSE]
    if made is not None and ends and seen.longer(made, ends[-1], seen.measures.whole_procedure):
        yield seen.fault(
            "whole-procedure",
            f"From the complaint on {made.on.words()} to {ends[-1].on.words()} is longer than all limits together.",
        )
