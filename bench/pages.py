"""Pages as browsers ask for them: the site's own server, two processes, at growing numbers of cases.

Baseline is the barest page that the same server answers (`/health/live`: no session, no database). Asked by as many
clients at once as stated, each on a connection of its own; the middle and the slowest twentieth of the answers.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

CASES = (1_000, 10_000, 100_000)
REQUESTS = 200
CLIENTS = (1, 4)
WORKERS = 2
BARE = "/health/live"
PAGES: Mapping[str, str] = {
    "bare page": BARE,
    "dashboard": "/",
    "dashboard, a quarter": "/?quarter=2023-24-q2",
    "list of cases": "/cases/",
    "cases behind a number": "/cases/?figure=in_time&quarter=2023-24-q2",
    "a case": "/cases/{case}/",
}
SAID = "Upheld is at "


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of the middle answer and of the slowest twentieth, and answers in a second."""

    median: float
    slow: float
    rate: float


def run() -> str:
    """Make sites of each size, ask for their pages, and print what it took."""
    lines = [
        f"Pages of the site: {REQUESTS} requests each, {WORKERS} processes ({os.cpu_count()} cores)",
        "",
        "    cases  clients  page                     median ms    95th ms   a second   of the bare page",
    ]
    for cases in CASES:
        with site(cases) as (port, cookie, addresses):
            for clients in CLIENTS:
                timings = {name: timed(port, path, cookie, clients) for name, path in addresses.items()}
                bare = timings["bare page"].median
                lines += [
                    f"  {cases:7,}  {clients:7}  {name:22}  {1e3 * t.median:10.1f} {1e3 * t.slow:10.1f} {t.rate:10.0f}"
                    f" {t.median / bare:18.1f}"
                    for name, t in timings.items()
                ]
    return "\n".join(lines) + "\n"


@contextmanager
def site(cases: int) -> Iterator[tuple[int, str, dict[str, str]]]:
    """A site with so many made-up cases: its port, the cookie of a complaints manager, and its pages' addresses."""
    with tempfile.TemporaryDirectory(prefix="upheld-bench-") as folder:
        Path(folder).chmod(0o711)  # as root, the embedded server is somebody else, who must pass through
        environment = {name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")}
        environment.pop("DATABASE_URL", None)
        environment["UPHELD_HOME"] = str(Path(folder) / "home")
        filled = subprocess.run(
            [sys.executable, "-m", "bench.pages", folder, str(cases)],
            env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        cookie, case = filled.stdout.split()[-2:]
        serving = [sys.executable, "-m", "upheld", "serve", "--port", "0", "--workers", str(WORKERS)]
        server = subprocess.Popen(
            serving, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            assert server.stdout is not None
            said = next(line for line in server.stdout if line.startswith(SAID))
            port = int(said.strip().rpartition(":")[2])
            _wait(port)
            yield port, cookie, {name: path.format(case=case) for name, path in PAGES.items()}
        finally:
            server.terminate()
            server.wait(timeout=60)


def timed(port: int, path: str, cookie: str, clients: int) -> Timing:
    """Ask `REQUESTS` times, `clients` at once. Raises AssertionError where an answer is not the page."""
    for _ in range(2 * WORKERS + 1):  # each process has been asked before
        _ask(HTTPConnection("127.0.0.1", port), path, cookie)
    times: list[float] = []
    faults: list[Exception] = []

    def client() -> None:
        connection = HTTPConnection("127.0.0.1", port)
        try:
            for _ in range(REQUESTS // clients):
                began = time.perf_counter()
                _ask(connection, path, cookie)
                times.append(time.perf_counter() - began)
        except (OSError, AssertionError) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - began
    if faults:
        raise faults[0]
    return Timing(median(times), quantiles(times, n=20)[-1], len(times) / whole)


def _ask(connection: HTTPConnection, path: str, cookie: str) -> None:
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200 or not content:
        raise AssertionError(f"{path} was answered with {answer.status}.")


def _wait(port: int) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        try:
            _ask(HTTPConnection("127.0.0.1", port), "/health/ready", "")
        except (OSError, AssertionError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError("The site does not answer.")


def fill(folder: Path, cases: int) -> tuple[str, str]:
    """Import so many made-up rows; the session of a complaints manager, and the id of a case."""
    from bench.register_import import write_register
    from upheld.commands.database import with_database

    file = folder / "register.csv"
    write_register(file, cases)
    with with_database():
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        from upheld.accounts import actions
        from upheld.accounts.enums import System
        from upheld.cases.actions.record_register import record_register
        from upheld.cases.models import Case
        from upheld.register.read import read_register

        record_register(read_register(file, today=date(2026, 1, 1)), by=None, at=datetime.now(UTC))
        user = actions.create_user(
            email="bench@example.invalid", name="Example Person", roles=["complaints-manager"],
            by=System.COMMAND_LINE, valid_from=date(2000, 1, 1),
        )  # fmt: skip
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        case = Case.objects.order_by("reference_key").first()
        assert case is not None
        return f"{settings.SESSION_COOKIE_NAME}={session.session_key}", str(case.id)


if __name__ == "__main__":
    sys.stdout.write(" ".join(fill(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
