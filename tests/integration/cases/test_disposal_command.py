"""`upheld disposal`: two people with their own passwords, and a certificate."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.accounts import PASSWORD, make_user
from tests.factories.cases import case_of, record
from tests.factories.registers import row
from tests.support.database import TestDatabase
from upheld.cases.keys import make_key, trusted_keys
from upheld.cases.models import CertificateRow, Event
from upheld.cases.verification import verify_record

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_asks_and_another_approves(database: TestDatabase, tmp_path: Path) -> None:
    record(row(), row(reference="T-2"))
    asks = make_user(roles=["information-governance-officer"], password=PASSWORD).email
    approves = make_user(roles=["complaints-manager"], password=PASSWORD).email
    make_key(tmp_path / "keys")

    def run(*arguments: str, typed: str = PASSWORD) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "upheld", "disposal", *arguments],
            input=f"{typed}\n",
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "DATABASE_URL": database.url, "UPHELD_HOME": str(tmp_path)},
        )
        return done.returncode, done.stdout + done.stderr

    def said(email: str) -> tuple[str, str, str]:
        return "--as", email, "--password-stdin"

    status, out = run("ask", "t 1", "--ground", "erasure-granted", *said(asks), typed="a guess")
    assert (status, out) == (2, "upheld: The account or its password is not right. Nothing was done.\n")
    assert run("hold", "T-1", "--reason", "A claim.", *said(approves)) == (0, "Held.\n")
    assert run("list")[1].startswith("held       T-1  since ")
    status, out = run("ask", "T-1", "--ground", "erasure-granted", *said(asks))
    assert (status, "This case is held" in out) == (2, True)
    assert run("lift", "T-1", *said(asks)) == (0, "Lifted.\n")
    status, out = run("ask", "T-1", "--ground", "erasure-granted", *said(asks))
    assert (status, out) == (0, "Asked for. Somebody else approves it: upheld disposal approve T-1\n")
    status, out = run("approve", "T-1", "--yes", *said(asks))
    assert (status, "You asked for this case to be disposed of, so somebody else has to" in out) == (2, True)
    case = case_of("T-1").id
    status, out = run("approve", "T-1", "--yes", *said(approves))
    assert (status, out) == (0, f"Disposed of. A certificate stands for its 3 entries, as case {case}.\n")
    assert (Event.objects.filter(case=case).count(), CertificateRow.objects.count()) == (0, 1)
    assert run("list")[1] == "Nothing is asked for, and nothing is held.\n"
    assert run("ask", "T-1", "--ground", "erasure-granted", *said(asks)) == (2, "upheld: There is no case T-1.\n")
    assert verify_record(trusted_keys(tmp_path / "keys")).findings == ()


def test_others_are_refused_in_words(database: TestDatabase, tmp_path: Path) -> None:
    record(row())
    officer = make_user(roles=["complaints-officer"], password=PASSWORD).email
    done = subprocess.run(
        [sys.executable, "-m", "upheld", "disposal", "refuse", "T-1", "--as", officer, "--password-stdin"],
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DATABASE_URL": database.url, "UPHELD_HOME": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (
        2,
        "upheld: This is for complaints managers and information governance officers. Nothing was done.\n",
    )
