"""Jobs in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from upheld.jobs.names import words_of
from upheld.jobs.queries import JobRow, Standing, Status
from upheld.web.formats import count_of, format_date_short, format_time

_WORDS = {
    Status.WAITING: ("Waiting", "blue"),
    Status.RUNNING: ("Running", "light-blue"),
    Status.DONE: ("Done", "green"),
    Status.FAILED: ("Failed", "red"),
    Status.CANCELLED: ("Cancelled", "grey"),
    Status.ABORTED: ("Stopped", "grey"),
}


@dataclass(frozen=True, slots=True)
class JobShown:
    """A line of the page. `may_retry` is whether it can be tried again."""

    id: int
    task: str
    status: str
    colour: str
    tries: str
    began: str
    took: str
    may_retry: bool


def job_shown(job: JobRow, *, now: datetime) -> JobShown:
    """One job for the page."""
    status, colour = _WORDS[job.status]
    begun = job.attempts + (job.status is Status.RUNNING)
    if job.status is Status.WAITING and job.attempts and job.due_at is not None and job.due_at > now:
        status = f"Waiting to be tried again {_when(job.due_at)}"
    return JobShown(
        id=job.id,
        task=words_of(job.task),
        status=status,
        colour=colour,
        tries="Not yet" if not begun else count_of(begun, "time"),
        began=_when(job.began_at or job.asked_at),
        took=_took(job, now),
        may_retry=job.status is Status.FAILED,
    )


def summary_of(standing: Standing) -> str:
    """All jobs in a sentence."""
    workers = "no worker is running" if not standing.workers else f"{count_of(standing.workers, 'worker')} running"
    return (
        f"{count_of(standing.running, 'job')} being done, {standing.waiting:,} waiting, {standing.failed:,} failed; "
        f"{workers}."
    )


def _when(moment: datetime | None) -> str:
    return "" if moment is None else f"{format_date_short(moment)} at {format_time(moment)}"


def _took(job: JobRow, now: datetime) -> str:
    if job.began_at is None:
        return ""
    end = now if job.status is Status.RUNNING else job.ended_at
    return "" if end is None or end < job.began_at else duration(end - job.began_at)


def duration(time: timedelta) -> str:
    """A duration as people say it: under a second, 12 seconds, 3 minutes, 2 hours."""
    seconds = time.total_seconds()
    if seconds < 1:
        return "Under a second"
    if seconds < 90:
        return count_of(round(seconds), "second")
    if seconds < 90 * 60:
        return count_of(round(seconds / 60), "minute")
    return count_of(round(seconds / 3600), "hour")
