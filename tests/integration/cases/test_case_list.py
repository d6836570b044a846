"""The list of cases behind a number."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from tests.factories.accounts import make_user
from tests.factories.cases import case_of, record
from tests.factories.registers import row
from upheld.accounts.enums import Role

pytestmark = pytest.mark.django_db

QUARTER = "quarter=2018-19-q3"


def client_as(role: str = "complaints-manager") -> Client:
    client = Client()
    client.force_login(make_user(roles=[role] if role else []))
    return client


def page_at(address: str, status: int = 200, client: Client | None = None) -> LexborHTMLParser:
    response = (client or client_as()).get(address)
    assert response.status_code == status
    return LexborHTMLParser(response.content)


def heading(page: LexborHTMLParser) -> str:
    return " ".join(page.css_first("h1").text().split())


def table(page: LexborHTMLParser) -> list[list[str]]:
    return [[" ".join(cell.text().split()) for cell in line.css("th, td")] for line in page.css("main tbody tr")]


def column(page: LexborHTMLParser, place: int = 0) -> list[str]:
    return [cells[place] for cells in table(page)]


def chosen(page: LexborHTMLParser) -> dict[str, str]:
    return {
        str(select.attributes["name"]): option.text()
        for select in page.css("main form select")
        if (option := select.css_first("option[selected]")) is not None
    }


@pytest.fixture
def some() -> None:
    record(
        row(reference="T-1", answered="2018-10-10", outcome="Upheld", channel="Email"),
        row(reference="T-2", received="2018-10-03", answered="2018-12-20", outcome="Not upheld", team="South team"),
        row(reference="T-2", stage="Stage 2", received="2019-01-05", team="South team"),
        row(reference="T-3", received="2018-11-30", themes="Delay; Rudeness"),
        row(reference="T-4", received="2018-12-05", withdrawn="2018-12-10", themes="Rudeness"),
        row(reference="T-5", stage="Stage 3", received="2018-12-06"),
    )


def test_a_row_says_where_the_stage_stands(some: None) -> None:
    page = page_at(f"/cases/?{QUARTER}&as_at=2018-12-14&sort=received")
    assert heading(page) == "Received, Q3 2018/19: 5"
    assert table(page) == [
        ["T-1", "Stage 1", "1 Oct 2018", "15 Oct 2018", "10 Oct 2018", "In time", "Upheld", "North team Delay"],
        ["T-2", "Stage 1", "3 Oct 2018", "17 Oct 2018", "–", "Past the limit", "–", "South team Delay"],
        ["T-3", "Stage 1", "30 Nov 2018", "14 Dec 2018", "–", "Open", "–", "North team Delay"],
        ["T-4", "Stage 1", "5 Dec 2018", "19 Dec 2018", "–", "Withdrawn", "–", "North team Rudeness"],
        ["T-5", "Stage 3", "6 Dec 2018", "22 Jan 2019", "–", "Open", "–", "North team Delay"],
    ]
    assert "As it was at the end of 14 December 2018." in page.css_first("main p").text()


def test_each_row_leads_to_its_case(some: None) -> None:
    page = page_at(f"/cases/?{QUARTER}&figure=upheld")
    links = [str(link.attributes["href"]) for link in page.css("main tbody th a")]
    assert links == [f"/cases/{case_of('T-1').id}/"]


@pytest.mark.parametrize(
    ("query", "title", "references"),
    [
        ("figure=received&stage=stage-1", "Received, Q3 2018/19: 4", ["T-4", "T-3", "T-2", "T-1"]),
        ("figure=in_time", "In time, Q3 2018/19: 1", ["T-1"]),
        ("figure=late", "Answered late, Q3 2018/19: 1", ["T-2"]),
        ("figure=received&team=south-team", "Received, Q3 2018/19: 1", ["T-2"]),
        ("figure=received&theme=rudeness", "Received, Q3 2018/19: 2", ["T-4", "T-3"]),
        ("figure=received&service=care&stage=stage-3", "Received, Q3 2018/19: 1", ["T-5"]),
        ("figure=received&channel=email", "Received, Q3 2018/19: 1", ["T-1"]),
        ("figure=upheld&team=south-team", "Upheld, Q3 2018/19: 0", []),
    ],
)
def test_the_list_is_of_what_the_figure_counts(some: None, query: str, title: str, references: list[str]) -> None:
    page = page_at(f"/cases/?{QUARTER}&{query}")
    assert heading(page) == title
    assert column(page) == references


def test_what_was_open_at_the_end_of_a_quarter_is_shown_as_it_was_then(some: None) -> None:
    page = page_at(f"/cases/?{QUARTER}&figure=open_at_end&sort=received&as_at=2019-06-30")
    assert heading(page) == "Open at the end, Q3 2018/19: 2"
    assert column(page) == ["T-3", "T-5"]
    assert "As it was at the end of 31 December 2018." in page.css_first("main p").text()


def test_without_a_quarter_it_is_everything_received(some: None) -> None:
    page = page_at("/cases/")
    assert heading(page) == "All cases: 6"
    assert column(page) == ["T-2", "T-5", "T-4", "T-3", "T-2", "T-1"]
    assert heading(page_at("/cases/?as_at=2018-12-31")) == "All cases: 5"
    assert heading(page_at("/cases/?team=south-team&theme=delay")) == "All cases: 2"
    assert heading(page_at("/cases/?theme=rudeness&stage=stage-1")) == "All cases: 2"


@pytest.mark.parametrize(
    ("sort", "references"),
    [
        ("reference", ["T-1", "T-2", "T-2", "T-3", "T-4", "T-5"]),
        ("-reference", ["T-5", "T-4", "T-3", "T-2", "T-2", "T-1"]),
        ("stage", ["T-1", "T-2", "T-3", "T-4", "T-2", "T-5"]),
        ("answered", ["T-1", "T-2", "T-2", "T-3", "T-4", "T-5"]),
        ("-answered", ["T-2", "T-1", "T-2", "T-3", "T-4", "T-5"]),
        ("due", ["T-1", "T-2", "T-3", "T-4", "T-5", "T-2"]),
    ],
)
def test_it_can_be_sorted_with_what_is_missing_last(some: None, sort: str, references: list[str]) -> None:
    assert column(page_at(f"/cases/?sort={sort}")) == references


def test_headings_sort_and_turn_round_and_say_so(some: None) -> None:
    page = page_at(f"/cases/?{QUARTER}&figure=received&team=south-team&sort=received")
    heads = {head.css_first("a").text().partition(",")[0]: head for head in page.css("main thead th") if head.css("a")}
    assert list(heads) == ["Reference", "Stage", "Received", "Limit", "Answered"]
    assert [head.attributes["aria-sort"] for head in heads.values()] == ["none", "none", "ascending", "none", "none"]
    hrefs = {name: str(head.css_first("a").attributes["href"]) for name, head in heads.items()}
    assert hrefs["Received"] == f"/cases/?{QUARTER}&team=south-team"  # newest first is how a list is sorted unasked
    assert hrefs["Limit"] == f"/cases/?{QUARTER}&team=south-team&sort=due"
    assert heading(page_at(hrefs["Limit"])) == "Received, Q3 2018/19: 1"


def test_what_was_chosen_stands_in_the_filters_and_can_be_cleared(some: None) -> None:
    page = page_at(f"/cases/?{QUARTER}&figure=in_time&stage=stage-1&channel=email&as_at=2019-03-12&sort=due")
    assert chosen(page) == {
        "quarter": "Q3 2018/19",
        "figure": "In time",
        "stage": "Stage 1",
        "service": "All services",
        "team": "All teams",
        "theme": "All themes",
    }
    hidden = {str(n.attributes["name"]): n.attributes.get("value") for n in page.css("main form input[type=hidden]")}
    assert {name: value for name, value in hidden.items() if value} == {
        "as_at": "2019-03-12",
        "sort": "due",
        "channel": "email",
    }
    assert page.css_first(".govuk-caption-l").text() == "Stage 1, Email"
    assert [a.attributes["href"] for a in page.css("main form a")] == ["/cases/"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("figure=upheld", "Choose a quarter: only what was received can be listed over all quarters."),
        (f"{QUARTER}&figure=colour", "Counted as: there is no “colour” here. Choose one from the list."),
        (f"{QUARTER}&figure=in_time_rate", "Counted as: there is no “in_time_rate” here. Choose one from the list."),
        ("quarter=2018-19-q5", "Quarter: there is no “2018-19-q5” here. Choose one from the list."),
        ("quarter=1999-00-q1", "Quarter: there is no “1999-00-q1” here. Choose one from the list."),
        ("team=nowhere", "Team: there is no “nowhere” here. Choose one from the list."),
        ("channel=pigeon", "How it came: there is no “pigeon” here. Choose one from the list."),
        ("as_at=yesterday", "The day of the figures must be written as 2018-12-31."),
        ("sort=colour", "The list cannot be sorted by “colour”."),
    ],
)
def test_a_choice_that_there_is_not_is_refused_in_words(some: None, query: str, message: str) -> None:
    page = page_at(f"/cases/?{query}", 400)
    assert [error.text(strip=True) for error in page.css(".govuk-error-summary__list li")] == [message]
    assert page.css("main table") == []
    assert page.css_first("title").text().startswith("Error: ")


def test_a_long_list_comes_in_pages(some: None) -> None:
    record(*(row(reference=f"M-{number:03}", received="2019-04-03") for number in range(103)))
    client, references, address = client_as(), [], "/cases/?quarter=2019-20-q1&sort=reference"
    while address:
        page = page_at(address, client=client)
        assert heading(page) == "Received, Q1 2019/20: 103"
        references += column(page)
        following = page.css_first("a[rel=next]")
        address = str(following.attributes["href"]) if following else ""
    assert references == [f"M-{number:03}" for number in range(103)]
    assert column(page_at("/cases/?quarter=2019-20-q1&sort=reference&page=99", client=client)) == references[100:]
    assert len(column(page_at("/cases/?quarter=2019-20-q1&page=none", client=client))) == 50


def test_an_empty_record_has_an_empty_list() -> None:
    page = page_at("/cases/")
    assert heading(page) == "All cases: 0"
    assert page.css_first(".govuk-inset-text").text() == "No case fits what is chosen."


@pytest.mark.parametrize("address", ["/cases/?quarter=2018-19-q3&figure=received", "/cases/"])
def test_the_number_of_queries_does_not_grow_with_the_list(address: str) -> None:
    first, again = set(), set()
    recorded = 0
    for size in (1, 3, 100):
        record(*(row(reference=f"T-{number}") for number in range(recorded, size)))
        recorded = size
        client = client_as()
        for counts in (first, again):
            with CaptureQueriesContext(connection) as queries:
                page_at(address, client=client)
            counts.add(len(queries))
    # What is counted once for a state of the facts is not counted again.
    (counting,), (kept,) = first, again
    assert kept < counting <= 14


def test_it_names_nobody() -> None:
    record(row(child_name="Example Child", complainant_name="Example Parent"))
    client = client_as()
    assert b"Example Child" not in client.get("/cases/").content
    assert b"Example Parent" not in client.get("/cases/").content


MAY = {Role.COMPLAINTS_MANAGER, Role.COMPLAINTS_OFFICER}


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.NAMED_DEPUTY])
def test_only_the_complaints_team_sees_cases(some: None, role: Role) -> None:
    client = client_as(role)
    case = f"/cases/{case_of('T-1').id}/"
    expected = 200 if role in MAY else 403
    assert [client.get(path).status_code for path in ("/cases/", f"/cases/?{QUARTER}", case)] == [expected] * 3
    shown = client.get("/start/").content
    assert (b'href="/cases/"' in shown) == (role in MAY)


def test_strangers_are_sent_to_sign_in(some: None) -> None:
    for path in ("/cases/", f"/cases/{case_of('T-1').id}/"):
        response: Any = Client().get(path)
        assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={path}")


@pytest.mark.parametrize(
    ("sort", "index"),
    [
        ("", "stage_fact_received"),
        ("received", "stage_fact_received"),
        ("answered", "stage_fact_answered"),
        ("-answered", "stage_fact_answered_last"),
        ("due", "stage_fact_limit"),
        ("-due", "stage_fact_limit_last"),
        ("reference", "cases_case_reference_key"),
        ("-reference", "cases_case_reference_key"),
    ],
)
def test_a_list_is_sorted_by_an_index(some: None, sort: str, index: str) -> None:
    """Otherwise its time grows with the record: every row is sorted to show the first fifty."""
    with CaptureQueriesContext(connection) as queries:
        page_at(f"/cases/?sort={sort}" if sort else "/cases/")
    (rows,) = (query["sql"] for query in queries if "JOIN cases_case" in query["sql"])
    with connection.cursor() as cursor:
        # As for a record of many cases, of which the few here give no idea.
        for way in ("sort", "seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (COSTS OFF) {rows}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Incremental Sort" in plan
    assert f"using {index}" in plan
