"""What is decided about a server without one running: whose process a file names, and where its socket goes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from upheld.config import postgres_process as process
from upheld.config.postgres_account import Account
from upheld.config.postgres_cluster import why_not_made

YOU = Account("you")
REST = ["/data", "1700000000", "5432", "/run/x", "", "  123  456", "ready   "]


def pid_file(data: Path, *lines: str) -> Path:
    path = data / "postmaster.pid"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_a_number_that_became_another_process_is_not_the_server(tmp_path: Path) -> None:
    pid_file(tmp_path, str(os.getpid()), *REST)
    assert process.running(tmp_path) is None


def test_a_dead_number_is_not_the_server(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    pid_file(tmp_path, str(ended.pid), *REST)
    assert process.running(tmp_path) is None


@pytest.mark.parametrize("text", ["", "12", "nonsense\n", "12\n/data\n"])
def test_a_half_written_file_is_no_server(tmp_path: Path, text: str) -> None:
    (tmp_path / "postmaster.pid").write_text(text)
    assert process.running(tmp_path) is None


def test_a_number_that_belongs_to_somebody_else_is_replaced_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = pid_file(tmp_path, str(os.getpid()), *REST)
    process._disown_stale_pid(tmp_path)
    assert path.read_text().splitlines() == ["2147483647", *REST]


def test_an_empty_file_is_removed(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text("")
    process._disown_stale_pid(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_dead_servers_file_is_left_for_postgresql_to_judge(tmp_path: Path) -> None:
    path = pid_file(tmp_path, "2147483646", *REST)
    process._disown_stale_pid(tmp_path)
    assert path.read_text().splitlines()[0] == "2147483646"


def test_a_short_path_is_where_the_socket_goes() -> None:
    run = Path("/srv/upheld/postgres/run")
    assert process._socket_folder(run, YOU) == run


@pytest.mark.parametrize("name", ["x" * 100, "with,comma", "with-é"])
def test_a_path_that_cannot_hold_a_socket_is_replaced(name: str) -> None:
    folder = process._socket_folder(Path("/srv") / name, YOU)
    try:
        assert folder.parent == Path("/tmp")  # noqa: S108 - the shortest path there is
        assert folder.stat().st_mode & 0o777 == 0o700
        assert len(os.fsencode(folder / ".s.PGSQL.5432")) < process.SOCKET_PATH_BYTES
    finally:
        folder.rmdir()


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ('FATAL:  could not write lock file "postmaster.pid": No space left on device', "the disk is full"),
        ("FATAL:  data directory has invalid permissions", "its folder is open to other accounts"),
        ("FATAL:  database files are incompatible with server", "another version of PostgreSQL made its data"),
        ("FATAL:  something new", "it stopped at once"),
    ],
)
def test_the_servers_last_words_are_explained(said: str, cause: str) -> None:
    told = process._why(said, Path("/srv/server.log"))
    assert told.startswith(f"The embedded database does not start: {cause}")
    assert "/srv/server.log" in told
    assert told.endswith(said)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("initdb: error: could not write: No space left on device", "the disk is full. Make room and try again."),
        ("initdb: error: Permission denied", "the account you may not write there. Set UPHELD_HOME to another folder."),
        ("initdb: error: something new", "PostgreSQL's own words follow."),
    ],
)
def test_why_the_data_could_not_be_made_is_explained(said: str, told: str) -> None:
    assert why_not_made(said, YOU) == f"The embedded database could not be made: {told}\n{said}"
