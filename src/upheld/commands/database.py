"""The database for a command: the one that `DATABASE_URL` names, or else the embedded one."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from upheld.config.embedded_postgres import EmbeddedPostgres
from upheld.config.environment import home_folder
from upheld.config.locks import exclusively
from upheld.errors import UpheldError

MINIMUM_VERSION = 15
# Any number: it stands for "somebody is migrating this database", for all processes of all machines.
_MIGRATION_LOCK = 0x7570_6865_6C64


class DatabaseNotReadyError(UpheldError):
    """The database cannot be used yet; the text says what is missing."""


@contextmanager
def with_database(*, migrated: bool = True) -> Iterator[None]:
    """Have a database, and Django set up on it, for the length of the block.

    Where `DATABASE_URL` is not set, the embedded server is started, or shared with whoever uses it already, and its
    migrations are applied. A database of one's own must have been migrated with `upheld migrate`, unless the command
    says `migrated=False` because it looks after that itself.

    Raises `WrongSettingsError`, `EmbeddedPostgresError` or `DatabaseNotReadyError`.
    """
    if os.environ.get("DATABASE_URL", "").strip():
        start_django()
        check_connection()
        if migrated:
            require_migrations()
        yield
        return
    home = home_folder(os.environ)
    server = EmbeddedPostgres(home)
    with server.in_use() as url:
        hand_on_embedded_settings(home, url)
        start_django()
        if migrated:
            apply_migrations()
        try:
            yield
        finally:
            # An open connection would keep the server up.
            close_connections()


def hand_on_embedded_settings(home: Path, url: str) -> None:
    """Put into the environment what settings need where the database is the embedded one."""
    os.environ.update(with_embedded_settings(os.environ, url=url, secret_key=partial(_kept_secret_key, home)))
    os.environ["UPHELD_HOME"] = str(home)


def with_embedded_settings(variables: Mapping[str, str], *, url: str, secret_key: Callable[[], str]) -> dict[str, str]:
    """The variables, with what they need for the embedded database. What the person set stays as they set it."""
    settings = dict(variables) | {"DATABASE_URL": url, "UPHELD_EMBEDDED": "on"}
    for name, value in (("UPHELD_HTTPS", "off"), ("UPHELD_LOG_FORMAT", "text")):
        if not settings.get(name, "").strip():
            settings[name] = value
    if not settings.get("UPHELD_SECRET_KEY", "").strip():
        settings["UPHELD_SECRET_KEY"] = secret_key()
    return settings


def start_django() -> None:
    """Read the settings and set Django up. Raises `WrongSettingsError` with everything that is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.config.settings")
    import django
    from django.conf import settings

    # whitenoise looks for the folder of collected assets when it starts, whether there are any or not.
    static = settings.ENVIRONMENT.home / "static"
    try:
        static.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UpheldError(
            f"The folder {static} cannot be made: {error.strerror}. Set UPHELD_HOME to a folder that this account may "
            "write to, for example UPHELD_HOME=/var/lib/upheld"
        ) from error
    django.setup()


def check_connection() -> None:
    """Raise `DatabaseNotReadyError` where the database does not answer or is too old."""
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
        version = connection.pg_version // 10_000  # type: ignore[attr-defined]  # PostgreSQL's own attribute
    except DatabaseError as error:
        said = " ".join(str(error).split())
        raise DatabaseNotReadyError(
            f"The database that DATABASE_URL names does not answer: {said}. Check that it runs, that the address, "
            "name, user and password are right, and that this machine may connect to it."
        ) from error
    if version < MINIMUM_VERSION:
        raise DatabaseNotReadyError(
            f"The database is PostgreSQL {version}. Upheld needs version {MINIMUM_VERSION} or later."
        )


def require_migrations() -> None:
    """Raise `DatabaseNotReadyError` where the database is not as this version of Upheld needs it."""
    from upheld.config.probes import pending_migrations

    pending = pending_migrations()
    if pending:
        count = "One change waits" if len(pending) == 1 else f"{len(pending)} changes wait"
        raise DatabaseNotReadyError(
            f"The database is not ready for this version of Upheld: {count} to be made to its tables. Make a backup, "
            "then run: upheld migrate"
        )


def apply_migrations() -> int:
    """Apply every migration that waits, one process at a time; say how many there were."""
    from django.core.management import call_command
    from django.db import connection

    from upheld.config.probes import pending_migrations

    if not pending_migrations():
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        try:
            pending = pending_migrations()
            if pending:
                click.echo("Setting up the database …", err=True)
                call_command("migrate", verbosity=0, interactive=False)
            return len(pending)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATION_LOCK])


def close_connections() -> None:
    """Close this process's connections to the database."""
    from django.db import connections

    connections.close_all()


def _kept_secret_key(home: Path) -> str:
    """The key of an installation with an embedded database: made once, readable by its owner alone."""
    path = home / "secret-key"
    with exclusively(home / "embedded.lock", waiting=60, purpose="setting up this installation"):
        if not path.exists():
            building = path.with_name(f"secret-key.new-{secrets.token_hex(4)}")
            with os.fdopen(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64) + "\n")
            building.replace(path)
        return path.read_text().strip()
