"""Working days: what counts, what does not, what was known when, and where the data ends."""

from datetime import date, timedelta

import pytest

from upheld.procedure.calendar import (
    BeyondCalendar,
    Calendar,
    CalendarError,
    Holiday,
    KnownBy,
    load_calendar,
    parse_calendar,
    read_calendar,
)
from upheld.procedure.load import DATA

D = date.fromisoformat


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    """The product's calendar, read anew."""
    return parse_calendar((DATA / "calendars" / "england-and-wales.toml").read_text(encoding="utf-8"))


@pytest.fixture
def small() -> Calendar:
    """Two weeks from a Saturday to a Friday, with a Wednesday off."""
    return Calendar(
        id="small",
        title="Nowhere",
        version="1",
        first=D("2024-06-01"),
        last=D("2024-06-14"),
        published=[Holiday(D("2024-06-05"), "Founders' Day", KnownBy.STATUTE, D("2020-01-01"))],
    )


def test_the_calendar_covers_the_regulations_and_what_has_been_published(calendar: Calendar) -> None:
    assert (calendar.first, calendar.last, calendar.id) == (D("2006-01-01"), D("2028-12-31"), "england-and-wales")
    assert (calendar.title, calendar.version) == ("England and Wales", "2026-02")
    assert repr(calendar) == f"<Calendar england-and-wales {calendar.version}, 2006-01-01 to 2028-12-31>"


def test_every_year_has_its_holidays(calendar: Calendar) -> None:
    years = [holiday.day.year for holiday in calendar.holidays]
    extra = {2011: 1, 2012: 1, 2022: 2, 2023: 1}
    assert {year: years.count(year) for year in range(2006, 2029)} == {
        year: 8 + extra.get(year, 0) for year in range(2006, 2029)
    }


def test_holidays_fall_on_weekdays_and_are_known_before_they_come(calendar: Calendar) -> None:
    assert [holiday.day for holiday in calendar.holidays if holiday.day.weekday() > 4] == []
    assert [holiday.day for holiday in calendar.published if holiday.known >= holiday.day] == []


@pytest.mark.parametrize(
    ("day", "why_not"),
    [
        ("2018-12-24", None),
        ("2018-12-25", "Christmas Day"),
        ("2018-12-26", "Boxing Day"),
        ("2018-12-29", "Saturday"),
        ("2018-12-30", "Sunday"),
        ("2019-01-01", "New Year's Day"),
        ("2022-04-15", "Good Friday"),
        ("2022-05-30", None),
        ("2022-06-02", "Spring bank holiday"),
        ("2022-06-03", "Platinum Jubilee"),
        ("2022-09-19", "State funeral of Queen Elizabeth II"),
        ("2020-05-04", None),
        ("2020-05-08", "Early May bank holiday (VE Day)"),
        ("2026-12-28", "Boxing Day (substitute day)"),
        ("2006-01-01", "Sunday"),
    ],
)
def test_what_counts_and_why_not(calendar: Calendar, day: str, why_not: str | None) -> None:
    assert calendar.why_not(D(day)) == why_not
    assert calendar.is_working_day(D(day)) is (why_not is None)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2024-06-01", 1, "2024-06-03"),
        ("2024-06-02", 1, "2024-06-03"),
        ("2024-06-03", 1, "2024-06-04"),
        ("2024-06-04", 1, "2024-06-06"),
        ("2024-06-05", 1, "2024-06-06"),
        ("2024-06-05", 0, "2024-06-05"),
        ("2024-06-01", 9, "2024-06-14"),
        ("2024-06-14", -1, "2024-06-13"),
        ("2024-06-06", -1, "2024-06-04"),
        ("2024-06-05", -1, "2024-06-04"),
        ("2024-06-08", -1, "2024-06-07"),
        ("2024-06-14", -8, "2024-06-03"),
        ("2024-06-04", -1, "2024-06-03"),
    ],
)
def test_the_nth_working_day(small: Calendar, start: str, n: int, end: str) -> None:
    assert small.nth_working_day(D(start), n) == D(end)


@pytest.mark.parametrize(
    ("start", "n"),
    [("2024-06-01", 10), ("2024-06-14", 1), ("2024-06-14", -9), ("2024-06-01", -1), ("2024-06-03", -1)],
)
def test_a_count_that_leaves_the_data_raises(small: Calendar, start: str, n: int) -> None:
    with pytest.raises(BeyondCalendar) as raised:
        small.nth_working_day(D(start), n)
    assert str(raised.value) == (
        f"The bank holidays of Nowhere are known here from 2024-06-01 to 2024-06-14; {n} working days from {start} end "
        "outside it. Get the current list from gov.uk/bank-holidays.json and run `upheld calendar refresh FILE`, or "
        "correct the date."
    )


