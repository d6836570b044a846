"""Checking the record against reading and hashing it bare, and folding all of it again; at three sizes, for growth.

All on one embedded server, in one run. Each measure is a process of its own, so its memory is its own. Bare is: every
column that a hash covers read by a cursor of the server, and two SHA-256 over the bytes of each row, with nothing
made of them and nothing compared.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from upheld.procedure import Event

SIZES = (10_000, 100_000, 1_000_000)  # entries
PER_CASE = 8
AT = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
CHUNK = 2_000  # cases


def run() -> str:
    """Make records of these sizes, one after the other, and measure each."""
    lines = []
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="upheld-bench-") as folder:
            Path(folder).chmod(0o711)  # as root, the embedded server is somebody else, who must pass through
            environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
            environment["UPHELD_HOME"] = str(Path(folder) / "home")
            lines.append(_measured(size, environment))
    return (
        f"The record checked and folded again ({os.cpu_count()} cores, the embedded server)\n\n"
        "     entries  bare read and hash   audit verify      ratio   facts rebuild --check   ratio   memory, MB\n"
        + "".join(lines)
    )


def _measured(size: int, environment: dict[str, str]) -> str:
    _apart("make", size, environment)
    bare = min((_apart("bare", size, environment) for _ in range(2)), key=lambda done: done["seconds"])
    verify = _apart("verify", size, environment)
    rebuild = _apart("rebuild", size, environment)
    return (
        f"  {size:>10,}  {bare['seconds']:>14.2f} s  {verify['seconds']:>13.2f} s  "
        f"{verify['seconds'] / bare['seconds']:>8.1f}   {rebuild['seconds']:>18.2f} s  "
        f"{rebuild['seconds'] / bare['seconds']:>6.1f}   "
        f"{bare['megabytes']:.0f}, {verify['megabytes']:.0f}, {rebuild['megabytes']:.0f}\n"
    )


def _apart(what: str, size: int, environment: dict[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.audit", what, str(size)],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def _made(size: int) -> None:
    from django.db import transaction

    from upheld.cases.actions.copying import copy_cases, copy_entries
    from upheld.cases.actions.refreshing import add_facts
    from upheld.cases.chain import BEFORE_THE_FIRST, enchain
    from upheld.cases.folding import facts_of
    from upheld.procedure import History

    cases = size // PER_CASE
    with transaction.atomic():
        for start in range(0, cases, CHUNK):
            histories = [
                History(str(UUID(int=number + 1)), "children-england-2006", tuple(_events(number)))
                for number in range(start, min(start + CHUNK, cases))
            ]
            copy_cases((UUID(h.case), f"M-{h.case}", f"m {h.case}", h.pack, PER_CASE, AT, None) for h in histories)
            copy_entries(
                entry
                for history in histories
                for entry in enchain(UUID(history.case), history.events, source=None, previous_hash=BEFORE_THE_FIRST)
            )
            add_facts([facts_of(history) for history in histories], at=AT)


def _events(number: int) -> "Iterator[Event]":
    from upheld.cases.chain import placed
    from upheld.procedure import Dating, Event, EventKind

    day = date(2015, 4, 1) + timedelta(days=number % 3_600)
    answered = Dating.day(day + timedelta(days=5 + number % 30))
    on = Dating.day(day)
    team = {"team": f"team-{number % 25}", "service": f"service-{number % 6}"}
    said = (
        (EventKind.COMPLAINT_RECEIVED, on, {"oral": False}),
        (EventKind.TEAM_ASSIGNED, on, team),
        (EventKind.DETAILS_RECORDED, on, {"channel": "email", "complainant": "parent"}),
        (EventKind.POINT_RAISED, on, {"point": 1, "theme": f"theme-{number % 12}"}),
        (EventKind.STAGE_ACKNOWLEDGED, on, {}),
        (EventKind.RESPONSE_SENT, answered, {}),
        (EventKind.FINDING_RECORDED, answered, {"point": 1, "finding": "upheld"}),
        (EventKind.OUTCOME_RECORDED, answered, {"outcome": "upheld"}),
    )
    events = [Event(kind=kind, on=when, stage="stage-1", data=data) for kind, when, data in said]
    return iter(placed(events, after=0, at=AT, by=None))


def _bare() -> None:
    from django.db import connection, transaction

    count = 0
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT case_id::text, sequence, kind, kind_version, stage, occurrence, occurred_earliest::text, "
            "occurred_latest::text, precision, data::text, recorded_at::text, recorded_by::text, source_id::text, "
            "salt, previous_hash, hash FROM cases_event ORDER BY case_id, sequence"
        )
        while rows := cursor.fetchmany(5_000):
            for row in rows:
                sha256(row[14] + sha256(row[13] + row[9].encode()).digest()).digest()
                count += 1


def _verify() -> None:
    from upheld.cases.verification import verify_record

    if verify_record({}).findings:
        raise AssertionError("the record is not sound")


def _rebuild() -> None:
    from upheld.cases.actions.rebuild_facts import check_facts

    if not check_facts().sound:
        raise AssertionError("the facts are not those of the record")


def _main(what: str, size: int) -> None:
    from upheld.commands.database import with_database

    acts: dict[str, Callable[[], None]] = {
        "make": lambda: _made(size), "bare": _bare, "verify": _verify, "rebuild": _rebuild,
    }  # fmt: skip
    with with_database():
        began = time.perf_counter()
        acts[what]()
        seconds = time.perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": megabytes}))


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
