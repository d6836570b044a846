"""A worker as `upheld worker` runs it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support import shell


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


@contextmanager
def running_worker(url: str) -> Iterator[None]:
    """A worker on the database at `url`, for the length of the block."""
    with (shell.run_folder() / f"worker-{os.getpid()}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "upheld", "worker", "--beside"],
            env={**os.environ, "DATABASE_URL": url},
            stdin=subprocess.PIPE,
            stderr=log,
        )
    try:
        yield
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(timeout=20)
        finally:
            process.kill()
            process.wait()
