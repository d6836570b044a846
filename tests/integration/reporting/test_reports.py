"""Reports on the site: the list, the report to read, and what happens when its papers cannot be used."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.integration.reporting.pages import links, read, signed_in
from tests.support.example_record import ExampleDatabase
from tests.support.extract import from_html
from upheld.narrative.report import Report

REPORT = "/reports/2018-19-q3/"
COVER = """
council = "Example Council"
title = "A report with papers"
as_at = 2019-03-12

[[field]]
label = "Report to"
text = "An example committee"
"""


@pytest.fixture
def papers(settings: Any, tmp_path: Path) -> Path:
    """The folder of a quarter's papers, in an installation of this test's own: others read the same quarter."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    folder = tmp_path / "reports" / "2018-19-q3"
    folder.mkdir(parents=True)
    return folder


def made(role: str = "complaints-manager") -> Report:
    """The report as the site makes it."""
    from django.utils import timezone

    from upheld.figures.period import Quarter
    from upheld.reporting.queries import Record

    return Record().report(Quarter(2018, 3), today=timezone.localdate())


def test_every_quarter_with_data_is_listed_the_newest_first(example_record: ExampleDatabase) -> None:
    page = read(signed_in(), "/reports/")
    titles = [link.text() for link in page.css(".app-report__title a")]
    assert titles[0] == "Q3 2026/27: read the report"
    assert titles[-1] == "Q2 2017/18: read the report"
    assert len(titles) == 38
    assert [heading.text() for heading in page.css("main h2")] == [
        f"{year}/{(year + 1) % 100:02d}" for year in range(2026, 2016, -1)
    ]
    assert [tag.text(strip=True) for tag in page.css(".app-report .govuk-tag")] == ["So far"]


def test_the_report_is_read_on_the_page(example_record: ExampleDatabase, papers: Path) -> None:
    (papers / "cover.toml").write_text(COVER, encoding="utf-8")
    response = signed_in().get(REPORT)
    page = read(signed_in(), REPORT)
    assert page.css_first("h1").text() == "A report with papers"
    assert len(page.css("h1")) == 1
    assert page.css_first("title").text() == "A report with papers – Upheld"
    assert [item.text(strip=True) for item in page.css(".report-contents > ol > li > a")][:3] == [
        "1Summary", "2The complaints procedure", "3Complaints received, by stage and quarter",
    ]  # fmt: skip
    shown = from_html(response.content)
    assert shown == [(number.id, number.text) for number in made().numbers()]
    assert ("received@Q3 2018/19?stage=stage-1#value", "51") in shown
    text = page.css_first(".report-made").text()
    assert "12 March 2019" in text
    assert made().provenance.facts_digest in text


def test_without_papers_the_figures_are_those_of_today(example_record: ExampleDatabase) -> None:
    page = read(signed_in(), REPORT)
    assert page.css_first("h1").text() == "Children’s social care complaints, Q3 2018/19"
    assert "20 November 2026" in page.css_first(".report-made").text()


def test_the_page_looks_as_the_councils_documents_do(example_record: ExampleDatabase) -> None:
    page = read(signed_in(), REPORT)
    sheets = [str(link.attributes["href"]) for link in page.css("link[rel=stylesheet]")]
    (own,) = [address for address in sheets if address.startswith("/reports/report.css?v=")]
    style = signed_in().get(own)
    assert "--report-accent:" in style.text
    assert ".report-contents" in style.text
    assert page.css("style") == []


@pytest.mark.parametrize(
    "address", ["/reports/2016-17-q1/", "/reports/2030-31-q1/", "/reports/2018-20-q3/", "/reports/2018-19-q5/"]
)
def test_there_is_no_report_of_a_quarter_without_data(address: str, example_record: ExampleDatabase) -> None:
    assert signed_in().get(address).status_code == 404
    assert signed_in().get(f"{address}download/pdf").status_code == 404


FAULTS = {
    "cover.toml is no TOML": ("cover.toml", "council = ", "cover.toml is not well-formed TOML"),
    "cover.toml names no council": ("cover.toml", 'title = "T"', "cover.toml: “council” is missing or empty"),
    "a moment for a day": ("cover.toml", 'council = "C"\nas_at = 2019-03-12T10:00:00', "as_at must be a date"),
    "a day to come": ("cover.toml", 'council = "C"\nas_at = 2030-01-01', "which has not come yet"),
    "a day before": ("cover.toml", 'council = "C"\nas_at = 2018-01-01', "before Q3 2018/19 begins"),
    "cover.toml in another coding": ("cover.toml", b"council = '\xe9'", "cover.toml is not well-formed TOML"),
    "a figure that there is not": (
        "commentary.toml", '[[learning]]\ntext = "{figure:recieved stage=stage-1} came."',
        "The commentary names {figure:recieved stage=stage-1}.",
    ),
    "an indicator that there is not": (
        "commentary.toml", '[[note]]\ntext = "{indicator:on-time}"', "states no such indicator",
    ),
    "a plan that is no list": ("commentary.toml", "forward_plan = 3", "the forward plan is a list of texts"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_papers_that_cannot_be_used_are_explained_to_those_who_write_them(
    fault: str, example_record: ExampleDatabase, papers: Path
) -> None:
    name, content, message = FAULTS[fault]
    (papers / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    for address in (REPORT, f"{REPORT}download/pdf"):
        page = read(signed_in(), address, status=409)
        text = page.css_first("main").text()
        assert "The report of Q3 2018/19 cannot be made yet" in text
        assert message in text
        assert "reports/2018-19-q3" in text
        others = read(signed_in("director"), address, status=409).css_first("main").text()
        assert message not in others
        assert "The report of Q3 2018/19 cannot be made yet" in others


def test_a_paper_that_may_not_be_read_is_explained(example_record: ExampleDatabase, papers: Path) -> None:
    (papers / "cover.toml").symlink_to(papers / "cover.toml.gone")
    (papers / "commentary.toml").write_text("[[learning]]\n", encoding="utf-8")
    text = read(signed_in(), REPORT, status=409).css_first("main").text()
    assert "commentary.toml: “text” is missing or empty" in text


def test_words_of_papers_are_text_whatever_they_hold(example_record: ExampleDatabase, papers: Path) -> None:
    (papers / "cover.toml").write_text(COVER.replace("An example committee", "<script>x</script>"), encoding="utf-8")
    page = read(signed_in(), REPORT)
    assert "<script>x</script>" in page.css_first(".report-fields").text()
    assert page.css("main script") == []


def test_the_formats_are_offered_to_those_who_may_have_them(example_record: ExampleDatabase) -> None:
    page = read(signed_in(), REPORT)
    assert [(a.text(), a.attributes["href"]) for a in page.css(".app-downloads a")] == [
        ("PDF", f"{REPORT}download/pdf"), ("Word", f"{REPORT}download/docx"), ("Excel", f"{REPORT}download/xlsx"),
        ("PowerPoint", f"{REPORT}download/pptx"),
        ("Web page", f"{REPORT}download/html"),
    ]  # fmt: skip
    assert len(links(read(signed_in(), "/reports/"), "download the report of Q3 2018/19")) == 4
