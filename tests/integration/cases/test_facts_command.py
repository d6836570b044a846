"""`upheld figures --known-at` and `upheld facts rebuild`, on a record that was corrected."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.cases import AT, record
from tests.factories.registers import row
from tests.support.database import TestDatabase
from upheld.cases.actions.refreshing import facts_changed
from upheld.cases.models import ReportMade, StageFactRow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.tampers]


def run(database: TestDatabase, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "upheld", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DATABASE_URL": database.url},
    )
    return done.returncode, done.stdout, done.stderr


def test_figures_as_they_were_known(database: TestDatabase) -> None:
    record(row(answered="2018-10-12", outcome="Upheld"))
    record(row(answered="2018-10-19", outcome="Upheld"), at=AT + timedelta(days=2))
    asked = ("figures", "--quarter", "Q3 2018/19", "--as-at", "2019-03-12", "--figure", "in_time", "--format", "csv")

    def in_time(*known_at: str) -> str:
        status, out, _ = run(database, *asked, *known_at)
        assert status == 0
        return out.splitlines()[1]

    assert in_time() == "in_time,Q3 2018/19,0,0,"
    assert in_time("--known-at", "2026-11-23") == "in_time,Q3 2018/19,1,1,"
    assert in_time("--known-at", "2026-11-24T09:29") == "in_time,Q3 2018/19,1,1,"
    assert in_time("--known-at", "2026-11-24T09:30") == "in_time,Q3 2018/19,0,0,"
    status, out, err = run(database, *asked, "--known-at", "yesterday")
    assert (status, out) == (2, "")
    assert "“yesterday” is not a moment. Write it as 2019-03-12 or 2019-03-12T17:30." in err
    status, _, err = run(database, *asked, "--known-at", "2026-11-23", "--register", "some.csv")
    assert status == 2
    assert "A register file does not say when it was known" in err


def test_facts_compared_and_put_right(database: TestDatabase) -> None:
    record(row(answered="2018-10-12"), row(reference="T-2"))
    sound = "Folded 2 cases and compared 4 rows of facts, now and at 2 moments.\nThey are what the chronology says.\n"
    assert run(database, "facts", "rebuild", "--check")[:2] == (0, sound)
    StageFactRow.objects.filter(answered_on=None).update(outcome="upheld")
    facts_changed()
    status, out, _ = run(database, "facts", "rebuild", "--check")
    assert (status, out.splitlines()[1]) == (
        1,
        "Facts in force differ from the chronology in 1 case. To put them right: upheld facts rebuild",
    )
    status, out, _ = run(database, "facts", "rebuild")
    assert (status, out.splitlines()[1]) == (
        0,
        "Facts in force differ from the chronology in 1 case. They were put right.",
    )
    assert StageFactRow.objects.filter(outcome="upheld", recorded_to=None).count() == 0


def test_a_report_notes_what_it_was_counted_from(database: TestDatabase, tmp_path: object) -> None:
    record(row(answered="2018-10-12"))
    before = datetime.now(UTC)
    status, _, err = run(
        database, "report", "quarterly", "--quarter", "Q3 2018/19", "--as-at", "2019-03-12", "--out", str(tmp_path)
    )
    assert status == 0, err
    noted = ReportMade.objects.get()
    assert str(noted.as_at) == "2019-03-12"
    assert before <= noted.known_at <= datetime.now(UTC)
