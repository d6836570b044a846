"""`upheld demo`: the main job from beginning to end on made-up cases, and the site to look around in."""

import os
from contextlib import nullcontext
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import click

from upheld.errors import UpheldError

FILE_NAME = "example-register.csv"
QUARTER = "Q3 2018/19"


@click.command()
@click.option("--serve/--no-serve", default=True, help="Serve the site afterwards, or end.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port; 0: a free one.")
def demo(*, serve: bool, host: str, port: int) -> None:
    """Load the made-up example, write the quarterly report of Q3 2018/19, and serve the site.

    The example is a register like any council's, loaded through the ordinary import; its cases are made up. It goes
    into this installation's own database (UPHELD_HOME), and never among cases that somebody else recorded. Running
    it again brings the example up to today.
    """
    os.environ["UPHELD_DEMO"] = "on"
    from upheld.commands.database import with_database
    from upheld.commands.server import metrics_folder, run_site
    from upheld.config.environment import home_folder

    home = home_folder(os.environ)
    with metrics_folder() if serve else nullcontext(), with_database():
        _load(home)
        report = _write_report(home)
        click.echo("\nThe quarterly report:")
        for path in report:
            click.echo(f"  {path}")
        _say_sign_ins()
        if serve:
            run_site(host=host, port=port, jobs=True)


def _load(home: Path) -> None:
    """The example as far as today, through the ordinary import."""
    from upheld.accounts.demo import create_demo_accounts
    from upheld.cases.queries.imports import imported_files
    from upheld.commands.register import imported, said_of
    from upheld.figures.from_register import RefusedRegister
    from upheld.organisation.actions import record_structure
    from upheld.organisation.file import structure_of_text
    from upheld.register.example import STRUCTURE_FILE, example_structure, make_example, write_example
    from upheld.register.read import read_register

    today = date.today()  # noqa: DTZ011  the council's own calendar day
    _say("Accounts to sign in with …")
    create_demo_accounts()
    before = imported_files()
    if before.others(FILE_NAME):
        raise UpheldError(
            "This installation holds cases of its own, so the made-up example is not loaded into it. Set UPHELD_HOME "
            "to an empty folder, for example UPHELD_HOME=~/upheld-example"
        )
    folder = home / "example"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    _say("The made-up register …")
    write_example(path, make_example(today), today)
    read = read_register(path, today=today)
    if read.refusals:
        raise RefusedRegister(read.source, read.refusals)
    structure = structure_of_text(example_structure(), STRUCTURE_FILE)
    record_structure(structure, by=None, at=datetime.now(UTC))
    if before.has(read.digest):
        _say(f"The record has the example as of today: {len(read.cases)} cases.")
        return
    for line in said_of(imported(read)):
        _say(line)


def _write_report(home: Path) -> list[Path]:
    from upheld.cases.queries.facts import PostgresFacts
    from upheld.commands.figures import placing
    from upheld.commands.report import made_report, published_before, write_report
    from upheld.figures.period import Quarter
    from upheld.narrative.papers import folder_of

    quarter = Quarter.parse(QUARTER)
    folder = folder_of(home, quarter)
    folder.mkdir(parents=True, exist_ok=True)
    example = files("upheld.narrative") / "example"
    for name in ("cover.toml", "commentary.toml"):
        # What somebody has changed to try things out is theirs.
        if not (folder / name).exists():
            (folder / name).write_text((example / name).read_text(encoding="utf-8"), encoding="utf-8")
    _say(f"The report of {quarter.label} …")
    placed = placing(quarter.end, None, None, None)
    return write_report(made_report(PostgresFacts(), quarter, placed=placed, past=published_before()), folder)


def _say_sign_ins() -> None:
    from upheld.accounts.demo import demo_accounts

    click.echo("\nSign in as (all made up, all with the same password):")
    accounts = demo_accounts()
    width = max(len(account.email) for account in accounts)
    for account in accounts:
        click.echo(f"  {account.email:{width}}  {account.role.label}")
    click.echo(f"  Password: {accounts[0].password}\n")


def _say(text: str) -> None:
    click.echo(text, err=True)
