"""Set-up: it says what is missing, does nothing where nothing changed, and takes nothing half-done for done."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools import set_up


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A folder to set up in, where steps are written down and not run."""
    lock = tmp_path / "requirements.txt"
    lock.write_text("uv==1\n")
    taken: list[str] = []
    monkeypatch.setattr(set_up, "ROOT", tmp_path)
    monkeypatch.setattr(set_up, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(set_up, "STAMP", tmp_path / ".venv/.set-up")
    monkeypatch.setattr(set_up, "SOURCES", (lock, lock, lock))
    monkeypatch.setattr(set_up, "same_python", lambda _: True)

    def run(command: list[Any], progress: bool = False) -> None:
        words = " ".join(str(part) for part in command)
        if "venv" in words:
            (tmp_path / ".venv").mkdir(exist_ok=True)
        taken.append(
            next(w for w in ("-m venv", "install --quiet --require", "sync", "editable", "assets") if w in words)
        )

    monkeypatch.setattr(set_up, "run", run)
    return taken


ALL = ["-m venv", "install --quiet --require", "sync", "editable", "assets"]


def test_a_first_set_up_takes_every_step_in_order(steps: list[str]) -> None:
    assert set_up.main() == 0
    assert steps == ALL


def test_a_second_one_only_asks_whether_the_assets_have_changed(steps: list[str]) -> None:
    set_up.main()
    steps.clear()
    assert set_up.main() == 0
    assert steps == ["assets"]


def test_changed_locks_are_installed_into_the_same_environment(steps: list[str], tmp_path: Path) -> None:
    set_up.main()
    steps.clear()
    (tmp_path / "requirements.txt").write_text("uv==2\n")
    assert set_up.main() == 0
    assert steps == ALL[1:]


@pytest.mark.parametrize("stopped_at", ALL[:-1])
def test_what_was_interrupted_is_made_anew(
    stopped_at: str, steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ordinary = set_up.run

    def interrupted(command: list[Any], progress: bool = False) -> None:
        ordinary(command, progress)
        if steps[-1] == stopped_at:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(set_up, "run", interrupted)
        assert set_up.main() == 130
    assert "Run it again to go on" in capsys.readouterr().err
    steps.clear()
    assert set_up.main() == 0
    assert steps == ALL


def test_another_python_makes_another_environment(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    set_up.main()
    steps.clear()
    monkeypatch.setattr(set_up, "same_python", lambda _: False)
    monkeypatch.setattr(sys, "version", "3.99.0 (another)")
    assert set_up.main() == 0
    assert steps == ALL


def test_a_python_that_is_too_old_is_told_so(
    steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))
    assert set_up.main() == 1
    said = capsys.readouterr().err
    assert "Upheld needs Python 3.11 or later" in said
    assert "make setup PYTHON=python3.12" in said
    assert steps == []


@pytest.mark.parametrize("missing", ["ensurepip", "venv"])
def test_a_python_without_venv_is_told_what_to_install(
    missing: str, steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    assert set_up.main() == 1
    assert "sudo apt-get install python3-venv" in capsys.readouterr().err
    assert steps == []


def test_a_step_that_fails_is_named_with_its_status() -> None:
    with pytest.raises(set_up.SetUpError, match="ended with status 3"):
        set_up.run([sys.executable, "-c", "raise SystemExit(3)"])


def test_the_script_is_read_by_old_pythons() -> None:
    """It must come as far as its message: nothing newer than Python 3.6 at its top."""
    import ast

    ast.parse(Path(set_up.__file__).read_text(), feature_version=(3, 6))


def test_two_at_once_wait_for_each_other(steps: list[str], tmp_path: Path) -> None:
    program = (
        "import fcntl, os, sys\n"
        "try:\n fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "except BlockingIOError:\n sys.exit(7)\n"
    )

    def another() -> int:
        return subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode

    with set_up.one_at_a_time():
        assert another() == 7
    assert another() == 0
