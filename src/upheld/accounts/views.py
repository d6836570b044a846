"""The pages about one's own account that the sign-in library does not have."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from upheld.accounts import presenters, queries
from upheld.accounts.models import User


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
