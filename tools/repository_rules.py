"""Rules that hold for the repository as a whole, which no other tool knows. `make check` runs them.

A rule is a function from the repository's text files to a list of problems, so each is tested on files made up for it.
"""

import fnmatch
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent

Files = Mapping[str, str]  # path from the root, with slashes -> content

LINES = 400
# Files past that length, each with the reason why it is one thought and not two.
LONG_FILES: Mapping[str, str] = {}

_FOLDERS_OF_SYSTEMS = ("/opt", "/srv", "/usr", "/var", "/tmp", "/etc", "/run", "/home", "/root")  # noqa: S108 - names only
# This file, and the tests of it, hold what they forbid.
_OWN = ("tools/repository_rules.py", "tests/architecture/test_repository_rules.py")


def long_files(files: Files) -> list[str]:
    """A source file past 400 lines is a missing name, unless it is listed with its reason."""
    lengths = {path: text.count("\n") for path, text in files.items() if _is_source(path)}
    problems = [
        f"{path} has {lines} lines: past {LINES}, a file is two thoughts. Split it, or list it with a reason."
        for path, lines in lengths.items()
        if lines > LINES and path not in LONG_FILES
    ]
    stale = [path for path in LONG_FILES if lengths.get(path, 0) <= LINES]
    return problems + [f"{path} is listed as a long file, and is none." for path in stale]


def decision_records(files: Files) -> list[str]:
    """Decision records are numbered once each, dated, and name what was not chosen."""
    problems = []
    seen: dict[str, str] = {}
    for path, text in files.items():
        name = PurePosixPath(path)
        if name.parent != PurePosixPath("docs/adr") or name.name == "README.md":
            continue
        number, _, _ = name.name.partition("-")
        if not re.fullmatch(r"\d{4}", number):
            problems.append(f"{path}: a decision record is named 0001-what-it-decides.md.")
            continue
        if number in seen:
            problems.append(f"{path} has the number of {seen[number]}. Take the next free one.")
        seen[number] = path
        if not text.startswith(f"# {number}. "):
            problems.append(f"{path} should begin with “# {number}. ” and its title.")
        if not re.search(r"^Date: \d{4}-\d{2}-\d{2}$", text, re.MULTILINE):
            problems.append(f"{path} has no line such as “Date: 2026-01-31”.")
        problems += [
            f"{path} has no section “## {wanted}”."
            for wanted in ("Options", "Decision", "Consequences")
            if f"\n## {wanted}\n" not in text
        ]
    index = files.get("docs/adr/README.md", "")
    problems += [
        f"docs/adr/README.md does not list {path}."
        for path in seen.values()
        if f"]({PurePosixPath(path).name})" not in index
    ]
    return problems


def addresses_of_registries(files: Files) -> list[str]:
    """Where packages come from is the machine's business: no registry's address is in the repository."""
    address = re.compile(
        r"https?://(?:[\w-]+\.)*(?:pypi|npm|registry|pythonhosted|simple)[\w-]*\.[\w.-]+", re.IGNORECASE
    )
    option = re.compile(
        r"--(?:extra-)?index-url|--find-links|\bindex-url\s*=|^\s*registry\s*=|\"resolved\"\s*:\s*\"http|tool\.uv\.index",
        re.IGNORECASE | re.MULTILINE,
    )
    return _found(files, address, "names the address of a package registry") + _found(
        files, option, "says where packages come from"
    )


def paths_of_a_machine(files: Files) -> list[str]:
    """No path that exists on one person's machine alone, least of all this one's."""
    personal = r"/home/(?!upheld\b|somebody\b)[a-z][\w.-]*/|/Users/\w+/|\b[A-Z]:\\Users\\|(?<![\w/])/root/"
    here = [ROOT, ROOT.parent] if not ROOT.as_posix().startswith(_FOLDERS_OF_SYSTEMS) else []
    own = [re.escape(f"{path.as_posix()}/") for path in here if path != Path("/")]
    return _found(files, re.compile("|".join([personal, *own])), "holds a path of one machine")


