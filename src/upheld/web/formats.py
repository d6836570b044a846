"""How dates and numbers are written for people, in the style of GOV.UK."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone


def format_date(value: date) -> str:
    """Write a date in full: 12 March 2019."""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return f"{value.day} {value:%B %Y}"


def format_date_short(value: date) -> str:
    """Write a date for a narrow column: 12 Mar 2019."""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return f"{value.day} {value:%b %Y}"


def format_time(value: datetime) -> str:
    """Write a time of day: 9am, 2:05pm, midday, midnight."""
    local = timezone.localtime(value)
    if (local.hour, local.minute) == (12, 0):
        return "midday"
    if (local.hour, local.minute) == (0, 0):
        return "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def format_date_time(value: datetime) -> str:
    """Write a moment: 12 March 2019 at 2:05pm."""
    return f"{format_date(value)} at {format_time(value)}"


def format_number(value: int | Decimal) -> str:
    """Write a count or an exact number with commas between thousands, and a true minus sign."""
    return f"{value:,}".replace("-", "−")


def format_change(value: int) -> str:
    """Write a difference with its sign: +11, −3, or 0."""
    return "0" if value == 0 else f"{value:+,}".replace("-", "−")


def count_of(value: int, singular: str, plural: str = "") -> str:
    """Write a count with its noun: 1 case, 1,204 cases."""
    return f"{format_number(value)} {singular if value == 1 else plural or singular + 's'}"


def in_fours(value: str) -> str:
    """Write a key in groups of four, to be copied by eye."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


FILTERS = {
    "date": format_date,
    "date_short": format_date_short,
    "time": format_time,
    "date_time": format_date_time,
    "number": format_number,
    "change": format_change,
    "count_of": count_of,
    "in_fours": in_fours,
}
