"""The example as a register: whole, deterministic, known only to its last day, and like what a council's would be."""

import re
import time
from collections import Counter, defaultdict
from dataclasses import fields
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

import pytest

from upheld.files.tables import read_sheet_bytes
from upheld.procedure import load_calendar, problems
from upheld.register.example import CannotMakeExample, ExampleRow, csv_bytes, make_example
from upheld.register.layout import COLUMNS
from upheld.register.read import register_of_sheet

UNTIL = date(2026, 11, 22)
MAY_LIE_AHEAD = {"extended_to", "due", "later_start"}
DONE_IN_OFFICES = (
    "answered", "extension_decided", "interest_decided", "record_final", "panel_held", "panel_report_sent",
    "recommendations_received", "extended_to", "due", "stage_1_skipped",
)  # fmt: skip


@lru_cache
def example(until: date) -> tuple[ExampleRow, ...]:
    return make_example(until)


@pytest.fixture(scope="module")
def rows() -> tuple[ExampleRow, ...]:
    return example(UNTIL)


def by_case(rows: tuple[ExampleRow, ...]) -> dict[str, list[ExampleRow]]:
    cases: dict[str, list[ExampleRow]] = defaultdict(list)
    for row in rows:
        cases[row.reference].append(row)
    return cases


def start_of(row: ExampleRow) -> date:
    """Day 0 of stage 1."""
    held = (row.received, row.interest_decided, row.later_start, row.advocate_appointed)
    return max(day for day in held if day is not None)


