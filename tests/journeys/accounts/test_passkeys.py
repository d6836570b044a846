"""Passkeys, which need scripts: added and used with an authenticator that the browser plays."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories.accounts import PASSWORD, make_user
from tests.support.site import Site

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def named(browser: Any, live_site: Site) -> Iterator[Any]:
    """A page on the site by its name: browsers keep passkeys for names, not for addresses."""
    context = browser.new_context(base_url=live_site.url.replace("127.0.0.1", "localhost"), locale="en-GB")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def press(page: Any, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def sign_in(page: Any, email: str) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Sign in")


def heading(page: Any) -> str:
    return page.locator("h1").inner_text()


def test_a_passkey_is_added_and_signs_in(named: Any) -> None:
    user = make_user(password=PASSWORD)
    devices = named.context.new_cdp_session(named)
    devices.send("WebAuthn.enable")
    device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]

    sign_in(named, user.email)
    named.goto("/account/2fa/webauthn/add/")
    named.get_by_label("Password", exact=True).fill(PASSWORD)
    press(named, "Continue")
    assert heading(named) == "Add a passkey"
    named.get_by_label("A name for it").fill("Work laptop")
    named.get_by_label("Sign in with it instead of the password").check()
    press(named, "Add the passkey")
    assert heading(named) == "Your recovery codes"

    # In place of the password.
    press(named, "Sign out")
    press(named, "Sign in with a passkey")
    named.goto("/account/2fa/webauthn/")
    assert "Work laptop" in named.locator("main").inner_text()

    # As the second step after it.
    press(named, "Sign out")
    sign_in(named, user.email)
    assert heading(named) == "Enter your code"
    press(named, "Use a passkey instead")
    named.goto("/account/")
    assert heading(named) == "Your details"

    # One that is refused says so on the page.
    press(named, "Sign out")
    devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    devices.send("WebAuthn.clearCredentials", {"authenticatorId": device})
    named.get_by_role("button", name="Sign in with a passkey").click()
    said = named.get_by_text("The passkey was not used. Try again, or choose another way.")
    said.wait_for()
    assert said.evaluate("element => document.activeElement === element")
