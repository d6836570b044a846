"""Running an installation: `upheld serve`, `upheld worker`, `upheld migrate`."""

import asyncio
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from upheld import __version__
from upheld.commands.database import apply_migrations, close_connections, with_database
from upheld.config.locks import FileLock
from upheld.errors import UpheldError

if TYPE_CHECKING:
    from procrastinate import App

# Each thread of each process may hold a connection to the database.
THREADS = 4
STOP_SECONDS = 10
_METRICS = "upheld-metrics-"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 takes a free one."
)
@click.option("--workers", type=click.IntRange(1, 64), help="How many processes answer. Default: UPHELD_WORKERS.")
def serve(host: str, port: int, workers: int | None) -> None:
    """Serve the site until it is interrupted.

    With the embedded database, migrations are applied first. With a database of your own they must have been: run
    upheld migrate. The address is printed when the site is about to answer.
    """
    with metrics_folder(), with_database():
        run_site(host=host, port=port, workers=workers, jobs=_is_embedded())


def _is_embedded() -> bool:
    from django.conf import settings

    return bool(settings.ENVIRONMENT.embedded)


def run_site(*, host: str, port: int, workers: int | None = None, jobs: bool = False) -> None:
    """Serve the site until it is interrupted, on a database that is ready (see `with_database`).

    With `jobs` a worker of its own does what waits in the background, and ends when the site does.
    """
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    _require_assets()
    port = _free(host, port)
    close_connections()
    # Workers begin afresh. A copy of this process would wait for ever on threads that are not copied with it: those of
    # the chart renderer, for one, where a report was written before (as upheld demo does).
    multiprocessing.set_start_method("spawn", force=True)
    environment = settings.ENVIRONMENT
    server = Server(
        "upheld.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or environment.workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.debug if environment.log_level == "debug" else LogLevels.warning,
        log_dictconfig=_server_logs(),
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    click.echo(f"Upheld is at {_address(host, port)}")
    sys.stdout.flush()
    if environment.embedded:
        from upheld.config.environment import EMBEDDED_BANNER

        click.echo(EMBEDDED_BANNER, err=True)
    if environment.https and not environment.behind_proxy:
        click.echo(
            "https is on and no proxy is said to end it, so every page sends the browser to https, where nothing "
            "answers. Put a proxy in front and set UPHELD_BEHIND_PROXY=on; on your own machine, set UPHELD_HTTPS=off.",
            err=True,
        )
    with worker_beside() if jobs else nullcontext():
        server.serve()


@contextmanager
def worker_beside() -> Iterator[None]:
    """Have a worker in a process of its own for the length of the block.

    It reads a pipe that this process holds open, so it ends even where this one is killed.
    """
    command = [sys.executable, "-P", "-m", "upheld", "worker", "--beside"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:  # noqa: S603  ourselves
        assert process.stdin is not None  # noqa: S101  asked for
        try:
            yield
        finally:
            process.stdin.close()
            try:
                process.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()  # what it was at is taken up by the next worker


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, then end.")
@click.option("--concurrency", default=2, show_default=True, type=click.IntRange(1, 32), help="Jobs at a time.")
@click.option("--beside", is_flag=True, hidden=True, help="End when standard input ends: for a worker beside a site.")
def worker(once: bool, concurrency: int, beside: bool) -> None:
    """Do the jobs that wait in the background, until interrupted.

    Any number of workers may run, on any number of machines. Jobs run again after a fault, some minutes later; those
    of a worker that died are taken up by the others, or by the next that starts.
    """
    with with_database():
        from procrastinate.contrib.django import app

        if beside:
            threading.Thread(target=_end_with_input, daemon=True).start()

        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # the Django connector's own
        with app.replace_connector(connector) as working:
            # psycopg cannot use the loop that Windows has by default.
            factory = asyncio.SelectorEventLoop if sys.platform == "win32" else None
            with asyncio.Runner(loop_factory=factory) as runner:
                runner.run(_work(working, once=once, concurrency=concurrency))


async def _work(app: "App", *, once: bool, concurrency: int) -> None:
    from upheld.jobs.actions import take_up_left_behind

    async with app.open_async():
        await take_up_left_behind(app, by=None)
        looking = asyncio.create_task(_keep_taking_up(app))
        try:
            await app.run_worker_async(wait=not once, concurrency=concurrency)
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking


async def _keep_taking_up(app: "App") -> None:
    """Look now and then for jobs whose worker died over them."""
    from procrastinate.exceptions import ConnectorException

    from upheld.jobs.actions import SILENT, take_up_left_behind

    while True:
        await asyncio.sleep(SILENT)
        with suppress(ConnectorException):  # the database is away for a moment, and the worker itself says so
            await take_up_left_behind(app, by=None)


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


@click.command()
def migrate() -> None:
    """Bring the database up to this version of Upheld, and collect the site's assets.

    Run it after each upgrade, before upheld serve. Make a backup first. Running it twice does no harm.
    """
    with with_database(migrated=False):
        from django.conf import settings

        count = apply_migrations()
        click.echo("The database was up to date." if not count else f"Made {count} changes to the database.")
        if not settings.ENVIRONMENT.embedded:
            click.echo(f"Collected the site's assets: {_collect_assets(settings.ENVIRONMENT.home / 'static')} files.")


def _collect_assets(folder: Path) -> int:
    """Put the site's assets into `folder`, compressed and named by their content; say how many there are.

    They are made beside their place and then renamed: whoever serves from it never sees half of them.
    """
    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.core.management import call_command
    from whitenoise.storage import CompressedManifestStaticFilesStorage

    building = Path(tempfile.mkdtemp(prefix="static.new-", dir=folder.parent))
    building.chmod(0o755)
    command = Command()
    command.storage = CompressedManifestStaticFilesStorage(location=building, base_url="/static/")
    try:
        call_command(command, interactive=False, verbosity=0)
        (building / "version").write_text(__version__ + "\n")
        count = sum(1 for path in building.rglob("*") if path.is_file())
        old = folder.with_name(f"{building.name}.old")
        if folder.exists():
            folder.rename(old)
        building.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return count


def _require_assets() -> None:
    """Raise where assets were collected by another version: its pages would look for files that are not there."""
    from django.conf import settings

    if settings.WHITENOISE_USE_FINDERS:
        return
    try:
        version = (Path(settings.STATIC_ROOT) / "version").read_text().strip()
    except OSError:
        version = "an unknown version"
    if version != __version__:
        raise UpheldError(
            f"The site's assets were collected by {version}, and this is {__version__}. Run: upheld migrate"
        )


def _free(host: str, port: int) -> int:
    """The port, where it can be listened on; a free one for 0. Raises `UpheldError` with what stands in the way."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except PermissionError as error:
        raise UpheldError(
            f"This account may not listen on port {port}. Choose one above 1023, for example --port 8000."
        ) from error
    except OSError as error:
        raise UpheldError(
            f"Upheld cannot listen on {host}, port {port}: {error.strerror}. If another program has the port, choose "
            "another, for example --port 8001; check that the host is an address of this machine."
        ) from error


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def _server_logs() -> dict[str, object]:
    """The application server's own messages, on standard error like every other."""
    from django.conf import settings

    logging = settings.LOGGING
    quiet = {"handlers": ["stderr"], "propagate": False}
    return {
        "formatters": logging["formatters"],
        "handlers": logging["handlers"],
        "loggers": {"_granian": dict(quiet), "granian.access": {**quiet, "level": "CRITICAL"}},
    }


@contextmanager
def metrics_folder() -> Iterator[None]:
    """Let the processes of this server add their metrics up. Must begin before Django is loaded."""
    for left in Path(tempfile.gettempdir()).glob(f"{_METRICS}*"):
        _remove_if_left_behind(left)
    folder = Path(tempfile.mkdtemp(prefix=_METRICS))
    lock = FileLock(folder / "lock")
    lock.try_to_take()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    try:
        yield
    finally:
        lock.let_go()
        shutil.rmtree(folder, ignore_errors=True)


def _remove_if_left_behind(folder: Path) -> None:
    """Remove the metrics of a server that was killed."""
    lock = FileLock(folder / "lock")
    with suppress(OSError):  # another person's, or gone meanwhile
        # One that was made this minute may not have its lock yet.
        if time.time() - folder.stat().st_mtime > 60 and lock.try_to_take():
            shutil.rmtree(folder, ignore_errors=True)
            lock.let_go()
