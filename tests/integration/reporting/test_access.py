"""Who sees figures, reads reports and takes them away: every role, written out."""

import pytest
from django.test import Client

from tests.integration.reporting.pages import read, signed_in
from tests.support.example_record import ExampleDatabase
from upheld.accounts.enums import Role

REPORT = "/reports/2018-19-q3/"
DOWNLOAD = f"{REPORT}download/html"
EVERYTHING = (True, True, True)
READING = (False, True, True)
NOTHING = (False, False, False)

# Role: sees figures on the start page, reads reports, downloads them.
ROLES: dict[Role, tuple[bool, bool, bool]] = {
    Role.COMPLAINTS_MANAGER: EVERYTHING,
    Role.COMPLAINTS_OFFICER: EVERYTHING,
    Role.SERVICE_MANAGER: EVERYTHING,
    Role.TEAM_MANAGER: EVERYTHING,
    Role.DEPARTMENTAL_COMPLAINTS_OFFICER: EVERYTHING,
    Role.DIRECTOR: EVERYTHING,
    Role.CABINET_MEMBER: EVERYTHING,
    Role.SENIOR_LEADER: EVERYTHING,
    Role.ANALYST: EVERYTHING,
    Role.INFORMATION_GOVERNANCE_OFFICER: READING,
    Role.ADJUDICATING_OFFICER: NOTHING,
    Role.INVESTIGATING_OFFICER: NOTHING,
    Role.INDEPENDENT_PERSON: NOTHING,
    Role.PANEL_CLERK: NOTHING,
    Role.PANEL_MEMBER: NOTHING,
    Role.ADVOCATE: NOTHING,
    Role.SYSTEM_ADMINISTRATOR: NOTHING,
}


def test_every_role_is_in_the_table() -> None:
    # A named deputy may do what the person may whose place they take.
    assert {*ROLES, Role.NAMED_DEPUTY} == set(Role)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sees_what_it_may(role: Role, example_record: ExampleDatabase) -> None:
    client = signed_in(role)
    start = read(client, "/?quarter=2018-19-q3")
    figures, reads, downloads = ROLES[role]
    assert bool(start.css("data[data-figure]")) is figures
    assert [client.get(address).status_code for address in ("/reports/", REPORT)] == [200 if reads else 403] * 2
    assert client.get(DOWNLOAD).status_code == (200 if downloads else 403)
    places = [str(link.attributes["href"]) for link in start.css(".govuk-service-navigation__item a")]
    assert ("/" in places, "/reports/" in places) == (figures, reads)


def test_whoever_may_not_see_figures_gets_the_start_page(example_record: ExampleDatabase) -> None:
    page = read(signed_in(Role.SYSTEM_ADMINISTRATOR), "/?quarter=2018-19-q3")
    assert page.css_first("h1").text() == "Start"


def test_whoever_has_no_role_sees_no_figure(example_record: ExampleDatabase) -> None:
    client = signed_in("")
    assert read(client, "/").css("data[data-figure]") == []
    assert client.get(REPORT).status_code == 403


@pytest.mark.parametrize("address", ["/", "/reports/", REPORT, DOWNLOAD])
def test_a_stranger_is_sent_to_sign_in(address: str) -> None:
    response = Client().get(address)
    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={address}")


def test_the_style_of_reports_is_for_everybody() -> None:
    response = Client().get("/reports/report.css")
    assert (response.status_code, response["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert Client().get("/reports/report.css", headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/", "/reports/", REPORT, DOWNLOAD])
def test_pages_are_read_and_never_sent_to(address: str, example_record: ExampleDatabase) -> None:
    assert signed_in().post(address).status_code == 405
