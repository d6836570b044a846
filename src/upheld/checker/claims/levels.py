"""Counts and percentages that a sentence simply states, against the cells of the tables that it speaks of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from upheld.checker.answer import Said, cannot_tell, number, right, slip, wrong
from upheld.checker.binding import Ask, Fact, Index
from upheld.checker.claims.lists import base_of_outcomes
from upheld.checker.claims.meant import names_what, subject_at
from upheld.checker.claims.rates import pair_of, percentage
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.series import sums_of
from upheld.checker.claims.shares import said_of
from upheld.checker.claims.subjects import Subject, subject_of
from upheld.checker.claims.thresholds import holds, judged_near
from upheld.checker.model import Claim, Kind
from upheld.checker.numbers import Near, Quantity, Unit
from upheld.checker.periods import Period
from upheld.checker.rounding import fit, shown
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
_PART_OF = re.compile(r"\s+of\s+(?:the|these|those|all(?: the)?|our)\s+(?!\d)", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[.,;)]|⟨|and\b|in\b|at\b|compared|against)")


def levels_of(
    sentence: Sentence,
    index: Index,
    now: Period | None,
    used: frozenset[int],
    pairs: Sequence[tuple[int, int]],
    olds: frozenset[int],
    news: frozenset[int],
    uppers: frozenset[int],
    earlier: tuple[Quantity, ...],
) -> Iterator[Claim]:
    """A claim for each number of a sentence that no arithmetic of its own has taken. `olds` are compared with."""
    for upper, share in pairs:
        yield pair_of(sentence, index, now, upper, share)
    whole = base_of_outcomes(sentence)
    for i, quantity in enumerate(sentence.quantities):
        if i == whole:
            continue  # judged with its parts
        if i in used:
            # Its own sentence bears it out; the tables may still contradict it.
            if i in uppers:
                yield from _upper(sentence, index, now, i)
            continue
        if quantity.unit is Unit.COUNT and (i in olds or i in news or _is_counted(sentence, quantity)):
            yield _count(sentence, index, now, i, old=i in olds)
        elif quantity.unit is Unit.PERCENT:
            yield percentage(sentence, index, now, i, old=i in olds, earlier=earlier)
        elif quantity.unit is Unit.DAYS:
            yield _average(sentence, index, now, i, old=i in olds)
        elif quantity.unit is Unit.POINTS:
            yield cannot_tell(
                said_of(sentence, Kind.CHANGE, i), "The report does not give what this was worked out from."
            )


def _is_counted(sentence: Sentence, quantity: Quantity) -> bool:
    after = sentence.text[quantity.end :]
    if quantity.value.denominator != 1:
        return False
    return bool(
        _COUNTED.match(after)
        or _ENDS.match(after)
        or re.match(r"\s+[\w'-]+(?:\s+[\w'-]+){0,3}\s+(?:complaints?|cases?)\b", after)
    )


def _count(sentence: Sentence, index: Index, now: Period | None, i: int, *, old: bool) -> Claim:
    quantity = sentence.quantities[i]
    kind = Kind.NOTHING if quantity.value == 0 else Kind.COUNT
    said = said_of(sentence, kind, i)
    subject = subject_at(sentence, i, index, now, old=old)
    if subject is not None and _PART_OF.match(sentence.text, quantity.end):
        return _part(said, quantity, index.find(replace(subject.ask, measure="received")))
    if subject is None:
        return cannot_tell(said, "Nothing in the report's tables says what this counts.", bound=names_what(sentence, i))
    facts = _facts(index, subject.ask, sentence)
    if not facts and subject.ask.measure == "received" and not subject.ask.stages:
        return _sum(said, quantity, subject, sums_of(index, subject.ask))
    if not facts:
        return cannot_tell(said, f"No table of the report gives {_about(subject.ask)}.", bound=names_what(sentence, i))
    return _against(said, quantity, facts, subject, index)


def _average(sentence: Sentence, index: Index, now: Period | None, i: int, *, old: bool) -> Claim:
    quantity = sentence.quantities[i]
    said = said_of(sentence, Kind.AVERAGE, i)
    subject = subject_at(sentence, i, index, now, old=old)
    facts = index.find(replace(subject.ask, measure="average")) if subject is not None else []
    values = {fact.value for fact in facts}
    if subject is None or len(values) != 1:
        return cannot_tell(said, "The report does not give what this was worked out from.")
    fact = facts[0]
    where = f"Table {fact.place.table} says {shown(fact.value, fact.decimals)} ({fact.label})."
    about = quantity.near is not Near.EXACT and holds(quantity, fact.value)
    if about or fit(quantity.value, fact.value, quantity.decimals).is_right:
        return right(said, where, shown(fact.value, fact.decimals), (fact.value,))
    if not subject.certain or quantity.near is not Near.EXACT:
        return cannot_tell(said, "It is not sure which average of the tables is meant.")
    cause = slip(quantity.value, fact.value, quantity.decimals) or "two values for one thing"
    return wrong(said, where, shown(fact.value, fact.decimals), (fact.value,), cause=cause)


def _sum(said: Said, quantity: Quantity, subject: Subject, sums: Sequence[Fraction]) -> Claim:
    """A number of all stages, where no table prints it."""
    if not sums or quantity.near is not Near.EXACT:
        return cannot_tell(said, "No table of the report gives this number.")
    if quantity.value in sums:
        return right(said, f"The stages add up to {number(quantity.value)}.", number(quantity.value), (quantity.value,))
    if not subject.ask.total or not subject.certain:
        return cannot_tell(said, "It is not said which stages this number is of.")
    total = replace(said, kind=Kind.TOTAL)
    return wrong(
        total,
        f"The stages add up to {' or '.join(number(s) for s in sums)}.",
        number(sums[0]),
        sums,
        cause=slip(quantity.value, sums[0]),
    )


def _part(said: Said, quantity: Quantity, wholes: Sequence[Fact]) -> Claim:
    """Seventy of the stage 1 complaints: a part, which is at most its whole."""
    values = {fact.value for fact in wholes if not fact.derived}
    part = replace(said, kind=Kind.PART)
    if len(values) != 1:
        return cannot_tell(part, "The report does not give the whole that this is a part of.")
    whole = values.pop()
    counts = (quantity.value, whole)
    if quantity.value <= whole:
        return right(part, f"It is a part of the {number(whole)}.", number(quantity.value), counts)
    return wrong(part, f"It is more than the {number(whole)} that it is a part of.", f"at most {number(whole)}", counts)


def _facts(index: Index, ask: Ask, sentence: Sentence) -> list[Fact]:
    del sentence
    found = index.find(ask)
    if not found and ask.measure in WHOLES and ask.measure != "received":
        return []
    return found


def _against(said: Said, quantity: Quantity, facts: Sequence[Fact], subject: Subject, index: Index) -> Claim:
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
        cause=_cause(quantity, fact, index, subject.ask),
    )


def _cause(quantity: Quantity, fact: Fact, index: Index, ask: Ask) -> str:
    """The likeliest reason for a number that is not what the table says."""
    if ask.period is not None:
        for months in (3, 12):
            before = index.value(replace(ask, period=ask.period.moved(-months)))
            if before is not None and before.value == quantity.value:
                return f"the number of {ask.period.moved(-months)}: left from the report before"
    return slip(quantity.value, fact.value) or "two values for one thing"


def _about(ask: Ask) -> str:
    stages = " and ".join(sorted(f"stage {s}" if s.isdigit() else "Ombudsman" for s in ask.stages))
    parts = [stages, ask.measure.replace("_", " "), f"in {ask.period}" if ask.period else ""]
    return ", ".join(part for part in parts if part) or "this"


def _upper(sentence: Sentence, index: Index, now: Period | None, i: int) -> Iterator[Claim]:
    """The number of a share that its own sentence bears out, where the tables surely say another."""
    measures = [m for m in facets_of(sentence.text).measures if m in PARTS]
    subject = (
        subject_of(sentence, sentence.quantities[i].end, index, now, measure=measures[0])
        if len(measures) == 1
        else None
    )
    if subject is None:
        return
    if not _known_whole(sentence, i, index, subject.ask):
        return
    facts = index.find(subject.ask)
    if facts:
        claim = _against(
            said_of(sentence, Kind.COUNT, i), sentence.quantities[i], facts, replace(subject, inherited=False), index
        )
        if claim.is_wrong:
            yield claim


def _known_whole(sentence: Sentence, i: int, index: Index, ask: Ask) -> bool:
    """Whether what a share is of is what the tables hold, now or in the period before: else another group is meant."""
    named = {q.value for k, q in enumerate(sentence.quantities) if k != i and q.unit is Unit.COUNT}
    moves = (0, -3, -12) if ask.period is not None and ask.period.months == 3 else (0, -12)
    for months in moves:
        period = ask.period.moved(months) if ask.period is not None else None
        for measure in WHOLES:
            fact = index.value(replace(ask, measure=measure, period=period))
            if fact is not None and fact.value in named:
                return True
    return False
