"""What may be done with jobs: try a failed one again, take up what a dead worker left behind, clear old ones away."""

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Status as QueueStatus

from upheld.errors import UpheldError
from upheld.jobs import rules
from upheld.jobs.queries import Status, job_status
from upheld.jobs.retrying import MOST_ATTEMPTS

if TYPE_CHECKING:
    from procrastinate import App

    from upheld.accounts.models import User

log = structlog.get_logger("upheld.jobs")

# A worker says every ten seconds that it lives.
SILENT = 30.0  # seconds after which it is taken for dead
KEEP_DONE = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)


class CannotRetry(UpheldError):
    """The job has not failed, or is there no more."""


def retry_job(job_id: int, *, by: "User | None") -> None:
    """Have a failed job tried again, now. Raises CannotRetry, or PermissionDenied where `by` may not."""
    rules.check_may_retry(by)
    if job_status(job_id) is not Status.FAILED:
        raise CannotRetry(f"Job {job_id} has not failed, or is there no more, so there is nothing to try again.")
    app.job_manager.retry_job_by_id(job_id, timezone.now())
    log.info("job to be tried again", job=job_id, user=None if by is None else str(by.public_id))


async def take_up_left_behind(working: "App", *, by: None, silent: float = SILENT) -> int:  # noqa: ARG001
    """Have jobs done again whose worker died over them; how many is returned. `working` is a worker's own app.

    One that was begun five times and never ended is given up instead: it may be what kills the worker. Tasks are made
    to be done twice without harm, so a worker that was only slow to answer does none.
    """
    taken = 0
    for job in await working.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent):
        if job.id is None:
            continue
        if job.attempts + 1 >= MOST_ATTEMPTS:
            await working.job_manager.finish_job(job, QueueStatus.FAILED, delete_job=False)
            log.warning("job given up: no worker survived it", job=job.id, task=job.task_name)
        else:
            await working.job_manager.retry_job(job)
            log.warning("job taken up again: its worker died", job=job.id, task=job.task_name)
            taken += 1
    return taken


async def clear_away_old_jobs(*, by: None) -> None:  # noqa: ARG001
    """Forget jobs that were done two weeks ago or failed a quarter of a year ago."""
    await app.job_manager.delete_old_jobs(_hours(KEEP_DONE), include_cancelled=True, include_aborted=True)
    await app.job_manager.delete_old_jobs(_hours(KEEP_FAILED), include_failed=True)


def _hours(time: timedelta) -> int:
    return int(time.total_seconds() // 3600)
