"""One line of log for each request that was answered."""

import time
import uuid
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

REQUEST_ID_HEADER = "X-Request-ID"

log = structlog.stdlib.get_logger("upheld.requests")


class RequestLogMiddleware:
    """Log each answered request by its route, and give it an id that support can ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, then log it."""
        started = time.perf_counter()
        # Never the client's own X-Request-ID: it would be a way of writing into the log.
        identity = uuid.uuid4().hex[:16]
        with structlog.contextvars.bound_contextvars(request=identity):
            response = self.get_response(request)
            if not _is_quiet(request):
                user = _user_id(request)
                log.info(
                    "request answered",
                    method=request.method,
                    route=request.resolver_match.route if request.resolver_match else "(none)",
                    status=response.status_code,
                    milliseconds=round((time.perf_counter() - started) * 1000),
                    **({"user": user} if user else {}),
                )
        response[REQUEST_ID_HEADER] = identity
        return response


def _is_quiet(request: HttpRequest) -> bool:
    return request.path.startswith(("/static/", "/health/", "/metrics"))


def _user_id(request: HttpRequest) -> str | None:
    """Who asked, by the id in a session that was read anyway: logging costs no query."""
    session: MutableMapping[str, Any] | None = getattr(request, "session", None)
    if session is None or not getattr(session, "accessed", False):
        return None
    return session.get(SESSION_KEY)
