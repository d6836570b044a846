"""PostgreSQL's own programs, with which the database is written out and read in."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg.conninfo

from upheld.config.postgres_binaries import programs_in_wheel
from upheld.errors import UpheldError


class NoPrograms(UpheldError):
    """No program here is new enough for the server."""


@dataclass(frozen=True, slots=True)
class Server:
    """A database: how to connect to it, and the major version of its server."""

    parameters: dict[str, str]
    major: int

    @property
    def name(self) -> str:
        """The database's name."""
        return self.parameters["dbname"]

    def address(self) -> str:
        """For a program's command line: everything but the password, which others could read there."""
        return psycopg.conninfo.make_conninfo(
            "", **{name: value for name, value in self.parameters.items() if name != "password"}
        )

    def environment(self) -> dict[str, str]:
        """For a program: the password, and no settings of whoever runs this."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**kept, "PGPASSWORD": self.parameters.get("password", ""), "PGCLIENTENCODING": "UTF8"}


def program(name: str, server: Server) -> Path:
    """The program `name` (pg_dump, psql) that can speak to the server: Upheld's own, or else one of this machine.

    Raises NoPrograms.
    """
    newest = 0
    for major, folder in _installed():
        path = folder / name
        newest = max(newest, major)
        if major >= server.major and path.exists():
            return path
    raise NoPrograms(
        f"The database's server is PostgreSQL {server.major}, and the newest {name} here is of version {newest}. "
        f"Install PostgreSQL's client programs of version {server.major} on this machine "
        f"(on Debian: postgresql-client-{server.major})."
    )


def _installed() -> Iterator[tuple[int, Path]]:
    for binaries in programs_in_wheel():
        yield binaries.major, binaries.folder
    found = shutil.which("pg_dump")
    places = [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (major := _major(place / "pg_dump")) is not None:
            yield major, place


def _major(path: Path) -> int | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else None
