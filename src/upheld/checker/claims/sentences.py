"""Sentences and their segments: which words speak of which number, and of which period."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from upheld.checker.model import Place
from upheld.checker.numbers import Quantity, Unit, find_quantities
from upheld.checker.periods import Mention, Period, find_periods
from upheld.checker.plain import plain
from upheld.checker.words import Facets, facets_of

_BREAK = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|no|nos|approx|cllr|mr|mrs|ms|dr|vs|etc|fig|para|reg|regs|s|ss|p|pp|c|st)"
    r"|^\s*\d{1,2}(?:\.\d{1,2})*)\.$",
    re.I,
)
_COMPARES = re.compile(
    r"\b(?:when |as |if )?(?:compared|in comparison|comparing|relative|as opposed)(?: (?:to|with|against))?\b"
    r"|\bagainst\b|\bversus\b|\bvs\.?\b|\bthan\b(?!\s*[ⒸⓅⓟⒹ])"
    r"|\b(?:up|down)(?: slightly| sharply)? (?:from|on)\b|\b(?:on|over|since|above|below)(?= (?:the |that |those "
    r"|what )?"
    r"(?:levels?|figures?|numbers?|totals?|rates?|it was)? ?(?:of |for |in |from |seen in |reported (?:in"
    r"|for) )?(?:the )?Ⓣ)"
    r"|\b(?:as|than) (?:many |high |low )?(?:as )?(?:it was )?in(?= (?:the )?Ⓣ)",
    re.IGNORECASE,
)
_SEPARATES = re.compile(
    r"[;:]|,\s|\s-\s|\(|\)|\b(?:while|whilst|whereas|but|although|though|where|which|of which|of these|of those"
    r"|with)\b|\band\b(?=[^ⒸⓅⓟⒹⓉ]{0,60}[ⒸⓅⓟⒹ])",
    re.I,
)
# What may stand between a number and a period that is its own: 4 (Quarter 2), 464 in 2020/21.
_ITS_OWN = re.compile(
    r"[\d%,.]*\s*(?:per cent|percent|complaints?|cases?)?\s*\(?(?:in|for|during)?\s*(?:the\s+)?(?:year\s+|quarter\s+)?",
    re.IGNORECASE,
)
_ENDS_COMPARISON = re.compile(r";|:|\b(?:while|whilst|whereas|but|although|though|and)\b", re.I)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a sentence in which one thing is said. `compares` where it speaks of what is compared with."""

    start: int
    end: int
    compares: bool
    facets: Facets
    periods: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, plain, with its numbers and periods. `tagged` holds ⟨C0⟩ for the first quantity, and so on.

    Quantities are tagged C (count), P (per cent), p (points), D (days), M (money), X (no figure); periods T.
    """

    place: Place
    text: str
    offset: int  # in its block
    quantities: tuple[Quantity, ...]
    periods: tuple[Mention, ...]
    tagged: str
    segments: tuple[Segment, ...]
    heading: Facets
    topic: Facets  # of the sentences before it in its block
    in_item: bool = False

    def segment_at(self, position: int) -> Segment:
        """The segment that a position of the text is in."""
        return next((s for s in self.segments if s.start <= position < s.end), self.segments[-1])

    def quote(self, start: int, end: int) -> str:
        """The words around a claim: its sentence, where that is not long."""
        if len(self.text) <= 220:
            return self.text
        first, last = max(0, start - 90), min(len(self.text), end + 90)
        return ("…" if first else "") + self.text[first:last].strip() + ("…" if last < len(self.text) else "")

    def period_of(self, position: int, now: Period | None) -> tuple[Period | None, bool]:
        """The period that a number at a position speaks of, and whether that is said (and not only supposed)."""
        own = next(
            (
                m
                for m in self.periods
                if m.form != "date" and m.start >= position and _ITS_OWN.fullmatch(self.text[position : m.start])
            ),
            None,
        )
        if own is not None and own.resolved(now) is not None:
            return own.resolved(now), True
        segment = self.segment_at(position)
        near = self._nearest(segment, position)
        if near is not None:
            return near.resolved(now), True
        index = self.segments.index(segment)
        if segment.compares:
            for other in reversed(self.segments[:index]):
                if not other.compares:
                    break
                if other.periods:
                    return other.periods[-1].resolved(now), True
            for other in self.segments[index + 1 :]:
                if not other.compares:
                    break
                if other.periods:
                    return other.periods[0].resolved(now), True
            return None, False
        for other in (*self._back(index), *self._on(index)):
            usable = [m for m in other.periods if m.form not in ("date", "calendar", "range")]
            if not other.compares and usable:
                return usable[-1].resolved(now), True
        return now, False

    def _back(self, index: int) -> Iterator["Segment"]:
        """The segments before, from the nearest, as far as the same statement reaches."""
        for at in range(index - 1, -1, -1):
            if ";" in self.text[self.segments[at].start : self.segments[at + 1].start + 1]:
                return
            yield self.segments[at]

    def _on(self, index: int) -> Iterator["Segment"]:
        """The segments after that have no number of their own, as far as the same statement reaches."""
        for at in range(index + 1, len(self.segments)):
            segment = self.segments[at]
            if ";" in self.text[self.segments[at - 1].start : segment.start + 1]:
                return
            if any(segment.start <= q.start < segment.end and q.unit is Unit.COUNT for q in self.quantities):
                return
            yield segment

    def _nearest(self, segment: Segment, position: int) -> Mention | None:
        usable = [m for m in segment.periods if m.form not in ("date", "calendar", "range")]
        if not usable:
            return None
        return min(usable, key=lambda m: m.start - position if m.start >= position else 3 * (position - m.end) + 20)


# One character for each, to stand where the words were.
_MARKS = {"C": "Ⓒ", "P": "Ⓟ", "p": "ⓟ", "D": "Ⓓ", "M": "Ⓜ", "X": "Ⓧ", "T": "Ⓣ", "t": "ⓣ"}
_TAGS = {Unit.COUNT: "C", Unit.PERCENT: "P", Unit.POINTS: "p", Unit.DAYS: "D", Unit.MONEY: "M", Unit.OTHER: "X"}


def sentences_of(text: str, place: Place, heading: Facets, *, in_item: bool = False) -> Iterator[Sentence]:
    """The sentences of a block, each knowing what those before it spoke of."""
    shown = plain(text)
    topic = Facets()
    for start, end in _spans(shown):
        sentence = _sentence(shown[start:end], place, start, heading, topic, in_item=in_item)
        yield sentence
        said = facets_of(sentence.text)
        topic = Facets(said.stages, said.measures, said.nouns, said.routes).over(topic)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _BREAK.finditer(text):
        if _ABBREVIATED.search(text[start : found.start()]) or text[found.end() : found.end() + 1] == "(":
            continue
        yield start, found.start()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


def _sentence(text: str, place: Place, offset: int, heading: Facets, topic: Facets, *, in_item: bool) -> Sentence:
    periods = find_periods(text)
    quantities = find_quantities(text, periods)
    tagged = _tagged(text, quantities, periods)
    segments = tuple(_segments(text, quantities, periods))
    return Sentence(place, text, offset, quantities, periods, tagged, segments, heading, topic, in_item)


def _tagged(text: str, quantities: Sequence[Quantity], periods: Sequence[Mention]) -> str:
    marks = [(q.start, q.end, f"⟨{_TAGS[q.unit]}{i}⟩") for i, q in enumerate(quantities)]
    marks += [(m.start, m.end, f"⟨T{i}⟩") for i, m in enumerate(periods)]
    parts, at = [], 0
    for start, end, tag in sorted(marks):
        if start >= at:
            parts += [text[at:start], tag]
            at = end
    return "".join((*parts, text[at:]))


def _segments(text: str, quantities: Sequence[Quantity], periods: Sequence[Mention]) -> Iterator[Segment]:
    # Tags as long as what they stand for, so that places stay the same.
    held = text
    for start, end, tag in (
        *((q.start, q.end, _TAGS[q.unit]) for q in quantities),
        *((m.start, m.end, "t" if m.form == "date" else "T") for m in periods),
    ):
        held = held[:start] + _MARKS[tag] * (end - start) + held[end:]
    cuts = {0: False}
    compares = False
    events = sorted(
        [(m.start(), "compare", m) for m in _COMPARES.finditer(held)]
        + [(m.start(), "cut", m) for m in _SEPARATES.finditer(held)],
        key=lambda event: event[0],
    )
    for start, kind, match in events:
        if kind == "compare":
            compares = True
            cuts[start] = True
        else:
            opening = compares and match[0].strip() == "," and all(place <= 12 or not cuts[place] for place in cuts)
            if opening or _ENDS_COMPARISON.fullmatch(match[0].strip()):
                compares = False
            cuts[match.end() if match[0].strip() in {",", ";", ":", "(", ")", "-"} else start] = compares
    places = sorted(cuts)
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        inside = tuple(m for m in periods if start <= m.start < end)
        yield Segment(start, end, cuts[start], facets_of(text[start:end]), inside)
