"""Mutation testing of the clocks, the calendar and the duties: change the code, and see whether a test notices.

`make mutants` runs it; it takes some minutes, and fails where fewer than nine in ten of the changes are noticed.
docs/reference/procedure/mutation-testing.md says of each change that no test notices why none can or need; one that is
not explained there is marked.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOM = "src/upheld/procedure"
MODULES = ("calendar", "clocks", "dating", "duties", "guards", "limits", "lookup", "standing")
TESTS = (
    "tests/unit/procedure/builders.py",
    "tests/unit/procedure/test_calendar.py",
    "tests/unit/procedure/test_clock_starts.py",
    "tests/unit/procedure/test_clocks.py",
    "tests/unit/procedure/test_dating.py",
    "tests/unit/procedure/test_duties.py",
    "tests/unit/procedure/test_extensions.py",
    "tests/unit/procedure/test_limits.py",
    "tests/unit/procedure/test_lookup.py",
    "tests/unit/procedure/test_occurrences.py",
    "tests/unit/procedure/test_other_packs.py",
    "tests/unit/procedure/test_recount.py",
    "tests/unit/procedure/test_standing.py",
    "tests/unit/procedure/test_stops.py",
    "tests/law/test_worked_deadlines.py",
)
ENOUGH = 90
PAGE = ROOT / "docs/reference/procedure/mutation-testing.md"


def main() -> int:
    """Run in a folder of its own, print the score and every change that nothing noticed; 1 where there are too many."""
    mutmut = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(sys.executable).parent / "mutmut"
    if not mutmut.is_file():
        sys.stderr.write(f"{mutmut} is not there: install mutmut, or name its path.\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="upheld-mutants-") as folder:
        place = Path(folder)
        _prepare(place)
        subprocess.run([str(mutmut), "run"], cwd=place, check=False, stdout=subprocess.DEVNULL)
        subprocess.run([str(mutmut), "export-cicd-stats"], cwd=place, check=True, stdout=subprocess.DEVNULL)
        stats = json.loads((place / "mutants/mutmut-cicd-stats.json").read_text(encoding="utf-8"))
        explained = PAGE.read_text(encoding="utf-8").replace("\\|", "|")
        for name in _survivors(mutmut, place):
            shown = subprocess.run([str(mutmut), "show", name], cwd=place, check=True, capture_output=True, text=True)
            sys.stdout.write(_described(name, shown.stdout, explained))
    noticed, total = stats["killed"] + stats.get("timeout", 0), stats["total"]
    sys.stdout.write(f"\n{noticed} of {total} changes were noticed: {100 * noticed / total:.1f} %.\n")
    return 0 if 100 * noticed >= ENOUGH * total else 1


def _prepare(place: Path) -> None:
    shutil.copytree(ROOT / "src", place / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for test in TESTS:
        (place / test).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / test, place / test)
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"{ROOM}/{module}.py" for module in MODULES],
        "pytest_add_cli_args_test_selection": [test for test in TESTS if "/test_" in test],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-x", "-q"],
    }
    lines = ["[tool.mutmut]", *(f"{name} = {json.dumps(value)}" for name, value in settings.items())]
    lines += ["use_git_change_detection = false", "", "[tool.pytest.ini_options]"]
    lines += ['pythonpath = [".", "src"]', 'addopts = "--import-mode=importlib"', ""]
    (place / "pyproject.toml").write_text("\n".join(lines), encoding="utf-8")


def _described(name: str, difference: str, explained: str) -> str:
    """A change that nothing noticed, as it is printed; marked where the page does not explain it."""
    lines = difference.splitlines()
    changed = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    made = [line[1:].strip() for line in changed if line.startswith("+")]
    known = all(f"`{line}`" in explained for line in made)
    return f"{name}{'' if known else '  (not explained)'}\n" + "".join(f"  {line}\n" for line in changed)


def _survivors(mutmut: Path, place: Path) -> list[str]:
    found = subprocess.run([str(mutmut), "results"], cwd=place, check=True, capture_output=True, text=True)
    return [line.split(":")[0].strip() for line in found.stdout.splitlines() if line.rstrip().endswith("survived")]


if __name__ == "__main__":
    sys.exit(main())
