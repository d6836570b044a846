"""The words that belong to the paper."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from tests.factories import reports
from upheld.documents import words


def test_dates_and_moments() -> None:
    assert words.day(date(2019, 3, 2)) == "2 March 2019"
    assert words.moment(datetime(2019, 3, 2, 9, 5, tzinfo=UTC)) == "2 March 2019, 09:05 UTC"
    assert words.moment(datetime(2019, 3, 2, 9, 5, tzinfo=timezone(timedelta(hours=1), "BST"))) == (
        "2 March 2019, 09:05 BST"
    )
    assert words.moment(datetime(2019, 3, 2, 9, 5)) == "2 March 2019, 09:05"


def test_titles() -> None:
    report = reports.report()
    assert words.title(report) == ("Children's complaints: quarterly report: Q3 2018/19, October to December 2018")
    assert words.title(replace(report, cover=replace(report.cover, subtitle=""))) == words.running_head(report)


def test_what_a_report_was_made_from() -> None:
    report = reports.report()
    assert words.provenance(report) == (
        ("Made from", "the example register"),
        ("Counts what had happened by the end of", "12 March 2019"),
        ("Counts what had been recorded by", "everything recorded when it was made"),
        ("Digest of the facts (SHA-256)", "0" * 64),
        ("Law", "children-england 2006"),
        ("Definitions of figures", "1"),
        ("Upheld", "0.1.0"),
    )
    known = replace(report, provenance=replace(report.provenance, known_at=datetime(2019, 3, 12, 9, 30, tzinfo=UTC)))
    assert words.provenance(known)[2] == ("Counts what had been recorded by", "12 March 2019, 09:30 UTC")
