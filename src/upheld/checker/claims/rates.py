"""Percentages whose counts stand in the tables, or in what was said before."""

import re
from dataclasses import replace
from fractions import Fraction

from upheld.checker.answer import Said, cannot_tell, judged_percent, number, right, slip, wrong
from upheld.checker.binding import Ask, Fact, Index
from upheld.checker.claims.bound_changes import rate_of
from upheld.checker.claims.meant import names_what, subject_at
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.series import sums_of
from upheld.checker.claims.shares import judged_share, said_of
from upheld.checker.claims.subjects import Subject, subject_of
from upheld.checker.claims.thresholds import holds, judged_near
from upheld.checker.model import Claim, Kind, Severity
from upheld.checker.numbers import Near, Quantity, Unit
from upheld.checker.periods import Period
from upheld.checker.rounding import Fit, fit, percent
from upheld.checker.words import PARTS, facets_of

_WITHOUT = re.compile(
    r"\bwithout\s+(?:(?:going|being|any|having|recourse|referral|escalat\w+|involv\w+|the|a|to|of|need\w*)\s+)*"
    r"(?:the\s+)?(?:ombudsman|lgsco|stage\s+(?:2|two|3|three))\b",
    re.IGNORECASE,
)


def _bases(
    sentence: Sentence, quantity: Quantity, index: Index, ask: Ask, earlier: tuple[Quantity, ...]
) -> list[Fraction]:
    """What a percentage may be of: counts named before it, and each whole that the tables hold."""
    named = [
        q.value
        for q in (*sentence.quantities, *earlier)
        if q.unit is Unit.COUNT and (q in earlier or q.end <= quantity.start)
    ]
    facts = [index.value(replace(ask, measure=measure)) for measure in ("closed", "decided", "received")]
    return [base for base in (*named, *(fact.value for fact in facts if fact is not None)) if base > 0]


def _complement(said: Said, quantity: Quantity, subject: Subject, index: Index, stages: frozenset[str]) -> Claim:
    """A share of all that did not come to a stage: all, less what did, out of all."""
    ask = replace(subject.ask, measure="received", stages=frozenset(), total=True)
    wholes = {fact.value for fact in index.find(ask)} or set(sums_of(index, ask)[:1])
    part = index.value(replace(ask, stages=stages, total=False)) or _total_of(index, replace(ask, stages=stages))
    if len(wholes) != 1 or part is None or not (whole := wholes.pop()) or part.value > whole:
        return cannot_tell(said, "The report does not give both numbers that this share is of.")
    upper = whole - part.value
    how = f"{number(whole)} less {number(part.value)} is {number(upper)}, which of {number(whole)}"
    if quantity.near is not Near.EXACT:
        return judged_near(said, quantity, 100 * upper / whole, how, (upper, whole))
    return judged_percent(said, quantity.value, 100 * upper / whole, quantity.decimals, how, (upper, whole))


def _total_of(index: Index, ask: Ask) -> Fact | None:
    totals = [f for f in index.find(replace(ask, total=False)) if f.total and not f.derived]
    return totals[0] if len({f.value for f in totals}) == 1 else None


