"""Run a command within bounds of memory and time, as a test that both are bounded."""

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MEMORY = 512 * 1024 * 1024  # bytes of address space, for each process of the command
SECONDS = 20  # of the processor, for each process of the command


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


def run_bounded(*arguments: str, home: Path) -> Ended:
    """Run Python with these arguments within MEMORY and SECONDS, without a database."""
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_limit,
        env={**os.environ, "UPHELD_HOME": str(home), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
