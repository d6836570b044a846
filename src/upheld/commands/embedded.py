"""The embedded database by hand: `upheld database start | stop | status`."""

import os
from dataclasses import asdict

import click

from upheld.config.embedded_postgres import EmbeddedPostgres, Standing
from upheld.config.environment import EMBEDDED_BANNER, home_folder


@click.group()
def database() -> None:
    """Start, stop or look at the embedded database.

    Commands start it when they need it and stop it when nobody does. Start it by hand to keep it running in between.
    """


@database.command()
def start() -> None:
    """Start the embedded database, and keep it until upheld database stop.

    Prints its address, for DATABASE_URL. The address holds its password.
    """
    url = _server().keep()
    click.echo(url)
    click.echo(EMBEDDED_BANNER, err=True)


@database.command()
def stop() -> None:
    """Stop the embedded database, whoever uses it."""
    click.echo("Stopped." if _server().stop() else "It was not running.")


@database.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def status(form: str) -> None:
    """Say whether the embedded database runs, and where its data are."""
    standing = _server().status()
    if form == "json":
        import json

        click.echo(json.dumps({**asdict(standing), "folder": str(standing.folder)}, indent=2))
        return
    click.echo(_words(standing))


def _words(standing: Standing) -> str:
    if not standing.made:
        return f"Not made yet. It will be in {standing.folder}."
    lines = [f"PostgreSQL {standing.version}, data in {standing.folder}"]
    if not standing.running:
        return "\n".join(["Not running.", *lines])
    users = "one command uses it" if standing.users == 1 else f"{standing.users} commands use it"
    stays = "kept until upheld database stop" if standing.kept else "ends when nobody uses it"
    return "\n".join([f"Running as process {standing.pid} ({standing.account}): {users}; {stays}.", *lines])


def _server() -> EmbeddedPostgres:
    return EmbeddedPostgres(home_folder(os.environ))
