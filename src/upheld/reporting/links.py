"""The address of the list of cases behind a number: as many rows as the number says."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from upheld.figures.definitions import CATALOGUE
from upheld.figures.period import Quarter
from upheld.narrative.report import Number, Role


@dataclass(frozen=True, slots=True)
class CaseLinks:
    """Where lists lie, for somebody who may see cases; `address` is empty for somebody who may not.

    `quarter` and `as_at` are the page's own: the list is judged at the same day, and leads back to the same quarter.
    """

    address: str
    quarter: Quarter
    as_at: date

    def behind(self, number: Number) -> str:
        """The list of what a number counts; empty where it is no count of cases, counts none, or is placed elsewhere.

        A percentage and a change count nothing: their counts stand beside them and have lists of their own.
        """
        if number.source.ref.structure is not None:
            return ""  # the list is of cases under the teams of their own days
        count = _count(number)
        if not self.address or not count or number.value == 0:
            return ""
        ref = number.source.ref
        asked = {"figure": count, "quarter": ref.period.slug, **dict(ref.by), "as_at": self.as_at.isoformat()}
        if ref.period != self.quarter:
            asked["came_from"] = self.quarter.slug
        return f"{self.address}?{urlencode(asked)}"


def _count(number: Number) -> str:
    figure = CATALOGUE.figures.get(number.source.ref.figure)
    if figure is None:
        return ""
    match number.role:
        case Role.VALUE if figure.numerator is None:
            return figure.id
        case Role.NUMERATOR:
            return figure.numerator or ""
        case Role.DENOMINATOR:
            return figure.denominator or ""
        case _:
            return ""
