"""The numbers of the dashboard: those of `upheld figures` for the same record, each as many as the list behind it."""

import json
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner

from tests.factories.accounts import make_user
from tests.integration.reporting.pages import MANAGER, NumberShown, count_in_list, numbers, read, signed_in
from tests.support.example_record import TODAY, ExampleDatabase
from upheld.commands.figures import figures
from upheld.figures.period import Quarter
from upheld.reporting.stages import QUARTERS_ID

PUBLISHED = "2018-19-q3"
UNFINISHED = "2026-27-q3"
FIGURES = (
    "received", "answered", "open", "overdue", "withdrawn", "in_time", "timed", "in_time_rate", "decided", "upheld",
    "upheld_rate", "partly_upheld", "open_at_end", "overdue_at_end", "long_open_at_end",
)  # fmt: skip
# What the pages break figures down by, in each of the ways that they do.
BREAKDOWNS = ((), ("stage",), ("stage", "team"), ("stage", "theme"), ("service", "stage"))

Key = tuple[str, str, tuple[tuple[str, str], ...]]


@cache
def records_of_the_command() -> dict[Key, dict[str, Any]]:
    """What the `upheld` command prints of the record: every figure of every quarter that the pages show."""
    named = [option for figure in FIGURES for option in ("--figure", figure)]
    found: dict[Key, dict[str, Any]] = {}
    for dimensions in BREAKDOWNS:
        by = [option for dimension in dimensions for option in ("--by", dimension)]
        typed = ["--quarter", "Q3 2026/27", "--quarters", "40", *named, *by, "--as-at", TODAY.isoformat()]
        done = CliRunner().invoke(figures, [*typed, "--format", "json"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        for record in json.loads(done.stdout):
            found[record["figure"], record["period"], tuple(sorted(record["by"].items()))] = record
    return found


@pytest.fixture
def printed(example_record: ExampleDatabase) -> dict[Key, dict[str, Any]]:
    return records_of_the_command()


@pytest.fixture
def labels(example_record: ExampleDatabase) -> dict[tuple[str, str], str]:
    from upheld.cases.queries.facts import PostgresFacts

    return dict(PostgresFacts().describe().labels)


def a_service(labels: dict[tuple[str, str], str]) -> str:
    """The code of one of the services."""
    return min(code for dimension, code in labels if dimension == "service" and code != "not-recorded")


def printed_value(number: NumberShown, records: dict[Key, dict[str, Any]], labels: dict[tuple[str, str], str]) -> int:
    """What the command says of a number of a page."""

    def of(period: str) -> dict[str, Any]:
        by = tuple(sorted((d, code if d == "stage" else labels[d, code]) for d, code in number.by))
        return records[number.figure, period, by]

    record = of(number.period)
    match number.role:
        case "value":
            return record["value"]
        case "numerator" | "denominator":
            return record[number.role]
        case "change" if record["denominator"] is None:
            return record["value"] - of(str(number.since))["value"]
        case "change":
            return halves_up(100 * (rate(record) - rate(of(str(number.since)))))
        case _:
            before = of(str(number.since))["value"]
            return halves_up(Fraction(100 * (record["value"] - before), before))


def rate(record: dict[str, Any]) -> Fraction:
    return Fraction(record["numerator"], record["denominator"])


def halves_up(number: Fraction) -> int:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@pytest.mark.parametrize("quarter", [PUBLISHED, UNFINISHED])
def test_every_number_is_that_of_the_command(quarter: str, printed: Any, labels: Any) -> None:
    shown = numbers(read(signed_in(), f"/?quarter={quarter}"))
    assert [n for n in shown if n.value != printed_value(n, printed, labels)] == []
    assert len(shown) > 100


def test_every_number_of_a_service_is_that_of_the_command(printed: Any, labels: Any) -> None:
    shown = numbers(read(signed_in(), f"/?quarter={PUBLISHED}&service={a_service(labels)}"))
    by_stage = [number for number in shown if [d for d, _ in number.by] == ["service", "stage"]]
    assert [n for n in by_stage if n.value != printed_value(n, printed, labels)] == []
    assert all(dict(number.by)["service"] == a_service(labels) for number in shown)
    assert len(by_stage) > 40


def test_the_published_counts_stand_on_the_page(example_record: ExampleDatabase) -> None:
    shown = numbers(read(signed_in(), f"/?quarter={PUBLISHED}"))
    values = {
        (n.figure, n.role): n.value for n in shown if n.period == "Q3 2018/19" and n.by == (("stage", "stage-1"),)
    }
    assert values["received", "value"] == 51
    assert values["received", "change"] in {11, 23}
    assert (values["upheld_rate", "numerator"], values["upheld_rate", "denominator"]) == (7, 51)
    assert values["in_time_rate", "numerator"] == 23


def test_every_number_that_counts_cases_leads_to_a_list_of_as_many(example_record: ExampleDatabase) -> None:
    client = signed_in()
    linked = {n.href: n.value for n in numbers(read(client, f"/?quarter={PUBLISHED}")) if n.href}
    assert len(linked) > 40
    assert {href: count_in_list(client, href) for href in linked} == linked


@pytest.mark.parametrize("query", [f"quarter={UNFINISHED}", "quarter=2019-20-q2&service={service}"])
def test_every_list_behind_a_number_holds_as_many_stages(query: str, labels: Any) -> None:
    from upheld.cases.queries.case_list import stages_behind
    from upheld.figures.definitions import CATALOGUE

    user = make_user(roles=[MANAGER])
    shown = numbers(read(signed_in(), "/?" + query.format(service=a_service(labels))))
    linked = {number.href: number.value for number in shown if number.href}
    assert len(linked) > 40
    for href, value in linked.items():
        asked = dict(parse_qsl(urlsplit(href).query))
        where = tuple((d, asked[d]) for d in CATALOGUE.dimensions if d in asked)
        as_at = date.fromisoformat(asked["as_at"])
        behind = stages_behind(asked["figure"], Quarter.parse(asked["quarter"]), as_at=as_at, where=where, by=user)
        assert behind.count == value, href


def test_what_has_no_list_is_nought_a_percentage_or_a_change(example_record: ExampleDatabase) -> None:
    shown = numbers(read(signed_in(), f"/?quarter={PUBLISHED}"))
    plain = [number for number in shown if not number.href]
    kinds = Counter(
        "nought" if number.value == 0 else number.role if number.role != "value" else number.figure for number in plain
    )
    assert set(kinds) == {"nought", "change", "change-percent", "in_time_rate", "upheld_rate"}


def test_numbers_lead_nowhere_for_those_who_may_not_see_cases(example_record: ExampleDatabase) -> None:
    page = read(signed_in("director"), f"/?quarter={PUBLISHED}")
    assert [number for number in numbers(page) if number.href] == []
    assert [link for link in page.css("a[href]") if "/cases/" in str(link.attributes["href"])] == []
    manager = numbers(read(signed_in(), f"/?quarter={PUBLISHED}"))
    assert [(n.figure, n.role, n.text) for n in numbers(page)] == [(n.figure, n.role, n.text) for n in manager]


def test_a_rate_always_has_both_of_its_counts_beside_it(example_record: ExampleDatabase) -> None:
    shown = numbers(read(signed_in(), f"/?quarter={PUBLISHED}"))
    roles = {(n.figure, n.role, n.period, n.by) for n in shown}
    for number in shown:
        if number.figure.endswith("_rate") and number.role == "value":
            assert {(number.figure, role, number.period, number.by) for role in ("numerator", "denominator")} <= roles


def test_the_chart_shows_the_numbers_of_its_table(example_record: ExampleDatabase) -> None:
    page = read(signed_in(), f"/?quarter={PUBLISHED}")
    drawn = Counter(
        (str(node.attributes["data-figure"]), node.text()) for node in page.css("figure svg text[data-figure]")
    )
    tabled = Counter(
        (str(n.attributes["data-figure"]), n.text()) for n in page.css(f"#{QUARTERS_ID} data[data-figure]")
    )
    assert drawn == tabled
    assert len(drawn) == 18
