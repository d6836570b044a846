"""Counting a limit from its day 0 to its last day, in working days, calendar days, months or years."""

from datetime import date, timedelta

from upheld.procedure.calendar import Calendar
from upheld.procedure.dating import Dating
from upheld.procedure.rules import ClockRule, Unit


def _add_months(start: date, months: int) -> tuple[date, bool]:
    """The corresponding day so many months later, and whether that month is too short to have it."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    next_year, next_month = divmod(year * 12 + month + 1, 12)
    last = (date(next_year, next_month + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last)), start.day > last


def end_of_limit(start: date, length: int, rule: ClockRule, calendar: Calendar) -> date:
    """The last day of a limit of `length` whose day 0 is `start`, in the clock's unit and way of counting.

    A month or year ends on the corresponding day, or the last day of a month too short to have it; where the
    first day itself counts, it ends the day before. Raises BeyondCalendar outside the published bank holidays.
    """
    if rule.unit is Unit.WORKING_DAY:
        return calendar.nth_working_day(start, length - 1 if rule.inclusive else length)
    if rule.unit is Unit.CALENDAR_DAY:
        end = start + timedelta(days=length - 1 if rule.inclusive else length)
    else:
        end, short_month = _add_months(start, length * 12 if rule.unit is Unit.YEAR else length)
        if rule.inclusive and not short_month:
            end -= timedelta(days=1)
    if rule.rolls and not calendar.is_working_day(end):
        return calendar.nth_working_day(end, 1)
    return end


def limit_from(start: Dating, length: int, rule: ClockRule, calendar: Calendar) -> Dating:
    """When a limit ends that starts on `start`: an interval where the start is one, unknown where it is unknown."""
    if not start.is_known:
        return start
    earliest = end_of_limit(start.earliest, length, rule, calendar)
    if start.earliest == start.latest:
        return Dating.day(earliest)
    return Dating.between(earliest, end_of_limit(start.latest, length, rule, calendar))
