"""The page of jobs and the queue behind it: what is shown, who sees it, and what a dead worker leaves behind."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from tests.factories.accounts import make_user
from tests.integration.reporting.pages import read, signed_in
from tests.support.database import TestDatabase
from tests.support.jobs import work
from upheld.accounts.enums import Role
from upheld.jobs.actions import CannotRetry, retry_job
from upheld.jobs.presenters import duration
from upheld.jobs.queries import Status, job_rows, job_status, standing
from upheld.jobs.retrying import LATER_EACH_TIME

ADDRESS = "/jobs/"


def defer(task: str = "jobs.clear_away", **given: object) -> int:
    return app.configure_task(task, allow_unknown=True).defer(**given)


def left_by_a_dead_worker(job: int, *, attempts: int = 0) -> None:
    """As a worker that was killed leaves it: begun, and nobody has said for an hour that they live."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') "
            "RETURNING id) UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, "
            "worker_id = (SELECT id FROM dead) WHERE id = %s",
            [attempts, job],
        )


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_the_page_is_for_administrators_and_complaints_managers(role: Role) -> None:
    if role is Role.NAMED_DEPUTY:
        return
    allowed = role in (Role.SYSTEM_ADMINISTRATOR, Role.COMPLAINTS_MANAGER)
    assert signed_in(role.value).get(ADDRESS).status_code == (200 if allowed else 403)


@pytest.mark.django_db
def test_the_page_shows_ids_and_times_and_never_what_a_job_was_given() -> None:
    job = defer(timestamp=1, told="Example Child")
    page = read(signed_in(), ADDRESS)
    (row,) = page.css("main table tbody tr")
    assert [" ".join(cell.text().split()) for cell in row.css("th, td")][:4] == [
        str(job), "Clear away old jobs", "Waiting", "Not yet",
    ]  # fmt: skip
    assert "Example Child" not in page.html
    assert "no worker is running" in page.text()
    # Nobody does what waits: the page says so before anything else.
    assert "Jobs wait and no worker is running" in page.css_first(".moj-alert").text()
    assert read(signed_in(), f"{ADDRESS}?status=failed").css("main table") == []


@pytest.mark.django_db(transaction=True)
def test_a_job_that_waits_is_done_and_shown_as_done(database: TestDatabase) -> None:
    job = defer(timestamp=1)
    work(database.url)
    assert job_status(job) is Status.DONE
    (row,) = read(signed_in(), ADDRESS).css("main table tbody tr")
    assert [" ".join(cell.text().split()) for cell in row.css("td")][1:3] == ["Done", "1 time"]


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_is_taken_up_by_the_next(database: TestDatabase) -> None:
    job = defer(timestamp=1)
    left_by_a_dead_worker(job)
    work(database.url)
    (row,) = [row for row in job_rows() if row.id == job]
    assert (row.status, row.attempts) == (Status.DONE, 2)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_no_worker_survives_is_given_up_and_can_be_tried_again(database: TestDatabase) -> None:
    job = defer(timestamp=1)
    left_by_a_dead_worker(job, attempts=4)
    work(database.url)
    assert job_status(job) is Status.FAILED
    client = signed_in()
    page = read(client, f"{ADDRESS}?status=failed")
    assert [button.text() for button in page.css("main td form button")] == [f"Try again: job {job}"]
    answer = client.post(f"{ADDRESS}{job}/retry/", follow=True)
    assert f"Job {job} waits to be tried again." in answer.content.decode()
    assert job_status(job) is Status.WAITING
    work(database.url)
    assert job_status(job) is Status.DONE


@pytest.mark.django_db
def test_only_what_failed_is_tried_again_and_only_by_those_who_may() -> None:
    job = defer(timestamp=1)
    with pytest.raises(CannotRetry):
        retry_job(job, by=None)
    client = signed_in()
    answer = client.post(f"{ADDRESS}{job}/retry/", follow=True)
    assert f"Job {job} has not failed" in answer.content.decode()
    assert Client().post(f"{ADDRESS}{job}/retry/").status_code == 302  # to sign in
    other = Client()
    other.force_login(make_user(roles=[Role.ANALYST]))
    assert other.post(f"{ADDRESS}{job}/retry/").status_code == 403


@pytest.mark.django_db
def test_a_worker_that_was_seen_counts() -> None:
    defer(timestamp=1)
    assert (standing().workers, standing().overdue) == (0, 1)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert (standing().workers, standing().overdue) == (1, 0)


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 5), (1, 25), (2, 125), (3, 625), (4, None)])
def test_a_job_that_fails_is_tried_again_later_each_time_and_not_for_ever(attempts: int, seconds: int | None) -> None:
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="x", attempts=attempts)
    decision = LATER_EACH_TIME.get_retry_decision(exception=OSError(), job=job)
    if seconds is None:
        assert decision is None
    else:
        assert decision is not None
        assert decision.retry_at is not None
        wait = (decision.retry_at - timezone.now()).total_seconds()
        assert wait == pytest.approx(seconds, abs=5)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "Under a second"), (1, "1 second"), (89, "89 seconds"), (90, "2 minutes"), (5_400, "2 hours")],
)
def test_durations(seconds: float, words: str) -> None:
    from datetime import timedelta

    assert duration(timedelta(seconds=seconds)) == words
