"""Intervals against published tables, and against what they promise."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.figures.intervals import Interval, of_count, of_rate


def assert_is(interval: Interval, lower: float, upper: float, places: float) -> None:
    assert isclose(interval.lower, lower, abs_tol=places)
    assert isclose(interval.upper, upper, abs_tol=places)


# The exact 95 % limits of a Poisson count, as epidemiological tables print them to three places.
@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        (0, 0.0, 3.689),
        (1, 0.025, 5.572),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (25, 16.179, 36.905),
        (100, 81.364, 121.627),
    ],
)
def test_counts_as_the_tables_have_them(count: int, lower: float, upper: float) -> None:
    assert_is(of_count(count), lower, upper, 0.0006)


# R. G. Newcombe, Statistics in Medicine 17 (1998), table I, the score method without continuity correction.
@pytest.mark.parametrize(
    ("part", "base", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_rates_as_newcombe_has_them(part: int, base: int, lower: float, upper: float) -> None:
    assert_is(of_rate(part, base), lower, upper, 0.00006)


@given(st.integers(0, 400))
def test_a_count_lies_in_its_interval_and_more_moves_it_up(count: int) -> None:
    here, more = of_count(count), of_count(count + 1)
    assert here.lower <= count < here.upper
    assert here.lower < more.lower
    assert here.upper < more.upper


@given(st.integers(1, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_a_rate_lies_in_its_interval_and_the_rest_mirrors_it(rate: tuple[int, int]) -> None:
    part, base = rate
    here, rest = of_rate(part, base), of_rate(base - part, base)
    assert 0 <= here.lower <= part / base <= here.upper <= 1
    assert_is(here, 1 - rest.upper, 1 - rest.lower, 1e-12)


@pytest.mark.parametrize(("part", "base"), [(0, 0), (3, 2), (-1, 5), (1, -1)])
def test_what_is_no_rate_is_refused(part: int, base: int) -> None:
    with pytest.raises(ValueError, match="is no rate"):
        of_rate(part, base)


def test_a_count_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be -1"):
        of_count(-1)
