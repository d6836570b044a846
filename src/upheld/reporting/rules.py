"""Who may see figures, the cases behind them, and reports."""

from typing import TYPE_CHECKING, Any

from upheld.accounts.rules import Permission, can

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from upheld.accounts.models import User

    Somebody = User | AnonymousUser


def may_see_figures(user: "Somebody | Any") -> bool:
    """Whether the dashboard is somebody's start page."""
    return can(user, Permission.SEE_FIGURES)


def may_see_cases(user: "Somebody | Any") -> bool:
    """Whether numbers lead to the list of cases behind them."""
    return can(user, Permission.SEE_CASES)


def may_read_reports(user: "Somebody | Any") -> bool:
    """Whether somebody may read reports on the site."""
    return can(user, Permission.READ_REPORTS)


def may_download_reports(user: "Somebody | Any") -> bool:
    """Whether somebody may take reports away as files."""
    return can(user, Permission.DOWNLOAD_REPORTS)
