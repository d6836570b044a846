"""`upheld register`: the empty template, how a file would be read, and its import, whole or not at all."""

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.cases.actions.record_register import ImportResult
    from upheld.register.model import Refusal, Register, Remark
    from upheld.register.opening import Opened


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
    _write(file, write())
    click.echo(file)


@register.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--write-mapping", "mapping", type=click.Path(path_type=Path), help="Write what was understood here.")
@click.option("--sheet", help="Look at this sheet of a workbook.")
@click.option("--encoding", help="The encoding of a CSV file, where it is not UTF-8 or Windows-1252.")
@click.option("--force", is_flag=True, help="Write over a mapping that is there.")
def understand(file: Path, mapping: Path | None, sheet: str | None, encoding: str | None, *, force: bool) -> None:
    """Say how the register in FILE would be read, whatever its layout, and what has to be settled first.

    The mapping that this writes is a TOML file to look over: every “?” in it is a question. Then import the file with
    --mapping. Nothing is imported here.
    """
    from upheld.files import Told, read_bytes
    from upheld.register.understanding import draft, shown
    from upheld.register.understanding import understand as understood

    if mapping is not None and mapping.exists() and not force:
        raise UpheldError(f"{mapping} is already there. Choose another name, or write over it with --force.")
    told = Told(sheet=sheet, encoding=encoding)
    found = understood(read_bytes(file), file.name, today=_today(), told=told)
    for line in shown(found):
        click.echo(line)
    if mapping is not None:
        _write(mapping, draft(found).encode())
        click.echo(f"\nWritten down in {mapping}.")


@register.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="Read FILE in the layout that this TOML file tells.")
@click.option("--recognise", is_flag=True, help="Let FILE explain itself, even where it is nearly in our layout.")
@click.option("--check", is_flag=True, help="Read and check the file, and change nothing.")
@click.option("--dry-run", is_flag=True, help="Say what an import would change in the record, and change nothing.")
@click.option("--new-teams", is_flag=True, help="Take teams that the record does not have for new ones.")
@click.option("--accept-corrections", is_flag=True, help="Let FILE overrule names, and what people recorded by hand.")
@click.option("--refusals", type=click.Path(path_type=Path), help="Write what is refused here: .xlsx or .csv.")
def import_(
    file: Path,
    mapping: Path | None,
    refusals: Path | None,
    *,
    recognise: bool,
    check: bool,
    dry_run: bool,
    new_teams: bool,
    accept_corrections: bool,
) -> None:
    """Import the register in FILE: CSV, XLSX, XLS or ODS.

    In the layout of “upheld register template”, or in the one that --mapping tells. A file with other headings is
    recognised by itself where nothing in it can be read in two ways; otherwise what has to be settled is listed.

    It is imported whole or not at all: where a cell cannot be read or cannot be true, nothing is changed, and every
    such cell is listed with its row, its column and the reason. The same file a second time changes nothing. Once the
    record has teams, one that it does not have is refused as a misspelling, unless --new-teams says that it is new.

    A cell that says something else than at an earlier import is recorded as a correction: what was known before stays
    on record, and --dry-run shows what would move. A file does not overrule what people have recorded by hand since,
    nor rename anybody, unless --accept-corrections says so. What it leaves out stays.
    """
    from upheld.commands.register_files import open_file, remarks_of, show_understanding
    from upheld.figures.from_register import RefusedRegister

    opened = open_file(file, mapping=mapping, recognise=recognise, today=_today())
    read = opened.register
    if opened.understanding is not None:
        show_understanding(opened.understanding)
    if read.refusals:
        _write_refusals(refusals, opened, read.refusals)
        raise RefusedRegister(read.source, read.refusals)
    if check:
        click.echo(f"{file.name}: {read.rows} rows, {len(read.cases)} cases. Nothing is wrong; nothing was changed.")
    else:
        lines, missing = _imported(
            opened, refusals, dry_run=dry_run, new_teams=new_teams, accept_corrections=accept_corrections
        )
        for line in lines:
            click.echo(line)
        read = replace(read, remarks=(*read.remarks, *missing))
    for line in remarks_of(read):
        click.echo(line)


