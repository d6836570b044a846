"""The signs of fault in a chronology: what is told that proves a breach, and what only points to one.

A chronology has gaps: what it does not tell of may have happened. So a fault is sure only where what is told proves it;
all else is a risk, named only where what is told points to it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from upheld.procedure.calendar import Calendar
from upheld.procedure.chronology import Entry, Told
from upheld.procedure.dating import Dating
from upheld.procedure.load import DATA, load_pack
from upheld.procedure.rounds import STAGE_1, STAGE_2, STAGE_3, Reading, Round
from upheld.procedure.standing import Standing
from upheld.procedure.told_clocks import ToldClock, awaited_step
from upheld.procedure.told_notes import (
    speaks_of_a_wish,
    speaks_of_another_procedure,
    speaks_of_eligibility,
    speaks_of_no_beginning,
    speaks_of_proceedings,
)

STATUTORY = "children-statutory"


@dataclass(frozen=True, slots=True)
class ToldFault:
    """A fault that a chronology shows (`sure`) or points to, in the Ombudsman's words for what can go wrong."""

    code: str
    provision: str
    why: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """The Ombudsman's words with their provisions, and the measures of the reading, in working days."""

    provisions: Mapping[str, str]
    stage_2_start: int
    statement: int
    advocacy: int
    allowance: int
    whole_procedure: int


@lru_cache(maxsize=1)
def measures() -> Measures:
    """The measures of `data/assessing.toml`."""
    data: dict[str, Any] = tomllib.loads((DATA / "assessing.toml").read_text(encoding="utf-8"))
    days = {name: each["days"] for name, each in data["measure"].items()}
    return Measures(provisions=data["code"], **days)


