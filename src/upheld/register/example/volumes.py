"""How many complaints an invented quarter brings, and what share of them is answered in time."""

from itertools import pairwise

from upheld.period import Quarter
from upheld.register.example.drawing import stream
from upheld.register.example.made_up import Timeliness, Volume

_LEVEL_OF = 2018  # the financial year that `Volume.level` is about
_FEWEST = 5


def stage_1_volume(seed: int, quarter: Quarter, volume: Volume) -> int:
    """Stage 1 complaints received in an invented quarter."""
    expected = volume.level * volume.season[quarter.number - 1]
    expected *= (1 + volume.growth_percent / 100) ** (quarter.year - _LEVEL_OF)
    expected *= volume.exceptions.get(quarter, 1.0)
    scatter = stream(seed, quarter.label, "volume").uniform(-1, 1) * volume.scatter_percent / 100
    return max(_FEWEST, round(expected * (1 + scatter)))


def stage_1_in_time(quarter: Quarter, timeliness: Timeliness) -> float:
    """The per cent of a quarter's stage 1 complaints answered in time: a straight line between the stated quarters."""
    stated = timeliness.stage_1
    if quarter <= stated[0][0]:
        return stated[0][1]
    for (before, low), (after, high) in pairwise(stated):
        if quarter <= after:
            gone = (quarter.index - before.index) / (after.index - before.index)
            return low + (high - low) * gone
    return stated[-1][1]
