"""A register uploaded in the browser: read, tried, decided, imported; whole or not at all, and forgotten afterwards."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.factories.accounts import make_user
from tests.factories.bad_registers import BAD
from tests.factories.environments import changed_environment
from tests.factories.registers import csv_text, row
from tests.factories.workbooks import xlsx_bytes, zip_bytes
from tests.integration.intake.uploads import NEW, heading, imported, page_of, post, read, upload, uploaded, words
from tests.integration.reporting.pages import signed_in
from tests.support.record import check_chains, check_facts, everything
from upheld.accounts.enums import Role
from upheld.cases.models import Case, RegisterImport
from upheld.intake.actions import forget_undecided
from upheld.intake.enums import State
from upheld.intake.models import Upload, UploadProgress
from upheld.intake.tasks import import_register, read_register

pytestmark = pytest.mark.django_db(transaction=True)

LARGE = ("a million blank rows", "a row below a million blank ones", "a zip bomb")


def test_a_register_is_uploaded_looked_over_and_imported() -> None:
    client = signed_in()
    before = everything()
    one = uploaded(client, row(child_name="Example Child"), row(reference="T-2", themes="Rudeness"))
    assert everything() == before, "nothing is recorded before somebody has confirmed"
    page = page_of(client, one)
    assert heading(page) == "Look this over, then import it"
    assert "New 2 rows, in 2 new cases" in words(page)
    assert "New themes: Delay; Rudeness." in words(page)
    one = imported(client, one)
    assert one.state == State.IMPORTED
    assert [case.reference for case in Case.objects.order_by("reference")] == ["T-1", "T-2"]
    assert (check_chains(), check_facts()) == (6, 2)
    (done,) = RegisterImport.objects.all()
    assert (done.id, done.file_name, done.recorded_by) == (one.register_import_id, "register.csv", one.decided_by)
    page = page_of(client, one)
    assert heading(page) == "The register is imported"
    assert "2 rows, in 2 new cases" in words(page)
    listed = client.get("/imports/").content.decode()
    assert "register.csv" in listed
    assert "To be decided" not in listed


def test_the_file_and_what_was_found_in_it_are_sealed_and_then_gone() -> None:
    client = signed_in()
    one = uploaded(client, row(child_name="Example Child", received="2999-01-01"))
    for sealed in (one.content, one.findings, one.refused):
        assert sealed is not None
        assert b"T-1" not in bytes(sealed)
        assert b"2999" not in bytes(sealed)
    post(client, one, "withdraw")
    one.refresh_from_db()
    assert (one.state, one.content, one.findings, one.refused) == (State.WITHDRAWN, None, None, None)
    assert not UploadProgress.objects.exists()
    assert heading(page_of(client, one)) == "This file was given up"


def test_the_same_file_twice_changes_nothing_and_says_so() -> None:
    client = signed_in()
    imported(client, uploaded(client, row()))
    before = everything()
    one = uploaded(client, row())
    assert one.state == State.UNCHANGED
    assert one.content is None
    page = page_of(client, one)
    assert heading(page) == "The record has all of this already"
    assert "The record has 1 row of this file already" in words(page)
    assert everything() == before


def test_a_changed_row_is_shown_as_a_correction_before_it_is_one() -> None:
    client = signed_in()
    imported(client, uploaded(client, row(answered="2018-10-09")))
    one = uploaded(client, row(answered="2018-10-10"))
    page = page_of(client, one)
    (cells,) = [[cell.text(strip=True) for cell in line.css("th, td")] for line in page.css("main table tbody tr")]
    assert cells == ["T-1", "Answered (row 2)", "9 October 2018", "10 October 2018"]
    one = imported(client, one)
    assert one.state == State.IMPORTED
    assert "1 case was corrected." in words(page_of(client, one))
    # What the cells said is not kept beside the record.
    assert "corrections" not in one.result


def test_rows_that_the_file_had_and_has_no_more_are_named_and_kept() -> None:
    client = signed_in()
    imported(client, uploaded(client, row(), row(reference="T-2")))
    one = uploaded(client, row(reference="T-2"), row(reference="T-3"))
    text = words(page_of(client, one))
    assert "In the file when it was last imported, and in it no more. The record keeps them (1) T-1, Stage 1" in text
    imported(client, one)
    assert Case.objects.count() == 3


def test_refused_rows_are_listed_and_can_be_had_as_a_workbook() -> None:
    client = signed_in()
    before = everything()
    one = uploaded(client, row(), row(reference="T-2", received="31/02/2018"))
    assert one.state == State.FAULTY
    page = page_of(client, one)
    assert heading(page) == "Rows of this file are refused"
    (cells,) = [[cell.text(strip=True) for cell in line.css("th, td")] for line in page.css("main table tbody tr")]
    assert cells == [
        "3",
        "Received",
        "“31/02/2018” is not a day of the calendar (dates are read as day, month, year).",
    ]
    answer = client.get(f"/imports/{one.id}/refused-rows.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="refused-rows.xlsx"'
    head, line = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert line[head.index("Why “Received” was refused")] == cells[2]
    assert everything() == before


def test_teams_that_the_record_does_not_have_are_asked_about() -> None:
    client = signed_in()
    imported(client, uploaded(client, row()))
    one = uploaded(client, row(reference="T-2", team="Nroth team"), row(reference="T-3", team="Courts"))
    assert one.state == State.NEW_TEAMS
    text = words(page_of(client, one))
    assert "Nroth team – did the file mean “North team”?" in text
    post(client, one, "new-teams")
    one = read(one)
    assert one.state == State.READY
    assert "New teams: Nroth team; Courts." in words(page_of(client, one))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.xlsx", zip_bytes({"photo.png": b"x"}), "r.xlsx is really a zip archive."),
        ("r.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "r.csv"),
        ("r.csv", b"a,b\n1,2\n", "r.csv"),
        ("r.xlsx", xlsx_bytes([]), "r.xlsx has no row of headings"),
    ],
)
def test_what_is_no_register_is_refused_in_words(name: str, content: bytes, said: str) -> None:
    client = signed_in()
    before = everything()
    one = read(upload(client, content, name))
    assert one.state == State.UNREADABLE
    page = page_of(client, one)
    assert heading(page) == "This file cannot be read as a register"
    assert said in words(page)
    # The page has ways of its own, and does not send people to the command line.
    assert "upheld register" not in words(page)
    assert everything() == before


@pytest.mark.parametrize("large", [False, pytest.param(True, marks=pytest.mark.long)], ids=["small", "large"])
def test_no_bad_register_gets_into_the_record(*, large: bool) -> None:
    client = signed_in()
    before = everything()
    for case, (name, make, said) in BAD.items():
        if (case in LARGE) is not large or case == "an empty file":  # which is not even taken in, as tested below
            continue
        content = make()
        one = read(upload(client, content, name))
        assert one.state in (State.UNREADABLE, State.FAULTY, State.QUESTIONS), case
        text = words(page_of(client, one))
        # The command names the row and the column in one line, the page in two cells.
        sentence = said.partition(": ")[2] if said.startswith("row ") else said
        assert one.state == State.QUESTIONS or " ".join(sentence.split()) in text, case
    assert everything() == before


def test_a_file_that_is_too_large_or_missing_or_empty_is_not_taken_in(settings: Any) -> None:
    client = signed_in()
    settings.ENVIRONMENT = changed_environment(upload_megabytes=1)
    answer = client.post(NEW, {"file": BytesIO(bytes(1024 * 1024 + 1))})
    assert "The file is larger than 1 MB. Split it by year, or remove pictures from it" in answer.content.decode()
    assert "Choose a file" in client.post(NEW, {}).content.decode()
    empty = BytesIO(b"")
    empty.name = "r.csv"
    assert "The file is empty. Choose one that has a table in it" in client.post(NEW, {"file": empty}).content.decode()
    assert not Upload.objects.exists()


def test_a_job_done_twice_imports_once() -> None:
    client = signed_in()
    one = imported(client, uploaded(client, row()))
    before = everything()
    import_register(str(one.id))
    read_register(str(one.id))
    one.refresh_from_db()
    assert one.state == State.IMPORTED
    assert everything() == before


def test_a_record_that_has_moved_on_is_tried_anew_instead_of_imported() -> None:
    client = signed_in()
    first, second = uploaded(client, row(child_name="Example One")), uploaded(client, row(child_name="Example Two"))
    assert (first.state, second.state) == (State.READY, State.READY)
    imported(client, first)
    before = everything()
    second = imported(client, second)
    assert second.state == State.READING
    assert everything() == before
    assert read(second).state == State.FAULTY
    text = words(page_of(client, second))
    assert "The record has another name here, and a file does not rename anybody." in text
    assert "--accept-corrections" not in text
    post(client, second, "corrections")
    assert read(second).state == State.READY
    assert imported(client, second).state == State.IMPORTED


def test_nothing_is_decided_twice() -> None:
    client = signed_in()
    one = uploaded(client, row())
    post(client, one, "confirm")
    assert "This has been decided, or a job is at it." in words(post(client, one, "withdraw"))
    import_register(str(one.id))
    assert "This has been decided" in words(post(client, one, "confirm"))
    assert RegisterImport.objects.count() == 1


def test_what_nobody_decides_is_forgotten_after_a_week() -> None:
    client = signed_in()
    one, decided = uploaded(client, row()), imported(client, uploaded(client, row(reference="T-2")))
    week = timedelta(days=7)
    assert forget_undecided(by=None, at=timezone.now() + week - timedelta(hours=1)) == 0
    assert forget_undecided(by=None, at=timezone.now() + week + timedelta(hours=1)) == 1
    one.refresh_from_db()
    assert (one.state, one.content) == (State.EXPIRED, None)
    decided.refresh_from_db()
    assert decided.state == State.IMPORTED
    assert heading(page_of(client, one)) == "This file was not decided in time"


@pytest.mark.parametrize("role", list(Role))
def test_only_the_complaints_team_imports(role: Role) -> None:
    if role is Role.NAMED_DEPUTY:
        return
    one = uploaded(signed_in(), row())
    allowed = role in (Role.COMPLAINTS_MANAGER, Role.COMPLAINTS_OFFICER)
    client = Client()
    client.force_login(make_user(roles=[role]))
    pages = ["/imports/", NEW, f"/imports/{one.id}/", f"/imports/{one.id}/columns/", "/imports/register.xlsx"]
    assert {client.get(page).status_code for page in pages} == {200 if allowed else 403}
    for action in ("confirm", "withdraw", "new-teams", "corrections", "again", "save-layout", "sheet"):
        if not allowed:
            assert client.post(f"/imports/{one.id}/{action}/").status_code == 403


def test_the_template_is_to_be_had() -> None:
    client = signed_in()
    content = client.get("/imports/register.xlsx").content
    assert "Register" in CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    assert client.get("/imports/register.csv").content.decode("utf-8-sig").startswith("Reference,Stage,Received")


def test_a_register_that_is_being_read_says_how_far_it_is() -> None:
    client = signed_in()
    one = upload(client, csv_text([row()]).encode())
    assert "Waiting for its turn" in words(page_of(client, one))
    UploadProgress.objects.create(upload=one.id, step="Reading the file", done=500, total=1_000, at=timezone.now())
    page = page_of(client, one)
    assert "Reading the file: 500 of 1,000 rows (50%)" in words(page)
    assert page.css_first("progress").attributes["value"] == "50"
    # Where scripts run the page asks for itself until there is something new, and is then loaded whole.
    assert client.get(f"/imports/{one.id}/", headers={"HX-Request": "true"}).status_code == 200
    read(one)
    assert client.get(f"/imports/{one.id}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
