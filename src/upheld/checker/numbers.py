"""Quantities in a text: counts, percentages, percentage points, days, money and fractions, in figures or in words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from upheld.checker.periods import Mention


class Unit(StrEnum):
    """What a quantity counts in."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    DAYS = "days"
    MONEY = "money"
    OTHER = "other"  # a stage, a limit, a reference: no figure of the report


class Near(StrEnum):
    """How exactly a quantity is meant."""

    EXACT = "exactly"
    ABOUT = "about"
    OVER = "more than"
    UNDER = "less than"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: its exact value (per cent as per cent), its unit, and where it stands."""

    value: Fraction
    unit: Unit
    start: int
    end: int
    text: str
    decimals: int = 0
    near: Near = Near.EXACT
    in_words: bool = False
    signed: bool = False  # written with a plus or minus: a change


_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: number for number, word in enumerate(_ONES)} | {w: 20 + 10 * i for i, w in enumerate(_TENS)}
_FRACTIONS = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4),
    "fifth": Fraction(1, 5),
    "fifths": Fraction(1, 5),
    "tenth": Fraction(1, 10),
}
_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"""
      (?P<fraction>(?<!in\ )\b(?:(?:a|one)[\ -](?:half|third|quarter|fifth|tenth)|(?:two|three|four)[\ -](?:thirds
          |fifths)|three[\ -]quarters(?=\ of)
          |(?:by|almost|nearly|over|about|around|than|just\ under|just\ over)\ half|half(?=\ of\ (?:the|all|these
          |those)))\b(?!\ (?:\d|of\ (?:the\ )?(?:financial\ )?year|in\b|was\b|when\b|ago\b|earlier\b|later\b)))
    | (?P<sign>(?<![\w)%])[+-])?(?P<money>£)?(?<![\w.,])(?P<figures>{_FIGURES})(?P<ordinal>st|nd|rd|th)?(?![\w]
          |[.,]\d)
    | (?P<words>\b(?:(?:{_WORD})(?:[\ -](?:{_WORD}))?(?:\ hundred(?:\ and\ (?:{_WORD})(?:[\ -](?:{_WORD}))?)?)?
          |a\ dozen)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    r"\s*(?:(?P<points>(?:%\s*|per\s*cent\s*|percent\s*)?(?:percentage[- ]points?|%[- ]?points?|p\.?p\.?t?s?\b"
    r"|points?\b))"
    r"|(?P<percent>%|per\s?cent\b|percent\b|pct\b)"
    r"|(?P<days>(?:(?:working|calendar|school)[- ])?(?:days?|weeks?|months?|hours?|years?|quarters?"
    r"|reporting periods?|periods?)\b)|(?P<million>m\b"
    r"|million\b|k\b))",
    re.IGNORECASE,
)
_NEAR = (
    (re.compile(r"(?:no more than|not more than|at most|up to|a maximum of)\s*(?:the\s|a\s)?$", re.I), Near.AT_MOST),
    (re.compile(r"(?:no (?:less|fewer) than|at least|a minimum of)\s*(?:the\s|a\s)?$", re.I), Near.AT_LEAST),
    (
        re.compile(
            r"(?:more than|over|above|in excess of|exceed(?:s|ed|ing)?|greater than|higher than|upwards of"
            r"|>)\s*(?:the\s|a\s)?$",
            re.I,
        ),
        Near.OVER,
    ),
    (re.compile(r"(?:less than|fewer than|under|below|lower than|<)\s*(?:the\s|a\s)?$", re.I), Near.UNDER),
    (
        re.compile(
            r"(?:almost|nearly|just under|just short of|close to|approaching)\s*(?:by\s)?(?:the\s"
            r"|a\s)?$",
            re.I,
        ),
        Near.NEARLY,
    ),
    (
        re.compile(
            r"(?:about|around|approximately|approx\.?|roughly|circa|c\.|some|just over|slightly over"
            r"|~)\s*(?:the\s|a\s)?$",
            re.I,
        ),
        Near.ABOUT,
    ),
)
_REFERENCE = re.compile(
    r"(?:\bstages?|\btables?|\bfigures?|\bcharts?|\bgraphs?|\bsections?|\bparagraphs?|\bpara\.?|\bappendix|\bannexe?"
    r"|\bregulations?|\bregs?\.?"
    r"|\bpages?|\btiers?|\blevels?|\bphases?|\bschedule|\bchapters?|\bversion|\bno\.|\bnumber|\bitem|\bpart|\bband"
    r"|\bgrades?|\bstep|\boption"
    r"|\bact|\btel(?:ephone)?:?|\broom|\bissue|\bpoint|\bnote|\bquarters?|\bpriority|\bobjective|\bages?d?"
    r"|\bref(?:erence)?:?"
    r"|\bstages? (?:\d|one|two)(?: ?[,/&-] ?\d| and \d| or \d| to \d)*(?:,| and| or| to| ?&| ?/| ?-))\s*$",
    re.I,
)
_LIMIT = re.compile(
    r"(?:\bwithin(?: the)?(?: \w+)?(?: \d+,?(?: or| to|-| ?/))?|\btarget(?: is| was| of| set at|:)?(?: of)?"
    r"|\btimescales? of|\blimit of|\bdeadline of|\bup to"
    r"|\ba (?:period|limit|target) of|\bthe|\bor|\bwas a|\bexcept(?:ed|ional)|\bbetween|\bafter|\bnext|\blast|\bpast"
    r"|\bprevious|\bevery|\bto|\bits|\bfor|\bexceed(?:ed|ing)?|\bover|\bmore than|\bin"
    r"|\bstatutory|\badditional|\bfurther|\bthan)\s*\(?$",
    re.I,
)
_TARGET = re.compile(
    r"\btargets?\b(?:\s+(?:is|was|of|set|at|being|for|\w+ing|this|year|which|that|stands|remains))*\s*[:=(]?\s*$", re.I
)
_TARGET_AFTER = re.compile(
    r"\s*(?:corporate |council |local |national |service |performance )?(?:target|standard|threshold|benchmark)\b", re.I
)
_HAPPENED = re.compile(
    r"\b(?:was|were|received|answered|responded|upheld|settled|resolved|closed|completed|fell|rose|is|are|had|has"
    r"|have)\b",
    re.I,
)
_AVERAGE = re.compile(r"\b(?:average[ds]?|mean|median|took|taken|taking|typical(?:ly)?)\b", re.I)
_COUNT_NOUN = re.compile(
    r"\s*(?:%|\(|of\b|out of\b|were\b|was\b|(?:[\w'-]+\s+){0,4}?(?:complaints?|cases?|responses?|compliments?"
    r"|enquir\w+|concerns?)\b)",
    re.I,
)
_ONE_IN = re.compile(rf"one in (?:every )?(?:{_WORD}|\d)", re.IGNORECASE)
_IN_MANY = re.compile(r"\bone in (?:every )?$", re.IGNORECASE)
_ONE_OF = re.compile(
    r"\s*(?:of\b|complaints?\b|case|stage|representation|was\b|were\b|more\b|fewer\b|less\b|at\b|went\b|upheld\b"
    r"|partly\b|not upheld|compliment|concern|enquir|quer|request|contact|investigat|review|panel|point|percentage"
    r"|team|response|open|late\b|decision|statutory|corporate|new\b|\()",
    re.I,
)


