"""The pages of docs/reference/, generated from the code they describe. `make reference` writes them.

With `--check` nothing is written: the exit status is 1 where a page is not what the code says.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

FOLDER = Path(__file__).resolve().parent.parent / "docs/reference"
_WRITTEN = "<!-- Generated from the code by: make reference -->\n\n"


def settings() -> str:
    """Every setting, from the table that the product reads."""
    from upheld.config.environment import settings_reference

    return settings_reference()


def figures() -> str:
    """Every figure and breakdown, from their declarations."""
    from upheld.figures.declare import Cohort
    from upheld.figures.definitions import CATALOGUE, VERSION

    cohorts = {
        Cohort.RECEIVED: "Of what was received in the period",
        Cohort.ANSWERED: "Of what was answered in the period, whenever it was received",
        Cohort.STOCK: "As things stood at the end of the period",
    }
    lines = [
        "# Figures",
        "",
        f"Every figure that Upheld states, declared once (version {VERSION} of the definitions).",
        "`upheld figures --list` prints the same, and `upheld figures --figure ID` counts one.",
        "",
        "Counts are whole numbers. A rate is two counts; it is worked out exactly, rounded to whole per cent at the",
        "last step, halves up, and never travels without its counts. “By the date of the figures” is the day given as",
        "`--as-at`.",
    ]
    for cohort, heading in cohorts.items():
        lines += ["", f"## {heading}"]
        for figure in CATALOGUE.figures.values():
            if figure.cohort is cohort:
                lines += ["", f"### `{figure.id}`: {figure.label}", "", figure.definition]
                if figure.numerator:
                    lines += ["", f"`{figure.numerator}` ÷ `{figure.denominator}`"]
    lines += ["", "## Breakdowns", "", "| `--by` | Meaning | Counted |", "| --- | --- | --- |"]
    lines += [f"| `{d.id}` | {d.label} | by {d.grain.value} |" for d in CATALOGUE.dimensions.values()]
    return "\n".join(lines) + "\n"


def register() -> str:
    """The register's layout, from the table that reads it."""
    from upheld.register.layout import COLUMNS
    from upheld.register.template import explained

    lines = [
        "# The register's layout",
        "",
        "One row for each stage of each case, as CSV or XLSX. `upheld register template register.xlsx` writes an empty",
        "one with drop-downs, and `upheld register import register.xlsx` imports it, whole or not at all.",
        "",
        "Headings may be in any order and case. A choice is taken by the words below, and by those in brackets.",
        "",
        "| Column | Needed | What to write |",
        "| --- | --- | --- |",
    ]
    for column in COLUMNS:
        also = f" (Also: {', '.join(column.also)}.)" if column.also else ""
        needed = "always" if column.required else "if known"
        lines.append(f"| {column.heading} | {needed} | {explained(column)}{also} |")
    return "\n".join(lines) + "\n"


def commands() -> str:
    """Every command with its options, as `--help` says it."""
    from upheld.cli import COMMANDS, load

    lines = [
        "# Commands",
        "",
        "`upheld --help` lists them, `upheld COMMAND --help` explains one. Standard output holds a command's answer",
        "and nothing else; messages and logs go to standard error. The exit status is 0 where it went well, 2 where",
        "you can put right what is wrong, and 70 where the fault is Upheld's.",
    ]
    for command in COMMANDS:
        loaded = load(command)
        lines += ["", f"## `upheld {command.name}`", "", command.help]
        for path, part in _with_parts(f"upheld {command.name}", loaded):
            if path != f"upheld {command.name}":
                lines += ["", f"### `{path}`"]
            lines += ["", "```text", _help(path, part).strip(), "```"]
    return "\n".join(lines) + "\n"


def _with_parts(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, part in command.commands.items():
            yield from _with_parts(f"{path} {name}", part)


def _help(path: str, command: click.Command) -> str:
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "terminal_width": 100}
    return command.get_help(click.Context(command, info_name=path, **settings))  # type: ignore[arg-type]


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands,
    "figures.md": figures,
    "register.md": register,
    "settings.md": settings,
}


def all_pages() -> Iterator[tuple[str, str]]:
    """Every page: its name in docs/reference, and its text."""
    from upheld.procedure.reference import pages as procedure_pages

    for name, page in PAGES.items():
        yield name, page()
    for name, text in procedure_pages().items():
        yield f"procedure/{name}", text


def main() -> int:
    """Write the pages, or with --check compare them."""
    check = "--check" in sys.argv[1:]
    stale = 0
    for name, text in all_pages():
        wanted = _WRITTEN + text
        path = FOLDER / name
        if path.is_file() and path.read_text(encoding="utf-8") == wanted:
            continue
        stale += 1
        if check:
            sys.stdout.write(f"docs/reference/{name} is not what the code says.\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
            sys.stdout.write(f"docs/reference/{name}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
