"""The pages of accounts and sign-in: a stranger's, those of somebody signed in, and with every second step."""

from typing import Any

from tests.browser.pages import PageToSee
from tests.browser.visits import Visits, sign_in
from tests.support.totp import code_now

SIGN_IN = "/account/login/"
ANALYST = "analyst"
EMAIL, PASSWORD = "second-steps@example.invalid", "plainly synthetic words"
CAREFUL, HALFWAY = "careful", "halfway"
_keys: dict[str, str] = {}


def press(name: str) -> Any:
    return lambda page: (page.get_by_role("button", name=name, exact=True).click(), page.wait_for_load_state())


def no_dates(page: Any) -> None:
    """Send the form for a role with a last day that is none."""
    page.get_by_label("Day").last.fill("31")
    page.get_by_label("Month").last.fill("2")
    press("Give the role")(page)


def to_close(page: Any) -> None:
    """Go on to the question whether to close the account."""
    page.get_by_role("link", name="Close this account").click()
    page.wait_for_load_state()


def confirm(page: Any) -> None:
    """Say who one is once more, where that is asked."""
    if page.locator("h1").inner_text() == "Confirm that it is you":
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        press("Continue")(page)


def careful(visits: Visits) -> Any:
    """Somebody with an authenticator app, recovery codes and a passkey, all set up in the browser."""
    visits.site.command(
        *("user", "create", "--email", EMAIL, "--name", "Example Careful Person", "--role", ANALYST),
        "--password-stdin",
        given=f"{PASSWORD}\n",
    )
    context = visits.new_context()
    page = context.new_page()
    page.goto(SIGN_IN)
    sign_in(page, EMAIL, PASSWORD)
    page.goto("/account/2fa/totp/activate/")
    confirm(page)
    _keys[EMAIL] = page.locator(".app-code").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(code_now(_keys[EMAIL]))
    press("Turn on two-step sign-in")(page)
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("A name for it").fill("Work laptop")
    with page.expect_navigation():
        page.get_by_role("button", name="Add the passkey").click()
    page.close()
    return context


def halfway(visits: Visits) -> Any:
    """The same person in another browser, between the two steps of signing in."""
    visits.context_of(CAREFUL)
    context = visits.new_context()
    page = context.new_page()
    page.goto(SIGN_IN)
    sign_in(page, EMAIL, PASSWORD)
    page.close()
    return context


ADMINISTRATOR = "system-administrator"
VISITORS = {CAREFUL: careful, HALFWAY: halfway}

PAGES = (
    PageToSee("sign-in", SIGN_IN),
    PageToSee("sign-in-errors", SIGN_IN, prepare=press("Sign in")),
    PageToSee("sign-up-closed", "/account/signup/"),
    PageToSee("account-closed", "/account/inactive/"),
    PageToSee("password-reset", "/account/password/reset/"),
    PageToSee("password-reset-errors", "/account/password/reset/", prepare=press("Send the link")),
    PageToSee("password-reset-sent", "/account/password/reset/done/"),
    PageToSee("password-reset-link-too-old", "/account/password/reset/key/0-none/"),
    PageToSee("password-reset-finished", "/account/password/reset/key/done/"),
    PageToSee("email-confirmation-sent", "/account/confirm-email/"),
    PageToSee("email-confirmation-too-old", "/account/confirm-email/none/"),
    PageToSee("council-sign-in-cancelled", "/account/3rdparty/login/cancelled/"),
    PageToSee("council-sign-in-failed", "/account/3rdparty/login/error/", status=401),
    PageToSee("your-details", "/account/", ANALYST),
    PageToSee("your-email", "/account/email/", ANALYST),
    PageToSee("sign-out", "/account/logout/", ANALYST),
    PageToSee("password-change", "/account/password/change/", ANALYST),
    PageToSee("password-change-errors", "/account/password/change/", ANALYST, prepare=press("Change the password")),
    PageToSee("confirm-that-it-is-you", "/account/reauthenticate/", ANALYST),
    PageToSee("two-step-sign-in-off", "/account/2fa/", ANALYST),
    PageToSee("passkeys-none", "/account/2fa/webauthn/", ANALYST),
    PageToSee("council-sign-in", "/account/3rdparty/", ANALYST),
    PageToSee("two-step-sign-in-on", "/account/2fa/", CAREFUL),
    PageToSee("authenticator-app-remove", "/account/2fa/totp/deactivate/", CAREFUL, prepare=confirm),
    PageToSee("recovery-codes", "/account/2fa/recovery-codes/", CAREFUL, prepare=confirm),
    PageToSee("recovery-codes-new", "/account/2fa/recovery-codes/generate/", CAREFUL, prepare=confirm),
    PageToSee("passkeys", "/account/2fa/webauthn/", CAREFUL),
    PageToSee("passkey-add", "/account/2fa/webauthn/add/", CAREFUL, prepare=confirm),
    PageToSee("passkey-rename", "/account/2fa/webauthn/", CAREFUL, find="a:has-text('Rename')", prepare=confirm),
    PageToSee("passkey-remove", "/account/2fa/webauthn/", CAREFUL, find="a:has-text('Remove')", prepare=confirm),
    PageToSee("confirm-with-a-code", "/account/2fa/reauthenticate/", CAREFUL),
    PageToSee("confirm-with-a-passkey", "/account/2fa/webauthn/reauthenticate/", CAREFUL),
    PageToSee("sign-in-second-step", "/account/2fa/authenticate/", HALFWAY),
    PageToSee("users", "/users/", ADMINISTRATOR),
    PageToSee("user-add", "/users/add/", ADMINISTRATOR),
    PageToSee("user-add-errors", "/users/add/", ADMINISTRATOR, prepare=press("Add the user")),
    PageToSee("user", "/users/", ADMINISTRATOR, find="a:has-text('Example director')"),
    PageToSee("user-errors", "/users/", ADMINISTRATOR, find="a:has-text('Example director')", prepare=no_dates),
    PageToSee("user-close", "/users/", ADMINISTRATOR, find="a:has-text('Example director')", prepare=to_close),
)
