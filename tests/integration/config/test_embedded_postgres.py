"""The embedded server against everything that can happen to it: killed at any instant, raced for, run by root."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from upheld.config import postgres_cluster
from upheld.config import postgres_process as process
from upheld.config.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError
from upheld.errors import UpheldError

# Uses the server of a home, says so, and goes on using it until its input ends.
USER = """
import sys
from pathlib import Path
from upheld.config.embedded_postgres import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1]), durable=False).in_use() as url:
    print(url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A home of one's own. Not pytest's folder: as root that one is closed to the server's account."""
    folder = Path(tempfile.mkdtemp(prefix="upheld-home-"))
    yield folder
    EmbeddedPostgres(folder).stop()
    shutil.rmtree(folder)


@pytest.fixture
def server(home: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(home, durable=False)


def start_user(home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def address_given_to(user: "subprocess.Popen[str]") -> str:
    assert user.stdout is not None
    return user.stdout.readline().strip()


def end_user(user: "subprocess.Popen[str]") -> None:
    user.communicate(timeout=60)
    assert user.returncode == 0


def kill(user: "subprocess.Popen[str]") -> None:
    user.kill()
    user.communicate()


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def do(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def test_it_is_made_started_used_and_stopped(server: EmbeddedPostgres) -> None:
    assert not server.status().made
    with server.in_use() as url:
        assert ask(url, "SELECT current_setting('server_encoding')") == "UTF8"
        assert ask(url, "SELECT upper('é')") == "É"
        standing = server.status()
        assert (standing.made, standing.running, standing.users, standing.kept) == (True, True, 1, False)
    standing = server.status()
    assert (standing.made, standing.running, standing.users) == (True, False, 0)


def test_what_is_written_is_there_the_next_time(server: EmbeddedPostgres) -> None:
    with server.in_use() as url:
        do(url, "CREATE TABLE kept AS SELECT 7 AS seven")
    with server.in_use() as url:
        assert ask(url, "SELECT seven FROM kept") == 7


def test_a_wrong_password_is_refused(server: EmbeddedPostgres) -> None:
    with server.in_use() as url:
        scheme, _, rest = url.partition("://upheld:")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(f"{scheme}://upheld:wrong@{rest.partition('@')[2]}")


def test_it_starts_quickly(server: EmbeddedPostgres) -> None:
    with server.in_use():
        pass
    times = []
    for _ in range(3):
        began = time.monotonic()
        with server.in_use():
            times.append(time.monotonic() - began)
    assert min(times) < 1.5


def test_whoever_leaves_last_stops_it(server: EmbeddedPostgres, home: Path) -> None:
    first, second = start_user(home), start_user(home)
    url = address_given_to(first)
    assert address_given_to(second) == url
    assert server.status().users == 2
    end_user(first)
    assert ask(url, "SELECT 1") == 1
    end_user(second)
    assert not server.status().running


def test_many_that_start_at_once_share_one_server(server: EmbeddedPostgres, home: Path) -> None:
    users = [start_user(home) for _ in range(5)]
    assert len({address_given_to(user) for user in users}) == 1
    found = [each for each in psutil.process_iter() if process.is_server_of(each.pid, server.status().folder / "data")]
    assert len([each for each in found if each.parent() not in found]) == 1
    for user in users:
        end_user(user)
    assert not server.status().running


def test_it_stays_for_somebody_who_is_connected_by_other_means(server: EmbeddedPostgres) -> None:
    with server.in_use() as url:
        visitor = psycopg.connect(url)
    assert visitor.execute("SELECT 1").fetchone() == (1,)
    visitor.close()
    with server.in_use():
        pass
    assert not server.status().running


def test_it_is_kept_until_it_is_stopped(server: EmbeddedPostgres) -> None:
    url = server.keep()
    with server.in_use() as used:
        assert used == url
    assert server.status().kept
    assert server.stop() is True
    assert server.stop() is False
    # Keeping was for that run alone.
    with server.in_use():
        assert not server.status().kept
    assert not server.status().running


def test_a_killed_server_starts_again_with_what_was_committed(server: EmbeddedPostgres) -> None:
    with server.in_use() as url:
        do(url, "CREATE TABLE kept AS SELECT 7 AS seven")
        pid = server.status().pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=10)
        again = server.start()
        assert ask(again, "SELECT seven FROM kept") == 7
    assert not server.status().running


def test_a_killed_user_leaves_a_server_that_the_next_takes_over(server: EmbeddedPostgres, home: Path) -> None:
    user = start_user(home)
    url = address_given_to(user)
    kill(user)
    assert ask(url, "SELECT 1") == 1
    assert server.status().users == 0
    with server.in_use() as again:
        assert again == url
    assert not server.status().running


@pytest.mark.parametrize(
    "after",
    [0.3, *(pytest.param(seconds, marks=pytest.mark.long) for seconds in (0.0, 0.15, 0.5, 0.8, 1.2))],
)
def test_a_user_killed_at_any_instant_of_the_first_start_does_no_harm(
    server: EmbeddedPostgres, home: Path, after: float
) -> None:
    """While it makes the data, while it starts the server, while it uses it: the next one always gets there."""
    user = start_user(home)
    until = time.monotonic() + 20
    while not (home / "embedded.lock").exists() and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(after)
    kill(user)
    with server.in_use() as url:
        assert ask(url, "SELECT 1") == 1
        do(url, "CREATE TABLE written (n int)")
    # A program that outlived its starter may have written on for a moment.
    time.sleep(0.5)
    with server.in_use():
        assert [path.name for path in home.iterdir() if ".new-" in path.name] == []
    assert not server.status().running


@pytest.mark.parametrize(
    "after", [0.02, *(pytest.param(seconds, marks=pytest.mark.long) for seconds in (0.0, 0.05, 0.1))]
)
def test_a_server_and_its_starter_killed_together_do_no_harm(
    server: EmbeddedPostgres, home: Path, after: float
) -> None:
    with server.in_use() as url:
        do(url, "CREATE TABLE kept AS SELECT 7 AS seven")
    user = start_user(home)
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    until = time.monotonic() + 20
    while not pid_file.exists() and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(after)
    kill(user)
    for each in psutil.process_iter():
        if process.is_server_of(each.pid, home / "postgres" / "data"):
            each.kill()
    with server.in_use() as url:
        assert ask(url, "SELECT seven FROM kept") == 7


def test_a_stale_pid_file_that_names_a_living_process_is_seen_through(server: EmbeddedPostgres, home: Path) -> None:
    with server.in_use() as url:
        do(url, "CREATE TABLE kept AS SELECT 7 AS seven")
        pid = server.status().pid
        assert pid is not None
        text = (home / "postgres" / "data" / "postmaster.pid").read_text()
        os.kill(pid, signal.SIGKILL)
        while process.is_server_of(pid, home / "postgres" / "data"):
            time.sleep(0.01)
    # After a reboot the number belongs to something else: here, to a process of the server's own account.
    account = postgres_cluster.account_of(home / "postgres" / "data")
    with subprocess.Popen(["/bin/sleep", "60"], cwd="/", **account.process_options()) as other:
        lines = text.splitlines()
        (home / "postgres" / "data" / "postmaster.pid").write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        with server.in_use() as url:
            assert ask(url, "SELECT seven FROM kept") == 7
        assert other.poll() is None
        other.kill()


def test_a_socket_that_was_swept_away_is_made_again(server: EmbeddedPostgres) -> None:
    url = server.keep()
    for path in (server.status().folder / "run").iterdir():
        path.unlink()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    assert ask(server.start(), "SELECT 1") == 1


def test_a_long_path_is_no_obstacle() -> None:
    top = Path(tempfile.mkdtemp(prefix="upheld-home-"))
    top.chmod(0o711)
    home = top / ("a" * 60) / ("ö" * 40) / "home"
    server = EmbeddedPostgres(home, durable=False)
    with server.in_use() as url:
        assert ask(url, "SELECT 1") == 1
        sockets = Path(str(ask(url, "SHOW unix_socket_directories")))
        assert len(os.fsencode(sockets)) < 40
    assert not sockets.exists()
    shutil.rmtree(top)


def test_data_of_an_unknown_version_are_refused_and_left_alone(server: EmbeddedPostgres, home: Path) -> None:
    with server.in_use():
        pass
    version = home / "postgres" / "data" / "PG_VERSION"
    version.write_text("12\n")
    with pytest.raises(UpheldError, match="was made by PostgreSQL 12, and this Upheld brings 16 or 18"):
        server.start()
    version.write_text("18\n")
    assert ask(server.start(), "SELECT 1") == 1


def test_data_that_are_gone_are_not_quietly_made_again(server: EmbeddedPostgres, home: Path) -> None:
    (home / "postgres").symlink_to(home / "elsewhere")
    with pytest.raises(EmbeddedPostgresError, match="which is gone"):
        server.start()
    (home / "postgres").unlink()


def test_damaged_data_are_told_with_the_servers_last_words(server: EmbeddedPostgres, home: Path) -> None:
    with server.in_use():
        pass
    control = home / "postgres" / "data" / "global" / "pg_control"
    control.rename(home / "control")
    with pytest.raises(EmbeddedPostgresError, match=r"does not start: .*\n.*server\.log") as caught:
        server.start()
    assert "pg_control" in str(caught.value)
    (home / "control").rename(control)
    assert ask(server.start(), "SELECT 1") == 1


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedPostgresError, match=r"cannot be made or written to: .* Set UPHELD_HOME"):
        EmbeddedPostgres(tmp_path / "file" / "home").start()


def test_statements_and_what_they_hold_stay_out_of_its_log(server: EmbeddedPostgres) -> None:
    with server.in_use() as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE people (name text UNIQUE)")
        connection.execute("INSERT INTO people VALUES ('Zebedee')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO people VALUES ('Zebedee')")
    log = (server.status().folder / "server.log").read_text()
    assert "duplicate key value" in log
    assert "Zebedee" not in log
