"""The PDF: kept for good, read by everyone, its structure that of the report."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pdfplumber
import pikepdf
import pytest

from tests.factories import reports
from tests.support import extract
from tests.support.extract import elements, properties
from upheld.documents import figure_list, words
from upheld.documents.layout import BadReport
from upheld.documents.pdf import render
from upheld.documents.pdf_structure import finish
from upheld.documents.style import HouseStyle
from upheld.narrative.report import Align, Cell, Paragraph, Report, Row, Section, Table, plain


@pytest.fixture(scope="module")
def opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        yield file


@pytest.fixture(scope="module")
def structure(opened: pikepdf.Pdf) -> list[Any]:
    return list(elements(opened.Root.StructTreeRoot.K))


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    return texts(pdf)


def texts(file: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(file)) as read:
        return [page.extract_text() for page in read.pages]


def one_section(*blocks: Paragraph | Table) -> Report:
    return reports.smaller(sections=(Section("only", "1", "Only", blocks),))


def test_it_keeps_to_both_standards(opened: pikepdf.Pdf) -> None:
    metadata = opened.Root.Metadata.read_bytes().decode()
    assert re.findall(r"<(pdf[au]+id:[a-z]+)>([^<]+)<", metadata) == [
        ("pdfaid:part", "3"), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1"),
    ]  # fmt: skip
    assert opened.pdf_version == "1.7"
    assert opened.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert not opened.is_encrypted
    assert len(opened.trailer.ID) == 2
    assert opened.check_pdf_syntax() == []


def test_it_says_what_it_is(opened: pikepdf.Pdf) -> None:
    title = "Children's complaints: quarterly report: Q3 2018/19, October to December 2018"
    assert (str(opened.docinfo.Title), str(opened.docinfo.Author)) == (title, "Anyborough Council")
    assert str(opened.docinfo.CreationDate) == "D:20190312000000Z"
    assert str(opened.Root.Lang) == "en-GB"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.MarkInfo.UserProperties


def test_all_type_is_embedded(opened: pikepdf.Pdf) -> None:
    fonts = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
    assert [font for font in fonts if not {"/FontFile2", "/FontFile3"} & set(font.keys())] == []
    names = {re.sub(r"^[A-Z]{6}\+", "", str(font.FontName).lstrip("/")) for font in fonts}
    assert {"AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold"} <= names


def test_bookmarks_are_the_headings(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        titles = [(item.title, [below.title for below in item.children]) for item in outline.root]
    assert titles == [
        ("1\u2002Summary", []),
        ("2\u2002The complaints procedure", []),
        ("3\u2002Complaints by stage", ["3.1\u2002Stage 1", "3.2\u2002Stage 2", "3.3\u2002Stage 3 and the Ombudsman"]),
        ("4\u2002By service team", []),
        ("5\u2002Themes and learning", []),
        (words.DEFINITIONS, []),
        (words.PROVENANCE, []),
    ]


def test_headings_are_headings_and_the_title_is_the_title(structure: list[Any]) -> None:
    names = [str(element.S) for element in structure]
    assert names.count("/Title") == 1
    assert (names.count("/H1"), names.count("/H2")) == (7, 3)
    assert names.count("/L") == 3
    assert names.count("/TOC") >= 1


def test_charts_have_alternative_text(structure: list[Any], report: Report) -> None:
    said = [str(element.Alt) for element in structure if element.S == "/Figure"]
    assert said == [plain(chart.description) for chart in report.charts()]


def test_the_figures_are_attached(opened: pikepdf.Pdf, report: Report) -> None:
    assert list(opened.attachments) == ["figures.json"]
    attached = opened.attachments["figures.json"]
    assert attached.get_file().read_bytes() == figure_list.as_json(report)
    assert attached.get_file().mime_type == "application/json"
    assert attached.description == words.ATTACHMENT
    assert opened.Root.AF[0].AFRelationship == "/Data"


def test_each_number_says_its_value(structure: list[Any], report: Report) -> None:
    said = [properties(element) for element in structure if properties(element)]
    assert said == [{"figure": number.id, "value": str(number.value)} for number in report.numbers()]
    assert [element for element in structure if element.S == "/Em"] == []


# Tables


def tables(structure: list[Any]) -> list[list[list[Any]]]:
    """The cells of each table, row by row."""
    return [
        [[cell for cell in elements(row.K) if cell.S in ("/TH", "/TD")] for row in elements(table.K) if row.S == "/TR"]
        for table in structure
        if table.S == "/Table"
    ]


def heads(cell: Any) -> list[str]:
    (attributes,) = (a for a in cell.A if a.get("/O") == "/Table")
    return [str(name) for name in attributes.Headers]


def scope(cell: Any) -> str:
    (attributes,) = (a for a in cell.A if a.get("/O") == "/Table")
    return str(attributes.Scope)


def test_a_cell_names_its_group_its_column_and_its_row(structure: list[Any]) -> None:
    stages = tables(structure)[1]
    assert [len(row) for row in stages] == [7, 18, 19, 19, 19, 19]
    assert [scope(cell) for cell in stages[0]] == ["/Column"] * 7
    assert [scope(row[0]) for row in stages[2:]] == ["/Row"] * 4
    stage, quarter, received = stages[0][0].ID, stages[0][1].ID, stages[1][0].ID
    assert heads(stages[2][0]) == [str(stage)]
    assert heads(stages[2][1]) == [str(quarter), str(received), str(stages[2][0].ID)]
    assert heads(stages[1][0]) == [str(quarter)]


def test_rows_in_groups_name_their_group(structure: list[Any]) -> None:
    grouped = tables(structure)[3]
    assert [len(row) for row in grouped] == [3, 1, 3, 3, 3, 1, 3, 3, 3, 1, 3, 3, 3, 1, 3, 3, 3]
    first, second = grouped[1][0].ID, grouped[5][0].ID
    assert heads(grouped[2][1]) == [str(grouped[0][1].ID), str(first), str(grouped[2][0].ID)]
    assert heads(grouped[6][1]) == [str(grouped[0][1].ID), str(second), str(grouped[6][0].ID)]
    assert grouped[0][0].S == "/TD"  # an empty corner heads nothing
    assert "/ID" not in grouped[0][0]


def test_every_head_that_a_cell_names_can_be_found(opened: pikepdf.Pdf, structure: list[Any]) -> None:
    names = opened.Root.StructTreeRoot.IDTree.Names
    ids = [str(names[i]) for i in range(0, len(names), 2)]
    assert ids == sorted(ids)
    named = {name for table in tables(structure) for row in table for cell in row for name in heads(cell)}
    assert named - set(ids) == set()
    assert {str(element.ID) for element in structure if "/ID" in element} == set(ids)


def test_the_head_of_a_long_table_is_on_every_page(style: HouseStyle) -> None:
    rows = tuple(Row((reports.name(f"Team {i}"), Cell((str(i),)))) for i in range(90))
    long = Table("long", "Long", ((reports.name("Team"), reports.name("Received")),), rows, (Align.START, Align.END))
    pages = texts(render(one_section(long), style=style))
    having = [page for page in pages if re.search(r"Team \d", page)]
    assert len(having) >= 3
    assert [page for page in having if "Team Received" not in page] == []


def test_a_head_with_a_number_is_not_broken_by_hand(style: HouseStyle) -> None:
    """The number in it would lose its place in the structure."""
    number = reports.shown(reports.count("received", 51))
    heads = tuple(Cell((f"Answered of all {i} ", number), header=True) for i in range(12))
    table = Table("t", "T", (heads,), (Row(tuple(Cell(("123456",)) for _ in heads)),), (Align.END,) * 12)
    assert extract.from_pdf(render(one_section(table), style=style)) == [(number.id, "51")] * 12


# Pages


def test_pages_are_numbered_and_headed(pages: list[str]) -> None:
    count = len(pages)
    for index, page in enumerate(pages, start=1):
        assert page.endswith(f"For general release Page {index} of {count}")
    assert [page.startswith("Anyborough Council Children's complaints: quarterly report") for page in pages] == [
        False, *[True] * (count - 1),
    ]  # fmt: skip


def test_only_the_section_with_the_wide_table_is_landscape(opened: pikepdf.Pdf) -> None:
    assert [float(page.mediabox[2]) > float(page.mediabox[3]) for page in opened.pages] == [
        False, True, *[False] * (len(opened.pages) - 2),
    ]  # fmt: skip


def test_the_text_reads_in_order(pages: list[str]) -> None:
    text = " ".join(" ".join(pages).split())
    places = [
        text.index(part)
        for part in (
            "Report to Children and Young People Scrutiny Sub-Committee, 12 March 2019",
            "1 Summary This report says",
            "There were 51 stage 1 complaints, +11 on last quarter (+28%). The part upheld was 14%: 7 of 51.",
            "Important: One of the six quarters has no data.",
            "Table 1: Complaints by stage and quarter",
            "Stage 1 26 16 6 28 22 6 no data no data no data 18 9 1 40 11 4 51 23 7",
            "Figure 1: Stage 1 complaints by quarter",
            "All four are still open.",
            "LAC 15 8 53% 27% (4 of 15)",
            "Upheld, out of those received.",
            "Definitions of figures 1",
        )
    ]
    assert places == sorted(places)


def test_text_is_only_text(pages: list[str]) -> None:
    assert reports.SIGNS in " ".join(" ".join(pages).split())
    assert "=Early Help #1 <b>“North”</b> $5 \\ [draft]_*" in "\n".join(pages)


def test_what_no_font_can_draw_is_said_in_words(pages: list[str]) -> None:
    text = " ".join(" ".join(pages).split())
    assert "kept: [thumbs up sign] [bengali letter ba][bengali vowel sign aa] [bengali sign anusvara]" in text
    assert "Ωμέγα, кириллица." in text


def test_a_bare_report(style: HouseStyle) -> None:
    bare = replace(one_section(), definitions=(), language="cy")
    bare = replace(bare, cover=replace(bare.cover, council="", subtitle="", fields=(), marking=""))
    file = render(bare, style=replace(style, council="Otherborough"))
    (page,) = texts(file)
    assert page.startswith("Otherborough\nChildren's complaints: quarterly report\nContents\n1 Only")
    with pikepdf.open(io.BytesIO(file)) as opened:
        assert str(opened.Root.Lang) == "cy"
        assert "/UserProperties" not in opened.Root.MarkInfo


def test_definitions_go_to_the_section_that_is_theirs(style: HouseStyle) -> None:
    section = Section("definitions", "1", "Definitions", (Paragraph(("Each is counted.",)),))
    (page,) = texts(render(reports.smaller(sections=(section,)), style=style))
    assert "Each is counted.\nReceived\nComplaints whose date" in page
    assert words.DEFINITIONS not in page


def test_a_refusal_of_the_typesetter_says_why(style: HouseStyle) -> None:
    with pytest.raises(BadReport, match=r"The PDF of “Children's complaints: quarterly report” could not be made: .+"):
        render(replace(one_section(), language="no such language"), style=style)


def test_a_structure_that_is_not_the_reports_is_refused(pdf: bytes, style: HouseStyle) -> None:
    """What the typesetter wrote must be what the report has, or a number would get another's figure."""
    number = Paragraph((reports.shown(reports.count("received", 3)),))
    with pytest.raises(BadReport, match="The PDF has 0 numbers where the report has 1"):
        finish(pdf, one_section(number))
    plain_pdf = render(one_section(), style=style)
    with pytest.raises(BadReport, match="The PDF has 2 tables where the report has 3"):
        finish(plain_pdf, one_section(replace(reports.rate_table(), rows=())))
    table = Table("t", "T", ((reports.name("A"), reports.name("B")),), (), (Align.START,) * 2)
    with pytest.raises(BadReport, match="does not have the cells that the report's table has"):
        finish(render(one_section(table), style=style), one_section(replace(reports.rate_table(), rows=())))
