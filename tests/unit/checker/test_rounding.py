"""Rounding, exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.checker.rounding import Fit, cut_off, fit, half_even, half_up, possible_counts, shown


@pytest.mark.parametrize(
    ("stated", "numerator", "denominator", "expected"),
    [
        (28, 11, 40, Fit.HALF_UP),
        (27, 11, 40, Fit.CUT_OFF),
        (12, 1, 8, Fit.HALF_EVEN),
        (13, 1, 8, Fit.HALF_UP),
        (10, 4, 40, Fit.EXACT),
        (50, 4, 15, Fit.NONE),
        (66, 2, 3, Fit.CUT_OFF),
    ],
)
def test_how_a_percentage_stands_to_its_counts(stated: int, numerator: int, denominator: int, expected: Fit) -> None:
    assert fit(Fraction(stated), Fraction(100 * numerator, denominator), 0) is expected


@given(st.fractions(-1000, 1000), st.integers(0, 3))
def test_rounding_stays_within_one_place(value: Fraction, decimals: int) -> None:
    step = Fraction(1, 10**decimals)
    assert abs(half_up(value, decimals) - value) <= step / 2
    assert abs(half_even(value, decimals) - value) <= step / 2
    assert 0 <= abs(value) - abs(cut_off(value, decimals)) < step


@given(st.integers(1, 400), st.data())
def test_every_real_percentage_has_a_count(base: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, base))
    assert count in possible_counts(half_up(Fraction(100 * count, base), 0), 0, base)


def test_an_impossible_percentage_has_none() -> None:
    assert possible_counts(Fraction(66), 0, 22) == ()


def test_numbers_are_shown_as_people_write_them() -> None:
    assert [shown(Fraction(n, d)) for n, d in ((1234, 1), (55, 4), (-1, 3))] == ["1,234", "13.8", "-0.3"]
