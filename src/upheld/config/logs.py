"""Logs, to standard error, without personal data.

Three rules keep people out of them. Our own events carry only the keys of `SAFE_KEYS`. What a library logs is written
as its template, without the values that it would have put in. An exception is told by its type and the lines of code
that it came through, never by its message, since messages quote what people typed ("Key (name)=(…) already exists").
A request is logged by its route's pattern: never its path, its query string or its body.
"""

import logging
import sys
import traceback
from pathlib import Path
from typing import Any

import structlog
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
_PACKAGES = Path(__file__).resolve().parents[2]


def logging_settings(*, level: str, form: str, show_messages: bool) -> dict[str, Any]:
    """Make Django's `LOGGING`. `form` is json or text; `show_messages` lets messages and values through (debug)."""
    quiet = level.upper() if level in {"warning", "error"} else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter, "form": form, "show_messages": show_messages}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": quiet},
        "loggers": {
            "upheld": {"level": level.upper()},
            "procrastinate": {"level": "INFO" if level == "debug" else quiet},
            # Django would send these to its own console handler and to the administrators' mailboxes.
            "django": {"handlers": [], "level": quiet, "propagate": True},
            "django.server": {"handlers": [], "level": quiet, "propagate": True},
            # What was refused or not found is in the log of requests already.
            "django.request": {"level": "ERROR"},
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
    guards: list[Processor] = (
        [] if show_messages else [message_is_a_template, exception_without_message, safe_keys_only]
    )
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=lambda value: type(value).__name__)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[*guards, structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        # Off: a library's message stays the template that it was written as.
        use_get_message=show_messages,
    )


def message_is_a_template(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Where a library logs an object in place of a message (an exception, mostly), name its type alone."""
    record = event["_record"]
    if event["_from_structlog"]:
        return event
    if not isinstance(record.msg, str):
        event["event"] = type(record.msg).__qualname__
    elif record.name == "django.request":
        # Its template is "%s: %s", its values the answer's reason and the path that was asked for.
        event["event"], event["status"] = "request failed", getattr(record, "status_code", None)
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


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(_PACKAGES):
        return str(path.relative_to(_PACKAGES))
    return "/".join(path.parts[-3:])
