"""The jobs of this room."""

from procrastinate.contrib.django import app

from upheld.cases.actions.seal_chronology import keys_folder, seal_chronology
from upheld.cases.keys import NoSealKey, make_key
from upheld.jobs.retrying import LATER_EACH_TIME


@app.periodic(cron="7 2 * * *")
@app.task(name="cases.seal_chronology", queueing_lock="cases.seal_chronology", retry=LATER_EACH_TIME)
def seal_every_night(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Seal all chains that have moved since the last seal; with a new key, where this installation has none yet."""
    try:
        seal_chronology()
    except NoSealKey:
        seal_chronology(key=make_key(keys_folder()))
