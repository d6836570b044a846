"""A number in a cell: the value that a spreadsheet goes on with, under the format that shows the report's own words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import reports
from tests.support.extract import formatted
from upheld.documents.excel_numbers import value_and_format
from upheld.figures.model import FigureValue
from upheld.narrative.report import Number, Role

FEW, MORE = reports.count("received", 51), reports.count("received", 40)
SHARE, BEFORE = reports.rate("upheld_rate", 11, 40), reports.rate("upheld_rate", 1, 40)


def number(text: str, value: int, source: FigureValue = FEW, role: Role = Role.VALUE, **more: FigureValue) -> Number:
    return Number(text, value, source, role, more.get("since"))


@pytest.mark.parametrize(
    ("shown", "value", "code"),
    [
        (number("51", 51), 51, "0"),
        (number("1,234,567", 1_234_567), 1_234_567, "#,##0"),
        (number("four", 4), 4, '"four";"four";"four"'),
        (number('the "few"', 4), 4, ";".join(['"the "\\""few"\\"'] * 3)),
        (number("fewer than 5", 3), 3, '"fewer than 5";"fewer than 5";"fewer than 5"'),
        (number("28%", 28, SHARE), 0.275, "0%"),
        (number("28 per cent", 28, SHARE), 28, '0" per cent"'),
        (number("11", 11, SHARE, Role.NUMERATOR), 11, "0"),
        (number("+11", 11, FEW, Role.CHANGE, since=MORE), 11, '"+"0;"−"0;0'),
        (number("−11", -11, MORE, Role.CHANGE, since=FEW), -11, '0;"−"0'),
        (number("11", 11, FEW, Role.CHANGE, since=MORE), 11, "0"),
        (number("+28%", 28, FEW, Role.CHANGE_PERCENT, since=MORE), 0.275, '"+"0%;"−"0%;0%'),
        (number("−22%", -22, MORE, Role.CHANGE_PERCENT, since=FEW), -11 / 51, '0%;"−"0%'),
        (number("+25 points", 25, SHARE, Role.CHANGE, since=BEFORE), 25, '"+"0" points";"−"0" points";0" points"'),
        (number("28%", 28, FEW, Role.CHANGE_PERCENT), 28, '0"%"'),
        (number("0%", 0, MORE, Role.CHANGE_PERCENT, since=reports.count("received", 0)), 0, '0"%"'),
    ],
    ids=lambda value: getattr(value, "text", None),
)
def test_value_and_format(shown: Number, value: float, code: str) -> None:
    assert value_and_format(shown) == (pytest.approx(value), code)
    assert formatted(Decimal(repr(value)), code) == shown.text


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_any_rate_is_shown_as_the_report_shows_it(part: int, base: int) -> None:
    part = min(part, base)
    shown = reports.shown(reports.rate("upheld_rate", part, base))
    value, code = value_and_format(shown)
    assert formatted(Decimal(f"{value:.16g}"), code) == shown.text


@given(st.integers(-10_000, 10_000), st.sampled_from(["{:+d}", "{:d}", "{:,}", "up {:d}", "{:d} more"]))
def test_any_number_is_shown_as_the_report_shows_it(value: int, words: str) -> None:
    shown = number(words.format(value), value, role=Role.CHANGE)
    written, code = value_and_format(shown)
    assert formatted(Decimal(written), code) == shown.text
