"""The Excel workbook: real numbers with formats, every figure with its cell, and no text that becomes a formula."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from tests.factories import reports
from tests.support.extract import Workbook
from upheld.documents.excel import render
from upheld.documents.style import HouseStyle
from upheld.figures.model import FigureValue
from upheld.narrative.report import (
    Align,
    Cell,
    Number,
    Paragraph,
    Report,
    Role,
    Row,
    Runs,
    Section,
    Table,
    plain,
)

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def book(excel: bytes) -> Workbook:
    return Workbook(excel)


def of(table: Table, style: HouseStyle) -> Workbook:
    return Workbook(render(reports.smaller(sections=(Section("only", "1", "Only", (table,)),)), style=style))


def table(*cells: Runs, align: Align = Align.END, **changes: object) -> Table:
    rows = tuple(Row((reports.name(f"Row {i}"), Cell(runs))) for i, runs in enumerate(cells))
    made = Table("t", "T", ((reports.name("Name"), reports.name("Shown")),), rows, (Align.START, align))
    return replace(made, **changes)  # type: ignore[arg-type]


def rows(book: Workbook, sheet: str = "Table 1") -> list[list[str]]:
    """The texts of a sheet's cells, row by row, empty cells left out at the end."""
    found: dict[int, dict[int, str]] = {}
    for reference, cell in book.cells(sheet).items():
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()  # type: ignore[union-attr]
        column = sum((ord(letter) - 64) * 26**i for i, letter in enumerate(reversed(letters)))
        found.setdefault(int(row), {})[column] = cell.text
    lines = [{column: text for column, text in line.items() if text} for _, line in sorted(found.items())]
    return [[line.get(i, "") for i in range(1, max(line) + 1)] for line in lines if line]


def test_one_sheet_for_each_table_and_four_about_the_report(book: Workbook) -> None:
    assert list(book.paths) == [
        "Cover", "Text", "Table 1", "Table 2", "Table 3", "Table 4", "Table 5", "Definitions", "Figures",
    ]  # fmt: skip


def test_another_reader_reads_it(excel: bytes) -> None:
    read = CalamineWorkbook.from_filelike(io.BytesIO(excel))
    stages = read.get_sheet_by_name("Table 1").to_python()
    assert stages[4] == ["Stage 1", 26, 16, 6, 28, 22, 6, *["no data"] * 3, 18, 9, 1, 40, 11, 4, 51, 23, 7]
    teams = read.get_sheet_by_name("Table 4").to_python()
    assert teams[4] == ["LAC", 15, 8, pytest.approx(8 / 15), 8, 15, pytest.approx(4 / 15), 4, 15]
    assert teams[-2] == ["All teams", 51, 23, pytest.approx(23 / 51), 23, 51, pytest.approx(7 / 51), 7, 51]


def test_a_rate_stands_beside_its_counts(book: Workbook) -> None:
    assert rows(book, "Table 4")[1:4] == [
        ["Team", "Received", "In time", "In time, per cent", "", "", "Upheld"],
        ["", "", "", "per cent", "number", "out of", "per cent", "number", "out of"],
        ["LAC", "15", "8", "53%", "8", "15", "27%", "4", "15"],
    ]


def test_a_rate_whose_counts_are_in_the_row_is_not_written_twice(style: HouseStyle) -> None:
    value = reports.rate("upheld_rate", 4, 15)
    head = ((reports.name("Team"), reports.name("Number"), reports.name("Out of"), reports.name("%")),)
    cells = (
        reports.name("A"), reports.cell(reports.part(value, Role.NUMERATOR)),
        reports.cell(reports.part(value, Role.DENOMINATOR)), reports.cell(reports.shown(value)),
    )  # fmt: skip
    made = Table("t", "T", head, (Row(cells),), (Align.START, *[Align.END] * 3))
    assert rows(of(made, style))[1:] == [["Team", "Number", "Out of", "%"], ["A", "4", "15", "27%"]]


def test_a_cell_of_several_numbers_takes_several_cells(style: HouseStyle) -> None:
    made = table((reports.shown(reports.count("a", 3)), " / ", reports.shown(reports.count("b", 4))), ("none",))
    assert rows(of(made, style))[1:] == [["Name", "Shown"], ["", "1", "2"], ["Row 0", "3", "4"], ["Row 1", "none"]]


def test_words_about_a_number_are_kept_beside_it(style: HouseStyle) -> None:
    made = table((reports.shown(reports.count("a", 3)), " so far"), ("no data",))
    assert rows(of(made, style))[1:] == [
        ["Name", "Shown"], ["", "number", "as printed"], ["Row 0", "3", "3 so far"], ["Row 1", "no data"],
    ]  # fmt: skip


