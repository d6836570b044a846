"""What follows the first stage: the request for the next, the Ombudsman, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from upheld.period import Quarter
from upheld.register.example.days import NEVER, Days
from upheld.register.example.drawing import around, chance, pick, stream
from upheld.register.example.made_up import MadeUp
from upheld.register.example.pace import panel_pace, stage_2_pace
from upheld.register.example.people import Case
from upheld.register.example.rows import PlannedStage
from upheld.register.example.stages import ombudsman, stage_2, stage_3, withdrawn
from upheld.register.example.volumes import stage_1_in_time

_NEXT = {"stage-1": "stage-2", "stage-2": "stage-3"}
_LATE_ANSWER_FACTOR = 1.3  # a late answer satisfies fewer people
_LATE_AFTER = 10


@dataclass(frozen=True, slots=True)
class Chains:
    """How cases go on. `may_begin` says whether an invented stage may begin on a day: never in a published quarter."""

    seed: int
    days: Days
    made: MadeUp
    may_begin: Callable[[date], bool]

    def after(self, case: Case, last: PlannedStage) -> list[PlannedStage]:
        """Every stage that follows `last`, in order."""
        found: list[PlannedStage] = []
        following = self._following(case, last)
        while following is not None:
            found.append(following)
            following = self._following(case, following)
        return found

    def open_stage_2(self, random: Random, case: Case, received: date, *, skipped: bool = False) -> PlannedStage:
        """An investigation that begins on a day: answered in time, late, or withdrawn."""
        timeliness = self.made.timeliness
        quarter = Quarter.containing(received) if received != NEVER else Quarter.containing(self.days.calendar.last)
        in_time = chance(random, stage_1_in_time(quarter, timeliness) - timeliness.stage_2_less)
        pace = stage_2_pace(random, in_time=in_time)
        outcome = pick(random, self.made.outcomes["stage-2"])
        planned = stage_2(self.days, random, case, received, pace, outcome, skipped=skipped)
        if chance(random, self.made.withdrawn_percent["stage-2"]):
            return withdrawn(self.days, planned, around(random, 3, 22, 9))
        return planned

    def _following(self, case: Case, last: PlannedStage) -> PlannedStage | None:
        row, reached = last.row, last.reaches_complainant
        if row.answered is None or row.outcome is None or reached is None or case.contact.complainant == "anonymous":
            return None
        random = stream(self.seed, case.reference, "after", row.stage)
        next_stage = _NEXT.get(row.stage)
        planned: PlannedStage | None = None
        if next_stage is not None and chance(random, self._goes_on(next_stage, last)):
            planned = self._next_stage(random, next_stage, case, reached)
        elif row.stage != "ombudsman" and chance(random, self.made.goes_on["ombudsman"][row.stage]):
            planned = self._enquiry(random, case, reached, after=row.stage)
        if planned is None or planned.row.received == NEVER or not self.may_begin(planned.row.received):
            return None
        return planned

    def _goes_on(self, stage: str, last: PlannedStage) -> float:
        row = last.row
        percent = self.made.goes_on[stage].get(row.outcome or "", 0)
        late = row.answered is not None and self.days.taken(last.start, row.answered) > _LATE_AFTER
        return percent * (_LATE_ANSWER_FACTOR if late and stage == "stage-2" else 1)

    def _next_stage(self, random: Random, stage: str, case: Case, reached: date) -> PlannedStage:
        office = case.contact.spoken
        if stage == "stage-2":
            # No limit to ask: most do within a month, some come back a good deal later.
            gap = around(random, 30, 90, 40) if chance(random, 10) else around(random, 1, 30, 12)
            return self.open_stage_2(random, case, self.days.later(reached, gap, office=office))
        gap = around(random, 29, 45, 30) if chance(random, 6) else around(random, 2, 28, 20)
        received = self.days.later(reached, gap, office=office)
        pace = panel_pace(random, in_time=chance(random, self.made.timeliness.stage_3))
        outcome = pick(random, self.made.outcomes["stage-3"])
        return stage_3(self.days, random, case, received, pace, outcome)

    def _enquiry(self, random: Random, case: Case, reached: date, *, after: str) -> PlannedStage:
        too_early = after == "stage-1"
        received = self.days.later(reached, around(random, 14, 150, 50), office=True)
        due = 7 if too_early else random.choice((14, 28, 28))
        in_time = chance(random, self.made.timeliness.ombudsman)
        taken = around(random, due // 2, due, due - 1) if in_time else due + around(random, 3, 14, 4)
        outcome = pick(random, self.made.outcomes["too-early-for-the-ombudsman" if too_early else "ombudsman"])
        decided_after = around(random, 2, 20, 6) if too_early else around(random, 30, 170, 80)
        return ombudsman(self.days, case, received, due, taken, outcome, decided_after=decided_after)
