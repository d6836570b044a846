"""What words say of a number: its stage, what it measures and counts, which group; in the field's many spellings."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from upheld.checker.periods import Mention, Period, find_periods
from upheld.checker.plain import plain

# In order: what is longer or more special comes first. Each takes its words away from those that follow.
_MEASURES: tuple[tuple[str, str], ...] = (
    (
        "late",
        r"not (?:answered |responded to |completed )?(?:in|within|on) (?:the )?(?:time(?:scales?|frames?)?|sla"
        r"|target|limits?)|(?:outside|beyond|exceed\w*|missed|over"
        r"|out of) (?:of )?(?:the )?(?:\w+ )?(?:time ?(?:scales?"
        r"|frames?|limits?)|sla|targets?|deadlines?)\b|\bout of time\b"
        r"|\blate\b|overdue|passed (?:its|their|the) limit|past the limit|not in time",
    ),
    ("not_upheld", r"\bnot[ -]*up ?he[li1]d\b|\bnot[ -]+founded|unsubstantiated|not substantiated|\bunfounded"),
    (
        "partly_upheld",
        r"\b(?:part(?:ly|ial(?:ly)?)?)[ -/]*up ?he[li1]d\b|\bup ?he[li1]d in part"
        r"|upheld \(?part(?:ial(?:ly)?|ly)?\)?",
    ),
    ("fault", r"\b(?:upheld|fault found) (?:or|and|/) part(?:ly|ially)(?: upheld)?|\bfault (?:was )?found"),
    (
        "in_time",
        r"\b(?:(?:answered|responded to|completed|closed|resolved|dealt with|replied to) )?(?:in|within"
        r"|inside|to|on|met) (?:the |a )?(?:(?:statutory|agreed|corporate|required|published|prescribed"
        r"|council(?:'s)?|set|target|initial|their|its) )*(?:s[li]a(?:'?s)?|s1a|time ?-?(?:scales?|frames?"
        r"|limits?)?|targets?|deadlines?|limits?)(?: (?:in force|set))?\b|\bon[- ]time\b"
        r"|\bwithin (?:the )?(?:statutory )?(?:\d+|ten|twenty|twenty-five|sixty-five)(?:(?: ?-| or| to"
        r"|/) ?\d+)? ?(?:working |calendar )?days?\b|\btimeliness\b|\bin[- ]time\b|\bwithin s[li]a\b"
        r"|\bno\.? in s[li]a\b|\bcompliance\b|\bpunctual\w*",
    ),
    ("upheld", r"\bup ?he[li1i]d\b|\buphe[il]d\b|\bsubstantiated\b|\bup he1d"),
    ("withdrawn", r"\bwithdr[ae]wn?\b"),
    (
        "open",
        r"\b(?:still |remain(?:s|ed|ing)? |currently )?(?:open|ongoing|on-going|outstanding|unresolved"
        r"|in progress|under investigation|under way|underway|pending)\b",
    ),
    ("average", r"\b(?:average|mean|median)(?: (?:number of|response|time|length|working))*\b"),
    (
        "escalated",
        r"\bescalat\w*(?: rate)?|\b(?:progress(?:ed|ing)?|went|gone|mov(?:ed|ing)|proceed(?:ed|ing)?"
        r"|go(?:ing)?) (?:on )?to(?= (?:a )?(?:stage|review|panel|the (?:ombudsman|lg)))",
    ),
    ("decided", r"\b(?:decided|determined|concluded|investigated|with (?:a|an) (?:outcome|decision))\b"),
    (
        "closed",
        r"\b(?:closed|answered(?: or overdue)?|responded(?: to)?|completed|responses?(?: sent| issued)?"
        r"|replied(?: to)?|resolved|dealt with|finali[sz]ed)\b",
    ),
    ("received", r"\b(?:received|logged|registered|recorded|volumes?|lodged|made)\b"),
)
_STAGES: tuple[tuple[str, str], ...] = (
    ("1", r"\bstages? ?(?:1|one|i)\b(?! ?[0-9])|\bfirst[- ]stage\b"),
    ("2", r"\bstages? ?(?:2|two|ii)\b|\bsecond[- ]stage\b|\bstages? (?:1|one),? ?(?:and|&) (?:2|two)\b"),
    ("3", r"\bstages? ?(?:3|three|iii)\b|\bthird[- ]stage\b|\breview panels?(?: hearings?)?\b|\bpanels?\b"),
    (
        "ombudsman",
        r"\b(?:local government (?:(?:and|&) social care )?)?ombudsm[ae]n\b(?: \(\w+\))?|\blg(?:&"
        r"|and)?sco\b|\blgo\b|\blg&sco\b",
    ),
)
_ROUTES: tuple[tuple[str, str], ...] = (
    ("corporate", r"\bcorporate\b"),
    ("statutory", r"\bsta[tu]*tory\b|\bstautory\b"),
)
_NOUNS: tuple[tuple[str, str], ...] = (
    ("compliment", r"\bcompliments?\b|\bcomplimentary\b"),
    ("concern", r"\bconcerns?\b"),
    ("enquiry", r"\b(?:mp |member(?:s'?|'s)? |councillor |political |general )?(?:enquir(?:y|ies)|inquir(?:y|ies))\b"),
    ("query", r"\bquer(?:y|ies)\b"),
    ("contact", r"\bcontacts\b|\ball contacts?\b|\bcontacts? (?:received|made)"),
    ("comment", r"\bcomments?\b"),
    ("suggestion", r"\bsuggestions?\b"),
    ("dissatisfaction", r"\bdissatisf\w+"),
    ("appeal", r"\bappeals?\b"),
    ("representation", r"\brepresentations?\b"),
    ("request", r"\brequests?\b"),
    ("complaint", r"\bcomplaints?\b|\bcases?\b"),
)
_TOTAL = re.compile(
    r"\b(?:every|all|all three|all four) stages?\b|"
    r"\b(?:grand |sub-? ?|overall |column |row )*totals?\b|\ball (?:teams|services|stages|complaints|areas|types"
    r"|themes|quarters|outcomes|categories|contacts|groups|ages|service areas|directorates)\b|\boverall\b"
    r"|\btogether\b|\bcombined\b|\baltogether\b|\bin all\b|\bsum\b|\bwhole service\b",
    re.I,
)
_WORD = re.compile(r"[a-z][a-z'&]*")
_STOP = frozenset(
    _WORD.findall(
        """
        day days working time times taken take respond response responses reply replies answer answers answered
        formal final
        initial calendar finding findings decision decisions seen saw known handled conclude concluded closing end
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred half third quarter set against
        compared comparison higher lower fell fall rose rise increase decrease increased decreased reduction
        fy qtr ytd apr may jun jul aug sep oct nov dec jan feb mar
        a an the of in on at to for and or by with from as is are was were be been being has have had this that
        these  those it its their our we they which who whom whose there here than then also only just some any each
        every  such  when where while whilst during over under between within per no not number numbers nos figure
        figures volume  count total totals overall all combined together year years quarter quarters period month
        months annual  quarterly financial current previous prior last same preceding before earlier ago end up down
        out into  across s  t but however although though social care children childrens children's services council
        councils borough  county  city authority local area service team teams department directorate new more fewer
        less most rate rates  percentage percent proportion share level amount stage type types kind category
        categories item measure  outcome  outcomes result results percentages representing equating equates
        equivalent being came come comes come cases  case complaint complaints handled procedure process report
        reported reporting reports table shows show  shown n  per cent accounting accounted account both so now did
        do does what made make makes ie eg
        """
    )
)


def _compiled(table: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in table)


_MEASURE_FORMS, _STAGE_FORMS = _compiled(_MEASURES), _compiled(_STAGES)
_ROUTE_FORMS, _NOUN_FORMS = _compiled(_ROUTES), _compiled(_NOUNS)
# Parts of what is received: what is counted by one of these is never more than what it is a part of.
PARTS = frozenset({"upheld", "partly_upheld", "not_upheld", "fault", "in_time", "late", "open", "withdrawn"})
OUTCOMES = frozenset({"upheld", "partly_upheld", "not_upheld", "withdrawn", "open"})
WHOLES = frozenset({"received", "closed", "decided"})


@dataclass(frozen=True, slots=True)
class Facets:
    """What a label, or a clause, says of the numbers that it speaks of. Empty where it says nothing."""

    stages: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ()  # in the order in which they are named
    nouns: tuple[str, ...] = ()
    routes: frozenset[str] = frozenset()
    periods: tuple[Mention, ...] = ()
    words: frozenset[str] = frozenset()
    total: bool = False

    @property
    def measure(self) -> str | None:
        """The first measure that is named."""
        return self.measures[0] if self.measures else None

    @property
    def period(self) -> Period | None:
        """The one period that is named outright; None for none or several."""
        named = {m.period for m in self.periods if m.period is not None and m.form not in ("date", "range")}
        return next(iter(named)) if len(named) == 1 else None

    def over(self, other: "Facets") -> "Facets":
        """These, with what they leave open taken from the other."""
        return Facets(
            self.stages or other.stages,
            self.measures or other.measures,
            self.nouns or other.nouns,
            self.routes or other.routes,
            self.periods or other.periods,
            self.words | other.words,
            self.total or other.total,
        )

    def without_words(self) -> "Facets":
        """These, without the words that name a group."""
        return replace(self, words=frozenset())


@lru_cache(maxsize=8192)
def facets_of(text: str) -> Facets:
    """What a text says, its words in any order."""
    rest = plain(text)
    periods = find_periods(rest)
    for mention in periods:
        rest = rest[: mention.start] + " " * (mention.end - mention.start) + rest[mention.end :]
    measures, rest = _taken(rest, _MEASURE_FORMS, keep_order=True)
    stages, rest = _taken(rest, _STAGE_FORMS)
    routes, rest = _taken(rest, _ROUTE_FORMS)
    nouns, rest = _taken(rest, _NOUN_FORMS, keep_order=True)
    total = bool(_TOTAL.search(rest))
    words = frozenset(
        stem(word) for word in _WORD.findall(rest.lower()) if len(word) > 1 and not {word, stem(word)} & _STOP
    )
    return Facets(frozenset(stages), tuple(measures), tuple(nouns), frozenset(routes), periods, words, total)


def _taken(
    text: str, forms: tuple[tuple[str, re.Pattern[str]], ...], *, keep_order: bool = False
) -> tuple[list[str], str]:
    found: list[tuple[int, str]] = []
    for name, form in forms:
        found += [(match.start(), name) for match in form.finditer(text)]
        if found:
            text = form.sub(lambda match: " " * len(match[0]), text)
    if keep_order:
        found.sort()
    return list(dict.fromkeys(name for _, name in found)), text


def stem(word: str) -> str:
    """A word without its plural and possessive endings: enough to set a label beside a sentence."""
    word = word.strip("'").removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def content_words(text: str) -> frozenset[str]:
    """The stems of the words of a text that are no filling."""
    return frozenset(
        stem(word) for word in _WORD.findall(plain(text).lower()) if len(word) > 1 and not {word, stem(word)} & _STOP
    )
