"""The page of jobs."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from upheld.accounts.models import User
from upheld.accounts.rules import Permission, requires
from upheld.jobs import actions, presenters, queries

PAGE = 50
_FILTERS = {
    "waiting": queries.Status.WAITING,
    "running": queries.Status.RUNNING,
    "failed": queries.Status.FAILED,
    "done": queries.Status.DONE,
}


@require_safe
@requires(Permission.SEE_JOBS)
def jobs(request: HttpRequest) -> HttpResponse:
    """What waits, runs, failed and was done."""
    name = request.GET.get("status", "")
    status = _FILTERS.get(name)
    page = Paginator(range(queries.count_jobs(status=status)), PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = queries.job_rows(status=status, offset=max(page.start_index() - 1, 0), limit=PAGE)
    standing = queries.standing()
    return render(
        request,
        "jobs/jobs.html",
        {
            "page": page,
            "rows": [presenters.job_shown(row, now=now) for row in rows],
            "standing": standing,
            "summary": presenters.summary_of(standing),
            "status": name if status is not None else "",
            "filters": [("", "All"), *((each, each.capitalize()) for each in _FILTERS)],
        },
    )


@require_POST
@requires(Permission.SEE_JOBS)
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    """Try a failed job again."""
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker: the permission was checked
    try:
        actions.retry_job(job_id, by=request.user)
    except actions.CannotRetry as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Job {job_id} waits to be tried again.")
    return redirect("jobs")
