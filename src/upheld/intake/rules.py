"""Who may import registers in the browser."""

from typing import TYPE_CHECKING

from upheld.accounts.rules import Permission, can, check

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from upheld.accounts.models import User


def may_import(user: "User | AnonymousUser") -> bool:
    """Whether someone may import registers."""
    return can(user, Permission.IMPORT_REGISTERS)


def check_may_import(by: "User") -> None:
    """Raise PermissionDenied unless `by` may import registers."""
    check(by, Permission.IMPORT_REGISTERS)
