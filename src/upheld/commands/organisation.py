"""`upheld organisation`: the structure on any day, what happened to it, and where each team's work is placed."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from upheld.commands.options import DAY
from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.organisation.structure import Timeline

_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print it.",
)


@click.group()
def organisation() -> None:
    """Directorates, services and teams through time."""


@organisation.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Read the file, and change nothing.")
def import_(file: Path, *, check: bool) -> None:
    """Record the structure in FILE, and what happened to it: TOML, as docs/how-to/restructure.md shows it.

    Whole or not at all. What the record has already is left as it is, so the same file again changes nothing. Nothing
    that was recorded is ever overwritten: what is wrong is taken back on the Organisation page, and recorded again.
    """
    from upheld.organisation.file import read_structure

    entries = read_structure(file)
    if check:
        click.echo(f"{file.name}: {len(entries)} entries. Nothing is wrong with how they are written.")
        return
    from upheld.commands.database import with_database

    with with_database():
        from upheld.organisation.actions import record_structure

        new, same = record_structure(entries, by=None, at=datetime.now(UTC))
    click.echo(f"Recorded {new} new; {same} were recorded before." if new else "All of it was recorded before.")


@organisation.command()
@click.option("--on", "on", type=DAY, default=None, help="The structure on this day (YYYY-MM-DD). Today unless given.")
@click.option("--known-at", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), help="As recorded by then, in UTC.")
@_FORMAT
def show(on: date | None, known_at: datetime | None, format_: str) -> None:
    """Print the structure on a day, and every change up to it."""
    day = on or date.today()  # noqa: DTZ011  the council's own calendar day
    through_time = _timeline(known_at)
    if format_ == "json":
        click.echo(json.dumps(_as_data(through_time, day), ensure_ascii=False, indent=2))
        return
    from upheld.organisation.words import change_in_words, tree_in_words

    for line in tree_in_words(through_time, day):
        click.echo(line)
    for change in through_time.changes:
        if change.on is not None and change.on <= day:
            click.echo(f"{change.on.isoformat()}  {change_in_words(change, through_time)}")


@organisation.command()
@click.option("--from", "from_", type=DAY, required=True, help="Teams as they were on this day (YYYY-MM-DD).")
@click.option("--to", type=DAY, required=True, help="The structure that they are placed in: that of this day.")
@_FORMAT
def crosswalk(from_: date, to: date, format_: str) -> None:
    """Print where the work of each team of one day is placed in the structure of another."""
    from upheld.figures.crosswalk import UNPLACED, Line
    from upheld.figures.placing import said_day, where_in_words

    through_time = _timeline(None)
    from upheld.organisation.changes import Level
    from upheld.organisation.crosswalk import crosswalk as made

    walk = made(through_time, to)
    span = sum(boundary <= from_ for boundary in walk.boundaries)
    records = []
    for version in through_time.on(from_, Level.TEAM):
        parts = tuple((code, share) for _, code, share in walk.placed(span, version.parent, version.code))
        line = next((at for at in walk.lines if at.team == version.code and at.first <= span <= at.last), None)
        reason = line.reason if line is not None else ""
        records.append((version.name, parts, Line(version.code, version.name, None, None, parts, reason)))
    if format_ == "json":
        said = [
            {
                "team": name,
                "to": [
                    {"team": None if code == UNPLACED else walk.name("team", code), "share": str(share)}
                    for code, share in parts
                ],
                "reason": line.reason,
            }
            for name, parts, line in records
        ]
        whole = {"from": from_.isoformat(), "to": to.isoformat(), "teams": said}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    if not records:
        raise UpheldError(f"No team is recorded for {said_day(from_)}.")
    width = max(len(name) for name, _, _ in records)
    for name, _, line in records:
        click.echo(f"{name:{width}}  {where_in_words(walk, line)}")


def _timeline(known_at: datetime | None) -> "Timeline":
    from upheld.commands.database import with_database

    with with_database():
        from upheld.organisation.queries import timeline

        return timeline(known_at=known_at.replace(tzinfo=UTC) if known_at is not None else None)


def _as_data(through_time: "Timeline", day: date) -> dict[str, object]:
    from upheld.organisation.changes import Level
    from upheld.organisation.words import change_in_words

    return {
        "on": day.isoformat(),
        **{
            f"{level.value}s": [
                {"code": v.code, "name": v.name, "belongs_to": v.parent or None}
                for v in through_time.on(day, level)
            ]
            for level in Level
        },
        "changes": [
            {
                "on": change.on.isoformat(),
                "what": change.kind.value,
                "level": change.level.value,
                "in_words": change_in_words(change, through_time),
                "source": change.reference,
                "recorded_at": change.recorded_at.isoformat(),
            }
            for change in through_time.changes
            if change.on is not None and change.on <= day
        ],
    }  # fmt: skip
