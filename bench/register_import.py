"""A register into the record: against a bare COPY of the rows that it becomes, and the same file once more.

Both on one embedded server, in one run. The bare tables have no index, no constraint and no trigger: nothing that
puts the same rows into PostgreSQL can be faster.
"""

import csv
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TypeVar

ROWS = 100_000
COPIES = 3
TABLES = ("cases_case", "cases_person", "cases_caseparty", "cases_event", "stage_fact", "point_fact")

Answer = TypeVar("Answer")


def run() -> str:
    """Make a register, import it, and say how long each part took."""
    with tempfile.TemporaryDirectory(prefix="upheld-bench-") as folder:
        Path(folder).chmod(0o711)  # as root, the embedded server is somebody else, who must pass through
        os.environ["UPHELD_HOME"] = str(Path(folder) / "home")
        os.environ.pop("DATABASE_URL", None)
        from upheld.commands.database import with_database

        file = Path(folder) / "register.csv"
        write_register(file, ROWS)
        with with_database():
            return _measured(file)


def _measured(file: Path) -> str:
    from upheld.cases.actions.record_register import record_register
    from upheld.register.read import read_register

    at = datetime.now(UTC)
    read, register = _timed(lambda: read_register(file, today=date(2026, 1, 1)))
    before = _megabytes()
    first, result = _timed(lambda: record_register(register, by=None, at=at))
    after = _megabytes()
    again, unchanged = _timed(lambda: record_register(register, by=None, at=at))
    if (result.new_rows, unchanged.same_rows, unchanged.import_id) != (ROWS, ROWS, None):
        raise AssertionError("the register was not imported once, and once only")
    rows, size, content = _contents()
    bare = median(_timed(lambda: _copy_bare(content))[0] for _ in range(COPIES))
    return (
        f"A register of {ROWS:,} rows: {result.new_cases:,} cases, {result.events:,} entries, {rows:,} rows of tables, "
        f"{size / 1e6:.0f} MB with their indexes\n({os.cpu_count()} cores, the embedded server)\n\n"
        f"  bare COPY of those rows     {bare:8.2f} s      1.0\n"
        f"  import of the register      {first:8.2f} s   {first / bare:6.1f}   compared, folded, hashed, checked\n"
        f"  the same register again     {again:8.2f} s   {again / bare:6.1f}   nothing is written\n"
        f"  reading the file before     {read:8.2f} s   {read / bare:6.1f}\n\n"
        f"  {ROWS / first:,.0f} rows a second; {after} MB at the most, of which {before} MB hold the register.\n"
    )


def _timed(act: Callable[[], Answer]) -> tuple[float, Answer]:
    began = time.perf_counter()
    answer = act()
    return time.perf_counter() - began, answer


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _contents() -> tuple[int, int, dict[str, list[bytes]]]:
    """How many rows the tables hold, how large they are, and their content as COPY writes it."""
    from django.db import connection

    content: dict[str, list[bytes]] = {}
    rows = size = 0
    with connection.cursor() as cursor:
        for table in TABLES:
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                content[table] = [bytes(block) for block in copy]
            cursor.execute(f"SELECT count(*), pg_total_relation_size('{table}') FROM {table}")
            count, bytes_ = cursor.fetchone()
            rows, size = rows + count, size + bytes_
    return rows, size, content


def _copy_bare(content: dict[str, list[bytes]]) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table, blocks in content.items():
            cursor.execute(f"DROP TABLE IF EXISTS bare_{table}")
            cursor.execute(f"CREATE TABLE bare_{table} AS TABLE {table} WITH NO DATA")
            with cursor.copy(f"COPY bare_{table} FROM STDIN") as copy:
                for block in blocks:
                    copy.write(block)


def write_register(file: Path, rows: int) -> None:
    """A made-up register of so many rows, in the documented layout."""
    lines = list(_rows(rows))
    with file.open("w", newline="", encoding="utf-8") as text:
        writer = csv.DictWriter(text, lines[0])
        writer.writeheader()
        writer.writerows(lines)


def _rows(rows: int) -> Iterator[dict[str, str]]:
    choose = random.Random(rows)  # noqa: S311 - nothing is kept secret with it
    teams = [(f"Team {number}", f"Service {number % 6}") for number in range(25)]
    themes = [f"Theme {number}" for number in range(12)]
    written = case = 0
    while written < rows:
        case += 1
        day = date(2017, 4, 3) + timedelta(days=choose.randrange(2_800))
        team, service = choose.choice(teams)
        points = choose.sample(themes, choose.choice((1, 1, 1, 2, 3)))
        for stage in ("Stage 1", "Stage 2") if choose.random() < 0.1 and written + 1 < rows else ("Stage 1",):
            answered = day + timedelta(days=choose.randrange(5, 40))
            yield {
                "Reference": f"M-{case:07}",
                "Stage": stage,
                "Received": day.isoformat(),
                "Service": service,
                "Team": team,
                "Themes": "; ".join(points),
                "Answered": answered.isoformat(),
                "Outcome": choose.choice(("Upheld", "Partly upheld", "Not upheld")),
                "Channel": choose.choice(("Email", "Letter", "Telephone")),
                "Complainant": choose.choice(("Parent", "Child or young person")),
                "Child's age": "10 to 15",
                "Child": f"Example Child {case}",
                "Name of complainant": f"Example Parent {case}",
            }
            written += 1
            day = answered + timedelta(days=5)
