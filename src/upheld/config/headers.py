"""What browsers are told about every page: where its parts may come from, and that pages are not to be kept."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()" for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


def content_security_policy(*, oidc_issuer: str = "") -> str:
    """Write the policy: everything from this site, no inline script, no inline style sheet.

    Charts are drawn as SVG whose parts carry style attributes, so those alone may be inline. A browser applies
    form-action to where a form's answer redirects, so the identity provider is named where there is one.
    """
    issuer = urlsplit(oidc_issuer)
    form_targets = f"'self' {issuer.scheme}://{issuer.netloc}" if oidc_issuer else "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            f"form-action {form_targets}",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


class SecurityHeadersMiddleware:
    """Set the headers that Django 5.2 has no setting for. A view that sets its own policy keeps it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = content_security_policy(oidc_issuer=settings.ENVIRONMENT.oidc_issuer)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and add the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Pages show families' affairs and officers share desks: the back button must not outlive signing out.
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
