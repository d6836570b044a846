"""Counts and percentages that a sentence simply states, against the cells of the tables that it speaks of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from upheld.checker.answer import Said, cannot_tell, number, right, slip, wrong
from upheld.checker.binding import Ask, Fact, Index
from upheld.checker.claims.bound_changes import before_of, rate_of
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.shares import judged_share, said_of
from upheld.checker.claims.subjects import Subject, subject_of
from upheld.checker.claims.thresholds import holds, judged_near
from upheld.checker.model import Claim, Kind, Severity
from upheld.checker.numbers import Near, Quantity, Unit
from upheld.checker.periods import Period
from upheld.checker.rounding import Fit, fit, percent
from upheld.checker.words import PARTS, WHOLES, facets_of

_COUNTED = re.compile(
    r"\s*(?:(?:new|formal|statutory|corporate|children'?s|child|social care|stage|stages?|one|two|three|1|2|3|open"
    r"|further|total|of|these|the|them|were|was|are|have|had|been|still|remain|not|partly|partially|fully|upheld"
    r"|received"
    r"|complaints?|cases?|compliments?|concerns?|enquir\w+|quer\w+|contacts?|representations?|requests?|appeals?"
    r"|closed|answered|responded|in|on|within|at|went|escalated|progressed|more|ombudsman|lgsco|investigat\w+"
    r"|responses?|withdrawn|reviews?|panels?)\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:$|[.,;)]|⟨|and\b|in\b|at\b|compared|against)")


def levels_of(
    sentence: Sentence,
    index: Index,
    now: Period | None,
    used: frozenset[int],
    pairs: Sequence[tuple[int, int]],
    olds: frozenset[int],
) -> Iterator[Claim]:
    """A claim for each number of a sentence that no arithmetic of its own has taken. `olds` are compared with."""
    for upper, share in pairs:
        yield _pair(sentence, index, now, upper, share)
    for i, quantity in enumerate(sentence.quantities):
        if i in used:
            continue
        if quantity.unit is Unit.COUNT and _is_counted(sentence, quantity):
            yield _count(sentence, index, now, i, old=i in olds)
        elif quantity.unit is Unit.PERCENT:
            yield _percentage(sentence, index, now, i, old=i in olds)
        elif quantity.unit in (Unit.POINTS, Unit.DAYS):
            said = said_of(sentence, Kind.AVERAGE if quantity.unit is Unit.DAYS else Kind.CHANGE, i)
            yield cannot_tell(said, "The report does not give what this was worked out from.")


def _is_counted(sentence: Sentence, quantity: Quantity) -> bool:
    after = sentence.text[quantity.end :]
    if quantity.value.denominator != 1:
        return False
    return bool(
        _COUNTED.match(after)
        or _ENDS.match(after)
        or re.match(r"\s+[\w'-]+(?:\s+[\w'-]+){0,3}\s+(?:complaints?|cases?)\b", after)
    )


def _subject(sentence: Sentence, i: int, index: Index, now: Period | None, *, old: bool) -> Subject | None:
    quantity = sentence.quantities[i]
    subject = subject_of(sentence, quantity.end, index, now)
    if subject is None or not old:
        return subject
    period, said = sentence.period_of(quantity.end, now)
    if not said or (period == subject.ask.period and period == now):
        period, said = before_of(sentence, now, quantity.start)
    return (
        Subject(replace(subject.ask, period=period), subject.certain and said, subject.inherited, subject.said_measure)
        if period
        else None
    )


def _count(sentence: Sentence, index: Index, now: Period | None, i: int, *, old: bool) -> Claim:
    quantity = sentence.quantities[i]
    kind = Kind.NOTHING if quantity.value == 0 else Kind.COUNT
    said = said_of(sentence, kind, i)
    subject = _subject(sentence, i, index, now, old=old)
    if subject is None:
        return cannot_tell(
            said, "Nothing in the report's tables says what this counts.", bound=_names_what(sentence, i)
        )
    facts = _facts(index, subject.ask, sentence)
    if not facts:
        return cannot_tell(said, f"No table of the report gives {_about(subject.ask)}.", bound=_names_what(sentence, i))
    return _against(said, quantity, facts, subject)


def _facts(index: Index, ask: Ask, sentence: Sentence) -> list[Fact]:
    del sentence
    found = index.find(ask)
    if not found and ask.measure in WHOLES and ask.measure != "received":
        return []
    return found


def _against(said: Said, quantity: Quantity, facts: Sequence[Fact], subject: Subject) -> Claim:
    near = quantity.near is not Near.EXACT
    agreeing = next((f for f in facts if (holds(quantity, f.value) if near else f.value == quantity.value)), None)
    if agreeing is not None:
        return right(
            said,
            f"Table {agreeing.place.table} says {number(agreeing.value)} ({agreeing.label}).",
            number(agreeing.value),
            (agreeing.value,),
        )
    printed = [fact for fact in facts if not fact.derived]
    values = {fact.value for fact in printed}
    if len(values) != 1 or not subject.certain or (subject.inherited and subject.ask.measure in PARTS):
        return cannot_tell(
            said, "It is not sure which number of the tables is meant; those nearest to its words differ from it."
        )
    fact = printed[0]
    where = f"Table {fact.place.table} says {number(fact.value)} ({fact.label})."
    if near:
        return judged_near(said, quantity, fact.value, "", (fact.value,))
    return wrong(
        said,
        where,
        number(fact.value),
        (fact.value,),
        cause=slip(quantity.value, fact.value) or _elsewhere(quantity, facts),
    )


def _elsewhere(quantity: Quantity, facts: Sequence[Fact]) -> str:
    del quantity, facts
    return "two values for one thing"


def _names_what(sentence: Sentence, i: int) -> bool:
    """Whether the words around a number say what it measures, be it another's number."""
    segment = sentence.segment_at(sentence.quantities[i].start)
    said = facets_of(sentence.text)
    return bool(segment.facets.measures or segment.facets.nouns or said.measures or said.nouns)


def _about(ask: Ask) -> str:
    stages = " and ".join(sorted(f"stage {s}" if s.isdigit() else "Ombudsman" for s in ask.stages))
    parts = [stages, ask.measure.replace("_", " "), f"in {ask.period}" if ask.period else ""]
    return ", ".join(part for part in parts if part) or "this"


def _percentage(sentence: Sentence, index: Index, now: Period | None, i: int, *, old: bool) -> Claim:
    quantity = sentence.quantities[i]
    said = said_of(sentence, Kind.PERCENTAGE, i)
    subject = _subject(sentence, i, index, now, old=old)
    if subject is None:
        missing = "The report does not give the two counts that this percentage is made of."
        return cannot_tell(said, missing, bound=_names_what(sentence, i))
    printed = index.find(subject.ask, percent=True)
    same = next((f for f in printed if fit(quantity.value, f.value, quantity.decimals).is_right), None)
    rate = rate_of(index, subject.ask) if subject.ask.measure in PARTS else None
    if rate is not None:
        exact, part, whole = rate
        how = f"{number(part.value)} of {number(whole.value)} in table {part.place.table} ({part.label})"
        if quantity.near is not Near.EXACT:
            if subject.certain or holds(quantity, exact):
                return judged_near(said, quantity, exact, how, (part.value, whole.value))
            return cannot_tell(said, "It is not sure which numbers of the tables are meant.")
        verdict = fit(quantity.value, exact, quantity.decimals)
        if verdict.is_right:
            return right(said, f"{how} is {percent(exact)}.", percent(exact), (part.value, whole.value))
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


def _pair(sentence: Sentence, index: Index, now: Period | None, upper: int, share: int) -> Claim:
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
