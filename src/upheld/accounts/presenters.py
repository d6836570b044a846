"""Accounts and roles in words."""

from dataclasses import dataclass
from datetime import date

from upheld.accounts.enums import Role
from upheld.accounts.models import RoleGrant, User
from upheld.web.formats import format_date


def held(grant: RoleGrant) -> str:
    """Write a grant as its holder reads it: "Named deputy for Example director until 12 March 2019"."""
    words = Role(grant.role).label
    if grant.deputy_for:
        words += f" for {grant.deputy_for.name}"
    if grant.valid_to:
        words += f" until {format_date(grant.valid_to)}"
    return words


@dataclass(frozen=True, slots=True)
class UserRow:
    """An account in the list of them."""

    public_id: str
    name: str
    email: str
    roles: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A role on its holder's page: in words, and from when where that is still to come."""

    grant_id: int
    words: str
    begins: str


def user_row(user: User) -> UserRow:
    """Write an account for the list. `user` comes from `queries.users_with_roles`."""
    grants: list[RoleGrant] = getattr(user, "grants_today", [])
    return UserRow(str(user.public_id), user.name, user.email, tuple(held(grant) for grant in grants), user.is_active)


def grant_row(grant: RoleGrant, today: date) -> GrantRow:
    """Write a role for the page of its holder."""
    begins = f"from {format_date(grant.valid_from)}" if grant.valid_from > today else ""
    return GrantRow(grant.pk, held(grant), begins)
