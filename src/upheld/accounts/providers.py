"""The council's identity provider, as the sign-in library takes it. Settings read this, so it imports no Django."""

from typing import Any

# The part of the provider's addresses on our side: /account/oidc/council/…
PROVIDER_ID = "council"


def openid_connect(*, issuer: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """Describe the provider; nothing where there is no `issuer`.

    The provider is the council's own and knows its people's addresses, so whoever signs in with it is signed in to the
    account that was made for their address. For Microsoft Entra that holds for an issuer that names one tenant.
    """
    if not issuer:
        return {}
    app = {
        "provider_id": PROVIDER_ID,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer, "verified_email": True, "email_authentication": True},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
