"""Accounts and roles in words."""

from upheld.accounts.enums import Role
from upheld.accounts.models import RoleGrant
from upheld.web.formats import format_date


def held(grant: RoleGrant) -> str:
    """Write a grant as its holder reads it: "Named deputy for Example director until 12 March 2019"."""
    words = Role(grant.role).label
    if grant.deputy_for:
        words += f" for {grant.deputy_for.name}"
    if grant.valid_to:
        words += f" until {format_date(grant.valid_to)}"
    return words
