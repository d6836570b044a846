"""What the pages show a command to print is what it prints."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from upheld.register.example.__main__ import main as make_example

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
# The examples speak of the record that the demo makes; the same cases come from its register, without a database.
ON_THE_EXAMPLE = {"figures": ["--register", "example.csv"]}
PURE = ("clock", "procedure", "assess", "figures")


def _shown(page: Path) -> Iterator[tuple[str, str]]:
    """The commands of a page that are shown with what they print."""
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
            command, _, output = part.replace("\\\n", " ").partition("\n")
            words = command.removeprefix("$ ").split()
            if output.strip() and words[0] == "upheld" and words[1] in PURE:
                yield command.removeprefix("$ "), output


EXAMPLES = [
    pytest.param(command, output, id=f"{page.relative_to(ROOT).as_posix()}: {command}")
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs/how-to").glob("*.md")]
    for command, output in _shown(page)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shown")
    with pytest.raises(SystemExit, match="0"):
        make_example(["--until", "2019-06-30", "--out", str(made / "example.csv")])
    return made


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_a_command_prints_what_the_page_shows(command: str, output: str, folder: Path) -> None:
    words = shlex.split(command)
    done = subprocess.run(
        [sys.executable, "-m", *words, *ON_THE_EXAMPLE.get(words[1], [])],
        cwd=folder, env={"UPHELD_HOME": str(folder / "home"), "PATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == output, done.stderr


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3
