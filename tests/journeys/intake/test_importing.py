"""A complaints manager imports registers in the browser: ours, one with mistakes, one of another system."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.factories.accounts import PASSWORD, make_user
from tests.factories.foreign import ticket_cases, ticket_export
from tests.factories.registers import csv_text, row
from tests.support.database import TestDatabase
from tests.support.jobs import running_worker
from tests.support.site import Site
from upheld.register.example import make_example

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def manager(browser: Any, live_site: Site, database: TestDatabase, scripts: bool) -> Iterator[Any]:
    """The page of a complaints manager who has signed in, on a site with a worker."""
    user = make_user(roles=["complaints-manager"], password=PASSWORD)
    context = browser.new_context(base_url=live_site.url, java_script_enabled=scripts, locale="en-GB")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/imports/")
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()
    with running_worker(database.url):
        yield page
    context.close()


def upload(page: Any, name: str, content: bytes) -> None:
    page.goto("/imports/")
    page.get_by_role("button", name="Import a register").click()
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_role("button", name="Upload the file").click()


def wait_for(page: Any, heading: str, *, scripts: bool) -> None:
    """Wait until an upload's page has this heading: it comes by itself, or by its link where there are no scripts."""
    for _ in range(400):
        if page.locator("h1").inner_text() == heading:
            return
        refresh = page.get_by_role("link", name="Refresh this page")
        if not scripts and refresh.count():
            refresh.click()
        page.wait_for_timeout(200)
    raise AssertionError(f"the page came to “{page.locator('h1').inner_text()}”, not to “{heading}”")


@SCRIPTS
def test_a_register_from_upload_to_the_list_of_imports(manager: Any, scripts: bool) -> None:
    page = manager
    upload(page, "register.csv", csv_text([row(), row(reference="T-2", child_name="Example Child")]).encode())
    wait_for(page, "Look this over, then import it", scripts=scripts)
    assert "2 rows, in 2 new cases" in page.locator("main").inner_text()
    page.get_by_role("button", name="Import this register").click()
    wait_for(page, "The register is imported", scripts=scripts)
    page.get_by_role("link", name="See the cases").click()
    assert page.locator("main").get_by_text("T-2").count() == 1
    page.goto("/imports/")
    assert page.get_by_role("rowheader", name="register.csv").count() == 1
    page.goto("/jobs/")
    assert page.locator("main").get_by_text("Import an uploaded register").count() == 1
    # The same file once more changes nothing, and is not kept.
    upload(page, "register.csv", csv_text([row(), row(reference="T-2", child_name="Example Child")]).encode())
    wait_for(page, "The record has all of this already", scripts=scripts)


@SCRIPTS
def test_mistakes_are_listed_and_to_be_had_as_a_file(manager: Any, scripts: bool) -> None:
    page = manager
    upload(page, "register.csv", csv_text([row(), row(reference="T-2", received="31/02/2018")]).encode())
    wait_for(page, "Rows of this file are refused", scripts=scripts)
    assert "“31/02/2018” is not a day of the calendar" in page.locator("main table").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the refused rows (XLSX)").click()
    assert download.value.suggested_filename == "refused-rows.xlsx"
    page.get_by_role("button", name="Give this file up").click()
    assert page.locator("h1").inner_text() == "This file was given up"


@SCRIPTS
def test_another_systems_export_is_explained_and_imported(manager: Any, scripts: bool) -> None:
    page = manager
    cases = ticket_cases(make_example(date(2018, 3, 1))[:60])
    upload(page, "export.csv", ticket_export(cases))
    wait_for(page, "Some things are yours to say", scripts=scripts)
    page.get_by_role("button", name="Answer these").click()
    page.get_by_label("Date Closed", exact=True).select_option(label="Answered")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Read the file again").click()
    # What is left open is said at the top, with a link to each.
    first = page.locator(".govuk-error-summary__list a").first
    assert first.inner_text() == "Say which service holds for every row"
    page.get_by_label("Service, for every row").fill("Children's social care")
    for group in page.locator("main select").all():
        if group.input_value() == "?":
            group.select_option(index=group.locator("option").count() - 1)  # nothing of ours
    page.get_by_role("button", name="Read the file again").click()
    wait_for(page, "Look this over, then import it", scripts=scripts)
    page.get_by_label("Save this layout for the next file, as").fill("Case system")
    page.get_by_role("button", name="Save this layout").click()
    assert "The layout is saved as “Case system”." in page.locator("main").inner_text()
    page.get_by_role("button", name="Import this register").click()
    wait_for(page, "The register is imported", scripts=scripts)
    page.goto("/imports/new/")
    page.get_by_label("Layout").select_option(label="Case system")
