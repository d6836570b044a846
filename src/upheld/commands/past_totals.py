"""`upheld figures past`: figures published before the record, entered, shown and reconciled with it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from upheld.commands.options import AS_AT, DAY
from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.figures.past import PastTotal


@click.group()
def past() -> None:
    """Figures published before the record: shown beside it as published, never added to it."""


@past.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def template(file: Path, *, force: bool) -> None:
    """Write an empty CSV file of past totals to FILE."""
    from upheld.figures.past_file import template as made

    if file.exists() and not force:
        raise UpheldError(f"{file} is already there. Choose another name, or write over it with --force.")
    try:
        file.write_bytes(made())
    except OSError as error:
        raise UpheldError(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(file)


@past.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Read the file, and change nothing.")
def import_(file: Path, *, check: bool) -> None:
    """Record the past totals in FILE: CSV, XLSX, XLS or ODS, as the template has them.

    Whole or not at all. The same file again changes nothing. A number that differs from what was recorded replaces it;
    both are kept.
    """
    from upheld.figures.past_file import read_past_totals

    totals = read_past_totals(file, stages=_stages())
    if check:
        click.echo(f"{file.name}: {len(totals)} past totals. Nothing is wrong; nothing was changed.")
        return
    from upheld.commands.database import with_database

    with with_database():
        from upheld.reporting.actions import record_past_totals

        done = record_past_totals(totals, by=None, at=datetime.now(UTC))
    click.echo(f"Past totals: {done.new} new, {done.restated} restated, {done.same} as recorded before.")


@past.command()
def show() -> None:
    """Print every past total, with where it was published, and what it replaced."""
    from upheld.commands.database import with_database
    from upheld.figures.reconcile import shown_past

    with with_database():
        from upheld.reporting.past_queries import past_totals

        kept = past_totals()
    if not kept:
        click.echo("No past totals are recorded. “upheld figures past template” writes a file to fill in.")
    for each in kept:
        where = f"{each.total.source}{f', page {each.total.page}' if each.total.page else ''}"
        before = f" (before: {', '.join(shown_past(old) for old in each.before)})" if each.before else ""
        click.echo(f"{_what(each.total)}: {shown_past(each.total)}{before}; {where}")


@past.command()
@click.option("--as-at", type=DAY, default=None, help=AS_AT)
@click.option("--differing", is_flag=True, help="Only where the record has another number.")
def reconcile(as_at: date | None, *, differing: bool) -> None:
    """Print each past total beside the record's own number, and the difference."""
    from upheld.commands.database import with_database
    from upheld.figures.reconcile import shown_past

    with with_database():
        from upheld.reporting.past_queries import reconciled

        day = as_at or date.today()  # noqa: DTZ011  the council's own calendar day
        found = [each for each in reconciled(as_at=day) if not differing or each.difference]
    for each in found:
        now = each.now.value if each.now is not None else None
        of_record = "" if now is None else f", the record {now}"
        click.echo(f"{_what(each.past)}: published {shown_past(each.past)}{of_record}: {each.in_words}")
    if not found:
        click.echo("Nothing differs." if differing else "No past totals are recorded.")


def _what(total: "PastTotal") -> str:
    from upheld.figures.definitions import CATALOGUE

    groups = ", ".join(_stages().get(text, text) for _, text in total.by)
    return f"{total.period.label}, {CATALOGUE.figure(total.figure).label}" + (f", {groups}" if groups else "")


def _stages() -> dict[str, str]:
    from upheld.procedure import load_pack
    from upheld.register.events import PACK

    return {stage.code: stage.short for stage in load_pack(PACK).stages}
