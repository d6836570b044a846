"""What a number in a sentence is about, and whether anything is said of it that the tables do not know."""

import re
from dataclasses import dataclass
from typing import TypeVar

from upheld.checker.binding import Ask, Index
from upheld.checker.claims.sentences import Segment, Sentence
from upheld.checker.numbers import Unit
from upheld.checker.periods import Period
from upheld.checker.words import PARTS, Facets, content_words, facets_of

_T = TypeVar("_T")

# Whose numbers these are not: other councils', other services', what is hoped for.
_FOREIGN = re.compile(
    r"\bother (?:areas|services|teams|departments|directorates|councils|authorities|boroughs|local|parts|council"
    r"|complaints)\b|\bnational(?:ly)?\b|\bregional(?:ly)?\b"
    r"|\bstatistical neighbours?\b|\bneighbour(?:s|ing)\b|\bbenchmark\w*|\belsewhere\b|\bcouncil[- ]wide\b"
    r"|\bacross the council\b|\bwhole council\b|\bcouncil as a whole\b"
    r"|\btargets?\b|\baim(?:s|ed|ing)? (?:to|for|of)\b|\bexpect\w*|\bforecast\w*|\bpredict\w*|\bplan(?:s|ned)? to\b"
    r"|\bwill\b|\bshould\b|\bassum\w+|\bengland\b|\blondon\b|\bsample\b|\baudit\w*|\bsurvey\w*"
    r"|\bcompensation\b|\bpayments?\b|\bcost\w*|\bstaff\b|\btraining\b|\btrained\b|\bassessments? (?:were|was"
    r"|completed)|\bif\b|\bexample\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\s*(?:of )?(?:this|these|those|they|them|it|that|the same|both|all of)\b", re.IGNORECASE)
