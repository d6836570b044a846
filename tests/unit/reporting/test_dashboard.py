"""What the dashboard asks of the figures, and how it finds them again."""

from datetime import date

import pytest

from tests.factories.facts import case_facts, source_of, stage_fact
from tests.unit.reporting.pages import page_of
from upheld.figures.model import UnknownFigure
from upheld.figures.period import Quarter
from upheld.reporting.dashboard import Selection, asked_for

Q3 = Quarter(2018, 3)


@pytest.mark.parametrize(
    ("as_at", "unfinished"),
    [(date(2018, 10, 1), True), (date(2018, 12, 30), True), (date(2018, 12, 31), False), (date(2019, 1, 1), False)],
)
def test_a_quarter_is_finished_at_the_end_of_its_last_day(as_at: date, unfinished: bool) -> None:
    assert Selection(Q3, as_at).unfinished is unfinished


def test_a_choice_is_written_as_it_is_read() -> None:
    assert Selection(Q3, date(2019, 3, 1)).query == {"quarter": "2018-19-q3"}
    assert Selection(Q3, date(2019, 3, 1), "care").query == {"quarter": "2018-19-q3", "service": "care"}


def test_a_service_is_a_filter_of_every_figure() -> None:
    for asked in asked_for(Selection(Q3, date(2019, 3, 1), "care")):
        assert ("service", "care") in asked.where


def test_values_of_a_service_keep_its_name_in_their_ids() -> None:
    source = source_of(
        case_facts(stage_fact("a", service="care")), case_facts(stage_fact("b", service="care")),
        case_facts(stage_fact("c", service="family")),
    )  # fmt: skip
    page = page_of(source, Selection(Q3, date(2019, 3, 1), "care"))
    value = page.value("received", stage="stage-1")
    assert (value.numerator, value.ref.id) == (2, "received@Q3 2018/19?service=care&stage=stage-1")
    assert page_of(source, Selection(Q3, date(2019, 3, 1))).value("received", stage="stage-1").numerator == 3


def test_nothing_of_another_service_is_found() -> None:
    page = page_of(source_of(case_facts(stage_fact())), Selection(Q3, date(2019, 3, 1), "care"))
    with pytest.raises(UnknownFigure):
        page.value("received", service="care", stage="stage-1")


def test_the_chart_begins_with_the_record_and_goes_back_two_years_at_most() -> None:
    first = stage_fact("a", received_on=date(2018, 5, 1))
    page = page_of(source_of(case_facts(first)), Selection(Q3, date(2019, 3, 1)))
    assert [str(quarter) for quarter in page.quarters] == ["Q1 2018/19", "Q2 2018/19", "Q3 2018/19"]
    early = stage_fact("a", received_on=date(2010, 5, 1))
    page = page_of(source_of(case_facts(early)), Selection(Q3, date(2019, 3, 1)))
    assert len(page.quarters) == 8
    assert page.quarters[-1] == Q3


def test_cases_open_for_more_than_two_years_are_counted_on_the_day_itself() -> None:
    day = date(2021, 3, 1)
    source = source_of(
        case_facts(stage_fact("just", received_on=date(2019, 3, 1))),
        case_facts(stage_fact("longer", received_on=date(2019, 2, 28))),
        case_facts(stage_fact("answered", received_on=date(2018, 1, 2), answered_on=date(2018, 1, 9))),
    )
    page = page_of(source, Selection(Quarter(2018, 4), day))
    value = page.figures.value("long_open_at_end", Quarter.containing(day))
    assert value.numerator == 1


def test_two_years_before_a_leap_day_is_the_last_day_of_february() -> None:
    day = date(2024, 2, 29)
    source = source_of(
        case_facts(stage_fact("at", received_on=date(2022, 2, 28))),
        case_facts(stage_fact("before", received_on=date(2022, 2, 27))),
    )
    page = page_of(source, Selection(Quarter.containing(day), day))
    assert page.figures.value("long_open_at_end", Quarter.containing(day)).numerator == 1
