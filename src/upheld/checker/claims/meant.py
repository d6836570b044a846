"""What a number that is left over means: its subject, with the period of what it is compared with."""

import re
from dataclasses import replace

from upheld.checker.binding import Index
from upheld.checker.claims.bound_changes import before_of
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.subjects import Subject, subject_of
from upheld.checker.periods import Period
from upheld.checker.words import facets_of

_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+)?⟨T(\d+)⟩\s+(?:and|to)\s+(?:the\s+)?⟨T(\d+)⟩", re.IGNORECASE)


def subject_at(sentence: Sentence, i: int, index: Index, now: Period | None, *, old: bool) -> Subject | None:
    """What a number is about; an `old` one stands for the period that is compared with."""
    quantity = sentence.quantities[i]
    subject = subject_of(sentence, quantity.end, index, now)
    if subject is None or not old:
        return subject
    period, said = sentence.period_of(quantity.end, now)
    between = _BETWEEN.search(sentence.tagged)
    if between is not None:
        period, said = sentence.periods[int(between[1])].resolved(now), True
        return replace(subject, ask=replace(subject.ask, period=period)) if period else None
    if not said or (period == subject.ask.period and period == now):
        period, said = before_of(sentence, now, quantity.start)
    return (
        Subject(replace(subject.ask, period=period), subject.certain and said, subject.inherited, subject.said_measure)
        if period
        else None
    )


def names_what(sentence: Sentence, i: int) -> bool:
    """Whether the words around a number say what it measures, be it another's number."""
    segment = sentence.segment_at(sentence.quantities[i].start)
    said = facets_of(sentence.text)
    return bool(segment.facets.measures or segment.facets.nouns or said.measures or said.nouns)
