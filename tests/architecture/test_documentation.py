"""What the pages tell people to type is there: commands with their options, make targets, settings."""

import re
import shlex
from pathlib import Path

import click
import pytest

from upheld.cli import COMMANDS, load
from upheld.config.settings_table import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
BLOCK = re.compile(r"^```(?:sh|shell|console|bash)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:upheld|make) [^`\n]+)`")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _typed(text: str) -> list[str]:
    """The commands that a page shows: lines of shell blocks, and what stands in backquotes."""
    lines = "\n".join(BLOCK.findall(text)).replace("\\\n", " ").splitlines()
    commands = [line.strip().removeprefix("$ ") for line in lines]
    return [c for c in (*commands, *INLINE.findall(text)) if c.startswith(("upheld ", "make "))]


def _problems(typed: str) -> list[str]:
    words = shlex.split(typed.split(" | ")[0].split(" > ")[0], comments=True)
    if words[0] == "make":
        targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
        return [f"make has no target {word}" for word in words[1:] if "=" not in word and word not in targets]
    return _wrong_in_command(words)


def _wrong_in_command(words: list[str]) -> list[str]:
    if words[1].startswith("-"):
        return []
    known = {command.name: command for command in COMMANDS}
    if words[1] not in known:
        return [f"upheld has no command {words[1]}"] if words[1].islower() else []
    command, rest = load(known[words[1]]), words[2:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-") and rest[0].islower():
        if rest[0] not in command.commands:
            return [f"{' '.join(words)}: there is no {rest[0]}"]
        command, rest = command.commands[rest[0]], rest[1:]
    options = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help", "-h"}
    return [
        f"{' '.join(words)}: there is no option {w}"
        for w in rest
        if re.match(r"--?[a-z]", w) and w.split("=")[0] not in options
    ]


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_commands_of_a_page_exist(page: Path) -> None:
    assert [problem for typed in _typed(page.read_text()) for problem in _problems(typed)] == []


def test_the_readme_shows_the_main_commands() -> None:
    typed = _typed((ROOT / "README.md").read_text())
    shown = {" ".join(command.split()[:2]) for command in typed}
    assert {"make demo", "make test", "make check", "upheld figures", "upheld report", "upheld register"} <= shown


@pytest.mark.parametrize("typed", ["upheld dance", "upheld figures --colour red", "upheld register burn", "make tea"])
def test_a_command_that_is_none_is_noticed(typed: str) -> None:
    assert len(_problems(typed)) == 1


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_settings_of_a_page_exist(page: Path) -> None:
    known = {setting.name for setting in SETTINGS}
    named = set(re.findall(r"\bUPHELD_[A-Z_]+[A-Z]\b", page.read_text()))
    assert named <= known


def test_every_requirement_of_a_lock_has_its_hashes() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        requirements = re.split(r"\n(?=\S)", lock.read_text().strip())
        bare = [r.splitlines()[0] for r in requirements if not r.startswith("#") and "--hash=sha256:" not in r]
        assert bare == [], lock.name


def test_the_makefile_explains_each_target_that_people_use() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    explained = set(re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE))
    # What others need first, and nobody calls.
    assert targets - explained == {"chromium", "libreoffice"}
