"""Other systems' layouts in the browser: what is open is asked in a form, kept under a name, and used the next time."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.factories.foreign import TICKET_MAPPING, ticket_cases, ticket_export, wide_cases, wide_sheet
from tests.factories.registers import csv_text, row
from tests.factories.workbooks import xlsx_bytes
from tests.integration.intake.uploads import heading, imported, page_of, post, read, upload, uploaded, words
from tests.integration.reporting.pages import signed_in
from tests.support.record import check_facts
from upheld.cases.models import Case
from upheld.intake.enums import State
from upheld.intake.models import SavedMapping, Upload
from upheld.register.example import make_example
from upheld.register.mapping import mapping_of
from upheld.register.opening import open_register

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2018, 6, 1)
ROWS = make_example(TODAY)[:150]


def filled(page: LexborHTMLParser) -> dict[str, str]:
    """What the form of a page sends where nobody changes anything."""
    sent = {}
    for field in page.css("main form select, main form input"):
        name, value = field.attributes.get("name"), field.attributes.get("value") or ""
        if field.tag == "select":
            chosen = field.css_first("option[selected]") or field.css_first("option")
            sent[str(name)] = str(chosen.attributes["value"] or "")
        elif field.attributes.get("type") == "text" or "checked" in field.attributes:
            sent[str(name)] = value
    return sent


def field_named(page: LexborHTMLParser, label: str) -> str:
    """The name of the field with this label."""
    (found,) = [each for each in page.css("main form label") if each.text(strip=True) == label]
    return str(page.css_first(f"#{found.attributes['for']}").attributes["name"])


def answer(client: Client, one: Upload, columns: dict[str, str], meanings: dict[str, str]) -> Upload:
    """Fill in both pages of the form: as they stand, but for these columns and words, and read the file again."""
    page = page_of(client, one, "columns/")
    sent = filled(page) | {field_named(page, label): value for label, value in columns.items()}
    answered = client.post(f"/imports/{one.id}/columns/", sent, follow=True)
    page = LexborHTMLParser(answered.content)
    if heading(page) == "What the words mean":
        sent = filled(page) | {field_named(page, label): value for label, value in meanings.items()}
        sent |= {each.attributes["name"]: "last" for each in page.css("input[value=last]")}  # type: ignore[misc]
        answered = client.post(f"/imports/{one.id}/words/", sent, follow=True)
        page = LexborHTMLParser(answered.content)
    assert heading(page) == "The file is being read", words(page)
    return read(one)


def test_an_export_of_another_system_comes_in_with_answers_and_the_next_without() -> None:
    client = signed_in()
    content = ticket_export(ticket_cases(ROWS))
    one = read(upload(client, content, "export.csv"))
    assert one.state == State.QUESTIONS
    page = page_of(client, one)
    assert heading(page) == "Some things are yours to say"
    assert "What does “Highways Stage 1” mean in Stage" in words(page)
    assert "A. Person" not in words(page_of(client, one, "columns/")), "nobody's name is shown by the way"
    one = answer(
        client,
        one,
        {"Complex Until Decided": "extension_decided", "Date Closed": "answered"},
        {
            "Service, for every row": "Children's social care",
            "“Highways Stage 1”": "leave out",
            "“Self service”": "Web form",
            "“Walk in”": "In person",
        },
    )
    assert one.state == State.READY, words(page_of(client, one))
    assert "Save this layout" in words(page_of(client, one))
    post(client, one, "save-layout", name="Case system")
    # The layout that was put together by hand reads the same cases as the one written by hand.
    theirs = open_register(content, "export.csv", today=TODAY, mapping=mapping_of(one.mapping, "form")).register
    ours = open_register(content, "export.csv", today=TODAY, mapping=mapping_of(TICKET_MAPPING, "file")).register
    assert theirs.cases == ours.cases
    assert mapping_of(client.get(f"/imports/{one.id}/layout.toml").content.decode(), "m") == mapping_of(
        one.mapping, "m"
    )
    imported(client, one)
    assert Case.objects.count() == len(ours.cases)
    check_facts()
    saved = SavedMapping.objects.get(name="Case system")
    assert client.get(f"/imports/layouts/{saved.pk}/layout.toml").content.decode() == saved.toml
    again = read(upload(client, content, "export.csv", layout=saved.pk))
    assert again.state == State.UNCHANGED
    client.post(f"/imports/layouts/{saved.pk}/remove/")
    assert not SavedMapping.objects.exists()


def test_a_sheet_with_columns_for_each_stage_comes_in_once_its_likely_columns_are_confirmed() -> None:
    client = signed_in()
    cases = wide_cases(ROWS)
    one = read(upload(client, wide_sheet(cases), "log.xlsx"))
    assert one.state == State.QUESTIONS
    one = answer(client, one, {}, {})
    assert one.state == State.READY, words(page_of(client, one))
    one = imported(client, one)
    assert Case.objects.count() == len(cases)
    assert one.result["rows"] == sum(len(case) for case in cases)


def test_what_every_row_needs_must_be_said() -> None:
    client = signed_in()
    one = uploaded(client, row())
    page = page_of(client, one, "columns/")
    sent = filled(page) | {field_named(page, "Team"): "", field_named(page, "Received"): ""}
    answered = LexborHTMLParser(client.post(f"/imports/{one.id}/columns/", sent).content)
    assert [each.text(strip=True) for each in answered.css(".govuk-error-summary__list li")] == [
        "Say which column is Team: every row needs it",
        "Say which column is Received: every row needs it",
    ]
    # The other way of writing stages shows its own columns.
    sent = {**sent, "layout": "columns", "redraw": "1"}
    drawn = LexborHTMLParser(client.post(f"/imports/{one.id}/columns/", sent).content)
    assert "Stage 2: Received" in drawn.css_first("select").text()
    assert not drawn.css(".govuk-error-summary")


def test_words_that_nobody_knows_are_asked_about() -> None:
    client = signed_in()
    one = uploaded(client, row(answered="2018-10-09", outcome="Founded on the whole"))
    assert one.state == State.FAULTY
    page = page_of(client, one, "columns/")
    answered = client.post(f"/imports/{one.id}/columns/", filled(page), follow=True)
    page = LexborHTMLParser(answered.content)
    assert "“Founded on the whole”" in words(page)
    refused = LexborHTMLParser(client.post(f"/imports/{one.id}/words/", filled(page)).content)
    assert "Choose what “Founded on the whole” means" in words(refused)
    sent = {**filled(page), field_named(page, "“Founded on the whole”"): "Upheld"}
    client.post(f"/imports/{one.id}/words/", sent)
    assert read(one).state == State.READY


def test_another_sheet_of_a_workbook_can_be_chosen() -> None:
    client = signed_in()
    head, first, second = csv_text([row(), row(reference="T-2")]).splitlines()
    this, last = [[head.split(","), each.split(",")] for each in (first, second)]
    this[0][0] = last[0][0] = "Our ref"  # not the documented layout, so the file must explain itself
    one = read(upload(client, xlsx_bytes(this, sheet="This year", more={"Last year": last}), "both.xlsx"))
    assert one.state == State.QUESTIONS
    assert "Which sheet is the register" in words(page_of(client, one))
    post(client, one, "sheet", sheet="Last year")
    one = read(one)
    assert one.sheet == "Last year"
    if one.state == State.QUESTIONS:
        one = answer(client, one, {}, {})
    assert one.state == State.READY
    imported(client, one)
    assert Case.objects.get().reference == "T-2"
    assert client.post(f"/imports/{one.id}/sheet/", {"sheet": "None such"}).status_code == 404


def test_a_layout_written_as_a_file_is_kept_and_used() -> None:
    client = signed_in()
    add = "/imports/layouts/add/"
    bad = SimpleUploadedFile("bad.toml", b"[columns]\nreference = 'Case ID'\nnowhere = 'x'\n")
    refused = words(LexborHTMLParser(client.post(add, {"name": "Case system", "file": bad}).content))
    assert "bad.toml, columns.nowhere: there is no such column." in refused
    assert "Enter a name for the layout" in words(LexborHTMLParser(client.post(add, {}).content))
    assert not SavedMapping.objects.exists()
    good = SimpleUploadedFile("ticket.toml", TICKET_MAPPING.encode())
    client.post(add, {"name": "Case system", "file": good})
    saved = SavedMapping.objects.get()
    assert (saved.name, saved.toml) == ("Case system", TICKET_MAPPING)
    one = read(upload(client, ticket_export(ticket_cases(ROWS)), "export.csv", layout=saved.pk))
    assert one.state == State.READY
    # What the form does not show is kept when it is used to put something right.
    one = answer(client, one, {"Verbal": ""}, {"Service, for every row": "Children's social care"})
    assert one.state == State.READY, words(page_of(client, one))
    assert mapping_of(one.mapping, "m").only == mapping_of(TICKET_MAPPING, "m").only
