"""Reading accounts and roles."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from upheld.accounts.enums import Role
from upheld.accounts.models import RoleGrant, User


def users() -> QuerySet[User]:
    """Every account, open or closed."""
    return User.objects.all()


def users_with_roles(*, on: date) -> QuerySet[User]:
    """Every account by name, each with the grants that hold on a day as `grants_today`."""
    in_force = RoleGrant.objects.filter(_in_force(on)).select_related("deputy_for").order_by("valid_from", "pk")
    return users().prefetch_related(Prefetch("role_grants", in_force, "grants_today")).order_by("name", "pk")


def grants_of(user: User) -> QuerySet[RoleGrant]:
    """Every grant that somebody ever had."""
    return RoleGrant.objects.filter(user=user)


def grants_not_over(user: User, *, on: date) -> QuerySet[RoleGrant]:
    """The grants that hold on a day or begin after it, neither over nor revoked."""
    ahead = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return (
        grants_of(user).filter(ahead, revoked_at__isnull=True).select_related("deputy_for").order_by("valid_from", "pk")
    )


def grants_in_force(user: User, *, on: date) -> QuerySet[RoleGrant]:
    """The grants of `user` that hold on a day: begun, not over, not revoked."""
    return RoleGrant.objects.filter(_in_force(on), user=user).order_by("valid_from", "pk")


def roles_held(user: User, *, on: date) -> frozenset[Role]:
    """The roles that `user` has on a day, with those of the people whose named deputy they are that day.

    A deputy takes the place of one person: not of those whose deputy that person is in turn. Asked once for each user
    object and day.
    """
    known: dict[date, frozenset[Role]] = user.__dict__.setdefault("_roles_held", {})
    if on not in known:
        known[on] = _read_roles(user, on)
    return known[on]


def _read_roles(user: User, on: date) -> frozenset[Role]:
    absent = RoleGrant.objects.filter(
        _in_force(on), user=user, role=Role.NAMED_DEPUTY, deputy_for__is_active=True
    ).values("deputy_for")
    held = RoleGrant.objects.filter(_in_force(on)).filter(
        Q(user=user) | (Q(user__in=absent) & ~Q(role=Role.NAMED_DEPUTY))
    )
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def forget_roles(user: User) -> None:
    """Have the roles of this user object read again: something was granted or revoked."""
    user.__dict__.pop("_roles_held", None)


def user_by_email(email: str) -> User | None:
    """Find an account by its address, whatever its case."""
    return User.objects.filter(email=email.strip().lower()).first()


def _in_force(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on)) & Q(revoked_at__isnull=True)
