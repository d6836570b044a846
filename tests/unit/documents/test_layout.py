"""What every format draws from: numbers of tables and charts, heads, widths, orientation."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import reports
from upheld.documents.layout import (
    BadReport,
    column_characters,
    group_starts,
    head_lines,
    head_rows,
    is_bold,
    is_group,
    is_grouped,
    is_landscape,
    is_wide,
    number,
    placed,
    shares,
)
from upheld.narrative.report import Align, Cell, Chart, Paragraph, Report, Row, Section, Table, plain


def table(*rows: tuple[str, ...], align: Align = Align.START) -> Table:
    head, *body = rows
    return Table(
        "t", "Caption", (tuple(reports.name(text) for text in head),),
        tuple(Row(tuple(Cell((text,)) for text in row)) for row in body), (align,) * len(head),
    )  # fmt: skip


def with_blocks(*blocks: Paragraph | Table | Chart) -> Report:
    return reports.smaller(sections=(Section("s", "1", "Section", blocks),))


def test_tables_and_charts_are_numbered_in_reading_order() -> None:
    numbering = number(reports.report())
    assert dict(numbering.tables) == {
        "stages-by-quarter": 1, "rates": 2, "stages-grouped": 3, "teams": 4, "actions": 5,
    }  # fmt: skip
    assert dict(numbering.charts) == {"stage-1-chart": 1, "rates-chart": 2, "teams-chart": 3}
    assert (numbering.table("teams"), numbering.chart("teams-chart")) == ("Table 4", "Figure 3")


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        ((reports.rate_table(), reports.rate_table()), "The id rates is used twice in the report."),
        ((reports.rate_chart(),), "names the table rates, which is not in the report"),
        ((replace(reports.rate_table(), id="s"),), r"The ids \['s'\] are used twice"),
        ((replace(reports.rate_table(), head=()),), "has 0 head rows; a table has one or two"),
        ((replace(reports.rate_table(), rows=(Row((Cell(("a",)),)),)),), "do not add up to its 3 columns"),
        ((replace(reports.rate_table(), align=(Align.END,)),), "and 1 alignments"),
    ],
)
def test_a_report_that_does_not_hold_together_is_refused(blocks: tuple[Table | Chart, ...], message: str) -> None:
    with pytest.raises(BadReport, match=message):
        number(with_blocks(*blocks))


def test_a_head_without_a_group_comes_down_from_the_first_row() -> None:
    first, second = head_rows(reports.stage_table())
    assert [(plain(c.cell.runs), c.column, c.span, c.depth, c.group) for c in first[:3]] == [
        ("Stage", 0, 1, 2, False), ("Q2 2017/18", 1, 3, 1, True), ("Q3 2017/18", 4, 3, 1, True),
    ]  # fmt: skip
    assert [c.column for c in second] == list(range(1, 19))
    assert group_starts(reports.stage_table()) == {1, 4, 7, 10, 13, 16}


def test_a_head_with_a_number_in_it_keeps_its_place_in_reading() -> None:
    number_in_head = Cell((reports.shown(reports.count("received", 3)),), header=True)
    first, second = head_rows(replace(reports.rate_table(), head=((Cell(()),) * 3, (number_in_head,) * 3)))
    assert [c.depth for c in (*first, *second)] == [1] * 6


def test_one_row_of_heads() -> None:
    (row,) = head_rows(reports.team_table())
    assert [(c.column, c.depth, c.group) for c in row] == [(i, 1, False) for i in range(5)]
    assert group_starts(reports.team_table()) == frozenset()


def test_a_cell_stands_at_the_column_where_the_last_one_ended() -> None:
    assert [column for column, _ in placed((Cell((), span=2), Cell(()), Cell((), span=3)))] == [0, 2, 3]


def test_numbers_are_never_broken_and_heads_take_two_lines() -> None:
    widths = column_characters(table(("Answered in time", "B"), ("27% (4 of 15)", "x"), align=Align.END))
    assert widths == (13 + 2, 1 + 1 + 2)


def test_a_head_over_several_columns_widens_none_of_them() -> None:
    wide = replace(table(("A", "B"), ("1", "2")), head=((Cell(("A very long head of both",), header=True, span=2),),))
    assert column_characters(wide) == (3, 3)


def test_heads_of_columns_of_one_width_are_broken_alike() -> None:
    quarters = ("Q2 2017/18", "Q3 2017/18", "Q4 2017/18", "Q1 2018/19", "Q2 2018/19", "Q3 2018/19")
    many = table(("Stage", *quarters), ("Child Protection & Proceedings", *["51"] * 6), align=Align.END)
    assert head_lines(many) == {i: tuple(quarter.split()) for i, quarter in enumerate(quarters, start=1)}
    assert head_lines(table(("Stage", *quarters[:2]), ("Stage 1", "51", "40"), align=Align.END)) == {}


def test_long_words_are_given_their_room() -> None:
    assert column_characters(table(("A",), ("w" * 50 + " " + "v" * 10,))) == (52,)


def test_a_table_of_sentences_stays_on_a_portrait_page_and_parts_the_room_by_what_is_said() -> None:
    sentences = table(("A", "B", "C", "D"), ("short", "word " * 10, "word " * 40, "word " * 10))
    assert not is_wide(sentences)
    small, middle, large, same = shares(sentences)
    assert small < middle == same < large


def test_a_table_of_many_numbers_takes_a_landscape_page() -> None:
    section = reports.sections()[2]
    assert is_landscape(section)
    assert [is_landscape(inner) for inner in section.sections] == [False, False, False]
    assert is_wide(reports.stage_table())
    assert not is_wide(reports.team_table())


@given(st.lists(st.text(alphabet="ab ", max_size=120), min_size=1, max_size=12))
def test_shares_are_of_one_whole(texts: list[str]) -> None:
    parts = shares(table(tuple("H" for _ in texts), tuple(texts)))
    assert sum(parts) == pytest.approx(1)
    assert min(parts) > 0


def test_names_are_bold_and_sentences_are_not() -> None:
    actions, grouped = reports.actions_table(), reports.grouped_table()
    assert [is_bold(row.cells[0], grouped=is_grouped(actions)) for row in actions.rows] == [False, True]
    assert is_group(grouped.rows[0], grouped)
    assert not is_bold(grouped.rows[1].cells[0], grouped=is_grouped(grouped))
    assert not is_bold(Cell(("27",)), grouped=False)
