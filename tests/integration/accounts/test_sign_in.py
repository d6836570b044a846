"""Signing in and out: right and wrong passwords, limits, the second step, a forgotten password."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.factories.accounts import PASSWORD, make_user
from tests.factories.environments import changed_environment
from upheld.accounts import actions, demo
from upheld.accounts.enums import AccountEventKind, Role, System
from upheld.accounts.models import AccountEvent, User

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password}, **extra)


def errors(response: Any) -> list[str]:
    return [one.text(strip=True) for one in HTMLParser(response.content).css(".govuk-error-summary__list li")]


def kinds(user: User) -> list[str]:
    return list(AccountEvent.objects.filter(subject=user.public_id).order_by("pk").values_list("kind", flat=True))


def test_the_right_password_signs_in_and_is_recorded() -> None:
    user, client = make_user(password=PASSWORD), Client()
    response = sign_in(client, user.email.upper())
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/account/").status_code == 200
    assert kinds(user) == [AccountEventKind.CREATED, AccountEventKind.SIGNED_IN]


def test_one_goes_on_to_where_one_was_going_but_never_to_another_site() -> None:
    user = make_user(password=PASSWORD)
    for wanted, reached in (("/privacy/", "/privacy/"), ("https://elsewhere.example/", "/")):
        response = Client().post(SIGN_IN, {"login": user.email, "password": PASSWORD, "next": wanted})
        assert response["Location"] == reached


def test_signing_out_is_a_post_and_is_recorded() -> None:
    user, client = make_user(), Client()
    client.force_login(user)
    page = client.get("/account/logout/")
    assert HTMLParser(page.content).css_first("h1").text() == "Sign out"
    assert client.get("/account/").status_code == 200
    assert client.post("/account/logout/")["Location"] == SIGN_IN
    assert client.get("/account/").status_code == 302
    assert kinds(user)[-1] == AccountEventKind.SIGNED_OUT


def test_the_page_does_not_say_whether_there_is_an_account() -> None:
    user = make_user(password=PASSWORD)
    wrong = sign_in(Client(), user.email, "not the password")
    stranger = sign_in(Client(), "stranger@example.invalid", "not the password")
    assert errors(wrong) == errors(stranger) == ["The email address or the password is not right."]
    hide = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|value="[^"]*@example.invalid"')
    assert hide.sub("", wrong.text) == hide.sub("", stranger.text)
    assert "Error: Sign in – Upheld" in wrong.text


def test_what_is_missing_is_named() -> None:
    assert errors(Client().post(SIGN_IN, {})) == ["Enter your email address", "Enter your password"]
    assert errors(sign_in(Client(), "nobody")) == ["Enter an email address like name@example.gov.uk"]


def test_five_wrong_passwords_close_the_address_for_a_while_even_to_the_right_one() -> None:
    user, other = make_user(password=PASSWORD), make_user(password=PASSWORD)
    for attempt in range(5):
        # From different machines: the address is what is guessed at.
        assert errors(sign_in(Client(), user.email, "not it", REMOTE_ADDR=f"192.0.2.{attempt}")) == [
            "The email address or the password is not right."
        ]
    held = sign_in(Client(), user.email, REMOTE_ADDR="192.0.2.99")
    assert errors(held) == ["Too many attempts have failed. Wait 15 minutes, then try again."]
    assert sign_in(Client(), other.email, REMOTE_ADDR="192.0.2.99").status_code == 302


def test_attempts_are_counted_for_all_processes_together() -> None:
    cache.set("upheld-test", 1)
    assert type(cache._connections[cache._alias]).__name__ == "DatabaseCache"


def test_a_flood_from_one_machine_gets_the_page_that_says_wait() -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    for number in range(40):
        response = sign_in(client, f"x{number}@example.invalid", "")
        if response.status_code == 429:
            break
    assert response.status_code == 429
    assert HTMLParser(response.content).css_first("h1").text() == "Too many attempts"


def test_a_closed_account_is_told_so_only_after_the_right_password() -> None:
    user = make_user(password=PASSWORD)
    actions.deactivate(user, by=System.COMMAND_LINE)
    assert errors(sign_in(Client(), user.email, "wrong")) == ["The email address or the password is not right."]
    response = sign_in(Client(), user.email, follow=True)
    assert HTMLParser(response.content).css_first("h1").text() == "You cannot sign in"


def test_closing_an_account_ends_its_sessions() -> None:
    user, client = make_user(), Client()
    client.force_login(user)
    actions.deactivate(user, by=System.COMMAND_LINE)
    assert client.get("/account/").status_code == 302


def test_nobody_makes_their_own_account() -> None:
    client = Client()
    assert (
        HTMLParser(client.get("/account/signup/").content).css_first("h1").text() == "There is no account for you yet"
    )
    client.post("/account/signup/", {"email": "new@example.invalid", "password1": PASSWORD})
    assert User.objects.count() == 0


def test_nobody_changes_their_own_address() -> None:
    user, client = make_user(), Client()
    client.force_login(user)
    response = client.post("/account/email/", {"action_add": "", "email": "other@example.invalid"})
    assert response.status_code == 200
    client.post("/account/email/", {"action_remove": "", "email": user.email})
    assert list(user.emailaddress_set.values_list("email", flat=True)) == [user.email]


def test_a_forgotten_password_is_replaced_by_email() -> None:
    user, client = make_user(password=PASSWORD), Client()
    response = client.post("/account/password/reset/", {"email": user.email}, follow=True)
    assert HTMLParser(response.content).css_first("h1").text() == "Check your email"
    (message,) = mail.outbox
    assert (message.subject, message.to) == ("Choose a new password for Upheld", [user.email])
    link = re.search(r"http://testserver(\S+)", message.body)
    assert link is not None
    form = client.get(link[1], follow=True)
    html = HTMLParser(form.content)
    assert html.css_first("h1").text() == "Choose a new password"
    # The address bar no longer shows the key.
    assert "set-password" in form.redirect_chain[-1][0]
    action = html.css_first("main form").attributes["action"]
    weak = client.post(action, {"password1": "short", "password2": "short"})
    assert errors(weak) == ["This password is too short. It must contain at least 12 characters."]
    done = client.post(
        action, {"password1": "another synthetic phrase", "password2": "another synthetic phrase"}, follow=True
    )
    assert HTMLParser(done.content).css_first("h1").text() == "You have a new password"
    assert sign_in(Client(), user.email, "another synthetic phrase").status_code == 302
    assert HTMLParser(client.get(link[1], follow=True).content).css_first("h1").text() == "This link no longer works"
    assert AccountEventKind.PASSWORD_RESET in kinds(user)
    notice = mail.outbox[-1]
    assert notice.subject == "Your Upheld password was reset"
    assert re.fullmatch(
        r"The password of your account was reset\.\n\nWhen: \d{1,2} \w+ \d{4} at \S+\n\nIf you did this, .*\n\n"
        r"If you did not, write to complaints@example\.invalid at once\.\n\nUpheld, Example Council",
        notice.body.strip(),
    )


def test_a_stranger_who_forgot_a_password_sees_the_same_page_and_gets_no_email() -> None:
    user = make_user()
    pages = [
        Client().post("/account/password/reset/", {"email": email}, follow=True).content
        for email in (user.email, "stranger@example.invalid")
    ]
    hide = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
    assert hide.sub(b"", pages[0]) == hide.sub(b"", pages[1])
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_a_password_is_changed_by_who_knows_it() -> None:
    user, client = make_user(password=PASSWORD), Client()
    sign_in(client, user.email)
    address = "/account/password/change/"
    new = {"password1": "another synthetic phrase", "password2": "another synthetic phrase"}
    assert errors(client.post(address, {"oldpassword": "wrong", **new})) == ["Enter your current password."]
    response = client.post(address, {"oldpassword": PASSWORD, **new}, follow=True)
    html = HTMLParser(response.content)
    assert (html.css_first("h1").text(), html.css_first(".moj-alert__content").text(strip=True)) == (
        "Your details",
        "Success:Your password has been changed.",
    )
    assert kinds(user)[-1] == AccountEventKind.PASSWORD_CHANGED


def test_example_people_are_listed_and_can_sign_in_only_where_the_site_is_an_example(settings: Any) -> None:
    assert demo.demo_accounts() == ()
    assert demo.create_demo_accounts() == 0
    assert demo.is_demo_address("someone@example.invalid") is False
    settings.ENVIRONMENT = changed_environment(demo=True)
    assert demo.create_demo_accounts() == 6
    assert demo.create_demo_accounts() == 0
    accounts = demo.demo_accounts()
    page = Client().get(SIGN_IN).text
    assert [account.email in page and account.password in page for account in accounts] == [True] * 6
    manager = next(account for account in accounts if account.role is Role.COMPLAINTS_MANAGER)
    assert sign_in(Client(), manager.email, manager.password).status_code == 302
    settings.ENVIRONMENT = changed_environment(demo=False)
    page = Client().get(SIGN_IN).text
    assert [account.email in page or account.password in page for account in accounts] == [False] * 6
    refused = sign_in(Client(), manager.email, manager.password)
    assert urlsplit(refused["Location"]).path == "/account/inactive/"


def test_sessions_end_with_the_browser_and_are_out_of_reach_of_scripts() -> None:
    user, client = make_user(password=PASSWORD), Client()
    cookie = sign_in(client, user.email).cookies["session"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
