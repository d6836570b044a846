"""Claims over several periods or all stages: ranges, averages, highest and lowest, sums."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from upheld.checker.answer import Said, cannot_tell, number, right, wrong
from upheld.checker.binding import Ask, Fact, Index
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.shares import said_of
from upheld.checker.claims.subjects import subject_of
from upheld.checker.model import Claim, Kind, Severity, Verdict
from upheld.checker.numbers import Near, Quantity
from upheld.checker.periods import Period
from upheld.checker.rounding import fit, shown

_BETWEEN = r"(?:[^⟨⟩;]|⟨[TX]\d+⟩){0,80}?"
_RANGE = re.compile(
    rf"\b(?:rang(?:ed?|ing)|var(?:ied|ying|y)|fluctuat\w+|moved|stayed|been|lay|lain|swung|anywhere|saw|seen|had|received){_BETWEEN}"
    r"\b(?:between|from)\s+(?:a (?:low|high) of\s+)?⟨C(\d+)⟩\s+(?:\w+\s+)?(?:and|to)\s+(?:a (?:low"
    r"|high) of\s+)?⟨C(\d+)⟩",
    re.IGNORECASE,
)
_LOW_HIGH = re.compile(rf"\blow(?:est)?\b{_BETWEEN}⟨C(\d+)⟩{_BETWEEN}\bhigh(?:est)?\b{_BETWEEN}⟨C(\d+)⟩", re.IGNORECASE)
# between 109 and 234 came in each quarter
_BETWEEN_EACH = re.compile(
    r"\b(?:between|from)\s+⟨C(\d+)⟩\s+(?:and|to)\s+⟨C(\d+)⟩(?:[^⟨⟩;]|⟨X\d+⟩){0,80}?"
    r"\b(?:each|every|any|per|a (?:quarter|year)|quarters|years|periods)\b",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:average[ds]?|averaging|mean|typical)\b", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:a|an|per|each|every)\s+(?:average\s+|typical\s+)?(?:quarter|year|month|financial year)\b"
    r"|\b(?:over|across|for|in|of)\s+(?:all\s+)?(?:the\s+)?(?:\w+\s+)?(?:quarters|years|months)\b",
    re.IGNORECASE,
)
_HIGHEST = re.compile(r"\b(?:highest|largest|greatest|peak(?:ed)?|record high)\b", re.IGNORECASE)
_LOWEST = re.compile(r"\b(?:lowest|smallest|fewest|record low)\b", re.IGNORECASE)
_OF_SERIES = re.compile(
    r"\b(?:quarters?|years?|periods?|since|series|over (?:the )?(?:last|past)|on record|so far|shown|to date)\b|⟨T\d+⟩",
    re.IGNORECASE,
)


def series_of(index: Index, ask: Ask) -> dict[Period, Fraction]:
    """The values of an ask in every period of its length that the tables print."""
    found: dict[Period, set[Fraction]] = {}
    for period in {fact.period for fact in index.facts if fact.period is not None}:
        values = {f.value for f in index.find(replace(ask, period=period)) if not f.derived and f.period is not None}
        if values:
            found[period] = values
    if any(len(values) != 1 for values in found.values()):
        return {}
    lengths = [period.months for period in found]
    usual = max(set(lengths), key=lengths.count, default=0)
    return {period: next(iter(values)) for period, values in sorted(found.items()) if period.months == usual}


def series_claims(sentence: Sentence, index: Index, now: Period | None) -> tuple[list[Claim], frozenset[int]]:
    """Ranges and averages over periods, and the numbers that they took."""
    claims: list[Claim] = []
    used: set[int] = set()
    for pattern in (_RANGE, _BETWEEN_EACH, _LOW_HIGH):
        for found in pattern.finditer(sentence.tagged):
            low, high = int(found[1]), int(found[2])
            if not {low, high} & used:
                claims.append(_range(sentence, index, now, low, high))
                used |= {low, high}
    if _AVERAGE.search(sentence.text) and _EACH.search(sentence.text):
        means = [
            i for i in range(len(sentence.quantities)) if _average(sentence, index, now, i).verdict is Verdict.RIGHT
        ]
        for i, quantity in enumerate(sentence.quantities):
            if f"⟨C{i}⟩" in sentence.tagged and means and i not in means:
                continue  # another number is the mean
            near = abs(_nearest(_AVERAGE, sentence.text, quantity.start) - quantity.start)
            if f"⟨C{i}⟩" in sentence.tagged and i not in used and near < 70 and not _counts_periods(sentence, quantity):
                claims.append(_average(sentence, index, now, i))
                used.add(i)
    return claims, frozenset(used)


def _nearest(pattern: re.Pattern[str], text: str, place: int) -> int:
    return min((found.start() for found in pattern.finditer(text)), key=lambda at: abs(at - place), default=10_000)


def _counts_periods(sentence: Sentence, quantity: Quantity) -> bool:
    return bool(re.match(r"\s*(?:quarters?|years?|months?|periods?)\b", sentence.text[quantity.end :], re.I))


def _range(sentence: Sentence, index: Index, now: Period | None, first: int, second: int) -> Claim:
    low, high = sorted((sentence.quantities[first].value, sentence.quantities[second].value))
    said = said_of(sentence, Kind.COMPARISON, first, second)
    subject = subject_of(sentence, sentence.quantities[first].start, index, now)
    series = series_of(index, subject.ask) if subject is not None else {}
    if len(series) < 3 or subject is None:
        return cannot_tell(said, "The tables do not hold the numbers of every period that this range is of.")
    lowest, highest = min(series.values()), max(series.values())
    stretch = f"{number(lowest)} to {number(highest)}"
    if (low, high) == (lowest, highest):
        return right(
            said, f"The lowest and the highest of {len(series)} periods are {stretch}.", stretch, (lowest, highest)
        )
    if not subject.accounted:
        return cannot_tell(said, "It is not sure which numbers this range is of.")
    return wrong(
        said,
        f"The lowest and the highest of the {len(series)} periods shown are {stretch}.",
        stretch,
        tuple(series.values()),
        cause="a range that its numbers do not have",
    )


def _average(sentence: Sentence, index: Index, now: Period | None, i: int) -> Claim:
    quantity = sentence.quantities[i]
    said = said_of(sentence, Kind.AVERAGE, i)
    subject = subject_of(sentence, quantity.start, index, now, measure="received")
    series = series_of(index, subject.ask) if subject is not None else {}
    if subject is None or len(series) < 2:
        return cannot_tell(said, "The tables do not hold the numbers of every period that this average is of.")
    exact = sum(series.values(), Fraction(0)) / len(series)
    computed = shown(exact, max(1, quantity.decimals + 1))
    how = f"The mean of {', '.join(number(v) for v in series.values())} is {computed}."
    near = quantity.near is not Near.EXACT and abs(quantity.value - exact) <= max(Fraction(1), exact / 20)
    if fit(quantity.value, exact, quantity.decimals).is_right or near:
        return right(said, how, computed, tuple(series.values()))
    if not subject.accounted:
        return cannot_tell(said, "It is not sure which numbers this average is of.")
    close = abs(quantity.value - exact) < 1
    return wrong(said, how, computed, tuple(series.values()), severity=Severity.MINOR if close else Severity.MATERIAL)


def extremes_of(sentence: Sentence, index: Index, now: Period | None) -> Iterator[Claim]:
    """The highest, or the lowest, of the periods shown."""
    for pattern, best, word in ((_HIGHEST, max, "highest"), (_LOWEST, min, "lowest")):
        if _HIGHEST.search(sentence.text) and _LOWEST.search(sentence.text):
            return
        found = pattern.search(sentence.text)
        if found is None or not _OF_SERIES.search(sentence.tagged) or index.labels.named(sentence.text):
            continue
        if re.search(
            r"\b(?:second|third|one of the|rate|percentage|proportion|%|than|theme|reason|service|team|area|almost"
            r"|nearly)\b",
            sentence.text,
            re.I,
        ):
            continue
        subject = subject_of(sentence, found.start(), index, now)
        if subject is None or subject.ask.period is None or not subject.certain:
            continue
        series = series_of(index, subject.ask)
        at = subject.ask.period
        if len(series) < 3 or at not in series:
            continue
        start, end = sentence.offset + found.start(), sentence.offset + found.end()
        said = Said(
            sentence.place,
            sentence.quote(found.start(), found.end()),
            Kind.RANK,
            found[0],
            start,
            end,
            ((sentence.place, start),),
        )
        top = best(series.values())
        if series[at] == top:
            yield right(
                said,
                f"{number(top)} is the {word} of the {len(series)} periods shown.",
                number(top),
                tuple(series.values()),
            )
        else:
            where = next(period for period, value in series.items() if value == top)
            yield wrong(
                said,
                f"{at} has {number(series[at])}; the {word} is {number(top)}, in {where}.",
                f"{where}: {number(top)}",
                tuple(series.values()),
                cause="the word is not true of the number",
            )


def sums_of(index: Index, ask: Ask) -> list[Fraction]:
    """What the stages of a table add up to in a period, with the Ombudsman and without; the largest sum first."""
    sums: list[Fraction] = []
    for table in index.tables:
        if not any(axis.facets.stages for axis in (*table.rows, *table.columns)):
            continue
        parts = [fact for fact in index.facts if fact.place.table == table.number and _is_part_of(fact, ask)]
        kinds = {(fact.stages, fact.routes) for fact in parts}
        if len(parts) < 2 or len(kinds) != len(parts):
            continue
        everything = sum((fact.value for fact in parts), Fraction(0))
        inside = sum((fact.value for fact in parts if "ombudsman" not in fact.stages), Fraction(0))
        sums += [each for each in (everything, inside) if each not in sums]
    return sums


def _is_part_of(fact: Fact, ask: Ask) -> bool:
    return (
        not (fact.percent or fact.derived or fact.total or fact.words)
        and (fact.period, fact.measure, fact.noun) == (ask.period, ask.measure, fact.noun)
        and fact.noun in (None, "complaint")
        and bool(len(fact.stages) == 1 or fact.routes)
    )
