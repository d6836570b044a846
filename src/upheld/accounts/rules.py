"""What each role may do: one table, asked by every view, and nothing else decides.

Which cases somebody sees within what they may do is the business of the room that holds the cases.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from upheld.accounts import queries
from upheld.accounts.enums import Role
from upheld.accounts.models import User


class Permission(StrEnum):
    """Something that somebody may be allowed to do."""

    SEE_FIGURES = "see-figures"
    SEE_CASES = "see-cases"
    READ_REPORTS = "read-reports"
    DOWNLOAD_REPORTS = "download-reports"
    MANAGE_USERS = "manage-users"
    DISPOSE_OF_CASES = "dispose-of-cases"
    SEE_STRUCTURE = "see-structure"
    CHANGE_STRUCTURE = "change-structure"
    ENTER_PAST_TOTALS = "enter-past-totals"
    IMPORT_REGISTERS = "import-registers"
    SEE_JOBS = "see-jobs"


_COMPLAINTS_TEAM = frozenset({Role.COMPLAINTS_MANAGER, Role.COMPLAINTS_OFFICER})
_ANSWERING = frozenset({Role.SERVICE_MANAGER, Role.TEAM_MANAGER, Role.DEPARTMENTAL_COMPLAINTS_OFFICER})
_LEADERSHIP = frozenset({Role.DIRECTOR, Role.CABINET_MEMBER, Role.SENIOR_LEADER})

PERMISSIONS: Mapping[Permission, frozenset[Role]] = {
    Permission.SEE_FIGURES: _COMPLAINTS_TEAM | _ANSWERING | _LEADERSHIP | {Role.ANALYST},
    # Only those who may see every case. Roles that see their own team's or their own appointment's cases come with
    # the rooms that know whose case it is.
    Permission.SEE_CASES: _COMPLAINTS_TEAM,
    Permission.READ_REPORTS: _COMPLAINTS_TEAM
    | _ANSWERING
    | _LEADERSHIP
    | {Role.ANALYST, Role.INFORMATION_GOVERNANCE_OFFICER},
    Permission.DOWNLOAD_REPORTS: _COMPLAINTS_TEAM
    | _ANSWERING
    | _LEADERSHIP
    | {Role.ANALYST, Role.INFORMATION_GOVERNANCE_OFFICER},
    Permission.MANAGE_USERS: frozenset({Role.SYSTEM_ADMINISTRATOR}),
    # One of them asks and another approves, so neither role can be alone.
    Permission.DISPOSE_OF_CASES: frozenset({Role.INFORMATION_GOVERNANCE_OFFICER, Role.COMPLAINTS_MANAGER}),
    Permission.SEE_STRUCTURE: _COMPLAINTS_TEAM | _ANSWERING | _LEADERSHIP | {Role.ANALYST, Role.SYSTEM_ADMINISTRATOR},
    # Restructures move figures between teams, past totals stand beside them: both are the complaints team's to keep.
    Permission.CHANGE_STRUCTURE: _COMPLAINTS_TEAM,
    Permission.ENTER_PAST_TOTALS: _COMPLAINTS_TEAM,
    Permission.IMPORT_REGISTERS: _COMPLAINTS_TEAM,
    Permission.SEE_JOBS: frozenset({Role.COMPLAINTS_MANAGER, Role.SYSTEM_ADMINISTRATOR}),
}


def can(user: User | AnonymousUser, permission: Permission | str, *, on: date | None = None) -> bool:
    """Say whether `user` may do this on a day (today unless given). Nobody who is not active may do anything.

    Raises `ValueError` for a permission that does not exist.
    """
    asked = Permission(permission)
    if not isinstance(user, User) or not user.is_active:
        return False
    return not PERMISSIONS[asked].isdisjoint(queries.roles_held(user, on=on or timezone.localdate()))


def check(user: User | AnonymousUser, permission: Permission | str, *, on: date | None = None) -> None:
    """Raise `PermissionDenied` unless `user` may do this."""
    if not can(user, permission, on=on):
        raise PermissionDenied(f"This needs the permission {Permission(permission)}.")


def requires(permission: Permission) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Make a view answer only those who may do this; others get the 403 page."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            check(request.user, permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