# 5 complaints were received and none were upheld: the 5 were not upheld
_WERE_RECEIVED = re.compile(r"\s+(?:[\w'-]+\s+){0,4}?complaints?\s+(?:were|was)\s+received\b", re.IGNORECASE)
_LEAD = re.compile(r"\s*([^:,.;\d]{2,40}):\s")
_ONE_OF_MANY = re.compile(
    r"\b(?:of (?:which|these|those|whom|them|the \w+ (?:that|which))|further|additional|another|others?|remain(?:ing"
    r"|der)|rest|first|initially|at least one|each|per(?! cent)|repeat\w*|same|joint\w*|both"
    r"|(?:has|have|had|was|were) since|twice"
    r"|only one)\b",
    re.IGNORECASE,
)
_NEUTRAL = content_words(
    """
    numbered amounted counted hit fewest gained total totalled went gone kept averaged average ranged between altogether
    fully part mostly consisted comprised comprising consisting split namely including resulting leading finish finished
    reporting recently latest shown table below above exceeded reached topped tally sum stood level levels like
    received receive receiving logged registered recorded made raised lodged submitted handled saw seen see came
    total totalled totalling stood stands stand increase increased increases increasing decrease decreased decreases
    decreasing rise rises rising rose risen grow grew grown growth fall falls falling fell fallen drop drops dropped
    dropping reduce reduced reduction reducing decline declined declining higher lower fewer less more highest
    lowest greater smaller improve improved improves improvement improving worsen worsened worsening deteriorate
    deteriorated compared comparison compare comparing relative respect period reporting slight slightly significant
    significantly considerable considerably marginal marginally sharp sharply similar substantial substantially
    small large notable notably steady steadily stable broadly remain remained remains remaining roughly only just
    still now again almost nearly around about approximately exactly over under volume volumes number numbers amount
    rate rates level levels percentage proportion share statutory child children childrens young people social care
    services service council borough authority complaint complaints case cases stage formal formally new respond
    responded responding response responses reply replied answer answered answering complete completed dealt deal
    deals handle performance achieved achieve achieving achieves figure figures shows show shown according represent
    represents represented representing equate equates equating gave give given giving meaning means mean equal
    equals result resulted previously previous last year quarter month against doubled double halved half trebled
    tripled quadrupled positive negative encouraging disappointing welcome pleasing overall all together altogether
    combined annual annually quarterly financial down up however therefore thus also whilst while although though
    within working days day time timescale timescales target limit decision found finding outcome progress
    progressed proceeded escalated escalate escalation request requested requests went go gone move moved reach
    reached reaching review panel hearing investigation investigations independent investigated investigate
    ombudsman lgsco local government were was been being there this these those they we our us their its it have has
    had did do does no none not any further to into onto concluded concluding closed close closing resolved resolve
    decided upheld fully full whole partly partially late timely one two three four difference change changes
    changed marked accounted accounts account accounting make makes majority minority most least per cent percent
    point points out year's quarter's during throughout across same consistent unchanged flat peak peaked continued
    continue continues continuing trend picture position situation turn since put another way words that is jump
    jumped climb climbed surge surged slip slipped dip dipped standing sits sat ran running report reports reported
    hold holds held holding record records brought bring brings without respectively typical
    usual anywhere low high hardly barely scarcely little steady firm constant line comparable on par looking look
    looked back real any such mere total came come comes coming arrive arrived arrives turned sent send ended our
    own list being run ran having then later earlier split splits broke break broken divide divided divides divides
    find found finding seeing show showing showed shows recorded counted counts counting include included includes
    added adds add put as well long short further extent degree mark marked material noticeable meaningful
    equivalent amounting amount wise whose terms term regard regards against drew draw drawn took taken taking
    produced produce yielded led leads resulting leaving left stays stay stayed keep keeps kept holding
    year-on-year team teams department departments area areas
    """
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number is about. `certain` where every word near it is accounted for: only then is it contradicted."""

    ask: Ask
    certain: bool
    inherited: bool  # its measure is that of an earlier part of the sentence
    said_measure: bool
    accounted: bool = False  # as certain, where "per quarter" and the like is what the claim is about


def subject_of(
    sentence: Sentence, position: int, index: Index, now: Period | None, *, measure: str | None = None
) -> Subject | None:
    """What the number at a position is about; None where it is not about this report's own figures."""
    segment = sentence.segment_at(position)
    order = _order(sentence, segment)
    if is_foreign(sentence, segment):
        return None
    own = segment.facets
    if measure is None and _WERE_RECEIVED.match(sentence.text, position):
        measure = "received"
    said = measure or _measure(own)
    inherited = False
    if said is None:
        for other in order[1:]:
            found = _measure(other.facets)
            if found is not None:
                said, inherited = found, True
                break
    if (
        said is None
        and not own.nouns
        and re.match(r"\s*(?:this|these|they|that|it|which|of (?:these|those|them))\b", sentence.text, re.I)
    ):
        said = _measure(sentence.topic)
        inherited = said is not None
    said_stages = _first(tuple(s.facets.stages for s in order))
    said_routes = _first(tuple(s.facets.routes for s in order))
    # What was spoken of before goes on only where the sentence points back to it.
    back = sentence.topic if _POINTS_BACK.match(sentence.text) or not any(s.facets.nouns for s in order) else Facets()
    total = any(s.facets.total for s in sentence.segments) and not said_stages
    stages = said_stages or (frozenset() if total or said_routes else back.stages or sentence.heading.stages)
    nouns = _first(tuple(s.facets.nouns for s in order)) or back.nouns or sentence.heading.nouns
    if total:  # concerns and complaints together
        nouns = tuple(dict.fromkeys(noun for each in sentence.segments for noun in each.facets.nouns)) or nouns
    routes = said_routes or back.routes or sentence.heading.routes
    period, _ = sentence.period_of(position, now)
    inside = next((q for q in sentence.quantities if q.start <= position <= q.end), None)
    begins, ends = (inside.start, inside.end) if inside is not None else (position, position)
    name = index.labels.nearest(sentence.text, begins, ends, [q.start for q in sentence.quantities])
    words = name.words if name is not None else sentence.heading.words
    final = said or "received"
    if final == "escalated":
        final = "received"
    noun = _noun(nouns)
    ask = Ask(final, stages, noun, routes, period, words, total, named=name is not None)
    loose = _loose_words(sentence, segment, index)
    certain = not loose and not _ONE_OF_MANY.search(sentence.text[segment.start : segment.end])
    return Subject(ask, certain, inherited, said is not None, not loose)


def is_foreign(sentence: Sentence, segment: Segment) -> bool:
    """Whether the segment, or what it hangs on, speaks of others' numbers or of aims."""
    at = sentence.segments.index(segment)
    around = sentence.text[sentence.segments[max(0, at - 1)].start : segment.end]
    return bool(_FOREIGN.search(around))


def _order(sentence: Sentence, segment: Segment) -> list[Segment]:
    """The segment, then those before it from the nearest, then those after."""
    at = sentence.segments.index(segment)
    return [segment, *reversed(sentence.segments[:at]), *sentence.segments[at + 1 :]]


def _first(sets: tuple[_T, ...]) -> _T:
    return next((each for each in sets if each), sets[0])


def _measure(facets: Facets) -> str | None:
    parts = [m for m in facets.measures if m in PARTS]
    if parts:
        return parts[0]
    return facets.measures[0] if facets.measures else None


def _noun(nouns: tuple[str, ...]) -> str | None:
    other = [noun for noun in nouns if noun not in ("complaint", "request", "representation")]
    if len(nouns) > 1 and "complaint" in nouns and other:
        return "all"
    return other[0] if other else None


def _loose_words(sentence: Sentence, segment: Segment, index: Index) -> frozenset[str]:
    """Words near the number that neither the tables nor the heading account for: they may narrow what is meant."""
    text = sentence.text
    for name in index.labels.named(text):
        text = text[: name.start] + " " * (name.end - name.start) + text[name.end :]
    at = sentence.segments.index(segment)
    near = facets_of(text[segment.start : segment.end]).words
    if lead := _LEAD.match(text):  # a name and a colon: all that follows is of it
        near |= facets_of(lead[1]).words
    # What opens the sentence, up to a number of its own, narrows what follows; so does what a bracket hangs on.
    for before in reversed(sentence.segments[:at]):
        if any(before.start <= q.start < before.end and q.unit is not Unit.OTHER for q in sentence.quantities):
            near |= facets_of(text[before.start : before.end]).words if not segment.facets.nouns else frozenset()
            break
        near |= facets_of(text[before.start : before.end]).words
    if not segment.facets.nouns and not segment.facets.measures and at + 1 < len(sentence.segments):
        after = sentence.segments[at + 1]
        near |= facets_of(text[after.start : after.end]).words
    return near - _NEUTRAL - sentence.heading.words
