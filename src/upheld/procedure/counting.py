"""A limit counted from its first day, as plain values for JSON and as text with its working day by day."""

from datetime import date
from typing import Any

from upheld.errors import UpheldError
from upheld.procedure.calendar import Calendar
from upheld.procedure.dating import in_words
from upheld.procedure.limits import end_of_limit
from upheld.procedure.pack import Pack
from upheld.procedure.rules import ClockRule, Unit

_UNITS = {
    Unit.WORKING_DAY: "working day",
    Unit.CALENDAR_DAY: "calendar day",
    Unit.MONTH: "month",
    Unit.YEAR: "year",
}


class NoLimitError(UpheldError):
    """A clock has no number of days to count, or no longer limit."""


def limit_length(rule: ClockRule, *, extended: bool) -> int:
    """The length of a clock's limit, or of its longest; NoLimitError says why there is none."""
    if rule.length is None:
        raise NoLimitError(
            f"{rule.label} has no number of days to count: {rule.cite} asks for it as soon as possible."
            if rule.due_from is None
            else f"{rule.label} is due on a date set case by case ({rule.cite})."
        )
    if not extended:
        return rule.length
    if rule.longest is None:
        raise NoLimitError(f"{rule.label} cannot be extended by a number of days ({rule.cite}).")
    return rule.longest


def limit_answer(pack: Pack, rule: ClockRule, calendar: Calendar, *, start: date, extended: bool) -> dict[str, Any]:
    """A limit counted from `start`: when it ends, how many working days it takes, and every day on the way.

    Raises NoLimitError where there is nothing to count, and BeyondCalendar outside the published bank holidays.
    """
    length = limit_length(rule, extended=extended)
    end = end_of_limit(start, length, rule, calendar)
    working_days = calendar.working_days_after(start, end)
    return {
        "pack": pack.id,
        "clock": rule.id,
        "from": start.isoformat(),
        "extended": extended,
        "length": length,
        "unit": rule.unit.value,
        "due": end.isoformat(),
        "working_days": working_days,
        "days": [
            {"date": day.day.isoformat(), "number": day.number, "why_not": day.why_not}
            for day in calendar.trace(start, working_days)
        ],
        "cite": str(rule.cite),
        "layer": rule.cite.layer.value,
        "calendar": f"{calendar.id} {calendar.version}",
    }


def limit_text(pack: Pack, rule: ClockRule, answer: dict[str, Any]) -> str:
    """A limit as text, with its working day by day where it is counted in working days."""
    number, unit = abs(answer["length"]), _UNITS[rule.unit]
    longest = ", the longest" if answer["extended"] else ""
    back = " before" if answer["length"] < 0 else ""
    lines = [
        f"{rule.label}: {number} {unit}{'s' if number != 1 else ''}{back}{longest} ({answer['cite']}; {pack.title})",
        "",
        f"   0  {_day(answer['from'])}   day 0",
    ]
    if rule.unit is Unit.WORKING_DAY:
        for day in answer["days"]:
            counted = f"{day['number']:>4}" if day["number"] is not None else "   –"
            lines.append(f"{counted}  {_day(day['date'])}" + (f"   {day['why_not']}" if day["why_not"] else ""))
    lines += ["", f"Due by the end of {date.fromisoformat(answer['due']):%A} {in_words(_iso(answer['due']))}."]
    if rule.note:
        lines.append(rule.note)
    return "\n".join(lines) + "\n"


def _iso(text: str) -> date:
    return date.fromisoformat(text)


def _day(text: str) -> str:
    day = _iso(text)
    return f"{day:%a} {day.day:>2} {day:%b %Y}"