def _imported(
    opened: "Opened", refusals: Path | None, *, dry_run: bool, new_teams: bool, accept_corrections: bool
) -> "tuple[list[str], list[Remark]]":
    """Import, or try to: what that did, in lines, and the rows that earlier files of this name had."""
    from upheld.commands.database import with_database
    from upheld.figures.from_register import RefusedRegister

    read = opened.register
    with with_database():
        from upheld.cases.actions.record_register import RegisterRefused
        from upheld.cases.presenters.corrections import corrected_lines
        from upheld.cases.queries.imports import stages_of_file
        from upheld.cases.queries.labels import labels
        from upheld.organisation.queries import team_names_ever
        from upheld.register.gone import gone
        from upheld.register.spellings import unknown_teams

        try:
            known = team_names_ever()
            if known and not new_teams and (unknown := unknown_teams(read, known)):
                raise RegisterRefused(unknown)
            record = tried if dry_run else imported
            done = record(read, over_people=accept_corrections)
            corrected = corrected_lines(done.corrected, labels())
            missing = gone(read, stages_of_file(read.source))
        except RegisterRefused as refused:
            _write_refusals(refusals, opened, refused.refusals)
            raise RefusedRegister(read.source, refused.refusals) from refused
    if dry_run:
        *lines, last = said_of_trial(done)
        return [*lines, *corrected, last], missing
    return [*said_of(done), *corrected], missing


def _today() -> date:
    return date.today()  # noqa: DTZ011  the council's own calendar day


def imported(read: "Register", *, over_people: bool = False) -> "ImportResult":
    """Record a register that was read whole, with progress shown. Needs a database that is ready."""
    from upheld.cases.actions.record_register import record_register

    with click.progressbar(length=len(read.cases), label="Importing", file=sys.stderr) as bar:
        return record_register(
            read,
            by=None,
            at=datetime.now(UTC),
            progress=lambda done, _: bar.update(done - bar.pos),
            over_people=over_people,
        )


def tried(read: "Register", *, over_people: bool = False) -> "ImportResult":
    """What recording a register would do: it is recorded, and all of it undone. Needs a database that is ready."""
    from django.db import transaction

    with transaction.atomic():
        done = imported(read, over_people=over_people)
        transaction.set_rollback(True)
    return done


def said_of_trial(result: "ImportResult") -> list[str]:
    """What an import would do, in words."""
    if result.import_id is None:
        return [f"The record has all {result.rows} rows already; an import would change nothing."]
    lines = [line.replace("Imported", "An import would bring", 1) for line in said_of(result)]
    return [*lines, "This was a trial: nothing was changed."]


def said_of(result: "ImportResult") -> list[str]:
    """What an import did, in words."""
    if result.import_id is None:
        return [f"The record has all {result.rows} rows already; nothing was changed."]
    lines = [
        f"Imported {result.rows} rows: {result.new_rows} new, {result.added_to_rows} changed, {result.same_rows} as "
        f"recorded before. Cases: {result.new_cases} new, {result.changed_cases} changed."
    ]
    if result.renamed:
        lines.append(f"Names put right: {result.renamed}.")
    for names, what in (
        (result.new_services, "New services"),
        (result.new_teams, "New teams"),
        (result.new_themes, "New themes"),
    ):
        if names:
            lines.append(f"{what}: {'; '.join(names)}.")
    return lines


def _write_refusals(file: Path | None, opened: "Opened", refused: "tuple[Refusal, ...]") -> None:
    if file is None:
        return
    from upheld.register.refusals import refusals_csv, refusals_workbook

    if file.suffix.lower() == ".xlsx":
        _write(file, refusals_workbook(opened.sheet, opened.head, refused))
    else:
        _write(file, refusals_csv(refused))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UpheldError(f"{file} cannot be written: {error.strerror}.") from error
