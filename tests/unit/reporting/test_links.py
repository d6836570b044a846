"""The address of the list behind a number."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from upheld.figures.model import FigureRef, FigureValue, Kind
from upheld.figures.period import Quarter
from upheld.narrative.report import Number, Role
from upheld.reporting.links import CaseLinks

Q3 = Quarter(2018, 3)
LINKS = CaseLinks("/cases/", Q3, date(2019, 3, 12))
BY = (("service", "care"), ("stage", "stage-1"))


def number(figure: str, role: Role, *, value: int = 7, period: Quarter = Q3) -> Number:
    kind = Kind.RATE if figure.endswith("_rate") else Kind.COUNT
    source = FigureValue(FigureRef(figure, period, BY), kind, value, 51 if kind is Kind.RATE else None)
    return Number(str(value), value, source, role, source if role is Role.CHANGE else None)


@pytest.mark.parametrize(
    ("figure", "role", "count"),
    [
        ("received", Role.VALUE, "received"),
        ("open_at_end", Role.VALUE, "open_at_end"),
        ("upheld_rate", Role.NUMERATOR, "upheld"),
        ("upheld_rate", Role.DENOMINATOR, "decided"),
        ("in_time_rate", Role.DENOMINATOR, "timed"),
    ],
)
def test_a_count_leads_to_what_it_counts(figure: str, role: Role, count: str) -> None:
    address = urlsplit(LINKS.behind(number(figure, role)))
    assert address.path == "/cases/"
    assert parse_qsl(address.query) == [
        ("figure", count), ("quarter", "2018-19-q3"), ("service", "care"), ("stage", "stage-1"),
        ("as_at", "2019-03-12"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wanted",
    [
        number("upheld_rate", Role.VALUE),
        number("received", Role.CHANGE),
        number("received", Role.CHANGE_PERCENT),
        number("received", Role.VALUE, value=0),
        number("indicator:on-time", Role.VALUE),
    ],
)
def test_what_counts_no_case_leads_nowhere(wanted: Number) -> None:
    assert LINKS.behind(wanted) == ""


def test_a_number_of_another_quarter_remembers_the_page_it_stood_on() -> None:
    address = urlsplit(LINKS.behind(number("received", Role.VALUE, period=Q3.previous)))
    assert dict(parse_qsl(address.query))["quarter"] == "2018-19-q2"
    assert dict(parse_qsl(address.query))["came_from"] == "2018-19-q3"


def test_whoever_may_not_see_cases_gets_no_address() -> None:
    assert CaseLinks("", Q3, date(2019, 3, 12)).behind(number("received", Role.VALUE)) == ""
