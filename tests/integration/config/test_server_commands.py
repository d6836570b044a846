"""An installation run by its commands: migrated, given people, served, and looked after."""

import json
import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import psutil
import psycopg
import pytest

from tests.support.database import TestDatabase
from tests.support.site import running_site
from upheld import __version__


def run(*arguments: str, given: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "upheld", *arguments],
        input=given,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_site_answers_and_serves_its_assets(database: TestDatabase) -> None:
    with running_site(database.url) as site:
        with urlopen(site.address("/account/login/")) as answer:  # noqa: S310 - our own site
            page = answer.read().decode()
        assert '<html lang="en-GB"' in page
        with urlopen(site.address("/static/build/upheld.css")) as answer:  # noqa: S310 - our own site
            assert answer.headers["Content-Type"].startswith("text/css")


def test_a_killed_server_leaves_nobody_on_its_port(database: TestDatabase) -> None:
    with running_site(database.url) as site:
        server = psutil.Process(site.pid)
        workers = server.children(recursive=True)
        assert workers
        server.kill()
        give_up = time.monotonic() + 20
        while (left := [each for each in workers if _works(each)]) and time.monotonic() < give_up:
            time.sleep(0.05)
        assert left == []
        with (
            pytest.raises(ConnectionError),
            socket.create_connection(("127.0.0.1", urlsplit(site.url).port), timeout=5),
        ):
            pass


def _works(process: psutil.Process) -> bool:
    """It runs still. What has ended may stand in the list of processes until somebody asks how."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_https_without_a_proxy_is_warned_of(database: TestDatabase) -> None:
    with running_site(database.url, UPHELD_HTTPS="on") as site:
        assert "UPHELD_BEHIND_PROXY=on; on your own machine, set UPHELD_HTTPS=off" in site.log.read_text()
        connection = HTTPConnection(urlsplit(site.url).netloc, timeout=30)
        connection.request("GET", "/account/login/")
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Location"][:8]) == (301, "https://")
        connection.close()


def test_a_port_that_is_taken_is_told(database: TestDatabase) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", str(taken.getsockname()[1]), DATABASE_URL=database.url)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Address already in use" in result.stderr
    assert "--port 8001" in result.stderr


def test_a_database_of_ones_own_is_migrated_by_hand(database: TestDatabase, home: Path) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    settings = {"DATABASE_URL": database.url, "UPHELD_HOME": str(home)}
    refused = run("serve", **settings)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "changes wait to be made to its tables" in refused.stderr
    assert "upheld migrate" in refused.stderr

    made = run("migrate", **settings)
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines()[0].startswith("Made ")
    assert (home / "static" / "version").read_text() == f"{__version__}\n"

    again = run("migrate", **settings)
    assert again.stdout.splitlines()[0] == "The database was up to date."
    assert [path.name for path in home.iterdir() if "static" in path.name] == ["static"]


def test_collected_assets_are_named_by_their_content_and_kept_by_browsers(database: TestDatabase, home: Path) -> None:
    settings = {"UPHELD_HOME": str(home)}
    assert run("migrate", DATABASE_URL=database.url, **settings).returncode == 0
    manifest = json.loads((home / "static" / "staticfiles.json").read_text())
    name = manifest["paths"]["build/upheld.css"]
    with running_site(database.url, **settings) as site:
        with urlopen(site.address("/account/login/")) as answer:  # noqa: S310 - our own site
            assert f"/static/{name}" in answer.read().decode()
        with urlopen(site.address(f"/static/{name}")) as answer:  # noqa: S310 - our own site
            assert "immutable" in answer.headers["Cache-Control"]
    (home / "static" / "version").write_text("0.0.1\n")
    result = run("serve", DATABASE_URL=database.url, **settings)
    assert result.returncode == 2
    assert "collected by 0.0.1, and this is" in result.stderr


def test_an_account_is_made_with_a_password_from_standard_input(database: TestDatabase) -> None:
    from django.contrib.auth import get_user_model

    result = run(
        *("user", "create", "--email", "officer@example.invalid", "--name", "An Officer"),
        *("--role", "complaints-manager", "--role", "analyst", "--password-stdin"),
        given="a long enough passphrase\n",
        DATABASE_URL=database.url,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout == "Made the account of officer@example.invalid: complaints-manager, analyst.\n"
    user = get_user_model().objects.get(email="officer@example.invalid")
    assert user.name == "An Officer"
    assert user.check_password("a long enough passphrase")


def test_an_account_without_a_password_signs_in_elsewhere(database: TestDatabase) -> None:
    from django.contrib.auth import get_user_model

    result = run(
        "user", "create", "--email", "a.person@example.invalid", "--role", "analyst", DATABASE_URL=database.url
    )
    assert result.returncode == 0, result.stderr
    user = get_user_model().objects.get(email="a.person@example.invalid")
    assert (user.name, user.has_usable_password()) == ("A Person", False)


def test_a_weak_password_or_an_unknown_role_makes_nothing(database: TestDatabase) -> None:
    from django.contrib.auth import get_user_model

    weak = run(
        *("user", "create", "--email", "a@example.invalid", "--role", "analyst", "--password-stdin"),
        given="short\n",
        DATABASE_URL=database.url,
    )
    unknown = run("user", "create", "--email", "a@example.invalid", "--role", "wizard", DATABASE_URL=database.url)
    assert (weak.returncode, unknown.returncode) == (2, 2)
    assert "short" not in weak.stderr.replace("too short", "")
    assert "wizard" in unknown.stderr
    assert get_user_model().objects.count() == 0


def test_a_worker_does_what_waits_and_ends(database: TestDatabase) -> None:
    result = run("worker", "--once", DATABASE_URL=database.url)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
