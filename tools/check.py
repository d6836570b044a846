"""Run every check of `make check`, one after the other, and say which failed.

All of them run, so that one visit shows everything there is to put right.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Format", ("ruff", "format", "--check", "--quiet", "."), "make format puts it right."),
    ("Style", ("ruff", "check", "--quiet", "."), "make format puts some of it right."),
    ("Templates", ("djlint", "--lint", "--quiet", "src"), ""),
    ("Directions between rooms", ("lint-imports", "--no-logo"), "DEVELOPERS.md says which room may import which."),
    ("Rules of the repository", ("python", "-m", "tools.repository_rules"), ""),
    ("Generated pages", ("python", "-m", "tools.reference", "--check"), "make reference writes them anew."),
    ("Types", ("mypy",), ""),
)


def main() -> int:
    """Run the checks; the exit status is 1 where any failed."""
    failed = []
    for name, (tool, *arguments), advice in CHECKS:
        began = time.monotonic()
        done = subprocess.run(
            [str(BIN / tool), *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        seconds = time.monotonic() - began
        sys.stdout.write(f"{'failed' if done.returncode else 'ok':>6}  {name} ({seconds:.1f} s)\n")
        if done.returncode:
            failed.append(name)
            sys.stdout.write(f"\n{done.stdout.strip()}\n{advice}\n\n")
        sys.stdout.flush()
    sys.stdout.write(f"\n{len(failed)} of {len(CHECKS)} checks failed.\n" if failed else "\nEvery check passed.\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
