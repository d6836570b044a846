"""Jobs as they stand: ids, task names, times and counts. What a job was given is not read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import connection
from django.utils import timezone

WORKER_SEEN = timedelta(minutes=2)


class Status(StrEnum):
    """How a job stands. The values are the queue's own."""

    WAITING = "todo"
    RUNNING = "doing"
    DONE = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ABORTED = "aborted"


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job. `attempts` counts the times it was begun before this one; `due_at` is when it may begin at the earliest.

    `asked_at` is when it was asked for, `began_at` and `ended_at` when its last attempt did; None where not.
    """

    id: int
    task: str
    status: Status
    attempts: int
    due_at: datetime | None
    asked_at: datetime | None
    began_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """All jobs at a glance. `workers` were seen in the last minutes; `overdue` may begin and have nobody to do them."""

    waiting: int
    running: int
    failed: int
    workers: int
    overdue: int


_ROWS = """
    SELECT job.id, job.task_name, job.status, job.attempts, job.scheduled_at,
           min(event.at) FILTER (WHERE event.type = 'deferred'),
           max(event.at) FILTER (WHERE event.type = 'started'),
           max(event.at) FILTER (WHERE event.type IN ('succeeded', 'failed', 'cancelled', 'aborted',
                                                      'deferred_for_retry'))
    FROM procrastinate_jobs job LEFT JOIN procrastinate_events event ON event.job_id = job.id
    {where}
    GROUP BY job.id
    ORDER BY array_position(ARRAY['doing', 'failed', 'todo']::text[], job.status::text) NULLS LAST, job.id DESC
    LIMIT %s OFFSET %s
"""


def count_jobs(*, status: Status | None = None) -> int:
    """How many jobs there are, of one status or of all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE %s::text IS NULL OR status::text = %s", [status, status]
        )
        (count,) = cursor.fetchone()
    return int(count)


def job_rows(*, status: Status | None = None, offset: int = 0, limit: int = 50) -> list[JobRow]:
    """Jobs, those that run first, then those that failed, wait and are done; the latest first in each."""
    where = "WHERE job.status::text = %s" if status is not None else ""
    given = [] if status is None else [status.value]
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(where=where), [*given, limit, offset])
        return [JobRow(row[0], row[1], Status(row[2]), *row[3:]) for row in cursor.fetchall()]


def job_status(job_id: int) -> Status | None:
    """How one job stands; None where there is no such job, or it was cleared away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job_id])
        row = cursor.fetchone()
    return None if row is None else Status(row[0])


def standing() -> Standing:
    """All jobs at a glance."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'), "
            "count(*) FILTER (WHERE status = 'failed'), "
            "count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()) "
            "FROM procrastinate_jobs"
        )
        waiting, running, failed, due = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > %s", [timezone.now() - WORKER_SEEN]
        )
        (workers,) = cursor.fetchone()
    return Standing(waiting, running, failed, workers, 0 if workers else due)
