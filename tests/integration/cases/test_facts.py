"""The fact tables as a source of figures."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.cases import AT, record, register_of
from tests.factories.registers import row
from upheld.cases.queries.facts import PostgresFacts
from upheld.figures.asked import Asked
from upheld.figures.calculate import calculate, keys_behind
from upheld.figures.definitions import CATALOGUE
from upheld.figures.from_register import facts_of_register
from upheld.figures.model import FigureSet
from upheld.figures.period import Quarter
from upheld.figures.source import FactSource

pytestmark = pytest.mark.django_db

QUARTER = Quarter(2018, 3)
DAY = date(2019, 3, 12)
ROWS = [
    row(reference="T-1", answered="2018-10-10", outcome="Upheld", channel="Email"),
    row(reference="T-2", answered="2018-12-20", outcome="Not upheld", team="South team", themes="Delay; Rudeness"),
    row(reference="T-2", stage="Stage 2", received="2019-01-05", team="South team", themes="Delay; Rudeness"),
    row(reference="T-3", received="2018-11-30", team="South team", themes="Rudeness", age_band="5 to 9"),
    row(reference="T-4", received="2018-11-30", withdrawn="2018-12-03"),
]


def figures_of(source: FactSource) -> FigureSet:
    every = tuple(CATALOGUE.figures)
    # A dimension of the stages, and one of the points: SQL for each takes a while to compile.
    asked = [Asked(every, QUARTER.back(2), by) for by in ((), ("stage", "team"), ("theme",))]
    return calculate(source, asked, as_at=DAY)


def test_every_figure_is_the_same_from_the_record_and_from_the_file() -> None:
    record(*ROWS)
    kept, read = figures_of(PostgresFacts()), figures_of(facts_of_register(register_of(*ROWS)))
    assert kept.values == read.values
    assert kept.value("received", QUARTER).numerator == 4
    assert kept.labels == read.labels


def test_the_digest_is_of_the_rows_in_force() -> None:
    facts = PostgresFacts()
    empty = facts.describe().digest
    record(row())
    first = facts.describe().digest
    record(row(answered="2018-10-10"), at=AT + timedelta(days=1))
    assert len({empty, first, facts.describe().digest}) == 3


def test_the_digest_stays_while_the_facts_do() -> None:
    record(row())
    before = PostgresFacts().describe()
    record(row())
    assert PostgresFacts().describe() == before
    assert before.pack == "children-england-2006"


def test_the_digest_is_worked_out_once_for_one_state_of_the_facts() -> None:
    record(row())
    with CaptureQueriesContext(connection) as first:
        PostgresFacts().describe()
    with CaptureQueriesContext(connection) as again:
        PostgresFacts().describe()
    assert len(again) == len(first) - 1 == 4


def test_a_past_moment_is_read_as_it_was_known() -> None:
    record(row())
    record(row(answered="2018-10-10"), at=AT + timedelta(days=2))
    source = PostgresFacts()

    def answered(known_at: object) -> tuple[str, ...]:
        return keys_behind(source, "answered", QUARTER, as_at=DAY, known_at=known_at)  # type: ignore[arg-type]

    assert answered(AT) == answered(AT + timedelta(days=1)) == ()
    assert len(answered(AT + timedelta(days=2))) == len(answered(None)) == 1
    received = keys_behind(source, "received", QUARTER, as_at=DAY, known_at=AT - timedelta(seconds=1))
    assert received == ()
