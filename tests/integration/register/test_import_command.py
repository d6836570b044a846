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
        "An import would bring 2 rows: 1 new, 1 changed, 0 as recorded before. Cases: 1 new, 1 changed.\n"
        "New themes: Rudeness.\n"
        "This was a trial: nothing was changed.\n",
    )
    assert everything() == before
    status, out, _ = _run(database, "--dry-run", register_file(tmp_path, first))
    assert (status, out) == (0, "The record has all 1 rows already; an import would change nothing.\n")


def test_a_changed_row_is_shown_beforehand_and_recorded_as_a_correction(database: TestDatabase, tmp_path: Path) -> None:
    from tests.support.record import check_chains, check_facts, everything

    assert _run(database, register_file(tmp_path, row(answered="2018-10-12", outcome="Upheld")))[0] == 0
    before = everything()
    changed = register_file(tmp_path, row(answered="2018-10-19", outcome="Upheld"))
    told = (
        "Corrected in 1 case, where the register says something else than before:\n"
        "  row 2, Answered: “2018-10-12” is now “2018-10-19”\n"
        "What that moves:\n"
        "  T-1, Stage 1: answered 2018-10-12 → 2018-10-19; working days taken 9 → 14; the limit "
        "“Stage 1 response” is now missed\n"
    )
    status, out, _ = _run(database, "--dry-run", changed)
    assert (status, out) == (
        0,
        "An import would bring 1 rows: 0 new, 1 changed, 0 as recorded before. Cases: 0 new, 1 changed.\n"
        f"{told}This was a trial: nothing was changed.\n",
    )
    assert everything() == before
    status, out, _ = _run(database, changed)
    assert (status, out) == (
        0,
        f"Imported 1 rows: 0 new, 1 changed, 0 as recorded before. Cases: 0 new, 1 changed.\n{told}",
    )
    assert check_facts() == 1
    assert check_chains() == 9


def test_a_file_overrules_a_name_only_where_that_is_accepted(database: TestDatabase, tmp_path: Path) -> None:
    assert _run(database, register_file(tmp_path, row(child_name="Example Child")))[0] == 0
    other = register_file(tmp_path, row(child_name="Other Child"))
    status, out, err = _run(database, other)
    assert (status, out) == (2, "")
    assert "row 2, Child: The record has another name here, and a file does not rename anybody." in err
    status, out, _ = _run(database, other, "--accept-corrections")
    assert (status, out.splitlines()[1]) == (0, "Names put right: 1.")


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


def test_rows_that_the_file_had_and_has_no_more_are_named(database: TestDatabase, tmp_path: Path) -> None:
    assert _run(database, register_file(tmp_path, row(), row(reference="T-2")))[0] == 0
    status, out, _ = _run(database, register_file(tmp_path, row()))
    assert (status, out) == (
        0,
        "The record has all 1 rows already; nothing was changed.\n"
        "These were in the file when it was last imported, and are in it no more. The record keeps them:\n"
        "  T-2, Stage 1\n",
    )
