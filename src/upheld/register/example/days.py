"""Days on which things happen: complaints arrive on any day, offices answer on working days."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from upheld.period import Quarter
from upheld.procedure.calendar import BeyondCalendar, Calendar
from upheld.register.example.made_up import MadeUp

NEVER = date.max
"""Later than any day that a register can be asked for: what is planned beyond the calendar is never known."""

_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Days:
    """The calendar, as the example plans with it."""

    calendar: Calendar

    def working(self, start: date, count: int) -> date:
        """The `count`th working day after day 0, or NEVER where the calendar ends before it."""
        try:
            return self.calendar.nth_working_day(start, count)
        except BeyondCalendar:
            return NEVER

    def taken(self, start: date, end: date) -> int:
        """Working days from day 0 to a day of the calendar."""
        return self.calendar.working_days_after(start, end)

    def is_open(self, day: date) -> bool:
        """Whether the office works on that day; beyond the calendar, whether it is a weekday."""
        if day > self.calendar.last:
            return day.weekday() < _SATURDAY
        return self.calendar.is_working_day(day)

    def later(self, start: date, count: int, *, office: bool = False, post: bool = False) -> date:
        """So many days after `start`, moved on to an `office` day, or off the day without `post`."""
        if start > self.calendar.last:
            return NEVER
        day = start + timedelta(days=count)
        while (office and not self.is_open(day)) or (post and day.weekday() == _SUNDAY):
            day += timedelta(days=1)
        return day

    def arrivals(self, quarter: Quarter, count: int, random: Random, made: MadeUp) -> list[date]:
        """When `count` complaints of a quarter arrive, in order."""
        length = (quarter.end - quarter.start).days + 1
        spread = [quarter.start + timedelta(days=i) for i in range(length)]
        weights = [self._weight(day, made) for day in spread]
        return sorted(random.choices(spread, weights=weights, k=count))

    def _weight(self, day: date, made: MadeUp) -> float:
        weight = float(made.weekdays[day.weekday()])
        between_the_years = (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)
        if between_the_years or (day.weekday() < _SATURDAY and not self.is_open(day)):
            weight *= made.holiday_percent / 100
        return weight * made.august_percent / 100 if day.month == 8 else weight
