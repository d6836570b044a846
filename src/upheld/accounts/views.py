"""The pages about one's own account that the sign-in library does not have, and its one that falls over."""

import structlog
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect import views as provider_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from requests import RequestException

from upheld.accounts import presenters, queries
from upheld.accounts.models import User

log = structlog.stdlib.get_logger("upheld.accounts")


@login_not_required
def council_sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the council's identity provider; say so where it does not answer."""
    try:
        return provider_views.login(request, provider_id)
    except RequestException as error:
        log.warning("identity provider did not answer", error=type(error).__name__)
        return render_authentication_error(request, provider_id, exception=error)


@require_safe
def details(request: HttpRequest) -> HttpResponse:
    """Who one is here, and as what."""
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker: strangers are sent to sign in
    grants = queries.grants_in_force(request.user, on=timezone.localdate()).select_related("deputy_for")
    return render(
        request,
        "accounts/details.html",
        {"person": request.user, "roles": [presenters.held(grant) for grant in grants]},
    )