@dataclass(frozen=True, slots=True)
class Signs:
    """What there is to judge by."""

    reading: Reading
    clocks: tuple[ToldClock, ...]
    calendar: Calendar
    measures: Measures

    def faults(self) -> Iterator[ToldFault]:
        """Every sign of fault, in the order of the procedure; one code may come several times."""
        for clock in self.clocks:
            yield from self._of_clock(clock)
        for each in self.reading.rounds:
            yield from self._refusals(each)
            if each.stage == STAGE_2:
                yield from self._late_start(each)
                yield from self._statement(each)
            yield from self._delays(each)
            yield from self._suspensions(each.all(Told.SUSPENDED))
        yield from self._suspensions([entry for entry in self.reading.loose if entry.told is Told.SUSPENDED])
        yield from self._other_procedure()
        yield from self._early_referral()
        yield from self._advocacy()
        yield from self._agreed()
        yield from self._whole()

    def _fault(self, code: str, why: str, *, sure: bool = False) -> ToldFault:
        return ToldFault(code, self.measures.provisions[code], why, sure)

    # Clocks

    def _of_clock(self, clock: ToldClock) -> Iterator[ToldFault]:
        if clock.clock == "agreed-action":
            return  # `_agreed` speaks of it
        round_ = self.reading.round(clock.stage or "", clock.occurrence)
        gone = round_ is not None and clock.done is None and clock.not_done is None and self._given_up(round_)
        if gone:
            return  # the refusal, or the referral, is the fault to look at
        provision = str(clock.provision)
        if clock.state is Standing.MISSED:
            explained = self._explained(clock)
            sure = clock.proved and not explained and self._statutory and self._beyond_allowance(clock)
            yield ToldFault(clock.code, provision, self._missed(clock, explained), sure)
        elif clock.state is Standing.CANNOT_TELL and not clock.implied and self._probably_late(clock):
            why = (
                f"{_label(clock)}: the dates told are rough; the longest limit ends on "
                f"{clock.longest.words() if clock.longest else 'a day not told'}, and it was probably passed."
            )
            yield ToldFault(clock.code, provision, why, False)

    @property
    def _statutory(self) -> bool:
        return self.reading.chronology.procedure == STATUTORY

    def _given_up(self, round_: Round) -> bool:
        return round_.refused_for_good is not None or (
            round_.stage == STAGE_3 and any(e.told is Told.EARLY_REFERRAL for e in self.reading.chronology.entries)
        )

    def _explained(self, clock: ToldClock) -> list[Entry]:
        """The pauses told of that began before the limit had certainly passed."""
        pauses = [
            entry
            for entry in self.reading.chronology.entries
            if entry.told is Told.SUSPENDED and entry.stage in (0, _number(clock.stage))
        ]
        return [
            entry
            for entry in pauses
            if clock.longest is None
            or entry.on.before(clock.longest) is not False
            or entry.rough
            or not entry.on.is_known
        ]

    def _beyond_allowance(self, clock: ToldClock) -> bool:
        if clock.longest is None or not clock.longest.is_known:
            return False
        shown = clock.done if clock.done is not None else clock.not_done
        if shown is None or not shown.is_known or shown.earliest <= clock.longest.latest:
            return False
        return self.calendar.working_days_after(clock.longest.latest, shown.earliest) > self.measures.allowance

    def _missed(self, clock: ToldClock, explained: list[Entry]) -> str:
        limit = clock.longest.words() if clock.longest is not None else "a day not told"
        if clock.done is not None:
            how = f"done on {clock.done.words()}"
        elif clock.not_done is not None:
            how = f"still not done on {clock.not_done.words()}"
        else:
            how = "no answer is told of; it would be settled by whether there was one"
        text = f"{_label(clock)}: due by {limit} at the latest, {how}."
        if explained:
            text += " A pause is told of: whether it was agreed would settle it."
        if not self._statutory:
            text += " Another procedure was used: whether the matter belonged in this one would settle it."
        return text

    def _probably_late(self, clock: ToldClock) -> bool:
        """Whether the middle of what is told lies past the middle of the longest limit."""
        shown = clock.done if clock.done is not None else clock.not_done
        if shown is None or clock.longest is None or not clock.longest.is_known:
            return False
        return _middle(shown) > _middle(clock.longest)

    # Refusals and starts

    def _refusals(self, each: Round) -> Iterator[ToldFault]:
        for refusal in each.all(Told.COMPLAINT_REFUSED):
            code = "eligibility"
            if speaks_of_proceedings(refusal.note):
                code = "suspension"
            elif speaks_of_eligibility(refusal.note):
                code = "eligibility"
            elif speaks_of_another_procedure(refusal.note) or self.reading.chronology.procedure == "corporate":
                code = "wrong-procedure"
            yield self._fault(code, "The complaint was not accepted: the ground, point by point, would settle it.")
        if each.first(Told.STAGE_2_REFUSED) is not None:
            yield self._fault(
                "stage-2-refused",
                "Stage 2 was refused or dropped, to which a matter accepted at stage 1 may go on: the ground would "
                "settle it.",
            )
        if each.first(Told.STAGE_3_REFUSED) is not None:
            in_time = self._panel_asked_in_time(each)
            yield self._fault(
                "stage-3-refused",
                "A panel was refused although it was asked for in time."
                if in_time
                else "A panel was refused: the grounds, and whether it was asked for in time, would settle it.",
                sure=in_time,
            )

    def _panel_asked_in_time(self, each: Round) -> bool:
        """Whether the request certainly came within the time for asking, of a stage 2 that was answered."""
        stage_2 = self.reading.round(STAGE_2, each.occurrence)
        asked = each.first(Told.STAGE_3_REQUEST)
        answered = stage_2.answered if stage_2 is not None else None
        if asked is None or answered is None or not self._statutory:
            return False
        if not asked.on.is_known or not answered.on.is_known or answered.on.no_later_than(asked.on) is False:
            return False
        others = {Told.EARLY_REFERRAL, Told.SUSPENDED}
        if any(entry.told in others for entry in self.reading.chronology.entries):
            return False
        window = load_pack(STATUTORY_PACK).clock("panel-request").length or 0
        return asked.on.latest <= self.calendar.nth_working_day(answered.on.earliest, window)

    def _late_start(self, each: Round) -> Iterator[ToldFault]:
        asked = each.first(Told.STAGE_2_REQUEST)
        if asked is None or each.refused_for_good is not None:
            return
        begun = each.first(
            Told.STAGE_2_ACCEPTED, Told.IO_APPOINTED, Told.IP_APPOINTED, Told.STATEMENT_AGREED, Told.STAGE_2_REPORT
        )
        appointed = each.first(Told.IO_APPOINTED)
        start = appointed or begun
        denied = next((e for e in each.all(Told.NOT_DONE) if speaks_of_no_beginning(e.note)), None)
        if start is not None:
            why = f"Stage 2 was asked for on {asked.on.words()} and began on {start.on.words()}."
            if self._longer(asked.on, start.on, self.measures.stage_2_start):
                yield self._fault("stage-2-start", why)
        elif each.answered is None or denied is not None:
            until = denied.on if denied is not None else Dating.day(self.reading.chronology.assessed_on)
            if self._longer(asked.on, until, self.measures.stage_2_start):
                yield self._fault(
                    "stage-2-start",
                    f"Stage 2 was asked for on {asked.on.words()}, and no beginning is told of by {until.words()}.",
                )

    def _statement(self, each: Round) -> Iterator[ToldFault]:
        agreed = each.first(Told.STATEMENT_AGREED)
        since = each.first(Told.STAGE_2_ACCEPTED) or each.first(Told.STAGE_2_REQUEST)
        if agreed is not None and since is not None and self._longer(since.on, agreed.on, self.measures.statement):
            yield self._fault(
                "statement-of-complaint",
                f"The statement of complaint was settled on {agreed.on.words()}, stage 2 having begun on "
                f"{since.on.words()}. Settling it does not move the start of a written complaint's stage 2.",
            )

    def _longer(self, start: Dating, end: Dating, days: int) -> bool:
        """Whether more working days than `days` probably lie between two dates: measured from middle to middle."""
        if not start.is_known or not end.is_known or _middle(end) <= _middle(start):
            return False
        return self.calendar.working_days_after(_middle(start), _middle(end)) > days

    # What the Ombudsman or the source calls delay

    def _delays(self, each: Round) -> Iterator[ToldFault]:
        for start in each.all(Told.DELAY_START):
            later = each.entries[each.entries.index(start) + 1 :]
            end = next((entry.on for entry in later if entry.told is Told.DELAY_END), None)
            code = self._delay_code(each, start, end)
            until = f" to {end.words()}" if end is not None else ""
            yield self._fault(code, f"A period of delay is told of, from {start.on.words()}{until}.")

    def _delay_code(self, each: Round, start: Entry, end: Dating | None) -> str:
        if each.stage == STAGE_2 and end is not None:
            begun = each.first(Told.STAGE_2_ACCEPTED, Told.IO_APPOINTED)
            if (
                begun is not None
                and end.no_later_than(begun.on) is not False
                and begun.on.no_later_than(end) is not False
            ):
                return "stage-2-start"
        clock = awaited_step(each, start)
        return next((known.code for known in self.clocks if known.clock == clock), _CODES[clock])

    def _suspensions(self, pauses: list[Entry]) -> Iterator[ToldFault]:
        for pause in pauses:
            if speaks_of_proceedings(pause.note) or not speaks_of_a_wish(pause.note):
                yield self._fault(
                    "suspension",
                    f"The procedure was paused on {pause.on.words()}: whether other proceedings would have been "
                    "prejudiced, or the complainant wished it, would settle it.",
                )

    # The rest

    def _other_procedure(self) -> Iterator[ToldFault]:
        if self.reading.chronology.procedure == "corporate":
            yield self._fault(
                "wrong-procedure",
                "The corporate procedure was used: which functions each point is about would settle it.",
            )

    def _early_referral(self) -> Iterator[ToldFault]:
        if any(entry.told is Told.EARLY_REFERRAL for entry in self.reading.chronology.entries):
            yield self._fault(
                "early-referral",
                "The case was sent to the Ombudsman before a panel: whether all six conditions were met would "
                "settle it.",
            )

    def _advocacy(self) -> Iterator[ToldFault]:
        entries = self.reading.chronology.entries
        made = next((entry for entry in entries if entry.told is Told.COMPLAINT_MADE), None)
        offered = next((entry for entry in entries if entry.told is Told.ADVOCACY), None)
        if made is not None and offered is not None and self._longer(made.on, offered.on, self.measures.advocacy):
            yield self._fault(
                "advocacy",
                f"Advocacy is first told of on {offered.on.words()}, and the complaint was made on "
                f"{made.on.words()}: whether the complainant is a child or care leaver would settle it.",
            )

    def _agreed(self) -> Iterator[ToldFault]:
        entries = self.reading.chronology.entries
        decided = next((place for place, entry in enumerate(entries) if entry.told is Told.EARLIER_DECISION), None)
        for place, entry in enumerate(entries):
            with_ombudsman = decided is not None and place > decided
            if entry.told is Told.REMEDY_OVERDUE:
                code = "ombudsman-agreed-action" if with_ombudsman else "remedy-implementation"
                yield self._fault(code, f"An agreed action was overdue on {entry.on.words()}.", sure=not self._paused)
            elif entry.told is Told.NOT_DONE and with_ombudsman:
                yield self._fault(
                    "ombudsman-agreed-action",
                    f"After an earlier decision, something was still not done on {entry.on.words()}: what was agreed, "
                    "and for when, would settle it.",
                )

    @property
    def _paused(self) -> bool:
        return any(entry.told is Told.SUSPENDED for entry in self.reading.chronology.entries)

    def _whole(self) -> Iterator[ToldFault]:
        """Delay over the procedure as a whole, where nothing told ties it to a stage."""
        entries = self.reading.chronology.entries
        loose_delay = next((entry for entry in self.reading.loose if entry.told is Told.DELAY_START), None)
        if loose_delay is not None:
            yield self._fault("whole-procedure", f"A period of delay is told of from {loose_delay.on.words()}.")
        first = next((entry for entry in entries if entry.told is Told.COMPLAINT_MADE), None)
        ends = (Told.FINAL_RESPONSE, Told.NOT_DONE)
        last = next((e for e in self.reading.loose if e.told in ends), None)
        if last is None:
            last = next((e for e in reversed(entries) if e.told is Told.FINAL_RESPONSE), None)
        if first is not None and last is not None and self._longer(first.on, last.on, self.measures.whole_procedure):
            yield self._fault(
                "whole-procedure",
                f"From the complaint on {first.on.words()} to {last.on.words()} is longer than all limits together.",
            )


STATUTORY_PACK = "children-england-2006"
_CODES = {
    "stage-1-response": "stage-1-response",
    "stage-2-response": "stage-2-report+adjudication",
    "panel-held": "stage-3-panel-held",
    "panel-report": "panel-report",
    "response-to-panel": "council-response-to-panel",
}
_LABELS = {
    "stage-1-response": "Stage 1 response",
    "stage-2-response": "Stage 2, to the end of the adjudication",
    "panel-held": "Panel",
    "panel-report": "Panel report",
    "response-to-panel": "Response to the panel",
}


def _label(clock: ToldClock) -> str:
    return _LABELS.get(clock.clock, clock.clock)


def _number(stage: str | None) -> int:
    return {STAGE_1: 1, STAGE_2: 2, STAGE_3: 3}.get(stage or "", 0)


def _middle(dating: Dating) -> date:
    """The middle of what is known: never shown, only weighed."""
    return dating.earliest + (dating.latest - dating.earliest) / 2