@pytest.mark.parametrize("day", ["2024-05-31", "2024-06-15"])
def test_a_day_outside_the_data_raises(small: Calendar, day: str) -> None:
    for ask in (small.is_working_day, small.why_not, lambda d: small.nth_working_day(d, 0)):
        with pytest.raises(BeyondCalendar, match=f"; {day} is outside it"):
            ask(D(day))
    with pytest.raises(BeyondCalendar):
        small.working_days_after(D("2024-06-03"), D(day))
    with pytest.raises(BeyondCalendar):
        small.working_days_after(D(day), D("2024-06-03"))


def test_the_first_and_last_days_are_inside(small: Calendar) -> None:
    assert small.is_working_day(D("2024-06-01")) is False
    assert small.is_working_day(D("2024-06-14")) is True


def test_a_calendar_says_which_it_is(small: Calendar) -> None:
    assert (small.id, small.title, small.version) == ("small", "Nowhere", "1")


def test_a_calendar_may_begin_on_a_working_day() -> None:
    calendar = Calendar(id="s", title="S", version="1", first=D("2024-06-03"), last=D("2024-06-04"), published=[])
    assert calendar.is_working_day(D("2024-06-03")) is True
    assert calendar.nth_working_day(D("2024-06-04"), -1) == D("2024-06-03")
    assert calendar.nth_working_day(D("2024-06-03"), 1) == D("2024-06-04")


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2024-06-03", "2024-06-03", 0),
        ("2024-06-03", "2024-06-04", 1),
        ("2024-06-03", "2024-06-05", 1),
        ("2024-06-03", "2024-06-06", 2),
        ("2024-06-01", "2024-06-14", 9),
        ("2024-06-06", "2024-06-03", -2),
    ],
)
def test_working_days_after(small: Calendar, start: str, end: str, count: int) -> None:
    assert small.working_days_after(D(start), D(end)) == count


def test_a_trace_numbers_what_counts_and_says_why_the_rest_does_not(small: Calendar) -> None:
    assert [(str(day.day), day.number, day.why_not) for day in small.trace(D("2024-06-04"), 3)] == [
        ("2024-06-05", None, "Founders' Day"),
        ("2024-06-06", 1, None),
        ("2024-06-07", 2, None),
        ("2024-06-08", None, "Saturday"),
        ("2024-06-09", None, "Sunday"),
        ("2024-06-10", 3, None),
    ]


def test_a_trace_counts_back_too(small: Calendar) -> None:
    assert [(str(day.day), day.number) for day in small.trace(D("2024-06-06"), -2)] == [
        ("2024-06-05", None),
        ("2024-06-04", -1),
        ("2024-06-03", -2),
    ]
    assert small.trace(D("2024-06-06"), 0) == ()


@pytest.mark.parametrize(
    ("on", "day", "counted"),
    [
        ("2022-09-09", "2022-09-19", True),
        ("2022-09-10", "2022-09-19", False),
        ("2019-06-06", "2020-05-04", False),
        ("2019-06-06", "2020-05-08", True),
        ("2019-06-07", "2020-05-04", True),
        ("2019-06-07", "2020-05-08", False),
        ("2020-11-11", "2022-05-30", False),
        ("2020-11-11", "2022-06-02", True),
        ("2020-11-12", "2022-05-30", True),
        ("2020-11-12", "2022-06-02", False),
    ],
)
def test_the_calendar_as_it_was_known(calendar: Calendar, on: str, day: str, counted: bool) -> None:
    assert calendar.as_known(D(on)).is_working_day(D(day)) is counted


def test_a_calendar_known_in_full_is_itself(calendar: Calendar) -> None:
    assert calendar.as_known(D("2027-06-01")) is calendar
    known = calendar.as_known(D("2022-09-09"))
    assert known is calendar.as_known(D("2022-09-08"))
    assert known.version == f"{calendar.version}, holidays known by 2022-01-01"
    assert (known.id, known.title, known.first, known.last) == (
        calendar.id,
        calendar.title,
        calendar.first,
        calendar.last,
    )
    assert known.as_known(D("2027-06-01")).holidays == calendar.holidays


