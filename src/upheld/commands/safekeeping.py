"""`upheld backup` and `upheld restore`: everything into one encrypted file, and back."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.safekeeping.programs import Server
    from upheld.safekeeping.restore import Contents, Present

KEY_FILE = "Read the passphrase from the first line of this file, instead of asking."


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key-file", type=click.Path(path_type=Path), help=KEY_FILE)
@click.option("--force", is_flag=True, help="Write over a backup that is there.")
def backup(file: Path, key_file: Path | None, *, force: bool) -> None:
    """Write the database and the stored files to FILE, encrypted with a passphrase.

    The database is as of one moment, which is printed; people may go on working. FILE appears when it is whole. Without
    the passphrase nobody can read it, nor restore it: keep it where the backups are not. The secret key
    (UPHELD_SECRET_KEY) and the key that signs seals are not in it: keep them apart as well.
    """
    from upheld.commands.database import with_database

    if file.exists() and not force:
        raise UpheldError(f"{file} is already there. Choose another name, or write over it with --force.")
    passphrase = _passphrase(key_file, new=True)
    with with_database(migrated=False):
        from upheld.safekeeping.backup import back_up

        server, home, secret_key = _installation()
        with _progress() as progress:
            made = back_up(
                file, server=server, home=home, passphrase=passphrase, secret_key=secret_key, progress=progress
            )
    files = "1 stored file" if made.files == 1 else f"{made.files:,} stored files"
    database = f"the database as of {made.at:%Y-%m-%d %H:%M:%S} UTC ({made.rows:,} rows)"
    click.echo(f"{file}: {database} and {files}, {_size(made.size)}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key-file", type=click.Path(path_type=Path), help=KEY_FILE)
@click.option("--check", "only_check", is_flag=True, help="Read the backup to its end, and change nothing.")
@click.option("--replace", is_flag=True, help="Restore over a database that holds something, which is then gone.")
def restore(file: Path, key_file: Path | None, *, only_check: bool, replace: bool) -> None:
    """Bring back the database and the stored files from FILE.

    FILE is first read to its end: one that was changed or cut off is refused. Then the database is restored in one
    transaction, into an empty database unless --replace is given and the database's name is typed; and it is proven to
    be the one that was backed up, table by table, before that holds. Stop upheld serve and upheld worker first.
    """
    from upheld.commands.database import apply_migrations, close_connections, with_database
    from upheld.safekeeping.restore import check

    passphrase = _passphrase(key_file, new=False)
    with _progress() as progress:
        contents = check(file, passphrase, progress)
    click.echo(_said_of(contents))
    if only_check:
        click.echo("The backup is whole. Nothing was changed.")
        return
    with with_database(migrated=False):
        from django.conf import settings

        from upheld.safekeeping.backup import fingerprint
        from upheld.safekeeping.restore import has_files, present, put_files_in_place
        from upheld.safekeeping.restore import restore as bring_back

        _require_not_newer(contents)
        close_connections()
        server, home, secret_key = _installation()
        before = present(server)
        if before.is_that_of(contents):
            put = put_files_in_place(contents, home)
            click.echo("The database is this one already." + (" Its files are in their places now." if put else ""))
            return
        _require_alone(before)
        if before.missed or has_files(home):
            _confirm(server, before, replace=replace)
        with _progress() as progress:
            bring_back(
                file, contents, server=server, schema=before.schema, home=home, passphrase=passphrase, progress=progress
            )
        click.echo("Restored, and every table is as it was backed up.")
        if fingerprint(secret_key) != contents.secret_key:
            click.echo(
                "This installation has another secret key (UPHELD_SECRET_KEY) than the one that was backed up. With "
                "that one people keep their two-step sign-in; without it they set it up again.",
                err=True,
            )
        if settings.ENVIRONMENT.embedded:
            apply_migrations()
        elif _pending():
            click.echo("The backup is of an earlier version. Now run: upheld migrate", err=True)
            return
        _check_the_record()


def _check_the_record() -> None:
    """Check every entry and seal of the restored record, and say what was found."""
    from upheld.cases.actions.seal_chronology import COPY_FILE, keys_folder
    from upheld.cases.keys import trusted_keys
    from upheld.cases.verification import verify_record
    from upheld.commands.audit import said_of

    done = verify_record(trusted_keys(keys_folder()), copies=keys_folder().parent / COPY_FILE)
    for line in said_of(done, {}):
        click.echo(line)
    if done.findings:
        raise UpheldError("The record was not sound when it was backed up: look at what is named above.")


def _passphrase(key_file: Path | None, *, new: bool) -> str:
    from upheld.safekeeping.sealed import SHORTEST_PASSPHRASE

    if key_file is not None:
        try:
            given = key_file.read_text(encoding="utf-8").partition("\n")[0].strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UpheldError(f"{key_file} cannot be read as a file with a passphrase.") from error
    elif sys.stdin.isatty():
        given = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
    else:
        raise UpheldError("There is nobody to ask for the passphrase. Give it in a file: --key-file FILE")
    if new and len(given) < SHORTEST_PASSPHRASE:
        raise UpheldError(
            f"The passphrase is too short: whoever has the file could find it. Take at least {SHORTEST_PASSPHRASE} "
            "characters, for example four words that do not belong together."
        )
    return str(given)


def _installation() -> "tuple[Server, Path, str]":
    """The database, the home folder and the secret key of this installation."""
    from django.conf import settings
    from django.db import connection

    from upheld.safekeeping.programs import Server

    told = connection.settings_dict
    parameters = {"dbname": told["NAME"], "user": told["USER"], "password": told["PASSWORD"], "host": told["HOST"]}
    parameters |= {"port": str(told["PORT"] or ""), **{name: str(value) for name, value in told["OPTIONS"].items()}}
    with connection.cursor():
        major = connection.pg_version // 10_000  # type: ignore[attr-defined]  # PostgreSQL's own attribute
    connection.close()
    given = {name: value for name, value in parameters.items() if value}
    return Server(given, major), settings.ENVIRONMENT.home, str(settings.SECRET_KEY)


def _said_of(contents: "Contents") -> str:
    files = "1 stored file" if contents.files == 1 else f"{contents.files:,} stored files"
    return (
        f"A backup as of {contents.at:%Y-%m-%d %H:%M:%S} UTC by Upheld {contents.version}: {contents.rows:,} rows in "
        f"{len(contents.tables)} tables, {files}."
    )


def _require_not_newer(contents: "Contents") -> None:
    from django.db.migrations.loader import MigrationLoader

    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := [name for name in contents.migrations if name not in known]:
        raise UpheldError(
            f"This backup was made by a later version of Upheld ({contents.version}; this one does not know "
            f"{unknown[0]}). Install that version, then restore. Nothing was changed."
        )


def _require_alone(before: "Present") -> None:
    if before.others:
        count = "One other connection is" if before.others == 1 else f"{before.others} other connections are"
        raise UpheldError(
            f"{count} open to the database. Stop upheld serve, upheld worker and whatever else uses it, then restore. "
            "Nothing was changed."
        )


def _confirm(server: "Server", before: "Present", *, replace: bool) -> None:
    """Have the database's name typed before what it holds goes."""
    rows = sum(table.rows for table in before.tables)
    if not replace:
        raise UpheldError(
            f"The database “{server.name}” or the folder for stored files holds something already ({rows:,} rows). "
            "Restore into an empty database and an empty UPHELD_HOME, or over this one with --replace."
        )
    typed = click.prompt(
        f"Everything in the database “{server.name}” ({rows:,} rows) and the stored files will be gone. To go on, type "
        "the database's name",
        err=True,
    )
    if typed != server.name:
        raise UpheldError("That is not the database's name. Nothing was changed.")


def _pending() -> list[str]:
    from upheld.config.probes import pending_migrations

    return pending_migrations()


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """Say on a terminal what is being done, on one line."""
    shown = sys.stderr.isatty()
    last = {"megabytes": -1}

    def say(what: str, done: int) -> None:
        megabytes = done // 1024**2
        if shown and megabytes != last["megabytes"]:
            last["megabytes"] = megabytes
            click.echo(f"\r\x1b[K{what}: {megabytes:,} MB", nl=False, err=True)

    try:
        yield say
    finally:
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def _size(count: int) -> str:
    return f"{count / 1024**2:.1f} MB" if count >= 1024**2 else f"{max(1, round(count / 1024)):,} KB"