def forbidden_words(files: Files) -> list[str]:
    """Nothing is left for later in the code, no test is skipped, and the field's words are used."""
    code = {
        path: text for path, text in files.items() if path.endswith((".py", ".js", ".mjs", ".scss", ".html", ".typ"))
    }
    tests = {path: text for path, text in files.items() if path.startswith("tests/")}
    # Other people's registers and reports say what they say: how they are read, and its tests, may quote them.
    quoting = (
        "requirements/", "src/upheld/register/", "tests/factories/", "tests/unit/register/",
        "src/upheld/checker/", "tests/golden/published/", "tests/golden/test_published_reports.py",
        "tests/support/published/", "tests/unit/checker/",
    )  # fmt: skip
    prose = {path: text for path, text in files.items() if not path.startswith(quoting)}
    return [
        *_found(code, re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b"), "leaves something for later; do it, or file it"),
        *_found(code, re.compile(r"\braise NotImplementedError\b"), "stands for something that is not there"),
        *_found(
            tests,
            re.compile(r"mark\.(?:skip|skipif|xfail)\b|\bpytest\.(?:skip|xfail|importorskip)\("),
            "skips a test; a test that cannot run fails and says why",
        ),
        *_found(prose, re.compile(r"\bSLAs?\b"), "says “SLA”; a limit is statutory, or a local target"),
    ]


def names_of_modules(files: Files) -> list[str]:
    """A module is named for what it is about."""
    names = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py", "tools.py"}
    return [
        f"{path}: name the module for what it is about."
        for path in files
        if path.startswith("src/") and PurePosixPath(path).name in names
    ]


def links(files: Files) -> list[str]:
    """Every link from one page of the repository to another leads somewhere."""
    problems = []
    for path, text in files.items():
        if not path.endswith(".md"):
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:|#", target):
                continue
            goal = os.path.normpath(PurePosixPath(path).parent / target.partition("#")[0])
            if goal not in files and not (ROOT / goal).exists():
                problems.append(f"{path} links to {target}, which is not there.")
            elif goal.startswith(".."):
                problems.append(f"{path} links to {target}, which is outside the repository.")
    return problems


RULES: tuple[Callable[[Files], list[str]], ...] = (
    long_files,
    decision_records,
    addresses_of_registries,
    paths_of_a_machine,
    forbidden_words,
    names_of_modules,
    links,
)


def repository_files() -> Files:
    """The repository's own text files: all but what .gitignore names."""
    ignored = [line.strip() for line in (ROOT / ".gitignore").read_text().splitlines() if line.strip()]
    found: dict[str, str] = {}
    for path in _walk(ROOT, [".git/", *ignored]):
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def _walk(folder: Path, ignored: list[str]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        inside = path.relative_to(ROOT).as_posix() + ("/" if path.is_dir() else "")
        if any(_matches(inside, pattern) for pattern in ignored):
            continue
        if path.is_dir():
            yield from _walk(path, ignored)
        elif path.is_file():
            yield path


def _matches(path: str, pattern: str) -> bool:
    """As git reads the simple patterns that .gitignore here has: from the root with a slash in front, else anywhere."""
    if pattern.startswith("/"):
        return fnmatch.fnmatchcase(path, pattern[1:])
    return fnmatch.fnmatchcase(path, pattern) or fnmatch.fnmatchcase(path, f"*/{pattern}")


def _is_source(path: str) -> bool:
    return path.startswith("src/") and path.endswith((".py", ".html", ".scss", ".js", ".typ", ".css"))


def _found(files: Files, pattern: re.Pattern[str], what: str) -> list[str]:
    return [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1} {what}: {match.group().strip()}"
        for path, text in files.items()
        if path not in _OWN
        for match in pattern.finditer(text)
    ]


def main() -> int:
    """Print every problem; the exit status is 1 where there is one."""
    files = repository_files()
    problems = [problem for rule in RULES for problem in rule(files)]
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
