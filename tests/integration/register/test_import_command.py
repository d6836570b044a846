"""`upheld register import` on a record: a trial changes nothing, and a team that nobody knows is asked about."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.registers import register_file, row
from tests.support.database import TestDatabase

pytestmark = pytest.mark.django_db(transaction=True)


def _run(database: TestDatabase, *arguments: str | Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "upheld", "register", "import", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DATABASE_URL": database.url},
    )
    return done.returncode, done.stdout, done.stderr


def test_a_trial_says_what_would_change_and_changes_nothing(database: TestDatabase, tmp_path: Path) -> None:
    from tests.support.record import everything

    first, more = row(), row(reference="T-2", themes="Rudeness")
    assert _run(database, register_file(tmp_path, first))[0] == 0
    before = everything()
    status, out, _ = _run(database, "--dry-run", register_file(tmp_path, {**first, "answered": "2018-10-09"}, more))
    assert (status, out) == (
        0,
        "An import would bring 2 rows: 1 new, 1 added to, 0 as recorded before. Cases: 1 new, 1 added to.\n"
        "New themes: Rudeness.\n"
        "This was a trial: nothing was changed.\n",
    )
    assert everything() == before
    status, out, _ = _run(database, "--dry-run", register_file(tmp_path, first))
    assert (status, out) == (0, "The record has all 1 rows already; an import would change nothing.\n")


def test_a_team_that_the_record_does_not_have_is_refused_unless_it_is_said_to_be_new(
    database: TestDatabase, tmp_path: Path
) -> None:
    assert _run(database, register_file(tmp_path, row()))[0] == 0
    path, refused = register_file(tmp_path, row(reference="T-2", team="Nroth team")), tmp_path / "refused.csv"
    status, out, err = _run(database, path, "--refusals", refused)
    assert (status, out) == (2, "")
    assert "row 2, Team: The record has no team “Nroth team”. Did you mean “North team”?" in err
    assert "Nroth team" in refused.read_text(encoding="utf-8-sig")
    status, out, _ = _run(database, path, "--new-teams")
    assert (status, out.splitlines()[1]) == (0, "New teams: Nroth team.")
