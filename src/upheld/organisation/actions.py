"""Changing the structure: one verb, one transaction, and who did it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from upheld.errors import UpheldError
from upheld.organisation.models import Service, ServiceVersion, Team, TeamVersion
from upheld.register.layout import normal
from upheld.register.names import code_of

if TYPE_CHECKING:
    from upheld.accounts.models import User


class NameTaken(UpheldError):
    """A service or team of that name exists already."""


class NoName(UpheldError):
    """A service or team needs a name."""


def add_service(
    name: str, *, by: "User | None", at: datetime, code: str | None = None, opened_on: date | None = None
) -> Service:
    """Add a service. Raises NameTaken or NoName. `code` is made of the name where it is not given."""
    name, key = _checked(name)
    code = _free(code or code_of(name), Service.objects.values_list("code", flat=True))
    try:
        with transaction.atomic():
            service = Service.objects.create(code=code, opened_on=opened_on)
            ServiceVersion.objects.create(
                service=service,
                name=name,
                name_key=key,
                from_date=opened_on,
                recorded_at=at,
                recorded_by=None if by is None else by.public_id,
            )
    except IntegrityError as error:
        raise NameTaken(f"There is a service called “{name}” already.") from error
    return service


def add_team(
    name: str,
    service: Service,
    *,
    by: "User | None",
    at: datetime,
    code: str | None = None,
    opened_on: date | None = None,
) -> Team:
    """Add a team to a service. Raises NameTaken or NoName. `code` is made of the name where it is not given."""
    name, key = _checked(name)
    code = _free(code or code_of(name), Team.objects.values_list("code", flat=True))
    try:
        with transaction.atomic():
            team = Team.objects.create(code=code, opened_on=opened_on)
            TeamVersion.objects.create(
                team=team,
                service=service,
                name=name,
                name_key=key,
                from_date=opened_on,
                recorded_at=at,
                recorded_by=None if by is None else by.public_id,
            )
    except IntegrityError as error:
        raise NameTaken(f"There is a team called “{name}” already.") from error
    return team


def _checked(name: str) -> tuple[str, str]:
    name = " ".join(name.split())
    key = normal(name)
    if not key:
        raise NoName("A name needs at least one letter or digit.")
    return name, key


def _free(code: str, taken: Iterable[str]) -> str:
    """The code itself, or with the first number that makes it a new one: names come and go, codes stay."""
    known = frozenset(taken)
    number, free = 1, code
    while free in known:
        number += 1
        free = f"{code}-{number}"
    return free
