"""Quarters of the financial year: read in the forms that people write, and never two years that do not follow."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.figures.period import Quarter, UnknownPeriod

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "Q3 2018/19",
        "q3 2018/19",
        "Q3 18/19",
        "18/19Q3",
        "2018/19 Q3",
        "2018-19 q3",
        "Quarter 3 2018/2019",
        "Q3, 2018–19",
    ],
)
def test_the_usual_ways_of_writing_a_quarter(text: str) -> None:
    assert Quarter.parse(text) == Quarter(2018, 3)


@pytest.mark.parametrize("text", ["Q5 2018/19", "Q3 2018/20", "2018", "Q3", "", "Q3 2018", "Q3 2018/2020"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(UnknownPeriod):
        Quarter.parse(text)


def test_q3_is_october_to_december_and_q4_ends_the_year() -> None:
    q3, q4 = Quarter(2018, 3), Quarter(2018, 4)
    assert (q3.start, q3.end, q3.label, q3.months) == (
        date(2018, 10, 1), date(2018, 12, 31), "Q3 2018/19", "October to December 2018",
    )  # fmt: skip
    assert (q4.start, q4.end, q4.label, q4.months) == (
        date(2019, 1, 1), date(2019, 3, 31), "Q4 2018/19", "January to March 2019",
    )  # fmt: skip


def test_the_century_turns_in_a_label() -> None:
    assert Quarter(1999, 1).label == "Q1 1999/00"


def test_no_quarter_is_left_out_going_back() -> None:
    assert [q.label for q in Quarter(2018, 3).back(6)] == [
        "Q2 2017/18", "Q3 2017/18", "Q4 2017/18", "Q1 2018/19", "Q2 2018/19", "Q3 2018/19",
    ]  # fmt: skip


@given(DAYS)
def test_every_day_lies_in_the_quarter_that_contains_it_and_in_no_other(day: date) -> None:
    quarter = Quarter.containing(day)
    assert day in quarter
    assert day not in quarter.previous
    assert day not in quarter.next


@given(DAYS)
def test_quarters_meet_without_gap_or_overlap(day: date) -> None:
    quarter = Quarter.containing(day)
    assert quarter.end + timedelta(days=1) == quarter.next.start
    assert quarter.previous.next == quarter == Quarter.from_index(quarter.index)
    assert quarter.same_of_last_year.number == quarter.number
    assert Quarter.parse(quarter.label) == quarter or quarter.year < 2000
