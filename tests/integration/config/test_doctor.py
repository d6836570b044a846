import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.support.database import TestDatabase
from upheld.config.environment import settings_reference


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "upheld", "doctor", *arguments],
        env={name: value for name, value in (os.environ | environment).items() if value != "(unset)"},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def findings(**environment: str) -> dict[str, tuple[str, str]]:
    """Each check with its state and what it found."""
    result = run("--format", "json", **environment)
    answer = json.loads(result.stdout)
    states = [each["state"] for each in answer["findings"]]
    assert (answer["wrong"], answer["warnings"]) == (states.count("wrong"), states.count("warning"))
    assert result.returncode == (1 if answer["wrong"] else 0)
    # Whatever is amiss comes with what to do; what is well needs no advice.
    assert [each for each in answer["findings"] if bool(each["advice"]) != (each["state"] != "ok")] == []
    return {each["check"]: (each["state"], each["found"]) for each in answer["findings"]}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


def test_an_installation_with_a_database_of_its_own(database: TestDatabase, home: Path) -> None:
    found = findings(DATABASE_URL=database.url, UPHELD_HOME=str(home), UPHELD_HTTPS="(unset)")
    states = {check: state for check, (state, _) in found.items()}
    assert states | {"database account": "warning", "clock": "ok"} == {
        "python": "ok",
        "packages": "ok",
        "assets": "ok",
        "fonts": "ok",
        "calendar": "ok",
        "home": "ok",
        "disk": "ok",
        "secret key": "ok",
        "https": "warning",
        "hosts": "warning",
        "time zone": "ok",
        "council": "warning",
        "e-mail": "warning",
        "stored files": "ok",
        "collected assets": "warning",
        "database": "ok",
        "database account": "warning",
        "clock": "ok",
        "migrations": "ok",
        "jobs": "ok",
        "accounts": "warning",
    }


def test_nothing_made_yet_is_not_made_by_looking(home: Path) -> None:
    found = findings(DATABASE_URL="", UPHELD_HOME=str(home), UPHELD_HTTPS="", UPHELD_SECRET_KEY="")
    assert found["database"] == ("ok", "The embedded one, which is made when it is first needed")
    assert list(home.iterdir()) == []


def test_every_wrong_setting_is_a_finding() -> None:
    result = run("--format", "json", UPHELD_WORKERS="many", UPHELD_BRAND_COLOUR="teal")
    wrong = [each["found"] for each in json.loads(result.stdout)["findings"] if each["state"] == "wrong"]
    assert [text.split()[0] for text in wrong] == ["UPHELD_WORKERS", "UPHELD_BRAND_COLOUR"]
    assert result.returncode == 1


def test_a_mistyped_setting_is_found(database: TestDatabase, home: Path) -> None:
    found = findings(DATABASE_URL=database.url, UPHELD_HOME=str(home), UPHELD_WORKER="3")
    assert found["settings"] == (
        "warning",
        "UPHELD_WORKER is no setting, so it does nothing. Did you mean UPHELD_WORKERS?",
    )


def test_https_that_is_off_where_others_come_in_is_wrong(database: TestDatabase, home: Path) -> None:
    found = findings(
        DATABASE_URL=database.url, UPHELD_HOME=str(home), UPHELD_HTTPS="off", UPHELD_ALLOWED_HOSTS="c.example.gov.uk"
    )
    assert found["https"] == ("wrong", "Others can reach the site, and https is off")


def test_a_database_that_is_away_is_wrong_and_the_rest_is_still_looked_at() -> None:
    found = findings(DATABASE_URL="postgresql://up:hunter2@127.0.0.1:1/up")
    state, told = found["database"]
    assert state == "wrong"
    assert "does not answer" in told
    assert "hunter2" not in told
    assert found["packages"][0] == "ok"


def test_migrations_that_wait_are_wrong(database: TestDatabase, home: Path) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    found = findings(DATABASE_URL=database.url, UPHELD_HOME=str(home))
    assert found["migrations"] == ("wrong", "1 changes wait for the tables")


def test_jobs_that_nobody_does_are_a_warning(database: TestDatabase, home: Path) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args) VALUES ('q', 't', 'todo', '{}'), "
            "('q', 't', 'failed', '{}')"
        )
    found = findings(DATABASE_URL=database.url, UPHELD_HOME=str(home))
    assert found["jobs"] == ("warning", "1 jobs wait, and no worker has been seen")
    assert found["failed jobs"] == ("warning", "1 jobs failed for good")


def test_a_home_that_others_can_read_is_a_warning(database: TestDatabase, home: Path) -> None:
    home.chmod(0o755)
    (home / "secret-key").write_text("x")
    (home / "secret-key").chmod(0o644)
    found = findings(DATABASE_URL=database.url, UPHELD_HOME=str(home))
    assert found["home"] == ("warning", f"{home} can be read by other accounts")
    # What counts is the key in the environment, where there is one.
    assert found["secret key"] == ("ok", "UPHELD_SECRET_KEY is set")
    embedded = findings(DATABASE_URL="", UPHELD_HOME=str(home), UPHELD_SECRET_KEY="")
    assert embedded["secret key"] == ("wrong", f"{home / 'secret-key'} can be read by other accounts")


def test_in_words_the_state_comes_first_and_advice_beneath(database: TestDatabase, home: Path) -> None:
    result = run(DATABASE_URL=database.url, UPHELD_HOME=str(home))
    lines = result.stdout.splitlines()
    assert result.stderr == ""
    assert lines[0].split()[:2] == ["ok", "python"]
    assert [line.split()[0] for line in lines if line and not line.startswith("Wrong:")] == [
        part for line in lines[:-2] for part in [line.split()[0]]
    ]
    assert lines[-1].startswith("Wrong: 0. Warnings: ")


def test_the_reference_of_settings_is_printed() -> None:
    result = run("--settings-reference")
    assert (result.returncode, result.stdout, result.stderr) == (0, settings_reference(), "")


def test_the_reference_does_not_depend_on_who_prints_it() -> None:
    assert run("--settings-reference", UPHELD_HOME="/elsewhere", HOME="/home/other").stdout == settings_reference()
