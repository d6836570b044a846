"""Periods in any usual form, and what is none."""

import pytest

from upheld.checker.periods import Period, financial_year, find_periods, quarter


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Q3 2018/19", quarter(2018, 3)),
        ("Q3 17/18", quarter(2017, 3)),
        ("18/19Q3", quarter(2018, 3)),
        ("2018-19 Q1", quarter(2018, 1)),
        ("Quarter 3 of 2018/19", quarter(2018, 3)),
        ("quarter three 2018/19", quarter(2018, 3)),
        ("the third quarter of 2019/20", quarter(2019, 3)),
        ("Q3 (Oct-Dec) 2019/20", quarter(2019, 3)),
        ("October-December 2018", quarter(2018, 3)),
        ("from October to December 2018", quarter(2018, 3)),
        ("Apr-Jun 2022", quarter(2022, 1)),
        ("2017-18", financial_year(2017)),
        ("2017/2018", financial_year(2017)),
        ("2019–20".replace("–", "-"), financial_year(2019)),
        ("1 April 2018 to 31 March 2019", financial_year(2018)),
        ("January 2019", Period(2019 * 12, 2019 * 12)),
        ("1999/00", financial_year(1999)),
    ],
)
def test_a_period_is_read(text: str, period: Period) -> None:
    (mention,) = find_periods(text)
    assert mention.period == period


@pytest.mark.parametrize("text", ["17/19", "5/6", "486/567", "12 complaints", "10 or 20 working days", "1,234"])
def test_other_numbers_are_no_periods(text: str) -> None:
    assert [mention for mention in find_periods(text) if mention.period is not None] == []


def test_a_date_is_no_period() -> None:
    assert [mention.form for mention in find_periods("by 31 March 2019 and 12/03/2019")] == ["date", "date"]


def test_a_range_of_years_after_a_quarter() -> None:
    forms = [(mention.form, str(mention.period)) for mention in find_periods("Quarter 3: 2016 - 2019")]
    assert forms == [("quarter", "None"), ("range", str(Period(2016 * 12, 2019 * 12 + 11)))]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("last quarter", quarter(2018, 2)),
        ("the previous year", quarter(2017, 3)),
        ("the same quarter of the year before", quarter(2017, 3)),
        ("Q2", quarter(2018, 2)),
        ("Q4", quarter(2017, 4)),
        ("this quarter", quarter(2018, 3)),
    ],
)
def test_what_is_said_of_the_present_is_resolved(text: str, meant: Period) -> None:
    (mention,) = find_periods(text)
    assert mention.resolved(quarter(2018, 3)) == meant


def test_periods_are_named() -> None:
    named = [str(p) for p in (quarter(2018, 4), financial_year(1999), Period(24000, 24000), Period(24000, 24001))]
    assert named == ["Q4 2018/19", "1999/00", "January 2000", "January 2000 to February 2000"]
