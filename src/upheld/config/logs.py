"""Logs, to standard error, without personal data.

Three rules keep people out of them. Our own events carry only the keys of `SAFE_KEYS`. What a library logs is written
as its template, without the values that it would have put in. An exception is told by its type and the lines of code
that it came through, never by its message, since messages quote what people typed ("Key (name)=(…) already exists").
A request is logged by its route's pattern: never its path, its query string or its body.
"""

import logging
import sys
import time
import traceback
import uuid
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import structlog
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, Processor, WrappedLogger

# What an event of ours may carry. Add a key here only where its values can never name, describe or quote a person:
# codes, counts, durations, and the ids of rows.
SAFE_KEYS = frozenset(
    {
        "action",
        "attempt",
        "case",
        "code",
        "count",
        "digest",
        "error",
        "event",
        "format",
        "job",
        "level",
        "logger",
        "method",
        "milliseconds",
        "outcome",
        "period",
        "pid",
        "queue",
        "report",
        "request",
        "route",
        "rows",
        "status",
        "step",
        "task",
        "timestamp",
        "trace",
        "user",
        "version",
        "worker",
    }
)
WITHHELD = "withheld"
REQUEST_ID_HEADER = "X-Request-ID"
_PACKAGES = Path(__file__).resolve().parents[2]

log = structlog.stdlib.get_logger("upheld.requests")


def logging_settings(*, level: str, form: str, show_messages: bool) -> dict[str, Any]:
    """Make Django's `LOGGING`. `form` is json or text; `show_messages` lets messages and values through (debug)."""
    quiet = level.upper() if level in {"warning", "error"} else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter, "form": form, "show_messages": show_messages}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": quiet},
        "loggers": {
            "upheld": {"level": level.upper()},
            "procrastinate": {"level": "INFO" if level == "debug" else quiet},
            # Django would send these to its own console handler and to the administrators' mailboxes.
            "django": {"handlers": [], "level": quiet, "propagate": True},
            "django.server": {"handlers": [], "level": quiet, "propagate": True},
        },
    }


def formatter(*, form: str, show_messages: bool) -> logging.Formatter:
    """Make the one formatter of all logs, and point structlog at it."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    guards: list[Processor] = [] if show_messages else [template_only, exception_without_message, safe_keys_only]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=lambda value: type(value).__name__)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        # The values of a library's message must still be apart from its template when the guards see them.
        processors=[*guards, structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        keep_exc_info=not show_messages,
    )


def template_only(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Put a library's message back to its template ("Not Found: %s"), without the values."""
    record = event.get("_record")
    if record is not None and not event.get("_from_structlog"):
        event["event"] = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    return event


def exception_without_message(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Tell an exception by its types and the lines of code it came through."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"], event["trace"] = exception_outline(error)
    return event


def exception_outline(error: BaseException) -> tuple[str, list[str]]:
    """The types of an exception and of what caused it, and its lines of code, innermost last. No message, no value."""
    types: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(types) < 5:
        types.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)
    return " from ".join(types), [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


def safe_keys_only(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Withhold the value of every key that is not known to be safe; the key's name stays."""
    unsafe = sorted(key for key in event if key not in SAFE_KEYS and not key.startswith("_"))
    for key in unsafe:
        del event[key]
    if unsafe:
        event[WITHHELD] = unsafe
    return event


class RequestLogMiddleware:
    """Log each answered request by its route, and give it an id that support can ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        # Never the client's own X-Request-ID: it would be a way of writing into the log.
        identity = uuid.uuid4().hex[:16]
        with structlog.contextvars.bound_contextvars(request=identity):
            response = self.get_response(request)
            if not _is_quiet(request):
                log.info(
                    "request answered",
                    method=request.method,
                    route=request.resolver_match.route if request.resolver_match else "(none)",
                    status=response.status_code,
                    milliseconds=round((time.perf_counter() - started) * 1000),
                    user=_user_id(request),
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


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(_PACKAGES):
        return str(path.relative_to(_PACKAGES))
    return "/".join(path.parts[-3:])
