"""The example register gives the counts of the published report that it is made to, through the ordinary reading.

Source of the figures: the Q3 2018/19 report on statutory children's complaints of a London borough, to its scrutiny
sub-committee of 12 March 2019.
"""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from upheld.figures.asked import Asked
from upheld.figures.calculate import calculate
from upheld.figures.duck import DuckFacts
from upheld.figures.from_register import facts_of_file
from upheld.figures.period import Quarter
from upheld.figures.questions import ask
from upheld.register.example import csv_bytes, make_example

TODAY = date(2026, 11, 22)
REPORT_DAY = date(2019, 3, 12)
Q3 = Quarter.parse("Q3 2018/19")
QUARTERS = ("Q2 2017/18", "Q3 2017/18", "Q1 2018/19", "Q2 2018/19", "Q3 2018/19")
PUBLISHED = {
    "stage-1": {"received": (26, 28, 18, 40, 51), "upheld": (6, 6, 1, 4, 7), "in_time": (16, 22, 9, 11, 23)},
    "stage-2": {"received": (0, 2, 5, 5, 4), "upheld": (0, 0, 0, 0, 0), "in_time": (0, 0, 5, 5, 0)},
    "stage-3": {"received": (1, 0, 0, 2, 0), "upheld": (0, 0, 0, 1, 0), "in_time": (0, 0, 0, 0, 0)},
    "ombudsman": {"received": (5, 1, 0, 0, 0), "upheld": (2, 0, 0, 0, 0), "in_time": (2, 0, 0, 0, 0)},
}
TEAMS = {  # received, in time, upheld
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
THEMES = (
    "No communication / lack of support from social worker",
    "Unable to contact social worker",
    "Contents of assessments / unable to grant a request",
    "Social worker rude",
    "Delays (assessments / funding)",
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> DuckFacts:
    path: Path = tmp_path_factory.mktemp("example") / "register.csv"
    path.write_bytes(csv_bytes(make_example(TODAY)))
    return facts_of_file(path, today=TODAY)


@pytest.mark.parametrize("as_at", [REPORT_DAY, TODAY])
def test_the_stage_table(example: DuckFacts, as_at: date) -> None:
    figures = ask(example, Q3, as_at=as_at, quarters=6, by=("stage",), figures=("received", "upheld", "in_time"))
    seen = {
        stage: {
            figure: tuple(figures.value(figure, Quarter.parse(q), stage=stage).numerator for q in QUARTERS)
            for figure in counts
        }
        for stage, counts in PUBLISHED.items()
    }
    assert seen == PUBLISHED


def test_the_quarter_that_the_published_table_leaves_out_is_there(example: DuckFacts) -> None:
    figures = ask(example, Q3, as_at=REPORT_DAY, quarters=6, stage="stage-1", figures=("received",))
    assert [v.ref.period.label for v in figures] == [q.label for q in Q3.back(6)]
    assert figures.value("received", Quarter.parse("Q4 2017/18"), stage="stage-1").numerator


def test_the_team_table(example: DuckFacts) -> None:
    figures = ask(
        example, Q3, as_at=REPORT_DAY, by=("team",), stage="stage-1", figures=("received", "in_time", "upheld")
    )
    teams: dict[str, list[int | None]] = {}
    for value in figures:
        teams.setdefault(figures.label("team", value.ref.by[-1][1]), []).append(value.numerator)
    by_team = {
        name: tuple(
            figures.value(f, Q3, stage="stage-1", team=code).numerator for f in ("received", "in_time", "upheld")
        )
        for code, name in ((v.ref.by[-1][1], figures.label("team", v.ref.by[-1][1])) for v in figures)
    }
    assert by_team == TEAMS


def test_the_themes_stand_in_their_published_order_without_a_tie(example: DuckFacts) -> None:
    figures = ask(example, Q3, as_at=REPORT_DAY, by=("theme",), stage="stage-1", figures=("received",))
    ranked = sorted(figures, key=lambda v: -(v.numerator or 0))[:6]
    assert tuple(figures.label("theme", v.ref.by[-1][1]) for v in ranked[:5]) == THEMES
    counts = [v.numerator or 0 for v in ranked]
    assert all(a > b for a, b in pairwise(counts))


def test_the_four_stage_2_cases_are_open_and_not_failures(example: DuckFacts) -> None:
    figures = calculate(
        example,
        [Asked(("received", "open", "overdue", "late", "in_time_rate"), (Q3,), ("stage",))],
        as_at=REPORT_DAY,
        groups={"stage": ("stage-2",)},
    )
    assert [v.numerator for v in figures] == [4, 4, 0, 0, 0]
    assert figures.value("in_time_rate", Q3, stage="stage-2").value is None


def test_no_outcome_of_the_published_quarters_is_in_part_and_all_of_stage_1_is_decided(example: DuckFacts) -> None:
    figures = ask(
        example, Q3, as_at=REPORT_DAY, quarters=6, by=("stage",), figures=("partly_upheld", "decided", "received")
    )
    partly = [figures.value("partly_upheld", Quarter.parse(q), stage=s).numerator for q in QUARTERS for s in PUBLISHED]
    assert partly == [0] * len(partly)
    assert figures.value("decided", Q3, stage="stage-1").numerator == 51


def test_no_quarter_since_the_first_is_empty(example: DuckFacts) -> None:
    now = Quarter.containing(TODAY)
    first = Quarter.parse(QUARTERS[0])
    figures = ask(
        example, now, as_at=TODAY, quarters=now.index - first.index + 1, stage="stage-1", figures=("received",)
    )
    assert all(v.numerator for v in figures)
