"""Is a change more than ordinary variation? XmR limits, exactly, and the rules that read a series against them.

The limits of individual values (Shewhart's chart for single measurements; D. J. Wheeler, "Understanding Variation",
2nd ed. 2000, chapters 3 to 5): the mean of the baseline, and 2.66 mean moving ranges to either side, where 2.66 is
3 / 1.128, three sigma in units of the mean range of two. Nothing is assumed of the values' distribution. What such
limits give as false alarms, and what they miss, is measured in docs/reference/variation.md.

A period without data is a gap: it has no moving range to either side, belongs to no run, and is never nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

FEWEST = 12  # periods with data before limits are drawn: with fewer they say more about luck than about the service
MOST = 24  # the baseline is what is recent: what was ordinary seven years ago is not what is ordinary now
RUN = 8  # successive values on one side of the mean
NEAR, OUT_OF = 3, 4  # of so many successive values, so many nearer to a limit than to the mean
_SCALE = Fraction(266, 100)  # as Wheeler prints it

Value = Fraction | int | None


class Signal(StrEnum):
    """Why a value is more than ordinary variation: Wheeler's rules one, two and three."""

    BEYOND = "beyond-a-limit"
    NEAR_A_LIMIT = "near-a-limit"
    RUN = "run-on-one-side"


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of a baseline and its natural process limits, and how many periods they rest on."""

    mean: Fraction
    lower: Fraction
    upper: Fraction
    periods: int


@dataclass(frozen=True, slots=True)
class Variation:
    """A series read against its limits. Without limits there are no signals: `limits` None says there is too little.

    `signals` has an entry for each value of the series; `newest` is what is to be said of the last one.
    """

    limits: Limits | None
    signals: tuple[tuple[Signal, ...], ...]

    @property
    def newest(self) -> tuple[Signal, ...]:
        """The signals of the last value."""
        return self.signals[-1] if self.signals else ()


def variation(series: Sequence[Value], *, least: Value = 0, most: Value = None) -> Variation:
    """Read a series of equal periods, oldest first, the last of them the newest that is complete.

    The limits come from the periods before the newest, at most `MOST` of them, so that it is judged by what went before
    and not by itself. `least` and `most` are what a value cannot pass (a count is not below 0, a rate not above 1):
    limits are cut there, and a value on such an edge is not beyond it.
    """
    values = [None if value is None else Fraction(value) for value in series]
    limits = _limits(values[:-1][-MOST:], least, most)
    if limits is None:
        return Variation(None, ((),) * len(values))
    return Variation(limits, tuple(_signals(values, place, limits) for place in range(len(values))))


def _limits(baseline: Sequence[Fraction | None], least: Value, most: Value) -> Limits | None:
    known = [value for value in baseline if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(baseline) if a is not None and b is not None]
    if len(known) < FEWEST or not ranges:
        return None
    mean = sum(known, Fraction(0)) / len(known)
    reach = _SCALE * sum(ranges, Fraction(0)) / len(ranges)
    lower, upper = mean - reach, mean + reach
    return Limits(
        mean,
        lower if least is None else max(lower, Fraction(least)),
        upper if most is None else min(upper, Fraction(most)),
        len(known),
    )


def _signals(values: Sequence[Fraction | None], place: int, limits: Limits) -> tuple[Signal, ...]:
    value = values[place]
    if value is None:
        return ()
    found = []
    if not limits.lower <= value <= limits.upper:
        found.append(Signal.BEYOND)
    side = _side(value, limits)
    if side and _is_near(value, limits):
        last = values[max(0, place - OUT_OF + 1) : place + 1]
        if sum(v is not None and _side(v, limits) == side and _is_near(v, limits) for v in last) >= NEAR:
            found.append(Signal.NEAR_A_LIMIT)
    last = values[max(0, place - RUN + 1) : place + 1]
    if side and len(last) == RUN and all(v is not None and _side(v, limits) == side for v in last):
        found.append(Signal.RUN)
    return tuple(found)


def _side(value: Fraction, limits: Limits) -> int:
    return (value > limits.mean) - (value < limits.mean)


def _is_near(value: Fraction, limits: Limits) -> bool:
    """Nearer to the limit of its side than to the mean."""
    limit = limits.upper if value > limits.mean else limits.lower
    return abs(value - limits.mean) > abs(limit - limits.mean) / 2
