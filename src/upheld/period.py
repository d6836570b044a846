"""Periods of time that figures are counted in: quarters of the financial year, 1 April to 31 March.

It stands below the rooms, beside `upheld.errors`: a register's example and a figure mean the same quarter by it.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from typing import Self

from upheld.errors import UpheldError

_QUARTER = re.compile(
    r"""^\s*(?:
        (?:q(?:uarter)?\s*(?P<q1>[1-4])[\s,]*(?:of\s+)?(?P<y1>\d{4}|\d{2})\s*[/–-]\s*(?P<z1>\d{4}|\d{2}))
      | (?:(?P<y2>\d{4}|\d{2})\s*[/–-]\s*(?P<z2>\d{4}|\d{2})[\s,-]*q(?:uarter)?\s*(?P<q2>[1-4]))
    )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)

_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class UnknownPeriod(UpheldError):
    """A text does not name a quarter of a financial year."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of the financial year that begins on 1 April of `year`: Q3 2018/19 is October to December 2018."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise UnknownPeriod(f"There is no quarter {self.number}: a financial year has quarters 1 to 4.")
        if not 1900 <= self.year <= 9000:
            raise UnknownPeriod(f"{self.year} is not a year that figures can be counted in.")

    @classmethod
    def containing(cls, day: date) -> Self:
        """The quarter that `day` falls in."""
        index = (day.month - 4) % 12
        return cls(day.year if day.month >= 4 else day.year - 1, index // 3 + 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "Q3 2018/19", "2018/19 Q3", "18/19Q3", "2018-19-q3" and the like.

        Raises UnknownPeriod where the text names no quarter, or two years that do not follow each other.
        """
        found = _QUARTER.match(text)
        if found is None:
            raise UnknownPeriod(
                f"“{text}” is not a quarter. Write the quarter and the financial year, for example “Q3 2018/19”."
            )
        number = int(found["q1"] or found["q2"])
        first, second = found["y1"] or found["y2"], found["z1"] or found["z2"]
        year = int(first) if len(first) == 4 else 2000 + int(first)
        if int(second) % 100 != (year + 1) % 100 or (len(second) == 4 and int(second) != year + 1):
            raise UnknownPeriod(
                f"“{text}” names years that do not follow each other. A financial year is written “{year}/"
                f"{(year + 1) % 100:02d}”."
            )
        return cls(year, number)

    @property
    def label(self) -> str:
        """As written everywhere: "Q3 2018/19"."""
        return f"Q{self.number} {self.year_label}"

    @property
    def slug(self) -> str:
        """As written in addresses and folders: "2018-19-q3". `parse` reads it back."""
        return f"{self.year}-{(self.year + 1) % 100:02d}-q{self.number}"

    @property
    def code(self) -> str:
        """As written in references: "1819Q3"."""
        return f"{self.year % 100:02d}{(self.year + 1) % 100:02d}Q{self.number}"

    @property
    def year_label(self) -> str:
        """The financial year: "2018/19"."""
        return f"{self.year}/{(self.year + 1) % 100:02d}"

    @property
    def start(self) -> date:
        """First day."""
        month = 1 + (3 * self.number) % 12
        return date(self.year + (1 if self.number == 4 else 0), month, 1)

    @property
    def end(self) -> date:
        """Last day."""
        return self.next.start - timedelta(days=1)

    @property
    def months(self) -> str:
        """In words: "October to December 2018"."""
        return f"{_MONTH_NAMES[self.start.month - 1]} to {_MONTH_NAMES[self.end.month - 1]} {self.end.year}"

    @property
    def index(self) -> int:
        """Quarters since the year 0: consecutive quarters differ by one."""
        return self.year * 4 + self.number - 1

    @classmethod
    def from_index(cls, index: int) -> Self:
        """The quarter with this `index`."""
        return cls(index // 4, index % 4 + 1)

    @property
    def next(self) -> "Quarter":
        """The quarter after this one."""
        return Quarter.from_index(self.index + 1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before this one."""
        return Quarter.from_index(self.index - 1)

    @property
    def same_of_last_year(self) -> "Quarter":
        """The same quarter of the financial year before."""
        return Quarter.from_index(self.index - 4)

    def back(self, quarters: int) -> "tuple[Quarter, ...]":
        """The last `quarters` quarters that end with this one, oldest first, none left out."""
        return tuple(Quarter.from_index(i) for i in range(self.index - quarters + 1, self.index + 1))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __lt__(self, other: "Quarter") -> bool:
        return self.index < other.index

    def __str__(self) -> str:
        return self.label
