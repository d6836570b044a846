"""Percentages that stand beside their counts, and counts that stand beside their base."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from upheld.checker.answer import Said, judged_percent, number, right, slip, wrong
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.thresholds import judged_near
from upheld.checker.model import Claim, Kind
from upheld.checker.numbers import Near, Quantity
from upheld.checker.rounding import Fit, fit, possible_counts

_N, _P = r"⟨C(\d+)⟩", r"⟨P(\d+)⟩"
_W = r"(?:[^⟨⟩.;]|⟨[TXM]\d+⟩){0,80}?"
_OF = r"\s*(?:out of|of|from|/)\s*(?:the |a |all |these |those |our |its |total |a total of |these |which )*"
_THAT_IS = (
    r"\s*(?:\(|\[|,|-|:|=|or\b|i\.e\.?)+\s*(?:or |and |which |that |is |was |were |i\.e\.?,? |this "
    r"|representing |equating to |equal to |equivalent to |amounting to |a |an |rate of |about |around "
    r"|approximately |just |over |under |nearly |almost |some |only )*\s*"
)
_FULL = (
    # 486 of 567 complaints (86%)
    (re.compile(_N + _OF + _N + _W + _THAT_IS + _P), (0, 1, 2)),
    # 86% (486 of 567), 86% of complaints (486 out of 567)
    (re.compile(_P + _W + r"\(\s*(?:n\s*=\s*)?" + _N + _W + _OF + _N), (1, 2, 0)),
    (re.compile(_P + r"\s*(?:,|-|:|or)\s*(?:i\.e\.? |that is )?" + _N + _W + _OF + _N), (1, 2, 0)),
    # out of 567 complaints received, 86% were in time, which is 486
    (
        re.compile(
            r"\b(?:out of|of) (?:the |all |a total of )*"
            + _N
            + _W
            + r",\s*"
            + _P
            + _W
            + r"\b(?:which is|that is|or|being|namely|i\.e\.?)\s+"
            + _N
        ),
        (2, 0, 1),
    ),
    # 486 (86%) of the 567 complaints
    (re.compile(_N + _W + r"[(\[]\s*" + _P + r"\s*[)\]]" + _W + _OF + _N), (0, 2, 1)),
    # 86% (486) of the 567
    (re.compile(_P + r"\s*\(\s*(?:n\s*=\s*)?" + _N + r"[^⟨⟩.;)]{0,20}\)" + _W + _OF + _N), (1, 2, 0)),
    # 486 complaints were in time out of 567, or 86%
    (re.compile(_N + _W + r"\bout of\b\s*(?:the |a |a total of |all )*" + _N + _W + _THAT_IS + _P), (0, 1, 2)),
)
_BASE = re.compile(r"(?:\b(?:of|from|out of)\s+(?:the |these |those |all |our |its |a total of )*" + _N + r")", re.I)
_PAIR = re.compile(
    _N
    + r"[^⟨⟩.;()]{0,45}?"
    + r"(?:[(\[]\s*|,\s*or\s+|\s+or\s+|,\s*(?:representing|equating to|which is|equal to)\s+|\s-\s|,\s*)"
    + r"(?:or |about |around |just |over |under |nearly |almost |approximately |representing |equating to |i\.e\. )*"
    + _P
    + r"(?=\s*(?:of\s+(?:all|the|complaints|cases|those|them|stage|these)|[)\],.;]|were|was|and|had|$|\s))"
)
_PAIR_BACK = re.compile(
    _P
    + r"\s*[(\[]\s*(?:n\s*=\s*)?"
    + _N
    + r"(?:\s+(?:complaints?|cases?|in total|responses?|stage [123] complaints?))?\s*[)\]]"
)
_PLAIN = re.compile(_N + r"(?:\s+\w+){0,3}?\s+(?:out of|of)\s+(?:the |all |these |those |our |a total of |its )*" + _N)
_OF_WHICH = re.compile(r"\b(?:of which|of these|of those|of whom|of them|amongst these|among these)\b", re.I)
_WHOLE_OF = re.compile(_P + r"\s+of\s+(?:the |all |these |our |all the )*" + _N + r"\s*(?!%)")
# 22 were closed, and 66% of them were in time
_OF_THEM = re.compile(_N + r"(?:[^⟨⟩.]|⟨[TXM]\d+⟩){0,80}?" + _P + r"\s+of\s+(?:them|these|those|which)\b", re.I)
# Among the 75 closed, 26% were upheld; 75 were closed; 26% were upheld
_AMONG = re.compile(
    r"(?:\b(?:among(?:st)?|of|out of|for)\s+(?:the\s+|all\s+|these\s+)*"
    + _N
    + r"(?:[^⟨⟩.;,]|⟨[TX]\d+⟩){0,80}?,\s*)"
    + _P
    + r"\s+(?:were|was|had been)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:increas|decreas|r[io]se|risen|f[ae]ll|fallen|reduc|drop|grew|grow|declin|up|down|higher|lower|more|fewer"
    r"|improv|jump|climb|change|double)\w*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Shares:
    """The claims that were found in a sentence, the numbers that they took, and pairs whose base is still unknown."""

    claims: tuple[Claim, ...]
    used: frozenset[int]
    pairs: tuple[tuple[int, int], ...]  # count, percentage
    uppers: frozenset[int]  # counts that are the upper number of a share


def shares_of(sentence: Sentence, earlier: tuple[Quantity, ...]) -> Shares:
    """Shares that a sentence states with both counts, or with a base named before."""
    claims: list[Claim] = []
    used: set[int] = set()
    lowers: set[int] = set()
    tagged = sentence.tagged
    for pattern, order in _FULL:
        for found in pattern.finditer(tagged):
            indexes = [int(found[1 + place]) for place in order]
            if not used & set(indexes):
                claims.append(_full(sentence, *indexes))
                lowers.add(indexes[1])
                used |= set(indexes)
    bases = [(found.start(), int(found[1])) for found in _BASE.finditer(tagged) if int(found[1]) not in used]
    pairs: list[tuple[int, int]] = []
    for upper, share, start in sorted(_pairs(tagged), key=lambda pair: pair[2]):
        if {upper, share} & used or _is_change(sentence, upper, share):
            continue
        before = [base for place, base in bases if place < start and base != upper]
        which = _OF_WHICH.search(tagged[:start])
        if not before and which:
            before = [
                i
                for i, q in enumerate(sentence.quantities)
                if _is_count(sentence, i) and tagged.find(f"⟨C{i}⟩") < which.start()
            ][-1:]
            if not before and earlier and which.start() < 5:
                used |= {upper, share}
                claims.append(_judged(sentence, upper, share, earlier[-1].value))
                continue
        if before:
            claims.append(_full(sentence, upper, before[-1], share))
            lowers.add(before[-1])
            used |= {upper, share, before[-1]}
        else:
            pairs.append((upper, share))
            used |= {upper, share}
    uppers = frozenset(i for i in used if _is_count(sentence, i)) - lowers
    claims += _plain(sentence, used)
    claims += _wholes(sentence, used)
    return Shares(tuple(claims), frozenset(used), tuple(pairs), uppers)


def _pairs(tagged: str) -> Iterator[tuple[int, int, int]]:
    for found in _PAIR.finditer(tagged):
        yield int(found[1]), int(found[2]), found.start()
    for found in _PAIR_BACK.finditer(tagged):
        yield int(found[2]), int(found[1]), found.start()


def _is_count(sentence: Sentence, index: int) -> bool:
    return f"⟨C{index}⟩" in sentence.tagged


def _is_change(sentence: Sentence, upper: int, share: int) -> bool:
    """Whether a percentage beside a count is its change and not its share."""
    first, last = sorted((sentence.quantities[upper], sentence.quantities[share]), key=lambda q: q.start)
    around = sentence.text[max(0, first.start - 30) : last.end + 12]
    between = sentence.text[first.end : last.start]
    return bool(_CHANGE.search(around)) and (
        bool(_CHANGE.search(between))
        or bool(_CHANGE.search(sentence.text[max(0, first.start - 30) : first.start]))
        or bool(
            re.match(
                r"\s*\w*\s*(?:increase|decrease|rise|fall|reduction|up|down|higher|lower|more|fewer)",
                sentence.text[last.end :],
            )
        )
    )


def said_of(sentence: Sentence, kind: Kind, *indexes: int) -> Said:
    """The claim that these quantities of a sentence make; what is stated is the last of them."""
    held = [sentence.quantities[i] for i in indexes]
    start, end = min(q.start for q in held), max(q.end for q in held)
    numbers = tuple((sentence.place, sentence.offset + q.start) for q in held)
    stated = held[-1].text
    if held[-1].near is not Near.EXACT and not held[-1].in_words:
        stated = f"{held[-1].near} {stated}"
    return Said(
        sentence.place,
        sentence.quote(start, end),
        kind,
        stated,
        sentence.offset + start,
        sentence.offset + end,
        numbers,
    )


def _full(sentence: Sentence, upper: int, lower: int, share: int) -> Claim:
    n, m, p = (sentence.quantities[i] for i in (upper, lower, share))
    said = said_of(sentence, Kind.PERCENTAGE, upper, lower, share)
    if not m.value:
        return wrong(said, "A share of nought cannot be given.", "no percentage", (n.value, m.value))
    if n.value > m.value:
        swapped = 100 * m.value / n.value
        if fit(p.value, swapped, p.decimals).is_right:
            return right(
                said,
                f"{number(m.value)} of {number(n.value)} is {number(swapped)}%.",
                f"{number(swapped)}%",
                (m.value, n.value),
            )
        return wrong(
            said,
            f"{number(n.value)} is more than the {number(m.value)} that it is said to be a part of.",
            f"at most {number(m.value)}",
            (n.value, m.value),
            cause=slip(n.value, m.value),
        )
    return judged_share(said, p, n.value, m.value)


def _judged(sentence: Sentence, upper: int, share: int, base: Fraction) -> Claim:
    said = said_of(sentence, Kind.PERCENTAGE, upper, share)
    n, p = sentence.quantities[upper], sentence.quantities[share]
    if not base or n.value > base:
        return wrong(
            said,
            f"{number(n.value)} is more than the {number(base)} that it is said to be a part of.",
            f"at most {number(base)}",
            (n.value, base),
        )
    return judged_share(said, p, n.value, base)


def judged_share(said: Said, stated: Quantity, upper: Fraction, lower: Fraction, *, where: str = "") -> Claim:
    """A stated percentage against its two counts."""
    exact = 100 * upper / lower
    how = f"{number(upper)} of {number(lower)}{where}"
    if stated.near is not Near.EXACT:
        return judged_near(said, stated, exact, how, (upper, lower))
    return judged_percent(said, stated.value, exact, stated.decimals, how, (upper, lower))


def _plain(sentence: Sentence, used: set[int]) -> Iterator[Claim]:
    """Seven of 51, without a percentage."""
    for found in _PLAIN.finditer(sentence.tagged):
        upper, lower = int(found[1]), int(found[2])
        if {upper, lower} & used:
            continue
        n, m = sentence.quantities[upper], sentence.quantities[lower]
        used |= {upper, lower}
        said = said_of(sentence, Kind.PART, upper, lower)
        if n.value > m.value:
            yield wrong(
                said,
                f"{number(n.value)} is more than the {number(m.value)} that it is said to be a part of.",
                f"at most {number(m.value)}",
                (n.value, m.value),
                cause=slip(n.value, m.value),
            )
        else:
            yield right(said, f"{number(n.value)} is a part of {number(m.value)}.", number(n.value), (n.value, m.value))


def _wholes(sentence: Sentence, used: set[int]) -> Iterator[Claim]:
    """86% of 567: some whole number of them must give it."""
    found_all = [(int(found[1]), int(found[2])) for found in _WHOLE_OF.finditer(sentence.tagged)]
    found_all += [(int(found[2]), int(found[1])) for found in _AMONG.finditer(sentence.tagged)]
    found_all += [(int(found[2]), int(found[1])) for found in _OF_THEM.finditer(sentence.tagged)]
    for share, lower in found_all:
        p, m = sentence.quantities[share], sentence.quantities[lower]
        if (
            {share, lower} & used
            or p.in_words
            or p.near is not Near.EXACT
            or not 0 < m.value <= 100_000
            or m.value.denominator != 1
        ):
            continue
        used |= {share, lower}
        said = said_of(sentence, Kind.PERCENTAGE, lower, share)
        counts = possible_counts(p.value, p.decimals, int(m.value))
        rounded = [n for n in counts if fit(p.value, Fraction(100 * n, int(m.value)), p.decimals) is not Fit.CUT_OFF]
        if rounded:
            yield right(
                said,
                f"It is {rounded[0]} of {number(m.value)}.",
                f"{rounded[0]} of {number(m.value)}",
                (Fraction(rounded[0]), m.value),
            )
        elif counts:
            exact = Fraction(100 * counts[0], int(m.value))
            yield judged_percent(
                said, p.value, exact, p.decimals, f"{counts[0]} of {number(m.value)}", (Fraction(counts[0]), m.value)
            )
        else:
            yield wrong(
                said,
                f"No whole number of {number(m.value)} gives {p.text}.",
                _nearest(p.value, int(m.value)),
                (m.value,),
                cause="a percentage that no count of this base can give",
            )


def _nearest(stated: Fraction, base: int) -> str:
    from upheld.checker.rounding import percent

    near = min(base, max(0, round(stated * base / 100)))
    return f"{near} of {base} is {percent(Fraction(100 * near, base))}"
