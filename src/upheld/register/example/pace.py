"""How long a stage takes, in working days: drawn in time or late, as it goes in offices.

The limits are those of SI 2006/1738: stage 1 reg 14(1) and (5), stage 2 reg 17(3) and (6), stage 3 regs 19(4) and
20(2)-(3). A pace only aims at them: tests fold every row with the procedure's own data and count again.
"""

from dataclasses import dataclass
from random import Random

from upheld.register.example.drawing import around, chance


@dataclass(frozen=True, slots=True)
class Pace:
    """Stages 1 and 2: working days to the answer (None: there is none), to the notice, and to the date promised."""

    days: int | None
    notice: int | None = None
    promised: int | None = None


@dataclass(frozen=True, slots=True)
class PanelPace:
    """Stage 3: to the panel from the request, to its report from the panel, to the response from the report."""

    panel: int
    report: int
    response: int


def stage_1_pace(random: Random, *, in_time: bool, dragging_percent: int = 0) -> Pace:
    """In time: within 10 working days, or within 20 when complexity was decided by the end of day 10.

    Of the late, `dragging_percent` wait for months.
    """
    if in_time:
        if chance(random, 24):
            return Pace(around(random, 12, 20, 18), notice=around(random, 4, 10, 9))
        return Pace(around(random, 2, 10, 9))
    if chance(random, dragging_percent):
        return Pace(around(random, 40, 95, 60), notice=around(random, 6, 10, 9) if chance(random, 40) else None)
    if chance(random, 28):
        return Pace(21 + _tail(random, 7, at_most=16), notice=around(random, 5, 10, 9))
    if chance(random, 25):
        notice = around(random, 11, 15, 12)
        return Pace(notice + 2 + _tail(random, 6, at_most=20), notice=notice)
    return Pace(11 + _tail(random, 12, at_most=34))


def stage_2_pace(random: Random, *, in_time: bool) -> Pace:
    """In time: within 25 working days, or by the date promised, at most 65, in a notice sent by the end of day 25."""
    if in_time:
        if chance(random, 22):
            return Pace(around(random, 18, 25, 24))
        promised = around(random, 45, 65, 60)
        return Pace(around(random, promised - 14, promised, promised - 2), around(random, 14, 25, 22), promised)
    if chance(random, 45):
        return Pace(66 + _tail(random, 16, at_most=90), around(random, 18, 25, 23), around(random, 55, 65, 65))
    if chance(random, 50):
        notice = around(random, 26, 33, 28)
        return Pace(around(random, 40, 85, 62), notice, around(random, 55, 65, 63))
    return Pace(around(random, 27, 75, 40))


def panel_pace(random: Random, *, in_time: bool) -> PanelPace:
    """In time when the panel met within 30 working days, its report went within 5 and the response within 15."""
    pace = PanelPace(around(random, 19, 30, 28), around(random, 2, 5, 5), around(random, 7, 15, 14))
    if in_time:
        return pace
    missed = random.choice(("panel", "panel", "report", "response"))
    return PanelPace(
        around(random, 31, 52, 35) if missed == "panel" else pace.panel,
        around(random, 6, 12, 7) if missed == "report" else pace.report,
        around(random, 16, 30, 18) if missed == "response" else pace.response,
    )


def _tail(random: Random, mean: int, *, at_most: int) -> int:
    return min(at_most, int(random.expovariate(1 / mean)))
