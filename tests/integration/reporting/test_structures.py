"""The example, restructured twice, in every structure: the same totals, and the published table in that of its day."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from upheld.cases.queries.facts import PostgresFacts
from upheld.documents import Format, render
from upheld.figures.crosswalk import UNPLACED
from upheld.figures.model import FigureSet
from upheld.figures.period import Quarter
from upheld.figures.questions import ask
from upheld.narrative.papers import papers
from upheld.narrative.report import plain
from upheld.organisation.queries import crosswalk_to, names_on
from upheld.register.example.later_teams import named_on
from upheld.register.example.made_up import made_up
from upheld.register.names import code_of
from upheld.reporting.assemble import assembled

Q3, Q2_RECENT = Quarter.parse("Q3 2018/19"), Quarter.parse("Q2 2026/27")
REPORT_DAY, TODAY = date(2019, 3, 12), date(2026, 11, 20)
DAYS = (date(2018, 12, 31), date(2020, 8, 31), date(2020, 9, 1), date(2023, 4, 3), TODAY)
PUBLISHED = {  # received, in time, upheld
    "LAC": (15, 8, 4),
    "Child Protection & Proceedings": (12, 3, 1),
    "Assessments": (9, 6, 0),
    "CIN": (8, 2, 0),
    "Adolescent Support Teams": (1, 1, 0),
    "Adoption": (1, 1, 1),
    "Early Help": (1, 1, 1),
    "Disability": (1, 1, 0),
    "Single Point of Contact": (3, 0, 0),
}
COUNTS = ("received", "in_time", "upheld")


def by_team(quarter: Quarter, day: date, as_at: date = REPORT_DAY) -> FigureSet:
    return ask(PostgresFacts(), quarter, as_at=as_at, by=("team",), stage="stage-1", figures=COUNTS,
               crosswalk=crosswalk_to(day))  # fmt: skip


def table(figures: FigureSet) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for value in figures:
        found.setdefault(figures.label("team", value.ref.by[-1][1]), []).append(value.numerator)
    return {name: tuple(counts) for name, counts in found.items()}


def test_the_published_team_table_in_the_structure_of_its_day(example_record: None) -> None:
    assert table(by_team(Q3, DAYS[0])) == PUBLISHED
    as_recorded = ask(
        PostgresFacts(), Q3, as_at=REPORT_DAY, by=("team",), stage="stage-1", figures=COUNTS, names=names_on(Q3.end)
    )
    assert table(as_recorded) == PUBLISHED


def test_the_published_table_in_the_structure_of_today(example_record: None) -> None:
    assert table(by_team(Q3, TODAY)) == {
        "Adoption": (1, 1, 1),
        "Child Protection & Proceedings": (12, 3, 1),
        "Children in Need": (8, 2, 0),
        "Disability": (1, 1, 0),
        "Family Help": (2, 2, 1),
        "Front Door": (12, 6, 0),
        "Leaving Care": (6, Fraction(16, 5), Fraction(8, 5)),
        "Permanence": (9, Fraction(24, 5), Fraction(12, 5)),
    }


def test_recent_teams_in_the_structure_of_then(example_record: None) -> None:
    figures = by_team(Q2_RECENT, DAYS[0], as_at=TODAY)
    placed = {value.ref.by[-1][1] for value in figures}
    # What Family Help has taken over from two teams has no recorded way back.
    assert UNPLACED in placed
    assert {"lac", "assessments", "single-point-of-contact", "cin"} <= placed
    assert figures.crosswalk is not None
    assert any("no shares are recorded for the way back" in line.reason for line in figures.crosswalk.lines)


@pytest.mark.parametrize("day", DAYS)
def test_the_totals_of_every_quarter_are_the_same_in_every_structure(example_record: None, day: date) -> None:
    last = Quarter.containing(TODAY)
    quarters = last.index - Quarter.parse("Q2 2017/18").index + 1
    figures = (*COUNTS, "answered_in_period", "open_at_end", "timed")
    whole = ask(PostgresFacts(), last, as_at=TODAY, quarters=quarters, by=("stage",), figures=figures)
    for dimension in ("team", "service"):
        placed = ask(PostgresFacts(), last, as_at=TODAY, quarters=quarters, by=("stage", dimension), figures=figures,
                     crosswalk=crosswalk_to(day))  # fmt: skip
        sums: dict[tuple[str, Quarter, str], Fraction] = {}
        for value in placed:
            key = (value.ref.figure, value.ref.period, value.ref.by[0][1])
            sums[key] = sums.get(key, Fraction(0)) + (value.exact or 0)
        assert sums == {(v.ref.figure, v.ref.period, v.ref.by[0][1]): v.exact or 0 for v in whole}


def test_the_example_names_teams_as_its_organisation_does(example_record: None) -> None:
    """The two files of the example, the one that names rows and the one that is recorded, say the same."""
    for team in made_up().teams.values():
        for day in DAYS:
            walk = crosswalk_to(day)
            there = {(walk.names["team", code], walk.names["service", walk.services[code]])
                     for code, _ in walk.placings[0, code_of(team.name)]}  # fmt: skip
            assert {named_on(team, day, who) for who in ("parent", "care-leaver")} == there


@pytest.mark.parametrize("format_", list(Format))
def test_a_report_in_another_structure_can_be_made_in_every_format(example_record: None, format_: Format) -> None:
    plain_papers = papers(Q3, council="Example Borough Council")
    report = assembled(PostgresFacts(), Q3, plain_papers, as_at=REPORT_DAY, crosswalk=crosswalk_to(TODAY))
    placed = next(t for t in report.tables() if t.id == "table-placed")
    assert {plain(row.cells[0].runs): plain(row.cells[2].runs) for row in placed.rows} == {
        "Adolescent Support Teams": "All to Family Help",
        "Assessments": "All to Front Door",
        "LAC": "3/5 to Permanence, 2/5 to Leaving Care",
        "Single Point of Contact": "All to Front Door",
    }
    assert len(render(report, format_)) > 5_000
