"""A worker that is killed in the middle of an import: the next one does it, exactly once."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from tests.factories.registers import csv_text, row
from tests.integration.intake.uploads import page_of, post, upload, words
from tests.integration.reporting.pages import signed_in
from tests.support.database import TestDatabase
from tests.support.jobs import work
from tests.support.record import check_chains, check_facts, everything
from upheld.cases.models import Case, RegisterImport
from upheld.intake.enums import State

CASES = 40

# A worker as the command runs it, that stops for good where everything is written and nothing is committed.
WORKER = """
import time
from upheld.cli import main
import upheld.commands.database as database
start = database.start_django
def begin():
    start()
    from upheld.cases.actions import record_register
    def stop():
        print("written", flush=True)
        time.sleep(600)
    record_register.facts_changed = stop
database.start_django = begin
main(["worker"])
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_an_import_is_followed_by_one_that_imports_once(database: TestDatabase) -> None:
    client = signed_in()
    rows = [row(reference=f"T-{number}", child_name="Example Child") for number in range(CASES)]
    one = upload(client, csv_text(rows).encode())
    work(database.url)
    one.refresh_from_db()
    assert one.state == State.READY
    before = everything()
    post(client, one, "confirm")
    environment = {**os.environ, "DATABASE_URL": database.url, "DJANGO_SETTINGS_MODULE": "upheld.config.settings"}
    with subprocess.Popen([sys.executable, "-c", WORKER], env=environment, stdout=-1, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "written\n"
        worker.send_signal(signal.SIGKILL)
    wait_until_no_worker_is_connected()
    assert everything() == before
    one.refresh_from_db()
    assert one.state == State.IMPORTING
    assert "Importing" in words(page_of(client, one))
    # As if a minute had passed: nobody has heard of that worker since.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    work(database.url)
    one.refresh_from_db()
    assert one.state == State.IMPORTED
    assert (RegisterImport.objects.count(), Case.objects.count()) == (1, CASES)
    assert (check_chains(), check_facts()) == (CASES * 3, CASES)


def wait_until_no_worker_is_connected() -> None:
    """The server notices within moments that a client is gone, and undoes what it was at."""
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'"
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the killed worker's transaction is still open")
