"""The quarters of the financial year that the example is made in: Q3 2018/19 is October to December 2018."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of the financial year that begins on 1 April of `year`.

    It is no more than the example needs: the periods of figures, which people can ask for, are `upheld.figures.period`,
    a room that a register does not know.
    """

    year: int
    number: int

    @classmethod
    def containing(cls, day: date) -> "Quarter":
        """The quarter that a day falls in."""
        months = day.year * 12 + day.month - 4  # since April of the year 0
        return cls(months // 12, months % 12 // 3 + 1)

    @classmethod
    def parse(cls, label: str) -> "Quarter":
        """From "Q3 2018/19", as the example's own data write it."""
        quarter, year = label.split()
        parsed = cls(int(year[:4]), int(quarter[1:]))
        if parsed.label != label:
            raise ValueError(f"{label!r} is not a quarter; write it as {parsed.label!r}")
        return parsed

    @property
    def label(self) -> str:
        """As written everywhere: "Q3 2018/19"."""
        return f"Q{self.number} {self.year}/{(self.year + 1) % 100:02d}"

    @property
    def code(self) -> str:
        """As written in references: "1819Q3"."""
        return f"{self.year % 100:02d}{(self.year + 1) % 100:02d}Q{self.number}"

    @property
    def start(self) -> date:
        """First day."""
        month = self.number * 3 + 1
        return date(self.year, month, 1) if month <= 12 else date(self.year + 1, 1, 1)

    @property
    def end(self) -> date:
        """Last day."""
        return self.next.start - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        """The quarter after this one."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def index(self) -> int:
        """Consecutive quarters differ by one."""
        return self.year * 4 + self.number - 1
