"""Tables understood: heads, groups, totals, cells; and what their own numbers contradict."""

from fractions import Fraction

import pytest

from tests.support.checking import checked, wrong_in
from upheld.checker.tables.cells import cell_of
from upheld.checker.tables.heads import heads_over
from upheld.checker.tables.model import State


@pytest.mark.parametrize(
    ("text", "count", "percent", "base"),
    [
        ("51", 51, None, None),
        ("1,234", 1234, None, None),
        ("14%", None, 14, None),
        ("4 (50%)", 4, 50, None),
        ("1 (100%", 1, 100, None),
        ("50% (1/2)", 1, 50, 2),
        ("6 of 10 (60%)", 6, 60, 10),
        ("7/51", 7, None, 51),
        ("12*", 12, None, None),
        ("nil", 0, None, None),
    ],
)
def test_a_cell_is_read(text: str, count: int | None, percent: int | None, base: int | None) -> None:
    cell = cell_of(text)
    assert (cell.count, cell.percent, cell.base) == (count, percent, base)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", State.BLANK),
        ("-", State.DASH),
        ("n/a", State.DASH),
        ("<5", State.SUPPRESSED),
        ("*", State.SUPPRESSED),
        ("LAC", State.TEXT),
    ],
)
def test_a_cell_without_a_number_says_which(text: str, state: State) -> None:
    assert cell_of(text).state is state


def test_a_head_in_the_middle_of_its_group_stands_over_all_of_it() -> None:
    rows = [
        ["", "", "Q2 17/18", "", "", "Q3 17/18", ""],
        ["", "Total", "Upheld", "in Sla", "Total", "Upheid", "in Sia"],
    ]
    over = heads_over(rows, 1)
    assert [names[0] for names in over[1:]] == ["Q2 17/18"] * 3 + ["Q3 17/18"] * 3


BY_YEAR = """Complaints and concerns

| Item | 2021/22 | 2022/23 | 2023/24 |
| --- | --- | --- | --- |
| Complaints | 49 | 73 | 66 |
| Concerns | 105 | 87 | 53 |
| Total | {total} | 160 | 119 |
"""


def test_a_total_that_does_not_add_up_is_wrong() -> None:
    (claim,) = wrong_in(BY_YEAR.format(total=157))
    assert (claim.stated, claim.computed, claim.severity) == ("157", "154", "material")
    assert (claim.place.table, claim.place.row, claim.place.column) == (1, 4, 2)


def test_totals_that_add_up_are_right() -> None:
    answer = checked(BY_YEAR.format(total=154))
    assert [(c.kind, c.stated) for c in answer.claims if c.verdict == "right" and c.kind == "total"] == [
        ("total", "154"), ("total", "160"), ("total", "119"),
    ]  # fmt: skip
    assert answer.wrong == ()


TEAMS = """Complaints by team

| Team | Received | In time | Upheld |
| --- | --- | --- | --- |
| North | 15 | 8 | {upheld} |
| South | 12 | {late} | 1 (8%) |
| East | 29 | 6 | 4 (14%) |
"""


def test_a_percentage_of_the_wrong_base_names_the_one_that_fits() -> None:
    (claim,) = wrong_in(TEAMS.format(upheld="4 (50%)", late=3))
    assert claim.computed == "26.7%"
    assert claim.cause == "wrong base: 4 of the 8 in “In time”"
    assert claim.counts == (4, 15)


def test_a_part_larger_than_its_whole_is_wrong() -> None:
    (claim,) = wrong_in(TEAMS.format(upheld="4 (27%)", late=13))
    assert (claim.kind, claim.stated, claim.computed) == ("part", "13", "at most 12")


def test_a_period_left_out_is_told_once() -> None:
    table = (
        "Complaints\n\n| | Q2 17/18 | Q3 17/18 | Q1 18/19 | Q2 18/19 |\n|---|---|---|---|---|\n| Stage 1 | 26 "
        "| 28 | 18 | 40 |\n"
    )
    (claim,) = wrong_in(table)
    assert (claim.kind, claim.severity) == ("series", "minor")
    assert "Q4 2017/18" in claim.why


def test_periods_that_are_meant_to_be_compared_are_no_series() -> None:
    table = "Complaints\n\n| | Q3 17/18 | Q2 18/19 | Q3 18/19 |\n|---|---|---|---|\n| Stage 1 | 28 | 40 | 51 |\n"
    assert wrong_in(table) == []


def test_one_rounding_rule_a_report() -> None:
    rows = (
        "Results\n\n| Team | Received | Upheld |\n|---|---|---|\n| North | 16 | 1 ({low}%) |\n| South | 40 "
        "| 15 ({up}%) |\n| East | 10 | 3 (30%) |\n"
    )
    assert wrong_in(rows.format(low=6, up=38)) == []
    (claim,) = wrong_in(
        "Results\n\n| Team | Received | Upheld |\n|---|---|---|\n| North | 8 | 1 (12%) |\n| South | 40 | 5 (13%) |\n"
        "| East | 10 | 3 (30%) |\n"
    )
    assert (claim.stated, claim.cause, claim.severity) == ("1 (12%)", "cut off instead of rounded", "minor")


def test_small_numbers_beside_a_named_team_are_a_risk() -> None:
    answer = checked(
        "Complaints by team\n\n| Team | Received | Upheld |\n|---|---|---|\n| North | 15 | 2 |\n| South | 1 | 1 |\n"
    )
    assert [(c.kind, c.severity, c.stated) for c in answer.wrong] == [("small number", "risk", "1")]


def test_numbers_are_exact() -> None:
    assert cell_of("33.3%").percent == Fraction(333, 10)
