"""Claims that there was nothing: no cases escalated, none upheld, no complaint to the Ombudsman."""

import re
from collections.abc import Iterator

from upheld.checker.answer import Said, cannot_tell, number, right, wrong
from upheld.checker.binding import Index
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.subjects import subject_of
from upheld.checker.model import Claim, Kind
from upheld.checker.periods import Period
from upheld.checker.words import PARTS

_NONE = re.compile(
    r"\bno\s+(?:(?:new|formal|statutory|corporate|further|children's|stage (?:one|two|three|1|2|3)|final|complaints?"
    r"|cases?)\s+){0,3}(?:complaints?|cases?|requests?|reviews?|panels?|enquir(?:y|ies)|investigations?|compliments?"
    r"|ombudsman|stage (?:one|two|three|[123]))\b"
    r"|\bwithout (?:any|a single)\s+(?:[\w']+\s+){0,3}?complaints?\b"
    r"|\bnone\b(?! the less|theless)|\bthere (?:were|was) (?:no|nil)\b|\bnil\b",
    re.IGNORECASE,
)


_OF_THE = re.compile(r"\bof the (?:⟨C\d+⟩|one)", re.IGNORECASE)


def nothing_of(sentence: Sentence, index: Index, now: Period | None) -> Iterator[Claim]:
    """Each such claim of a sentence, against the tables."""
    seen: list[int] = []
    for found in _NONE.finditer(sentence.text):
        if any(abs(found.start() - place) < 25 for place in seen):
            continue
        seen.append(found.start())
        start, end = sentence.offset + found.start(), sentence.offset + found.end()
        said = Said(
            sentence.place,
            sentence.quote(found.start(), found.end()),
            Kind.NOTHING,
            found[0],
            start,
            end,
            ((sentence.place, start),),
        )
        subject = subject_of(sentence, found.end() - 1, index, now)
        if subject is not None and _OF_THE.search(sentence.tagged):
            subject = None  # of a number that is named: perhaps of a group that only the sentence before names
        facts = index.find(subject.ask) if subject is not None else []
        zero = next((fact for fact in facts if fact.value == 0), None)
        if zero is not None:
            yield right(said, f"Table {zero.place.table} says 0 ({zero.label}).", "0", (zero.value,))
        elif (
            subject is not None
            and facts
            and subject.certain
            and not (subject.inherited and subject.ask.measure in PARTS)
            and len({f.value for f in facts}) == 1
            and not facts[0].derived
        ):
            fact = facts[0]
            yield wrong(
                said,
                f"Table {fact.place.table} says {number(fact.value)} ({fact.label}).",
                number(fact.value),
                (fact.value,),
                cause="two values for one thing",
            )
        else:
            yield cannot_tell(said, "No table of the report gives this number.")
