"""An import that is killed at any instant leaves nothing behind, and the next one completes."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.cases import AT, register_of
from tests.factories.registers import csv_text, row
from tests.support.database import TestDatabase
from tests.support.record import check_chains, check_facts, everything
from upheld.cases.actions.record_register import record_register

CASES = 60
# For each: a case, a person and their part, three entries, a stage fact and a point fact.
ROWS_WRITTEN = CASES * 8

# It loads Django once; each import is a child of its own, which kills itself as `kill -9` would.
SCRIPT = """
import os, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path
import django
django.setup()
from upheld.cases.actions import copying, record_register
from upheld.register.read import read_register

register = read_register(Path(sys.argv[1]), today=date(2026, 11, 22))
record_register.CHUNK = 25
written = 0

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def import_until(instant):
    copy = copying._copy
    def counted(rows):
        global written
        for row in rows:
            if written == instant:
                die()
            written += 1
            yield row
    copying._copy = lambda model, columns, rows: copy(model, columns, counted(rows))
    record_register.facts_changed = die  # everything is written, and nothing is committed
    record_register.record_register(register, by=None, at=datetime.now(UTC))

for line in sys.stdin:
    child = os.fork()
    if not child:
        import_until(int(line))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else "ended", flush=True)
"""


def killed_at(instants: list[int], database: TestDatabase, folder: Path) -> None:
    rows = [row(reference=f"T-{number}", child_name="Example Child") for number in range(CASES)]
    path = folder / "register.csv"
    path.write_text(csv_text(rows), encoding="utf-8")
    before = everything()
    environment = os.environ | {"DATABASE_URL": database.url}
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path)], env=environment, stdin=-1, stdout=-1, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for instant in instants:
            process.stdin.write(f"{instant}\n")
            process.stdin.flush()
            assert process.stdout.readline() == "9\n", f"the import was not killed at row {instant}"
            assert everything() == before, f"killed at row {instant}, it left something behind"
        process.stdin.close()
        assert process.wait(timeout=60) == 0
    result = record_register(register_of(*rows), by=None, at=AT)
    assert (result.new_cases, result.same_rows) == (CASES, 0)
    assert check_chains() == CASES * 3
    assert check_facts() == CASES


def test_killed_at_ten_instants(database: TestDatabase, tmp_path: Path) -> None:
    choose = random.Random("ten instants")
    # The first row, the end before the commit, and eight between.
    killed_at([0, ROWS_WRITTEN, *choose.sample(range(1, ROWS_WRITTEN), 8)], database, tmp_path)


@pytest.mark.long
def test_killed_at_a_hundred_instants(database: TestDatabase, tmp_path: Path) -> None:
    choose = random.Random("a hundred instants")
    killed_at(choose.sample(range(ROWS_WRITTEN + 1), 100), database, tmp_path)
