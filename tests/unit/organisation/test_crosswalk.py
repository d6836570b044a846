"""Crosswalks: whatever happens to a structure, work is placed whole, and totals are the same in every structure."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.facts import case_facts, source_of, stage_fact
from tests.factories.structures import Changes
from upheld.figures.asked import Asked
from upheld.figures.calculate import calculate
from upheld.figures.crosswalk import UNPLACED, Crosswalk
from upheld.figures.formats import as_json, as_table
from upheld.figures.model import FigureSet
from upheld.figures.period import Quarter
from upheld.organisation.changes import ChangeKind, Level, Part
from upheld.organisation.crosswalk import crosswalk
from upheld.organisation.structure import Timeline

Q = Quarter(2018, 3)
FIRST, DAYS = date(2018, 4, 1), 400
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def team_shares(walk: Crosswalk, span: int, team: str) -> dict[str, Fraction]:
    return {code: share for _, code, share in walk.placed(span, "care", team)}


def simple() -> Changes:
    return Changes().services("care", "homes").teams("a", "b", "c")


def test_a_structure_without_changes_leaves_every_team_where_it_is() -> None:
    walk = crosswalk(Timeline.of(simple().all), date(2020, 1, 1))
    assert {team: team_shares(walk, 0, team) for team in "abc"} == {team: {team: 1} for team in "abc"}
    assert (walk.lines, walk.boundaries) == ((), ())


def test_a_merger_is_whole_forwards_and_unknown_backwards_unless_shares_were_recorded() -> None:
    made = simple()
    made.merge(date(2019, 1, 1), ("a", "b"), "d")
    timeline = Timeline.of(made.all)
    after, before = crosswalk(timeline, date(2020, 1, 1)), crosswalk(timeline, date(2018, 1, 1))
    assert [team_shares(after, 0, t) for t in ("a", "b", "c")] == [{"d": 1}, {"d": 1}, {"c": 1}]
    assert team_shares(before, 1, "d") == {UNPLACED: 1}
    (line,) = (line for line in before.lines if line.team == "d")
    assert line.reason == (
        "D took over from several teams on 1 January 2019, and no shares are recorded for the way back"
    )
    known = simple()
    known.merge(date(2019, 1, 1), ("a", "b"), "d", back=(THIRD, 2 * THIRD))
    assert team_shares(crosswalk(Timeline.of(known.all), date(2018, 1, 1)), 1, "d") == {"a": THIRD, "b": 2 * THIRD}


def test_a_split_is_shared_out_forwards_and_whole_backwards() -> None:
    made = simple()
    made.split(date(2019, 1, 1), "a", d=Fraction(3, 5), e=Fraction(2, 5))
    timeline = Timeline.of(made.all)
    after, before = crosswalk(timeline, date(2020, 1, 1)), crosswalk(timeline, date(2018, 1, 1))
    assert team_shares(after, 0, "a") == {"d": Fraction(3, 5), "e": Fraction(2, 5)}
    assert [team_shares(before, 1, t) for t in ("d", "e")] == [{"a": 1}, {"a": 1}]


def test_a_team_that_gives_a_part_away_keeps_what_it_has_had_since() -> None:
    made = simple()
    made.split(date(2019, 1, 1), "a", a=Fraction(2, 3), d=THIRD)
    walk = crosswalk(Timeline.of(made.all), date(2020, 1, 1))
    assert [team_shares(walk, span, "a") for span in (0, 1)] == [{"a": 2 * THIRD, "d": THIRD}, {"a": 1}]


def test_a_team_that_takes_something_over_keeps_its_own() -> None:
    made = simple()
    made.merge(date(2019, 1, 1), ("a",), "b")
    timeline = Timeline.of(made.all)
    after, before = crosswalk(timeline, date(2020, 1, 1)), crosswalk(timeline, date(2018, 1, 1))
    assert [team_shares(after, 0, t) for t in ("a", "b")] == [{"b": 1}, {"b": 1}]
    assert team_shares(before, 1, "b") == {UNPLACED: 1}


def test_what_closed_or_was_not_there_yet_cannot_be_placed_and_says_why() -> None:
    made = simple()
    made.close(date(2019, 1, 1), "a")
    made.teams("d", on=date(2019, 6, 1))
    timeline = Timeline.of(made.all)
    after, before = crosswalk(timeline, date(2020, 1, 1)), crosswalk(timeline, date(2018, 1, 1))
    assert (team_shares(after, 0, "a"), team_shares(before, 2, "d")) == ({UNPLACED: 1}, {UNPLACED: 1})
    assert [line.reason for line in after.lines] == ["A closed on 1 January 2019, and nobody took over its work"]
    assert [line.reason for line in before.lines] == ["D opened on 1 June 2019, and took over from nobody"]


def test_a_team_named_on_a_day_on_which_it_was_not_there_counts_as_on_the_nearest() -> None:
    made = simple()
    made.merge(date(2019, 1, 1), ("a", "b"), "d")
    walk = crosswalk(Timeline.of(made.all), date(2020, 1, 1))
    assert (team_shares(walk, 1, "a"), team_shares(walk, 0, "d")) == ({"d": 1}, {"d": 1})


def test_two_restructures_of_one_day_are_taken_in_their_order() -> None:
    day = date(2019, 1, 1)
    made = simple()
    made.split(day, "a", d=HALF, e=HALF)
    made.merge(day, ("b",), "d")
    timeline = Timeline.of(made.all)
    after, before = crosswalk(timeline, day), crosswalk(timeline, date(2018, 1, 1))
    assert [team_shares(after, 0, t) for t in ("a", "b")] == [{"d": HALF, "e": HALF}, {"d": 1}]
    assert [team_shares(before, 1, t) for t in ("d", "e")] == [{UNPLACED: 1}, {"a": 1}]


def test_a_service_is_that_of_the_team_on_the_day() -> None:
    made = simple()
    made.add(ChangeKind.MOVE, date(2019, 1, 1), Part(target="a", parent="homes"))
    timeline = Timeline.of(made.all)
    for day, service in ((date(2018, 12, 31), "care"), (date(2019, 1, 1), "homes")):
        assert list(crosswalk(timeline, day).placed(0, "care", "a")) == [(service, "a", 1)]


def test_without_a_team_work_stays_with_its_service_where_that_is_there() -> None:
    walk = crosswalk(Timeline.of(simple().all), date(2020, 1, 1))
    placed = [next(walk.placed(0, service, "not-recorded")) for service in ("care", "not-recorded", "gone")]
    assert placed == [
        ("care", "not-recorded", 1),
        ("not-recorded", "not-recorded", 1),
        (UNPLACED, UNPLACED, 1),
    ]


@st.composite
def histories(draw: st.DrawFn) -> Changes:
    """Any sequence of openings, closings, mergers and splits, that could have happened."""
    made = Changes().services("care").teams("t0", "t1", "t2")
    alive, number = ["t0", "t1", "t2"], 3
    day = FIRST
    for _ in range(draw(st.integers(0, 6))):
        day += timedelta(days=draw(st.integers(0, 60)))
        kind = draw(st.sampled_from(["open", "close", "merge", "split", "absorb"]))
        if kind == "open" or not alive:
            made.teams(f"t{number}", on=day)
            alive.append(f"t{number}")
        elif kind == "close" and _opened(made, alive[0]) != day:
            made.close(day, alive.pop(0))
        elif kind in ("merge", "absorb") and len(alive) > 1 and all(_opened(made, t) != day for t in alive[:2]):
            back = draw(st.sampled_from([(), (THIRD, 2 * THIRD)]))
            into = f"t{number}" if kind == "merge" else alive[1]
            made.merge(day, tuple(alive[:2]), into, back)
            alive = [*alive[2:], into]
        elif kind == "split" and _opened(made, alive[0]) != day:
            share = Fraction(draw(st.integers(1, 6)), 7)
            stays = draw(st.booleans())
            first = alive[0] if stays else f"t{number}x"
            made.split(day, alive[0], **{first: share, f"t{number}": 1 - share})
            alive = [*alive[1:], first, f"t{number}"]
        number += 1
    return made


def _opened(made: Changes, team: str) -> date | None:
    return Timeline.of(made.all).versions[Level.TEAM, team][0].begins


def _days() -> st.SearchStrategy[date]:
    return st.integers(-10, DAYS).map(lambda n: FIRST + timedelta(days=n))


@given(histories(), _days())
def test_every_team_of_every_day_is_placed_whole(made: Changes, day: date) -> None:
    timeline = Timeline.of(made.all)
    walk = crosswalk(timeline, day)
    there = {version.code for version in timeline.on(day, Level.TEAM)} | {UNPLACED}
    for (_, team), parts in walk.placings.items():
        assert sum(share for _, share in parts) == 1, team
        assert {code for code, _ in parts} <= there, team


@given(histories(), _days())
def test_teams_of_the_day_are_themselves_on_the_day(made: Changes, day: date) -> None:
    timeline = Timeline.of(made.all)
    walk = crosswalk(timeline, day)
    span = sum(boundary <= day for boundary in walk.boundaries)
    for version in timeline.on(day, Level.TEAM):
        assert team_shares(walk, span, version.code) == {version.code: 1}


@given(histories(), _days(), _days(), _days())
def test_one_way_is_the_same_as_two_that_follow_each_other(made: Changes, a: date, b: date, c: date) -> None:
    timeline = Timeline.of(made.all)
    for first, second, third in ((x, y, z) for x, y, z in ((*sorted((a, b, c)),), (*sorted((a, b, c), reverse=True),))):
        through, straight = crosswalk(timeline, second), crosswalk(timeline, third)
        start, middle = (sum(d <= day for d in straight.boundaries) for day in (first, second))
        for version in timeline.on(first, Level.TEAM):
            composed: dict[str, Fraction] = {}
            for code, share in team_shares(through, start, version.code).items():
                onwards = {code: Fraction(1)} if code == UNPLACED else team_shares(straight, middle, code)
                for other, part in onwards.items():
                    composed[other] = composed.get(other, Fraction(0)) + share * part
            assert composed == team_shares(straight, start, version.code)


CASES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 91), st.booleans()), min_size=1, max_size=12)
FIGURES = ("received", "in_time", "answered_in_period", "open_at_end", "overdue")


def _facts(cases: list[tuple[int, int, bool]]) -> Iterator[object]:
    for number, (team, later, answered) in enumerate(cases):
        received = Q.start + timedelta(days=later)
        day = received + timedelta(days=5) if answered else None
        yield case_facts(stage_fact(f"c{number}", team=f"t{team}", received_on=received, answered_on=day))


@settings(max_examples=30)
@given(histories(), _days(), CASES)
def test_totals_are_the_same_in_every_structure(made: Changes, day: date, cases: list[tuple[int, int, bool]]) -> None:
    source = source_of(*_facts(cases))  # type: ignore[arg-type]
    as_at = Q.end + timedelta(days=30)
    asked = [Asked(FIGURES, (Q,)), Asked(FIGURES, (Q,), ("team",)), Asked(FIGURES, (Q,), ("theme", "service"))]
    figures = calculate(source, asked, as_at=as_at, crosswalk=crosswalk(Timeline.of(made.all), day))
    for figure in FIGURES:
        whole = figures.value(figure, Q).exact
        for dimensions in (("team",), ("theme", "service")):
            found = [v for v in figures if v.ref.figure == figure and tuple(d for d, _ in v.ref.by) == dimensions]
            assert sum(v.exact or 0 for v in found) == whole


def placed_figures(made: Changes, day: date, *teams: str) -> FigureSet:
    source = source_of(*(case_facts(stage_fact(f"c{n}", team=team)) for n, team in enumerate(teams)))
    walk = crosswalk(Timeline.of(made.all), day)
    asked = [Asked(("received", "in_time_rate"), (Q,), ("team",))]
    return calculate(source, asked, as_at=date(2019, 3, 12), crosswalk=walk)


def test_an_apportioned_count_is_exact_and_no_rate_is_made_of_it() -> None:
    made = simple()
    made.split(date(2019, 1, 1), "a", d=Fraction(3, 5), e=Fraction(2, 5))
    figures = placed_figures(made, date(2019, 2, 1), "a", "a", "b", "z")
    assert {v.ref.by[0][1]: v.numerator for v in figures if v.ref.figure == "received"} == {
        "b": 1, "d": Fraction(6, 5), "e": Fraction(4, 5), UNPLACED: 1,
    }  # fmt: skip
    rate = figures.value("in_time_rate", Q, team="d")
    assert (rate.denominator, rate.percent, rate.value, rate.missing, rate.apportioned) == (
        Fraction(6, 5), None, None, True, True,
    )  # fmt: skip
    assert rate.ref.id == "in_time_rate@Q3 2018/19?team=d&structure=2019-02-01"
    table = as_table(figures, ("team",))
    shown = table.split("\n\n")[0].splitlines()[1:]
    assert [line.split()[-1] for line in shown if line.startswith("Received")] == ["1", "1.2", "0.8", "1"]
    assert [line.split()[-1] for line in shown if line.startswith("In time")] == [
        "(0/1)",
        "(0/1.2)",
        "(0/0.8)",
        "(0/1)",
    ]
    assert table.split("\n\n")[1].splitlines() == [
        "In the structure of 1 February 2019.",
        "  A until 31 December 2018: 3/5 to D, 2/5 to E.",
        "  z: cannot be placed (not in the record of the organisation).",
        "Counts that are not whole are apportioned: a recorded share of another team’s work, not counted case by "
        "case. No percentage is made of them. Totals are the same in every structure.",
    ]
    assert '"value": "6/5"' in as_json(figures, ("team",))


def test_mid_quarter_a_team_is_placed_by_the_day_of_each_case() -> None:
    made = simple()
    made.split(date(2018, 11, 1), "a", a=HALF, d=HALF)
    source = source_of(
        case_facts(stage_fact("c1", team="a", received_on=date(2018, 10, 31))),
        case_facts(stage_fact("c2", team="a", received_on=date(2018, 11, 1))),
    )
    walk = crosswalk(Timeline.of(made.all), date(2018, 12, 31))
    figures = calculate(source, [Asked(("received",), (Q,), ("team",))], as_at=date(2019, 3, 12), crosswalk=walk)
    assert [(v.ref.by[0][1], v.numerator) for v in figures] == [("a", Fraction(3, 2)), ("d", HALF)]


def test_a_filter_on_a_service_is_of_the_structure() -> None:
    made = simple()
    made.add(ChangeKind.MOVE, date(2019, 1, 1), Part(target="a", parent="homes"))
    source = source_of(case_facts(stage_fact("c1", team="a")), case_facts(stage_fact("c2", team="b")))
    asked = [Asked(("received",), (Q,), (), (("service", "homes"),))]
    counts = []
    for day in (date(2018, 12, 31), date(2019, 1, 1)):
        walk = crosswalk(Timeline.of(made.all), day)
        figures = calculate(source, asked, as_at=date(2019, 3, 12), crosswalk=walk).within(service="homes")
        counts.append(figures.value("received", Q).numerator)
    assert counts == [0, 1]


@pytest.mark.parametrize("days", [(date(2018, 1, 1), date(2019, 6, 1), date(2021, 1, 1))])
def test_the_lines_of_a_crosswalk_say_what_is_not_simply_itself(days: tuple[date, ...]) -> None:
    made = simple()
    made.merge(date(2019, 1, 1), ("a", "b"), "d")
    made.split(date(2020, 1, 1), "d", e=HALF, f=HALF)
    timeline = Timeline.of(made.all)
    said = {day: [(line.team, line.begins, line.ends) for line in crosswalk(timeline, day).lines] for day in days}
    new_year = [date(2019, 1, 1), date(2020, 1, 1)]
    assert said[days[0]] == [("d", *new_year), ("e", new_year[1], None), ("f", new_year[1], None)]
    assert said[days[1]] == [
        ("a", None, new_year[0]), ("b", None, new_year[0]), ("e", new_year[1], None), ("f", new_year[1], None),
    ]  # fmt: skip
    assert said[days[2]] == [("a", None, new_year[0]), ("b", None, new_year[0]), ("d", *new_year)]
    assert all(first < second for first, second in pairwise(days))
