"""Words against numbers: slight, significant, similar; and adjectives on numbers that are too small for any."""

import re
from collections.abc import Iterator
from fractions import Fraction

from upheld.checker.answer import Said, number, right, wrong
from upheld.checker.binding import Index
from upheld.checker.claims.bound_changes import Two, bound_twos
from upheld.checker.claims.directions import ANY, UP, Direction, direction_of
from upheld.checker.claims.sentences import Sentence
from upheld.checker.model import Claim, Kind, Severity
from upheld.checker.numbers import Unit
from upheld.checker.periods import Period
from upheld.checker.rounding import shown

# What a reader takes from a word, in per cent of change. Between the bands a word is a matter of taste, and is let be.
SLIGHT_AT_MOST = Fraction(15)
SIGNIFICANT_AT_LEAST = Fraction(10)
SIMILAR_AT_MOST = Fraction(15)
# Under this many a change by one or two is a large percentage, and no adjective says anything.
SMALLEST_FOR_WORDS = 10

_SLIGHT = re.compile(
    rf"\b(?:slight(?:ly)?|marginal(?:ly)?|small|minor|modest(?:ly)?)\b(?=(?:\s+\w+){{0,2}}\s+{ANY}\b)"
    rf"|\b{ANY}\s+(?:slightly|marginally)\b",
    re.I,
)
_STRONG = re.compile(
    rf"\b(?:significant(?:ly)?|substantial(?:ly)?|considerabl[ey]|dramatic(?:ally)?|sharp(?:ly)?|marked(?:ly)?|major"
    rf"|huge)\b(?=(?:\s+\w+){{0,2}}\s+{ANY}\b)|\b{ANY}\s+(?:significantly|substantially|considerably|dramatically"
    rf"|sharply|markedly)\b",
    re.I,
)
_SIMILAR = re.compile(
    r"\b(?:remain(?:ed|s)?|stay(?:ed|s)?|was|were|is|are|broadly|very|at a)\s+(?:\w+\s+)?(?:similar|stable|unchanged"
    r"|the same|consistent|steady|static|level)\b"
    r"|\b(?:hardly|barely|scarcely|little) (?:changed|moved|altered|varied|different)\b"
    r"|\b(?:held|hold|holds|holding|kept|keep|keeping)(?: \w+)? (?:steady|level|firm|constant|stable)\b"
    r"|\b(?:about|around|roughly|broadly|much|almost|virtually|nearly|essentially|largely) the same\b"
    r"|\b(?:no|little|hardly any|minimal|negligible)(?: or no)?(?: \w+)? (?:difference|change|movement|variation)\b"
    r"|\b(?:comparable|in line|on a par|on par|consistent|level) (?:with|to)\b"
    r"|\b(?:at|a|to) (?:a )?similar (?:to|levels?|numbers?|volumes?)\b",
    re.I,
)
_DOUBLED = re.compile(r"\b(doubled|halved|trebled|tripled|quadrupled)\b", re.I)
_TIMES = {
    "doubled": Fraction(2),
    "halved": Fraction(1, 2),
    "trebled": Fraction(3),
    "tripled": Fraction(3),
    "quadrupled": Fraction(4),
}
_LEVEL = re.compile(
    rf"\b(?:{UP}|above|below|decreased|fell|fallen|reduced|dropped|declined|decrease|reduction|fall)\b", re.I
)


def wordings_of(sentence: Sentence, index: Index, now: Period | None) -> Iterator[Claim]:
    """What the words of a sentence say of a change, where both numbers are known."""
    for pattern, judge in ((_SLIGHT, _slight), (_STRONG, _strong), (_SIMILAR, _similar), (_DOUBLED, _doubled)):
        for found in pattern.finditer(sentence.text):
            two = _two(sentence, found, index, now)
            if two is None or not two.old:
                continue
            start, end = sentence.offset + found.start(), sentence.offset + found.end()
            said = Said(
                sentence.place,
                sentence.quote(found.start(), found.end()),
                Kind.WORDING,
                found[0],
                start,
                end,
                ((sentence.place, start),),
            )
            yield judge(said, found[0], two)
    if not sentence.quantities and not any(p.search(sentence.text) for p in (_SIMILAR, _DOUBLED)):
        yield from _bare_direction(sentence, index, now)


def _two(sentence: Sentence, found: re.Match[str], index: Index, now: Period | None) -> Two | None:
    """The two numbers that the words are about: those in the sentence itself, or those that the tables surely mean."""
    pair = re.search(
        r"from\s+(?:\w+\s+)?⟨([CP])(\d+)⟩(?:[^⟨⟩.;]|⟨T\d+⟩){0,60}?to\s+(?:\w+\s+)?⟨\1(\d+)⟩", sentence.tagged, re.I
    )
    if pair:
        old, new = (sentence.quantities[int(pair[i])].value for i in (2, 3))
        return Two(new, old, "", rates=pair[1] == "P")
    if any(q.unit is Unit.PERCENT for q in sentence.quantities):
        change = [q for q in sentence.quantities if q.unit is Unit.PERCENT]
        by = re.search(rf"\b{ANY}\b[^⟨⟩]{{0,40}}\b(?:by|of)\s+(?:\w+\s+)?⟨P(\d+)⟩", sentence.tagged, re.I)
        if by and len(change) == 1 and found.start() < change[0].end + 60 and not index.facts:
            way = -1 if direction_of(by[0]) is Direction.DOWN else 1
            return Two(100 + way * change[0].value, Fraction(100), " (by its own percentage)", rates=True)
    twos, sure = bound_twos(sentence, found.start(), index, now)
    return twos[0] if twos and sure else None


