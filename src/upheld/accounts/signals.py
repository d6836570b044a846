"""What the sign-in library reports about an account becomes an account event."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator

from upheld.accounts import actions
from upheld.accounts.enums import AccountEventKind
from upheld.accounts.models import User


def connect() -> None:
    """Listen. Named receivers, so that connecting twice is connecting once."""
    account_signals.user_logged_in.connect(_signed_in, dispatch_uid="upheld.accounts")
    account_signals.user_logged_out.connect(_signed_out, dispatch_uid="upheld.accounts")
    account_signals.password_changed.connect(_password_changed, dispatch_uid="upheld.accounts")
    account_signals.password_set.connect(_password_changed, dispatch_uid="upheld.accounts")
    account_signals.password_reset.connect(_password_reset, dispatch_uid="upheld.accounts")
    mfa_signals.authenticator_added.connect(_authenticator_added, dispatch_uid="upheld.accounts")
    mfa_signals.authenticator_removed.connect(_authenticator_removed, dispatch_uid="upheld.accounts")
    mfa_signals.authenticator_reset.connect(_authenticator_reset, dispatch_uid="upheld.accounts")


def _signed_in(user: User, **_: Any) -> None:
    actions.record(AccountEventKind.SIGNED_IN, user, by=user)


def _signed_out(user: User | None, **_: Any) -> None:
    if user is not None:
        actions.record(AccountEventKind.SIGNED_OUT, user, by=user)


def _password_changed(user: User, **_: Any) -> None:
    actions.record(AccountEventKind.PASSWORD_CHANGED, user, by=user)


def _password_reset(user: User, **_: Any) -> None:
    actions.record(AccountEventKind.PASSWORD_RESET, user, by=user)


def _authenticator_added(user: User, authenticator: Authenticator, **_: Any) -> None:
    # Recovery codes come along with the first second step, and are told apart in the record.
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        actions.record(AccountEventKind.RECOVERY_CODES_MADE, user, by=user)
    else:
        actions.record(AccountEventKind.SECOND_STEP_ADDED, user, by=user, type=authenticator.type)


def _authenticator_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    # Recovery codes go with the last second step: that is what happened.
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    actions.record(AccountEventKind.SECOND_STEP_REMOVED, user, by=user, type=authenticator.type)


def _authenticator_reset(user: User, **_: Any) -> None:
    actions.record(AccountEventKind.RECOVERY_CODES_MADE, user, by=user)
