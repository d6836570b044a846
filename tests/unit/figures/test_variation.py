"""Limits and rules of ordinary variation, against worked and published examples."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.figures.variation import FEWEST, Signal, Value, variation

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: ten values with mean 50.81 and mean moving range 1.8778,
# for which it gives the limits 45.8159 and 55.8041. It divides by 1.128; Wheeler multiplies by 2.66, which is the
# same to two places. Ten are too few for us, so the test sets the ten twice, joined by a gap.
NIST = [Fraction(n, 10) for n in (496, 476, 499, 513, 478, 512, 526, 524, 536, 521)]
STEADY = [10, 12] * 6  # mean 11, moving range 2, limits 11 ± 5.32


def test_limits_as_published() -> None:
    limits = variation([*NIST, None, *NIST, 50]).limits
    assert limits is not None
    assert limits.mean == Fraction(5081, 100)
    assert round(float(limits.lower), 2) == 45.82
    assert round(float(limits.upper), 2) == 55.80
    assert limits.periods == 20


def test_limits_worked_by_hand() -> None:
    limits = variation([*STEADY, 11]).limits
    assert limits is not None
    assert (limits.mean, limits.lower, limits.upper) == (11, Fraction(568, 100), Fraction(1632, 100))


@pytest.mark.parametrize(("newest", "signals"), [(16, ()), (17, (Signal.BEYOND,)), (6, ()), (5, (Signal.BEYOND,))])
def test_one_value_beyond_a_limit(newest: int, signals: tuple[Signal, ...]) -> None:
    assert variation([*STEADY, newest]).newest == signals


def test_a_limit_itself_is_ordinary() -> None:
    assert variation([*STEADY, Fraction(1632, 100)]).newest == ()


def test_three_of_four_near_a_limit() -> None:
    found = variation([*STEADY, 15, 15, 11, 15])
    assert found.newest == (Signal.NEAR_A_LIMIT,)
    assert variation([*STEADY, 15, 11, 11, 15]).newest == ()


def test_eight_on_one_side() -> None:
    level = [10, 12] * 8
    assert Signal.RUN in variation([*level, 10, *[12] * 8]).newest
    assert Signal.RUN not in variation([*level, 10, *[12] * 7]).newest


def test_too_few_periods_have_no_limits() -> None:
    short = [10, 12] * ((FEWEST - 1) // 2) + [10]
    assert len(short) == FEWEST - 1
    assert variation([*short, 99]).limits is None
    assert variation([*short, 99]).newest == ()
    assert variation([*short, 10, 99]).newest == (Signal.BEYOND,)


def test_a_gap_is_not_nought_and_joins_nothing() -> None:
    with_gap = variation([*STEADY, None, 12])
    assert with_gap.limits == variation([*STEADY, 12]).limits
    assert with_gap.newest == ()
    assert variation([*STEADY, None]).newest == ()
    assert variation([]).newest == ()


def test_only_gaps_between_values_give_no_limits() -> None:
    assert variation([value for _ in range(12) for value in (5, None)]).limits is None


def test_limits_stop_at_what_cannot_be() -> None:
    small = variation([1, 3] * 6 + [0])
    assert small.limits is not None
    assert small.limits.lower == 0
    assert small.newest == ()
    rates = [Fraction(9, 10), Fraction(1)] * 6
    high = variation([*rates, Fraction(1)], most=1)
    assert high.limits is not None
    assert high.limits.upper == 1


values = st.one_of(st.none(), st.integers(0, 60))


@given(st.lists(values, max_size=40), st.integers(1, 50))
def test_scale_changes_nothing(series: list[Value], times: int) -> None:
    scaled = [None if value is None else value * times for value in series]
    assert variation(scaled).signals == variation(series).signals


@given(st.lists(values, max_size=40))
def test_the_newest_does_not_move_its_own_limits(series: list[Value]) -> None:
    assert variation([*series, 0]).limits == variation([*series, 1_000]).limits


@given(st.lists(st.integers(0, 60), max_size=40), st.lists(values, min_size=25, max_size=30))
def test_what_is_long_past_does_not_count(old: list[int], recent: list[Value]) -> None:
    assert variation([*old, *recent]).limits == variation(recent).limits
