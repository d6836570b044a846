"""The two numbers that a change is between, where the sentence names only what changed and since when."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from upheld.checker.binding import Ask, Fact, Index
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.subjects import subject_of
from upheld.checker.periods import Period
from upheld.checker.words import PARTS

_FROM_TO = re.compile(r"\b(?:between|from)\s+(?:the\s+)?⟨T(\d+)⟩\s+(?:and|to)\s+(?:the\s+)?⟨T(\d+)⟩", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:since|on|from|over|against|than|below|above)\s+(?:the\s+|that of\s+|in\s+)*(?:year\s+|quarter\s+)?$",
    re.IGNORECASE,
)
_RATE = re.compile(r"\b(?:rates?|percentages?|proportion|share|per cent|performance|timeliness|points?)\b|%", re.I)


@dataclass(frozen=True, slots=True)
class Two:
    """A new and an old number: counts, or rates in per cent. `rounded` rates were read as printed."""

    new: Fraction
    old: Fraction
    where: str
    rates: bool = False
    rounded: bool = False


def bound_twos(sentence: Sentence, position: int, index: Index, now: Period | None) -> tuple[list[Two], bool]:
    """The pairs that the tables hold for a change, likeliest first, and whether it is sure that these are meant."""
    subject = subject_of(sentence, position, index, now)
    if subject is None:
        return [], False
    between = _FROM_TO.search(sentence.tagged)
    if between is not None:
        before, at = (sentence.periods[int(between[i])].resolved(now) for i in (1, 2))
        said = True
    else:
        before, said = before_of(sentence, now, position)
        at = _now_of(sentence, now, before)
        named = {m.period for m in sentence.periods if m.period and m.form not in ("date", "calendar", "range")}
        if not said and len(named) == 2:  # two periods side by side: the later one is what the sentence is about
            before, at = sorted(named, key=lambda period: (period.last, period.first))
            said = before.months == at.months
    if at is None or (said and before is None) or at == before:
        return [], False
    olds = (
        [before] if before is not None else [at.moved(-3), at.moved(-12)] if at.months == 3 else [at.moved(-at.months)]
    )
    found: list[Two] = []
    for old in olds:
        found += _twos(index, replace(subject.ask, period=at), replace(subject.ask, period=old), sentence)
    sure = subject.certain and said and len(found) > 0
    if subject.ask.measure in PARTS and not subject.said_measure:
        sure = False
    return found, sure


def _now_of(sentence: Sentence, now: Period | None, before: Period | None) -> Period | None:
    """The later period of a change: one that the sentence names and does not compare with, or the report's own."""
    for mention in sentence.periods:
        if mention.form in ("date", "calendar", "range", "last_quarter", "last_year", "relative_quarter"):
            continue
        segment = sentence.segment_at(mention.start)
        period = mention.resolved(now)
        if segment.compares or period == before or _SINCE.search(sentence.text[: mention.start]):
            continue
        return period
    return now


def before_of(sentence: Sentence, now: Period | None, position: int) -> tuple[Period | None, bool]:
    """The period that a change at a position is since, and whether the sentence says one."""
    at = sentence.segments.index(sentence.segment_at(position))
    after = [s for s in sentence.segments[at:] if s.compares]
    before = [s for s in reversed(sentence.segments[:at]) if s.compares]
    for segment in (*after, *before):
        if segment.periods:
            return segment.periods[-1 if segment.start < position else 0].resolved(now), True
    for mention in sentence.periods:
        if mention.form in ("last_quarter", "last_year", "relative_quarter"):
            return mention.resolved(now), True
        if _SINCE.search(sentence.text[: mention.start]) and mention.form not in (
            "date",
            "this",
        ):
            return mention.resolved(now), True
    return None, False


def _twos(index: Index, new: Ask, old: Ask, sentence: Sentence) -> list[Two]:
    found: list[Two] = []
    where = f" (the table's {new.period} and {old.period})"
    counts = (index.value(new), index.value(old))
    rates = (rate_of(index, new), rate_of(index, old)) if new.measure in PARTS else (None, None)
    if rates[0] is not None and rates[1] is not None:
        found.append(Two(rates[0][0], rates[1][0], where, rates=True))
    if counts[0] is not None and counts[1] is not None:
        found.append(Two(counts[0].value, counts[1].value, where))
    if not _RATE.search(sentence.text):
        found.reverse()
    return found


def rate_of(index: Index, ask: Ask) -> tuple[Fraction, Fact, Fact] | None:
    """A rate in per cent from its two counts in the tables: the part, and what was received."""
    part = index.value(ask)
    whole = next(
        (w for w in (index.value(replace(ask, measure=m)) for m in ("received", "decided", "closed")) if w), None
    )
    if part is None or whole is None or not whole.value or part.value > whole.value:
        return None
    return 100 * part.value / whole.value, part, whole
