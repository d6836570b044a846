"""Accounts from the command line: `upheld user create`."""

import sys

import click

from upheld.commands.database import with_database


@click.group()
def user() -> None:
    """Make accounts for people."""


@user.command()
@click.option("--email", required=True, help="The address that the person signs in with.")
@click.option("--name", default="", help="The person's name as colleagues know it. Default: taken from the address.")
@click.option("--role", "roles", multiple=True, required=True, help="A role, such as complaints-manager; repeatable.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
def create(email: str, name: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Make an account.

    The password is asked for, or read with --password-stdin. An empty one makes an account that signs in through the
    council's identity provider alone.
    """
    password = _password(from_input=password_stdin)
    with with_database():
        from upheld.accounts.actions import create_user
        from upheld.accounts.enums import System

        made = create_user(
            email=email,
            name=name or _name_from(email),
            roles=roles,
            password=password or None,
            by=System.COMMAND_LINE,
        )
        click.echo(f"Made the account of {made.email}: {', '.join(roles)}.")


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return ""
    return str(
        click.prompt("Password (empty for none)", default="", hide_input=True, confirmation_prompt=True, err=True)
    )


def _name_from(email: str) -> str:
    return email.partition("@")[0].replace(".", " ").replace("_", " ").title()
