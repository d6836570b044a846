"""The fixtures of browser tests: a browser, on a site that runs, on the test's own database."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from upheld.accounts.actions import create_user
from upheld.accounts.enums import System

EMAIL, PASSWORD = "officer@example.invalid", "a long enough passphrase"


@pytest.mark.parametrize("_", range(2))
def test_what_a_test_writes_the_site_shows_and_the_next_test_does_not_find(page: Any, _: int) -> None:
    assert get_user_model().objects.count() == 0
    create_user(email=EMAIL, name="An Officer", roles=["complaints-manager"], password=PASSWORD, by=System.COMMAND_LINE)
    page.goto("/account/login/")
    page.fill("input[name=login]", EMAIL)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/account/login/" not in url)
    assert page.request.get("/health/ready").json() == {"status": "ready"}
