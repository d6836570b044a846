"""Every page of the sign-in library that can be reached is one of ours: in our layout, in our words.

The library's addresses are walked, so that a page which a new version brings fails here until it has a template. Each
is asked for by a stranger, by somebody signed in, and by somebody who has set up every second step.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth import urls as library
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.factories.accounts import PASSWORD, make_user
from tests.factories.passkeys import give_passkey
from upheld.accounts.models import User

pytestmark = pytest.mark.django_db


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns)
        elif one.name:
            yield one.name


NAMES = sorted(set(patterns(library.urlpatterns)))

# The page that each kind of person gets at each address; nothing where they are sent elsewhere or there is no page.
STRANGER = {
    "account_confirm_email": "This link no longer works",
    "account_email_verification_sent": "Check your email",
    "account_inactive": "You cannot sign in",
    "account_login": "Sign in",
    "account_reset_password": "Choose a new password",
    "account_reset_password_done": "Check your email",
    "account_reset_password_from_key": "This link no longer works",
    "account_reset_password_from_key_done": "You have a new password",
    "account_signup": "There is no account for you yet",
    "socialaccount_login_cancelled": "You are not signed in",
    "socialaccount_login_error": "The council’s sign-in did not work",
}
SIGNED_IN = {
    **{name: heading for name, heading in STRANGER.items() if name not in {"account_login", "account_signup"}},
    "account_change_password": "Change your password",
    "account_email": "Your email address",
    "account_logout": "Sign out",
    "account_reauthenticate": "Confirm that it is you",
    "mfa_activate_totp": "Set up an authenticator app",
    "mfa_add_webauthn": "Add a passkey",
    "mfa_generate_recovery_codes": "Make new recovery codes",
    "mfa_index": "Two-step sign-in",
    "mfa_list_webauthn": "Your passkeys",
    "socialaccount_connections": "Council sign-in",
}
WITH_SECOND_STEPS = {
    **{name: heading for name, heading in SIGNED_IN.items() if name != "mfa_activate_totp"},
    "mfa_deactivate_totp": "Remove your authenticator app",
    "mfa_edit_webauthn": "Rename a passkey",
    "mfa_reauthenticate": "Confirm that it is you",
    "mfa_reauthenticate_webauthn": "Confirm that it is you",
    "mfa_remove_webauthn": "Remove the passkey Work laptop",
    "mfa_view_recovery_codes": "Your recovery codes",
}
WITHOUT_PASSWORD = {"account_set_password": "Set a password"}
WAITING_FOR_THE_SECOND_STEP = {"mfa_authenticate": "Enter your code"}
# Never a page here. A reason each, since every other address must be in one of the tables above.
NO_PAGE = {
    "account_confirm_login_code": "codes by e-mail are not offered",
    "mfa_download_recovery_codes": "a text file",
    "mfa_login_webauthn": "answers scripts alone, and sends others to sign in",
    "openid_connect_callback": "answers the provider; see the tests of council sign-in",
    "openid_connect_login": "there is a provider only in the tests of council sign-in",
    "socialaccount_signup": "nobody makes their own account",
}
ALL = (STRANGER, SIGNED_IN, WITH_SECOND_STEPS, WITHOUT_PASSWORD, WAITING_FOR_THE_SECOND_STEP)


def address(name: str, passkey: int = 0) -> str:
    values = {"key": "no-such-key", "uidb36": "0", "provider_id": "council", "pk": passkey}
    ((pattern, parameters),) = get_resolver().reverse_dict.getlist(name)[0][0]
    return "/" + pattern % {parameter: values[parameter] for parameter in parameters}


def shown(client: Client, where: str) -> str | None:
    """The heading of the page at an address, having looked at the rest of it; nothing where there is no page."""
    response = client.get(where)
    if response.status_code in {302, 403, 404, 405} or not response["Content-Type"].startswith("text/html"):
        return None
    html = HTMLParser(response.content)
    assert html.css_first("header .app-header__council") is not None
    assert len(html.css("main#main-content h1")) == 1
    assert html.css_first("footer.app-footer") is not None
    heading = html.css_first("h1").text(strip=True)
    assert html.css_first("title").text(strip=True) == f"{heading} – Upheld"
    for leftover in ("{%", "%}", "{{", "{#"):
        assert leftover not in response.text
    assert [form for form in html.css('form[method="post"]') if not form.css('input[name="csrfmiddlewaretoken"]')] == []
    return heading


@pytest.fixture
def signed_in() -> tuple[Client, int]:
    return signed_in_as(make_user(password=PASSWORD)), 0


@pytest.fixture
def with_second_steps() -> tuple[Client, int]:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    user = make_user(password=PASSWORD)
    client = signed_in_as(user)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return client, give_passkey(user).pk


def signed_in_as(user: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def test_every_address_of_the_library_is_looked_at_or_left_out_for_a_reason() -> None:
    assert set(NAMES) == {name for table in ALL for name in table} | set(NO_PAGE)


def test_the_pages_of_a_stranger() -> None:
    client = Client()
    assert {name: heading for name in NAMES if (heading := shown(client, address(name)))} == STRANGER


def test_the_pages_of_somebody_signed_in(signed_in: tuple[Client, int]) -> None:
    client, _ = signed_in
    found = {name: heading for name in NAMES if (heading := shown(client, address(name)))}
    assert found == SIGNED_IN


def test_the_pages_of_somebody_with_every_second_step(with_second_steps: tuple[Client, int]) -> None:
    client, passkey = with_second_steps
    found = {name: heading for name in NAMES if (heading := shown(client, address(name, passkey)))}
    assert found == WITH_SECOND_STEPS


def test_the_page_of_somebody_without_a_password() -> None:
    client = Client()
    client.force_login(make_user())
    assert shown(client, address("account_set_password")) == "Set a password"


def test_the_page_between_the_two_steps(with_second_steps: tuple[Client, int]) -> None:
    user = User.objects.get()
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert shown(client, address("mfa_authenticate")) == "Enter your code"


def test_the_page_of_a_link_to_a_new_password() -> None:
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    user = make_user()
    client = Client()
    link = f"/account/password/reset/key/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}/"
    assert shown(client, client.get(link)["Location"]) == "Choose a new password"


def test_no_page_of_the_library_has_a_template_of_another_engine(settings: Any) -> None:
    assert [engine["BACKEND"] for engine in settings.TEMPLATES] == ["django.template.backends.jinja2.Jinja2"]
