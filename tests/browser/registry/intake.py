"""An import from upload to the end, and each way in which it can stand."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from tests.browser.pages import PageToSee
from tests.factories.foreign import ticket_cases, ticket_export, wide_cases, wide_sheet
from tests.factories.registers import csv_text, row
from upheld.register.example import ExampleRow, make_example

MANAGER = "complaints-manager"
NEW = "/imports/new/"
BEING_READ = ("The file is being read", "The register is being imported")


@cache
def example() -> list[ExampleRow]:
    return list(make_example(date(2018, 3, 1))[:80])


def ready() -> bytes:
    home = {"service": "Children Looked After", "team": "LAC", "themes": "Delay; Rudeness", "child_name": "Example"}
    return csv_text([row(reference=f"EX-{number}", **home) for number in range(3)]).encode()


def faulty() -> bytes:
    cells = [{"received": "31/02/2018"}, {"answered": "2018-09-01"}, {"stage": "Stage 9"}]
    return csv_text([row(reference=f"EX-{n}", **each) for n, each in enumerate(cells)]).encode()


def with_unknown_teams() -> bytes:
    return csv_text([row(reference="EX-1", team="Assesments"), row(reference="EX-2", team="Courts")]).encode()


def uploaded(name: str, content: Callable[[], bytes], *then: Callable[[Any], object]) -> Callable[[Any], None]:
    """Upload a file on the page, wait until it was read, and go on."""

    def prepare(page: Any) -> None:
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content()}
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name="Upload the file").click()
        wait(page)
        for step in then:
            step(page)

    return prepare


def wait(page: Any) -> None:
    """Wait until a job has done its work and the page says something else."""
    page.wait_for_load_state()
    for _ in range(200):
        if page.locator("h1").inner_text() not in BEING_READ:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the page still says “{page.locator('h1').inner_text()}”")


def press(name: str) -> Callable[[Any], None]:
    def pressed(page: Any) -> None:
        page.get_by_role("button", name=name, exact=True).click()
        wait(page)

    return pressed


def correct(page: Any) -> None:
    page.get_by_role("link", name="Put right how columns, dates and words are read").click()
    page.wait_for_load_state()


def forget_a_column(page: Any) -> None:
    page.get_by_label("Team", exact=True).select_option(value="")
    press("Continue")(page)


def ticket() -> bytes:
    return ticket_export(ticket_cases(example()))


def wide() -> bytes:
    return wide_sheet(wide_cases(example()))


ANSWER, GO_ON, AGAIN = press("Answer these"), press("Continue"), press("Read the file again")

PAGES = (
    PageToSee("import-upload", NEW, MANAGER),
    PageToSee("import-upload-errors", NEW, MANAGER, prepare=press("Upload the file")),
    PageToSee("import-unreadable", NEW, MANAGER, prepare=uploaded("r.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(40))),
    PageToSee("import-refused", NEW, MANAGER, prepare=uploaded("faulty.csv", faulty)),
    PageToSee("import-unknown-teams", NEW, MANAGER, prepare=uploaded("teams.csv", with_unknown_teams)),
    PageToSee("import-ready", NEW, MANAGER, prepare=uploaded("ready.csv", ready)),
    PageToSee("import-questions", NEW, MANAGER, prepare=uploaded("export.csv", ticket)),
    PageToSee("import-columns", NEW, MANAGER, prepare=uploaded("export.csv", ticket, ANSWER)),
    PageToSee("import-columns-of-stages", NEW, MANAGER, prepare=uploaded("log.xlsx", wide, ANSWER)),
    PageToSee("import-columns-errors", NEW, MANAGER, prepare=uploaded("ready.csv", ready, correct, forget_a_column)),
    PageToSee("import-words", NEW, MANAGER, prepare=uploaded("export.csv", ticket, ANSWER, GO_ON)),
    PageToSee("import-words-errors", NEW, MANAGER, prepare=uploaded("export.csv", ticket, ANSWER, GO_ON, AGAIN)),
    PageToSee("import-given-up", NEW, MANAGER, prepare=uploaded("ready.csv", ready, press("Give this file up"))),
    PageToSee("import-layout-add", "/imports/layouts/add/", MANAGER),
    PageToSee("import-layout-errors", "/imports/layouts/add/", MANAGER, prepare=press("Save the layout")),
    PageToSee("imports", "/imports/", MANAGER),
    PageToSee("imports-not-allowed", "/imports/", "director", status=403),
)
