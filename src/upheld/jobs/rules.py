"""Who may look at jobs, and have a failed one tried again."""

from typing import TYPE_CHECKING

from upheld.accounts.rules import Permission, can, check

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from upheld.accounts.models import User


def may_see_jobs(user: "User | AnonymousUser") -> bool:
    """Whether someone may see what runs in the background."""
    return can(user, Permission.SEE_JOBS)


def check_may_retry(by: "User | None") -> None:
    """Raise PermissionDenied unless `by` may have a job tried again; None is the installation itself."""
    if by is not None:
        check(by, Permission.SEE_JOBS)
