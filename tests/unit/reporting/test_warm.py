"""What a server process does before the first person asks."""

import subprocess
import sys
from datetime import date

from upheld.cases.queries.facts import PostgresFacts
from upheld.figures.calculate import quarters_recorded
from upheld.figures.period import Quarter
from upheld.figures.source import Described
from upheld.reporting.assemble import counted
from upheld.reporting.dashboard import Selection, asked_for
from upheld.reporting.warm import warm_up

PROGRAM = """
import sys
from datetime import date
from upheld.reporting.warm import warm_up
before = {"ibis", "altair", "vl_convert"} & set(sys.modules)
warm_up(date(2026, 11, 20))
after = {"ibis", "altair", "vl_convert"} & set(sys.modules)
from django.conf import settings
print(sorted(before), sorted(after), settings.configured, "psycopg" in sys.modules)
"""


def test_warming_up_loads_what_is_slow_and_neither_settings_nor_a_database() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False, env={})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == "[] ['altair', 'ibis', 'vl_convert'] False False"


def test_the_dashboard_of_today_asks_with_the_statements_that_were_made() -> None:
    from upheld.figures.compile import compile_quarters, compile_question

    today = date(2026, 11, 20)
    warm_up(today)
    made = compile_question.cache_info().misses, compile_quarters.cache_info().misses
    source = Postgres()
    quarters_recorded(source, as_at=today)
    counted(source, asked_for(Selection(Quarter.containing(today), today)), as_at=today)
    assert (compile_question.cache_info().misses, compile_quarters.cache_info().misses) == made
    assert len(source.asked) > 5


class Postgres:
    """The record's own kind of source, without a record: it notes what it is asked."""

    engine = PostgresFacts.engine
    tables = PostgresFacts.tables

    def __init__(self) -> None:
        self.asked: list[str] = []

    def describe(self) -> Described:
        return Described("nothing", "", "children-england-2006")

    def fetch(self, sql: str) -> list[tuple[object, ...]]:
        self.asked.append(sql)
        return []
