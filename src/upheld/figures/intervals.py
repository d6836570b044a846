"""How far a small count can be trusted: exact intervals of a count, and Wilson's of a rate.

Both are at 95 per cent, in floating point to far more places than are shown. A count of rare events that come one by
one: Garwood's exact Poisson interval (F. Garwood, Biometrika 28, 1936). A rate: the score interval of E. B. Wilson
(Journal of the American Statistical Association 22, 1927), which stays between 0 and 1 and is sound with small bases
(R. G. Newcombe, Statistics in Medicine 17, 1998, compares seven).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, fsum, lgamma, log, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
_Z = NormalDist().inv_cdf(1 - _TAIL)
_STEPS = 80  # halvings: far below what a float can tell apart


@dataclass(frozen=True, slots=True)
class Interval:
    """From `lower` to `upper`, in the unit of the value."""

    lower: float
    upper: float


def of_count(count: int) -> Interval:
    """The expected numbers in a period for which a count so small, or so large, is not a rarity.

    Raises ValueError for a count below nought.
    """
    if count < 0:
        raise ValueError(f"A count cannot be {count}.")
    highest = 2.0 * count + 20.0  # beyond any upper end: that of 0 is 3.7, and they grow by less than two a count
    upper = _where(lambda mean: _at_most(count, mean) > _TAIL, 0.0, highest)
    lower = _where(lambda mean: 1 - _at_most(count - 1, mean) < _TAIL, 0.0, float(count)) if count else 0.0
    return Interval(lower, upper)


def of_rate(part: int, base: int) -> Interval:
    """The proportions for which a part so small, or so large, of a base is not a rarity; from 0 to 1.

    Raises ValueError where the base is nought or the part is not of it.
    """
    if base <= 0 or not 0 <= part <= base:
        raise ValueError(f"{part} of {base} is no rate.")
    share, square = part / base, _Z * _Z / base
    middle = (share + square / 2) / (1 + square)
    reach = _Z * sqrt(share * (1 - share) / base + square / (4 * base)) / (1 + square)
    # At the ends of the scale the interval reaches them: rounding must not leave a hair between.
    return Interval(0.0 if part == 0 else middle - reach, 1.0 if part == base else middle + reach)


def _at_most(count: int, mean: float) -> float:
    """The chance of at most `count` where `mean` are expected."""
    if mean <= 0:
        return 1.0 if count >= 0 else 0.0
    return min(1.0, fsum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1)))


def _where(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where a condition that holds at first stops holding."""
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2
