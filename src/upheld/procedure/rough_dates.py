"""What a note says about a date that is known only roughly: "mid March 2024", "summer 2024", "late 2023"."""

import calendar as _months
import re
from datetime import date

from upheld.procedure.dating import Dating

_MONTHS = {name.lower(): number for number, name in enumerate(_months.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(_months.month_abbr) if name}
_MONTHS["sept"] = 9
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
# The months of a third of a year.
_PARTS = {
    "early": (1, 4),
    "start": (1, 4),
    "beginning": (1, 4),
    "mid": (5, 8),
    "middle": (5, 8),
    "late": (9, 12),
    "end": (9, 12),
}
_PART = r"(?P<part>early|start|beginning|mid|middle|late|end)(?:[\s-]+(?:of|in))?[\s-]+"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"

_DAY_OF_MONTH = re.compile(rf"\b(?P<day>[1-3]?\d)(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})\s+{_YEAR}\b", re.IGNORECASE)
_IN_MONTH = re.compile(rf"(?:\b{_PART})?\b(?P<month>{_MONTH})\s+{_YEAR}\b", re.IGNORECASE)
_IN_SEASON = re.compile(rf"\b(?P<season>spring|summer|autumn|winter)\s+(?:of\s+)?{_YEAR}\b", re.IGNORECASE)
_IN_YEAR = re.compile(rf"(?:\b{_PART})?\b{_YEAR}\b(?!-)", re.IGNORECASE)


def date_in_note(note: str) -> Dating | None:
    """The interval that a note names, the finest it has; None where it names none, or several that differ."""
    for pattern, read in ((_DAY_OF_MONTH, _day), (_IN_MONTH, _month), (_IN_SEASON, _season), (_IN_YEAR, _year)):
        found = {made for match in pattern.finditer(note) if (made := read(match)) is not None}
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def _day(match: re.Match[str]) -> Dating | None:
    try:
        return Dating.day(date(int(match["year"]), _MONTHS[match["month"].lower()], int(match["day"])))
    except ValueError:
        return None


def _month(match: re.Match[str]) -> Dating:
    whole = Dating.month(int(match["year"]), _MONTHS[match["month"].lower()])
    if match["part"] is None:
        return whole
    # A third of a month: the 1st to the 10th, the 11th to the 20th, and the rest.
    first, last = {1: (1, 10), 5: (11, 20), 9: (21, whole.latest.day)}[_PARTS[match["part"].lower()][0]]
    return Dating.approximate(whole.earliest.replace(day=first), whole.earliest.replace(day=last))


def _season(match: re.Match[str]) -> Dating:
    year = int(match["year"])
    if match["season"].lower() == "winter":
        # The winter "of 2024" may be either end of the year.
        return Dating.approximate(date(year, 1, 1), Dating.month(year + 1, 2).latest)
    first, last = _SEASONS[match["season"].lower()]
    return Dating.approximate(date(year, first, 1), Dating.month(year, last).latest)


def _year(match: re.Match[str]) -> Dating:
    year = int(match["year"])
    first, last = (1, 12) if match["part"] is None else _PARTS[match["part"].lower()]
    return Dating.approximate(date(year, first, 1), Dating.month(year, last).latest)
