"""Closing the doors for a while: every page says when the service is back."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from upheld.web import errors


class MaintenanceMiddleware:
    """Answer every request for a page with the 503 page. Not installed at all unless maintenance is announced."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.ENVIRONMENT.maintenance:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the style of the page through, and nothing else."""
        if request.path == reverse("branding"):
            return self.get_response(request)
        return errors.unavailable()
