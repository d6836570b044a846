"""How a claim is put together: one way for every check."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from upheld.checker.model import Claim, Kind, Place, Severity, Verdict
from upheld.checker.rounding import Fit, fit, half_even, half_up, percent, shown


@dataclass(frozen=True, slots=True)
class Said:
    """What is claimed, and where: the words, their place, and which numbers are in them."""

    place: Place
    quote: str
    kind: Kind
    stated: str
    start: int = 0
    end: int = 0
    numbers: tuple[tuple[Place, int], ...] = ()


def plain_numbers(values: Sequence[Fraction]) -> tuple[int | float, ...]:
    """Exact values as a reader of JSON takes them."""
    return tuple(v.numerator if v.denominator == 1 else float(v) for v in values)


def made(
    said: Said,
    verdict: Verdict,
    why: str,
    *,
    computed: str | None = None,
    counts: Sequence[Fraction] = (),
    severity: Severity | None = None,
    cause: str | None = None,
) -> Claim:
    """The claim with its verdict."""
    return Claim(
        said.place,
        said.quote,
        said.kind,
        said.stated,
        verdict,
        why,
        computed,
        plain_numbers(counts),
        severity,
        cause,
        said.start,
        said.end,
        said.numbers or ((said.place, said.start),),
    )


def right(said: Said, why: str, computed: str | None = None, counts: Sequence[Fraction] = ()) -> Claim:
    """A claim that the report's own numbers bear out."""
    return made(said, Verdict.RIGHT, why, computed=computed, counts=counts)


def wrong(
    said: Said,
    why: str,
    computed: str,
    counts: Sequence[Fraction] = (),
    *,
    severity: Severity = Severity.MATERIAL,
    cause: str | None = None,
) -> Claim:
    """A claim that the report's own numbers contradict."""
    return made(said, Verdict.WRONG, why, computed=computed, counts=counts, severity=severity, cause=cause)


def cannot_tell(said: Said, why: str, *, bound: bool = True) -> Claim:
    """A claim of which the report does not say enough. `why` names what is missing.

    `bound` is false where it is not even known what its numbers speak of.
    """
    return replace(made(said, Verdict.CANNOT_TELL, why), bound=bound)


def judged_percent(
    said: Said,
    stated: Fraction,
    exact: Fraction,
    decimals: int,
    how: str,
    counts: Sequence[Fraction],
    *,
    cause: str | None = None,
) -> Claim:
    """A percentage against the exact one: right, cut off, or wrong by how much. `how` says what it is worked out of."""
    verdict = fit(stated, exact, decimals)
    computed = percent(exact, max(1, decimals + 1) if exact.denominator != 1 else decimals)
    if verdict.is_right and half_up(exact, decimals) != half_even(exact, decimals):
        halves = "up" if verdict is Fit.HALF_UP else "even"
        why = f"{how} is {computed}, rounded half {'up' if halves == 'up' else 'to even'}."
        return replace(right(said, why, computed, counts), halves=halves)
    if verdict.is_right:
        return right(said, f"{how} is {computed}.", computed, counts)
    if verdict is Fit.CUT_OFF:
        why = f"{how} is {computed}, which rounds to {percent_to(exact, decimals)}."
        return wrong(said, why, computed, counts, severity=Severity.MINOR, cause="cut off instead of rounded")
    near = abs(stated - exact) < 1
    return wrong(
        said,
        f"{how} is {computed}.",
        computed,
        counts,
        severity=Severity.MINOR if near else Severity.MATERIAL,
        cause=cause or slip(stated, exact, decimals) or ("rounded wrongly" if near else None),
    )


def percent_to(value: Fraction, decimals: int) -> str:
    """A percentage rounded half up to so many decimals."""
    return percent(half_up(value, decimals), decimals)


def slip(stated: Fraction, exact: Fraction, decimals: int = 0) -> str | None:
    """The slip of the hand that explains a wrong number: digits swapped, one left out, one doubled."""
    a, b = digits(stated, decimals), digits(half_up(exact, decimals), decimals)
    if a != b and len(a) > 1 and sorted(a) == sorted(b):
        return "swapped digits"
    if len(b) == len(a) + 1 and any(b[:i] + b[i + 1 :] == a for i in range(len(b))) and len(b) > 2:
        return "a digit left out"
    if len(a) == len(b) + 1 and any(a[:i] + a[i + 1 :] == b for i in range(len(a))) and len(a) > 2:
        return "a digit too many"
    return None


def digits(value: Fraction, decimals: int) -> str:
    """The digits of a number with so many decimals."""
    return str(abs(value.numerator) * 10**decimals // value.denominator)


def number(value: Fraction) -> str:
    """A count for people."""
    return shown(value, 1)
