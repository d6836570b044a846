"""Headings and captions that name a period, against the periods of what stands under them."""

import re
from collections.abc import Iterator, Sequence

from upheld.checker.answer import Said, right, wrong
from upheld.checker.model import Claim, Kind, Severity
from upheld.checker.outline import Outline, Title
from upheld.checker.periods import Mention, Period, find_periods
from upheld.checker.plain import plain
from upheld.checker.tables.model import Table

_PAST = re.compile(
    r"\b(?:since|compar\w+|previous|last|trend\w*|history|over time|year on year|benchmark\w*|from|act|regulations?"
    r"|update[sd]? (?:on|from)|follow(?:ing)?[- ]up|progress|plan|forward|next|strategy|actions?|learning"
    r"|recommendations?)\b",
    re.I,
)


def check_titles(outline: Outline, tables: Sequence[Table], now: Period | None) -> Iterator[Claim]:
    """Each title that names a period."""
    for title in outline.titles:
        mentions = [
            m for m in find_periods(plain(title.text)) if m.period is not None and m.form not in ("date", "month")
        ]
        if len(mentions) != 1:
            continue
        mention = mentions[0]
        under = [t for t in tables if title.place.block < t.place.block < title.end]
        held = _held(under)
        said = Said(
            title.place, title.text, Kind.PERIOD, title.text[mention.start : mention.end], mention.start, mention.end
        )
        if mention.form == "range":
            yield from _range(said, mention, held or _held(tables))
        elif mention.form != "calendar":
            yield from _single(said, title, mention, outline, held, now)


def _held(tables: Sequence[Table]) -> list[Period]:
    return sorted(
        {
            axis.facets.period
            for table in tables
            for axis in (*table.columns, *table.rows)
            if axis.facets.period is not None
        }
    )


def _range(said: Said, mention: Mention, held: Sequence[Period]) -> Iterator[Claim]:
    if mention.period is None or not held:
        return
    first, last = mention.period.first // 12, mention.period.last // 12
    # "2016 - 2019" is years from the one that begins in 2016 to the one that ends in 2019.
    begins, ends = (held[0].first - 3) // 12, -(-(held[-1].last + 1 - 3) // 12)
    if first < begins and first < held[0].first // 12:
        yield wrong(
            said,
            f"The tables begin with {held[0]}.",
            f"from {held[0]}",
            severity=Severity.MINOR,
            cause="a period that is claimed and not shown",
        )
    elif last > ends:
        yield wrong(
            said,
            f"The tables end with {held[-1]}.",
            f"to {held[-1]}",
            severity=Severity.MINOR,
            cause="a period that is claimed and not shown",
        )
    else:
        yield right(said, f"The tables hold {held[0]} to {held[-1]}.")


def _single(
    said: Said, title: Title, mention: Mention, outline: Outline, held: Sequence[Period], now: Period | None
) -> Iterator[Claim]:
    period = mention.period
    if period is None:
        return
    if any(period.holds(each) or each.holds(period) for each in held):
        latest = max(held, key=lambda p: p.last)
        if period.holds(latest) or latest.holds(period) or len(held) == 1 or now is None or title.level >= 7:
            yield right(said, f"What stands under it holds {period}.")
            return
    if _PAST.search(title.text) or now is None:
        return
    texts = [t for t in outline.texts if title.place.block < t.place.block < title.end]
    named = [
        m.period
        for t in texts
        for m in find_periods(plain(t.text))
        if m.period is not None and m.form in ("quarter", "quarter2", "quarter3", "months", "year")
    ]
    inside = [p for p in (*held, *named) if period.holds(p) or p.holds(period)]
    current = [p for p in (*held, *named) if now.holds(p) or p.holds(now)]
    if period.holds(now) or now.holds(period):
        if current or not (held or named):
            yield right(said, f"The report is about {now}.")
        return
    if current and len(current) > len(inside) - len([p for p in held if period.holds(p)]):
        yield wrong(
            said,
            f"What stands under it is about {now}.",
            str(now if now.months == 12 or period.months == 3 else _year_of(now)),
            cause="a period left from an earlier report",
        )


def _year_of(period: Period) -> Period:
    first = period.first - (period.first - 3) % 12
    return Period(first, first + 11)
