"""Signing in and out and setting up a second step, in a browser that runs no scripts."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.factories.accounts import PASSWORD, make_user
from tests.support.site import Site
from tests.support.totp import code_now


@pytest.fixture
def plain(browser: Any, live_site: Site) -> Iterator[Any]:
    """A page of a browser with scripts turned off."""
    context = browser.new_context(base_url=live_site.url, java_script_enabled=False, locale="en-GB")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def sign_in(page: Any, email: str, password: str = PASSWORD) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def heading(page: Any) -> str:
    return page.locator("h1").inner_text()


def test_signing_in_and_out(plain: Any) -> None:
    user = make_user(password=PASSWORD, name="Example Plain Person")
    plain.goto("/start/")
    assert heading(plain) == "Sign in"
    # What cannot work without scripts is not offered.
    assert not plain.get_by_text("Sign in with a passkey").is_visible()
    sign_in(plain, user.email, "not the password")
    assert heading(plain) == "Sign in"
    assert plain.title() == "Error: Sign in – Upheld"
    # The summary says what is wrong, and the address need not be typed twice.
    assert plain.locator(".govuk-error-summary").inner_text().split("\n")[-1] == (
        "The email address or the password is not right."
    )
    assert plain.get_by_label("Email address").input_value() == user.email
    sign_in(plain, user.email)
    plain.goto("/start/")
    assert heading(plain) == "Start"
    plain.get_by_role("link", name="Example Plain Person").click()
    assert heading(plain) == "Your details"
    plain.get_by_role("button", name="Sign out").click()
    assert heading(plain) == "Sign in"
    plain.goto("/start/")
    assert heading(plain) == "Sign in"


def test_an_authenticator_app_is_set_up_and_used(plain: Any) -> None:
    user = make_user(password=PASSWORD)
    sign_in(plain, user.email)
    plain.goto("/account/2fa/")
    plain.get_by_role("link", name="Set up an authenticator app").click()
    assert heading(plain) == "Confirm that it is you"
    plain.get_by_label("Password", exact=True).fill(PASSWORD)
    plain.get_by_role("button", name="Continue").click()
    assert heading(plain) == "Set up an authenticator app"
    assert plain.locator(".app-qr img").evaluate_all("images => images.length") == 1
    key = plain.locator(".app-code").inner_text().replace(" ", "")
    plain.get_by_label("Code").fill(code_now(key))
    plain.get_by_role("button", name="Turn on two-step sign-in").click()
    assert heading(plain) == "Your recovery codes"
    said = plain.locator(".moj-alert__content").first.inner_text()
    assert " ".join(said.split()) == "Success: Your authenticator app is set up."
    recovery = plain.locator(".app-code-list .app-code").all_inner_texts()
    assert len(recovery) == 10

    plain.get_by_role("button", name="Sign out").click()
    sign_in(plain, user.email)
    assert heading(plain) == "Enter your code"
    plain.get_by_label("Code").fill(code_now(key, steps_ahead=1))
    plain.get_by_role("button", name="Continue").click()
    plain.goto("/account/")
    assert heading(plain) == "Your details"

    plain.get_by_role("button", name="Sign out").click()
    sign_in(plain, user.email)
    plain.get_by_label("Code").fill(recovery[0])
    plain.get_by_role("button", name="Continue").click()
    plain.goto("/account/2fa/")
    assert "9 left" in plain.locator("main").inner_text()
