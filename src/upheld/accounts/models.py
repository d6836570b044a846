"""The columns of accounts, role grants and account events, and the constraints that the database holds them to.

Accounts and grants are written by `actions`; the sign-in library writes a user's password and last sign-in. Account
events are only ever added: the database refuses anything else (see migrations/0002).
"""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

from upheld.accounts.enums import AccountEventKind, Role, System


class UserManager(BaseUserManager["User"]):
    """Finds accounts; `actions.create_user` makes them."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by its e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who may sign in. `public_id` is how the rest of the system and its logs name them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("email address", max_length=254, unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # With this, the uniqueness of the column is uniqueness whatever the case.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_in_lower_case"),
            models.CheckConstraint(condition=~Q(name=""), name="user_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class RoleGrant(models.Model):
    """A role that somebody holds from one day to another, both included; without a last day, until it is revoked.

    `granted_by` is empty where the command line granted it. A named deputy's grant says whose place they take, and
    ends on a day said beforehand.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=40, choices=[(role.value, role.label) for role in Role])
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    deputy_for = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="deputy_grants")
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(db_default=Now(), editable=False)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="role_grant_role_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="role_grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | Q(revoked_at__isnull=False),
                name="role_grant_revoked_by_with_when",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.NAMED_DEPUTY.value, deputy_for__isnull=False, valid_to__isnull=False)
                | (~Q(role=Role.NAMED_DEPUTY.value) & Q(deputy_for__isnull=True)),
                name="role_grant_deputy_says_for_whom_and_until_when",
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("user")), name="role_grant_not_ones_own_deputy"
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(valid_to__isnull=True, revoked_at__isnull=True),
                name="role_grant_open_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "valid_from"], name="role_grant_by_user")]

    def __str__(self) -> str:
        return f"{self.role} from {self.valid_from.isoformat()}"


class AccountEvent(models.Model):
    """One thing that happened to an account: what, to whom, by whom and when, in ids and codes alone.

    Ids instead of foreign keys, so that an event outlives what it is about. Exactly one of `by` (a person's public id)
    and `by_system` says who acted.
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in AccountEventKind])
    subject = models.UUIDField()
    by = models.UUIDField(null=True)
    by_system = models.CharField(max_length=20, default="", choices=[(one.value, one.value) for one in System])
    data = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AccountEventKind]), name="account_event_kind_known"
            ),
            models.CheckConstraint(
                condition=(Q(by__isnull=False) & Q(by_system=""))
                | (Q(by__isnull=True) & Q(by_system__in=[one.value for one in System])),
                name="account_event_by_exactly_one",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "at"], name="account_event_by_subject")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
