"""`upheld doctor`: what is right and wrong with this installation, and what to do about it."""

import json
import os
import sys
from collections.abc import Iterator
from functools import partial
from secrets import token_urlsafe

import click

from upheld import __version__
from upheld.commands import checks
from upheld.commands.checks import Finding, State, collected, ok, wrong
from upheld.commands.database import with_database, with_embedded_settings
from upheld.config.embedded_postgres import EmbeddedPostgres
from upheld.config.environment import WrongSettingsError, home_folder, read_environment, settings_reference
from upheld.errors import UpheldError


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--settings-reference", "reference", is_flag=True, help="Print the reference of settings, and end.")
def doctor(form: str, reference: bool) -> None:
    """Say what is right and wrong with this installation.

    Ends with status 1 where something is wrong, and with 0 where nothing is; warnings do not count.
    """
    if reference:
        click.echo(settings_reference(), nl=False)
        return
    findings = examine()
    wrongs = sum(finding.state is State.WRONG for finding in findings)
    warnings = sum(finding.state is State.WARNING for finding in findings)
    if form == "json":
        listed = [
            {"check": each.check, "state": each.state.value, "found": each.found, "advice": each.advice}
            for each in findings
        ]
        answer = {"version": __version__, "wrong": wrongs, "warnings": warnings, "findings": listed}
        click.echo(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        for line in _lines(findings):
            click.echo(line)
        click.echo(f"\nWrong: {wrongs}. Warnings: {warnings}.")
    sys.exit(1 if wrongs else 0)


def examine() -> list[Finding]:
    """Run every check that can be run."""
    findings = [
        *collected("python", checks.python),
        *collected("packages", checks.packages),
        *collected("assets", checks.assets),
        *collected("calendar", checks.calendar),
    ]
    # Before the embedded database's settings are added to what the person set.
    variables = dict(os.environ)
    embedded = not variables.get("DATABASE_URL", "").strip()
    try:
        home = home_folder(variables)
        environment = read_environment(_as_embedded(variables) if embedded else variables)
    except WrongSettingsError as error:
        return findings + [wrong("settings", problem, "Put it right in the environment.") for problem in error.problems]
    findings += collected("settings", partial(checks.settings, environment, variables))
    findings += collected("home", partial(checks.home, home, keeps_key=not variables.get("UPHELD_SECRET_KEY")))
    try:
        if embedded and not EmbeddedPostgres(home).status().made:
            return [*findings, ok("database", "The embedded one, which is made when it is first needed")]
        return findings + _with_database()
    except UpheldError as error:
        return [*findings, wrong("database", str(error), "Put this right first, then run upheld doctor again.")]


def _with_database() -> list[Finding]:
    with with_database(migrated=False):
        from django.conf import settings

        environment = settings.ENVIRONMENT
        findings = [
            *collected("stored files", partial(checks.stored_files, environment)),
            *collected("database", partial(checks.database, environment)),
            *collected("migrations", checks.migrations),
        ]
        # What follows reads tables that migrations make.
        if not any(finding.check == "migrations" and finding.state is State.WRONG for finding in findings):
            findings += [*collected("jobs", checks.jobs), *collected("accounts", checks.accounts)]
        return findings


def _as_embedded(variables: dict[str, str]) -> dict[str, str]:
    """The settings as they will be once the embedded database is there: its address and key are not yet known."""
    return with_embedded_settings(variables, url="postgresql:///upheld", secret_key=lambda: token_urlsafe(64))


def _lines(findings: list[Finding]) -> Iterator[str]:
    width = max(len(finding.check) for finding in findings)
    for finding in findings:
        yield f"{finding.state.value:<9}{finding.check:<{width + 2}}{finding.found}"
        if finding.advice:
            yield f"{'':<{width + 11}}→ {finding.advice}"
