"""Bring a backup back: checked to its end first, then the database in one transaction, then the stored files."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

import psycopg
from psycopg import sql

from upheld.errors import UpheldError
from upheld.safekeeping.archive import ArchiveReader, Member
from upheld.safekeeping.backup import DATABASE, FOLDERS, PUBLIC_KEYS, SEALS, stored_files
from upheld.safekeeping.programs import Server, program
from upheld.safekeeping.sealed import BadArchive
from upheld.safekeeping.tables import MISMATCH, Table, emptying, proof, schema_of, table_names, tables_in

# Where either has a row, the database holds something that somebody would miss.
_MISSED = ("cases_case", "accounts_user", "cases_event", "cases_registerimport")
_REASONS = {
    MISMATCH: "what was restored is not what the backup says",
    "42501": "the database's role may not create or drop tables there. Make it the owner of the database",
    "55P03": "somebody else uses the tables. Stop upheld serve and upheld worker, and try again",
    "53100": "the server's disk is full. Make room",
}

Progress = Callable[[str, int], None]


class CannotRestore(UpheldError):
    """Nothing was restored; the text says what stands in the way."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds, checked to its end."""

    id: str
    at: datetime
    version: str
    schema: str
    migrations: tuple[str, ...]
    tables: tuple[Table, ...]
    files: int
    size: int  # bytes, unpacked
    secret_key: str  # its fingerprint

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(table.rows for table in self.tables)


@dataclass(frozen=True, slots=True)
class Present:
    """What a database holds before a restore: whether it has tables, what is in them, whether anybody would miss it."""

    schema: str
    has_tables: bool
    tables: tuple[Table, ...]
    missed: bool
    others: int  # connections of others

    def is_that_of(self, contents: Contents) -> bool:
        """Whether it is the backed-up database already."""
        return self.has_tables and self.tables == contents.tables


def check(source: Path, passphrase: str, progress: Progress | None = None) -> Contents:
    """Read a backup to its end. Raises BadArchive where anything in it was changed, or is missing."""
    with _opened(source) as file:
        reader = ArchiveReader(file, passphrase)
        files, size, names = 0, 0, set[str]()
        for member in reader.members():
            if member.name != DATABASE:
                _place(Path(), member.name)
                files += 1
            if member.name in names:
                raise BadArchive("This backup holds something twice. Use another copy of it.")
            names.add(member.name)
            for data in member.content:
                size += len(data)
                if progress is not None:
                    progress("Checking the backup", size)
        if DATABASE not in names:
            raise BadArchive("This backup holds no database. Use another copy of it.")
        told = reader.manifest
    return Contents(
        id=str(told["id"]),
        at=datetime.fromisoformat(told["at"]),
        version=str(told["version"]),
        schema=str(told["schema"]),
        migrations=tuple(told["migrations"]),
        tables=tuple(Table(*each) for each in told["tables"]),
        files=files,
        size=size,
        secret_key=str(told["secret_key"]),
    )


def present(server: Server) -> Present:
    """What the database holds now."""
    with psycopg.connect(**server.parameters) as connection:  # type: ignore[arg-type]  # texts, as libpq takes them
        schema = schema_of(connection)
        names = table_names(connection, schema)
        missed = any(
            connection.execute(sql.SQL("SELECT FROM {} LIMIT 1").format(sql.Identifier(schema, name))).fetchone()
            is not None
            for name in _MISSED
            if name in names
        )
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        ).fetchone()
        tables = tuple(tables_in(connection, schema))
    return Present(schema, bool(names), tables, missed, 0 if row is None else int(str(row[0])))


def restore(
    source: Path,
    contents: Contents,
    *,
    server: Server,
    schema: str,
    home: Path,
    passphrase: str,
    progress: Progress | None = None,
) -> None:
    """Make the database and the stored files those of a backup that was checked. Whatever they held goes.

    `schema` is the one whose tables go.

    The database changes in one transaction, which ends only where every table is as the backup says. A restore that
    dies before leaves everything as it was; one that dies between that and putting the files in their places is
    completed by the next of the same backup. Raises CannotRestore or BadArchive.
    """
    say = progress or (lambda _, __: None)
    psql = program("psql", server)
    staged = home / f"restoring-{contents.id}"
    shutil.rmtree(staged, ignore_errors=True)
    try:
        with _opened(source) as file:
            reader = ArchiveReader(file, passphrase)
            for folder in FOLDERS:
                (staged / "files" / folder).mkdir(mode=0o700, parents=True)
            with _Session(psql, server) as session:
                session.send(_BEGIN.encode() + emptying(schema).encode())
                for member in reader.members():
                    if member.name == DATABASE:
                        _send_database(session, member, server, say)
                    else:
                        _stage(staged, member, say)
                session.send(proof(contents.tables, contents.schema).encode())
                session.finish()
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    put_files_in_place(contents, home)