def find_quantities(text: str, periods: Sequence[Mention] = ()) -> tuple[Quantity, ...]:
    """Every quantity of a plain text outside the periods that it names, in order."""
    hidden = _hidden(text, periods)
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(hidden):
        if found and match.start() < found[-1].end:
            continue
        quantity = _quantity(hidden, match)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def _hidden(text: str, periods: Sequence[Mention]) -> str:
    for mention in periods:
        text = text[: mention.start] + "\x00" * (mention.end - mention.start) + text[mention.end :]
    return text


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    start, end = match.span()
    before = text[max(0, start - 60) : start]
    near = next((meant for pattern, meant in _NEAR if pattern.search(before)), Near.EXACT)
    if match["fraction"]:
        return _fraction(match, near)
    decimals = 0
    if match["figures"]:
        figures = match["figures"].replace(",", "")
        if len(figures) > 15:
            return None
        value = Fraction(figures)
        decimals = len(figures.partition(".")[2])
        if match["sign"] == "-":
            value = -value
    else:
        number = in_words(match["words"])
        if number is None:
            return None
        value = Fraction(number)
    after = _AFTER.match(text, end)
    unit = _unit(text, match, after, before)
    if match["words"] and unit is Unit.COUNT and value == 1 and not _ONE_OF.match(text, end):
        return None
    if after and unit in (Unit.PERCENT, Unit.POINTS, Unit.DAYS):
        end = after.end()
    return Quantity(value, unit, start, end, text[start:end], decimals, near, bool(match["words"]), bool(match["sign"]))


