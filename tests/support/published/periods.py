"""Quarters and years as councils write them."""

import random
from dataclasses import dataclass

_MONTHS = (("April", "June"), ("July", "September"), ("October", "December"), ("January", "March"))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A financial year by the calendar year that it begins in, or a quarter (1 to 4) of it."""

    year: int
    quarter: int = 0

    def back(self, steps: int = 1) -> "Period":
        """The period so many before (negative: after)."""
        if not self.quarter:
            return Period(self.year - steps)
        index = self.year * 4 + self.quarter - 1 - steps
        return Period(index // 4, index % 4 + 1)

    @property
    def key(self) -> str:
        """One name for it, whatever the report writes."""
        return f"{self.year}q{self.quarter}"


@dataclass(frozen=True, slots=True)
class PeriodStyle:
    """How one report writes its periods: in the heads of tables, in prose, and how it calls the one before."""

    head: str
    prose: str

    def in_head(self, period: Period) -> str:
        """As a column's or a row's head."""
        return write(period, self.head)

    def in_prose(self, period: Period) -> str:
        """Within a sentence."""
        return write(period, self.prose)


YEAR_FORMS = ("2018/19", "2018-19", "18/19", "2018/2019", "FY 2018/19", "2018–19")
QUARTER_FORMS = (
    "Q3 2018/19", "Q3 18/19", "2018/19 Q3", "18/19 Q3", "18/19Q3", "Q3 2018-19", "Quarter 3 2018/19", "Oct-Dec 2018",
    "October to December 2018", "Oct – Dec 2018",
)  # fmt: skip
PROSE_QUARTERS = ("Q3 2018/19", "quarter 3 of 2018/19", "Quarter 3 2018/19", "October to December 2018", "Q3 18/19")
PROSE_YEARS = ("2018/19", "2018-19", "2018/2019", "the year 2018/19")


def write(period: Period, form: str) -> str:
    """The period in the form of the example, which is always of 2018/19 or of its third quarter."""
    year = period.year
    first, last = _MONTHS[(period.quarter or 1) - 1]
    for example, text in (
        ("2018/2019", f"{year}/{year + 1}"),
        ("2018/19", f"{year}/{(year + 1) % 100:02}"),
        ("2018-19", f"{year}-{(year + 1) % 100:02}"),
        ("2018–19", f"{year}–{(year + 1) % 100:02}"),
        ("18/19", f"{year % 100:02}/{(year + 1) % 100:02}"),
        ("2018", str(year + (period.quarter == 4))),  # months are of the calendar's year
    ):
        if example in form:
            form = form.replace(example, text)
            break
    if not period.quarter:
        return form
    form = form.replace("October", first).replace("December", last)
    form = form.replace("Oct", first[:3]).replace("Dec", last[:3])
    return form.replace("Q3", f"Q{period.quarter}").replace("uarter 3", f"uarter {period.quarter}")


def choose_style(choose: random.Random, *, quarterly: bool) -> PeriodStyle:
    """A way of writing periods, drawn at random."""
    if quarterly:
        return PeriodStyle(choose.choice(QUARTER_FORMS), choose.choice(PROSE_QUARTERS))
    return PeriodStyle(choose.choice(YEAR_FORMS), choose.choice(PROSE_YEARS))
