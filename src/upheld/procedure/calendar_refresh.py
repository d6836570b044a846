"""Bringing a calendar up to date from the list that the government publishes, without losing what was known when."""

import json
import os
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from upheld.procedure.calendar import Calendar, CalendarError, Holiday, KnownBy, parse_calendar
from upheld.procedure.load import DATA

# Named in the Act of 1971 or holidays at common law: known since it was passed.
_BY_STATUTE = {"Good Friday", "Easter Monday", "Spring bank holiday", "Summer bank holiday"}
_FIXED = {"New Year's Day": (1, 1), "Christmas Day": (12, 25), "Boxing Day": (12, 26)}
_ACT_PASSED = date(1971, 12, 16)


def published_days(text: str, division: str) -> dict[date, str]:
    """The days of one division of a published list; CalendarError where it is not that list."""
    try:
        events = json.loads(text)[division]["events"]
        return {date.fromisoformat(event["date"]): str(event["title"]).replace("’", "'") for event in events}
    except (ValueError, KeyError, TypeError) as error:
        raise CalendarError(
            f"This is not the list of bank holidays that gov.uk publishes: {division} has no days in it. "
            "Save gov.uk/bank-holidays.json and name that file."
        ) from error


def refreshed(calendar: Calendar, published: Mapping[date, str], *, on: date) -> tuple[Calendar, tuple[str, ...]]:
    """The calendar with the published days of the years it covers and of later ones, and what changed, in words.

    A day that the list no longer has was moved away, from `on`; a day that it has newly was announced on `on`, unless
    it falls every year. Days before the list begins stay as they are.
    """
    if not published:
        raise CalendarError("The list holds no days, so nothing can be learnt from it.")
    first = date(min(published).year, 1, 1)
    last = date(max(published).year, 12, 31)
    if last < calendar.last:
        raise CalendarError(
            f"The list ends with {last.year} and the calendar with {calendar.last.year}: a newer list is needed."
        )
    known = {holiday.day: holiday for holiday in calendar.holidays}
    kept: list[Holiday] = []
    changes: list[str] = []
    for holiday in calendar.published:
        gone = holiday.withdrawn is None and holiday.day >= first and holiday.day not in published
        if gone and holiday.day <= on:
            raise CalendarError(
                f"The list leaves out {holiday.name} on {holiday.day}, which is past. Past holidays do not change."
            )
        kept.append(Holiday(holiday.day, holiday.name, holiday.by, holiday.known, on) if gone else holiday)
        if gone:
            changes.append(f"- {holiday.day.isoformat()}  {holiday.name}: moved away, known from {on.isoformat()}")
    for day in sorted(set(published) - set(known)):
        if day <= on and day <= calendar.last:
            raise CalendarError(f"The list adds {published[day]} on {day}, which is past. Past holidays do not change.")
        added = _holiday(day, published[day], on)
        kept.append(added)
        changes.append(f"+ {day.isoformat()}  {added.name}: by {added.by}, known from {added.known.isoformat()}")
    return (
        Calendar(
            id=calendar.id,
            title=calendar.title,
            version=on.isoformat(),
            first=calendar.first,
            last=max(last, calendar.last),
            published=kept,
        ),
        tuple(changes),
    )


def _holiday(day: date, title: str, on: date) -> Holiday:
    fixed = _FIXED.get(title)
    if title in _BY_STATUTE or (fixed is not None and title != "New Year's Day" and (day.month, day.day) == fixed):
        return Holiday(day, title, KnownBy.STATUTE, _ACT_PASSED)
    substitute = fixed is not None and (day.month, day.day) != fixed
    name = f"{title} (substitute day)" if substitute else title
    if fixed is not None or title == "Early May bank holiday":
        return Holiday(day, name, KnownBy.PROCLAMATION, date(day.year - 1, 1, 1))
    return Holiday(day, name, KnownBy.ANNOUNCEMENT, on)


def calendar_text(calendar: Calendar, header: str) -> str:
    """The calendar as its file holds it, under the comments that the file began with."""
    lines = [
        header.rstrip(),
        "",
        f'id = "{calendar.id}"',
        f'title = "{calendar.title}"',
        f'version = "{calendar.version}"',
        f"first = {calendar.first.isoformat()}",
        f"last = {calendar.last.isoformat()}",
        "",
        "holidays = [",
    ]
    year = None
    for holiday in calendar.published:
        if year is not None and holiday.day.year != year:
            lines.append("")
        year = holiday.day.year
        moved = f", withdrawn = {holiday.withdrawn.isoformat()}" if holiday.withdrawn is not None else ""
        name = holiday.name.replace("\\", "").replace('"', "'")
        lines.append(
            f'    {{ day = {holiday.day.isoformat()}, name = "{name}", by = "{holiday.by}", '
            f"known = {holiday.known.isoformat()}{moved} }},"
        )
    return "\n".join([*lines, "]"]) + "\n"


def refresh_file(source: Path, target: Path | None, *, on: date) -> tuple[str, ...]:
    """Rewrite a calendar's file from a published list, whole or not at all, and say in words what changed."""
    path = target or DATA / "calendars" / "england-and-wales.toml"
    try:
        text, listed = path.read_text(encoding="utf-8"), source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CalendarError(f"A file cannot be read: {error}.") from error
    calendar = parse_calendar(text)
    after, changes = refreshed(calendar, published_days(listed, calendar.id), on=on)
    if not changes and after.last == calendar.last:
        return (f"Nothing has changed: the calendar runs to {calendar.last.isoformat()}.",)
    header = text[: text.index("\nid = ")]
    _replace(path, calendar_text(after, header))
    return (*changes, f"The calendar runs to {after.last.isoformat()}.")


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
