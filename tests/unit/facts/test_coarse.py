"""Dates made coarse: no exact date is left that no figure needs, and every figure comes out as it did."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.facts import stage_fact
from upheld.facts import coarse_days, coarse_moment, coarse_row, dates_of

DAYS = st.dates(date(2017, 1, 1), date(2019, 12, 31))
MOMENT = datetime(2018, 10, 17, 9, 30, 12, 345, tzinfo=UTC)


def ends_of_quarters() -> list[date]:
    return [date(y, m, d) for y in range(2014, 2021) for m, d in ((3, 31), (6, 30), (9, 30), (12, 31))]


@given(days=st.sets(DAYS, min_size=1, max_size=12), reports=st.sets(DAYS, max_size=3))
def test_every_comparison_that_figures_make_comes_out_alike(days: set[date], reports: set[date]) -> None:
    kept = coarse_days(days, reports)
    judged = [*reports, *ends_of_quarters()]
    for day in days:
        assert (kept[day].year, kept[day].month) == (day.year, day.month)
        assert kept[day] <= day
        for judgement in judged:
            assert (kept[day] <= judgement, kept[day] < judgement) == (day <= judgement, day < judgement)
        for report in reports:
            limit = report.replace(
                year=report.year - 2, day=28 if (report.month, report.day) == (2, 29) else report.day
            )
            assert (kept[day] < limit) == (day < limit)
    in_order = sorted(days)
    assert [kept[day] for day in in_order] == sorted({kept[day] for day in days})


def test_a_date_says_no_more_than_its_month_and_place() -> None:
    days = [date(2018, 10, 9), date(2018, 10, 17), date(2018, 11, 30), date(2018, 12, 31)]
    assert list(coarse_days(days, ()).values()) == [
        date(2018, 10, 1), date(2018, 10, 2), date(2018, 11, 1), date(2018, 12, 31),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "kept"),
    [
        (date(2018, 10, 12), date(2018, 10, 13)),
        (date(2018, 10, 17), date(2018, 10, 17)),
        (date(2018, 10, 18), date(2018, 10, 1)),
    ],
)
def test_a_date_stays_on_its_side_of_a_report(report: date, kept: date) -> None:
    assert coarse_days([date(2018, 10, 17)], [report]) == {date(2018, 10, 17): kept}


@pytest.mark.parametrize(
    ("reports", "kept"),
    [
        ([], datetime(2018, 10, 1, tzinfo=UTC)),
        ([MOMENT], datetime(2018, 10, 1, tzinfo=UTC)),
        ([MOMENT - timedelta(days=2)], MOMENT - timedelta(days=2) + timedelta(microseconds=1)),
        ([MOMENT - timedelta(days=90), MOMENT + timedelta(days=1)], datetime(2018, 10, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_stays_on_its_side_of_a_report(reports: list[datetime], kept: datetime) -> None:
    assert coarse_moment(MOMENT, reports) == kept
    for report in reports:
        assert (kept <= report) == (report >= MOMENT)


def test_a_row_keeps_what_figures_count_and_leads_nowhere() -> None:
    row = replace(stage_fact(), received_on=date(2018, 10, 9), answered_on=date(2018, 10, 17), due_on=None)
    kept = coarse_row(row, "elsewhere", coarse_days(dates_of([row]), ()))
    assert (kept.case_key, kept.stage_key) == ("elsewhere", f"elsewhere/{row.stage}/{row.occurrence}")
    assert (kept.received_on, kept.answered_on, kept.due_on) == (date(2018, 10, 2), date(2018, 10, 4), None)
    assert (kept.outcome, kept.team, kept.working_days) == (row.outcome, row.team, row.working_days)
