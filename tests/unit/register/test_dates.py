"""Dates are read as people and systems write them, and never turned round in silence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.register.dates import DateOrder, NotADate, date_of_serial, orders_of, read_date

OCTOBER = date(2018, 10, 12)


@pytest.mark.parametrize(
    "text",
    [
        "2018-10-12", "2018/10/12", "2018.10.12", "20181012", "2018-10-12 14:33", "2018-10-12T14:33:05",
        "2018-10-12T14:33:05.123456", "12/10/2018", "12/10/18", "12-10-2018", "12.10.18", "12 / 10 / 2018",
        "12/10/2018 14:33", "12/10/2018, 14:33:59", "12/10/2018 2:33 pm", "12 Oct 18", "12 Oct 2018", "12-Oct-18",
        "12 October 2018", "12th October 2018", "12th of October 2018", "12 Oct '18", "Friday 12 October 2018",
        "Fri, 12 Oct 2018 14:33", "October 12, 2018", "Oct 12th 2018", "12 october 2018 at 14.33", "43385", "43385.61",
        "\u200e12/10/2018", " 12/10/2018\u00a0", "2018-10-12T00:30:00+01:00", "2018-10-11T23:30:00Z",
        "2018-10-11 23:30 GMT", "2018-10-12 00:30 BST", "2018-10-11T19:30:00-0400",
    ],
)  # fmt: skip
def test_one_day_in_many_ways_of_writing(text: str) -> None:
    assert read_date(text) == OCTOBER


def test_in_winter_this_country_keeps_the_worlds_time() -> None:
    assert read_date("2018-12-11T23:30:00Z") == date(2018, 12, 11)
    assert read_date("2018-12-11T12:30 am Z") == date(2018, 12, 11)


def test_the_order_is_what_was_told() -> None:
    assert read_date("03/04/2018") == date(2018, 4, 3)
    assert read_date("03/04/2018", DateOrder.MONTH_FIRST) == date(2018, 3, 4)
    assert read_date("2018-04-03", DateOrder.MONTH_FIRST) == date(2018, 4, 3)
    assert read_date("3 Apr 18", DateOrder.MONTH_FIRST) == date(2018, 4, 3)


@pytest.mark.parametrize(
    ("text", "order", "reason"),
    [
        ("31/02/2018", DateOrder.DAY_FIRST, "is not a day of the calendar (dates are read as day, month, year)"),
        ("25/12/2018", DateOrder.MONTH_FIRST, "is not a day of the calendar (dates are read as month, day, year)"),
        ("soon", DateOrder.DAY_FIRST, "is not a date. Write it as 2018-10-01 or 01/10/2018"),
        ("October 2018", DateOrder.DAY_FIRST, "is not a date. Write it as 2018-10-01 or 01/10/2018"),
        ("12 Smarch 2018", DateOrder.DAY_FIRST, "is not a date. Write it as 2018-10-01 or 01/10/2018"),
        ("12/10/2018 to 14/10/2018", DateOrder.DAY_FIRST, "is not a date. Write it as 2018-10-01 or 01/10/2018"),
        ("12345", DateOrder.DAY_FIRST, "is not a date. Write it as 2018-10-01 or 01/10/2018"),
        ("2018-10-11T25:30:00Z", DateOrder.DAY_FIRST, "has a time that no clock shows"),
        ("2018-10-11T12:30:00+99:00", DateOrder.DAY_FIRST, "has a time zone that there is not"),
        ("9" * 61, DateOrder.DAY_FIRST, "is too long for a date"),
    ],
)
def test_what_is_no_date_is_refused(text: str, order: DateOrder, reason: str) -> None:
    with pytest.raises(NotADate) as refused:
        read_date(text, order)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("13/04/2018", {DateOrder.DAY_FIRST}),
        ("04/13/2018 10:00", {DateOrder.MONTH_FIRST}),
        ("04/03/18", set(DateOrder)),
        ("31/31/2018", set()),
        ("2018-04-13", None),
        ("13 Apr 18", None),
        ("", None),
    ],
)
def test_what_a_date_says_about_its_order(text: str, orders: set[DateOrder] | None) -> None:
    assert orders_of(text) == orders


def test_excels_day_numbers_count_from_1900() -> None:
    assert date_of_serial(43385.9) == OCTOBER
    assert date_of_serial(43385 - 1462) == date(2014, 10, 11)
    assert date_of_serial(100) is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_as_it_is_written(day: date) -> None:
    for written in (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d %B %Y}", f"{day:%d-%b-%y}", f"{day:%Y%m%d}"):
        assert read_date(written) == day
    assert read_date(f"{day:%m/%d/%Y}", DateOrder.MONTH_FIRST) == day


@given(st.text(st.sampled_from(list("0123456789/-. :TZJanuarypm,")), max_size=30), st.sampled_from(DateOrder))
def test_any_text_is_a_day_or_refused(text: str, order: DateOrder) -> None:
    try:
        day: date | None = read_date(text, order)
    except NotADate:
        day = None
    assert day is None or isinstance(day, date)
