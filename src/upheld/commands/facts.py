"""`upheld facts`: fold the chronology again, and compare or mend what figures are counted from."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from upheld.cases.actions.rebuild_facts import FactsChecked

DIFFERS = 1


@click.group()
def facts() -> None:
    """The rows that figures are counted from, and the chronology that they are folded from."""


@facts.command()
@click.option("--check", is_flag=True, help="Only compare, and change nothing.")
def rebuild(*, check: bool) -> None:
    """Fold every case again and make the facts what the chronology says.

    Compares the rows in force, and those at every past moment at which something was recorded. A row in force that
    differs is replaced from now on; what was told in the past stays on record. With --check nothing is changed, and
    the exit status is 1 where something differs. After an upgrade that reads the law otherwise, facts may differ, now
    and in the past, without anything being wrong.
    """
    from upheld.commands.database import with_database

    with with_database():
        from upheld.cases.actions.rebuild_facts import check_facts, rebuild_facts

        with click.progressbar(length=0, label="Folding", file=sys.stderr) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            found = check_facts(progress=progress) if check else rebuild_facts(at=datetime.now(UTC), progress=progress)
    for line in said_of(found, mended=not check):
        click.echo(line)
    if check and not found.sound:
        click.get_current_context().exit(DIFFERS)


def said_of(found: "FactsChecked", *, mended: bool) -> list[str]:
    """What was compared and found, in words."""
    lines = [
        f"Folded {found.cases:,} cases and compared {found.rows:,} rows of facts, now and at {found.moments:,} moments."
    ]
    if found.sound:
        return [*lines, "They are what the chronology says."]
    if found.differing:
        done = "They were put right." if mended else "To put them right: upheld facts rebuild"
        lines.append(f"Facts in force differ from the chronology in {_cases(found.differing)}. {done}")
    if found.differing_then:
        lines.append(f"Facts of the past differ from the chronology in {_cases(found.differing_then)}.")
    if found.strangers:
        lines.append(f"{found.strangers:,} cases have facts and no entries: upheld audit verify says what is missing.")
    more = " …" if found.differing + found.differing_then > len(found.cases_named) else ""
    return [*lines, *(f"  {case}" for case in found.cases_named), *([more] if more else [])]


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count:,} cases"
