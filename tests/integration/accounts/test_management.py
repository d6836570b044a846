"""A system administrator makes and closes accounts, and gives and takes away roles."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.factories.accounts import make_user
from upheld.accounts import queries
from upheld.accounts.enums import AccountEventKind, Role
from upheld.accounts.models import AccountEvent, RoleGrant, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_user(roles=[Role.SYSTEM_ADMINISTRATOR], name="Example Administrator")


@pytest.fixture
def client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def page(response: Any) -> HTMLParser:
    return HTMLParser(response.content)


def errors(response: Any) -> list[str]:
    return [one.text(strip=True) for one in page(response).css(".govuk-error-summary__list li")]


def said(response: Any) -> str:
    return " ".join(page(response).css_first(".moj-alert__content").text().split())


def parts(name: str, day: date | None) -> dict[str, str]:
    typed = [day.day, day.month, day.year] if day else ["", "", ""]
    return {f"{name}_{place}": str(part) for place, part in enumerate(typed)}


def today() -> date:
    return timezone.localdate()


def test_only_a_system_administrator_comes_here() -> None:
    manager, person = make_user(roles=[Role.COMPLAINTS_MANAGER]), make_user(roles=[Role.ANALYST])
    grant = RoleGrant.objects.get(user=person)
    client = Client()
    client.force_login(manager)
    for address in (
        "/users/",
        "/users/add/",
        f"/users/{person.public_id}/",
        f"/users/{person.public_id}/close/",
        f"/users/{person.public_id}/reopen/",
        f"/users/{person.public_id}/roles/{grant.pk}/revoke/",
    ):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    assert "Users" not in client.get("/account/").text
    assert AccountEvent.objects.exclude(by_system="command-line").count() == 0


def test_the_list_says_who_has_an_account_and_as_what(client: Client) -> None:
    make_user(roles=[Role.ANALYST, Role.DIRECTOR], name="Example Ann")
    html = page(client.get("/users/"))
    rows = [[" ".join(cell.text(separator="|").split()) for cell in row.css("th, td")] for row in html.css("tbody tr")]
    assert [[row[0], row[2], row[3]] for row in rows] == [
        ["Example Administrator", "System administrator", "Open"],
        ["Example Ann", "Analyst|Director", "Open"],
    ]
    assert html.css_first("nav [aria-current]").text(strip=True) == "Users"


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_asks_the_database_the_same_however_long_it_is(
    client: Client, others: int, django_assert_num_queries: Any
) -> None:
    for _ in range(others):
        make_user(roles=[Role.ANALYST])
    # Session, person, roles (the guard and the navigation share them), count, people, their grants, session saved.
    with django_assert_num_queries(9):
        client.get("/users/")


def test_an_account_is_made_without_a_password(client: Client, administrator: User) -> None:
    response = client.post(
        "/users/add/",
        {"name": "Example Ann", "email": "Ann@example.invalid", "roles": ["analyst", "director"]},
        follow=True,
    )
    made = User.objects.get(email="ann@example.invalid")
    assert said(response) == "Success: Example Ann has an account."
    assert response.redirect_chain == [(f"/users/{made.public_id}/", 302)]
    assert not made.has_usable_password()
    assert queries.roles_held(made, on=today()) == {Role.ANALYST, Role.DIRECTOR}
    created = AccountEvent.objects.get(subject=made.public_id, kind=AccountEventKind.CREATED)
    assert created.by == administrator.public_id


def test_what_is_wrong_with_a_new_account_is_said(client: Client, administrator: User) -> None:
    assert errors(client.post("/users/add/", {})) == [
        "Enter the person's name",
        "Enter the person's work email address",
    ]
    taken = client.post("/users/add/", {"name": "Other", "email": administrator.email.upper()})
    assert errors(taken) == [
        f"There is an account for {administrator.email} already: change that one, or give another address."
    ]
    assert errors(client.post("/users/add/", {"name": "X", "email": "x"})) == [
        "Enter an email address like name@example.gov.uk"
    ]
    assert User.objects.count() == 1


def test_a_role_is_given_and_taken_away(client: Client, administrator: User) -> None:
    person = make_user(name="Example Ann")
    address = f"/users/{person.public_id}/"
    until = today() + timedelta(days=30)
    response = client.post(
        address, {"role": "analyst", **parts("valid_from", today()), **parts("valid_to", until)}, follow=True
    )
    assert said(response).startswith("Success: Example Ann has the role: Analyst until ")
    grant = RoleGrant.objects.get(user=person)
    assert (grant.role, grant.valid_from, grant.valid_to, grant.granted_by) == (
        "analyst",
        today(),
        until,
        administrator,
    )
    response = client.post(f"{address}roles/{grant.pk}/revoke/", follow=True)
    assert said(response) == "Success: The role was taken away."
    assert queries.roles_held(User.objects.get(pk=person.pk), on=today()) == frozenset()
    assert (
        said(client.post(f"{address}roles/{grant.pk}/revoke/", follow=True))
        == "Problem: This role was taken away before."
    )


def test_a_role_to_come_is_shown_with_its_first_day(client: Client) -> None:
    person = make_user()
    address = f"/users/{person.public_id}/"
    client.post(address, {"role": "analyst", **parts("valid_from", date(2099, 3, 12))})
    assert page(client.get(address)).css_first(".app-grant span").text(strip=True) == "Analyst, from 12 March 2099"


def test_a_deputy_takes_somebodys_place(client: Client) -> None:
    person, absent = make_user(name="Example Ann"), make_user(roles=[Role.COMPLAINTS_MANAGER], name="Example Ben")
    address = f"/users/{person.public_id}/"
    given = {"role": "named-deputy", **parts("valid_from", today()), **parts("valid_to", today())}
    assert errors(client.post(address, given)) == ["Say for whom a named deputy stands in, and for nobody else."]
    response = client.post(address, given | {"deputy_for": str(absent.public_id)}, follow=True)
    assert "Named deputy for Example Ben until" in said(response)
    assert queries.roles_held(User.objects.get(pk=person.pk), on=today()) == {
        Role.NAMED_DEPUTY,
        Role.COMPLAINTS_MANAGER,
    }


def test_what_is_wrong_with_a_role_is_said(client: Client) -> None:
    person = make_user()
    address = f"/users/{person.public_id}/"
    assert errors(client.post(address, {"valid_to_0": "31"})) == [
        "Choose a role",
        "Enter the first day of the role",
        "Last day is not a date. Give day, month and year in numbers, like 27 3 2030",
    ]
    other_persons = RoleGrant.objects.get(user=User.objects.exclude(pk=person.pk).get())
    assert client.post(f"{address}roles/{other_persons.pk}/revoke/").status_code == 404


def test_an_account_is_closed_and_opened_again(client: Client) -> None:
    person = make_user(name="Example Ann")
    address = f"/users/{person.public_id}/"
    assert page(client.get(f"{address}close/")).css_first("h1").text() == "Close the account of Example Ann"
    assert User.objects.get(pk=person.pk).is_active
    response = client.post(f"{address}close/", follow=True)
    assert said(response) == "Success: The account of Example Ann is closed."
    assert page(response).css_first("form[action$='/reopen/']") is not None
    assert page(response).css_first("form[action$='/roles/']") is None
    response = client.post(f"{address}reopen/", follow=True)
    assert said(response) == "Success: The account of Example Ann is open again."


def test_nobody_closes_their_own_account(client: Client, administrator: User) -> None:
    response = client.post(f"/users/{administrator.public_id}/close/", follow=True)
    assert said(response) == "Problem: You cannot close your own account: ask another system administrator."


def test_there_is_no_page_for_nobody(client: Client) -> None:
    assert client.get("/users/00000000-0000-4000-8000-000000000000/").status_code == 404
