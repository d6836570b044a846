"""The dashboard's own tables and chart."""

from datetime import date, timedelta

from tests.factories.facts import case_facts, source_of, stage_fact
from tests.unit.reporting.pages import page_of, said
from upheld.facts.model import CaseFacts
from upheld.figures.period import Quarter
from upheld.narrative.groups import team_table
from upheld.narrative.report import Table, plain
from upheld.reporting.dashboard import Dashboard, Selection
from upheld.reporting.links import CaseLinks
from upheld.reporting.presenters.tables import ShownTable, shown
from upheld.reporting.stages import quarters_chart, quarters_table, stages_table

Q3 = Quarter(2018, 3)
AFTER = date(2019, 3, 12)


def page(*cases: CaseFacts, quarter: Quarter = Q3, as_at: date = AFTER) -> Dashboard:
    return page_of(source_of(*cases), Selection(quarter, as_at))


def complaint(key: str, quarter: Quarter = Q3, **values: object) -> CaseFacts:
    return case_facts(stage_fact(key, received_on=quarter.start, **values))


def answered(key: str, quarter: Quarter = Q3, outcome: str = "not-upheld") -> CaseFacts:
    day = quarter.start + timedelta(days=1)
    return complaint(key, quarter, answered_on=day, outcome=outcome, outcome_on=day)


def heads(table: Table) -> list[str]:
    return [plain(cell.runs) for cell in table.head[-1]]


def row_of(table: Table, name: str) -> dict[str, str]:
    (cells,) = [row.cells for row in table.rows if plain(row.cells[0].runs) == name]
    return dict(zip(heads(table), (plain(cell.runs) for cell in cells), strict=True))


def test_every_stage_has_a_row_also_with_nothing_in_it() -> None:
    table = stages_table(page(answered("a"), answered("b", Q3.previous)))
    assert [plain(row.cells[0].runs) for row in table.rows] == ["stage-1", "stage-2", "stage-3", "ombudsman"]
    assert row_of(table, "stage-3") == {
        "Stage": "stage-3", "Received": "0", "Change on Q2 2018/19": "0", "Change on Q3 2017/18": "no data",
        "Still open": "0", "Past the limit": "0", "In time": "–", "Upheld": "–", "Upheld in part": "0",
    }  # fmt: skip


def test_a_stage_says_how_it_changed_and_its_rates_with_both_counts() -> None:
    received = [answered(f"a{i}", outcome="upheld" if i < 3 else "not-upheld") for i in range(10)]
    table = stages_table(page(*received, complaint("open"), answered("before", Q3.previous)))
    row = row_of(table, "stage-1")
    assert (row["Received"], row["Change on Q2 2018/19"], row["Still open"], row["Past the limit"]) == (
        "11", "+10", "1", "1",
    )  # fmt: skip
    assert (row["In time"], row["Upheld"]) == ("10 of 11 (91%)", "3 of 10 (30%)")


def test_an_unfinished_quarter_stands_beside_the_numbers_of_whole_ones() -> None:
    table = stages_table(page(complaint("a"), answered("b", Q3.previous), as_at=date(2018, 11, 1)))
    assert heads(table)[2:4] == ["Received in Q2 2018/19", "Received in Q3 2017/18"]
    assert row_of(table, "stage-1")["Received in Q2 2018/19"] == "1"


def test_the_chart_and_its_table_have_the_same_numbers() -> None:
    made = page(answered("a"), complaint("b"), answered("c", Quarter(2017, 4)))
    chart, table = quarters_chart(made), quarters_table(made)
    drawn = [[point.number.id if point.number else None for point in series.points] for series in chart.series]
    columns = list(zip(*(row.cells[1:] for row in table.rows), strict=True))
    tabled = [[getattr(cell.runs[0], "id", None) for cell in column] for column in columns]
    assert drawn == tabled
    assert [point.label for point in chart.series[0].points] == [plain(row.cells[0].runs) for row in table.rows]
    assert chart.table_id == table.id


def test_a_gap_is_said_in_the_table_and_left_open_in_the_chart() -> None:
    made = page(answered("a"), answered("c", Quarter(2017, 4)))
    assert row_of(quarters_table(made), "Q2 2018/19")["Received"] == "no data"
    gap = next(point for point in quarters_chart(made).series[0].points if point.label == "Q2 2018/19")
    assert gap.number is None


def test_a_quarter_that_is_not_over_is_marked_in_both() -> None:
    made = page(complaint("a"), as_at=date(2018, 11, 1))
    assert plain(quarters_table(made).rows[-1].cells[0].runs) == "Q3 2018/19 so\N{NO-BREAK SPACE}far"
    assert quarters_chart(made).series[0].points[-1].label == "Q3 2018/19 so\N{NO-BREAK SPACE}far"


def _shown(table: Table) -> ShownTable:
    return shown(table, CaseLinks("/cases/", Q3, AFTER))


def test_a_table_is_shown_with_every_cell_in_its_place() -> None:
    table = stages_table(page(answered("a")))
    drawn = _shown(table)
    assert [said(cell.text) for cell in drawn.head[0]] == heads(table)
    assert [[said(cell.shows) for cell in row.cells] for row in drawn.rows] == [
        [plain(cell.runs) for cell in row.cells] for row in table.rows
    ]
    assert [cell.numeric for cell in drawn.rows[0].cells] == [False, *[True] * 8]


def test_columns_under_one_heading_are_told_from_their_neighbours() -> None:
    drawn = _shown(team_table(page(answered("a")).figures, Q3))
    upper = [(said(cell.text), cell.span, cell.depth) for cell in drawn.head[0]]
    assert upper == [
        ("Team", 1, 2), ("Received", 1, 2), ("In time", 3, 1), ("Upheld", 3, 1), ("Still open", 1, 2),
    ]  # fmt: skip
    assert [said(cell.text) for cell in drawn.head[1]] == ["Number", "Out of", "%"] * 2
    assert [place for place, cell in enumerate(drawn.rows[0].cells) if cell.starts] == [1, 2, 5, 8]
    assert [row.total for row in drawn.rows] == [False, True]
