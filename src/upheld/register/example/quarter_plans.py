"""The cases that one quarter brings: as published, or made up. Each is planned to the end of its first stage."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from upheld.period import Quarter
from upheld.register.example.chains import Chains
from upheld.register.example.days import Days
from upheld.register.example.drawing import around, chance, pick, shared_out, stream
from upheld.register.example.made_up import MadeUp
from upheld.register.example.pace import Pace, PanelPace, stage_1_pace
from upheld.register.example.people import Case, draw_contact
from upheld.register.example.published import LaterRow, Published
from upheld.register.example.rows import PlannedStage
from upheld.register.example.stages import ombudsman, stage_1, stage_2, stage_3, withdrawn
from upheld.register.example.themes import deal_themes, draw_themes
from upheld.register.example.volumes import stage_1_in_time, stage_1_volume

PUBLISHED_PREFIX = "PB"
MADE_UP_PREFIX = "EX"


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A case with its stages so far. `from_row` is the published later row that opened it, if one did."""

    case: Case
    stages: list[PlannedStage]
    from_row: str = ""


@dataclass(frozen=True, slots=True)
class _Opening:
    """A complaint on its first day, before it has a number."""

    received: date
    team: str
    themes: tuple[str, ...]
    flags: frozenset[str] = frozenset()
    row: LaterRow | None = None


@dataclass(frozen=True, slots=True)
class QuarterPlans:
    """Plans quarters in order, numbering cases as they go."""

    seed: int
    days: Days
    made: MadeUp
    targets: Published
    chains: Chains

    def published(self, quarter: Quarter, rows: Iterable[LaterRow], numbered: int) -> list[PlannedCase]:
        """The stage 1 complaints of a published quarter, and those of its `rows` that open a case."""
        random = stream(self.seed, quarter.label, "published")
        target = self.targets.stages["stage-1", quarter]
        if quarter == self.targets.team_quarter:
            kinds = [
                (team, flags)
                for team, counts in self.targets.teams.items()
                for flags in shared_out(
                    random, counts.received, (("in-time", counts.in_time), ("upheld", counts.upheld))
                )
            ]
            random.shuffle(kinds)
            themes = deal_themes(random, self.targets)
        else:
            flags_of = shared_out(random, target.received, (("in-time", target.in_time), ("upheld", target.upheld)))
            kinds = [(self._draw_team(random), flags) for flags in flags_of]
            themes = [draw_themes(random, team, self.made) for team, _ in kinds]
        arrivals = self.days.arrivals(quarter, target.received, random, self.made)
        openings = [
            _Opening(received, team, about, flags)
            for received, (team, flags), about in zip(arrivals, kinds, themes, strict=True)
        ]
        for row in rows:
            if row.received is not None and row.received in quarter and row.after in ("before", "skipped"):
                team = self._draw_team(random)
                openings.append(_Opening(row.received, team, draw_themes(random, team, self.made), row=row))
        openings.sort(key=lambda opening: opening.received)
        return [
            self._open_published(quarter, place, numbered + place, opening)
            for place, opening in enumerate(openings, start=1)
        ]

    def made_up(self, quarter: Quarter, numbered: int) -> list[PlannedCase]:
        """The complaints of an invented quarter."""
        random = stream(self.seed, quarter.label, "made-up")
        volume = stage_1_volume(self.seed, quarter, self.made.volume)
        planned = []
        for place, received in enumerate(self.days.arrivals(quarter, volume, random, self.made), start=1):
            reference = f"{MADE_UP_PREFIX}-{quarter.code}-{place:03d}"
            own = stream(self.seed, reference)
            team = self._draw_team(own)
            case = self._case(own, numbered + place, reference, received, team, draw_themes(own, team, self.made))
            planned.append(PlannedCase(case, [self._open_made_up(own, quarter, case)]))
        return planned

    def _open_made_up(self, random: Random, quarter: Quarter, case: Case) -> PlannedStage:
        skip = random.random() * 1000 < self.made.skipped_per_thousand
        if skip and not case.contact.spoken and self.days.is_open(case.received):
            return self.chains.open_stage_2(random, case, case.received, skipped=True)
        timeliness = self.made.timeliness
        in_time = chance(random, stage_1_in_time(quarter, timeliness))
        pace = stage_1_pace(random, in_time=in_time, dragging_percent=timeliness.stage_1_dragging)
        outcome = pick(random, self.made.outcomes["stage-1"])
        planned = stage_1(self.days, random, case, pace, outcome)
        if chance(random, self.made.withdrawn_percent["stage-1"]):
            return withdrawn(self.days, planned, around(random, 1, 9, 4))
        return planned

    def _open_published(self, quarter: Quarter, place: int, number: int, opening: _Opening) -> PlannedCase:
        reference = f"{PUBLISHED_PREFIX}-{quarter.code}-{place:03d}"
        random = stream(self.seed, reference)
        case = self._case(random, number, reference, opening.received, opening.team, opening.themes)
        if opening.row is not None:
            while case.contact.spoken:  # a written complaint: nothing but its receipt starts its clock
                case = self._case(random, number, reference, opening.received, opening.team, opening.themes)
            return PlannedCase(case, [self.later(random, case, opening.row, opening.received)], opening.row.id)
        pace = stage_1_pace(random, in_time="in-time" in opening.flags)
        outcome = "upheld" if "upheld" in opening.flags else "not-upheld"
        planned = stage_1(self.days, random, case, pace, outcome)
        # When the report was made, every stage 1 complaint that it counts had been answered.
        answered_by = self.days.working(self.targets.report_date, -2)
        if planned.row.answered is not None and planned.row.answered > answered_by:
            planned = replace(planned, row=replace(planned.row, answered=answered_by), decided=answered_by)
        return PlannedCase(case, [planned])

    def later(self, random: Random, case: Case, row: LaterRow, received: date) -> PlannedStage:
        """A published row of a later stage, with the days that `data/later_stages.toml` gives it."""
        if row.stage == "stage-2":
            pace = Pace(row.days, row.notice, row.promised)
            return stage_2(self.days, random, case, received, pace, row.outcome, skipped=row.after == "skipped")
        if row.outcome is None or row.days is None:
            raise ValueError(f"data/later_stages.toml: {row.id} needs `outcome` and `days`: only stage 2 may be open")
        if row.stage == "stage-3" and row.panel is not None and row.report is not None:
            panel = PanelPace(row.panel, row.report, row.days)
            return stage_3(self.days, random, case, received, panel, row.outcome)
        if row.stage == "ombudsman" and row.due is not None:
            return ombudsman(self.days, case, received, row.due, row.days, row.outcome)
        raise ValueError(f"data/later_stages.toml: {row.id} lacks a field that its stage needs")

    def _draw_team(self, random: Random) -> str:
        return pick(random, {name: team.weight for name, team in self.made.teams.items()})

    def _case(
        self, random: Random, number: int, reference: str, received: date, team: str, themes: tuple[str, ...]
    ) -> Case:
        of = self.made.teams[team]
        contact = draw_contact(random, of, received, self.days, self.made)
        return Case(number, reference, received, of, themes, contact)
