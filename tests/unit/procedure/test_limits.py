"""Counting a limit, in each unit and each way of counting."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.procedure.builders import dating
from upheld.procedure import BeyondCalendar, Unit, load_calendar, load_pack
from upheld.procedure.limits import end_of_limit, limit_from

D = date.fromisoformat
RULE = load_pack().clock("stage-1-response")


@pytest.mark.parametrize(
    ("unit", "length", "inclusive", "rolls", "start", "end"),
    [
        (Unit.WORKING_DAY, 10, False, False, "2018-10-01", "2018-10-15"),
        (Unit.WORKING_DAY, 10, True, False, "2018-10-01", "2018-10-12"),
        (Unit.WORKING_DAY, -10, False, False, "2025-06-05", "2025-05-21"),
        (Unit.CALENDAR_DAY, 30, False, False, "2026-06-20", "2026-07-20"),
        (Unit.CALENDAR_DAY, 30, True, False, "2026-06-20", "2026-07-19"),
        (Unit.CALENDAR_DAY, 30, False, False, "2026-06-18", "2026-07-18"),
        (Unit.CALENDAR_DAY, 30, False, True, "2026-06-18", "2026-07-20"),
        (Unit.CALENDAR_DAY, 30, False, True, "2026-06-20", "2026-07-20"),
        (Unit.MONTH, 6, True, False, "2025-12-19", "2026-06-18"),
        (Unit.MONTH, 6, False, False, "2025-12-19", "2026-06-19"),
        (Unit.MONTH, 1, False, False, "2025-01-31", "2025-02-28"),
        (Unit.MONTH, 1, True, False, "2025-01-31", "2025-02-28"),
        (Unit.MONTH, 1, False, False, "2024-01-31", "2024-02-29"),
        (Unit.MONTH, 1, False, False, "2024-11-30", "2024-12-30"),
        (Unit.MONTH, 1, False, False, "2024-12-31", "2025-01-31"),
        (Unit.MONTH, 12, False, False, "2024-03-15", "2025-03-15"),
        (Unit.MONTH, 11, False, False, "2024-01-15", "2024-12-15"),
        (Unit.MONTH, 3, False, False, "2024-10-15", "2025-01-15"),
        (Unit.MONTH, 12, True, False, "2024-02-29", "2025-02-28"),
        (Unit.MONTH, 12, True, False, "2023-02-28", "2024-02-27"),
        (Unit.MONTH, 1, True, False, "2024-03-30", "2024-04-29"),
        (Unit.YEAR, 1, False, False, "2024-02-29", "2025-02-28"),
        (Unit.YEAR, 4, False, False, "2024-02-29", "2028-02-29"),
        (Unit.YEAR, 1, False, False, "2024-03-15", "2025-03-15"),
        (Unit.YEAR, 1, True, False, "2024-03-15", "2025-03-14"),
        (Unit.MONTH, 6, False, True, "2025-08-07", "2026-02-09"),
    ],
)
def test_the_end_of_a_limit(unit: Unit, length: int, inclusive: bool, rolls: bool, start: str, end: str) -> None:
    rule = replace(RULE, unit=unit, length=length, inclusive=inclusive, rolls=rolls)
    assert end_of_limit(D(start), length, rule, load_calendar()) == D(end)


def test_months_and_years_need_no_bank_holidays() -> None:
    rule = replace(RULE, unit=Unit.YEAR)
    assert end_of_limit(D("2035-01-05"), 1, rule, load_calendar()) == D("2036-01-05")
    with pytest.raises(BeyondCalendar):
        end_of_limit(D("2035-01-05"), 1, replace(rule, rolls=True), load_calendar())


@pytest.mark.parametrize(
    ("start", "limit"),
    [
        ("2018-10-01", "2018-10-15"),
        ("2018-10", "2018-10-15/2018-11-14"),
        ("2018-10-05/2018-10-07", "2018-10-19"),
        ("?", "?"),
    ],
)
def test_a_limit_from_a_rough_start_is_rough(start: str, limit: str) -> None:
    assert limit_from(dating(start), 10, RULE, load_calendar()) == dating(limit)
