"""The site with its example data, as `upheld demo` shows it: for looking at pages, in tests and for screenshots."""

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

LAST_LINE = "Upheld is at "
START_SECONDS = 60


@dataclass(frozen=True)
class ExampleSite:
    """A running example. `command` runs another `upheld` command on the same installation."""

    url: str
    environment: dict[str, str]

    def command(self, *arguments: str, given: str = "") -> str:
        """Run `upheld` with these arguments and input; give its answer."""
        done = subprocess.run(
            [sys.executable, "-m", "upheld", *arguments],
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode:
            raise AssertionError(f"upheld {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout


@contextmanager
def example_site(home: Path) -> Iterator[ExampleSite]:
    """Make the example in an empty folder and serve it on a free port until the block ends."""
    # Nothing of the installation, or the test run, that this is started from.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")}
    environment.pop("DATABASE_URL", None)
    environment |= {"UPHELD_HOME": str(home), "UPHELD_DEMO": "on", "UPHELD_COUNCIL_NAME": "Example Borough Council"}
    log = home.parent / f"{home.name}.log"
    command = [sys.executable, "-m", "upheld", "demo", "--host", "127.0.0.1", "--port", "0"]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        assert process.stdout is not None
        said = next((line for line in process.stdout if line.startswith(LAST_LINE)), None)
        if said is None:
            raise AssertionError(f"The example could not be shown. It said:\n{log.read_text()[-4000:]}")
        url = said.removeprefix(LAST_LINE).strip()
        _wait_until_ready(url, log)
        # By name: browsers take passkeys for a name and never for an address.
        yield ExampleSite(url.replace("127.0.0.1", "localhost"), environment)
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _wait_until_ready(url: str, log: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"The example does not answer. It said:\n{log.read_text()[-4000:]}")
