from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from tests.factories.accounts import PASSWORD, make_user
from upheld.accounts import actions, queries
from upheld.accounts.actions import AccountError
from upheld.accounts.enums import AccountEventKind, Role, System
from upheld.accounts.models import AccountEvent, RoleGrant, User

pytestmark = pytest.mark.django_db
CLI = System.COMMAND_LINE


def events_of(user: User) -> list[tuple[str, str]]:
    found = AccountEvent.objects.filter(subject=user.public_id).order_by("pk")
    return [(event.kind, event.by_system or str(event.by)) for event in found]


def refused(do: Callable[[], object]) -> str:
    before = (User.objects.count(), RoleGrant.objects.count(), AccountEvent.objects.count())
    with pytest.raises(AccountError) as caught, transaction.atomic():
        do()
    assert (User.objects.count(), RoleGrant.objects.count(), AccountEvent.objects.count()) == before
    return str(caught.value)


def test_an_account_is_made_with_its_address_roles_and_record() -> None:
    user = actions.create_user(
        email=" Sam.Example@Example.invalid ",
        name=" Sam Example ",
        roles=[Role.ANALYST, "director"],
        password=PASSWORD,
        by=CLI,
    )
    user.refresh_from_db()
    assert (user.email, user.name, user.is_active) == ("sam.example@example.invalid", "Sam Example", True)
    assert user.check_password(PASSWORD)
    assert queries.roles_held(user, on=timezone.localdate()) == {Role.ANALYST, Role.DIRECTOR}
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (user.email, True, True)
    assert events_of(user) == [
        (AccountEventKind.CREATED, CLI),
        (AccountEventKind.ROLE_GRANTED, CLI),
        (AccountEventKind.ROLE_GRANTED, CLI),
    ]


def test_without_a_password_there_is_none_to_guess() -> None:
    user = make_user()
    assert not user.has_usable_password()
    assert not user.check_password("")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"email": "nobody"}, "nobody is not an e-mail address, like name@example.gov.uk."),
        ({"email": " "}, "Nothing is not an e-mail address, like name@example.gov.uk."),
        ({"name": "  "}, "The account needs a name: give the person's name as colleagues know it."),
        (
            {"password": "short"},
            "The password cannot be used. This password is too short. It must contain at least 12 characters.",
        ),
        (
            {"roles": ["ruler"]},
            "ruler is not a role. The roles are: complaints-manager, complaints-officer, service-manager, ",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(wrong: dict[str, Any], says: str) -> None:
    given = {"email": "new@example.invalid", "name": "New", "by": CLI} | wrong
    assert refused(lambda: actions.create_user(**given)).startswith(says)


def test_an_address_has_one_account_whatever_its_case() -> None:
    taken = make_user().email
    assert refused(lambda: actions.create_user(email=taken.upper(), name="Other", by=CLI)) == (
        f"There is an account for {taken} already: change that one, or give another address."
    )


def test_only_system_administrators_manage_users() -> None:
    administrator = make_user(roles=[Role.SYSTEM_ADMINISTRATOR])
    manager = make_user(roles=[Role.COMPLAINTS_MANAGER])
    user = actions.create_user(email="a@example.invalid", name="A", by=administrator)
    assert events_of(user) == [(AccountEventKind.CREATED, str(administrator.public_id))]
    grant = actions.grant_role(user, Role.ANALYST, by=administrator)
    assert grant.granted_by == administrator
    for do in (
        lambda: actions.create_user(email="b@example.invalid", name="B", by=manager),
        lambda: actions.deactivate(user, by=manager),
        lambda: actions.reactivate(user, by=manager),
        lambda: actions.grant_role(user, Role.DIRECTOR, by=manager),
        lambda: actions.revoke_role(grant, by=manager),
    ):
        with pytest.raises(PermissionDenied):
            do()


def test_an_account_is_closed_and_opened_again() -> None:
    user = make_user()
    actions.deactivate(user, by=CLI)
    assert User.objects.get(pk=user.pk).is_active is False
    assert refused(lambda: actions.deactivate(user, by=CLI)) == "This account is closed already."
    actions.reactivate(user, by=CLI)
    assert User.objects.get(pk=user.pk).is_active is True
    assert refused(lambda: actions.reactivate(user, by=CLI)) == "This account is open already."
    assert events_of(user)[1:] == [(AccountEventKind.DEACTIVATED, CLI), (AccountEventKind.REACTIVATED, CLI)]


def test_nobody_closes_their_own_account() -> None:
    administrator = make_user(roles=[Role.SYSTEM_ADMINISTRATOR])
    assert refused(lambda: actions.deactivate(administrator, by=administrator)) == (
        "You cannot close your own account: ask another system administrator."
    )


def test_a_grant_writes_its_facts_and_no_personal_data() -> None:
    user, absent = make_user(), make_user()
    begins, ends = date(2030, 6, 1), date(2030, 6, 30)
    grant = actions.grant_role(user, Role.NAMED_DEPUTY, by=CLI, valid_from=begins, valid_to=ends, deputy_for=absent)
    event = AccountEvent.objects.filter(kind=AccountEventKind.ROLE_GRANTED).latest("pk")
    assert event.data == {
        "grant": grant.pk,
        "role": "named-deputy",
        "from": "2030-06-01",
        "to": "2030-06-30",
        "deputy_for": str(absent.public_id),
    }


def test_a_role_begins_today_unless_said() -> None:
    grant = actions.grant_role(make_user(), Role.ANALYST, by=CLI)
    assert (grant.valid_from, grant.valid_to) == (timezone.localdate(), None)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            {"valid_from": date(2030, 6, 2), "valid_to": date(2030, 6, 1)},
            "The role would end before it begins: give a last day on or after the first.",
        ),
        (
            {"role": Role.NAMED_DEPUTY, "valid_to": date(2099, 1, 1)},
            "Say for whom a named deputy stands in, and for nobody else.",
        ),
        ({"deputy": True}, "Say for whom a named deputy stands in, and for nobody else."),
        ({"role": Role.NAMED_DEPUTY, "deputy": True}, "A named deputy stands in between dates: give the last day."),
        ({"role": Role.NAMED_DEPUTY, "oneself": True, "valid_to": date(2099, 1, 1)}, "Nobody can be their own deputy."),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(given: dict[str, Any], says: str) -> None:
    user, other = make_user(), make_user()
    arguments = dict(given)
    role = arguments.pop("role", Role.ANALYST)
    if arguments.pop("deputy", False):
        arguments["deputy_for"] = other
    if arguments.pop("oneself", False):
        arguments["deputy_for"] = user
    assert refused(lambda: actions.grant_role(user, role, by=CLI, **arguments)) == says


