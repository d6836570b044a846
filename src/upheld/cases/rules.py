"""Who may see and record cases. The command line acts for whoever runs the installation, and is nobody here."""

from typing import TYPE_CHECKING

from upheld.accounts.rules import Permission, can, check

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from upheld.accounts.models import User


def may_see_cases(user: "User | AnonymousUser") -> bool:
    """Whether someone may see every case and who is in it: the complaints team, as yet nobody else."""
    return can(user, Permission.SEE_CASES)


def check_may_record(by: "User | None") -> None:
    """Raise PermissionDenied unless `by` may record; None is the command line."""
    if by is not None:
        check(by, Permission.SEE_CASES)
