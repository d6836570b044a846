"""Uploading in tests: files to the page, jobs done in this process, and the pages read back."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.factories.registers import csv_text
from upheld.intake.models import Upload
from upheld.intake.tasks import import_register, read_register

NEW = "/imports/new/"


def upload(client: Client, content: bytes, name: str = "register.csv", **given: Any) -> Upload:
    """Upload a file; the upload is returned, not yet read."""
    answer = client.post(NEW, {"file": SimpleUploadedFile(name, content), **given})
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.get(id=str(answer["Location"]).split("/")[-2])


def uploaded(client: Client, *rows: Mapping[str, str], name: str = "register.csv") -> Upload:
    """Upload a register with these rows and have it read."""
    return read(upload(client, csv_text(rows).encode(), name))


def read(one: Upload) -> Upload:
    """Do what the job does that reads."""
    read_register(str(one.id))
    one.refresh_from_db()
    return one


def imported(client: Client, one: Upload) -> Upload:
    """Confirm and do what the job does that imports."""
    post(client, one, "confirm")
    import_register(str(one.id))
    one.refresh_from_db()
    return one


def post(client: Client, one: Upload, what: str, **data: Any) -> LexborHTMLParser:
    """Send one of the forms of an upload's page, and give the page that follows."""
    answer = client.post(f"/imports/{one.id}/{what}/", data, follow=True)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content)


def page_of(client: Client, one: Upload, what: str = "") -> LexborHTMLParser:
    """A page of an upload."""
    answer = client.get(f"/imports/{one.id}/{what}")
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content)


def words(page: LexborHTMLParser) -> str:
    """What stands in the middle of a page, on one line."""
    return " ".join(page.css_first("main").text(separator=" ").split())


def heading(page: LexborHTMLParser) -> str:
    return page.css_first("h1").text(strip=True)