def quarter_index(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def test_a_row_has_the_columns_of_the_layout_in_their_order() -> None:
    assert [field.name for field in fields(ExampleRow)] == [column.id for column in COLUMNS]


def test_about_1300_cases_in_every_quarter_without_a_gap(rows: tuple[ExampleRow, ...]) -> None:
    assert 1250 <= len(by_case(rows)) <= 1350
    quarters = {quarter_index(row.received) for row in rows if row.stage == "stage-1"}
    assert quarters == set(range(quarter_index(date(2017, 7, 1)), quarter_index(UNTIL) + 1))


@pytest.mark.parametrize("until", [date(2017, 7, 31), date(2018, 6, 1), date(2019, 3, 12), UNTIL, date(2028, 6, 1)])
def test_nothing_after_the_last_day_is_known(until: date) -> None:
    for row in example(until):
        later = {
            field.name for field in fields(row) if isinstance(value := getattr(row, field.name), date) and value > until
        }
        assert later <= MAY_LIE_AHEAD, row.reference
        assert (row.outcome is None) or (row.answered is not None)


@pytest.mark.parametrize("until", [date(2017, 9, 15), date(2019, 3, 12), UNTIL])
def test_the_ordinary_reader_takes_every_row_and_every_history_can_be_true(until: date) -> None:
    rows = example(until)
    sheet = read_sheet_bytes(csv_bytes(rows), "example.csv")
    register = register_of_sheet(sheet, source="example.csv", digest="", today=until)
    assert register.refusals == ()
    assert register.rows == len(rows)
    assert {case.reference: problems(case.history) for case in register.cases if problems(case.history)} == {}


def test_the_same_day_gives_the_same_rows_quickly() -> None:
    began = time.process_time()
    first = csv_bytes(make_example(UNTIL))
    assert time.process_time() - began < 1.5
    assert csv_bytes(make_example(UNTIL)) == first


@pytest.mark.parametrize("until", [date(2018, 12, 31), date(2020, 3, 31), UNTIL])
def test_a_day_more_changes_nothing_that_was_known(until: date) -> None:
    before = {(row.reference, row.stage): row for row in example(until)}
    after = {(row.reference, row.stage): row for row in example(until + timedelta(days=1))}
    assert before.keys() <= after.keys()
    for key, row in before.items():
        for field in fields(row):
            was, now = getattr(row, field.name), getattr(after[key], field.name)
            filled_in = was in (None, ()) or (field.name == "advocate" and (was, now) == ("asked-for", "appointed"))
            assert was == now or filled_in, (key, field.name)
    assert {row.received for key, row in after.items() if key not in before} <= {until + timedelta(days=1)}


def test_the_published_quarters_are_the_same_on_every_later_day(rows: tuple[ExampleRow, ...]) -> None:
    end = date(2018, 12, 31)
    tomorrow = example(UNTIL + timedelta(days=1))
    assert [row for row in tomorrow if row.received <= end] == [row for row in rows if row.received <= end]


def test_references_say_what_was_published(rows: tuple[ExampleRow, ...]) -> None:
    published = {quarter_index(day) for day in (date(2017, 7, 1), date(2017, 10, 1))}
    published |= {quarter_index(date(2018, 4, 1)) + i for i in range(3)}
    for reference, stages in by_case(rows).items():
        prefix = "PB" if quarter_index(stages[0].received) in published else "EX"
        assert re.fullmatch(prefix + r"-\d{4}Q[1-4]-\d{3}", reference)
        if prefix == "EX":
            assert not any(quarter_index(row.received) in published for row in stages)


def test_nobody_in_it_could_be_anybody(rows: tuple[ExampleRow, ...]) -> None:
    kinds = "Parent|Carer|Foster Carer|Guardian|Adopter|Relative|Person|Care Leaver|Child"
    for row in rows:
        assert re.fullmatch(r"Example Child \d{4}", row.child_name)
        assert re.fullmatch(rf"(Example ({kinds}) \d{{4}})?", row.complainant_name)
        assert (row.complainant_name == "") == (row.complainant == "anonymous")
    children = Counter(row.child_name for row in rows)
    assert len(children) == len(by_case(rows))  # one child for each case, in all its stages


def test_offices_work_on_working_days_and_people_write_at_weekends(rows: tuple[ExampleRow, ...]) -> None:
    calendar = load_calendar()
    for row in rows:
        for column in DONE_IN_OFFICES:
            day = getattr(row, column)
            assert day is None or calendar.is_working_day(day), (row.reference, row.stage, column)
        if row.spoken:
            assert calendar.is_working_day(row.received), row.reference
    assert sum(row.received.weekday() >= 5 for row in rows) > 50


def test_stages_follow_each_other(rows: tuple[ExampleRow, ...]) -> None:
    order = ["stage-1", "stage-2", "stage-3", "ombudsman"]
    shared = ("themes", "spoken", "channel", "complainant", "age_band", "complainant_name")
    for reference, stages in by_case(rows).items():
        assert [order.index(row.stage) for row in stages] == sorted({order.index(row.stage) for row in stages})
        for earlier, later in pairwise(stages):
            assert earlier.answered is not None, reference
            assert later.received > (earlier.response_received or earlier.answered), reference
            assert [getattr(earlier, name) for name in shared] == [getattr(later, name) for name in shared]


def test_the_invented_quarters_look_like_a_council(rows: tuple[ExampleRow, ...]) -> None:
    invented = [row for row in rows if row.reference.startswith("EX")]
    stages = Counter(row.stage for row in invented)
    assert 0.10 <= stages["stage-2"] / stages["stage-1"] <= 0.14
    assert stages["stage-1"] > stages["stage-2"] > stages["stage-3"] >= stages["ombudsman"] > 0
    for column in COLUMNS:
        if column.choices and column.id not in ("stage", "findings", "advocate"):
            used = {getattr(row, column.id) for row in rows} - {None}
            assert used == set(column.choices), column.heading
    assert {row.advocate for row in rows} >= {"not-relevant", "offered", "declined", "appointed"}
    assert {len(row.themes) for row in invented} == {1, 2, 3, 4}
    assert {finding for row in invented for finding in row.findings} == {
        "upheld", "partly-upheld", "not-upheld", "no-finding",
    }  # fmt: skip
    assert len({row.team for row in rows}) == 14
    assert 10 <= len({theme for row in rows for theme in row.themes}) <= 15
    assert any(row.withdrawn for row in invented)
    assert any(row.later_start for row in invented)
    assert any(row.stage_1_skipped for row in invented)
    assert any(row.record_final for row in invented)


def test_an_advocate_asked_for_holds_the_clock_until_appointed() -> None:
    rows = example(UNTIL)
    held = next(row for row in rows if row.advocate_appointed is not None and row.advocate_appointed > row.received)
    assert held.advocate_appointed is not None
    day_before = example(held.advocate_appointed - timedelta(days=1))
    then = next(row for row in day_before if row.reference == held.reference)
    assert (then.advocate, then.advocate_appointed) == ("asked-for", None)


def test_findings_make_up_the_outcome(rows: tuple[ExampleRow, ...]) -> None:
    for row in rows:
        if row.stage == "ombudsman" or row.outcome in (None, "resolved"):
            assert row.findings == ()
            continue
        assert len(row.findings) == len(row.themes)
        if row.outcome == "partly-upheld":
            assert {"upheld", "partly-upheld"} & set(row.findings)
            assert set(row.findings) != {"upheld"}
        else:
            assert set(row.findings) == {row.outcome}


def test_timeliness_rises_and_then_falls(rows: tuple[ExampleRow, ...]) -> None:
    calendar = load_calendar()
    within_20: dict[int, list[bool]] = defaultdict(list)
    for row in rows:
        if row.stage == "stage-1" and row.answered:
            year = row.received.year - (row.received.month < 4)
            within_20[year].append(calendar.working_days_after(row.received, row.answered) <= 20)
    share = {year: sum(flags) / len(flags) for year, flags in within_20.items()}
    assert share[2019] < share[2021] < share[2023]
    assert share[2023] > share[2025] > 0.5


@pytest.mark.parametrize("until", [UNTIL, date(2026, 12, 10), date(2027, 2, 1), date(2027, 5, 4)])
def test_cases_are_in_flight_on_the_last_day(until: date) -> None:
    calendar = load_calendar()
    open_now = [row for row in example(until) if row.answered is None and row.withdrawn is None]
    standing = Counter(
        "overdue"
        if calendar.working_days_after(start_of(row), until) > (20 if row.extension_decided else 10)
        else "due"
        for row in open_now
        if row.stage == "stage-1"
    )
    assert standing["due"] >= 3
    assert standing["overdue"] >= 1
    recent = [row for row in open_now if row.stage == "stage-2" and row.received > date(2026, 1, 1)]
    assert len(recent) >= 2
    assert any(row.extended_to is not None and row.extended_to >= until for row in recent)


@pytest.mark.parametrize("until", [date(2017, 6, 30), date(2028, 12, 1), date(2031, 1, 1)])
def test_a_day_that_it_cannot_reach_is_refused_with_the_reason(until: date) -> None:
    with pytest.raises(CannotMakeExample, match=str(until)):
        make_example(until)
