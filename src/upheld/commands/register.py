"""`upheld register`: the empty template, and the import of a register, whole or not at all."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.cases.actions.record_register import ImportResult
    from upheld.register.model import Refusal, Register


@click.group()
def register() -> None:
    """Registers of complaints: get an empty one, import a filled one."""


@register.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def template(file: Path | None, *, force: bool) -> None:
    """Write an empty register to FILE (.xlsx or .csv), or explain the layout where no FILE is given."""
    from upheld.register.layout import COLUMNS
    from upheld.register.template import explained, template_csv, template_workbook

    if file is None:
        for column in COLUMNS:
            click.echo(f"{column.heading}{' (always)' if column.required else ''}\n    {explained(column)}")
        return
    writers = {".xlsx": template_workbook, ".csv": template_csv}
    write = writers.get(file.suffix.lower())
    if write is None:
        raise UpheldError(f"{file.name}: a template is written as .xlsx or .csv. Give the file one of these endings.")
    if file.exists() and not force:
        raise UpheldError(f"{file} is already there. Choose another name, or write over it with --force.")
    try:
        file.write_bytes(write())
    except OSError as error:
        raise UpheldError(f"{file} cannot be written: {error.strerror}.") from error
    click.echo(file)


@register.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Read and check the file, and change nothing.")
@click.option("--refusals", type=click.Path(path_type=Path), help="Write the refused cells to this CSV file as well.")
def import_(file: Path, *, check: bool, refusals: Path | None) -> None:
    """Import the register in FILE (CSV or XLSX, in the layout of “upheld register template”).

    It is imported whole or not at all: where a cell cannot be read or cannot be true, nothing is changed, and every
    such cell is listed with its row, its column and the reason. The same file a second time changes nothing.
    """
    from upheld.figures.from_register import RefusedRegister
    from upheld.register.read import read_register

    read = read_register(file, today=date.today())  # noqa: DTZ011  the council's own calendar day
    if read.refusals:
        _write_refusals(refusals, read.refusals)
        raise RefusedRegister(read.source, read.refusals)
    if check:
        click.echo(f"{file.name}: {read.rows} rows, {len(read.cases)} cases. Nothing is wrong; nothing was changed.")
        return
    from upheld.commands.database import with_database

    with with_database():
        from upheld.cases.actions.record_register import RegisterRefused

        try:
            done = imported(read)
        except RegisterRefused as refused:
            _write_refusals(refusals, refused.refusals)
            raise RefusedRegister(read.source, refused.refusals) from refused
    for line in said_of(done):
        click.echo(line)


def imported(read: "Register") -> "ImportResult":
    """Record a register that was read whole, with progress shown. Needs a database that is ready."""
    from upheld.cases.actions.record_register import record_register

    with click.progressbar(length=len(read.cases), label="Importing", file=sys.stderr) as bar:
        return record_register(read, by=None, at=datetime.now(UTC), progress=lambda done, _: bar.update(done - bar.pos))


def said_of(result: "ImportResult") -> list[str]:
    """What an import did, in words."""
    if result.import_id is None:
        return [f"The record has all {result.rows} rows already; nothing was changed."]
    lines = [
        f"Imported {result.rows} rows: {result.new_rows} new, {result.added_to_rows} added to, {result.same_rows} as "
        f"recorded before. Cases: {result.new_cases} new, {result.changed_cases} added to."
    ]
    for names, what in (
        (result.new_services, "New services"),
        (result.new_teams, "New teams"),
        (result.new_themes, "New themes"),
    ):
        if names:
            lines.append(f"{what}: {'; '.join(names)}.")
    return lines


def _write_refusals(file: Path | None, refusals: "tuple[Refusal, ...]") -> None:
    if file is None:
        return
    from upheld.register.refusals import refusals_csv

    file.write_bytes(refusals_csv(refusals))
