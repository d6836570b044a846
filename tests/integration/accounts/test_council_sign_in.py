"""Signing in through the council's identity provider, against a real OpenID Connect server on this machine."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.factories.accounts import make_user
from tests.factories.environments import changed_environment
from upheld.accounts import actions
from upheld.accounts.enums import AccountEventKind, System
from upheld.accounts.models import AccountEvent, User
from upheld.accounts.providers import openid_connect

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    # A process of its own: what its libraries warn about is no business of ours. It ends when its input does.
    serve = (
        "import sys, oidc_provider_mock as mock\n"
        "with mock.run_server_in_thread() as server: print(server.server_port, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-W", "ignore", "-c", serve]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as process:
        assert process.stdout is not None
        yield f"http://localhost:{process.stdout.readline().strip()}"
        process.communicate(timeout=20)


@pytest.fixture
def provider(running: str, settings: Any) -> str:
    connect(settings, running)
    return running


def connect(settings: Any, issuer: str) -> None:
    given = {"client_id": "upheld", "name": "your council account"}
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(issuer=issuer, secret="kept", **given)
    settings.ENVIRONMENT = changed_environment(oidc_issuer=issuer, oidc_name=given["name"])


def heading(response: Any) -> str:
    return HTMLParser(response.content).css_first("h1").text()


def begin(client: Client, provider: str, **query: str) -> str:
    """Press the button on the sign-in page; say where the provider's page is."""
    form = HTMLParser(client.get("/account/login/", query).content).css_first("main form")
    assert form.css_first("button").text(strip=True) == "Sign in with your council account"
    response = client.post(form.attributes["action"])
    assert response["Location"].startswith(f"{provider}/oauth2/authorize?")
    assert "code_challenge_method=S256" in response["Location"]
    return str(response["Location"])


def sign_in_as(client: Client, provider: str, email: str, **query: str) -> Any:
    known = httpx.put(f"{provider}/users/id-of-{email}", json={"email": email, "name": "Example"})
    assert known.status_code == 204
    answered = httpx.post(begin(client, provider, **query), data={"sub": f"id-of-{email}"})
    return client.get(answered.headers["Location"].removeprefix("http://testserver"), follow=True)


def test_whoever_has_an_account_for_the_address_is_signed_in_to_it(provider: str) -> None:
    user, client = make_user(), Client()
    response = sign_in_as(client, provider, user.email, next="/privacy/")
    assert response.redirect_chain[-1] == ("/privacy/", 302)
    assert (
        HTMLParser(client.get("/account/").content).css_first(".govuk-summary-list__value").text(strip=True)
        == user.name
    )
    assert SocialAccount.objects.get().user == user
    last = AccountEvent.objects.filter(subject=user.public_id).latest("pk")
    assert last.kind == AccountEventKind.SIGNED_IN
    again = Client()
    assert sign_in_as(again, provider, user.email).redirect_chain[-1] == ("/", 302)
    assert SocialAccount.objects.count() == 1


def test_whoever_has_none_is_told_whom_to_ask_and_gets_none(provider: str) -> None:
    client = Client()
    assert heading(sign_in_as(client, provider, "stranger@example.invalid")) == "There is no account for you yet"
    assert User.objects.count() == 0
    assert client.get("/account/").status_code == 302


def test_a_closed_account_stays_closed(provider: str) -> None:
    user, client = make_user(), Client()
    actions.deactivate(user, by=System.COMMAND_LINE)
    assert heading(sign_in_as(client, provider, user.email)) == "You cannot sign in"
    assert client.get("/account/").status_code == 302


def test_turning_back_at_the_provider_is_not_an_error(provider: str) -> None:
    client = Client()
    asked = begin(client, provider)
    answered = httpx.post(asked, data={"action": "deny"})
    # The standard has the provider send the state back with a refusal too; this one forgets to.
    back = answered.headers["Location"].removeprefix("http://testserver") + "&state=" + parse_qs(asked)["state"][0]
    response = client.get(back, follow=True)
    assert (response.status_code, heading(response)) == (200, "You are not signed in")


def test_an_answer_to_a_question_not_asked_is_refused(provider: str) -> None:
    response = Client().get("/account/oidc/council/login/callback/", {"code": "guessed", "state": "guessed"})
    assert (response.status_code, heading(response)) == (401, "The council’s sign-in did not work")


def test_a_provider_that_does_not_answer_is_said_to_be_at_fault(settings: Any) -> None:
    connect(settings, "http://localhost:9")
    response = Client().post("/account/oidc/council/login/?process=login")
    assert (response.status_code, heading(response)) == (401, "The council’s sign-in did not work")


def test_a_link_alone_signs_nobody_in(provider: str) -> None:
    # Following it asks first, so that no other site can sign a person in as somebody else.
    response = Client().get("/account/oidc/council/login/?process=login")
    assert (response.status_code, heading(response)) == (200, "Sign in with your council account")


def test_ones_own_connection_is_shown_and_can_be_ended(provider: str) -> None:
    user, client = make_user(password="plainly synthetic words"), Client()
    client.force_login(user)
    assert "not connected to the council’s own sign-in yet" in client.get("/account/3rdparty/").text
    sign_in_as(client_now := Client(), provider, user.email)
    page = HTMLParser(client_now.get("/account/3rdparty/").content)
    assert page.css_first("legend").text(strip=True) == "Which one do you want to disconnect?"
    assert page.css_first("nav.moj-side-navigation [aria-current=page]").text(strip=True) == "Council sign-in"
    missing = HTMLParser(client_now.post("/account/3rdparty/", {}).content)
    assert missing.css_first(".govuk-error-summary__list").text(strip=True) == "Choose the one to disconnect"
    client_now.post("/account/3rdparty/", {"account": SocialAccount.objects.get().pk})
    assert SocialAccount.objects.count() == 0


def test_without_a_provider_nothing_speaks_of_one() -> None:
    assert openid_connect(issuer="", client_id="", secret="", name="") == {}
    page = Client().get("/account/login/").text
    assert "Or with a password" not in page
    assert Client().get("/account/oidc/council/login/").status_code == 404
    client = Client()
    client.force_login(make_user())
    assert "This site is not connected to the council’s own sign-in" in client.get("/account/3rdparty/").text
