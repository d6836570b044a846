"""What is done to accounts: one verb, one transaction, `by=` whom, and an account event for each.

`by` is the signed-in person, who must be allowed to manage users, or a `System` where a command acts.
"""

from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from upheld.accounts import queries, rules
from upheld.accounts.enums import AccountEventKind, Role, System
from upheld.accounts.models import AccountEvent, RoleGrant, User
from upheld.errors import UpheldError

Actor = User | System


class AccountError(UpheldError):
    """Something cannot be done to an account; the text says why and what to do."""


@transaction.atomic
def create_user(
    *,
    email: str,
    name: str,
    roles: Iterable[Role | str] = (),
    password: str | None = None,
    by: Actor,
    valid_from: date | None = None,
) -> User:
    """Make an account and grant it its roles from `valid_from` (today unless given).

    Without a password the person signs in through the council's identity provider, or sets one by asking for a new
    one. Raises `AccountError` for an address that is none or is taken, a weak password, an unknown role.
    """
    _check_may_manage(by)
    email = email.strip().lower()
    name = name.strip()
    _check_address(email)
    if not name:
        raise AccountError("The account needs a name: give the person's name as colleagues know it.")
    wanted = [_role(role) for role in dict.fromkeys(roles)]
    user = User(email=email, name=name)
    if password is not None:
        _check_password(password, user)
    user.set_password(password)
    user.save()
    # Whoever makes the account vouches for the address; sign-in by e-mail and its changes go through this row.
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record(AccountEventKind.CREATED, user, by=by)
    for role in wanted:
        grant_role(user, role, by=by, valid_from=valid_from)
    return user


@transaction.atomic
def deactivate(user: User, *, by: Actor) -> None:
    """Close an account: its person can no longer sign in, and is signed out with their next request.

    Raises `AccountError` for an account that is closed already, or for one's own.
    """
    _check_may_manage(by)
    if by == user:
        raise AccountError("You cannot close your own account: ask another system administrator.")
    locked = _lock(user)
    if not locked.is_active:
        raise AccountError("This account is closed already.")
    _set_active(user, active=False)
    record(AccountEventKind.DEACTIVATED, user, by=by)


@transaction.atomic
def reactivate(user: User, *, by: Actor) -> None:
    """Open a closed account again. Raises `AccountError` for one that is open."""
    _check_may_manage(by)
    locked = _lock(user)
    if locked.is_active:
        raise AccountError("This account is open already.")
    _set_active(user, active=True)
    record(AccountEventKind.REACTIVATED, user, by=by)


@transaction.atomic
def grant_role(
    user: User,
    role: Role | str,
    *,
    by: Actor,
    valid_from: date | None = None,
    valid_to: date | None = None,
    deputy_for: User | None = None,
) -> RoleGrant:
    """Grant a role from a day (today unless given) to a day, both included, or until it is revoked.

    A named deputy needs `deputy_for`, the person whose place they take, and `valid_to`. Raises `AccountError` for
    dates the wrong way round, a role held already, or a deputy without either.
    """
    _check_may_manage(by)
    granted = _role(role)
    begins = valid_from or timezone.localdate()
    if valid_to is not None and valid_to < begins:
        raise AccountError("The role would end before it begins: give a last day on or after the first.")
    if (granted is Role.NAMED_DEPUTY) != (deputy_for is not None):
        raise AccountError("Say for whom a named deputy stands in, and for nobody else.")
    if granted is Role.NAMED_DEPUTY and valid_to is None:
        raise AccountError("A named deputy stands in between dates: give the last day.")
    if deputy_for == user:
        raise AccountError("Nobody can be their own deputy.")
    _lock(user)
    held = RoleGrant.objects.filter(
        user=user, role=granted, deputy_for=deputy_for, valid_to__isnull=True, revoked_at__isnull=True
    )
    if valid_to is None and held.exists():
        raise AccountError(f"This person has the role already: {granted.label}.")
    grant = RoleGrant.objects.create(
        user=user,
        role=granted,
        valid_from=begins,
        valid_to=valid_to,
        deputy_for=deputy_for,
        granted_by=by if isinstance(by, User) else None,
    )
    record(AccountEventKind.ROLE_GRANTED, user, by=by, **_grant_facts(grant))
    queries.forget_roles(user)
    return grant


@transaction.atomic
def revoke_role(grant: RoleGrant, *, by: Actor) -> None:
    """End a grant now, whatever its last day was. Raises `AccountError` where it was ended before."""
    _check_may_manage(by)
    locked = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if locked.revoked_at is not None:
        raise AccountError("This role was taken away before.")
    locked.revoked_at = timezone.now()
    locked.revoked_by = by if isinstance(by, User) else None
    locked.save(update_fields=["revoked_at", "revoked_by"])
    record(AccountEventKind.ROLE_REVOKED, locked.user, by=by, **_grant_facts(locked))
    grant.revoked_at, grant.revoked_by = locked.revoked_at, locked.revoked_by
    queries.forget_roles(grant.user)


def record(kind: AccountEventKind, subject: User, *, by: Actor, **data: str | int | None) -> AccountEvent:
    """Write down what happened to an account. `data` holds codes, dates and ids, never names or addresses."""
    return AccountEvent.objects.create(
        kind=kind,
        subject=subject.public_id,
        by=by.public_id if isinstance(by, User) else None,
        by_system="" if isinstance(by, User) else by,
        data=data,
    )


def _check_may_manage(by: Actor) -> None:
    if isinstance(by, User):
        rules.check(by, rules.Permission.MANAGE_USERS)


def _check_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise AccountError(f"{email or 'Nothing'} is not an e-mail address, like name@example.gov.uk.") from error
    if User.objects.filter(email=email).exists():
        raise AccountError(f"There is an account for {email} already: change that one, or give another address.")


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccountError("The password cannot be used. " + " ".join(error.messages)) from error


def _role(role: Role | str) -> Role:
    try:
        return Role(role)
    except ValueError as error:
        raise AccountError(f"{role} is not a role. The roles are: {', '.join(Role)}.") from error


def _lock(user: User) -> User:
    """Hold this account's row until the transaction ends: two administrators may act at once."""
    return User.objects.select_for_update().get(pk=user.pk)


def _set_active(user: User, *, active: bool) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])


def _grant_facts(grant: RoleGrant) -> dict[str, str | int | None]:
    return {
        "grant": grant.pk,
        "role": grant.role,
        "from": grant.valid_from.isoformat(),
        "to": grant.valid_to.isoformat() if grant.valid_to else None,
        "deputy_for": str(grant.deputy_for.public_id) if grant.deputy_for else None,
    }
