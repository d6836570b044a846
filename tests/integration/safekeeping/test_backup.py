"""A backup of a real database restored into another: the same rows, the same guards, or nothing at all."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.factories.cases import record
from tests.factories.registers import row
from tests.support.database import TestDatabase
from upheld.safekeeping.programs import Server
from upheld.safekeeping.tables import tables_in

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "four words without meaning"
OTHER = "restored"


class Place:
    """An installation to restore into: a database of its own and a home."""

    def __init__(self, database: TestDatabase, folder: Path) -> None:
        self.name = f"{database.name}_{OTHER}"
        self.url = urlunsplit(urlsplit(database.url)._replace(path=f"/{self.name}"))
        self.home = folder / "home"
        self.home.mkdir()
        self.server = database.url
        self._execute("CREATE DATABASE {}")

    def drop(self) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self.name)))  # type: ignore[arg-type]

    def tables(self) -> list[object]:
        with psycopg.connect(self.url) as connection:
            return list(tables_in(connection, "public"))


@pytest.fixture
def place(database: TestDatabase, tmp_path: Path) -> Iterator[Place]:
    made = Place(database, tmp_path)
    yield made
    made.drop()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(f"{PASSPHRASE}\n")
    return path


def run(url: str, *arguments: str | Path, home: Path, given: str = "") -> tuple[int, str, str]:
    """Run the command on a database of one's own."""
    from django.db import connection

    connection.close()  # this test's, which would be somebody else's connection
    done = subprocess.run(
        [sys.executable, "-m", "upheld", *map(str, arguments)],
        env={**os.environ, "DATABASE_URL": url, "UPHELD_HOME": str(home)},
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout, done.stderr


def tables_of(url: str) -> list[object]:
    with psycopg.connect(url) as connection:
        return list(tables_in(connection, "public"))


@pytest.fixture
def source_home(tmp_path: Path) -> Path:
    home = tmp_path / "source"
    (home / "documents" / "ab").mkdir(parents=True)
    (home / "documents" / "ab" / "letter.txt").write_text("a synthetic letter")
    (home / "reports").mkdir()
    (home / "secret-key").write_text("not to be backed up")
    return home


@pytest.fixture
def archive(database: TestDatabase, source_home: Path, key: Path, tmp_path: Path) -> Path:
    record(row(child_name="Example Child"), row(reference="T-2", answered="2018-10-09"))
    target = tmp_path / "upheld.backup"
    status, out, err = run(database.url, "backup", target, "--key-file", key, home=source_home)
    assert (status, err) == (0, "")
    assert out.startswith(f"{target}: the database as of ")
    assert "and 1 stored file" in out
    return target


def test_a_backup_is_restored_row_by_row_with_its_guards_and_files(
    database: TestDatabase, place: Place, archive: Path, key: Path
) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    content = archive.read_bytes()
    assert b"Example Child" not in content
    assert b"synthetic letter" not in content
    status, out, err = run(place.url, "restore", archive, "--key-file", key, home=place.home)
    assert (status, err) == (0, ""), (out, err)
    assert "Restored, and every table is as it was backed up." in out
    assert "Everything is as it was recorded." in out
    assert place.tables() == tables_of(database.url)
    assert (place.home / "documents" / "ab" / "letter.txt").read_text() == "a synthetic letter"
    assert not (place.home / "secret-key").exists()
    assert not list(place.home.glob("restoring-*"))
    with psycopg.connect(place.url) as connection:
        for statement in ("DELETE FROM cases_event", "TRUNCATE cases_event", "UPDATE cases_event SET sequence = 9"):
            with pytest.raises(psycopg.errors.RestrictViolation), connection.transaction():
                connection.execute(statement)  # type: ignore[arg-type]
        triggers = (
            "SELECT tgname, tgenabled, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 3"
        )
        restored = connection.execute(triggers).fetchall()
    with psycopg.connect(database.url) as connection:
        assert restored == connection.execute(triggers).fetchall()
    # It works: the next case is recorded there as anywhere.
    status, out, _ = run(place.url, "doctor", home=place.home)
    assert "All are applied" in out


def test_the_same_backup_again_changes_nothing(place: Place, archive: Path, key: Path) -> None:
    assert run(place.url, "restore", archive, "--key-file", key, home=place.home)[0] == 0
    status, out, _ = run(place.url, "restore", archive, "--key-file", key, home=place.home)
    assert (status, out.splitlines()[-1]) == (0, "The database is this one already.")


def test_a_check_reads_to_the_end_and_needs_no_database(archive: Path, key: Path, tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    status, out, _ = run(nowhere, "restore", archive, "--key-file", key, "--check", home=tmp_path / "none")
    assert (status, out.splitlines()[-1]) == (0, "The backup is whole. Nothing was changed.")


@pytest.mark.parametrize("fault", ["cut off", "changed", "another passphrase", "no backup"])
def test_what_is_not_the_backup_is_refused_and_nothing_restored(
    place: Place, archive: Path, key: Path, fault: str
) -> None:
    content = bytearray(archive.read_bytes())
    if fault == "cut off":
        del content[-200:]
    elif fault == "changed":
        content[len(content) // 2] ^= 1
    elif fault == "another passphrase":
        key.write_text("four other words altogether")
    else:
        content[:] = b"PK\x03\x04 something else"
    archive.write_bytes(content)
    status, out, err = run(place.url, "restore", archive, "--key-file", key, home=place.home)
    assert (status, out) == (2, "")
    assert err.startswith("upheld: ")
    assert "Traceback" not in err
    assert place.tables() == []
    assert list(place.home.iterdir()) == []


def test_a_database_that_holds_something_is_kept_unless_its_name_is_typed(
    database: TestDatabase, place: Place, archive: Path, key: Path
) -> None:
    assert run(place.url, "restore", archive, "--key-file", key, home=place.home)[0] == 0
    with psycopg.connect(place.url) as connection:
        connection.execute("UPDATE organisation_team SET code = 'changed-since'")
        connection.execute("CREATE TABLE of_somebody (id int)")
    (place.home / "documents" / "later.txt").write_text("later")
    changed = place.tables()
    status, _, err = run(place.url, "restore", archive, "--key-file", key, home=place.home)
    assert status == 2
    assert "holds something already" in err
    arguments = ("restore", archive, "--key-file", key, "--replace")
    status, _, err = run(place.url, *arguments, home=place.home, given="another\n")
    assert status == 2
    assert "That is not the database's name. Nothing was changed." in err
    assert place.tables() == changed
    status, _, err = run(place.url, *arguments, home=place.home, given=f"{place.name}\n")
    assert status == 0, err
    assert place.tables() == tables_of(database.url)
    assert not (place.home / "documents" / "later.txt").exists()


def test_a_database_that_others_use_is_left_alone(place: Place, archive: Path, key: Path) -> None:
    with psycopg.connect(place.url):
        status, _, err = run(place.url, "restore", archive, "--key-file", key, home=place.home)
    assert status == 2
    assert "One other connection is open to the database. Stop upheld serve, upheld worker" in err
    assert place.tables() == []


def test_a_restore_that_cannot_be_proven_is_undone(place: Place, archive: Path, key: Path, tmp_path: Path) -> None:
    """A backup whose own manifest tells of other rows than it holds: written as only we could, and still refused."""
    from upheld.safekeeping.archive import ArchiveReader, ArchiveWriter

    with archive.open("rb") as file:
        reader = ArchiveReader(file, PASSPHRASE)
        manifest = {
            **reader.manifest,
            "tables": [[n, rows + (n == "cases_case"), d] for n, rows, d in reader.manifest["tables"]],
        }
        del manifest["format"]
        forged = tmp_path / "forged.backup"
        with forged.open("wb") as target:
            writer = ArchiveWriter(target, PASSPHRASE, manifest)
            for member in reader.members():
                writer.add(member.name, member.content)
            writer.close()
    status, _, err = run(place.url, "restore", forged, "--key-file", key, home=place.home)
    assert status == 2
    assert "Nothing was restored: what was restored is not what the backup says." in err
    assert place.tables() == []
    assert not list(place.home.glob("restoring-*"))
    assert not (place.home / "documents").exists()


def test_a_restore_killed_on_the_way_leaves_nothing_and_the_next_completes(
    database: TestDatabase, place: Place, archive: Path, key: Path
) -> None:
    script = (
        "import os, signal\nimport upheld.safekeeping.restore as r\n"
        "r._Session.finish = lambda self: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from upheld.cli import main\nmain()"
    )
    environment = {**os.environ, "DATABASE_URL": place.url, "UPHELD_HOME": str(place.home)}
    command = [sys.executable, "-c", script, "restore", str(archive), "--key-file", str(key)]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    for _ in range(200):  # the server notices within moments
        if place.tables() == []:
            break
        time.sleep(0.05)
    assert place.tables() == []
    # Killed after the database holds, before its files are in their places: the next puts them there.
    script = script.replace("_Session.finish = lambda self:", "put_files_in_place = lambda *_:")
    command[2] = script
    wait_until_alone(place)
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    assert place.tables() == tables_of(database.url)
    assert not (place.home / "documents").exists()
    wait_until_alone(place)
    status, out, err = run(place.url, "restore", archive, "--key-file", key, home=place.home)
    assert (status, err) == (0, "")
    assert out.splitlines()[-1] == "The database is this one already. Its files are in their places now."
    assert (place.home / "documents" / "ab" / "letter.txt").read_text() == "a synthetic letter"


def wait_until_alone(place: Place) -> None:
    with psycopg.connect(place.url, autocommit=True) as connection:
        for _ in range(200):
            found = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchone()
            if found == (0,):
                return
            time.sleep(0.05)
    raise AssertionError("the killed restore's connection is still there")


def test_a_backup_that_fails_leaves_nothing(database: TestDatabase, key: Path, tmp_path: Path) -> None:
    target = tmp_path / "none" / "upheld.backup"
    status, _, err = run(database.url, "backup", target, "--key-file", key, home=tmp_path)
    assert status == 2
    assert "cannot be written: No such file or directory. No backup was made." in err
    there = tmp_path / "there.backup"
    there.write_text("mine")
    status, _, err = run(database.url, "backup", there, "--key-file", key, home=tmp_path)
    assert (status, there.read_text()) == (2, "mine")
    assert "is already there" in err


def test_a_database_without_tables_is_nothing_to_back_up(place: Place, key: Path, tmp_path: Path) -> None:
    status, _, err = run(place.url, "backup", tmp_path / "b", "--key-file", key, home=tmp_path)
    assert status == 2
    assert "The database has no tables yet" in err
    assert [path.name for path in tmp_path.glob("*b*") if path.is_file()] == []


@pytest.mark.parametrize(("words", "said"), [("short", "too short"), (None, "cannot be read as a file")])
def test_a_passphrase_must_be_worth_something(
    database: TestDatabase, tmp_path: Path, words: str | None, said: str
) -> None:
    weak = tmp_path / "weak"
    if words is not None:
        weak.write_text(words)
    status, _, err = run(database.url, "backup", tmp_path / "b", "--key-file", weak, home=tmp_path)
    assert status == 2
    assert said in err
    status, _, err = run(database.url, "backup", tmp_path / "b", home=tmp_path)
    assert "There is nobody to ask for the passphrase" in err


def test_a_backup_of_a_later_version_is_refused(
    database: TestDatabase, place: Place, key: Path, source_home: Path, tmp_path: Path
) -> None:
    with psycopg.connect(database.url) as connection:
        connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', now())")
    target = tmp_path / "later.backup"
    assert run(database.url, "backup", target, "--key-file", key, home=source_home)[0] == 0
    status, _, err = run(place.url, "restore", target, "--key-file", key, home=place.home)
    assert status == 2
    assert "This backup was made by a later version of Upheld" in err
    assert place.tables() == []


def test_the_backup_is_of_one_moment(database: TestDatabase, place: Place, archive: Path, key: Path) -> None:
    """What is recorded after the moment that a backup states is not in it."""
    before = tables_of(database.url)
    record(row(reference="T-3"))
    assert run(place.url, "restore", archive, "--key-file", key, home=place.home)[0] == 0
    assert place.tables() == before
    assert before != tables_of(database.url)


def test_a_server_that_is_too_new_for_every_program_here_is_told_of() -> None:
    from upheld.safekeeping.programs import NoPrograms, program

    with pytest.raises(NoPrograms, match="postgresql-client-99"):
        program("pg_dump", Server({"dbname": "x"}, 99))


def test_a_password_stands_on_no_command_line() -> None:
    server = Server({"dbname": "x", "user": "u", "password": "secret words", "host": "h"}, 15)
    assert "secret" not in server.address()
    assert server.environment()["PGPASSWORD"] == "secret words"
