"""The `upheld` command.

Standard output holds a command's answer and nothing else; messages and logs go to standard error. What goes wrong is
told in a sentence that says what to do:

- status 2: the person can put it right (an `UpheldError`, or a command typed wrongly);
- status 70: a fault in Upheld itself, with how to report it;
- status 130 and 143: interrupted; 141: whoever read the answer has stopped reading.

`--debug` before the command's name adds the traceback. A command's module is loaded when the command is called, so
`upheld --help` starts at once and commands that need neither Django nor Ibis load neither.
"""

import difflib
import importlib
import os
import platform
import signal
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

from upheld import __version__
from upheld.errors import UpheldError

FAULT = 70
INTERRUPTED = 130
NOBODY_READS = 141
TERMINATED = 143


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, where it is defined (module and function), and the line that lists it."""

    name: str
    target: str
    help: str


# In the order that somebody new meets them.
COMMANDS: tuple[Command, ...] = (
    Command("demo", "upheld.commands.demo:demo", "Load the made-up example and show it in a browser."),
    Command("register", "upheld.commands.register:register", "Import a register of complaints, or make an empty one."),
    Command("figures", "upheld.commands.figures:figures", "Print figures of a quarter, or what each of them counts."),
    Command(
        "organisation", "upheld.commands.organisation:organisation", "Show and record services and teams through time."
    ),
    Command(
        "report", "upheld.commands.report:report", "Write the quarterly report as HTML, PDF, Word, Excel and slides."
    ),
    Command("check", "upheld.commands.check:check", "Check a published report against its own numbers."),
    Command("procedure", "upheld.commands.procedure:procedure", "Show the complaints procedure, limit by limit."),
    Command("clock", "upheld.commands.procedure:clock", "Work out a limit: when it ends and how it was reckoned."),
    Command("assess", "upheld.commands.procedure:assess", "Say where a case stands: limits, duties, breaches."),
    Command("calendar", "upheld.commands.procedure:calendar", "Look up bank holidays, and bring them up to date."),
    Command("serve", "upheld.commands.server:serve", "Serve the site."),
    Command("worker", "upheld.commands.server:worker", "Do the jobs that wait in the background."),
    Command("migrate", "upheld.commands.server:migrate", "Bring the database up to this version of Upheld."),
    Command("backup", "upheld.commands.safekeeping:backup", "Write everything to one encrypted file."),
    Command("restore", "upheld.commands.safekeeping:restore", "Bring everything back from a backup."),
    Command("user", "upheld.commands.user:user", "Make accounts for people."),
    Command("disposal", "upheld.commands.disposal:disposal", "Dispose of cases: one person asks, another approves."),
    Command("facts", "upheld.commands.facts:facts", "Fold the chronology again, and compare the facts with it."),
    Command("audit", "upheld.commands.audit:audit", "Seal the record, and check that nobody has changed it."),
    Command("doctor", "upheld.commands.doctor:doctor", "Say what is right and wrong with this installation."),
    Command("database", "upheld.commands.embedded:database", "Start, stop or look at the embedded database."),
)


class LazyGroup(click.Group):
    """A group whose commands are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command's name, in the table's order."""
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Load one command."""
        return next((load(command) for command in COMMANDS if command.name == cmd_name), None)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands from the table, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.help) for command in COMMANDS])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed; suggest one for a name that is none."""
        name = args[0]
        known = self.list_commands(ctx)
        if name not in known and not name.startswith("-"):
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else " upheld --help lists them."
            ctx.fail(f"There is no command {name!r}.{hint}")
        return super().resolve_command(ctx, args)


def load(command: Command) -> click.Command:
    """Import the module of one command and give what it defines."""
    module, _, function = command.target.partition(":")
    loaded = getattr(importlib.import_module(module), function)
    if not isinstance(loaded, click.Command):
        raise TypeError(f"{command.target} is no command")
    return loaded


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="upheld", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of what goes wrong.")
def upheld(debug: bool) -> None:
    """Upheld: complaints and learning in children's social care.

    Runs the statutory complaints procedure case by case, and turns a register of complaints into the reports and
    figures that leaders and committees read.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and end the process with its status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in _before_command(given)
    signal.signal(signal.SIGTERM, _terminated)
    try:
        status = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = NOBODY_READS
    except UpheldError as error:
        status = _say(error, str(error), 2, debug=debug)
    except (KeyboardInterrupt, click.Abort):
        status = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last place where it can be told well
        status = _say(error, _fault(error), FAULT, debug=debug)
    sys.exit(status)


def _run(arguments: list[str]) -> int:
    # Not by click's own main, which has other statuses, and keeps to itself that nobody reads any more.
    try:
        with upheld.make_context("upheld", arguments) as context:
            upheld.invoke(context)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.ClickException as error:
        where = getattr(error, "ctx", None)
        if where is not None:
            click.echo(where.get_usage(), err=True)
        click.echo(f"upheld: {error.format_message()}", err=True)
        return error.exit_code
    return 0


def _say(error: BaseException, message: str, status: int, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error, file=sys.stderr)
    click.echo(f"upheld: {message}", err=True)
    return status


def _fault(error: Exception) -> str:
    """What to say of an error that nobody foresaw. Its own message may quote what people typed, so it stays out."""
    frames = traceback.extract_tb(error.__traceback__)
    place = next((frame for frame in reversed(frames) if "upheld" in frame.filename), frames[-1])
    return (
        f"Something went wrong inside Upheld: {type(error).__name__} in {place.name}, line {place.lineno} of "
        f"{Path(place.filename).name} (Upheld {__version__}, Python {platform.python_version()}).\n"
        "This is a fault: please report the line above. To see more, put --debug before the command's name and run it "
        "again; that may show personal data, so read it before you send it on."
    )


def _before_command(arguments: list[str]) -> list[str]:
    names = {command.name for command in COMMANDS}
    for position, argument in enumerate(arguments):
        if argument in names:
            return arguments[:position]
    return arguments


def _terminated(*_: object) -> NoReturn:
    # As an exception, so that whatever is held is let go on the way out.
    sys.exit(TERMINATED)
