"""The queue looks after itself: every night what is old goes. (What a dead worker left, each worker looks for.)"""

from procrastinate.contrib.django import app

from upheld.jobs import actions


@app.periodic(cron="17 3 * * *")
@app.task(name="jobs.clear_away", queueing_lock="jobs.clear_away")
async def clear_away(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Forget old jobs."""
    await actions.clear_away_old_jobs(by=None)
