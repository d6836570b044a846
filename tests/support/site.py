"""A real site for browser tests: `upheld serve`, as an installation runs it, on the test's own database."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import shell

START_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """A running site. `log` is the file that its standard error goes to, `pid` the process that runs it."""

    url: str
    log: Path
    pid: int

    def address(self, path: str) -> str:
        """The whole address of one of its pages."""
        return f"{self.url}{path}"


@contextmanager
def running_site(database_url: str, **settings: str) -> Iterator[Site]:
    """Run the site on a free port of this machine until the block ends. `settings` are more environment variables."""
    log = shell.run_folder() / f"site-{os.getpid()}-{time.monotonic_ns()}.log"
    environment = os.environ | {"DATABASE_URL": database_url} | settings
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser's, for this process alone
    command = [sys.executable, "-m", "upheld", "serve", "--host", "127.0.0.1", "--port", "0", "--workers", "1"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=output, text=True)
    try:
        yield Site(_wait_until_ready(process, log), log, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        finally:
            process.kill()
            if process.stdout is not None:
                process.stdout.close()
            process.wait()


def _wait_until_ready(process: "subprocess.Popen[str]", log: Path) -> str:
    """Read the address that the command prints, and wait until it answers there."""
    assert process.stdout is not None
    url = process.stdout.readline().strip().removeprefix("Upheld is at ")
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and process.poll() is None and url:
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=5):  # noqa: S310
                return url
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError(f"The site did not start. It said:\n{log.read_text()[-4000:]}")
