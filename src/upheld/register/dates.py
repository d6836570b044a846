"""A date as people and systems write it, read as one day; and what its writing says about the order of its parts."""

import re
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache, lru_cache
from zoneinfo import ZoneInfo


class DateOrder(StrEnum):
    """Which part of a date such as 03/04/2018 is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class NotADate(Exception):
    """Why a text is no date, in words that follow it."""


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_TIME = (
    r"(?:(?:,|\s+at|\s|t)\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2}(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>z|utc|gmt|bst|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_NUMBERS = re.compile(rf"(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_WORDS = re.compile(
    rf"(?:[a-z]{{3,9}},?\s)?(\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[-/\s.]\s?{_MONTH}[-/\s,]\s?'?(\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE,
)
_MONTH_WORD_FIRST = re.compile(
    rf"(?:[a-z]{{3,9}},?\s)?{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}}){_TIME}", re.IGNORECASE
)
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?")
# Marks without width, which text copied out of mails and windows carries.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff"))

_LONGEST = 60  # characters

# Excel's day 0, with its leap year of 1900 that never was; serials below 61 would be off by one and are far too early.
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)  # the years 2000 to 2099


def date_of_serial(number: float) -> date | None:
    """The day of an Excel day number, a fraction of a day left out; None outside the years 2000 to 2099."""
    whole = int(number)
    return _EXCEL_EPOCH + timedelta(days=whole) if whole in _SERIALS else None


@lru_cache(maxsize=16_384)
def read_date(text: str, order: DateOrder = DateOrder.DAY_FIRST) -> date:
    """The day that a text names. A time is left out, once it is put into the time of this country.

    Two figures for a year are of this century. Raises NotADate.
    """
    if len(text) > _LONGEST:
        raise NotADate("is too long for a date")
    text = " ".join(text.translate(_INVISIBLE).split())
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found, found[1], found[3], found[4])
    if found := _NUMBERS.fullmatch(text):
        day, month = (found[1], found[3]) if order is DateOrder.DAY_FIRST else (found[3], found[1])
        return _day(found, found[4], month, day, order)
    if found := _WORDS.fullmatch(text):
        return _day(found, found[3], found[2], found[1])
    if found := _MONTH_WORD_FIRST.fullmatch(text):
        return _day(found, found[3], found[1], found[2])
    if found := _COMPACT.fullmatch(text):
        return _day(found, found[1], found[2], found[3])
    if _SERIAL.fullmatch(text) and (day_of_number := date_of_serial(float(text))) is not None:
        return day_of_number
    raise NotADate("is not a date. Write it as 2018-10-01 or 01/10/2018")


def orders_of(text: str) -> frozenset[DateOrder] | None:
    """The orders in which the text is a date: both where it cannot be told, or where order does not matter.

    None where it is no date of three numbers with the year last.
    """
    if len(text) > _LONGEST or _NUMBERS.fullmatch(" ".join(text.translate(_INVISIBLE).split())) is None:
        return None
    return frozenset(order for order in DateOrder if _is_date(text, order))


def _is_date(text: str, order: DateOrder) -> bool:
    try:
        read_date(text, order)
    except NotADate:
        return False
    return True


def _day(found: re.Match[str], year: str, month: str, day: str, order: DateOrder = DateOrder.DAY_FIRST) -> date:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        named = date(full, number, int(day))
    except ValueError:
        parts = "day, month, year" if order is DateOrder.DAY_FIRST else "month, day, year"
        raise NotADate(f"is not a day of the calendar (dates are read as {parts})") from None
    groups = found.groupdict()
    return named if groups.get("zone") is None else _here(named, groups)


def _here(day: date, time: dict[str, str | None]) -> date:
    """The day in this country of a moment written in another zone."""
    hour, minute = int(time["hour"] or 0), int(time["minute"] or 0)
    half = (time["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = (time["zone"] or "").lower()
    if hour > 23 or minute > 59:
        raise NotADate("has a time that no clock shows")
    offset = {"z": 0, "utc": 0, "gmt": 0, "bst": 60}.get(zone)
    if offset is None:
        size = int(zone[1:3]) * 60 + int(zone[-2:])
        offset = size if zone[0] == "+" else -size
    if abs(offset) >= 24 * 60:
        raise NotADate("has a time zone that there is not")
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone(timedelta(minutes=offset)))
    return moment.astimezone(_here_zone()).date()


@cache
def _here_zone() -> ZoneInfo:
    return ZoneInfo("Europe/London")
