"""`upheld procedure`, `upheld clock`, `upheld assess` and `upheld calendar`: the law, a limit, a chronology, the days.

None of them needs a database, and none loads Django or Ibis.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from upheld.commands.options import DAY
from upheld.errors import UpheldError

CHILDREN = "children-england-2006"
_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print it.",
)


@click.group()
def procedure() -> None:
    """Look up the complaints procedures: stages, limits, duties and moves, each with its source."""


@procedure.command("show")
@click.argument("pack", default=CHILDREN)
@click.option("--on", type=DAY, default=None, help="As in force on this day (YYYY-MM-DD). The latest unless given.")
@click.option("--policy", type=click.File(encoding="utf-8"), help="A council's own policy (TOML), checked against it.")
@_FORMAT
def show(pack: str, on: date | None, policy: TextIO | None, format_: str) -> None:
    """Show a procedure, such as children-england-2006, with the local targets under a heading of their own.

    A policy that is looser than the procedure anywhere is refused.
    """
    from upheld.procedure.load import load_pack
    from upheld.procedure.local import default_policy, parse_policy
    from upheld.procedure.show import as_text, as_values

    chosen = load_pack(pack)
    if on is not None:
        chosen = chosen.for_case_of(on)
    own = default_policy(chosen) if policy is None else parse_policy(policy.read(), chosen)
    text = _json(as_values(chosen, own), indent=2) if format_ == "json" else as_text(chosen, own)
    click.echo(text, nl=format_ == "json")


@procedure.command("list")
def list_() -> None:
    """List the procedures that there are."""
    from upheld.procedure.load import PACKS, load_pack

    for pack in PACKS:
        click.echo(f"{pack:<32}{load_pack(pack).title}")


@click.command()
@click.option("--pack", default=CHILDREN, show_default=True, help="The procedure.")
@click.option("--clock", "clock_", required=True, help="The limit, such as stage-1-response or panel-held.")
@click.option(
    "--from", "start", type=DAY, required=True, help="The day on which it starts, which is day 0 (YYYY-MM-DD)."
)
@click.option("--extended", is_flag=True, help="The longest limit instead of the initial one.")
@click.option("--known", type=DAY, default=None, help="With the bank holidays that were known on this day.")
@_FORMAT
def clock(pack: str, clock_: str, start: date, extended: bool, known: date | None, format_: str) -> None:
    """Count a limit from its first day, and show every day on the way."""
    from upheld.procedure.calendar import load_calendar
    from upheld.procedure.counting import limit_answer, limit_text
    from upheld.procedure.load import load_pack

    chosen = load_pack(pack).for_case_of(start)
    rule = chosen.clock(clock_)
    calendar = load_calendar(chosen.calendar)
    if known is not None:
        calendar = calendar.as_known(known)
    answer = limit_answer(chosen, rule, calendar, start=start, extended=extended)
    click.echo(_json(answer) if format_ == "json" else limit_text(chosen, rule, answer), nl=format_ == "json")


@click.command()
@click.argument("file", type=click.File("rb"))
def assess(file: Iterable[bytes]) -> None:
    """Assess chronologies of Ombudsman decisions: one JSON object a line in, one a line out.

    Each line out holds the limits with their standing, and the faults that the chronology lets one see. What cannot be
    read is said in "remarks", and the rest is assessed all the same; a line of which nothing can be made is answered
    with its "problem". Both are said on standard error too, with the number of the line. Blank lines are passed over.
    The exit status is 0 whatever is found. FILE may be - for standard input.
    """
    from upheld.procedure.answers import assessment_answer
    from upheld.procedure.assess import assess as assess_chronology
    from upheld.procedure.calendar import load_calendar
    from upheld.procedure.chronology import read_chronology

    calendar = load_calendar()
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        data: object = None
        try:
            data = _line_of_json(line)
            answer = assessment_answer(assess_chronology(read_chronology(data), calendar))
        except UpheldError as error:
            known = data.get("id") if isinstance(data, dict) else None
            answer = {"id": known, "clocks": [], "faults": [], "problem": f"Line {number}: {error}"}
            click.echo(f"upheld: line {number}: {error}", err=True)
        for remark in answer.get("remarks", ()):
            click.echo(f"upheld: line {number}: {remark}", err=True)
        # Half a character, as a careless export may hold it, cannot be printed.
        click.echo(_json(answer).encode("utf-8", "replace").decode("utf-8"))


def _line_of_json(line: bytes) -> object:
    """One line, which an editor may have begun with a mark of its encoding."""
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UpheldError("It is not text in UTF-8. Save the file as UTF-8, and try again.") from None
    except RecursionError:
        raise UpheldError("It is nested too deeply to be a chronology.") from None
    except ValueError as error:
        raise UpheldError(f"It is not JSON: {error}.") from None


@click.group()
def calendar() -> None:
    """Look up the bank holidays, and bring them up to date."""


@calendar.command("show")
@click.option("--known", type=DAY, default=None, help="As known on this day (YYYY-MM-DD).")
def calendar_show(known: date | None) -> None:
    """List the bank holidays, with the day on which each became known."""
    from upheld.procedure.calendar import load_calendar

    days = load_calendar()
    if known is not None:
        days = days.as_known(known)
    for holiday in days.holidays:
        click.echo(f"{holiday.day.isoformat()}  {holiday.name}  (known {holiday.known.isoformat()}, {holiday.by})")


@calendar.command("refresh")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--on", type=DAY, default=None, help="The day on which the list was published. Today unless given.")
@click.option("--calendar", "target", type=click.Path(path_type=Path), default=None, help="The calendar to rewrite.")
def calendar_refresh(file: Path, on: date | None, target: Path | None) -> None:
    """Bring the bank holidays up to date from FILE, the list published at gov.uk/bank-holidays.json.

    Prints what changed. A holiday that nobody could foresee is marked as announced on the day of the list: put the
    true day in, and have a second person look, before it counts.
    """
    from upheld.procedure.calendar_refresh import refresh_file

    published = on or date.today()  # noqa: DTZ011  the council's own calendar day
    for line in refresh_file(file, target, on=published):
        click.echo(line)


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
