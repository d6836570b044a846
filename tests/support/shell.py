"""Django for a run of tests: set up once, and only where a test needs it.

Tests of the pure rooms never load Django, so they start at once and cannot be broken by it.
"""

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
from pytest_django.plugin import blocking_manager_key

from upheld.config.embedded_postgres import EmbeddedPostgres
from upheld.config.locks import FileLock
from upheld.errors import UpheldError

TESTS = Path(__file__).resolve().parents[1]
# Folders of tests that need no Django. A folder of any other name gets it.
PURE = tuple(
    TESTS / folder
    for folder in (
        "law",
        "unit/procedure",
        "unit/files",
        "unit/register",
        "unit/facts",
        "unit/figures",
        "unit/narrative",
        "unit/documents",
        "unit/checker",
        "unit/config",
    )
)
_FOLDER = "TESTS_OF_UPHELD_FOLDER"
_OWN_SERVER = "TESTS_OF_UPHELD_DATABASE_URL"
_PREFIX = "upheld-tests-"

_held: list[FileLock] = []


def begin_run() -> None:
    """Make a folder for this run, and clear away what runs that were killed left behind. For the first process."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        _clear_if_abandoned(path)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    folder.chmod(0o711)  # as root, the embedded server is somebody else, who must pass through
    lock = FileLock(folder / "run.lock")
    lock.try_to_take()
    _held.append(lock)
    own = os.environ.pop("DATABASE_URL", "")
    for name in [name for name in os.environ if name.startswith("UPHELD_")]:
        del os.environ[name]
    # Processes of pytest-xdist inherit these.
    os.environ[_FOLDER] = str(folder)
    os.environ[_OWN_SERVER] = own


def end_run() -> None:
    """Remove the run's folder. For the first process, after all others have ended."""
    folder = run_folder()
    while _held:
        _held.pop().let_go()
    _remove(folder)


def run_folder() -> Path:
    """The folder of this run, shared by its processes."""
    return Path(os.environ[_FOLDER])


def own_server() -> str:
    """The DATABASE_URL that the run was started with, or nothing."""
    return os.environ[_OWN_SERVER]


def needs_django(path: Path) -> bool:
    """Whether tests in this folder or file need Django."""
    if path == TESTS or path == TESTS / "unit" or not path.is_relative_to(TESTS):
        return False
    return not any(path.is_relative_to(pure) for pure in PURE)


def set_django_up(config: pytest.Config) -> None:
    """Set Django up with the settings of a test run, once. It has no database until a test asks for one."""
    from django.apps import apps

    if apps.ready:
        return
    home = run_folder() / "home"
    (home / "static").mkdir(parents=True, exist_ok=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="upheld.config.settings",
        DATABASE_URL="postgresql:///not-started-yet",
        UPHELD_HOME=str(home),
        UPHELD_SECRET_KEY="only-for-tests-which-guard-nothing-0123456789-abcdefghij",
        UPHELD_HTTPS="off",
        UPHELD_LOG_LEVEL="warning",
    )
    import django

    django.setup()
    config.stash[blocking_manager_key].block()


def _clear_if_abandoned(folder: Path) -> None:
    try:
        found = folder.stat()
        # One that was made this minute may not have its lock yet.
        if found.st_uid != os.geteuid() or time.time() - found.st_mtime < 60:
            return
        lock = FileLock(folder / "run.lock")
        if not lock.try_to_take():
            return
        _remove(folder)
        lock.let_go()
    except FileNotFoundError:
        return


def _remove(folder: Path) -> None:
    """Stop what runs there and remove the folder, whatever state a killed run left it in."""
    server = EmbeddedPostgres(folder / "server")
    with suppress(UpheldError):
        server.stop()
    shutil.rmtree(folder, ignore_errors=True)
