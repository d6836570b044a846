"""A complaints manager and a director read the quarter: from the dashboard to cases and back, the report, its files."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pikepdf
import pytest

from tests.support.example_record import ExampleDatabase
from tests.support.site import Site

PASSWORD = "plainly synthetic words"
SERVICE = "Children Looked After"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture(scope="module")
def people(_example_database: ExampleDatabase, django_db_blocker: Any, _database: Any) -> dict[str, str]:
    """Somebody of each role, as the site knows them: role to e-mail address."""
    from tests.factories.accounts import make_user

    with django_db_blocker.unblock():
        _example_database.point_django_at(_example_database.name)
        try:
            return {
                role: make_user(roles=[role], password=PASSWORD).email for role in ("complaints-manager", "director")
            }
        finally:
            _database.point_django_at(_database.name)


@pytest.fixture
def page(browser: Any, example_record_site: Site, scripts: bool) -> Iterator[Any]:
    context = browser.new_context(
        base_url=example_record_site.url, locale="en-GB", timezone_id="Europe/London", java_script_enabled=scripts
    )
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def sign_in(page: Any, email: str) -> None:
    page.goto("/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


def heading(page: Any) -> str:
    return page.locator("h1").inner_text()


@SCRIPTS
def test_from_a_number_to_its_cases_and_back(page: Any, people: dict[str, str], scripts: bool) -> None:
    sign_in(page, people["complaints-manager"])
    assert heading(page).startswith("Complaints in Q")

    page.get_by_label("Quarter", exact=True).select_option("2018-19-q3")
    page.get_by_label("Service", exact=True).select_option(label=SERVICE)
    page.get_by_role("button", name="Show").click()
    assert heading(page) == "Complaints in Q3 2018/19"
    assert page.locator(".govuk-caption-l").inner_text() == SERVICE
    (chosen,) = parse_qs(urlsplit(page.url).query)["service"]

    number = page.locator(".app-tile__value a data").first
    received = int(number.inner_text())
    assert received > 0
    number.click()
    assert heading(page) == f"Received, Q3 2018/19: {received}"
    assert page.locator("main table tbody tr").count() == received

    page.get_by_role("link", name="Back to the dashboard").click()
    assert heading(page) == "Complaints in Q3 2018/19"
    assert page.get_by_label("Service", exact=True).input_value() == chosen

    page.locator(".app-quarters a[rel=prev]").click()
    assert heading(page) == "Complaints in Q2 2018/19"
    assert page.get_by_label("Service", exact=True).input_value() == chosen


@SCRIPTS
def test_the_numbers_of_the_chart_are_unfolded(page: Any, people: dict[str, str], scripts: bool) -> None:
    sign_in(page, people["director"])
    page.goto("/?quarter=2018-19-q3")
    table = page.locator("figure table")
    assert not table.is_visible()
    page.get_by_text("Show the numbers as a table").click()
    assert table.is_visible()
    assert table.locator("tbody tr").last.inner_text().split() == ["Q3", "2018/19", "51", "23", "7"]


@SCRIPTS
def test_a_director_reads_the_report_and_takes_it_away(
    page: Any, people: dict[str, str], scripts: bool, tmp_path: Path
) -> None:
    sign_in(page, people["director"])
    page.goto("/?quarter=2018-19-q3")
    assert page.locator("main a[href^='/cases/']").count() == 0
    page.get_by_role("button", name="Read the report").click()
    assert heading(page) == "Children’s social care complaints, Q3 2018/19"
    page.get_by_role("link", name="Complaints by service team").click()
    assert page.url.endswith("#teams")

    with page.expect_download() as started:
        page.get_by_role("link", name="PDF").click()
    file = started.value
    assert file.suggested_filename == "upheld-quarterly-report-q3-2018-19.pdf"
    file.save_as(tmp_path / "report.pdf")
    with pikepdf.open(io.BytesIO((tmp_path / "report.pdf").read_bytes())) as pdf:
        assert len(pdf.pages) > 3

    page.locator(".govuk-breadcrumbs").get_by_role("link", name="Dashboard").click()
    assert heading(page) == "Complaints in Q3 2018/19"


@SCRIPTS
def test_the_page_is_printed_with_its_numbers_and_without_its_controls(
    page: Any, people: dict[str, str], scripts: bool, tmp_path: Path
) -> None:
    import pdfplumber

    sign_in(page, people["director"])
    page.goto("/?quarter=2018-19-q3")
    page.pdf(path=tmp_path / "dashboard.pdf", format="A4")
    with pdfplumber.open(tmp_path / "dashboard.pdf") as pdf:
        words = " ".join(sheet.extract_text() for sheet in pdf.pages)
    assert "Complaints in Q3 2018/19" in words
    assert "Q2 2017/18 26 16 6" in words  # the chart's table, which is folded on the screen
    assert "All services Adoption" not in words
    assert "Sign out" not in words