def put_files_in_place(contents: Contents, home: Path) -> bool:
    """Put the files of a restored backup where they belong; what was there goes. False where there are none to put.

    Public keys are added to those that are there. The copy of the seals is set aside: it tells of what came after.
    """
    staged = home / f"restoring-{contents.id}"
    if not staged.is_dir():
        return False
    for folder in FOLDERS:
        # Whoever was killed here has moved some already: those are not there any more.
        if (new := staged / "files" / folder).is_dir():
            shutil.rmtree(home / folder, ignore_errors=True)
            new.rename(home / folder)
    for new in (staged / "files" / PUBLIC_KEYS).glob("*.pub"):
        target = home / PUBLIC_KEYS / new.name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        if not target.exists():
            new.rename(target)
    seals, aside = home / SEALS, home / f"{SEALS}.before-{contents.id}"
    if seals.exists() and not aside.exists():
        seals.rename(aside)
    if (new := staged / "files" / SEALS).is_file():
        new.rename(seals)
    shutil.rmtree(staged)
    return True


def has_files(home: Path) -> bool:
    """Whether anything is stored outside the database."""
    return next(stored_files(home), None) is not None


_BEGIN = "BEGIN;\nSET LOCAL lock_timeout = '20s';\nSET LOCAL client_min_messages = error;\n"


class _Session:
    """psql, to which SQL is sent; what it was sent holds only once it has been finished."""

    def __init__(self, psql: Path, server: Server) -> None:
        self._command = [
            str(psql), f"--dbname={server.address()}", "--no-psqlrc", "--quiet", "--no-password",
            "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=sqlstate",
        ]  # fmt: skip
        self._environment = server.environment()

    def __enter__(self) -> "_Session":
        self._said = tempfile.TemporaryFile()
        self._process = subprocess.Popen(  # noqa: S603  a program of PostgreSQL's
            self._command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self._said, env=self._environment
        )
        return self

    def send(self, data: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101  asked for
        try:
            self._process.stdin.write(data)
        except OSError:
            raise self._failed() from None

    def finish(self) -> None:
        """Make what was sent hold."""
        assert self._process.stdin is not None  # noqa: S101  asked for
        self.send(b"\nCOMMIT;\n")
        try:
            self._process.stdin.close()
        except OSError:
            raise self._failed() from None
        if self._process.wait() != 0:
            raise self._failed()

    def __exit__(self, *_: object) -> None:
        # Killed before it was sent its COMMIT, it leaves the server to undo everything.
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        self._said.close()

    def _failed(self) -> CannotRestore:
        self._process.wait()
        self._said.seek(0)
        words = self._said.read(4_000).decode("utf-8", "replace")
        state = words.partition("ERROR:")[2].strip()[:5]
        reason = _REASONS.get(state, f"the database refused it (SQLSTATE {state})" if state else "the connection ended")
        return CannotRestore(f"Nothing was restored: {reason}.")


def _send_database(session: _Session, member: Member, server: Server, progress: Progress) -> None:
    done, first = 0, True
    for data in member.content:
        done += len(data)
        if first:
            data = _fitting(data, server)  # noqa: PLW2901
        first = False
        session.send(data)
        progress("Restoring the database", done)


def _fitting(data: bytes, server: Server) -> bytes:
    """The beginning of the SQL without what newer programs write and older servers do not know."""
    return data if server.major >= 17 else data.replace(b"SET transaction_timeout = 0;\n", b"", 1)


def _stage(staged: Path, member: Member, progress: Progress) -> None:
    target = _place(staged, member.name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    done = 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for data in member.content:
            file.write(data)
            done += len(data)
            progress("Restoring stored files", done)


def _place(staged: Path, name: str) -> Path:
    """Where a stored file goes. Raises BadArchive for a name that leads out of its folders."""
    parts = PurePosixPath(name).parts
    inside = len(parts) > 2 and parts[1] in (*FOLDERS, PUBLIC_KEYS) and ".." not in parts
    if parts[:1] != ("files",) or not (inside or parts == ("files", SEALS)):
        raise BadArchive("This backup holds a file that does not belong in it. Use another copy of it.")
    return staged.joinpath(*parts)


def _opened(source: Path) -> IO[bytes]:
    try:
        return source.open("rb")
    except OSError as error:
        raise CannotRestore(f"{source} cannot be read: {error.strerror}.") from error
