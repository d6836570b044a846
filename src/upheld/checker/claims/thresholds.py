"""More than, at least, about, nearly: what such words promise of the exact figure."""

from collections.abc import Sequence
from fractions import Fraction

from upheld.checker.answer import Said, right, wrong
from upheld.checker.model import Claim, Kind, Severity
from upheld.checker.numbers import Near, Quantity, Unit
from upheld.checker.rounding import Fit, fit, percent, shown

# How far "about" and "nearly" reach. Two percentage points, or a tenth of a count: what a reader would not call wrong.
_ABOUT_POINTS = Fraction(2)
_ABOUT_PART = Fraction(1, 10)
# A fraction in words ("a third") is coarser: five points.
_IN_WORDS_POINTS = Fraction(5)


def judged_near(said: Said, stated: Quantity, exact: Fraction, how: str, counts: Sequence[Fraction]) -> Claim:
    """A figure that is stated with such a word, against the exact one."""
    is_percent = stated.unit in (Unit.PERCENT, Unit.POINTS)
    computed = percent(exact) if is_percent else shown(exact)
    why = f"{how} is {computed}." if how else f"It is {computed}."
    if holds(stated, exact):
        return right(said, why, computed, counts)
    rounded = fit(stated.value, exact, stated.decimals) is not Fit.NONE
    kind = Said(said.place, said.quote, Kind.THRESHOLD, said.stated, said.start, said.end, said.numbers)
    close = rounded or (is_percent and abs(stated.value - exact) < 1)
    return wrong(
        kind,
        why,
        computed,
        counts,
        severity=Severity.MINOR if close else Severity.MATERIAL,
        cause=f"“{stated.near}” is not true of it"
        if stated.near in (Near.OVER, Near.UNDER, Near.AT_LEAST, Near.AT_MOST)
        else None,
    )


def holds(stated: Quantity, exact: Fraction) -> bool:
    """Whether the words are true of the exact figure."""
    value = stated.value
    if stated.near is Near.OVER:
        return exact > value
    if stated.near is Near.UNDER:
        return exact < value
    if stated.near is Near.AT_LEAST:
        return exact >= value
    if stated.near is Near.AT_MOST:
        return exact <= value
    if fit(value, exact, stated.decimals).is_right:
        return True
    if stated.unit in (Unit.PERCENT, Unit.POINTS):
        return abs(value - exact) <= (_IN_WORDS_POINTS if stated.in_words else _ABOUT_POINTS)
    return abs(value - exact) <= max(Fraction(1), abs(exact) * _ABOUT_PART)
