"""Facts of a case that was disposed of: what figures need of them, and no exact date that they do not.

A date keeps its month, its order among the dates of the case, and the side on which it lies of every day that figures
were, or are usually, judged at: the ends of quarters and the days of reports. So a published figure comes out as it
did, and a day between says no more than the month.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from upheld.facts.model import StageFact

Row = TypeVar("Row", bound=StageFact)

_DATES = tuple(field.name for field in fields(StageFact) if field.name.endswith("_on"))
_A_DAY, _A_MOMENT = timedelta(days=1), timedelta(microseconds=1)


def dates_of(rows: Iterable[StageFact]) -> frozenset[date]:
    """Every date in some fact rows."""
    return frozenset(day for row in rows for name in _DATES if (day := getattr(row, name)) is not None)


def coarse_days(days: Collection[date], reports: Collection[date]) -> dict[date, date]:
    """For each date of a case the one to keep in its stead; `reports` are the days that reports were judged at.

    None is later than it was. Two different dates stay different and in their order.
    """
    judged = {*reports, *(_two_years_before(day) for day in reports)}
    found: dict[date, date] = {}
    taken: dict[date, int] = {}
    for day in sorted(set(days)):
        start = _start(day, judged)
        found[day] = start + taken.get(start, 0) * _A_DAY
        taken[start] = taken.get(start, 0) + 1
    return found


def coarse_moment(moment: datetime, reports: Iterable[datetime]) -> datetime:
    """The beginning of a moment's month, or the first moment after the report in it that was made before."""
    start = moment.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return max([start, *(report + _A_MOMENT for report in reports if report < moment)])


def coarse_row(row: Row, key: str, days: Mapping[date, date]) -> Row:
    """A fact row under another key, with the dates to keep."""
    kept: dict[str, Any] = {name: days[day] for name in _DATES if (day := getattr(row, name)) is not None}
    return replace(row, case_key=key, stage_key=f"{key}/{row.stage}/{row.occurrence}", **kept)


def _start(day: date, judged: Iterable[date]) -> date:
    """The first day of the days that no figure tells from this one."""
    starts = [day.replace(day=1)]
    if (day + _A_DAY).day == 1 and day.month % 3 == 0:
        starts.append(day)  # the last of a quarter: figures tell what was due before it from what was due on it
    for judgement in judged:
        if judgement == day:
            starts.append(day)
        elif judgement < day:
            starts.append(judgement + _A_DAY)
    return max(starts)


def _two_years_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 2)
    except ValueError:
        return day.replace(year=day.year - 2, day=28)