def test_words_about_a_rate_are_kept_beside_it_and_its_counts(style: HouseStyle) -> None:
    made = table((reports.shown(reports.rate("a", 1, 4)), " so far"))
    assert rows(of(made, style))[2:] == [
        ["", "per cent", "number", "out of", "as printed"],
        ["Row 0", "25%", "1", "4", "25% so far"],
    ]


def test_a_rate_with_other_words_whose_counts_stand_in_the_row(style: HouseStyle) -> None:
    value = reports.rate("upheld_rate", 4, 15)
    head = (tuple(reports.name(text) for text in ("N", "Of", "%")),)
    row = Row((
        reports.cell(reports.part(value, Role.NUMERATOR)), reports.cell(reports.part(value, Role.DENOMINATOR)),
        reports.cell(reports.shown(value), " so far"),
    ))  # fmt: skip
    made = Table("t", "T", head, (row,), (Align.END,) * 3)
    assert rows(of(made, style))[1:] == [
        ["N", "Of", "%"], ["", "", "per cent", "as printed"], ["4", "15", "27%", "27% so far"],
    ]  # fmt: skip


def test_a_rate_without_a_base_shows_no_counts_beside_it(style: HouseStyle) -> None:
    part: FigureValue = reports.rate("a", 0, 5)
    made = table((reports.shown(part),), ("–",))
    assert rows(of(made, style))[3:] == [["Row 0", "0%", "0", "5"], ["Row 1", "–"]]


def test_other_numbers_beside_a_rate_are_not_taken_for_its_counts(style: HouseStyle) -> None:
    made = table((reports.shown(reports.rate("a", 1, 4)), " (", reports.shown(reports.count("b", 9)), ")"))
    assert rows(of(made, style))[2:] == [["", "1", "2"], ["Row 0", "25%", "9"]]


def test_a_sentence_with_a_number_in_it_stays_a_sentence(book: Workbook) -> None:
    assert rows(book, "Table 5")[2][3] == (
        "A larger share of stage 1 complaints answered in time than this quarter’s 45%"
    )


def test_a_head_of_a_group_is_as_wide_as_its_table(book: Workbook) -> None:
    merged = {node.attrib["ref"] for node in book.sheet("Table 3").iter(f"{S}mergeCell")}
    assert merged == {"A4:C4", "A8:C8", "A12:C12", "A16:C16"}


def test_a_number_in_a_head_is_noted_there(style: HouseStyle) -> None:
    head = ((reports.name("Name"), Cell(("Of ", reports.shown(reports.count("a", 51))), header=True)),)
    assert rows(of(table(("x",), head=head), style), "Figures")[1][-1] == "'Table 1'!B3"


def test_the_list_of_figures_leads_to_each_cell(book: Workbook, report: Report) -> None:
    listed = rows(book, "Figures")
    assert listed[0] == [
        "Number", "Figure", "Period", "Group", "Role", "Since", "Shown as", "Value", "Numerator", "Denominator",
        "Cell",
    ]  # fmt: skip
    assert len(listed) == 1 + len(list(report.numbers()))
    assert listed[2] == [
        "received@Q3 2018/19?stage=stage-1~Q2 2018/19#change", "received", "Q3 2018/19", "stage=stage-1", "change",
        "Q2 2018/19", "+11", "11", "51", "", "'Text'!B3",
    ]  # fmt: skip
    links = {node.attrib["ref"]: node.attrib["location"] for node in book.sheet("Figures").iter(f"{S}hyperlink")}
    assert links["K3"] == "'Text'!B3"
    assert len(links) == len(listed) - 1


def test_no_text_becomes_a_formula(book: Workbook) -> None:
    dangerous = []
    for sheet in book.paths:
        for reference, cell in book.cells(sheet).items():
            assert not cell.formula, (sheet, reference)
            if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                dangerous.append(cell.text)
                assert cell.quoted, (sheet, reference)
    assert {"=Early Help #1 <b>“North”</b> $5 \\ [draft]_*", "-", "+11"} <= set(dangerous)


def test_values_are_exact_and_only_their_look_is_rounded(book: Workbook) -> None:
    cell = book.cells("Table 2")["B5"]
    assert (cell.value, cell.format, cell.text) == (Decimal("0.6153846153846154"), "0%", "62%")


def pane(book: Workbook, sheet: str) -> tuple[str | None, ...]:
    (found,) = book.sheet(sheet).iter(f"{S}pane")
    return found.get("xSplit"), found.get("ySplit"), found.get("state")


def test_heads_stay_in_sight_and_repeat_in_print(book: Workbook) -> None:
    assert pane(book, "Table 1") == ("1", "4", "frozen")
    assert pane(book, "Table 4") == ("1", "4", "frozen")
    assert pane(book, "Figures") == ("1", "1", "frozen")
    names = book.package.read("xl/workbook.xml").decode()
    assert "&#39;Table 1&#39;!$3:$4" in names or "'Table 1'!$3:$4" in names
    assert "Figures!$1:$1" in names


