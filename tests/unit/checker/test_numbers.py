"""Quantities in sentences: what they count, how exactly they are meant, and which are no figures."""

from fractions import Fraction

import pytest

from upheld.checker.numbers import Near, Unit, find_quantities, in_words
from upheld.checker.periods import find_periods


def _found(text: str) -> list[tuple[Fraction, Unit]]:
    return [(q.value, q.unit) for q in find_quantities(text, find_periods(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("51 complaints", [(51, Unit.COUNT)]),
        ("1,234 complaints", [(1234, Unit.COUNT)]),
        ("fifty-one complaints", [(51, Unit.COUNT)]),
        ("14% were upheld", [(14, Unit.PERCENT)]),
        ("14 per cent were upheld", [(14, Unit.PERCENT)]),
        ("up 18 percentage points", [(18, Unit.POINTS)]),
        ("486/567 answered", [(486, Unit.COUNT), (567, Unit.COUNT)]),
        ("an average of 22 days", [(22, Unit.DAYS)]),
        ("fell by a third", [(Fraction(100, 3), Unit.PERCENT)]),
        ("£500 was paid", [(500, Unit.MONEY)]),
        ("one complaint", [(1, Unit.COUNT)]),
    ],
)
def test_a_quantity_is_read(text: str, expected: list[tuple[int, Unit]]) -> None:
    assert _found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "stage 2",
        "Table 3",
        "section 26",
        "within 10 working days",
        "a target of 85%",
        "the 3rd panel",
        "over 5 years",
        "4.1 The",
    ],
)
def test_references_limits_and_targets_are_no_figures(text: str) -> None:
    assert {unit for _, unit in _found(text)} <= {Unit.OTHER}


@pytest.mark.parametrize("text", ["one of our aims is one thing", "in a quarter", "no one"])
def test_words_that_count_nothing_are_left_alone(text: str) -> None:
    assert [value for value, unit in _found(text) if unit is not Unit.OTHER and value != 1] == []


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("more than 97%", Near.OVER),
        ("at least 50%", Near.AT_LEAST),
        ("no more than 12 complaints", Near.AT_MOST),
        ("fewer than 12 complaints", Near.UNDER),
        ("almost 35%", Near.NEARLY),
        ("about 35%", Near.ABOUT),
        ("35%", Near.EXACT),
    ],
)
def test_how_exactly_it_is_meant(text: str, near: Near) -> None:
    (quantity,) = find_quantities(text)
    assert quantity.near is near


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("one hundred and four", 104),
        ("ninety-nine", 99),
        ("a dozen", 12),
        ("twenty twenty", None),
        ("two hundred", 200),
    ],
)
def test_numbers_in_words(text: str, value: int | None) -> None:
    assert in_words(text) == value
