"""A stage's tag says the same as the figures count."""

import random
from datetime import date, timedelta

import pytest

from tests.factories.facts import case_facts, source_of, stage_fact
from upheld.cases.presenters.standing import TAGS, Standing, next_limit, standing
from upheld.facts import StageFact
from upheld.figures.calculate import keys_behind
from upheld.figures.duck import DuckFacts
from upheld.figures.period import Quarter

QUARTER = Quarter(2018, 3)
DATES = (
    "due_in_force_on", "answered_on", "withdrawn_on", "panel_due_on", "panel_held_on", "panel_report_due_on",
    "panel_report_sent_on",
)  # fmt: skip


def any_stage(number: int, choose: random.Random) -> StageFact:
    """Dates in any order, or none: what can be true is not asked here. Few days, so that many coincide."""
    received = date(2018, 10, 1) + timedelta(days=choose.randrange(92))
    chances = (None, *range(0, 90, 5))
    dates = {
        name: None if (days := choose.choice(chances)) is None else received + timedelta(days=days) for name in DATES
    }
    return stage_fact(f"c{number}", received_on=received, **dates)


@pytest.fixture(scope="module")
def stages() -> list[StageFact]:
    choose = random.Random("every order of dates")
    return [any_stage(number, choose) for number in range(3_000)]


@pytest.fixture(scope="module")
def source(stages: list[StageFact]) -> DuckFacts:
    return source_of(*(case_facts(stage) for stage in stages))


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2019, 1, 20), date(2020, 1, 1)])
def test_tags_and_figures_agree(stages: list[StageFact], source: DuckFacts, day: date) -> None:
    tagged: dict[Standing, set[str]] = {each: set() for each in Standing}
    for stage in stages:
        tagged[standing(stage, day)].add(stage.stage_key)

    def counted(figure: str) -> set[str]:
        return set(keys_behind(source, figure, QUARTER, as_at=day))

    assert counted("in_time") == tagged[Standing.IN_TIME] != set()
    assert counted("late") == tagged[Standing.LATE] != set()
    assert counted("overdue") == tagged[Standing.OVERDUE] != set()
    assert counted("open") == tagged[Standing.OPEN] | tagged[Standing.OVERDUE]
    assert counted("withdrawn") == tagged[Standing.WITHDRAWN] != set()
    assert counted("answered") == tagged[Standing.IN_TIME] | tagged[Standing.LATE] | tagged[Standing.ANSWERED]


def test_what_has_not_come_yet_is_not_open() -> None:
    assert standing(stage_fact(), date(2018, 9, 30)) is Standing.TO_COME


def test_every_standing_has_a_tag_of_its_own() -> None:
    assert len({tag.text for tag in TAGS.values()}) == len(Standing)


@pytest.mark.parametrize(
    ("known", "limit"),
    [
        ({}, date(2018, 11, 12)),
        ({"panel_held_on": date(2018, 11, 10)}, date(2018, 11, 20)),
        ({"panel_held_on": date(2018, 11, 14)}, date(2018, 11, 12)),  # not yet on the day that is asked about
        (
            {"panel_held_on": date(2018, 11, 8), "panel_report_sent_on": date(2018, 11, 9)},
            date(2018, 12, 3),
        ),
        (
            {
                "panel_held_on": date(2018, 11, 8),
                "panel_report_sent_on": date(2018, 11, 9),
                "answered_on": date(2018, 11, 12),
            },
            date(2018, 12, 3),
        ),
    ],
)
def test_a_panel_runs_against_its_next_limit(known: dict[str, date], limit: date) -> None:
    panel = stage_fact(
        "c1",
        received_on=date(2018, 10, 1),
        panel_due_on=date(2018, 11, 12),
        panel_report_due_on=date(2018, 11, 20),
        due_in_force_on=date(2018, 12, 3),
        **known,
    )
    assert next_limit(panel, date(2018, 11, 12)) == limit


def test_what_has_no_limit_runs_against_none() -> None:
    assert next_limit(stage_fact("c1", due_in_force_on=None), date(2018, 11, 12)) is None
