"""Rounding, exactly: is a stated figure what its counts give, rounded half up, half to even, or cut off?"""

from enum import StrEnum
from fractions import Fraction


class Fit(StrEnum):
    """How a stated figure stands to the exact one."""

    EXACT = "exact"
    HALF_UP = "rounded"
    HALF_EVEN = "rounded half to even"
    CUT_OFF = "cut off"
    NONE = "none"

    @property
    def is_right(self) -> bool:
        """Whether it is the exact figure rightly rounded."""
        return self not in (Fit.CUT_OFF, Fit.NONE)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """The value to so many decimals, halves away from nought."""
    scale = 10**decimals
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def half_even(value: Fraction, decimals: int) -> Fraction:
    """The value to so many decimals, halves to the even neighbour."""
    return Fraction(round(value * 10**decimals), 10**decimals)


def cut_off(value: Fraction, decimals: int) -> Fraction:
    """The value with what follows its decimals left away."""
    scale = 10**decimals
    whole = abs(value) * scale // 1
    return Fraction(whole if value >= 0 else -whole, scale)


def fit(stated: Fraction, exact: Fraction, decimals: int) -> Fit:
    """How `stated`, shown with so many decimals, stands to `exact`."""
    if stated == exact:
        return Fit.EXACT
    if stated == half_up(exact, decimals):
        return Fit.HALF_UP
    if stated == half_even(exact, decimals):
        return Fit.HALF_EVEN
    return Fit.CUT_OFF if stated == cut_off(exact, decimals) else Fit.NONE


def possible_counts(stated: Fraction, decimals: int, base: int) -> tuple[int, ...]:
    """The whole counts of `base` whose percentage is `stated`, however it was rounded."""
    near = int(stated * base / 100)
    return tuple(
        n
        for n in range(max(0, near - 2), min(base, near + 3) + 1)
        if fit(stated, Fraction(100 * n, base), decimals) is not Fit.NONE
    )


def shown(value: Fraction, decimals: int = 1) -> str:
    """A number for people: whole where it is whole, else with so many decimals, halves up."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    rounded = half_up(value, decimals)
    scaled = abs(rounded.numerator) * 10**decimals // rounded.denominator
    sign = "-" if value < 0 else ""
    return f"{sign}{scaled // 10**decimals:,}.{scaled % 10**decimals:0{decimals}d}"


def percent(value: Fraction, decimals: int = 1) -> str:
    """A percentage for people."""
    return f"{shown(value, decimals)}%"
