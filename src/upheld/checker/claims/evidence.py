"""All numbers of a sentence set against the cells that it may speak of: those that agree say what the others are.

However a sentence is worded, its numbers must play parts in one picture: levels of one group in one or two periods, the
difference between them, their change in per cent, a part and its whole. A number that plays one of these parts is not
called wrong for another; and one that plays none is wrong where all others fit and only one part is left for it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from upheld.checker.answer import judged_percent, number, right, slip, wrong
from upheld.checker.binding import Ask, Index
from upheld.checker.claims.bound_changes import before_of
from upheld.checker.claims.directions import ANY
from upheld.checker.claims.sentences import Sentence
from upheld.checker.claims.shares import said_of
from upheld.checker.claims.subjects import subject_of
from upheld.checker.claims.thresholds import holds
from upheld.checker.model import Claim, Kind, Verdict
from upheld.checker.numbers import Near, Quantity, Unit
from upheld.checker.periods import Period
from upheld.checker.rounding import fit, percent
from upheld.checker.words import PARTS, facets_of

_CHANGE = re.compile(rf"\b(?:{ANY}|since|compared|comparison|previously|difference)\b", re.IGNORECASE)
_SERIES = re.compile(
    r"\b(?:average[ds]?|averaging|mean|median|typical(?:ly)?|lowest|highest|low|high|rang\w+|vari\w+|fluctuat\w+"
    r"|peak\w*|between|each|every|throughout)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:\b(?:by|difference of|gap of|equal to|equivalent to|equat\w+ to|amounting to|change of|another|extra)\s+"
    r"(?:about |around |some |only |just )?|[(,:]\s*(?:or |that is |i\.e\. |namely )?)$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s*(?:complaints?\s+|cases?\s+)?(?:more|fewer|less|higher|lower|up|down)\b", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:to|at|was|were|of|from|had|saw|seen)\s+(?:just |only )?$", re.IGNORECASE)
# What is counted stands after both numbers: 66 complaints, 20 upheld.
_MEASURE_LAST = re.compile(r"\d[^.;]*\b(?:upheld|time|timescales?|late)\b", re.IGNORECASE)
_SAME = re.compile(r",|\b(?:and|with|of)\b|[;:]", re.IGNORECASE)
_WHOLES = ("received", "closed", "decided")
_WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_WORDS_OF_A_SENTENCE = 3
_STRONG = 5  # a smaller count agrees with something too easily to bear out the others


@dataclass(frozen=True, slots=True)
class Role:
    """A part that a number can play, and the values that fit it."""

    name: str
    unit: Unit
    values: tuple[Fraction, ...]
    where: str


def settled(sentence: Sentence, claims: list[Claim], index: Index, now: Period | None) -> list[Claim]:
    """The claims of a sentence after its numbers were weighed together."""
    figures = [i for i, q in enumerate(sentence.quantities) if q.unit in (Unit.COUNT, Unit.PERCENT, Unit.POINTS)]
    if len(figures) > 1 and len(_WORD.findall(sentence.text)) < _WORDS_OF_A_SENTENCE:
        return [_unsure(claim) if claim.is_wrong else claim for claim in claims]  # a line torn out of a table
    if not figures or len(index.labels.named(sentence.text)) > 1:
        return claims
    weighed = _weighed(sentence, figures, index, now)
    if weighed is None:
        return claims
    roles, periods, measure = weighed
    playing = _matched(sentence, figures, roles)
    kept = [_gated(sentence, claim, playing, figures, periods) for claim in claims]
    left = [i for i in figures if i not in playing]
    large = _too_large(sentence, figures, measure) if len(periods) == 1 else None
    if large is not None and not any(claim.is_wrong for claim in kept):
        kept.append(large)
    if len(left) == 1 and _borne_out(sentence, playing) and not any(claim.is_wrong for claim in kept):
        found = _odd_one(sentence, left[0], roles, playing, periods, measure)
        if found is not None:
            kept.append(found)
    return kept


def _unsure(claim: Claim) -> Claim:
    return replace(
        claim,
        verdict=Verdict.CANNOT_TELL,
        severity=None,
        cause=None,
        computed=None,
        counts=(),
        why="It is not sure which part this number plays in the sentence.",
    )


def _weighed(
    sentence: Sentence, figures: Sequence[int], index: Index, now: Period | None
) -> tuple[list[Role], list[Period], str] | None:
    """The parts that numbers may play in this sentence, its periods from old to new, and what is measured."""
    first = sentence.quantities[figures[0]]
    measures = [m for m in facets_of(sentence.text).measures if m in PARTS]
    if len(set(measures)) > 1:
        return None
    subject = subject_of(sentence, first.end, index, now, measure=measures[0] if measures else None)
    stages = {stage for segment in sentence.segments for stage in segment.facets.stages}
    if subject is None or len(stages) > 1 or subject.ask.measure == "average":
        return None
    periods = _periods(sentence, now)
    if not periods:
        return None
    return list(_roles(index, subject.ask, periods)), periods, subject.ask.measure


def _periods(sentence: Sentence, now: Period | None) -> list[Period]:
    named = [m.resolved(now) for m in sentence.periods if m.form not in ("date", "calendar", "range")]
    held = sorted({period for period in named if period is not None}, key=lambda period: (period.first, period.last))
    if len(held) > 2 or any(period is None for period in named):
        return []
    if len(held) < 2 and _CHANGE.search(sentence.text):
        before, _ = before_of(sentence, now, len(sentence.text) - 1)
        if before is None and held and now is not None and held[0] != now:
            before = held[0]
        if before is not None and now is not None and before != now and held in ([], [before]):
            held = [before, now]
    return held or ([now] if now is not None else [])


def _roles(index: Index, ask: Ask, periods: Sequence[Period]) -> Iterator[Role]:
    levels: list[set[Fraction]] = []
    rates: list[set[Fraction]] = []
    for at, period in enumerate(periods):
        there = replace(ask, period=period)
        here = {fact.value for fact in index.find(there) if not fact.derived}
        levels.append(here)
        name = f"level {at}"
        if here:
            yield Role(name, Unit.COUNT, tuple(sorted(here)), f"the tables' number of {period}")
        if ask.measure in PARTS:
            wholes = {m: fact.value for m in _WHOLES if (fact := index.value(replace(there, measure=m))) is not None}
            for m, value in wholes.items():
                yield Role(f"{m} {at}", Unit.COUNT, (value,), f"the tables' number {m} in {period}")
            shares = {100 * v / whole for v in here for whole in wholes.values() if whole >= v and whole}
            shares |= {fact.value for fact in index.find(there, percent=True)}
            rates.append(shares)
            if shares:
                yield Role(f"rate {at}", Unit.PERCENT, tuple(sorted(shares)), f"the tables' share of {period}")
    if len(levels) == 2 and all(len(each) == 1 for each in levels):
        old, new = (next(iter(each)) for each in levels)
        yield Role("difference", Unit.COUNT, (abs(new - old),), f"from {number(old)} to {number(new)}")
        if old and ask.measure not in PARTS:
            yield Role("change", Unit.PERCENT, (abs(100 * (new - old) / old),), f"from {number(old)} to {number(new)}")
    if len(rates) == 2 and all(rates):
        gaps = tuple(sorted({abs(a - b) for a in rates[0] for b in rates[1]}))
        yield Role("gap", Unit.POINTS, gaps, "between the two shares")


def _plays(quantity: Quantity, role: Role) -> bool:
    if quantity.unit is not role.unit:
        return False
    if quantity.near is not Near.EXACT:
        return any(holds(quantity, value) for value in role.values)
    return any(fit(abs(quantity.value), value, quantity.decimals).is_right for value in role.values)


def _matched(sentence: Sentence, figures: Sequence[int], roles: Sequence[Role]) -> dict[int, Role]:
    """As many numbers as can play parts at once, each its own; where several ways are as good, the first."""
    best: dict[int, Role] = {}

    def go(at: int, playing: dict[int, Role]) -> None:
        nonlocal best
        if len(playing) + len(figures) - at <= len(best):
            return
        if at == len(figures):
            best = dict(playing)
            return
        taken = {role.name for role in playing.values()}
        for role in roles:
            if role.name not in taken and _plays(sentence.quantities[figures[at]], role):
                go(at + 1, {**playing, figures[at]: role})
        go(at + 1, playing)

    if len(figures) <= 6:
        go(0, {})
    return best


def _gated(
    sentence: Sentence, claim: Claim, playing: dict[int, Role], figures: Sequence[int], periods: Sequence[Period]
) -> Claim:
    """A claim against one number stands only where that number plays no other part, and all others play theirs."""
    if not claim.is_wrong or claim.kind not in (Kind.COUNT, Kind.PERCENTAGE) or len(claim.numbers) != 1:
        return claim
    at = [i for i in figures if sentence.offset + sentence.quantities[i].start == claim.numbers[0][1]]
    if len(at) != 1 or (claim.kind is Kind.PERCENTAGE and len(periods) < 2):
        return claim
    said = said_of(sentence, claim.kind, at[0])
    role = playing.get(at[0])
    changes = len(periods) == 2 or _CHANGE.search(sentence.text)
    if role is not None and changes:
        value = sentence.quantities[at[0]].value
        return right(said, f"It is {role.where}.", sentence.quantities[at[0]].text, (value,))
    others = [i for i in figures if i != at[0]]
    unsure = changes or _SERIES.search(sentence.text)
    if unsure and not (others and all(i in playing for i in others) and not _SERIES.search(sentence.text)):
        return _unsure(claim)
    return claim


def _borne_out(sentence: Sentence, playing: dict[int, Role]) -> bool:
    return any(
        sentence.quantities[i].unit is not Unit.COUNT or sentence.quantities[i].value >= _STRONG for i in playing
    ) and not _SERIES.search(sentence.text)


def _odd_one(
    sentence: Sentence,
    i: int,
    roles: Sequence[Role],
    playing: dict[int, Role],
    periods: Sequence[Period],
    measure: str,
) -> Claim | None:
    """The one number that fits nothing, where only one part is left for it."""
    quantity = sentence.quantities[i]
    if quantity.near is not Near.EXACT or (quantity.in_words and quantity.unit is Unit.PERCENT):
        return None
    taken = {role.name for role in playing.values()}
    names = _open_roles(sentence, quantity, taken, len(periods), measure)
    free = [role for role in roles if role.name in names]
    if quantity.unit is Unit.PERCENT and names == {"rate 0"} and len(periods) == 1:
        free = list(_share_of_whole(sentence, playing, roles))
    if len(free) != 1 or len(free[0].values) != 1:
        return None
    role, exact = free[0], free[0].values[0]
    if quantity.unit is Unit.COUNT:
        if quantity.value.denominator != 1:
            return None
        kind = Kind.CHANGE if role.name == "difference" else Kind.COUNT
        return wrong(
            said_of(sentence, kind, i),
            f"The other numbers of the sentence are those of the tables; this one is {number(exact)} ({role.where}).",
            number(exact),
            (exact,),
            cause=slip(quantity.value, exact) or "two values for one thing",
        )
    kind = Kind.CHANGE if role.name in ("change", "gap") else Kind.PERCENTAGE
    if abs(abs(quantity.value) - exact) < 1:
        return judged_percent(
            said_of(sentence, kind, i), abs(quantity.value), exact, quantity.decimals, role.where, (exact,)
        )
    return wrong(
        said_of(sentence, kind, i),
        f"The other numbers of the sentence are those of the tables; this one is {percent(exact)} ({role.where}).",
        percent(exact),
        (exact,),
        cause=slip(quantity.value, exact, quantity.decimals),
    )


def _open_roles(sentence: Sentence, quantity: Quantity, taken: set[str], periods: int, measure: str) -> set[str]:
    """The parts that the words leave to a number."""
    if quantity.unit is Unit.POINTS:
        return {"gap"} - taken
    if quantity.unit is Unit.PERCENT:
        if measure in PARTS:
            return set() if periods == 2 and not {"rate 0", "rate 1"} & taken else {"rate 0", "rate 1"} - taken
        return {"change"} - taken if {"difference", "level 0", "level 1"} & taken else set()
    before, after = sentence.text[: quantity.start], sentence.text[quantity.end :]
    if periods == 2 and measure not in PARTS:
        if _MORE.match(after) or _BY.search(before) or "change" in taken:
            return set() if _LEVEL.search(before) and not _BY.search(before) else {"difference"} - taken
        return {"level 0", "level 1"} - taken if {"level 0", "level 1"} & taken else set()
    if periods == 1 and measure in PARTS and {"received 0", "closed 0", "decided 0"} & taken:
        return {"level 0"} - taken
    if periods == 1 and measure in PARTS and "level 0" in taken and _MEASURE_LAST.search(after):
        said = facets_of(sentence.text).measures
        return {f"{next((m for m in ('closed', 'decided') if m in said), 'received')} 0"}
    return set()


def _share_of_whole(sentence: Sentence, playing: dict[int, Role], roles: Sequence[Role]) -> Iterator[Role]:
    """The share that the tables' part has in the whole that the sentence names."""
    wholes = [sentence.quantities[i] for i, role in playing.items() if role.name.split()[0] in _WHOLES]
    parts = [role for role in roles if role.name == "level 0" and len(role.values) == 1]
    if len(wholes) == 1 and len(parts) == 1 and wholes[0].value >= parts[0].values[0] and wholes[0].value:
        part, whole = parts[0].values[0], wholes[0].value
        yield Role("rate 0", Unit.PERCENT, (100 * part / whole,), f"{number(part)} of {number(whole)}")


def _too_large(sentence: Sentence, figures: Sequence[int], measure: str) -> Claim | None:
    """A part that is larger than the whole before it: no table is needed for that."""
    counts = [i for i in figures if sentence.quantities[i].unit is Unit.COUNT]
    if len(counts) != 2 or measure not in PARTS or _CHANGE.search(sentence.text) or _SERIES.search(sentence.text):
        return None
    whole, part = (sentence.quantities[i] for i in counts)
    between = sentence.text[whole.end : part.start]
    if part.value <= whole.value or re.fullmatch(r"\W*(?:out )?of (?:the |our )?", between, re.IGNORECASE):
        return None
    if facets_of(between).measures and measure in facets_of(between).measures:
        return None
    if measure not in facets_of(sentence.text[part.end : part.end + 60]).measures or not _SAME.search(between):
        return None
    return wrong(
        said_of(sentence, Kind.PART, *counts),
        f"It is more than the {number(whole.value)} that it is a part of.",
        f"at most {number(whole.value)}",
        (part.value, whole.value),
        cause=slip(part.value, whole.value) or "a part larger than its whole",
    )
