"""Who may do what: the whole table, written out, so that no change to it goes unnoticed."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from tests.factories.accounts import make_user
from upheld.accounts import actions, rules
from upheld.accounts.enums import Role, System
from upheld.accounts.rules import Permission

if TYPE_CHECKING:
    from upheld.accounts.models import User

pytestmark = pytest.mark.django_db

FIGURES, CASES, READ, DOWNLOAD, USERS, IMPORT, JOBS = (
    Permission.SEE_FIGURES,
    Permission.SEE_CASES,
    Permission.READ_REPORTS,
    Permission.DOWNLOAD_REPORTS,
    Permission.MANAGE_USERS,
    Permission.IMPORT_REGISTERS,
    Permission.SEE_JOBS,
)
DISPOSE = Permission.DISPOSE_OF_CASES
STRUCTURE, RESTRUCTURE, PAST = Permission.SEE_STRUCTURE, Permission.CHANGE_STRUCTURE, Permission.ENTER_PAST_TOTALS
MAY = {
    Role.COMPLAINTS_MANAGER: {FIGURES, CASES, READ, DOWNLOAD, IMPORT, JOBS, STRUCTURE, RESTRUCTURE, PAST, DISPOSE},
    Role.COMPLAINTS_OFFICER: {FIGURES, CASES, READ, DOWNLOAD, IMPORT, STRUCTURE, RESTRUCTURE, PAST},
    Role.SERVICE_MANAGER: {FIGURES, READ, DOWNLOAD, STRUCTURE},
    Role.TEAM_MANAGER: {FIGURES, READ, DOWNLOAD, STRUCTURE},
    Role.DEPARTMENTAL_COMPLAINTS_OFFICER: {FIGURES, READ, DOWNLOAD, STRUCTURE},
    Role.NAMED_DEPUTY: set(),
    Role.ADJUDICATING_OFFICER: set(),
    Role.DIRECTOR: {FIGURES, READ, DOWNLOAD, STRUCTURE},
    Role.CABINET_MEMBER: {FIGURES, READ, DOWNLOAD, STRUCTURE},
    Role.SENIOR_LEADER: {FIGURES, READ, DOWNLOAD, STRUCTURE},
    Role.INVESTIGATING_OFFICER: set(),
    Role.INDEPENDENT_PERSON: set(),
    Role.PANEL_CLERK: set(),
    Role.PANEL_MEMBER: set(),
    Role.ADVOCATE: set(),
    Role.INFORMATION_GOVERNANCE_OFFICER: {READ, DOWNLOAD, DISPOSE},
    Role.SYSTEM_ADMINISTRATOR: {USERS, JOBS, STRUCTURE},
    Role.ANALYST: {FIGURES, READ, DOWNLOAD, STRUCTURE},
}
TODAY = date(2030, 6, 3)


def permissions_of(user: "User | AnonymousUser", on: date = TODAY) -> set[Permission]:
    return {permission for permission in Permission if rules.can(user, permission, on=on)}


def test_every_role_and_every_permission_is_in_the_table() -> None:
    assert set(MAY) == set(Role)
    assert set(rules.PERMISSIONS) == set(Permission)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.NAMED_DEPUTY])
def test_each_role_may_do_what_the_table_says(role: Role) -> None:
    assert permissions_of(make_user(roles=[role])) == MAY[role]


def test_roles_add_up() -> None:
    both = make_user(roles=[Role.ANALYST, Role.SYSTEM_ADMINISTRATOR])
    assert permissions_of(both) == {FIGURES, READ, DOWNLOAD, USERS, JOBS, STRUCTURE}


def test_a_stranger_and_somebody_without_a_role_may_do_nothing() -> None:
    assert permissions_of(AnonymousUser()) == set()
    assert permissions_of(make_user()) == set()


def test_a_closed_account_may_do_nothing() -> None:
    user = make_user(roles=[Role.COMPLAINTS_MANAGER])
    actions.deactivate(user, by=System.COMMAND_LINE)
    assert permissions_of(user) == set()


@pytest.mark.parametrize(
    ("on", "may"),
    [
        (date(2030, 5, 31), False),
        (date(2030, 6, 1), True),
        (date(2030, 6, 30), True),
        (date(2030, 7, 1), False),
    ],
)
def test_a_role_holds_from_its_first_day_to_its_last(on: date, may: bool) -> None:
    user = make_user()
    actions.grant_role(
        user, Role.ANALYST, by=System.COMMAND_LINE, valid_from=date(2030, 6, 1), valid_to=date(2030, 6, 30)
    )
    assert rules.can(user, FIGURES, on=on) is may


def test_a_revoked_role_no_longer_holds() -> None:
    user = make_user()
    grant = actions.grant_role(user, Role.ANALYST, by=System.COMMAND_LINE, valid_from=date(2030, 1, 1))
    assert rules.can(user, FIGURES, on=TODAY)
    actions.revoke_role(grant, by=System.COMMAND_LINE)
    assert not rules.can(user, FIGURES, on=TODAY)


def deputise(deputy: "User", absent: "User") -> None:
    actions.grant_role(
        deputy,
        Role.NAMED_DEPUTY,
        by=System.COMMAND_LINE,
        valid_from=date(2030, 6, 1),
        valid_to=date(2030, 6, 30),
        deputy_for=absent,
    )


def test_a_deputy_may_do_what_the_absent_person_may_between_the_dates() -> None:
    absent, deputy = make_user(roles=[Role.COMPLAINTS_MANAGER]), make_user(roles=[Role.ANALYST])
    deputise(deputy, absent)
    assert permissions_of(deputy, date(2030, 6, 1)) == MAY[Role.COMPLAINTS_MANAGER]
    assert permissions_of(deputy, date(2030, 7, 1)) == MAY[Role.ANALYST]
    assert permissions_of(absent, TODAY) == MAY[Role.COMPLAINTS_MANAGER]


def test_a_deputy_does_not_inherit_deputies() -> None:
    first, second, third = make_user(roles=[Role.COMPLAINTS_MANAGER]), make_user(), make_user()
    deputise(second, first)
    deputise(third, second)
    assert permissions_of(second) == MAY[Role.COMPLAINTS_MANAGER]
    assert permissions_of(third) == set()


def test_nobody_stands_in_for_a_closed_account() -> None:
    absent, deputy = make_user(roles=[Role.COMPLAINTS_MANAGER]), make_user()
    deputise(deputy, absent)
    actions.deactivate(absent, by=System.COMMAND_LINE)
    assert permissions_of(deputy) == set()


def test_check_raises_and_can_asks() -> None:
    user = make_user(roles=[Role.ANALYST])
    rules.check(user, FIGURES, on=TODAY)
    with pytest.raises(PermissionDenied, match=r"^This needs the permission see-cases\.$"):
        rules.check(user, CASES, on=TODAY)


def test_a_permission_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="see-figurs"):
        rules.can(make_user(), "see-figurs")


def test_a_guarded_view_answers_only_those_who_may() -> None:
    @rules.requires(FIGURES)
    def view(request: object) -> HttpResponse:
        return HttpResponse("51")

    request = RequestFactory().get("/")
    request.user = make_user(roles=[Role.ANALYST])
    assert view(request).content == b"51"
    request.user = make_user(roles=[Role.SYSTEM_ADMINISTRATOR])
    with pytest.raises(PermissionDenied):
        view(request)


def test_asking_for_several_permissions_is_one_query(django_assert_num_queries) -> None:
    user = make_user(roles=[Role.ANALYST])
    with django_assert_num_queries(1):
        permissions_of(user)
