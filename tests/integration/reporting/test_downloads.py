"""Reports taken away: each format opens and holds the report's numbers, and each download is written down for good."""

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.integration.reporting.pages import MANAGER, signed_in
from tests.support import extract
from tests.support.example_record import TODAY, ExampleDatabase
from upheld.commands.report import quarterly
from upheld.documents import Format
from upheld.figures.period import Quarter

ADDRESS = "/reports/2018-19-q3/download/{}"
READERS = {
    Format.HTML: extract.from_html, Format.PDF: extract.from_pdf, Format.DOCX: extract.from_word,
    Format.XLSX: extract.from_excel, Format.PPTX: extract.from_powerpoint,
}  # fmt: skip
MEDIA_TYPES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def downloads() -> list[Any]:
    from upheld.reporting.models import ReportDownload

    return list(ReportDownload.objects.order_by("pk"))


@pytest.mark.parametrize("wanted", Format)
def test_a_format_opens_and_holds_every_number_of_the_report(wanted: Format, example_record: ExampleDatabase) -> None:
    from upheld.reporting.queries import Record

    response = signed_in().get(ADDRESS.format(wanted))
    assert (response.status_code, response["Content-Type"]) == (200, MEDIA_TYPES[wanted])
    assert response["Content-Disposition"] == f'attachment; filename="upheld-quarterly-report-q3-2018-19.{wanted}"'
    report = Record().report(Quarter(2018, 3), today=TODAY)
    shown = [(figure, _plain(text)) for figure, text in READERS[wanted](response.content)]
    whole = {(number.id, _plain(number.text)) for number in report.numbers()}
    numbers = report.numbers() if wanted is not Format.PPTX else report.numbers_of_slides()
    stated = [(number.id, _plain(number.text)) for number in numbers]
    assert sorted(shown) == sorted(stated)
    assert {number for number, _ in stated} <= {number for number, _ in whole}  # slides say nothing that is not there
    assert len(shown) > (200 if wanted is not Format.PPTX else 60)


def test_a_download_is_the_file_that_the_command_writes(example_record: ExampleDatabase, tmp_path: Path) -> None:
    typed = ["--quarter", "Q3 2018/19", "--as-at", TODAY.isoformat(), "--out", str(tmp_path)]
    done = CliRunner().invoke(quarterly, typed, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    client = signed_in()
    for wanted in Format:
        written = (tmp_path / f"upheld-quarterly-report-q3-2018-19.{wanted}").read_bytes()
        assert client.get(ADDRESS.format(wanted)).content == written, wanted


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("wanted", Format)
def test_a_download_is_written_down(wanted: Format, example_record: ExampleDatabase) -> None:
    from upheld.cases.models import ReportMade
    from upheld.reporting.queries import Record

    user, before, client = make_user(roles=["analyst"]), len(downloads()), signed_in()
    client.force_login(user)
    began = timezone.now()
    assert client.get(ADDRESS.format(wanted)).status_code == 200
    (note,) = downloads()[before:]
    report = Record().report(Quarter(2018, 3), today=TODAY)
    assert (note.downloaded_by, note.quarter, note.format, note.as_at, note.facts_digest) == (
        user.public_id, "2018-19-q3", wanted.value, TODAY, report.provenance.facts_digest,
    )  # fmt: skip
    assert ReportMade.objects.filter(as_at=TODAY, known_at__gte=began).count() == 1  # disposal keeps it true
    # PostgreSQL gives the time at which the test's own transaction began.
    assert note.downloaded_at <= timezone.now()
    assert abs((note.downloaded_at - began).total_seconds()) < 60


def test_what_was_not_taken_away_is_not_written_down(example_record: ExampleDatabase) -> None:
    before = len(downloads())
    assert signed_in().head(ADDRESS.format("pdf")).status_code == 405
    assert signed_in().get(ADDRESS.format("odt")).status_code == 404
    assert signed_in().get("/reports/2016-17-q1/download/pdf").status_code == 404
    assert signed_in("system-administrator").get(ADDRESS.format("pdf")).status_code == 403
    assert signed_in().get("/reports/2018-19-q3/").status_code == 200
    assert len(downloads()) == before


def test_whoever_may_not_download_cannot_be_written_down_either(example_record: ExampleDatabase) -> None:
    from django.core.exceptions import PermissionDenied

    from upheld.reporting.actions import record_download
    from upheld.reporting.queries import Record

    report = Record().report(Quarter(2018, 3), today=TODAY)
    with pytest.raises(PermissionDenied):
        record_download(report, Format.PDF, by=make_user(roles=["advocate"]))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET quarter = quarter",
        "UPDATE {table} SET quarter = quarter WHERE false",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
    ],
)
def test_the_database_refuses_to_forget_a_download(statement: str, example_record: ExampleDatabase) -> None:
    assert signed_in().get(ADDRESS.format("html")).status_code == 200
    before = [note.pk for note in downloads()]
    with (
        pytest.raises(IntegrityError, match="notes of downloads are only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table="reporting_reportdownload"))
    assert [note.pk for note in downloads()] == before


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"quarter": "Q3 2018/19"}, "download_of_quarter"),
        ({"format": ""}, "download_has_format"),
        ({"facts_digest": ""}, "download_names_its_facts"),
    ],
)
def test_the_database_refuses_a_note_that_says_too_little(
    changed: dict[str, str], constraint: str, example_record: ExampleDatabase
) -> None:
    from upheld.reporting.models import ReportDownload

    good = {"quarter": "2018-19-q3", "format": "pdf", "as_at": TODAY, "facts_digest": "0" * 64}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ReportDownload.objects.create(downloaded_by=make_user(roles=[MANAGER]).public_id, **{**good, **changed})
