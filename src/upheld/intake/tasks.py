"""The jobs of this room: each takes an id and calls one action."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from upheld.intake import actions
from upheld.jobs.retrying import LATER_EACH_TIME


@app.task(name="intake.read_register", retry=LATER_EACH_TIME)
def read_register(upload_id: str) -> None:
    """Read an uploaded register and try its import."""
    actions.read_register(UUID(upload_id))


@app.task(name="intake.import_register", retry=LATER_EACH_TIME)
def import_register(upload_id: str) -> None:
    """Import an uploaded register."""
    actions.import_register(UUID(upload_id))


@app.periodic(cron="47 2 * * *")
@app.task(name="intake.forget_undecided", queueing_lock="intake.forget_undecided")
def forget_undecided(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Forget uploads that nobody has decided for a week."""
    actions.forget_undecided(by=None, at=timezone.now())
