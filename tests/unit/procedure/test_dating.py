"""Dates as they are known, and what can be said of their order."""

from datetime import date

import pytest

from tests.unit.procedure.builders import dating
from upheld.procedure.dating import Dating, Precision, in_words, latest_of


def test_each_way_of_knowing_a_date_gives_its_interval() -> None:
    assert [
        (d.earliest, d.latest, d.precision, d.exact, d.is_known)
        for d in (
            Dating.day(date(2024, 2, 29)),
            Dating.month(2024, 2),
            Dating.approximate(date(2024, 1, 5), date(2024, 3, 6)),
            Dating.unknown(),
        )
    ] == [
        (date(2024, 2, 29), date(2024, 2, 29), Precision.DAY, date(2024, 2, 29), True),
        (date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH, None, True),
        (date(2024, 1, 5), date(2024, 3, 6), Precision.APPROXIMATE, None, True),
        (date.min, date.max, Precision.UNKNOWN, None, False),
    ]


def test_an_interval_of_one_day_is_known_to_the_day() -> None:
    assert Dating.between(date(2024, 1, 5), date(2024, 1, 5)) == Dating.day(date(2024, 1, 5))
    assert Dating.between(date(2024, 1, 5), date(2024, 1, 6)).precision is Precision.APPROXIMATE


def test_an_interval_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot lie between 2024-02-02 and 2024-02-01: the first is later"):
        Dating.approximate(date(2024, 2, 2), date(2024, 2, 1))


def test_a_day_spans_one_day() -> None:
    with pytest.raises(ValueError, match="known to the day is one day, not 2024-02-01 to 2024-02-02"):
        Dating(date(2024, 2, 1), date(2024, 2, 2))


@pytest.mark.parametrize(
    ("first", "second", "no_later", "before"),
    [
        ("2024-03-01", "2024-03-02", True, True),
        ("2024-03-02", "2024-03-02", True, False),
        ("2024-03-03", "2024-03-02", False, False),
        ("2024-03", "2024-03-31", True, None),
        ("2024-03", "2024-03-30", None, None),
        ("2024-03", "2024-03-01", None, False),
        ("2024-03", "2024-02-29", False, False),
        ("2024-03", "2024-04", True, True),
        ("2024-03-31", "2024-03", None, False),
        ("2024-03-01", "2024-03", True, None),
        ("?", "2024-03-01", None, None),
        ("2024-03-01", "?", None, None),
    ],
)
def test_order_is_true_false_or_unknown(first: str, second: str, no_later: bool | None, before: bool | None) -> None:
    assert dating(first).no_later_than(dating(second)) is no_later
    assert dating(first).before(dating(second)) is before


def test_a_plain_day_is_compared_like_a_dating() -> None:
    assert dating("2024-03").no_later_than(date(2024, 3, 31)) is True
    assert dating("2024-03").no_later_than(date(2024, 3, 30)) is None
    assert dating("2024-03").before(date(2024, 3, 1)) is False
    assert dating("2024-03").before(date(2024, 4, 1)) is True


@pytest.mark.parametrize(
    ("written", "words", "short"),
    [
        ("2019-01-02", "2 January 2019", "2019-01-02"),
        ("2024-08", "some day in August 2024", "2024-08"),
        ("2024-08-30/2024-09-02", "a day from 30 August 2024 to 2 September 2024", "2024-08-30 to 2024-09-02"),
        ("?", "a day that is not recorded", "date not known"),
    ],
)
def test_words(written: str, words: str, short: str) -> None:
    assert (dating(written).words(), str(dating(written))) == (words, short)


def test_a_day_in_words_has_no_leading_nought() -> None:
    assert in_words(date(2019, 1, 2)) == "2 January 2019"


@pytest.mark.parametrize(
    ("several", "last"),
    [
        (["2024-03-01"], "2024-03-01"),
        (["2024-03-01", "2024-03-05", "2024-02-01"], "2024-03-05"),
        (["2024-03", "2024-03-10"], "2024-03-10/2024-03-31"),
        (["2024-03", "2024-01-10"], "2024-03"),
        (["2024-03", "2024-04-10"], "2024-04-10"),
    ],
)
def test_the_last_of_several(several: list[str], last: str) -> None:
    assert latest_of([dating(each) for each in several]) == dating(last)
