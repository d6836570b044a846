"""`upheld report quarterly`: the committee's report of a quarter, in every format, from the record or a register."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from upheld.commands.figures import ORGANISATION, STRUCTURE_OF, Placing, opened, placing
from upheld.commands.options import AS_AT, DAY, QUARTER

if TYPE_CHECKING:
    from upheld.figures.past import PastTotal
    from upheld.figures.period import Quarter
    from upheld.figures.source import FactSource
    from upheld.narrative.report import Report


@click.group()
def report() -> None:
    """Write reports."""


@report.command()
@click.option("--quarter", type=QUARTER, required=True, help="The quarter, such as “Q3 2018/19”.")
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), required=True, help="The folder to write to; made if needed."
)
@click.option("--register", "register_file", type=click.Path(path_type=Path), help="Count a register file instead.")
@click.option("--cover", type=click.Path(path_type=Path), help="TOML file with the cover block.")
@click.option("--commentary", type=click.Path(path_type=Path), help="TOML file with learning, actions and plan.")
@click.option("--as-at", type=DAY, default=None, help=AS_AT + " The cover file may state it.")
@click.option("--structure-of", type=DAY, default=None, help=STRUCTURE_OF)
@click.option("--organisation", "organisation_file", type=click.Path(path_type=Path), help=ORGANISATION)
def quarterly(
    quarter: "Quarter",
    folder: Path,
    register_file: Path | None,
    cover: Path | None,
    commentary: Path | None,
    as_at: date | None,
    structure_of: date | None,
    organisation_file: Path | None,
) -> None:
    """Write the quarterly report as HTML, PDF, Word, Excel and slides.

    Without --cover and --commentary, the files cover.toml and commentary.toml in the quarter's folder of the
    installation (reports/2018-19-q3 in UPHELD_HOME) are used where they are there.
    """
    with opened(register_file, date.today()) as source:  # noqa: DTZ011  the council's own calendar day
        placed = placing(quarter.end, structure_of, register_file, organisation_file)
        made = made_report(
            source,
            quarter,
            cover=cover,
            commentary=commentary,
            as_at=as_at,
            placed=placed,
            past=() if register_file is not None else published_before(),
        )
        if register_file is None:
            from upheld.cases.actions.disposal import note_report

            # Facts of cases that are disposed of later keep to the right side of this day and this moment.
            note_report(as_at=made.as_at, known_at=datetime.now(UTC))
    for path in write_report(made, folder):
        click.echo(path)


def made_report(
    source: "FactSource",
    quarter: "Quarter",
    *,
    cover: Path | None = None,
    commentary: Path | None = None,
    as_at: date | None = None,
    placed: Placing | None = None,
    past: "tuple[PastTotal, ...]" = (),
) -> "Report":
    """The report of a quarter from a source of facts and the quarter's papers."""
    from upheld.config.environment import council_name, home_folder
    from upheld.narrative.papers import folder_of, papers
    from upheld.reporting.assemble import assembled, day_of_figures

    added = papers(
        quarter,
        council=council_name(os.environ),
        folder=folder_of(home_folder(os.environ), quarter),
        cover=cover,
        words=commentary,
    )
    today = date.today()  # noqa: DTZ011  the council's own calendar day
    day = as_at or day_of_figures(added, quarter, today=today)
    return assembled(source, quarter, added, as_at=day, past=past, **(placed or {"crosswalk": None, "names": None}))


def published_before() -> "tuple[PastTotal, ...]":
    """The past totals of the record. For within a database."""
    from upheld.reporting.past_queries import present_totals

    return present_totals()


def write_report(made: "Report", folder: Path) -> list[Path]:
    """Write a report in every format, in the council's colour, and return the files."""
    from upheld.config.environment import brand_colour, council_name
    from upheld.documents import write_all
    from upheld.reporting.assemble import house_style

    style = house_style(council=council_name(os.environ), brand=brand_colour(os.environ))
    return list(write_all(made, folder, style=style))
