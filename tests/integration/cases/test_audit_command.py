"""`upheld audit`, as somebody in the complaints team runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.cases import case_of, record
from tests.factories.registers import row
from tests.support.database import TestDatabase
from tests.support.record import everything
from tests.support.tampering import guard_off

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.tampers]


def run(database: TestDatabase, home: Path, *arguments: str | Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "upheld", "audit", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DATABASE_URL": database.url, "UPHELD_HOME": str(home)},
    )
    return done.returncode, done.stdout, done.stderr


def test_sealed_checked_tampered_with_and_found(database: TestDatabase, tmp_path: Path) -> None:
    record(row(), row(reference="T-2"))
    status, out, _ = run(database, tmp_path, "verify")
    assert (status, out.splitlines()) == (
        0,
        [
            "Checked 6 entries of 2 cases, and 0 seals.",
            "There is no seal yet, so a case that is removed whole would not be missed: upheld audit seal",
            "Everything is as it was recorded.",
        ],
    )
    status, out, err = run(database, tmp_path, "seal")
    assert (status, out) == (2, "")
    assert "There is no key to sign seals with" in err
    assert "Make one: upheld audit key" in err
    public = tmp_path / "public.pem"
    status, fingerprint, _ = run(database, tmp_path, "key", "--public", public)
    assert (status, len(fingerprint.strip())) == (0, 16)
    status, out, _ = run(database, tmp_path, "seal")
    assert status == 0
    assert out.startswith(
        "Seal 1: 2 cases that are new or have new entries; the record has 2 cases and 6 entries. Signed with the key "
        + fingerprint.strip()
    )
    assert run(database, tmp_path, "seal")[1] == "Nothing has been recorded since the last seal.\n"
    assert len((tmp_path / "seals.jsonl").read_text().splitlines()) == 1

    before = everything()
    for arguments in (["verify"], ["verify", "--public-key", str(public)]):
        status, out, _ = run(database, tmp_path, *arguments)
        assert (status, out.splitlines()[-1]) == (0, "Everything is as it was recorded.")
    assert everything() == before

    case = case_of("T-2")
    with guard_off() as cursor:
        cursor.execute("UPDATE cases_event SET stage = 'stage-2' WHERE case_id = %s AND sequence = 2", [case.id])
    status, out, _ = run(database, tmp_path, "verify")
    assert (status, out.splitlines()[1:]) == (
        1,
        [
            "One thing is not as recorded:",
            f"  Case T-2 ({case.id}), entry 2: it was changed after it was recorded.",
            "Keep the database as it is, and compare it with a backup from before.",
        ],
    )
    status, out, _ = run(database, tmp_path, "verify", "--format", "json")
    told = json.loads(out)
    assert (status, told["sound"], told["entries"], told["seals"]) == (1, False, 6, 1)
    assert told["findings"] == [
        {
            "about": "entry",
            "words": f"Case {case.id}, entry 2: it was changed after it was recorded.",
            "case": str(case.id),
            "entry": 2,
            "seal": None,
        }
    ]


def test_seals_whose_key_is_nowhere_are_not_said_to_be_sound(database: TestDatabase, tmp_path: Path) -> None:
    record(row())
    run(database, tmp_path / "one", "key")
    run(database, tmp_path / "one", "seal")
    status, out, _ = run(database, tmp_path / "other", "verify")
    assert status == 2
    assert "Signatures were not checked: no public key is at hand" in out
    run(database, tmp_path / "other", "key")
    status, out, _ = run(database, tmp_path / "other", "verify")
    assert status == 1
    assert "Seal 1: it is forged, or its key is not among those given" in out