def test_sheets_are_set_up_for_print(book: Workbook) -> None:
    setup = next(book.sheet("Table 1").iter(f"{S}pageSetup"))
    assert (setup.get("orientation"), setup.get("paperSize")) == ("landscape", "9")
    assert next(book.sheet("Figures").iter(f"{S}pageSetup")).get("fitToHeight") == "0"
    assert next(book.sheet("Table 1").iter(f"{S}pageSetUpPr")).get("fitToPage") == "1"
    assert next(book.sheet("Table 1").iter(f"{S}oddHeader")).text == (
        "&L&8Anyborough Council&R&8Children's complaints: quarterly report"
    )
    assert next(book.sheet("Table 1").iter(f"{S}oddFooter")).text == "&L&8For general release&R&8Page &P of &N"


def test_a_long_table_can_be_filtered_without_its_total(book: Workbook, style: HouseStyle) -> None:
    assert [node.get("ref") for node in book.sheet("Table 4").iter(f"{S}autoFilter")] == ["A4:I13"]
    assert list(book.sheet("Table 1").iter(f"{S}autoFilter")) == []
    long = of(table(*[("x",)] * 41), style)
    assert next(long.sheet("Table 1").iter(f"{S}pageSetup")).get("fitToHeight") == "0"


def test_charts_stand_under_their_tables_with_alternative_text(excel: bytes, report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(excel)) as package:
        drawings = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/drawings/drawing")]
    said = {found for drawing in drawings for found in re.findall(r' descr="([^"]*)"', drawing)}
    assert said == {plain(chart.description) for chart in report.charts()}


def test_the_words_are_on_a_sheet_of_their_own(book: Workbook) -> None:
    said = [line[-1] for line in rows(book, "Text")]
    assert said[:3] == [
        "Summary",
        "This report says how many complaints about children's social care the council received in Q3 2018/19 "
        "(October to December 2018), and what it learned from them.",
        "• There were 51 stage 1 complaints, +11 on last quarter (+28%). The part upheld was 14%: 7 of 51.",
    ]
    assert "Important: One of the six quarters has no data. Comparisons across it are left out." in said
    assert "2. An investigating officer and an independent person look into it." in said
    assert "Table 4: Stage 1 complaints by service team" in said


def test_the_cover_lists_every_sheet(book: Workbook) -> None:
    lines = rows(book, "Cover")
    assert lines[:4] == [
        ["Anyborough Council"], ["Children's complaints: quarterly report"],
        ["Q3 2018/19, October to December 2018"], ["For general release"],
    ]  # fmt: skip
    linked = [node.attrib["location"] for node in book.sheet("Cover").iter(f"{S}hyperlink")]
    assert linked == [f"'{name}'!A1" for name in list(book.paths)[1:]]
    assert ["Digest of the facts (SHA-256)", "0" * 64] in lines


def test_definitions(book: Workbook) -> None:
    assert rows(book, "Definitions")[:2] == [
        ["Figure", "Name", "What it means"],
        ["received", "Received", "Complaints whose date of receipt or request is in the period."],
    ]


def test_its_properties(excel: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(excel)) as package:
        core = package.read("docProps/core.xml").decode()
        assert {part.date_time for part in package.infolist()} == {(2019, 3, 12, 0, 0, 0)}
    assert "<dc:creator>Anyborough Council</dc:creator>" in core
    assert "2019-03-12T00:00:00Z</dcterms:created>" in core


def test_a_report_without_tables_numbers_or_definitions(style: HouseStyle) -> None:
    bare = reports.smaller(definitions=())
    bare = replace(bare, cover=replace(bare.cover, council="A & B", marking="", fields=()))
    book = Workbook(render(bare, style=style))
    assert list(book.paths) == ["Cover", "Text", "Figures"]
    assert "A && B" in str(next(book.sheet("Text").iter(f"{S}oddHeader")).text)
    assert rows(book, "Text") == [["1", "Summary"], ["", "Nothing was received."]]


def test_a_merged_cell_of_a_body_holds_its_number(style: HouseStyle) -> None:
    wide = Table(
        "t", "T", (tuple(reports.name(text) for text in "ABC"),),
        (Row((reports.name("x"), Cell((reports.shown(reports.count("a", 7)),), span=2))),),
        (Align.START, Align.END, Align.END),
    )  # fmt: skip
    book = of(wide, style)
    assert rows(book)[2] == ["x", "7"]


def test_paragraphs_and_numbers_in_notes_are_noted(style: HouseStyle) -> None:
    number: Number = reports.shown(reports.count("a", 7))
    noted = table(("x",), base=("Of ", number), notes=(("And ", number),))
    report = reports.smaller(sections=(Section("s", "1", "S", (Paragraph((number,)), noted)),))
    places = [line[-1] for line in rows(Workbook(render(report, style=style)), "Figures")[1:]]
    assert places == ["'Text'!B2", "'Table 1'!A5", "'Table 1'!A6"]
