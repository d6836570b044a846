"""The dashboard's filters."""

from datetime import date

import pytest

from upheld.figures.period import Quarter
from upheld.organisation.queries import PresentService
from upheld.reporting.dashboard import Selection
from upheld.reporting.forms import FilterForm

AS_AT = date(2019, 2, 1)  # in Q4 2018/19
RECORDED = (Quarter(2017, 4), Quarter(2018, 3))
SERVICES = (PresentService("care", "Children looked after", "children looked after"),)


def form(**asked: str) -> FilterForm:
    return FilterForm(asked, recorded=RECORDED, services=SERVICES, as_at=AS_AT)


def chosen(**asked: str) -> Selection:
    made = form(**asked)
    assert made.is_valid(), made.errors
    return made.selection


def test_nothing_chosen_is_the_latest_quarter_with_data_and_every_service() -> None:
    assert chosen() == Selection(Quarter(2018, 3), AS_AT)
    assert chosen(quarter="", service="") == chosen()


@pytest.mark.parametrize("text", ["2018-19-q1", "Q1 2018/19", "q1 18/19", "2018/19 Q1"])
def test_a_quarter_may_be_written_as_people_write_it(text: str) -> None:
    assert chosen(quarter=text).quarter == Quarter(2018, 1)


def test_a_service_is_chosen_by_its_code() -> None:
    assert chosen(service="care") == Selection(Quarter(2018, 3), AS_AT, "care")


def test_every_quarter_since_the_first_is_offered_the_newest_first() -> None:
    assert form().fields["quarter"].choices == [  # type: ignore[attr-defined]
        ("2018-19-q4", "Q4 2018/19 (no data)"),
        ("2018-19-q3", "Q3 2018/19"),
        ("2018-19-q2", "Q2 2018/19 (no data)"),
        ("2018-19-q1", "Q1 2018/19 (no data)"),
        ("2017-18-q4", "Q4 2017/18"),
    ]


def test_the_present_quarter_is_marked_as_not_over() -> None:
    made = FilterForm({}, recorded=(Quarter(2018, 3), Quarter(2018, 4)), services=(), as_at=AS_AT)
    assert made.fields["quarter"].choices[0] == ("2018-19-q4", "Q4 2018/19 (so far)")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("asked", "field", "message"),
    [
        ({"quarter": "soon"}, "quarter", "There is no quarter “soon” here. Choose one from the list."),
        ({"quarter": "2030-31-q1"}, "quarter", "There is no quarter “2030-31-q1” here. Choose one from the list."),
        ({"quarter": "2017-18-q3"}, "quarter", "There is no quarter “2017-18-q3” here. Choose one from the list."),
        ({"service": "police"}, "service", "There is no service “police” here. Choose one from the list."),
    ],
)
def test_what_there_is_not_is_refused_in_words(asked: dict[str, str], field: str, message: str) -> None:
    assert form(**asked).errors == {field: [message]}
