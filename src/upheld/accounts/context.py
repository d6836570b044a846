"""What the sign-in pages offer besides a password, as a context processor."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from upheld.accounts.demo import DemoAccount, demo_accounts
from upheld.accounts.providers import PROVIDER_ID


@dataclass(frozen=True, slots=True)
class SignIn:
    """The council's identity provider, if there is one (its name and where its form goes), and example people."""

    provider_name: str
    provider_url: str
    demo_accounts: tuple[DemoAccount, ...]


def sign_in(_request: HttpRequest) -> dict[str, SignIn]:
    """Give every template `sign_in`; it costs no query."""
    name = settings.ENVIRONMENT.oidc_name if settings.ENVIRONMENT.oidc_issuer else ""
    url = reverse("openid_connect_login", kwargs={"provider_id": PROVIDER_ID}) if name else ""
    return {"sign_in": SignIn(name, url, demo_accounts())}
