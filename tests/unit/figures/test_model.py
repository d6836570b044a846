"""Rates are two counts, rounded once, halves up; a change is of the counts and not of the rounded values."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.figures.model import Change, FigureRef, FigureValue, Kind, round_half_up
from upheld.figures.period import Quarter

Q = Quarter(2018, 3)


def rate(numerator: int | None, denominator: int | None) -> FigureValue:
    return FigureValue(FigureRef("r", Q), Kind.RATE, numerator, denominator)


def count(number: int | None) -> FigureValue:
    return FigureValue(FigureRef("c", Q), Kind.COUNT, number)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [(11, 40, 28), (7, 51, 14), (23, 51, 45), (4, 15, 27), (1, 12, 8), (1, 200, 1), (0, 7, 0), (7, 7, 100)],
)
def test_per_cent_are_rounded_halves_up(numerator: int, denominator: int, percent: int) -> None:
    assert rate(numerator, denominator).percent == percent


def test_a_rate_without_a_base_and_a_count_without_data_are_missing() -> None:
    assert rate(0, 0).missing
    assert rate(0, 0).value is None
    assert count(None).missing
    assert not count(0).missing
    assert count(0).value == 0


def test_the_change_of_a_count() -> None:
    change = Change(count(51), count(40))
    assert (change.whole_difference, change.percent) == (11, 28)
    assert Change(count(4), count(0)).percent is None
    assert Change(count(4), count(None)).whole_difference is None


def test_the_change_of_a_rate_is_in_points_of_the_exact_rates() -> None:
    change = Change(rate(23, 51), rate(11, 40))
    assert change.difference == (Fraction(23, 51) - Fraction(11, 40)) * 100
    assert change.whole_difference == 18  # 17.6; of the rounded values it would be 17
    assert change.percent is None


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=1000))
def test_rounding_is_symmetric_and_never_off_by_more_than_a_half(number: Fraction) -> None:
    rounded = round_half_up(number)
    assert abs(rounded - number) <= Fraction(1, 2)
    assert round_half_up(-number) == -rounded
    if abs(number - int(number)) == Fraction(1, 2):
        assert abs(rounded) > abs(number)


def test_the_id_of_a_value_names_figure_period_and_groups() -> None:
    assert FigureRef("upheld_rate", Q, (("stage", "stage-1"), ("team", "LAC"))).id == (
        "upheld_rate@Q3 2018/19?stage=stage-1&team=LAC"
    )
