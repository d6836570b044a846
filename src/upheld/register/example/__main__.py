"""`python -m upheld.register.example --until 2026-11-22 --out FILE.csv`: write the example register to a file."""

from datetime import datetime
from pathlib import Path

import click

from upheld.errors import UpheldError
from upheld.register.example import SEED, make_example, write_example


@click.command()
@click.option(
    "--until",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    required=True,
    help="The last day that the register knows of.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write: .csv or .xlsx.",
)
@click.option("--seed", default=SEED, show_default=True, help="Another number makes another register.")
def main(until: datetime, out: Path, seed: int) -> None:
    """Write a made-up register of complaints in the documented layout."""
    try:
        rows = make_example(until.date(), seed)
        write_example(out, rows, until.date())
    except UpheldError as error:
        raise click.ClickException(str(error)) from error
    cases = len({row.reference for row in rows})
    click.echo(f"{cases} cases in {len(rows)} rows, to {until.date()}", err=True)
    click.echo(out)


if __name__ == "__main__":
    main(prog_name="python -m upheld.register.example")