def test_the_first_day_on_which_two_calendars_differ(calendar: Calendar) -> None:
    assert calendar.first_difference(calendar) is None
    assert calendar.first_difference(calendar.as_known(D("2022-09-09"))) == D("2022-09-19")
    assert calendar.as_known(D("2022-09-09")).first_difference(calendar) == D("2022-09-19")


def test_the_calendar_is_loaded_once() -> None:
    assert load_calendar() is load_calendar("england-and-wales")


def test_another_calendar_is_refused_by_name() -> None:
    with pytest.raises(CalendarError, match="There is no calendar called 'scotland'. There is: england-and-wales."):
        load_calendar("scotland")


FILE: dict[str, object] = {
    "id": "x",
    "title": "X",
    "version": "1",
    "first": D("2024-01-01"),
    "last": D("2024-12-31"),
    "holidays": [{"day": D("2024-12-25"), "name": "Christmas Day", "by": "statute", "known": D("1971-12-16")}],
}
CHRISTMAS: dict[str, object] = {
    "day": D("2024-12-25"),
    "name": "Christmas Day",
    "by": "statute",
    "known": D("1971-12-16"),
}


def test_a_file_is_read() -> None:
    calendar = read_calendar(FILE)
    assert (calendar.id, calendar.title, calendar.version) == ("x", "X", "1")
    assert calendar.holidays == (Holiday(D("2024-12-25"), "Christmas Day", KnownBy.STATUTE, D("1971-12-16")),)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": None}, "cannot be used: 'title'. Each holiday needs day, name, by, known."),
        ({"holidays": [{**CHRISTMAS, "by": "rumour"}]}, "cannot be used: 'rumour' is not a valid KnownBy"),
        ({"holidays": [{k: v for k, v in CHRISTMAS.items() if k != "known"}]}, "cannot be used: 'known'"),
        (
            {"holidays": [CHRISTMAS, CHRISTMAS]},
            "The calendar file names a day twice as a holiday; a day that was moved needs `withdrawn`.",
        ),
        ({"holidays": [{**CHRISTMAS, "day": D("2025-12-25")}]}, "2025-12-25 lies outside the calendar's own"),
        ({"holidays": [{**CHRISTMAS, "day": D("2023-12-25")}]}, "2023-12-25 lies outside the calendar's own"),
        ({"holidays": [{**CHRISTMAS, "known": D("2024-12-26")}]}, "must become known before it falls"),
        ({"holidays": [{**CHRISTMAS, "withdrawn": D("1971-12-16")}]}, "must become known before it falls, and before"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(change: dict[str, object], message: str) -> None:
    data = {**FILE, **change}
    if data["title"] is None:
        del data["title"]
    with pytest.raises(CalendarError) as raised:
        read_calendar(data)
    assert message in str(raised.value)


def test_a_day_that_was_moved_may_be_named_again() -> None:
    moved = {**CHRISTMAS, "withdrawn": D("2000-01-01")}
    again = {**CHRISTMAS, "known": D("2000-01-01")}
    assert len(read_calendar({**FILE, "holidays": [moved, again]}).holidays) == 1


@pytest.mark.parametrize("day", ["2024-01-01", "2024-12-31"])
def test_a_holiday_may_be_the_first_or_last_day_of_the_calendar(day: str) -> None:
    assert [each.day for each in read_calendar({**FILE, "holidays": [{**CHRISTMAS, "day": D(day)}]}).holidays] == [
        D(day)
    ]


def test_a_holiday_on_the_day_it_became_known_is_allowed() -> None:
    assert read_calendar({**FILE, "holidays": [{**CHRISTMAS, "known": D("2024-12-25")}]}).holidays


def test_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(CalendarError, match="The calendar file cannot be read"):
        parse_calendar("id = ")


def test_the_count_agrees_with_counting_one_by_one(calendar: Calendar) -> None:
    closed = {holiday.day for holiday in calendar.holidays}
    day, number = D("2021-11-01"), 0
    while day < D("2022-11-01"):
        day += timedelta(days=1)
        number += day.weekday() < 5 and day not in closed
        assert calendar.working_days_after(D("2021-11-01"), day) == number


def test_a_day_named_twice_is_refused_in_one_sentence() -> None:
    with pytest.raises(CalendarError) as raised:
        read_calendar({**FILE, "holidays": [CHRISTMAS, CHRISTMAS]})
    assert str(raised.value) == (
        "The calendar file names a day twice as a holiday; a day that was moved needs `withdrawn`."
    )
