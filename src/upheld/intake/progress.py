"""How far a job is, written by a connection of its own: the job's own transaction is seen by nobody until it ends."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connections
from django.utils import timezone

Progress = Callable[[int, int], None]

_SECONDS = 0.5  # between two notes
_NOTE = """
    INSERT INTO intake_uploadprogress (upload, step, done, total, at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (upload) DO UPDATE SET step = excluded.step, done = excluded.done, total = excluded.total,
        at = excluded.at
"""


@contextmanager
def noting(upload: UUID) -> Iterator[Callable[[str], Progress]]:
    """Give what makes, for a step in words, the function that is told how much of how much is done."""
    own = connections["default"].copy()
    noted = {"": 0.0}

    def of(step: str) -> Progress:
        def note(done: int, total: int) -> None:
            now = time.monotonic()
            if done < total and now - noted.get(step, 0.0) < _SECONDS:
                return
            noted[step] = now
            with own.cursor() as cursor:
                cursor.execute(_NOTE, [upload, step, done, total, timezone.now()])

        note(0, 0)
        return note

    try:
        yield of
    finally:
        own.close()