def _unit(text: str, match: re.Match[str], after: re.Match[str] | None, before: str) -> Unit:
    if re.match(
        r"\s*(?:different\s+|main\s+)?(?:stages|ways|officers|people|members|independent|years? old)\b",
        text[match.end() :],
        re.I,
    ):
        return Unit.OTHER
    if _ONE_IN.match(text, match.start()) or _IN_MANY.search(before):
        return Unit.OTHER  # one in five: a share, and no count
    if match["figures"] and (match["ordinal"] or _is_numbering(text, match)):
        return Unit.OTHER
    if match["money"]:
        return Unit.MONEY
    if after and after["million"]:
        return Unit.OTHER
    if after and after["points"] and (match["figures"] or "percent" in after[0].lower()):
        return Unit.POINTS if "point" in after[0].lower() or after[0].strip().lower().startswith("p") else Unit.COUNT
    if after and after["percent"]:
        aim = (
            _TARGET.search(before)
            or (
                re.search(r"\b(?:reach(?:es)?|below|at least|aim\w*)\s*(?:the\s+)?$|\(\s*[<>]\s*$", before, re.I)
                and not _HAPPENED.search(text)
            )
            or _TARGET_AFTER.match(text, after.end())
        )
        return Unit.OTHER if aim else Unit.PERCENT
    if after and after["days"]:
        return Unit.DAYS if "day" in after[0] and _averaged(text, match) else Unit.OTHER
    if _REFERENCE.search(before) or _TARGET.search(before):
        return Unit.OTHER
    if not _COUNT_NOUN.match(text, match.end()) and (
        re.search(r"\bwithin\s+(?:the\s+)?$", before, re.I)
        or re.search(r"\b(?:working|calendar) days?\b|\bday ⟨?\d", text, re.I)
    ):
        return Unit.OTHER  # a limit that is told again without its days
    if _LIMIT.search(before) and re.match(
        r"\s*(?:,|or|to|and|-|/)?\s*\d*\s*,?\s*(?:or|to|and|-)?\s*\d*\s*(?:working |calendar )?(?:days|weeks)",
        text[match.end() :],
        re.I,
    ):
        return Unit.OTHER
    return Unit.COUNT


def _is_numbering(text: str, match: re.Match[str]) -> bool:
    """Whether a number only numbers the paragraph that it opens: "4.1 The…", "3. The…"."""
    if text[: match.start()].strip():
        return False
    return bool(
        re.match(r"[.)]\s", text[match.end() :])
        or ("." in match["figures"] and re.match(r"\s+[A-Z0-9]", text[match.end() :]))
    )


def _averaged(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 90) : match.end() + 40]
    return bool(_AVERAGE.search(around)) and not re.search(r"\bwithin\s+(?:the\s+)?$", text[: match.start()], re.I)


def _fraction(match: re.Match[str], near: Near) -> Quantity | None:
    words = re.split(r"[ -]", match["fraction"].lower())
    if words[-1] == "half" and words[0] not in ("a", "one"):
        words = ["a", "half"]
    part = _FRACTIONS[words[-1]]
    times = {"two": 2, "three": 3, "four": 4}.get(words[0], 1)
    if part * times >= 1:
        return None
    start = match.end() - len("half") if words[-1] == "half" else match.start()
    # A fraction in words is never meant to the per cent.
    near = Near.ABOUT if near is Near.EXACT else near
    return Quantity(
        part * times * 100, Unit.PERCENT, start, match.end(), match.string[start : match.end()], 0, near, in_words=True
    )


def in_words(text: str) -> int | None:
    """The number that "fifty-one" or "one hundred and four" names; None for words that are none."""
    words = re.split(r"[\s-]+", text.lower())
    if words == ["a", "dozen"]:
        return 12
    total = 0
    for word in words:
        if word == "hundred":
            total *= 100
        elif word in _SMALL:
            if total % 100 and not (total % 100 in range(20, 100, 10) and 0 < _SMALL[word] < 10):
                return None
            total += _SMALL[word]
        elif word != "and":
            return None
    return total
