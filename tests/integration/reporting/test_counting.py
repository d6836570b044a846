"""How pages count: a fixed number of queries, once for a state of the facts, and never of two states at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.cases import AT, record
from tests.factories.registers import row
from tests.integration.reporting.pages import numbers, read, signed_in
from upheld.cases.queries import facts
from upheld.figures.period import Quarter
from upheld.narrative.groups import TEAMS_ID
from upheld.organisation.actions import record_change
from upheld.organisation.changes import ChangeKind, Level
from upheld.organisation.entry import Entry, From, Into
from upheld.reporting import queries
from upheld.reporting.dashboard import Selection

pytestmark = pytest.mark.django_db


def forget() -> None:
    """As in a process that has counted nothing yet."""
    facts._quarters.cache_clear()
    queries._figures.cache_clear()


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["/?quarter=2018-19-q3", "/reports/", "/reports/2018-19-q3/"])
def test_the_number_of_queries_does_not_grow_with_the_record(address: str) -> None:
    client = signed_in()

    def counted(*rows: Any) -> tuple[int, int]:
        record(*rows)
        forget()
        return asked(client, address), asked(client, address)

    few = counted(row(reference="A", received="2018-11-01"))
    many = counted(
        *(
            row(reference=f"B{n}", received="2018-11-02", service=f"Service {n}", team=f"Team {n}", themes=f"Theme {n}")
            for n in range(3)
        ),
        row(reference="C", received="2018-05-02"),
    )
    assert few == many
    first, again = few
    assert again < first <= 40


def test_a_page_that_was_counted_before_asks_for_no_figures_again() -> None:
    record(row(reference="A", received="2018-11-01"))
    client = signed_in()
    read(client, "/?quarter=2018-19-q3")
    with CaptureQueriesContext(connection) as captured:
        read(client, "/?quarter=2018-19-q3")
    assert [
        query["sql"] for query in captured if "stage_fact" in query["sql"] and "count" in query["sql"].lower()
    ] == []


def test_what_is_recorded_next_is_on_the_next_page() -> None:
    record(row(reference="A", received="2018-11-01"))
    client = signed_in()

    def received() -> int:
        shown = numbers(read(client, "/?quarter=2018-19-q3"))
        return next(n.value for n in shown if n.figure == "received" and n.role == "value")

    assert received() == 1
    record(row(reference="B", received="2018-11-02"))
    assert received() == 2


def test_a_team_that_is_renamed_is_called_so_on_the_next_page() -> None:
    record(row(reference="A", received="2018-11-01", team="North team"))
    client = signed_in()
    assert "North team" in read(client, "/?quarter=2018-19-q3").css_first(f"#{TEAMS_ID}").text()
    renamed = Entry(ChangeKind.RENAME, Level.TEAM, date(2018, 12, 1), (From("North team"),), (Into("Northern team"),))
    record_change(renamed, by=None, at=AT)
    assert "Northern team" in read(client, "/?quarter=2018-19-q3").css_first(f"#{TEAMS_ID}").text()


class Meanwhile:
    """Somebody records a case between two statements of a count."""

    def __init__(self, wanted: str, *, times: int = 1) -> None:
        self.wanted = wanted
        self.left = times

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if self.left and self.wanted in sql:
            self.left -= 1
            record(row(reference=f"M{self.left}", received="2018-11-03"))
        return result


def test_facts_that_move_during_a_count_are_counted_again() -> None:
    record(row(reference="A", received="2018-11-01"))
    client = signed_in()
    forget()
    meanwhile = Meanwhile('AS "received"')
    with connection.execute_wrapper(meanwhile):
        shown = numbers(read(client, "/?quarter=2018-19-q3"))
    assert meanwhile.left == 0
    assert {n.value for n in shown if n.figure == "received" and n.role == "value" and n.value} == {2}


def test_facts_that_never_come_to_rest_are_said_to_be_moving() -> None:
    record(row(reference="A", received="2018-11-01"))
    forget()
    with (
        connection.execute_wrapper(Meanwhile("stage_fact", times=100)),
        pytest.raises(queries.FactsKeptMovingError, match="Try again in a minute"),
    ):
        queries.Record().dashboard(Selection(Quarter(2018, 3), _today()))


def _today() -> Any:
    from django.utils import timezone

    return timezone.localdate()