def percentage(
    sentence: Sentence, index: Index, now: Period | None, i: int, *, old: bool, earlier: tuple[Quantity, ...]
) -> Claim:
    """A percentage that stands alone, against the two counts that the tables give for it."""
    quantity = sentence.quantities[i]
    said = said_of(sentence, Kind.PERCENTAGE, i)
    subject = subject_at(sentence, i, index, now, old=old)
    if subject is None:
        missing = "The report does not give the two counts that this percentage is made of."
        return cannot_tell(said, missing, bound=names_what(sentence, i))
    outside = _WITHOUT.search(sentence.text[: quantity.end + 120], quantity.end)
    if outside is not None:
        return _complement(said, quantity, subject, index, facets_of(outside[0]).stages)
    printed = index.find(subject.ask, percent=True)
    same = next((f for f in printed if fit(quantity.value, f.value, quantity.decimals).is_right), None)
    rate = rate_of(index, subject.ask) if subject.ask.measure in PARTS else None
    if rate is not None:
        exact, part, whole = rate
        how = f"{number(part.value)} of {number(whole.value)} in table {part.place.table} ({part.label})"
        if quantity.near is not Near.EXACT:
            for base in _bases(sentence, quantity, index, subject.ask, earlier):
                share = 100 * part.value / base
                if base >= part.value and holds(quantity, share):
                    return judged_near(
                        said, quantity, share, f"{number(part.value)} of {number(base)}", (part.value, base)
                    )
            if subject.certain or holds(quantity, exact):
                return judged_near(said, quantity, exact, how, (part.value, whole.value))
            return cannot_tell(said, "It is not sure which numbers of the tables are meant.")
        verdict = fit(quantity.value, exact, quantity.decimals)
        if verdict.is_right:
            return right(said, f"{how} is {percent(exact)}.", percent(exact), (part.value, whole.value))
        for base in _bases(sentence, quantity, index, subject.ask, earlier):
            if base >= part.value and fit(quantity.value, 100 * part.value / base, quantity.decimals).is_right:
                return judged_share(said, quantity, part.value, base)
        if same is not None and not part.derived:
            return right(
                said,
                f"Table {same.place.table} says {percent(same.value)} ({same.label}).",
                percent(same.value),
                (same.value,),
            )
        sure = (
            subject.certain
            and (not subject.inherited or verdict is Fit.CUT_OFF)
            and not (part.derived or whole.derived)
        )
        if sure or (verdict is Fit.CUT_OFF and subject.said_measure):
            claim = judged_share(
                said, quantity, part.value, whole.value, where=f" in table {part.place.table} ({part.label})"
            )
            other = _other_rate(index, subject.ask, quantity)
            return claim if other is None or claim.severity is Severity.MINOR else replace(claim, cause=other)
        return cannot_tell(
            said, "It is not sure which numbers of the tables this is of; those nearest to its words do not give it."
        )
    if same is not None:
        return right(
            said,
            f"Table {same.place.table} says {percent(same.value)} ({same.label}).",
            percent(same.value),
            (same.value,),
        )
    if (
        printed
        and subject.certain
        and len({f.value for f in printed}) == 1
        and subject.said_measure
        and quantity.near is Near.EXACT
        and not any(q.unit is Unit.COUNT for q in sentence.quantities)
    ):
        fact = printed[0]
        if abs(fact.value - quantity.value) >= 1 and not subject.inherited:
            return wrong(
                said,
                f"Table {fact.place.table} says {percent(fact.value)} ({fact.label}).",
                percent(fact.value),
                (fact.value,),
                cause=slip(quantity.value, fact.value) or "two values for one thing",
            )
    return cannot_tell(said, "The report does not give the two counts that this percentage is made of.")


def _other_rate(index: Index, ask: Ask, quantity: Quantity) -> str | None:
    """Another period or another measure whose rate it is."""
    if ask.period is not None:
        for months in (-3, -12, 3, 12):
            other = rate_of(index, replace(ask, period=ask.period.moved(months)))
            if other is not None and fit(quantity.value, other[0], quantity.decimals).is_right:
                return f"it is the rate of {ask.period.moved(months)}"
    part = index.value(ask)
    if part is not None:
        for measure in sorted(PARTS - {ask.measure}):
            base = index.value(replace(ask, measure=measure))
            if (
                base is not None
                and base.value
                and fit(quantity.value, 100 * part.value / base.value, quantity.decimals).is_right
            ):
                return f"wrong base: {number(part.value)} of the {number(base.value)} {measure.replace('_', ' ')}"
    return None


def pair_of(sentence: Sentence, index: Index, now: Period | None, upper: int, share: int) -> Claim:
    """A count with its percentage, whose base stands in the sentence, before it, or in a table."""
    n, p = sentence.quantities[upper], sentence.quantities[share]
    said = said_of(sentence, Kind.PERCENTAGE, upper, share)
    earlier = [q for i, q in enumerate(sentence.quantities) if q.unit is Unit.COUNT and q.end < n.start and q.value > 0]
    for base in reversed(earlier):
        if base.value >= n.value and fit(p.value, 100 * n.value / base.value, p.decimals) is not Fit.NONE:
            return judged_share(said, p, n.value, base.value)
    subject = subject_of(sentence, n.end, index, now)
    bases: list[Fact] = []
    if subject is not None:
        wholes = [index.value(replace(subject.ask, measure=m)) for m in ("received", "decided", "closed")]
        group = subject.ask
        if not any(wholes) or subject.ask.measure == "received":
            wholes.append(index.value(replace(group, words=frozenset(), measure="received")))
            wholes.append(index.value(replace(group, words=frozenset(), measure="received", stages=frozenset())))
        bases = [fact for fact in wholes if fact is not None and fact.value >= n.value > 0]
    for fact in bases:
        if fit(p.value, 100 * n.value / fact.value, p.decimals).is_right:
            return judged_share(said, p, n.value, fact.value, where=f" in table {fact.place.table} ({fact.label})")
    near = [base for base in reversed(earlier) if base.value >= n.value]
    sure = subject is not None and subject.certain and subject.ask.measure in PARTS
    if sure and bases and not bases[0].derived:
        fact = bases[0]
        return judged_share(said, p, n.value, fact.value, where=f" in table {fact.place.table} ({fact.label})")
    if len(near) == 1 and subject is not None and subject.certain and subject.ask.measure in PARTS:
        return judged_share(said, p, n.value, near[0].value)
    return cannot_tell(said, "The report does not say what this percentage is of.")
