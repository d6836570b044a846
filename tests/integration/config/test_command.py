"""The `upheld` command as people meet it: what it prints where, how it ends, what it says when something is wrong."""

import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from upheld import __version__, cli
from upheld.cli import COMMANDS
from upheld.errors import UpheldError


def run(*arguments: str, given: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "upheld", *arguments],
        input=given,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


class Ended(Exception):
    """How the command would have ended the process."""


def ended(monkeypatch: pytest.MonkeyPatch, raises: BaseException, *arguments: str) -> tuple[int, str, str]:
    """Run the command in this process, with a command that fails: its status, its answer, its messages."""

    @click.command()
    def failing() -> None:
        click.echo("half an answer")
        raise raises

    monkeypatch.setattr(cli, "load", lambda _: failing)
    monkeypatch.setattr(cli.signal, "signal", lambda *_: None)
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit) as caught:
        cli.main([*arguments, "doctor"])
    monkeypatch.undo()
    return int(caught.value.code or 0), out.getvalue(), err.getvalue()


def test_help_lists_every_command_and_loads_none() -> None:
    loaded = (
        "import sys; from upheld.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    listed = re.findall(r"^  ([a-z]+)  +\S", result.stdout.partition("Commands:")[2], flags=re.MULTILINE)
    assert listed == [command.name for command in COMMANDS]
    modules = result.stdout.splitlines()[-1]
    assert [name for name in ("django", "ibis", "duckdb", "upheld.commands") if f"'{name}'" in modules] == []


def test_help_is_there_at_once() -> None:
    times = []
    for _ in range(3):
        began = time.monotonic()
        assert run("--help").returncode == 0
        times.append(time.monotonic() - began)
    assert min(times) < 1.0


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_loads_and_explains_itself(command: cli.Command) -> None:
    loaded = cli.load(command)
    assert loaded.name == command.name
    with click.Context(loaded, info_name=f"upheld {command.name}") as context:
        page = loaded.get_help(context)
        assert page.startswith(f"Usage: upheld {command.name}")
        assert len((loaded.help or "").strip()) > 10
        for name in loaded.list_commands(context) if isinstance(loaded, click.Group) else []:
            inner = loaded.get_command(context, name)
            assert inner is not None
            assert len((inner.help or "").strip()) > 10
            for option in inner.params:
                assert not isinstance(option, click.Option) or option.help or option.name == "form", option.name


def test_version() -> None:
    result = run("--version")
    assert (result.returncode, result.stdout, result.stderr) == (0, f"upheld {__version__}\n", "")


def test_a_mistyped_command_is_met_with_the_nearest() -> None:
    result = run("docter")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.endswith("upheld: There is no command 'docter'. Did you mean doctor?\n")


def test_nothing_typed_shows_the_help_on_standard_error() -> None:
    result = run()
    assert (result.returncode, result.stdout) == (2, "")
    assert "Commands:" in result.stderr


def test_a_wrong_option_is_told_with_the_usage() -> None:
    result = run("serve", "--port", "many")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: upheld serve")
    assert "upheld: Invalid value for '--port'" in result.stderr


def test_a_message_for_the_person_is_all_they_see(monkeypatch: pytest.MonkeyPatch) -> None:
    status, out, err = ended(monkeypatch, UpheldError("The quarter has not ended.\nTry another."))
    assert (status, out, err) == (2, "half an answer\n", "upheld: The quarter has not ended.\nTry another.\n")


def test_a_fault_says_how_to_report_it_and_repeats_nothing_personal(monkeypatch: pytest.MonkeyPatch) -> None:
    status, _, err = ended(monkeypatch, ValueError("Zebedee"))
    assert status == 70
    assert err.startswith("upheld: Something went wrong inside Upheld: ValueError in ")
    assert f"Upheld {__version__}" in err
    assert "please report the line above" in err
    assert "Traceback" not in err
    assert "Zebedee" not in err


@pytest.mark.parametrize("error", [UpheldError("No."), ValueError("No.")])
def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    _, _, err = ended(monkeypatch, error, "--debug")
    assert err.startswith("Traceback (most recent call last):")


def test_an_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended(monkeypatch, KeyboardInterrupt()) == (130, "half an answer\n", "")


def test_somebody_who_stops_reading_is_no_fault() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "upheld", "doctor", "--settings-reference"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    message = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), message) == (141, b"")


def test_wrong_settings_are_all_told_without_a_traceback(tmp_path: Path) -> None:
    result = run("migrate", DATABASE_URL="postgresql://x/x", UPHELD_SECRET_KEY="short", UPHELD_WORKERS="many")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("upheld: 2 settings are missing or wrong.")
    assert "UPHELD_SECRET_KEY is too easy to guess" in result.stderr
    assert "UPHELD_WORKERS (many) is not a whole number" in result.stderr


def test_a_database_that_does_not_answer_is_told() -> None:
    result = run("migrate", DATABASE_URL="postgresql://up:hunter2@127.0.0.1:1/up")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("upheld: The database that DATABASE_URL names does not answer:")
    assert "hunter2" not in result.stderr
