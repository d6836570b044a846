"""Dates as they are known: to the day, to the month, roughly, or not at all.

A date that is known only to the month is an interval, and so is every limit counted from it. Comparisons answer
True, False, or None where the record cannot say; nothing here ever picks a day for convenience.
"""

import calendar as _months
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How finely a date is known."""

    DAY = "day"
    MONTH = "month"
    APPROXIMATE = "approximate"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Dating:
    """When something happened: some day from `earliest` to `latest`, both included.

    Use the constructors `day`, `month`, `approximate` and `unknown`. Raises ValueError when the interval is the
    wrong way round, or when a date known to the day spans more than one.
    """

    earliest: date
    latest: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"a date cannot lie between {self.earliest} and {self.latest}: the first is later")
        if self.precision is Precision.DAY and self.earliest != self.latest:
            raise ValueError(f"a date known to the day is one day, not {self.earliest} to {self.latest}")

    @classmethod
    def day(cls, on: date) -> "Dating":
        """Known to the day."""
        return cls(on, on, Precision.DAY)

    @classmethod
    def month(cls, year: int, month: int) -> "Dating":
        """Some day of a known month."""
        last = _months.monthrange(year, month)[1]
        return cls(date(year, month, 1), date(year, month, last), Precision.MONTH)

    @classmethod
    def approximate(cls, earliest: date, latest: date) -> "Dating":
        """Some day from `earliest` to `latest`."""
        return cls(earliest, latest, Precision.APPROXIMATE)

    @classmethod
    def between(cls, earliest: date, latest: date) -> "Dating":
        """The interval, known to the day where it is a single one."""
        return cls.day(earliest) if earliest == latest else cls(earliest, latest, Precision.APPROXIMATE)

    @classmethod
    def unknown(cls) -> "Dating":
        """No date is recorded."""
        return cls(date.min, date.max, Precision.UNKNOWN)

    @property
    def exact(self) -> date | None:
        """The day, where it is known; otherwise None."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def is_known(self) -> bool:
        """Whether the record says anything at all about when."""
        return self.precision is not Precision.UNKNOWN

    def no_later_than(self, other: "Dating | date") -> bool | None:
        """Whether this was on or before `other`: True, False, or None where the record cannot say."""
        first, last = (other, other) if isinstance(other, date) else (other.earliest, other.latest)
        if self.latest <= first:
            return True
        if self.earliest > last:
            return False
        return None

    def before(self, other: "Dating | date") -> bool | None:
        """Whether this was on an earlier day than `other`: True, False, or None where the record cannot say."""
        first, last = (other, other) if isinstance(other, date) else (other.earliest, other.latest)
        if self.latest < first:
            return True
        if self.earliest >= last:
            return False
        return None

    def words(self) -> str:
        """The date as a sentence says it: "2 January 2019", "some day in August 2024", "a day from … to …"."""
        if self.precision is Precision.UNKNOWN:
            return "a day that is not recorded"
        if self.earliest == self.latest:
            return in_words(self.earliest)
        if self.precision is Precision.MONTH:
            return f"some day in {self.earliest:%B %Y}"
        return f"a day from {in_words(self.earliest)} to {in_words(self.latest)}"

    def __str__(self) -> str:
        if self.precision is Precision.UNKNOWN:
            return "date not known"
        if self.earliest == self.latest:
            return self.earliest.isoformat()
        if self.precision is Precision.MONTH:
            return f"{self.earliest:%Y-%m}"
        return f"{self.earliest.isoformat()} to {self.latest.isoformat()}"


def in_words(day: date) -> str:
    """A day as it is written in a letter: "2 January 2019"."""
    return f"{day.day} {day:%B %Y}"


def latest_of(datings: "list[Dating]") -> Dating:
    """When the last of several things happened; ValueError when the list is empty."""
    if len(datings) == 1:
        return datings[0]
    earliest = max(each.earliest for each in datings)
    latest = max(each.latest for each in datings)
    for each in datings:
        if each.earliest == earliest and each.latest == latest:
            return each
    return Dating.between(earliest, latest)
