"""Changes: from one number to another, by how much, how many per cent; both numbers said, or found in tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.checker.answer import Said, cannot_tell, number, right, slip, wrong
from upheld.checker.binding import Index
from upheld.checker.claims.bound_changes import Two, bound_twos
from upheld.checker.claims.directions import ANY, NOUNS, Direction, direction_of
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.shares import said_of
from upheld.checker.claims.thresholds import holds
from upheld.checker.model import Claim, Kind, Severity
from upheld.checker.numbers import Near, Quantity, Unit
from upheld.checker.periods import Period
from upheld.checker.rounding import Fit, fit, half_up, percent, shown

_ANYTHING = r"(?:[^⟨⟩.;]|⟨[TX]\d+⟩){0,80}?"
_NEAR = (
    r"(?:about |around |approximately |almost |nearly |just |over |under |some |only |a |an |more than "
    r"|less than |roughly |further |total |of |by |slightly )*"
)
_FROM_TO = re.compile(rf"\bfrom\s+{_NEAR}⟨([CPD])(\d+)⟩{_ANYTHING}\bto\s+{_NEAR}⟨\1(\d+)⟩", re.I)
_COMPARED = re.compile(
    rf"⟨([CPD])(\d+)⟩({_ANYTHING})(?:\bcompared (?:to|with)|\bin comparison (?:to|with)|\bagainst|\bversus|\bup from"
    rf"|\bdown from|\bfrom|\bthan the|\bas opposed to|\brather than|\bfollowing|\bup on|\bdown on)"
    rf"(?:[^⟨⟩.;]|⟨[TX]\d+⟩){{0,70}}?⟨\1(\d+)⟩(?!\s*(?:more|fewer|less|higher|lower|increase|decrease))",
    re.I,
)
_AMOUNTS = (
    re.compile(
        rf"\b({ANY})\b(?:\s+[\w'-]+){{0,5}}?\s+(?:by|of)\s+{_NEAR}⟨([CPp])(\d+)⟩(?!\s*(?:of\b|\w*\s*(?:in"
        rf"|were|cases of)\b\s*⟨T))",
        re.I,
    ),
    re.compile(
        rf"()(?:a|an|the|this|with)?\s*⟨([CPp])(\d+)⟩\s+(?:(?:complaints?|cases?|percentage|points?|overall"
        rf"|year on year|quarter on quarter|net|small|slight|significant)\s+)*({NOUNS})\b",
        re.I,
    ),
    re.compile(
        rf"\b(up|down|rose|risen|fell|fallen|increased|decreased|dropped|reduced|grew|grown|declined|improved"
        rf"|climbed|jumped)\s+(?:by\s+)?{_NEAR}⟨([CPp])(\d+)⟩(?!\s*(?:of|to)\b)",
        re.I,
    ),
    re.compile(
        r"()⟨([CPp])(\d+)⟩\s+(?:(?:complaints?|cases?|percentage points?|stage [12]|were|was)\s+)?(more|fewer"
        r"|less|higher|lower|additional)\b(?!\s+complex)(?=\s+(?:than|compared|(?:(?:[\w-]+"
        r"|⟨X\d+⟩)\s+){0,3}?complaint|case"
        r"|stage|in|on)"
        r"|\s*[,.;)]|$)",
        re.I,
    ),
)
_BRACKET = re.compile(
    r"\s*[,.]?\s*\(\s*(?:or |a |an |i\.e\. |equating to |equivalent to |that is "
    r"|by )*⟨([CPp])(\d+)⟩\s*(?:complaints?|cases?|more|fewer|less|increase|decrease|reduction|in total"
    r"|percentage points?|points?|rise|fall)?\s*\)",
    re.I,
)
# 23 more than in the same quarter: what it is since is said, and not with a number
_THAN_PERIOD = re.compile(
    r"\s*(?:more|fewer|less|higher|lower)\s+than\s+(?:in\s+)?(?:the\s+)?⟨T\d+⟩(?!\s*\(\s*(?:⟨C|up|down))", re.IGNORECASE
)
# 8 (57%) were in time, against 22 of 34 (65%)
_SHARES_COMPARED = re.compile(
    r"⟨(P)(\d+)⟩((?:[^⟨⟩.;]|⟨[TX]\d+⟩){0,60}?)\b(?:compared (?:to|with)|against|from)\b(?:[^⟨⟩.;]"
    r"|⟨[TXC]\d+⟩){0,40}?⟨P(\d+)⟩",
    re.IGNORECASE,
)
# a rise of 4.9 percentage points on Q4 2014/15 (12.0%); up 28% from 40
_ON_PERIOD = re.compile(
    r"⟨([CPp])(\d+)⟩[^⟨⟩.;()]{0,40}?\b(?:on|from|against|than|over|since|compared (?:with|to))\s+"
    r"(?:the\s+)?(?:(?:in|of)\s+)?(?:⟨T\d+⟩\s*\(\s*|)⟨([CP])(\d+)⟩(?!\s*(?:more|fewer|less|to\b))",
    re.IGNORECASE,
)
# rose from 40 (Q2) to 51 (Q3), by 28%
_BY = re.compile(
    rf"(?:[^⟨⟩.;]|⟨[TX]\d+⟩){{0,30}}?[,(]?\s*(?:\b(?:that is|which is|i\.e\.)\s+)?\b(?:by|an? {NOUNS} of"
    rf"|an? (?:\w+ )?{NOUNS} of)\s+{_NEAR}⟨([CPp])(\d+)⟩",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """By how much something changed, as a sentence says it: which quantity, and which way."""

    index: int
    direction: Direction
    start: int


@dataclass(frozen=True, slots=True)
class Changes:
    """The claims of change in a sentence, the numbers that are amounts, and pairs of (new, old)."""

    claims: tuple[Claim, ...]
    amounts: frozenset[int]
    pairs: tuple[tuple[int, int], ...]
    spoken: tuple[frozenset[int], ...]  # for each claim, the numbers that it speaks of


def changes_of(sentence: Sentence, index: Index, now: Period | None) -> Changes:
    """Every change that a sentence states."""
    amounts = _amounts(sentence)
    taken = {amount.index for amount in amounts}
    pairs = _pairs(sentence, taken)
    claims: list[Claim] = []
    spoken: list[frozenset[int]] = []
    for amount in amounts:
        pair = _pair_for(sentence, amount, pairs)
        said = said_of(sentence, Kind.CHANGE, *((*pair, amount.index) if pair else (amount.index,)))
        spoken.append(frozenset({*(pair or ()), amount.index}))
        if pair:
            new, old = (sentence.quantities[i] for i in pair)
            claims.append(_explicit(said, sentence.quantities[amount.index], amount.direction, new, old))
        else:
            twos, sure = bound_twos(sentence, amount.start, index, now)
            claims.append(_bound(said, sentence.quantities[amount.index], amount.direction, twos, sure=sure))
    directions = list(_directions(sentence, pairs))
    claims += [claim for claim, _ in directions]
    spoken += [indexes for _, indexes in directions]
    return Changes(tuple(claims), frozenset(taken), tuple(pairs), tuple(spoken))


def without(changes: Changes, taken: frozenset[int]) -> Changes:
    """The changes that speak of none of these numbers: a range from one to another is no change."""
    pairs = tuple(pair for pair in changes.pairs if not set(pair) & taken)
    dropped = {i for pair in changes.pairs if set(pair) & taken for i in pair} | taken
    kept = tuple(claim for claim, indexes in zip(changes.claims, changes.spoken, strict=True) if not indexes & dropped)
    spoken = tuple(indexes for indexes in changes.spoken if not indexes & dropped)
    return Changes(kept, changes.amounts - taken, pairs, spoken)


def _amounts(sentence: Sentence) -> list[Amount]:
    found: dict[int, Amount] = {}
    tagged = sentence.tagged
    for pattern in _AMOUNTS:
        for match in pattern.finditer(tagged):
            index = int(match[3])
            word = match[1] or match[4]
            if index in found or re.search(r"\bfrom\s*$", tagged[: match.start(2) - 1], re.I):
                continue
            if match[2] == "C" and re.search(r"\b(?:to|than)\s+(?:\w+\s+)?$", tagged[: match.start(2) - 1], re.I):
                continue
            found[index] = Amount(index, direction_of(word), sentence.quantities[index].start)
            bracket = _BRACKET.match(tagged, tagged.index("⟩", match.start(2)) + 1) or _BRACKET.match(
                tagged, match.end()
            )
            if bracket is None and match[2] != "C":
                rest = re.match(
                    r"(?:[^⟨⟩(]|⟨[TX]\d+⟩){0,90}?\s*\.?\s*(?=\()", tagged[tagged.index("⟩", match.start(2)) + 1 :]
                )
                if rest and re.match(r"\(", tagged[tagged.index("⟩", match.start(2)) + 1 + rest.end() :]):
                    bracket = _BRACKET.match(tagged, tagged.index("⟩", match.start(2)) + 1 + rest.end())
            if bracket and int(bracket[2]) not in found and match[2] != "p" and bracket[1] != match[2]:
                beside = int(bracket[2])
                found[beside] = Amount(beside, direction_of(word), sentence.quantities[beside].start)
    for match in _FROM_TO.finditer(tagged):
        bracket = _BRACKET.match(tagged, match.end()) or _BY.match(tagged, match.end())
        if bracket and int(bracket[2]) not in found and (bracket[1] in "Pp" or "by" in bracket[0]):
            word = _word_before(tagged, match.start()) or ("by" in bracket[0] and "changed")
            if word:
                beside = int(bracket[2])
                found[beside] = Amount(beside, direction_of(word), sentence.quantities[beside].start)
    return sorted(found.values(), key=lambda amount: amount.start)


def _word_before(tagged: str, position: int) -> str | None:
    words = list(re.finditer(rf"\b{ANY}\b", tagged[:position], re.I))
    return words[-1][0] if words and position - words[-1].end() < 70 else None


def _pairs(sentence: Sentence, amounts: set[int]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    pairs += [(int(match[3]), int(match[2])) for match in _FROM_TO.finditer(sentence.tagged)]
    for match in _ON_PERIOD.finditer(sentence.tagged):
        amount, old = int(match[2]), int(match[4])
        unit = sentence.quantities[old].unit
        before = [i for i in range(amount) if sentence.quantities[i].unit is unit and i not in amounts]
        if before and amount in amounts and old not in amounts:
            pairs.append((before[-1], old))
    for match in (*_COMPARED.finditer(sentence.tagged), *_SHARES_COMPARED.finditer(sentence.tagged)):
        new, old = int(match[2]), int(match[4])
        if {new, old} & amounts or any({new, old} & set(pair) for pair in pairs):
            # An amount stands between: the number before it is the new one.
            new = next(
                (
                    i
                    for i in range(new - 1, -1, -1)
                    if sentence.quantities[i].unit is sentence.quantities[old].unit and i not in amounts
                ),
                -1,
            )
            if new < 0 or old in amounts or any({new, old} & set(pair) for pair in pairs):
                continue
            if sentence.quantities[match.start() and int(match[2])].start - sentence.quantities[new].end > 90:
                continue
        pairs.append((new, old))
    return pairs


def _pair_for(sentence: Sentence, amount: Amount, pairs: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    after = sentence.tagged[sentence.tagged.find("⟩", sentence.tagged.find(f"{amount.index}⟩")) + 1 :]
    if _THAN_PERIOD.match(after):
        return None
    usable = [
        pair
        for pair in pairs
        if amount.index not in pair
        and not (
            sentence.quantities[amount.index].unit is Unit.COUNT and sentence.quantities[pair[0]].unit is not Unit.COUNT
        )
    ]
    if not usable:
        return None
    nearest = min(usable, key=lambda pair: min(abs(sentence.quantities[i].start - amount.start) for i in pair))
    distance = min(abs(sentence.quantities[i].start - amount.start) for i in nearest)
    return nearest if distance <= 110 else None


def _explicit(said: Said, amount: Quantity, direction: Direction, new: Quantity, old: Quantity) -> Claim:
    two = Two(new.value, old.value, "", rates=new.unit is Unit.PERCENT, rounded=new.unit is Unit.PERCENT)
    return _against(said, amount, direction, two)


def _bound(said: Said, amount: Quantity, direction: Direction, twos: Sequence[Two], *, sure: bool) -> Claim:
    claims = [_against(said, amount, direction, two) for two in twos]
    agreed = next((claim for claim in claims if not claim.is_wrong), None)
    if agreed is not None:
        return agreed
    if not claims:
        return cannot_tell(said, "The report does not give both numbers that this change is between.")
    minor = next((c for c in claims if c.severity is Severity.MINOR and c.cause == "cut off instead of rounded"), None)
    if minor is not None and sure:
        return minor
    if not sure:
        return cannot_tell(
            said, "It is not sure which numbers this change is between; those nearest to its words do not give it."
        )
    return claims[0]


def exact_change(two: Two, unit: Unit) -> Fraction | None:
    """The change in per cent, or in number or percentage points."""
    if unit is Unit.PERCENT:
        return 100 * (two.new - two.old) / two.old if two.old else None
    return two.new - two.old


def _against(said: Said, amount: Quantity, direction: Direction, two: Two) -> Claim:
    exact = exact_change(two, amount.unit)
    how = f"From {_number(two.old, two)} to {_number(two.new, two)}{two.where}"
    counts = (two.new, two.old)
    if exact is None:
        return wrong(said, f"{how}: a change from nought has no percentage.", "no percentage", counts)
    size = abs(exact)
    unit = "%" if amount.unit is Unit.PERCENT else (" percentage points" if two.rates else "")
    computed = f"{'+' if exact > 0 else '-' if exact < 0 else ''}{shown(size)}{unit}"
    stated = abs(amount.value)
    if direction is not Direction.EITHER and exact and (exact > 0) != (direction is Direction.UP):
        return wrong(
            said, f"{how} is a change of {computed}: the other way.", computed, counts, cause="the wrong direction"
        )
    if amount.near is not Near.EXACT:
        if holds(Quantity(stated, amount.unit, 0, 0, "", amount.decimals, amount.near, amount.in_words), size):
            return right(said, f"{how} is {computed}.", computed, counts)
        close = fit(stated, size, amount.decimals) is not Fit.NONE
        return wrong(
            said,
            f"{how} is {computed}.",
            computed,
            counts,
            severity=Severity.MINOR if close else Severity.MATERIAL,
            cause=f"“{amount.near}” is not true of it",
        )
    how_near = fit(stated, size, amount.decimals)
    if how_near.is_right or (two.rounded and _within_rounding(stated, amount, two)):
        return right(said, f"{how} is {computed}.", computed, counts)
    if two.rates and amount.unit is Unit.PERCENT and fit(stated, abs(two.new - two.old), amount.decimals).is_right:
        return wrong(
            said,
            f"{how} is {shown(abs(two.new - two.old))} percentage points, and {computed}.",
            computed,
            counts,
            severity=Severity.MINOR,
            cause="percentage points called per cent",
        )
    if how_near is Fit.CUT_OFF:
        return wrong(
            said,
            f"{how} is {computed}, which rounds to {percent(half_up(size, amount.decimals), amount.decimals)}.",
            computed,
            counts,
            severity=Severity.MINOR,
            cause="cut off instead of rounded",
        )
    near = amount.unit is Unit.PERCENT and abs(stated - size) < 1
    cause = slip(stated, size, amount.decimals)
    if (
        amount.unit is Unit.PERCENT
        and two.new
        and fit(stated, abs(100 * (two.new - two.old) / two.new), amount.decimals).is_right
    ):
        cause = f"wrong base: taken of the new number, {_number(two.new, two)}, and not of the old one"
    return wrong(
        said,
        f"{how} is {computed}.",
        computed,
        counts,
        severity=Severity.MINOR if near else Severity.MATERIAL,
        cause=cause,
    )


def _number(value: Fraction, two: Two) -> str:
    return percent(value) if two.rates else number(value)


def _within_rounding(stated: Fraction, amount: Quantity, two: Two) -> bool:
    """Whether percentages that were rounded themselves may have given it."""
    half = Fraction(1, 2)
    low_new, high_new, low_old, high_old = two.new - half, two.new + half, two.old - half, two.old + half
    if amount.unit is not Unit.PERCENT:
        return abs(low_new - high_old) <= stated <= abs(high_new - low_old) or abs(high_new - low_old) <= stated <= abs(
            low_new - high_old
        )
    if low_old <= 0:
        return False
    ends = sorted(abs(100 * (n - o) / o) for n, o in ((low_new, high_old), (high_new, low_old)))
    return ends[0] - half <= stated <= ends[1] + half


def _directions(sentence: Sentence, pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[Claim, frozenset[int]]]:
    """Words of change beside two numbers, without an amount."""
    for new_index, old_index in pairs:
        both = frozenset({new_index, old_index})
        new, old = sentence.quantities[new_index], sentence.quantities[old_index]
        start, end = min(new.start, old.start), max(new.end, old.end)
        segment = sentence.text[max(0, start - 70) : end]
        close = sentence.text[max(0, start - 45) : end + 40]
        if new.near is not Near.EXACT or old.near is not Near.EXACT:
            continue
        words = [m[0] for m in re.finditer(rf"\b{ANY}\b", segment, re.I)] or [
            m[0] for m in re.finditer(rf"\b{NOUNS}\b", close, re.I)
        ]
        told = {direction_of(word) for word in words} - {Direction.EITHER}
        said = said_of(sentence, Kind.COMPARISON, old_index, new_index)
        if len(told) != 1:
            yield right(said, f"{old.text} and {new.text} are given side by side.", None, (new.value, old.value)), both
            continue
        way = told.pop()
        counts = (new.value, old.value)
        how = f"From {old.text} to {new.text}"
        if new.value == old.value:
            yield wrong(said, f"{how} is no change.", "no change", counts, cause="the wrong direction"), both
        elif (new.value > old.value) is (way is Direction.UP):
            yield right(said, f"{how} is {'an increase' if way is Direction.UP else 'a decrease'}.", None, counts), both
        else:
            yield (
                wrong(
                    said,
                    f"{how} is {'a decrease' if way is Direction.UP else 'an increase'}.",
                    "a decrease" if way is Direction.UP else "an increase",
                    counts,
                    cause="the wrong direction",
                ),
                both,
            )
