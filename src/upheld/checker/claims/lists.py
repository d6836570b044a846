"""Lists of parts in a sentence: closed, of which so many upheld, so many not; and parts larger than their whole."""

import re
from collections.abc import Iterator
from fractions import Fraction

from upheld.checker.answer import number, right, slip, wrong
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.shares import said_of
from upheld.checker.model import Claim, Kind
from upheld.checker.words import OUTCOMES, PARTS, facets_of

_DECIDED = re.compile(
    r"\b(?:closed|concluded|completed|decided|determined|resolved|answered|responded|outcomes?|findings?)\b", re.I
)
_MADE_OF = re.compile(r"\b(?:compris\w+|consist\w+|made up of|split|broken down|breakdown|divided)\b", re.I)
_SOME = re.compile(r"\b(?:including|such as|mainly|mostly|rest|remain\w*|others?)\b", re.I)
_OF_WHICH = re.compile(r"\b(?:of which|of these|of those|of them|of whom|with)\b|[;:]|\band\b|,", re.I)


def lists_of(sentence: Sentence) -> Iterator[Claim]:
    """Outcomes that do not add up to what they are the outcomes of, and parts that are larger than their whole."""
    named = _named(sentence)
    base = _base(sentence, named)
    if base is None:
        return
    whole = sentence.quantities[base].value
    parts = [(i, measure) for i, measure in named if i > base and measure in PARTS]
    outcomes = [(i, measure) for i, measure in parts if measure in OUTCOMES]
    kinds = [measure for _, measure in outcomes]
    if len(outcomes) >= 2 and len(set(kinds)) == len(kinds):
        total = sum((sentence.quantities[i].value for i, _ in outcomes), Fraction(0))
        complete = "not_upheld" in kinds and "upheld" in kinds
        decided = _DECIDED.search(sentence.text) or _MADE_OF.search(sentence.text)
        said = said_of(sentence, Kind.TOTAL, *(i for i, _ in outcomes), base)
        counts = [sentence.quantities[i].value for i, _ in outcomes]
        shown = " + ".join(number(value) for value in counts)
        if total == whole:
            yield right(said, f"{shown} = {number(total)}.", number(total), (*counts, whole))
            return
        if total > whole or (complete and decided and not _SOME.search(sentence.text)):
            yield wrong(
                said,
                f"{shown} = {number(total)}, and not {number(whole)}.",
                number(total),
                (*counts, whole),
                cause=slip(whole, total) or "the parts do not add up to their whole",
            )
            return
    for i, _ in parts:
        part = sentence.quantities[i]
        between = sentence.text[sentence.quantities[base].end : part.start]
        if part.value > whole and _OF_WHICH.search(between) and not facets_of(between).periods[1:]:
            said = said_of(sentence, Kind.PART, base, i)
            yield wrong(
                said,
                f"It is more than the {number(whole)} that it is a part of.",
                f"at most {number(whole)}",
                (part.value, whole),
                cause=slip(part.value, whole) or "a part larger than its whole",
            )


def base_of_outcomes(sentence: Sentence) -> int | None:
    """The number that two or more outcomes of a sentence are parts of."""
    named = _named(sentence)
    base = _base(sentence, named)
    return base if base is not None and sum(measure in OUTCOMES for _, measure in named) >= 2 else None


def _named(sentence: Sentence) -> list[tuple[int, str | None]]:
    """Each count of the sentence with the outcome that stands beside it."""
    counts = [i for i in range(len(sentence.quantities)) if f"⟨C{i}⟩" in sentence.tagged]
    after = [_measure_after(sentence, i) for i in counts]
    if sum(measure is not None for measure in after[1:]) >= max(1, len(after) - 2):
        return list(zip(counts, after, strict=True))
    return [(i, _measure_after(sentence, i) or _measure_before(sentence, i)) for i in counts]


def _measure_after(sentence: Sentence, i: int) -> str | None:
    quantity = sentence.quantities[i]
    ends = [q.start for q in sentence.quantities if q.start > quantity.end]
    stretch = sentence.text[quantity.end : min(ends, default=len(sentence.text))]
    stretch = re.split(r"[,;:]|\band\b|\bof which\b", stretch)[0]
    return next((m for m in facets_of(stretch).measures if m in PARTS), None)


def _measure_before(sentence: Sentence, i: int) -> str | None:
    quantity = sentence.quantities[i]
    starts = [q.end for q in sentence.quantities if q.end <= quantity.start]
    stretch = sentence.text[max(starts, default=0) : quantity.start]
    stretch = re.split(r"[,;:]|\band\b", stretch)[-1]
    return next((m for m in reversed(facets_of(stretch).measures) if m in PARTS), None)


def _base(sentence: Sentence, named: list[tuple[int, str | None]]) -> int | None:
    """The count that the others are parts of: the first, where it counts complaints and no outcome."""
    if len(named) < 2 or named[0][1] is not None:
        return None
    first = sentence.quantities[named[0][0]]
    if first.value.denominator != 1:
        return None
    after = sentence.text[first.end : first.end + 60]
    return (
        named[0][0]
        if re.match(r"\s+(?:[\w'-]+\s+){0,5}?(?:complaints?|cases?|were|responses?)\b", after, re.I)
        else None
    )