def test_a_role_is_held_once_at_a_time_without_end() -> None:
    user = make_user(roles=[Role.ANALYST])
    assert (
        refused(lambda: actions.grant_role(user, Role.ANALYST, by=CLI)) == "This person has the role already: Analyst."
    )
    actions.revoke_role(RoleGrant.objects.get(user=user), by=CLI)
    actions.grant_role(user, Role.ANALYST, by=CLI)
    assert RoleGrant.objects.filter(user=user, revoked_at__isnull=True).count() == 1


def test_a_role_is_taken_away_once() -> None:
    administrator = make_user(roles=[Role.SYSTEM_ADMINISTRATOR])
    user = make_user()
    grant = actions.grant_role(user, Role.ANALYST, by=CLI)
    actions.revoke_role(grant, by=administrator)
    assert grant.revoked_by == administrator
    assert timezone.now() - grant.revoked_at < timedelta(minutes=1)
    assert refused(lambda: actions.revoke_role(grant, by=CLI)) == "This role was taken away before."
    assert events_of(user)[-1] == (AccountEventKind.ROLE_REVOKED, str(administrator.public_id))


def test_the_database_refuses_to_change_or_remove_what_happened() -> None:
    make_user()
    for statement in (
        "UPDATE accounts_accountevent SET kind = 'deactivated'",
        "DELETE FROM accounts_accountevent",
        "TRUNCATE accounts_accountevent",
    ):
        with (
            pytest.raises(DatabaseError, match="account events are only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert AccountEvent.objects.count() == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda user: User.objects.create(email="Upper@example.invalid", name="x"),
        lambda user: User.objects.create(email=user.email, name="x"),
        lambda user: User.objects.create(email="no-name@example.invalid", name=""),
        lambda user: RoleGrant.objects.create(user=user, role="ruler", valid_from=date(2030, 1, 1)),
        lambda user: RoleGrant.objects.create(
            user=user, role="analyst", valid_from=date(2030, 1, 2), valid_to=date(2030, 1, 1)
        ),
        lambda user: RoleGrant.objects.create(user=user, role="analyst", valid_from=date(2030, 1, 1), revoked_by=user),
        lambda user: RoleGrant.objects.create(user=user, role="named-deputy", valid_from=date(2030, 1, 1)),
        lambda user: RoleGrant.objects.create(
            user=user, role="named-deputy", valid_from=date(2030, 1, 1), valid_to=date(2030, 1, 2), deputy_for=user
        ),
        lambda user: AccountEvent.objects.create(kind="created", subject=user.public_id),
        lambda user: AccountEvent.objects.create(
            kind="created", subject=user.public_id, by=user.public_id, by_system="command-line"
        ),
        lambda user: AccountEvent.objects.create(kind="dreamt", subject=user.public_id, by_system="command-line"),
    ],
)
def test_the_database_holds_what_must_be_true(make: Callable[[User], object]) -> None:
    user = make_user()
    with pytest.raises(IntegrityError), transaction.atomic():
        make(user)
