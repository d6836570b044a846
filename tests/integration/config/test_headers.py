import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from upheld.config.headers import SecurityHeadersMiddleware, content_security_policy


def directives(policy: str) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in policy.split("; "))


def test_the_policy_lets_in_nothing_but_this_site() -> None:
    assert directives(content_security_policy()) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "style-src-attr": "'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }


def test_signing_in_may_lead_to_the_identity_provider() -> None:
    policy = directives(content_security_policy(oidc_issuer="https://login.example/tenant/v2.0"))
    assert policy["form-action"] == "'self' https://login.example"


@pytest.mark.django_db
def test_every_page_has_them_and_is_not_kept() -> None:
    answer = Client().get("/account/login/")
    assert answer.status_code == 200
    assert {
        name: answer.headers[name]
        for name in (
            "Content-Security-Policy",
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "Cache-Control",
        )
    } == {
        "Content-Security-Policy": content_security_policy(),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": answer.headers["Cache-Control"],
    }
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_view_that_sets_its_own_keeps_them() -> None:
    def view(_: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Content-Security-Policy": "sandbox", "Cache-Control": "max-age=60"})

    answer = SecurityHeadersMiddleware(view)(RequestFactory().get("/file"))
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["Cache-Control"] == "max-age=60"
