"""A worker as `upheld worker` runs it, and tasks that exist for tests alone."""

import os
import subprocess
import sys


def work(url: str, *, timeout: int = 120) -> str:
    """Do what waits in the database at `url` now, in a process of its own, and give what it logged."""
    done = subprocess.run(
        [sys.executable, "-m", "upheld", "worker", "--once"],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr
