"""Make a backup: the database as of one moment and the stored files, into one encrypted file."""

import hashlib
import hmac
import os
import secrets
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import IsolationLevel

from upheld import __version__
from upheld.errors import UpheldError
from upheld.safekeeping.archive import ArchiveWriter
from upheld.safekeeping.programs import Server, program
from upheld.safekeeping.tables import other_schemas, quoted, schema_of, tables_in

DATABASE = "database.sql"
FILES = "files/"
# What an installation stores outside the database, in UPHELD_HOME: folders, the copy of the seals, and the public
# halves of the keys that signed them. Secret keys are not among it: a backup that held them would open what they close.
FOLDERS = ("documents", "reports")
SEALS, PUBLIC_KEYS = "seals.jsonl", "keys"
_BLOCK = 1024 * 1024

Progress = Callable[[str, int], None]  # what is being written, and how many bytes of it so far


class BackupFailed(UpheldError):
    """No backup was made; nothing is left of it."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: of which moment, how many rows and files it holds, and its size in bytes."""

    at: datetime
    rows: int
    files: int
    size: int


def back_up(
    target: Path, *, server: Server, home: Path, passphrase: str, secret_key: str, progress: Progress | None = None
) -> Made:
    """Write a backup to `target`, which appears when it is whole.

    The database is as of one moment, which the backup states; stored files are as they are met, after it. Raises
    BackupFailed, or NoPrograms.
    """
    dump = program("pg_dump", server)
    if not has_tables(server):
        raise BackupFailed("The database has no tables yet, so there is nothing to back up.")
    _sweep(target)
    building = target.with_name(f".{target.name}.new-{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            made = _write(file, dump, server, home, passphrase, secret_key, progress or (lambda _, __: None))
            file.flush()
            os.fsync(file.fileno())
        size = building.stat().st_size
        building.replace(target)
    except OSError as error:
        raise BackupFailed(f"{target} cannot be written: {error.strerror}. No backup was made.") from error
    finally:
        building.unlink(missing_ok=True)
    return Made(size=size, **made)


def _write(
    file: IO[bytes], dump: Path, server: Server, home: Path, passphrase: str, secret_key: str, progress: Progress
) -> dict[str, Any]:
    with psycopg.connect(**server.parameters) as connection:  # type: ignore[arg-type]  # texts, as libpq takes them
        connection.isolation_level, connection.read_only = IsolationLevel.REPEATABLE_READ, True
        row = connection.execute("SELECT pg_export_snapshot(), now()").fetchone()
        assert row is not None  # noqa: S101  a select without a table gives a row
        snapshot, at = str(row[0]), row[1].astimezone(UTC)
        schema = schema_of(connection)
        progress("Counting", 0)
        tables = tables_in(connection, schema)
        applied = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id").fetchall()
        manifest = {
            "id": secrets.token_hex(8),
            "at": at.isoformat(),
            "version": __version__,
            "postgresql": server.major,
            "schema": schema,
            "migrations": [name for (name,) in applied],
            "tables": [[table.name, table.rows, table.digest] for table in tables],
            "secret_key": fingerprint(secret_key),
        }
        archive = ArchiveWriter(file, passphrase, manifest)
        archive.add(
            DATABASE, _counted(_dumped(dump, server, snapshot, other_schemas(connection, schema)), "Database", progress)
        )
    files = 0
    for name, path in stored_files(home):
        archive.add(f"{FILES}{name}", _counted(_read(path), "Stored files", progress))
        files += 1
    archive.close()
    return {"at": at, "rows": sum(table.rows for table in tables), "files": files}


def has_tables(server: Server) -> bool:
    """Whether migrations have ever been applied to the database."""
    with psycopg.connect(**server.parameters) as connection:  # type: ignore[arg-type]  # texts, as libpq takes them
        row = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
    return row is not None and bool(row[0])


def fingerprint(secret_key: str) -> str:
    """By which it is seen whether an installation has the same secret key. It tells nothing of the key."""
    return hmac.new(secret_key.encode(), b"upheld backup", hashlib.sha256).hexdigest()[:16]


def stored_files(home: Path) -> Iterator[tuple[str, Path]]:
    """Every stored file, with its name below `home`. Links are left out: they lead elsewhere."""
    for folder in FOLDERS:
        for place, folders, names in os.walk(home / folder):
            folders.sort()
            for name in sorted(names):
                path = Path(place, name)
                if path.is_file() and not path.is_symlink():
                    yield path.relative_to(home).as_posix(), path
    for path in (*sorted((home / PUBLIC_KEYS).glob("*.pub")), home / SEALS):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(home).as_posix(), path


def _dumped(dump: Path, server: Server, snapshot: str, others: list[str]) -> Iterator[bytes]:
    """The database as SQL, as of a snapshot, without `others`, schemas that are not Upheld's, and their extensions."""
    command = [
        str(dump), f"--dbname={server.address()}", f"--snapshot={snapshot}", "--format=plain",
        *(f"--exclude-schema={quoted(other)}" for other in others), "--extension=plpgsql",
        "--no-owner", "--no-privileges", "--no-comments", "--encoding=UTF8", "--no-password", "--lock-wait-timeout=60s",
    ]  # fmt: skip
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, env=server.environment()) as process,  # noqa: S603
    ):
        assert process.stdout is not None  # noqa: S101  asked for
        try:
            while data := process.stdout.read(_BLOCK):
                yield data
        except BaseException:
            process.kill()
            raise
        if process.wait() != 0:
            said.seek(0)
            words = " ".join(said.read(2_000).decode("utf-8", "replace").split())
            raise BackupFailed(f"The database could not be written out: {words} No backup was made.")


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while data := file.read(_BLOCK):
            yield data


def _counted(content: Iterator[bytes], what: str, progress: Progress) -> Iterator[bytes]:
    done = 0
    for data in content:
        done += len(data)
        progress(what, done)
        yield data


def _sweep(target: Path) -> None:
    """Clear away what a backup that was killed left beside its place."""
    for left in target.parent.glob(f".{target.name}.new-*"):
        left.unlink(missing_ok=True)
