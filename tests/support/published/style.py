"""How one report writes its numbers, and does so throughout."""

import random
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from tests.support.published.periods import PeriodStyle, choose_style

WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportStyle:
    """One report's hand."""

    periods: PeriodStyle
    decimals: int
    rounding: str
    thousands: bool
    zero: str
    per_cent: str
    total: str
    number_words: bool

    def count(self, value: int) -> str:
        """A count as digits."""
        return f"{value:,}" if self.thousands else str(value)

    def cell(self, value: int) -> str:
        """A count in a table."""
        return self.count(value) if value else self.zero

    def words(self, value: int) -> str:
        """A count in a sentence: small ones as words, where the report does so."""
        return WORDS[value] if self.number_words and 0 < value < 10 else self.count(value)

    def share(self, part: int, whole: int) -> str:
        """A percentage, rounded."""
        return self.percentage(Fraction(100 * part, whole))

    def percentage(self, value: Fraction) -> str:
        """A percentage of this exact value, rounded as the report rounds."""
        return f"{rounded(value, self.decimals, self.rounding)}%"

    def cut(self, value: Fraction) -> str:
        """A percentage that was cut off."""
        return f"{rounded(value, self.decimals, ROUND_DOWN)}%"

    def said(self, percentage: str) -> str:
        """A percentage as it stands in a sentence."""
        return percentage.replace("%", self.per_cent)


def rounded(value: Fraction, decimals: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """To so many decimals. Fractions have no rounding of their own; 40 digits keep every half a half."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding)


def draw_style(choose: random.Random, *, quarterly: bool) -> ReportStyle:
    """A hand, drawn at random."""
    return ReportStyle(
        periods=choose_style(choose, quarterly=quarterly),
        decimals=choose.choice((0, 0, 0, 1)),
        rounding=choose.choice((ROUND_HALF_UP, ROUND_HALF_UP, ROUND_HALF_EVEN)),
        thousands=choose.random() < 0.6,
        zero=choose.choice(("0", "0", "0", "-", "–", "Nil")),
        per_cent=choose.choice(("%", "%", "%", " per cent", " percent")),
        total=choose.choice(("Total", "Total", "TOTAL", "Grand total", "All", "Overall total", "")),
        number_words=choose.random() < 0.4,
    )
