"""The dashboard as a page: its choice stands in the address and survives every link; it says what it cannot show."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from tests.factories.cases import record
from tests.factories.registers import row
from tests.integration.reporting.pages import links, read, signed_in
from tests.support.example_record import TODAY, ExampleDatabase
from upheld.narrative.groups import TEAMS_ID
from upheld.reporting.stages import QUARTERS_ID

CHOICE = {"quarter": "2018-19-q3", "service": ""}


@pytest.fixture
def service(example_record: ExampleDatabase) -> str:
    from upheld.organisation.queries import present_services

    return present_services()[0].code


def query(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def test_the_quarters_before_and_after_keep_the_service(service: str) -> None:
    page = read(signed_in(), f"/?quarter=2018-19-q3&service={service}")
    found = [query(str(link.attributes["href"])) for link in page.css(".app-quarters a")]
    assert found == [{"quarter": "2018-19-q2", "service": service}, {"quarter": "2018-19-q4", "service": service}]


def test_every_list_keeps_the_service_and_leads_back_to_the_choice(service: str) -> None:
    client = signed_in()
    chosen = {"quarter": "2018-19-q3", "service": service}
    page = read(client, f"/?quarter=2018-19-q3&service={service}")
    lists = {str(link.attributes["href"]) for link in page.css("main a[href^='/cases/']")}
    assert len(lists) > 20
    assert {query(address)["service"] for address in lists} == {service}
    elsewhere = {address for address in lists if query(address)["quarter"] != "2018-19-q3"}
    assert elsewhere
    for address in (*list(elsewhere)[:3], *list(lists - elsewhere)[:3]):
        (back,) = links(read(client, address), "Back to the dashboard")
        assert query(back) == chosen, address


def test_a_list_that_was_sorted_or_leafed_through_still_leads_back(service: str) -> None:
    client = signed_in()
    page = read(client, f"/?quarter=2018-19-q3&service={service}")
    lists = [str(link.attributes["href"]) for link in page.css("main a[href^='/cases/']")]
    address = next(address for address in lists if query(address)["quarter"] == "2018-19-q2")
    turned = next(a for a in links(read(client, address), "Reference"))
    (back,) = links(read(client, turned), "Back to the dashboard")
    assert query(back) == {"quarter": "2018-19-q3", "service": service}


def test_the_report_leads_back_to_the_choice(service: str) -> None:
    client = signed_in()
    (report,) = links(read(client, f"/?quarter=2018-19-q3&service={service}"), "Read the report")
    assert report == f"/reports/2018-19-q3/?service={service}"
    back = links(read(client, report), "Dashboard")
    assert f"/?quarter=2018-19-q3&service={service}" in back


def test_a_made_up_service_is_not_carried_on(example_record: ExampleDatabase) -> None:
    page = read(signed_in(), "/reports/2018-19-q3/?service=%22%3E%3Cscript%3E")
    assert "/?quarter=2018-19-q3" in links(page, "Dashboard")
    assert "script>" not in " ".join(links(page, ""))


def test_the_choice_stands_in_the_fields(service: str) -> None:
    page = read(signed_in(), f"/?quarter=2018-19-q3&service={service}")
    chosen = {
        str(select.attributes["name"]): str(select.css_first("option[selected]").attributes["value"])
        for select in page.css("main select")
    }
    assert chosen == {"quarter": "2018-19-q3", "service": service, "structure": ""}
    form = page.css_first("main form")
    assert (form.attributes["method"], form.attributes["action"]) == ("get", "/")


def test_a_finished_quarter_says_until_when_it_was_followed(example_record: ExampleDatabase) -> None:
    page = read(signed_in(), "/?quarter=2018-19-q3")
    assert page.css_first("h1").text() == "Complaints in Q3 2018/19"
    text = page.css_first("main").text()
    assert "October to December 2018. What has become of them is counted up to the end of 20 November 2026." in text
    assert "Counted from the record as at the end of 20 November 2026." in text


def test_an_unfinished_quarter_says_so(example_record: ExampleDatabase) -> None:
    page = read(signed_in(), "/")
    assert page.css_first("h1").text() == "Complaints in Q3 2026/27 so far"
    text = page.css_first("main").text()
    assert (
        "1 October 2026 to 20 November 2026. The quarter ends on 31 December 2026, so its numbers will change." in text
    )
    assert "in the whole of Q2\N{NO-BREAK SPACE}2026/27" in text
    assert [n.text() for n in page.css(f"#{QUARTERS_ID} tbody th")][-1] == "Q3 2026/27 so\N{NO-BREAK SPACE}far"
    assert "Q3 2026/27 (so far)" in [option.text() for option in page.css("option")]


def test_cases_open_for_very_long_are_pointed_out(example_record: ExampleDatabase) -> None:
    client = signed_in()
    page = read(client, "/?quarter=2018-19-q3")
    alert = page.css_first(".moj-alert")
    (address,) = [str(link.attributes["href"]) for link in alert.css("a")]
    assert query(address) == {
        "figure": "long_open_at_end", "quarter": "2026-27-q3", "as_at": TODAY.isoformat(), "came_from": "2018-19-q3",
    }  # fmt: skip
    assert "open for more than two years" in alert.text()
    assert read(client, address).css_first("h1").text() == f"Open for more than two years, Q3 2026/27: {_first(alert)}"


def _first(alert: object) -> str:
    return alert.css_first("data").text()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("quarter=2099-00-q1", "There is no quarter “2099-00-q1” here."),
        ("quarter=soon", "There is no quarter “soon” here."),
        ("service=nowhere", "There is no service “nowhere” here."),
    ],
)
def test_a_choice_that_there_is_not_is_said_and_no_number_shown(
    asked: str, message: str, example_record: ExampleDatabase
) -> None:
    page = read(signed_in(), f"/?{asked}", status=400)
    assert message in page.css_first(".govuk-error-summary").text()
    assert page.css_first("title").text().startswith("Error: ")
    assert page.css("data[data-figure]") == []


def test_parameters_that_are_not_ours_change_nothing(example_record: ExampleDatabase) -> None:
    page = read(signed_in(), "/?quarter=2018-19-q3&utm_source=x&page=7")
    assert page.css_first("h1").text() == "Complaints in Q3 2018/19"


@pytest.mark.django_db
def test_before_anything_is_recorded_the_page_says_how_to_begin() -> None:
    page = read(signed_in(), "/")
    assert "Nothing has been recorded yet, so there are no figures." in page.css_first("main").text()
    assert "upheld register import" in page.css_first("main").text()
    assert "upheld register import" not in read(signed_in("director"), "/").css_first("main").text()
    assert (
        "Nothing has been recorded yet, so there are no reports."
        in read(signed_in(), "/reports/").css_first("main").text()
    )


@pytest.mark.django_db
def test_a_gap_in_the_record_is_said_and_is_not_nought() -> None:
    record(row(reference="A", received="2018-05-01"), row(reference="B", received="2018-11-01"))
    page = read(signed_in(), "/?quarter=2018-19-q2")
    assert "Nothing is recorded for Q2 2018/19. The record has a gap there" in page.css_first("main").text()
    assert page.css_first(".app-tile__value").text(strip=True) == "no data"
    assert links(page, "Read the report") == []


@pytest.mark.django_db
def test_names_of_services_and_teams_are_text_whatever_they_hold() -> None:
    record(row(service="Care <b>&</b> co", team="<script>alert(1)</script>", received="2018-11-01"))
    page = read(signed_in(), "/?quarter=2018-19-q3")
    assert "Care <b>&</b> co" in [option.text() for option in page.css("option")]
    assert "<script>alert(1)</script>" in [head.text() for head in page.css(f"#{TEAMS_ID} tbody th")]
    assert page.css("main script, main b") == []


def test_pages_may_not_be_kept_by_the_browser(example_record: ExampleDatabase) -> None:
    client: Client = signed_in()
    assert client.get("/")["Cache-Control"] == "no-store, private"
