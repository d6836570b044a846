"""The second step of signing in, without scripts: an authenticator app and recovery codes."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.factories.accounts import PASSWORD, make_user
from upheld.accounts.adapters import MFAAdapter
from upheld.accounts.enums import AccountEventKind
from upheld.accounts.models import AccountEvent, User

pytestmark = pytest.mark.django_db


def code_for(secret: str) -> str:
    """What an app with this key shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def heading(response: Any) -> str:
    return HTMLParser(response.content).css_first("h1").text()


def errors(response: Any) -> list[str]:
    return [one.text(strip=True) for one in HTMLParser(response.content).css(".govuk-error-summary__list li")]


@pytest.fixture
def user() -> User:
    return make_user(password=PASSWORD)


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def set_up(client: Client) -> str:
    page = HTMLParser(client.get("/account/2fa/totp/activate/").content)
    secret = page.css_first(".app-code").text().replace(" ", "")
    assert re.fullmatch(r"[A-Z2-7]{32}", secret)
    response = client.post("/account/2fa/totp/activate/", {"code": code_for(secret)}, follow=True)
    assert heading(response) == "Your recovery codes"
    return secret


def test_an_app_is_set_up_and_asked_for(client: Client, user: User) -> None:
    assert errors(client.post("/account/2fa/totp/activate/", {})) == ["Enter the code"]
    assert errors(client.post("/account/2fa/totp/activate/", {"code": "000000"})) == [
        "That code is not right. Codes change every 30 seconds: enter the one shown now."
    ]
    secret = set_up(client)
    again = Client()
    response = again.post("/account/login/", {"login": user.email, "password": PASSWORD}, follow=True)
    assert heading(response) == "Enter your code"
    assert again.get("/account/").status_code == 302
    assert errors(again.post("/account/2fa/authenticate/", {"code": "000000"})) == [
        "That code is not right. Codes change every 30 seconds: enter the one shown now."
    ]
    assert again.post("/account/2fa/authenticate/", {"code": code_for(secret)})["Location"] == "/"
    assert again.get("/account/").status_code == 200
    third = Client()
    third.post("/account/login/", {"login": user.email, "password": PASSWORD})
    used = errors(third.post("/account/2fa/authenticate/", {"code": code_for(secret)}))
    assert used == ["That code is not right. Codes change every 30 seconds: enter the one shown now."]


def test_a_recovery_code_signs_in_once(client: Client, user: User) -> None:
    set_up(client)
    codes = [
        one.text() for one in HTMLParser(client.get("/account/2fa/recovery-codes/").content).css("main li .app-code")
    ]
    assert len(codes) == 10
    for code, location in ((codes[0], "/"), (codes[0], None), (codes[1], "/")):
        again = Client()
        again.post("/account/login/", {"login": user.email, "password": PASSWORD})
        response = again.post("/account/2fa/authenticate/", {"code": code})
        assert response.headers.get("Location") == location
    page = client.get("/account/2fa/recovery-codes/download/")
    assert page["Content-Type"].startswith("text/plain")
    assert page.text.split() == codes[2:]


def test_new_codes_replace_the_old(client: Client) -> None:
    set_up(client)
    old = client.get("/account/2fa/recovery-codes/download/").text
    assert "(10 left)" in client.get("/account/2fa/recovery-codes/generate/").text
    response = client.post("/account/2fa/recovery-codes/generate/", follow=True)
    assert heading(response) == "Your recovery codes"
    assert client.get("/account/2fa/recovery-codes/download/").text != old


def test_the_app_is_removed(client: Client, user: User) -> None:
    set_up(client)
    assert heading(client.get("/account/2fa/totp/activate/", follow=True)) == "Remove your authenticator app"
    response = client.post("/account/2fa/totp/deactivate/", follow=True)
    assert heading(response) == "Two-step sign-in"
    assert not Authenticator.objects.filter(user=user).exists()


@pytest.mark.django_db(transaction=True)  # the library tells of a change once it is committed
def test_every_change_is_recorded_and_told_by_email(client: Client, user: User) -> None:
    set_up(client)
    client.post("/account/2fa/recovery-codes/generate/")
    client.post("/account/2fa/totp/deactivate/")
    events = AccountEvent.objects.filter(subject=user.public_id).order_by("pk")
    assert [event.kind for event in events][2:] == [
        AccountEventKind.SECOND_STEP_ADDED,
        AccountEventKind.RECOVERY_CODES_MADE,
        AccountEventKind.RECOVERY_CODES_MADE,
        AccountEventKind.SECOND_STEP_REMOVED,
    ]
    assert [message.subject for message in mail.outbox] == [
        "An authenticator app was added to your Upheld account",
        "New recovery codes for your Upheld account",
        "The authenticator app was removed from your Upheld account",
    ]


def test_changing_it_asks_again_who_is_there_after_a_while(user: User) -> None:
    client = Client()
    client.force_login(user)  # signed in, but not just now with a password
    response = client.get("/account/2fa/totp/activate/", follow=True)
    assert heading(response) == "Confirm that it is you"
    assert errors(client.post("/account/reauthenticate/", {"password": "wrong"})) == ["The password is not right."]
    onwards = client.post(
        "/account/reauthenticate/", {"password": PASSWORD, "next": "/account/2fa/totp/activate/"}, follow=True
    )
    assert heading(onwards) == "Set up an authenticator app"


def test_secrets_are_stored_encrypted_and_read_back(client: Client, user: User, settings: Any) -> None:
    secret = set_up(client)
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in stored
    assert MFAAdapter().decrypt(stored) == secret
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new secret key for tests, long enough to be one 0123456789"
    assert MFAAdapter().decrypt(stored) == secret

    # Another installation's key reads nothing, and what it gets instead is never the same: no code can fit it.
    settings.SECRET_KEY_FALLBACKS = []
    assert len({MFAAdapter().decrypt(stored) for _ in range(3)} - {secret}) == 3
