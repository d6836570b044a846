"""Working days, as dated data: which days are bank holidays, and when each became known.

A working day is any day but Saturday, Sunday, Christmas Day, Boxing Day, Good Friday and bank holidays
(SI 2006/1738 reg 2). Holidays can be proclaimed, moved and added at short notice, so they are data, never a formula,
and a date beyond the data raises `BeyondCalendar`: it is never guessed.
"""

import tomllib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from upheld.errors import UpheldError


class BeyondCalendar(UpheldError):
    """A date lies outside the years for which bank holidays have been published."""


class CalendarError(UpheldError):
    """A calendar file contradicts itself or leaves something out."""


class KnownBy(StrEnum):
    """How a bank holiday became known."""

    STATUTE = "statute"
    PROCLAMATION = "proclamation"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A bank holiday: its day, its name, and from when (and until when, if it was moved away) it was one."""

    day: date
    name: str
    by: KnownBy
    known: date
    withdrawn: date | None = None

    def stood(self, on: date) -> bool:
        """Whether, on the day `on`, this day was expected to be (or had been) a holiday."""
        return self.known <= on and (self.withdrawn is None or on < self.withdrawn)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count: its number where it counts, and otherwise why it does not."""

    day: date
    number: int | None
    why_not: str | None


class Calendar:
    """The working days from `first` to `last`.

    `holidays` are the days that are holidays in this calendar; `published` is every entry of the data, with those
    that were later moved away, so that `as_known` can say what was expected on an earlier day.
    """

    __slots__ = (
        "_base",
        "_changes",
        "_count",
        "_known",
        "_names",
        "_working",
        "first",
        "holidays",
        "id",
        "last",
        "published",
        "title",
        "version",
    )

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - the data's own word
        title: str,
        version: str,
        first: date,
        last: date,
        published: Iterable[Holiday],
        expected: tuple[Holiday, ...] | None = None,
    ) -> None:
        self.id = id
        self.title = title
        self.version = version
        self.first = first
        self.last = last
        self.published = tuple(sorted(published, key=lambda each: (each.day, each.known)))
        self.holidays = (
            tuple(each for each in self.published if each.withdrawn is None) if expected is None else expected
        )
        changes = {each.known for each in self.published} | {
            each.withdrawn for each in self.published if each.withdrawn
        }
        self._changes = sorted(changes)
        self._known: dict[int, Calendar] = {}
        self._names = {each.day: each.name for each in self.holidays}
        self._base = first.toordinal()
        self._count = array("i")
        self._working: list[date] = []
        closed = {day.toordinal() for day in self._names}
        for ordinal in range(self._base, last.toordinal() + 1):
            # Ordinal 1 is a Monday, so the remainder is 6 on Saturday and 0 on Sunday.
            if ordinal % 7 not in (6, 0) and ordinal not in closed:
                self._working.append(date.fromordinal(ordinal))
            self._count.append(len(self._working))

    def __repr__(self) -> str:
        return f"<Calendar {self.id} {self.version}, {self.first} to {self.last}>"

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._base
        if not 0 <= index < len(self._count):
            raise BeyondCalendar(self._beyond(f"{day.isoformat()} is outside it"))
        return index

    def _beyond(self, what: str) -> str:
        return (
            f"The bank holidays of {self.title} are known here from {self.first.isoformat()} to "
            f"{self.last.isoformat()}; {what}. Get the current list from gov.uk/bank-holidays.json and run "
            "`upheld calendar refresh FILE`, or correct the date."
        )

    def is_working_day(self, day: date) -> bool:
        """Whether `day` counts; raises BeyondCalendar outside the data."""
        index = self._index(day)
        return self._count[index] > (self._count[index - 1] if index else 0)

    def why_not(self, day: date) -> str | None:
        """Why `day` does not count ("Saturday", "Good Friday"), or None where it does."""
        if self.is_working_day(day):
            return None
        return self._names.get(day) or ("Saturday" if day.weekday() == 5 else "Sunday")

    def nth_working_day(self, start: date, n: int) -> date:
        """The `n`th working day after `start`, which is day 0 whether or not it is a working day.

        A negative `n` counts back: -1 is the last working day before `start`. 0 gives `start` itself.
        Raises BeyondCalendar where the count leaves the data.
        """
        index = self._index(start)
        if n == 0:
            return start
        before = self._count[index] if n > 0 else (self._count[index - 1] if index else 0) + 1
        position = before + n - 1
        if not 0 <= position < len(self._working):
            raise BeyondCalendar(self._beyond(f"{n} working days from {start.isoformat()} end outside it"))
        return self._working[position]

    def working_days_after(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`; negative where `end` is earlier."""
        return self._count[self._index(end)] - self._count[self._index(start)]

    def trace(self, start: date, n: int) -> tuple[CountedDay, ...]:
        """Every day from the one after `start` to its `n`th working day, numbered or with why it does not count."""
        end = self.nth_working_day(start, n)
        days: list[CountedDay] = []
        step, number = (1, 0) if n >= 0 else (-1, 0)
        for ordinal in range(start.toordinal() + step, end.toordinal() + step, step):
            day = date.fromordinal(ordinal)
            why_not = self.why_not(day)
            number += step if why_not is None else 0
            days.append(CountedDay(day, number if why_not is None else None, why_not))
        return tuple(days)

    def as_known(self, on: date) -> "Calendar":
        """The calendar as it was expected to be on the day `on`: without what was proclaimed, or moved, later."""
        place = bisect_right(self._changes, on)
        known = self._known.get(place)
        if known is None:
            stood = tuple(each for each in self.published if each.stood(on))
            known = self._known[place] = self if stood == self.holidays else self._expecting(stood)
        return known

    def _expecting(self, stood: tuple[Holiday, ...]) -> "Calendar":
        latest = max((each.known for each in stood), default=self.first)
        return Calendar(
            id=self.id,
            title=self.title,
            version=f"{self.version}, holidays known by {latest.isoformat()}",
            first=self.first,
            last=self.last,
            published=self.published,
            expected=stood,
        )

    def first_difference(self, other: "Calendar") -> date | None:
        """The first day on which the two calendars disagree, or None; a change moves no limit that ends before it."""
        mine, theirs = set(self._names), set(other._names)
        return min(mine ^ theirs, default=None)


def read_calendar(data: Mapping[str, Any]) -> Calendar:
    """Make a calendar of its parsed TOML; raises CalendarError where the file is incomplete or contradicts itself."""
    try:
        holidays = [
            Holiday(each["day"], each["name"], KnownBy(each["by"]), each["known"], each.get("withdrawn"))
            for each in data["holidays"]
        ]
        first, last = data["first"], data["last"]
        calendar = Calendar(
            id=data["id"], title=data["title"], version=data["version"], first=first, last=last, published=holidays
        )
    except (KeyError, ValueError) as error:
        raise CalendarError(
            f"The calendar file cannot be used: {error}. Each holiday needs day, name, by, known."
        ) from error
    days = [each.day for each in calendar.holidays]
    if len(days) != len(set(days)):
        raise CalendarError("The calendar file names a day twice as a holiday; a day that was moved needs `withdrawn`.")
    for each in holidays:
        if not first <= each.day <= last:
            raise CalendarError(f"{each.name} on {each.day} lies outside the calendar's own first and last day.")
        if each.known > each.day or (each.withdrawn is not None and each.withdrawn <= each.known):
            raise CalendarError(f"{each.name} on {each.day} must become known before it falls, and before it is moved.")
    return calendar


def parse_calendar(text: str) -> Calendar:
    """Make a calendar of the text of its file; raises CalendarError where it is no TOML, or incomplete."""
    try:
        return read_calendar(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CalendarError(f"The calendar file cannot be read: {error}.") from error


def load_calendar(id: str = "england-and-wales") -> Calendar:  # noqa: A002 - the data's own word
    """The calendar that the product carries; raises CalendarError where there is none of that name."""
    return _loaded(id)


@lru_cache(maxsize=8)
def _loaded(id: str) -> Calendar:  # noqa: A002 - the data's own word
    source = Path(__file__).parent / "data" / "calendars" / f"{id}.toml"
    if not source.is_file():
        raise CalendarError(f"There is no calendar called {id!r}. There is: england-and-wales.")
    return parse_calendar(source.read_text(encoding="utf-8"))
