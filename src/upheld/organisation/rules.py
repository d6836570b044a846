"""Who may see the structure, and who may record what happened to it. The command line is nobody here."""

from typing import TYPE_CHECKING, Any

from upheld.accounts.rules import Permission, can, check

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from upheld.accounts.models import User


def may_see_structure(user: "User | AnonymousUser | Any") -> bool:
    """Whether the organisation's pages are for somebody."""
    return can(user, Permission.SEE_STRUCTURE)


def may_change_structure(user: "User | AnonymousUser | Any") -> bool:
    """Whether somebody may record restructures."""
    return can(user, Permission.CHANGE_STRUCTURE)


def check_may_change(by: "User | None") -> None:
    """Raise PermissionDenied unless `by` may record restructures; None is the command line."""
    if by is not None:
        check(by, Permission.CHANGE_STRUCTURE)
