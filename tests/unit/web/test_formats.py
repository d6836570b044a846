from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from upheld.web import formats


def test_dates_are_written_in_the_style_of_govuk() -> None:
    assert formats.format_date(date(2019, 3, 12)) == "12 March 2019"
    assert formats.format_date(date(2019, 3, 2)) == "2 March 2019"
    assert formats.format_date_short(date(2019, 3, 2)) == "2 Mar 2019"


def test_a_moment_is_written_on_the_day_that_it_was_here() -> None:
    # Half past eleven at night in UTC is the next day in London, in summer.
    assert formats.format_date(datetime(2019, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2019"
    assert formats.format_date_short(datetime(2019, 6, 30, 23, 30, tzinfo=UTC)) == "1 Jul 2019"
    assert formats.format_date_time(datetime(2019, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2019 at 12:30am"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(9, 0, "9am"), (14, 5, "2:05pm"), (12, 0, "midday"), (0, 0, "midnight"), (12, 1, "12:01pm"), (0, 1, "12:01am")],
)
def test_times(hour: int, minute: int, words: str) -> None:
    assert formats.format_time(datetime(2019, 1, 1, hour, minute, tzinfo=UTC)) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (1204, "1,204"), (-1204, "−1,204"), (Decimal("1234.50"), "1,234.50")]
)
def test_numbers(value: int | Decimal, words: str) -> None:
    assert formats.format_number(value) == words


@pytest.mark.parametrize(("value", "words"), [(11, "+11"), (-3, "−3"), (0, "0"), (1204, "+1,204")])
def test_changes_carry_their_sign(value: int, words: str) -> None:
    assert formats.format_change(value) == words


@pytest.mark.parametrize(
    ("value", "plural", "words"),
    [(1, "", "1 case"), (0, "", "0 cases"), (1204, "", "1,204 cases"), (2, "cases of them", "2 cases of them")],
)
def test_counts_take_their_noun(value: int, plural: str, words: str) -> None:
    assert formats.count_of(value, "case", plural) == words


def test_keys_are_written_in_fours() -> None:
    assert formats.in_fours("ABCDEFGHIJ") == "ABCD EFGH IJ"
