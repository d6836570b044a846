"""What tests drive, a browser above all: installed where that may be done, and asked for loudly where not."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "tools/from_debian.sh"
CHROMIUM = (
    "Chromium",
    "chromium",
    "chromium chromium-browser google-chrome",
    "Every test that opens a page in a browser will fail.",
)


def _run(folder: Path, **programs: str) -> "subprocess.CompletedProcess[str]":
    """Run the script where only these programs exist; each is the body of a shell script."""
    for name, body in programs.items():
        path = folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\necho {path.name} $@ >> {folder}/called\n{body}\n")
        path.chmod(0o755)
    shell = shutil.which("sh")
    assert shell is not None
    return subprocess.run(
        [shell, SCRIPT, *CHROMIUM], env={"PATH": str(folder)}, capture_output=True, text=True, check=False
    )


def _called(folder: Path) -> list[str]:
    path = folder / "called"
    return path.read_text().splitlines() if path.exists() else []


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_where_there_is_one_nothing_happens(name: str, tmp_path: Path) -> None:
    done = _run(tmp_path, **{name.replace("-", "_"): "exit 1"})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert _called(tmp_path) == []


def test_root_installs_it(tmp_path: Path) -> None:
    done = _run(tmp_path, id="echo 0", apt_get="exit 0")
    assert done.returncode == 0
    assert _called(tmp_path) == [
        "id -u",
        "apt-get update -qq",
        "apt-get install --yes -qq --no-install-recommends chromium",
    ]


def test_whoever_may_become_root_installs_it(tmp_path: Path) -> None:
    done = _run(tmp_path, id="echo 1000", apt_get="exit 0", sudo='[ "$1" = -n ] || exec "$@"', true="exit 0")
    assert done.returncode == 0
    assert "apt-get install --yes -qq --no-install-recommends chromium" in _called(tmp_path)


@pytest.mark.parametrize(
    ("programs", "said"),
    [
        ({}, "There is no Chromium. Install it"),
        ({"id": "echo 1000", "apt_get": "exit 0"}, "Run: sudo apt-get install chromium"),
        ({"id": "echo 1000", "apt_get": "exit 0", "sudo": "exit 1"}, "Run: sudo apt-get install chromium"),
        ({"id": "echo 0", "apt_get": "exit 100"}, "Chromium could not be installed"),
    ],
    ids=["another system", "no sudo", "sudo with a password", "no network"],
)
def test_where_it_cannot_be_installed_that_is_said_and_the_other_tests_go_on(
    programs: dict[str, str], said: str, tmp_path: Path
) -> None:
    done = _run(tmp_path, **programs)
    assert done.returncode == 0
    assert said in done.stderr
    assert "Every test that opens a page in a browser will fail." in done.stderr