def _percent(two: Two) -> Fraction:
    return abs(100 * (two.new - two.old) / two.old)


def _counts(two: Two) -> str:
    unit = "%" if two.rates else ""
    return f"From {number(two.old)}{unit} to {number(two.new)}{unit}{two.where} is {shown(_percent(two))}%"


def _is_small(two: Two) -> bool:
    return not two.rates and max(two.new, two.old) < SMALLEST_FOR_WORDS


def _small(said: Said, two: Two) -> Claim:
    return wrong(
        said,
        f"{_counts(two)}, of numbers under ten.",
        "the two counts, without an adjective",
        (two.new, two.old),
        severity=Severity.MINOR,
        cause="an adjective on a small number",
    )


def _slight(said: Said, _: str, two: Two) -> Claim:
    if _is_small(two):
        return _small(said, two) if abs(two.new - two.old) > 1 else right(said, f"{_counts(two)}.")
    if _percent(two) > SLIGHT_AT_MOST and (not two.rates or abs(two.new - two.old) > 5):
        return wrong(
            said,
            f"{_counts(two)}.",
            f"{shown(_percent(two))}%",
            (two.new, two.old),
            cause="the word is weaker than the number",
        )
    return right(said, f"{_counts(two)}.", None, (two.new, two.old))


def _strong(said: Said, _: str, two: Two) -> Claim:
    if _is_small(two):
        return _small(said, two)
    if _percent(two) < SIGNIFICANT_AT_LEAST and (not two.rates or abs(two.new - two.old) < 5):
        return wrong(
            said,
            f"{_counts(two)}.",
            f"{shown(_percent(two))}%",
            (two.new, two.old),
            severity=Severity.MINOR,
            cause="the word is stronger than the number",
        )
    return right(said, f"{_counts(two)}.", None, (two.new, two.old))


def _similar(said: Said, words: str, two: Two) -> Claim:
    exactly = re.search(r"unchanged|the same", words, re.I) and not re.search(
        r"broadly|largely|about|around|roughly|much|almost|virtually|nearly|essentially", words, re.I
    )
    if (exactly and two.new != two.old) or (_percent(two) > SIMILAR_AT_MOST and abs(two.new - two.old) > 2):
        close = _percent(two) <= SIMILAR_AT_MOST
        return wrong(
            said,
            f"{_counts(two)}.",
            f"{shown(_percent(two))}%",
            (two.new, two.old),
            severity=Severity.MINOR if close else Severity.MATERIAL,
            cause="the number changed",
        )
    return right(said, f"{_counts(two)}.", None, (two.new, two.old))


def _doubled(said: Said, word: str, two: Two) -> Claim:
    times = _TIMES[word.lower()]
    ratio = two.new / two.old
    if abs(ratio - times) <= times / 10:
        return right(said, f"{_counts(two)}.", f"{shown(ratio, 2)} times", (two.new, two.old))
    return wrong(said, f"{_counts(two)}: {shown(ratio, 2)} times.", f"{shown(ratio, 2)} times", (two.new, two.old))


def _way(word: str) -> Direction:
    return {"above": Direction.UP, "below": Direction.DOWN}.get(word.lower()) or direction_of(word)


def _bare_direction(sentence: Sentence, index: Index, now: Period | None) -> Iterator[Claim]:
    """An increase or a decrease in words alone."""
    words = list(_LEVEL.finditer(sentence.text))
    ways = {_way(word[0]) for word in words} - {Direction.EITHER}
    named = {m.period for m in sentence.periods if m.period is not None}
    if len(ways) != 1 or (len(named) < 2 and not any(segment.compares for segment in sentence.segments)):
        return
    twos, sure = bound_twos(sentence, words[0].start(), index, now)
    if not twos or not sure:
        return
    way, two = ways.pop(), twos[0]
    start, end = sentence.offset + words[0].start(), sentence.offset + words[0].end()
    said = Said(
        sentence.place,
        sentence.quote(words[0].start(), words[0].end()),
        Kind.COMPARISON,
        words[0][0],
        start,
        end,
        ((sentence.place, start),),
    )
    agree = [(t.new > t.old) is (way is Direction.UP) and t.new != t.old for t in twos]
    if any(agree):
        yield right(said, f"{_counts(two)}." if two.old else "The tables show it.", None, (two.new, two.old))
    else:
        yield wrong(
            said,
            f"From {number(two.old)} to {number(two.new)}{two.where}.",
            f"{number(two.old)} to {number(two.new)}",
            (two.new, two.old),
            cause="the wrong direction",
        )
