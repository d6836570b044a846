"""One report against the one before: values that were restated, and sentences that stayed while their numbers moved."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from upheld.checker.answer import Said, number, right, wrong
from upheld.checker.binding import Fact
from upheld.checker.model import Claim, Kind, Severity
from upheld.checker.numbers import Unit, find_quantities
from upheld.checker.outline import Text
from upheld.checker.periods import find_periods
from upheld.checker.plain import plain

if TYPE_CHECKING:
    from upheld.checker.check import Understood

_RESTATED = re.compile(
    r"\brestate|\brevis|\bcorrect(?:ed|ion)|\bupdated since|\bdiffer\w* from (?:those|the)|\bpreviously (?:reported"
    r"|published)|\bamended",
    re.IGNORECASE,
)


def check_previous(report: "Understood", before: "Understood") -> Iterator[Claim]:
    """What the earlier report said otherwise of the same period, and what it said in the same words of another."""
    yield from _restated(report, before)
    yield from _carried_over(report, before)


def _restated(report: "Understood", before: "Understood") -> Iterator[Claim]:
    noted = any(_RESTATED.search(text.text) for text in report.outline.texts)
    for fact in report.index.facts:
        if fact.period is None or fact.derived or fact.percent:
            continue
        earlier = [old for old in before.index.facts if not old.derived and _same(fact, old)]
        values = {old.value for old in earlier}
        if len(values) != 1:
            continue
        value = values.pop()
        said = Said(fact.place, f"{fact.label}: {number(fact.value)}", Kind.COUNT, number(fact.value))
        if value == fact.value:
            yield right(said, f"The report before says the same of {fact.period}.", number(value), (value,))
        elif not noted:
            yield wrong(
                said,
                f"The report before says {number(value)} of {fact.period}, and no note says why it changed.",
                number(value),
                (value, fact.value),
                severity=Severity.MINOR,
                cause="restated without a note",
            )


def _same(fact: Fact, old: Fact) -> bool:
    return (fact.period, fact.stages, fact.measure, fact.noun, fact.routes, fact.words, fact.total, fact.percent) == (
        old.period,
        old.stages,
        old.measure,
        old.noun,
        old.routes,
        old.words,
        old.total,
        old.percent,
    )


def _carried_over(report: "Understood", before: "Understood") -> Iterator[Claim]:
    """A sentence with numbers, word for word as before, although it speaks of another period."""
    if report.now is None or report.now == before.now:
        return
    earlier = {_bare(sentence) for text in before.outline.texts for sentence in _sentences(text)}
    for text in report.outline.texts:
        for sentence in _sentences(text):
            if not _has_figures(sentence) or _bare(sentence) not in earlier:
                continue
            start = text.text.find(sentence)
            said = Said(text.place, sentence, Kind.CARRIED_OVER, sentence, start, start + len(sentence))
            yield wrong(
                said,
                f"The report before ({before.now}) has the same sentence with the same numbers.",
                f"the numbers of {report.now}",
                severity=Severity.MINOR,
                cause="a sentence carried over from the report before",
            )


def _sentences(text: Text) -> Sequence[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text.text) if len(part) > 25]


def _bare(sentence: str) -> str:
    return " ".join(plain(sentence).lower().split())


def _has_figures(sentence: str) -> bool:
    """Whether it states figures of the period: counts or percentages, and no limits or dates alone."""
    shown = plain(sentence)
    mentions = find_periods(shown)
    # A sentence about a period that it names itself may well be said again.
    if any(mention.period is not None for mention in mentions):
        return False
    return any(q.unit in (Unit.COUNT, Unit.PERCENT) and not q.in_words for q in find_quantities(shown, mentions))
