"""Many runs at once stand as each does by itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.procedure.builders import event, received
from tests.unit.procedure.strategies import days
from upheld.procedure import BeyondCalendar, History, Standing, load_calendar, load_pack, standings
from upheld.procedure.columns import CODES, NOT_DONE, day_column, standing_codes

RULE = load_pack().clock("stage-1-response")


@given(st.lists(st.tuples(days, st.none() | st.integers(0, 40)), max_size=6), days)
def test_the_columns_agree_with_the_standings(runs: list[tuple[date, int | None]], on: date) -> None:
    ends = [start + timedelta(days=after) if after is not None else None for start, after in runs]
    codes = standing_codes(
        [start.toordinal() for start, _ in runs],
        [end.toordinal() if end is not None else NOT_DONE for end in ends],
        RULE,
        load_calendar(),
        on=on,
    )
    one_by_one = []
    for (start, _), end in zip(runs, ends, strict=True):
        events = [received(start.isoformat())]
        if end is not None:
            events.append(event("response-sent", end.isoformat(), "stage-1"))
        found = standings(History("x", "children-england-2006", tuple(events)), load_pack(), load_calendar(), on=on)
        state = [each.state for each in found if each.run.clock == "stage-1-response"]
        one_by_one.append(state[0] if state else Standing.NOT_STARTED)
    assert [CODES[code] for code in codes] == one_by_one


def test_a_clock_without_a_number_of_days_is_refused() -> None:
    with pytest.raises(ValueError, match="receipt-information has no length to count"):
        standing_codes([], [], load_pack().clock("receipt-information"), load_calendar(), on=date(2024, 1, 8))


def test_columns_of_different_lengths_and_days_beyond_the_holidays_are_refused() -> None:
    start = date(2024, 1, 8).toordinal()
    with pytest.raises(ValueError, match="shorter"):
        standing_codes([start], [], RULE, load_calendar(), on=date(2024, 1, 8))
    with pytest.raises(BeyondCalendar):
        standing_codes([date(2031, 1, 8).toordinal()], [NOT_DONE], RULE, load_calendar(), on=date(2024, 1, 8))


def test_a_column_of_days_shares_what_is_equal() -> None:
    column = day_column(iter([738000, int("738000"), 738001]))
    assert column == [738000, 738000, 738001]
    assert column[0] is column[1]


@pytest.mark.parametrize(
    ("on", "state"),
    [("2018-09-30", "not-started"), ("2018-10-12", "running"), ("2018-10-15", "due-today"), ("2018-10-16", "missed")],
)
def test_a_run_without_an_end(on: str, state: str) -> None:
    day = date(2018, 10, 1).toordinal()
    (code,) = standing_codes([day], [NOT_DONE], RULE, load_calendar(), on=date.fromisoformat(on))
    assert CODES[code] == state
