"""The example against the published figures, counted here again: from its rows, and by the procedure's own clocks."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from upheld.files.tables import read_sheet_bytes
from upheld.procedure import ClockRun, clock_runs, load_calendar, load_pack
from upheld.register.example import ExampleRow, csv_bytes, make_example
from upheld.register.read import register_of_sheet

UNTIL = date(2019, 9, 30)
REPORT_DATE = date(2019, 3, 12)
PUBLISHED = json.loads((Path(__file__).parents[2] / "golden" / "published-q3-2018-19.json").read_text())
FIRST_DAYS = [date(2017, 7, 1), date(2017, 10, 1), date(2018, 4, 1), date(2018, 7, 1), date(2018, 10, 1)]
LAST_DAYS = [date(2017, 9, 30), date(2017, 12, 31), date(2018, 6, 30), date(2018, 9, 30), date(2018, 12, 31)]

CLOCKS = {
    "stage-1": ("stage-1-response",),
    "stage-2": ("stage-2-response",),
    "stage-3": ("panel-held", "panel-report", "response-to-panel"),
    "ombudsman": ("ombudsman-response",),
}

Runs = dict[tuple[str, str | None, str], ClockRun]


def runs_of(rows: tuple[ExampleRow, ...], until: date) -> Runs:
    """Every clock of every case, through the ordinary reader."""
    sheet = read_sheet_bytes(csv_bytes(rows), "example.csv")
    register = register_of_sheet(sheet, source="example.csv", digest="", today=until)
    assert register.refusals == ()
    pack, calendar = load_pack("children-england-2006"), load_calendar()
    return {
        (case.reference, run.stage, run.clock): run
        for case in register.cases
        for run in clock_runs(case.history, pack, calendar)
    }


def in_time(row: ExampleRow, runs: Runs) -> bool:
    for clock in CLOCKS[row.stage]:
        run = runs[row.reference, row.stage, clock]
        if run.done is None or run.due_in_force is None or run.done.latest > run.due_in_force.earliest:
            return False
    return True


def counted(rows: list[ExampleRow], runs: Runs) -> dict[str, int]:
    return {
        "received": len(rows),
        "upheld": sum(row.outcome == "upheld" for row in rows),
        "in_time": sum(in_time(row, runs) for row in rows),
    }


def of_quarter(rows: tuple[ExampleRow, ...], place: int, stage: str) -> list[ExampleRow]:
    return [row for row in rows if row.stage == stage and FIRST_DAYS[place] <= row.received <= LAST_DAYS[place]]


@pytest.fixture(scope="module")
def rows() -> tuple[ExampleRow, ...]:
    return make_example(UNTIL)


@pytest.fixture(scope="module")
def runs(rows: tuple[ExampleRow, ...]) -> Runs:
    return runs_of(rows, UNTIL)


@pytest.fixture(scope="module")
def last_stage_1(rows: tuple[ExampleRow, ...]) -> list[ExampleRow]:
    """Stage 1 of Q3 2018/19."""
    return of_quarter(rows, 4, "stage-1")


def stage_table(rows: tuple[ExampleRow, ...], runs: Runs) -> dict[str, Any]:
    table: dict[str, dict[str, list[int]]] = {}
    for stage in CLOCKS:
        by_quarter = [counted(of_quarter(rows, place, stage), runs) for place in range(5)]
        table[stage] = {figure: [each[figure] for each in by_quarter] for figure in ("received", "upheld", "in_time")}
    return table


def test_every_published_count_comes_out(rows: tuple[ExampleRow, ...], runs: Runs) -> None:
    assert stage_table(rows, runs) == PUBLISHED["stages"]


@pytest.mark.parametrize("seed", [0, 1, 1989])
def test_every_published_count_comes_out_of_any_seed(seed: int) -> None:
    rows = make_example(UNTIL, seed)
    assert rows != make_example(UNTIL)
    assert stage_table(rows, runs_of(rows, UNTIL)) == PUBLISHED["stages"]


def test_every_team_of_the_last_quarter_comes_out(last_stage_1: list[ExampleRow], runs: Runs) -> None:
    teams = {
        team: counted([row for row in last_stage_1 if row.team == team], runs)
        for team in {r.team for r in last_stage_1}
    }
    assert teams == PUBLISHED["teams_q3_2018_19_stage_1"]


def test_themes_rank_strictly_as_published(last_stage_1: list[ExampleRow]) -> None:
    main = Counter(row.themes[0] for row in last_stage_1)
    points = Counter(theme for row in last_stage_1 for theme in row.themes)
    for counts in (main, points):
        ranked = counts.most_common()
        assert [theme for theme, _ in ranked[:5]] == PUBLISHED["themes_in_rank_order_q3_2018_19"]
        sizes = [count for _, count in ranked[:6]]
        assert sizes == sorted(set(sizes), reverse=True)  # no two alike, the sixth among them


def test_stage_1_was_all_answered_and_decided_when_the_report_was_made(rows: tuple[ExampleRow, ...]) -> None:
    stage_1 = [row for place in range(5) for row in of_quarter(rows, place, "stage-1")]
    assert [row for row in stage_1 if row.answered is None or row.answered > REPORT_DATE] == []
    assert {row.outcome for row in stage_1} == {"upheld", "not-upheld"}


def test_nothing_in_the_published_quarters_is_partly_upheld(rows: tuple[ExampleRow, ...]) -> None:
    published = [row for place in range(5) for stage in CLOCKS for row in of_quarter(rows, place, stage)]
    assert [
        row.reference for row in published if row.outcome == "partly-upheld" or "partly-upheld" in row.findings
    ] == []
    assert all(set(row.findings) <= {"upheld"} for row in published if row.outcome == "upheld")


def test_four_investigations_are_open_and_none_of_them_was_late_on_the_day_of_the_report() -> None:
    today = date(2026, 11, 22)
    rows = make_example(today)
    four = of_quarter(rows, 4, "stage-2")
    runs = runs_of(rows, today)
    assert len(four) == PUBLISHED["stage_2_open_at_the_report"]["Q3 2018/19"]
    for row in four:
        assert (row.answered, row.withdrawn, row.outcome, row.findings) == (None, None, None, ())
        run = runs[row.reference, "stage-2", "stage-2-response"]
        assert run.extension.state == "valid"
        assert run.due_in_force is not None
        assert run.due_in_force.earliest >= REPORT_DATE
        assert row.extended_to is not None
        assert row.extended_to >= REPORT_DATE


def test_published_investigations_used_their_extensions_and_missed_them_as_offices_do(
    rows: tuple[ExampleRow, ...], runs: Runs
) -> None:
    states = Counter(
        (str(runs[row.reference, "stage-2", "stage-2-response"].extension.state), in_time(row, runs))
        for place in range(5)
        for row in of_quarter(rows, place, "stage-2")
        if row.answered
    )
    assert states == {("valid", True): 6, ("none", True): 4, ("invalid", False): 1, ("none", False): 1}


def test_later_stages_of_published_quarters_continue_cases_where_the_register_has_them(
    rows: tuple[ExampleRow, ...],
) -> None:
    stage_1 = {row.reference: row for row in rows if row.stage == "stage-1"}
    requests = [row for place in range(5) for row in of_quarter(rows, place, "stage-2")]
    assert [row.stage_1_skipped for row in requests if row.reference not in stage_1] == [date(2018, 5, 9)]
    for row in requests:
        if row.reference in stage_1:
            answered = stage_1[row.reference].answered
            assert answered is not None
            assert 1 <= (row.received - answered).days <= 90
