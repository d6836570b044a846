"""The HTML page: it stands alone, it is marked up for everyone, and text in it is only text."""

import itertools
import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.factories import reports
from upheld.documents import words
from upheld.documents.html import STYLESHEET, html_body, page
from upheld.documents.style import HouseStyle
from upheld.narrative.report import Cell, Chart, Cover, Definition, ListBlock, Paragraph, Report, Section, Table


@pytest.fixture(scope="module")
def tree(html: bytes) -> LexborHTMLParser:
    return LexborHTMLParser(html)


@pytest.fixture(scope="module")
def article(report: Report, style: HouseStyle) -> LexborHTMLParser:
    return LexborHTMLParser(html_body(report, style=style))


def texts(tree: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [re.sub(r"\s+", " ", node.text()).strip() for node in tree.css(selector)]


def smaller(*blocks: Paragraph | ListBlock | Table | Chart) -> LexborHTMLParser:
    section = Section("only", "1", "Only", blocks)
    return LexborHTMLParser(html_body(reports.smaller(sections=(section,)), style=HouseStyle()))


def test_the_page_says_its_language_title_and_council(tree: LexborHTMLParser) -> None:
    root = tree.css_first("html")
    assert root is not None
    assert root.attributes["lang"] == "en-GB"
    assert texts(tree, "head > title") == [
        "Children's complaints: quarterly report: Q3 2018/19, October to December 2018 – Anyborough Council"
    ]
    assert texts(tree, ".page-council") == ["Anyborough Council"]


def test_the_page_needs_nothing_beside_it(html: bytes, tree: LexborHTMLParser) -> None:
    assert tree.css("script, link, iframe, object, img, base, form") == []
    assert re.findall(rb'(?:src|href|action)="(?!#)[^"]*"', html) == []
    styles = "".join(texts(tree, "style"))
    assert set(re.findall(r"url\(([^),]{0,20})", styles)) == {"data:font/ttf;base64"}
    assert "@import" not in styles


def test_the_article_carries_classes_and_no_style(article: LexborHTMLParser) -> None:
    assert article.css("style, script, link") == []
    assert [node.html for node in article.css("[style]")] == []
    assert [node.tag for node in article.css("*") if any(name.startswith("on") for name in node.attributes)] == []
    written = {name for node in article.css("[class]") for name in str(node.attributes["class"]).split()}
    styled = set(re.findall(r"\.(report[a-z-]*)", STYLESHEET.read_text()))
    assert written - styled == set()


def test_every_part_can_be_reached(tree: LexborHTMLParser) -> None:
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    targets = {str(node.attributes["href"]).removeprefix("#") for node in tree.css("a")}
    assert targets - set(ids) == set()
    skip = tree.css_first("body > a")
    assert skip is not None
    assert (skip.attributes["href"], skip.text()) == ("#report", words.SKIP)
    assert texts(tree, "nav li a") == [
        "1 Summary", "2 The complaints procedure", "3 Complaints by stage", "3.1 Stage 1", "3.2 Stage 2",
        "3.3 Stage 3 and the Ombudsman", "4 By service team", "5 Themes and learning", "What each figure means",
        "How this report was made",
    ]  # fmt: skip


def test_headings_go_down_step_by_step(tree: LexborHTMLParser) -> None:
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_landmarks(tree: LexborHTMLParser) -> None:
    assert len(tree.css("body > header")) == len(tree.css("body > main")) == len(tree.css("main nav")) == 1
    assert tree.css("section[aria-labelledby], [role=region]") == []


def test_tables_say_what_heads_what(tree: LexborHTMLParser) -> None:
    table = tree.css_first("#stages-by-quarter table")
    assert table is not None
    assert texts(table, "caption") == ["Table 1: Complaints by stage and quarter, received, in time and upheld"]
    first, second = table.css("thead tr")
    assert [(n.attributes.get("scope"), n.attributes.get("colspan"), n.attributes.get("rowspan"))
            for n in first.css("th, td")] == [("col", None, "2"), *[("colgroup", "3", None)] * 6]  # fmt: skip
    assert texts(second, "th") == ["Received", "In time", "Upheld"] * 6
    assert {node.attributes["scope"] for node in second.css("th")} == {"col"}
    assert [node.attributes["span"] for node in table.css("colgroup")] == ["1", *["3"] * 6]
    assert texts(table, "tbody th[scope=row]") == list(reports.STAGES.values())
    assert texts(table, "tbody tr:first-child td")[6:9] == ["no data"] * 3


def test_rows_in_groups_have_heads_of_their_own(tree: LexborHTMLParser) -> None:
    groups = tree.css("#stages-grouped tbody")
    assert [texts(group, "th[scope=rowgroup]") for group in groups] == [[label] for label in reports.STAGES.values()]
    assert texts(groups[0], "th[scope=row]") == ["Received", "In time", "Upheld"]


def test_a_total_row_is_set_apart(tree: LexborHTMLParser) -> None:
    assert texts(tree, "tr.report-total th") == ["All teams"]


def test_a_head_without_a_group_over_it_stays_empty() -> None:
    head = ((Cell(("",), header=True), Cell(("",), header=True, span=2)),
            (Cell(("Team",), header=True), Cell(("A",), header=True), Cell(("B",), header=True)))  # fmt: skip
    table = replace(reports.rate_table(), head=head)
    assert [(n.tag, n.text(), n.attributes.get("colspan")) for n in smaller(table).css("thead tr:first-child > *")] == [
        ("th", "Team", None),
        ("td", "", "2"),
    ]


def test_a_chart_is_named_described_and_leads_to_its_table(tree: LexborHTMLParser, report: Report) -> None:
    figures = tree.css("figure")
    for chart, figure in zip(report.charts(), figures, strict=True):
        drawing = figure.css_first("svg")
        assert drawing is not None
        assert drawing.attributes["role"] == "img"
        assert texts(figure, f"#{drawing.attributes['aria-labelledby']}") == [chart.title]
        link = figure.css_first("figcaption a")
        assert link is not None
        assert link.attributes["href"] == f"#{chart.table_id}"
    assert texts(figures[0], "figcaption p") == [
        "Stage 1 complaints rose to 51 in Q3 2018/19, the most of the six quarters; 23 were answered in time. There is "
        "no data for Q4 2017/18. The numbers are in Table 1."
    ]


def test_what_scrolls_can_be_reached_and_is_named(tree: LexborHTMLParser) -> None:
    boxes = tree.css(".report-scroll")
    assert len(boxes) == 8
    for box in boxes:
        assert box.attributes["tabindex"] == "0"
        assert box.attributes["role"] == "group"
        assert box.attributes.get("aria-label") or tree.css(f"#{box.attributes['aria-labelledby']}")


def test_a_number_keeps_its_value_beside_its_words(tree: LexborHTMLParser) -> None:
    (four,) = [node for node in tree.css("data") if node.text() == "four"]
    assert (four.attributes["value"], four.attributes["data-figure"]) == (
        "4", "received@Q3 2018/19?stage=stage-2#value",
    )  # fmt: skip
    assert [node.attributes["value"] for node in tree.css("data") if node.text() == "−1"] == ["-1"]


def test_text_is_only_text(html: bytes, tree: LexborHTMLParser) -> None:
    assert reports.SIGNS in " ".join(texts(tree, "p"))
    assert tree.css("b") == []
    assert b"<script" not in html


def test_notices() -> None:
    tree = smaller(*reports.sections()[0].blocks, reports.sections()[2].sections[1].blocks[1])  # type: ignore[arg-type]
    assert texts(tree, "p.report-warning") == [
        "Important: One of the six quarters has no data. Comparisons across it are left out."
    ]
    assert texts(tree, "p.report-note") == ["An open case is neither in time nor late until its limit has passed."]


def test_definitions_go_to_the_section_that_is_theirs(style: HouseStyle) -> None:
    section = Section("definitions", "1", "Definitions", (Paragraph(("Each is counted.",)),))
    tree = LexborHTMLParser(html_body(reports.smaller(sections=(section,)), style=style))
    assert texts(tree, "h2") == ["Contents", "1 Definitions", "How this report was made"]
    assert texts(tree, "#definitions ~ dl dt") == ["Received", "In time", "Upheld", "Upheld, per cent"]
    assert texts(tree, "nav a") == ["1 Definitions", "How this report was made"]


def test_a_bare_report(style: HouseStyle) -> None:
    bare = reports.smaller(cover=Cover("", "Report", "", ()), definitions=())
    html = LexborHTMLParser(page(bare, style=replace(style, council="Otherborough")))
    assert texts(html, "head > title") == ["Report – Otherborough"]
    assert html.css(".report-marking, .report-subtitle, .report-cover dl, .report-definitions") == []


def test_a_definition_can_be_linked_to() -> None:
    tree = LexborHTMLParser(
        html_body(reports.smaller(definitions=(Definition("received", "Received", "Words."),)), style=HouseStyle())
    )
    assert texts(tree, "#figure-received") == ["Received"]


def test_a_chart_without_description_still_leads_to_its_table(report: Report) -> None:
    chart = replace(reports.rate_chart(), description=())
    assert texts(smaller(chart, reports.rate_table()), "figcaption p") == ["The numbers are in Table 1."]


def test_the_style_sheet_falls_back_on_the_house_style(style: HouseStyle) -> None:
    """The web site serves it as it is, without the custom properties of the page that stands alone."""
    sheet = STYLESHEET.read_text()
    fallback = dict(re.findall(r"var\(--report-([a-z-]+), ([^()]+)\)", sheet))
    assert fallback == {
        "accent": style.accent,
        "accent-tint": style.accent_tint,
        "ink": style.ink,
        "muted": style.muted,
        "rule": style.rule,
        "warning": style.warning,
        "warning-tint": style.warning_tint,
        "font": style.font_stack,
    }
