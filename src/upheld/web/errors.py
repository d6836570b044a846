"""The pages for what went wrong: in the layout, in plain words, with no personal data, and without the database.

The names are those that Django asks for in the URLconf and settings, and so are the arguments, used or not.
"""
# ruff: noqa: ARG001

import sys
from http import HTTPStatus

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from upheld.web.shell import shell

log = structlog.stdlib.get_logger("upheld.web")

# When a page could not be made because the database is away, it is worth trying again after this many seconds.
RETRY_AFTER = "120"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what the browser sent could not be understood."""
    return _page("400.html", HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the person may not see this."""
    return _page("403.html", HTTPStatus.FORBIDDEN, signed_in=_is_signed_in(request))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or none that the person may know of."""
    return _page("404.html", HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; 503 where the fault is that the database does not answer."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable()
    # The log line of the request carries the same number: support can find the fault by it.
    reference = structlog.contextvars.get_contextvars().get("request", "")
    return _page("500.html", HTTPStatus.INTERNAL_SERVER_ERROR, reference=reference)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form was sent without the token that shows it came from a page of ours."""
    log.warning("form refused", reason=reason)
    return _page("403_csrf.html", HTTPStatus.FORBIDDEN)


def unavailable() -> HttpResponse:
    """503: the service is being worked on, or its database does not answer."""
    response = _page("503.html", HTTPStatus.SERVICE_UNAVAILABLE, back=settings.ENVIRONMENT.maintenance)
    response["Retry-After"] = RETRY_AFTER
    return response


def _page(template: str, status: HTTPStatus, **facts: object) -> HttpResponse:
    # Without the request: no context processor runs, so nothing asks the database who this is.
    return HttpResponse(render_to_string(template, {"shell": shell(), **facts}), status=status)


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated
