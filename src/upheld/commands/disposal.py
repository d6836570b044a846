"""`upheld disposal`: ask for a case to be disposed of, approve it, and hold what must be kept.

Each step is somebody's: they name their account and give its password, so the two people of a disposal are two.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.accounts.models import User
    from upheld.cases.models import Case

Decorated = TypeVar("Decorated", bound=Callable[..., object])
GROUNDS = ("retention-ended", "erasure-granted", "recorded-in-error")


class NotThem(UpheldError):
    """The account or its password is not right, or may not do this."""


@click.group()
def disposal() -> None:
    """Dispose of cases: one person asks, another approves, and a certificate stands for what went."""


def _somebody(command: Decorated) -> Decorated:
    """The options that say who acts."""
    command = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")(command)
    return click.option(
        "--as", "email", required=True, metavar="EMAIL", help="Your account; its password is asked for."
    )(command)


@disposal.command("list")
def list_() -> None:
    """List what is asked for and not approved yet, and what is held."""
    from upheld.commands.database import with_database

    with with_database():
        from upheld.cases.models import DisposalRequest, Hold

        lines = [
            f"asked for  {asked.case.reference}  {asked.ground}, {asked.requested_at:%Y-%m-%d}"
            for asked in DisposalRequest.objects.select_related("case").order_by("requested_at")
        ] + [
            f"held       {hold.case.reference}  since {hold.placed_at:%Y-%m-%d}: {hold.reason}"
            for hold in Hold.objects.filter(lifted_at=None).select_related("case").order_by("placed_at")
        ]
    for line in lines or ["Nothing is asked for, and nothing is held."]:
        click.echo(line)


@disposal.command()
@click.argument("reference")
@click.option("--ground", type=click.Choice(GROUNDS), required=True, help="Why the case goes.")
@_somebody
def ask(reference: str, ground: str, email: str, *, password_stdin: bool) -> None:
    """Ask for the case REFERENCE to be disposed of. Somebody else approves it."""
    with _acting(reference, email, from_input=password_stdin) as (case, by):
        from django.utils import timezone

        from upheld.cases.actions.disposal import Ground, request_disposal

        request_disposal(case.id, ground=Ground(ground), by=by, at=timezone.now())
    click.echo(f"Asked for. Somebody else approves it: upheld disposal approve {reference}")


@disposal.command()
@click.argument("reference")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@_somebody
def approve(reference: str, email: str, *, yes: bool, password_stdin: bool) -> None:
    """Approve that the case REFERENCE be disposed of, which carries it out. It cannot be undone."""
    if not yes:
        click.confirm(f"The case {reference} will be gone, with everybody in it. Go on?", abort=True, err=True)
    with _acting(reference, email, from_input=password_stdin) as (case, by):
        from django.utils import timezone

        from upheld.cases.actions.disposal import dispose

        certificate = dispose(case.id, expected_version=case.version, by=by, at=timezone.now())
    click.echo(f"Disposed of. A certificate stands for its {certificate.entries} entries, as case {certificate.case}.")


@disposal.command()
@click.argument("reference")
@_somebody
def refuse(reference: str, email: str, *, password_stdin: bool) -> None:
    """Take back, or turn down, that the case REFERENCE be disposed of."""
    with _acting(reference, email, from_input=password_stdin) as (case, by):
        from upheld.cases.actions.disposal import withdraw_disposal

        withdraw_disposal(case.id, by=by)
    click.echo("It stays.")


@disposal.command()
@click.argument("reference")
@click.option("--reason", required=True, help="Why it must be kept: a claim, an inquiry, a request for access.")
@_somebody
def hold(reference: str, reason: str, email: str, *, password_stdin: bool) -> None:
    """Keep the case REFERENCE from being disposed of until the hold is lifted."""
    with _acting(reference, email, from_input=password_stdin) as (case, by):
        from django.utils import timezone

        from upheld.cases.actions.disposal import place_hold

        place_hold(case.id, reason=reason, by=by, at=timezone.now())
    click.echo("Held.")


@disposal.command()
@click.argument("reference")
@_somebody
def lift(reference: str, email: str, *, password_stdin: bool) -> None:
    """Lift every hold on the case REFERENCE."""
    with _acting(reference, email, from_input=password_stdin) as (case, by):
        from django.utils import timezone

        from upheld.cases.actions.disposal import lift_hold

        holds = list(case.holds.filter(lifted_at=None).values_list("id", flat=True))
        for each in holds:
            lift_hold(each, by=by, at=timezone.now())
    click.echo("Lifted." if holds else "It was not held.")


@contextmanager
def _acting(reference: str, email: str, *, from_input: bool) -> "Iterator[tuple[Case, User]]":
    """The case and who acts on it. Raises NotThem or NoSuchCase."""
    from upheld.commands.database import with_database

    password = (
        sys.stdin.readline().rstrip("\r\n") if from_input else click.prompt("Password", hide_input=True, err=True)
    )
    with with_database():
        from django.core.exceptions import PermissionDenied

        from upheld.accounts.queries import user_by_email
        from upheld.cases.models import Case
        from upheld.cases.queries.histories import NoSuchCase
        from upheld.register.layout import normal

        by = user_by_email(email)
        if by is None or not by.is_active or not by.check_password(password):
            raise NotThem("The account or its password is not right. Nothing was done.")
        case = Case.objects.filter(reference_key=normal(reference)).first()
        if case is None:
            raise NoSuchCase(f"There is no case {reference}.")
        try:
            yield case, by
        except PermissionDenied:
            raise NotThem(
                "This is for complaints managers and information governance officers. Nothing was done."
            ) from None
