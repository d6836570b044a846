"""`upheld figures`: any figure, of any quarter, from the record or straight from a register file."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from upheld.commands.options import AS_AT, DAY, KNOWN_AT, MOMENT, QUARTER
from upheld.commands.past_totals import past
from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.figures.crosswalk import Crosswalk
    from upheld.figures.period import Quarter
    from upheld.figures.source import FactSource


STRUCTURE_OF = (
    "Services and teams as they were on this day (YYYY-MM-DD), whatever the day of each case. Each case under the team "
    "of its own day unless given."
)
ORGANISATION = "With --register: the file of the structure and what happened to it, for --structure-of."


@click.group(invoke_without_command=True)
@click.option("--quarter", type=QUARTER, help="The quarter, such as “Q3 2018/19”. The present one unless given.")
@click.option("--quarters", type=click.IntRange(1, 400), default=1, show_default=True, help="How many, ending with it.")
@click.option("--by", multiple=True, metavar="DIMENSION", help="Break down by stage, service, team, theme and so on.")
@click.option("--figure", "figures", multiple=True, metavar="ID", help="A figure. Repeat for several.")
@click.option("--stage", metavar="CODE", help="Only this stage: stage-1, stage-2, stage-3 or ombudsman.")
@click.option("--as-at", type=DAY, default=None, help=AS_AT)
@click.option("--known-at", type=MOMENT, default=None, help=KNOWN_AT)
@click.option("--register", "register_file", type=click.Path(path_type=Path), help="Count a register file instead.")
@click.option("--structure-of", type=DAY, default=None, help=STRUCTURE_OF)
@click.option("--organisation", "organisation_file", type=click.Path(path_type=Path), help=ORGANISATION)
@click.option("--format", "format_", type=click.Choice(("table", "json", "csv")), default="table", show_default=True)
@click.option(
    "--compare", is_flag=True, help="Beside each value, the last quarter's and that of a year before, with the change."
)
@click.option("--list", "list_", is_flag=True, help="Print every definition and end.")
@click.pass_context
def figures(
    ctx: click.Context,
    quarter: "Quarter | None",
    quarters: int,
    by: tuple[str, ...],
    figures: tuple[str, ...],
    stage: str | None,
    as_at: date | None,
    known_at: datetime | None,
    register_file: Path | None,
    structure_of: date | None,
    organisation_file: Path | None,
    format_: str,
    compare: bool,
    list_: bool,
) -> None:
    """Count figures of a quarter, and print them with their counts."""
    if ctx.invoked_subcommand is not None:
        return
    from upheld.figures import formats
    from upheld.figures.period import Quarter
    from upheld.figures.questions import ask

    if list_:
        click.echo(formats.as_definitions(), nl=False)
        return
    if compare and (format_ != "table" or quarters != 1):
        raise click.UsageError("--compare prints a table of one quarter: leave out --format and --quarters.")
    if known_at is not None and register_file is not None:
        raise click.UsageError("A register file does not say when it was known: --known-at is for the record.")
    today = date.today()  # noqa: DTZ011  the council's own calendar day
    asked = quarter or Quarter.containing(today)
    with opened(register_file, today) as source:
        values = ask(
            source,
            asked,
            as_at=as_at or today,
            known_at=known_at,
            quarters=5 if compare else quarters,
            figures=figures,
            by=by,
            stage=stage,
            **placing(asked.end, structure_of, register_file, organisation_file),
        )
    if all(value.numerator is None for value in values):
        click.echo(
            f"Nothing is recorded for {'this quarter' if quarters == 1 else 'these quarters'}. "
            "“upheld register import” brings a register in.",
            err=True,
        )
    if compare:
        click.echo(formats.as_comparison(values, tuple(dict.fromkeys(by)), asked), nl=False)
        return
    write = {"table": formats.as_table, "json": formats.as_json, "csv": formats.as_csv}[format_]
    text = write(values, tuple(dict.fromkeys(by)))
    if format_ == "csv":
        sys.stdout.buffer.write(text.encode())
    else:
        click.echo(text, nl=False)


class Placing(TypedDict):
    """How teams are placed and what they are called, as `calculate` is asked for it."""

    crosswalk: "Crosswalk | None"
    names: "Mapping[tuple[str, str], str] | None"


figures.add_command(past)


def placing(
    day: date, structure_of: date | None, register_file: Path | None, organisation_file: Path | None
) -> Placing:
    """In the structure of a chosen day, or each case under the team of its own, with the names of `day`.

    For within `opened`. Raises UpheldError where a register file is to be counted in a structure that nothing tells.
    """
    if register_file is None:
        from upheld.organisation.queries import crosswalk_to, names_on

        if organisation_file is not None:
            raise UpheldError("--organisation is for a register file: the record has a structure of its own.")
        if structure_of is not None:
            return {"crosswalk": crosswalk_to(structure_of), "names": None}
        return {"crosswalk": None, "names": names_on(day)}
    if structure_of is None:
        return {"crosswalk": None, "names": None}
    if organisation_file is None:
        raise UpheldError(
            "A register file does not say what became of its teams: name a file that does with --organisation."
        )
    from upheld.organisation.crosswalk import crosswalk
    from upheld.organisation.entry import timeline_of
    from upheld.organisation.file import read_structure

    timeline = timeline_of(read_structure(organisation_file), at=datetime.now(UTC))
    return {"crosswalk": crosswalk(timeline, structure_of), "names": None}


@contextmanager
def opened(register_file: Path | None, today: date) -> "Iterator[FactSource]":
    """The facts of a register file, or else of the record."""
    if register_file is not None:
        from upheld.figures.from_register import facts_of_file

        yield facts_of_file(register_file, today=today)
        return
    from upheld.commands.database import with_database

    with with_database():
        from upheld.cases.queries.facts import PostgresFacts

        yield PostgresFacts()
