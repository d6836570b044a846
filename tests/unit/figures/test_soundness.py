"""Traps in which a wrong number comes out without an error. These tests are never weakened to pass."""

from datetime import date, timedelta

import pytest

from tests.factories.facts import RECEIVED, case_facts, source_of, stage_fact
from upheld.figures.asked import Asked
from upheld.figures.calculate import calculate, keys_behind
from upheld.figures.definitions import CATALOGUE
from upheld.figures.duck import DuckFacts
from upheld.figures.model import FigureSet, UnknownFigure
from upheld.figures.period import Quarter

Q3 = Quarter(2018, 3)
REPORT_DAY = date(2019, 3, 12)
ALL = tuple(CATALOGUE.figures)


def figures(source: DuckFacts, *asked: Asked, as_at: date = REPORT_DAY) -> FigureSet:
    return calculate(source, asked or [Asked(ALL, (Q3,))], as_at=as_at)


def numbers(source: DuckFacts, as_at: date = REPORT_DAY, period: Quarter = Q3) -> dict[str, object]:
    """Every figure of one period that is not nought, rates as their two counts."""
    values = figures(source, Asked(ALL, (period,)), as_at=as_at)
    return {
        v.ref.figure: (v.numerator, v.denominator) if v.denominator is not None else v.numerator
        for v in values
        if v.numerator
    }


def test_answered_on_the_due_day_is_in_time_and_the_day_after_is_late() -> None:
    due = RECEIVED + timedelta(days=14)
    on_the_day = source_of(case_facts(stage_fact(answered_on=due)))
    after = source_of(case_facts(stage_fact(answered_on=due + timedelta(days=1))))
    assert numbers(on_the_day)["in_time_rate"] == (1, 1)
    assert figures(after).value("in_time_rate", Q3).numerator == 0
    assert numbers(after)["late"] == 1


def test_open_is_counted_apart_and_is_not_late_before_its_limit_has_passed() -> None:
    due = RECEIVED + timedelta(days=14)
    source = source_of(case_facts(stage_fact()))
    on_the_due_day = numbers(source, as_at=due)
    assert on_the_due_day == {"received": 1, "open": 1, "open_at_end": 1}
    day_after = numbers(source, as_at=due + timedelta(days=1))
    assert day_after == {"received": 1, "open": 1, "overdue": 1, "timed": 1, "open_at_end": 1, "overdue_at_end": 1}


def test_a_rate_of_nothing_is_missing_and_not_nought() -> None:
    value = figures(source_of(case_facts(stage_fact()))).value("upheld_rate", Q3)
    assert (value.numerator, value.denominator, value.value, value.missing) == (0, 0, None, True)


def test_what_happened_after_the_day_is_left_out() -> None:
    answered = date(2019, 3, 20)
    source = source_of(case_facts(stage_fact(answered_on=answered, outcome="upheld", outcome_on=answered)))
    assert numbers(source, as_at=REPORT_DAY) == {
        "received": 1, "open": 1, "overdue": 1, "timed": 1, "open_at_end": 1, "overdue_at_end": 1,
    }  # fmt: skip
    assert numbers(source, as_at=answered)["upheld"] == 1


def test_a_withdrawn_complaint_is_neither_open_nor_late_nor_decided() -> None:
    source = source_of(case_facts(stage_fact(withdrawn_on=RECEIVED + timedelta(days=3))))
    assert numbers(source) == {"received": 1, "withdrawn": 1}


def test_withdrawn_or_no_finding_is_not_in_the_base_of_upheld() -> None:
    day = RECEIVED + timedelta(days=3)
    source = source_of(
        case_facts(stage_fact("c1", answered_on=day, outcome="upheld", outcome_on=day)),
        case_facts(stage_fact("c2", answered_on=day, outcome="no-finding", outcome_on=day)),
        case_facts(stage_fact("c3", answered_on=day, outcome="partly-upheld", outcome_on=day)),
        case_facts(stage_fact("c4", answered_on=day)),
        case_facts(stage_fact("c5", withdrawn_on=day)),
    )
    seen = numbers(source)
    assert (seen["received"], seen["upheld_rate"], seen["fault_found_rate"]) == (5, (1, 2), (2, 2))


def test_two_points_of_one_theme_are_one_complaint_about_it() -> None:
    source = source_of(
        case_facts(stage_fact("c1"), themes=("delay", "delay", "rudeness")),
        case_facts(stage_fact("c2"), themes=("delay",)),
    )
    by_theme = figures(source, Asked(("received",), (Q3,), ("theme",)))
    assert [(v.ref.by, v.numerator) for v in by_theme] == [((("theme", "delay"),), 2), ((("theme", "rudeness"),), 1)]
    assert numbers(source)["received"] == 2


def test_the_points_of_a_case_do_not_multiply_its_stages() -> None:
    source = source_of(case_facts(stage_fact(), stage_fact(stage="stage-2"), themes=("a", "b", "c")))
    by_stage = figures(source, Asked(("received",), (Q3,), ("stage",), (("theme", "a"),)))
    assert [v.numerator for v in by_stage] == [1, 1]


def test_a_stage_that_occurs_twice_is_counted_in_the_quarter_of_each() -> None:
    source = source_of(case_facts(stage_fact(), stage_fact(occurrence=2, received_on=date(2019, 1, 2))))
    values = figures(source, Asked(("received",), (Q3, Q3.next)))
    assert [values.value("received", q).numerator for q in (Q3, Q3.next)] == [1, 1]


@pytest.mark.parametrize(
    ("received", "quarter"),
    [
        (date(2018, 9, 30), "Q2 2018/19"),
        (date(2018, 10, 1), "Q3 2018/19"),
        (date(2018, 12, 31), "Q3 2018/19"),
        (date(2019, 1, 1), "Q4 2018/19"),
        (date(2019, 3, 31), "Q4 2018/19"),
        (date(2019, 4, 1), "Q1 2019/20"),
    ],
)
def test_the_first_and_last_day_of_a_quarter_belong_to_it(received: date, quarter: str) -> None:
    source = source_of(case_facts(stage_fact(received_on=received)))
    values = figures(source, Asked(("received",), Quarter.parse("Q2 2019/20").back(6)), as_at=date(2019, 9, 30))
    assert [v.ref.period.label for v in values if v.numerator] == [quarter]


def test_received_and_answered_are_two_cohorts() -> None:
    source = source_of(case_facts(stage_fact(received_on=date(2018, 9, 28), answered_on=date(2018, 10, 5))))
    values = figures(source, Asked(("received", "answered", "answered_in_period"), (Q3.previous, Q3)))
    seen = {(v.ref.figure, v.ref.period.label): v.numerator for v in values}
    assert seen == {
        ("received", "Q2 2018/19"): 1, ("answered", "Q2 2018/19"): 1, ("answered_in_period", "Q2 2018/19"): 0,
        ("received", "Q3 2018/19"): None, ("answered", "Q3 2018/19"): None, ("answered_in_period", "Q3 2018/19"): None,
    }  # fmt: skip


def test_a_quarter_in_which_nothing_was_received_is_without_data() -> None:
    source = source_of(case_facts(stage_fact("c1", received_on=date(2018, 2, 28))), case_facts(stage_fact("c2")))
    values = figures(source, Asked(("received",), Q3.back(4)))
    assert [v.numerator for v in values] == [1, None, None, 1]


def test_a_stage_without_complaints_in_a_quarter_that_has_some_is_nought() -> None:
    source = source_of(case_facts(stage_fact()))
    values = calculate(
        source, [Asked(("received",), (Q3,), ("stage",))], as_at=REPORT_DAY, groups={"stage": ("stage-1", "stage-2")}
    )
    assert [v.numerator for v in values] == [1, 0]


def test_what_is_open_at_the_end_of_a_quarter_is_a_stock_of_all_that_came_before() -> None:
    source = source_of(
        case_facts(stage_fact("old", received_on=date(2018, 5, 1))),
        case_facts(stage_fact("closed", answered_on=date(2018, 12, 31))),
        case_facts(stage_fact("later", answered_on=date(2019, 1, 2))),
        case_facts(stage_fact("after", received_on=date(2019, 1, 1))),
    )
    assert figures(source).value("open_at_end", Q3).numerator == 2


@pytest.mark.parametrize(
    ("dates", "in_time"),
    [
        ({}, 1),
        ({"panel_held_on": date(2018, 11, 20)}, 0),
        ({"panel_held_on": None}, 0),
        ({"panel_report_sent_on": date(2018, 11, 21)}, 0),
        ({"answered_on": date(2018, 12, 11)}, 0),
    ],
)
def test_stage_3_is_in_time_when_all_its_clocks_were_met(dates: dict[str, date | None], in_time: int) -> None:
    stage = {
        "stage": "stage-3", "due_on": date(2018, 12, 10), "due_in_force_on": date(2018, 12, 10),
        "panel_due_on": date(2018, 11, 12), "panel_held_on": date(2018, 11, 12),
        "panel_report_due_on": date(2018, 11, 19), "panel_report_sent_on": date(2018, 11, 19),
        "answered_on": date(2018, 12, 10),
    }  # fmt: skip
    source = source_of(case_facts(stage_fact(**(stage | dates))))
    value = figures(source).value("in_time_rate", Q3)
    assert (value.numerator, value.denominator) == (in_time, 1)


def test_a_panel_that_has_not_met_in_time_is_overdue_though_no_response_is_due_yet() -> None:
    source = source_of(
        case_facts(
            stage_fact(stage="stage-3", due_on=None, due_in_force_on=None, longest_due_on=None,
                       panel_due_on=date(2018, 11, 12))
        )
    )  # fmt: skip
    assert "overdue" not in numbers(source, as_at=date(2018, 11, 12))
    assert numbers(source, as_at=date(2018, 11, 13))["overdue"] == 1


def test_an_enquiry_without_a_date_asked_for_is_in_no_rate_of_timeliness() -> None:
    source = source_of(
        case_facts(
            stage_fact(stage="ombudsman", due_on=None, due_in_force_on=None, longest_due_on=None,
                       answered_on=date(2018, 11, 1))
        )
    )  # fmt: skip
    value = figures(source).value("in_time_rate", Q3)
    assert (value.numerator, value.denominator) == (0, 0)


def test_only_a_valid_extension_moves_the_limit_and_the_initial_limit_is_still_stated() -> None:
    due, longest = RECEIVED + timedelta(days=14), RECEIVED + timedelta(days=28)
    source = source_of(
        case_facts(
            stage_fact("valid", due_in_force_on=longest, extension="valid", extension_on=due, answered_on=longest)
        ),
        case_facts(stage_fact("late", extension="invalid", extension_on=longest, answered_on=longest)),
    )
    seen = numbers(source)
    assert (seen["in_time_rate"], seen["extended"]) == ((1, 2), 1)
    assert figures(source).value("in_initial_time_rate", Q3).numerator == 0


@pytest.mark.parametrize("figure", [i for i, f in CATALOGUE.figures.items() if f.counts is not None])
def test_as_many_rows_stand_behind_a_number_as_it_says(figure: str) -> None:
    day = RECEIVED + timedelta(days=3)
    source = source_of(
        case_facts(stage_fact("c1", answered_on=day, outcome="upheld", outcome_on=day), themes=("a", "a")),
        case_facts(stage_fact("c2", answered_on=date(2019, 2, 1), outcome="not-upheld", outcome_on=date(2019, 2, 1))),
        case_facts(stage_fact("c3", withdrawn_on=day)),
        case_facts(stage_fact("c4", outcome="partly-upheld", outcome_on=day, answered_on=day)),
        case_facts(stage_fact("c5"), stage_fact("c5", stage="stage-2")),
    )
    for where in ((), (("stage", "stage-1"),), (("theme", "a"),)):
        value = figures(source, Asked((figure,), (Q3,), (), where)).value(figure, Q3, **dict(where))
        assert len(keys_behind(source, figure, Q3, as_at=REPORT_DAY, where=where)) == value.numerator


def test_a_group_that_is_asked_for_by_a_name_with_a_quote_is_only_a_name() -> None:
    source = source_of(case_facts(stage_fact(team="o'neill'; drop table stage_fact; --")), case_facts(stage_fact("c2")))
    where = (("team", "o'neill'; drop table stage_fact; --"),)
    assert [v.numerator for v in figures(source, Asked(("received",), (Q3,), (), where))] == [1]


def test_figures_that_are_not_declared_are_refused() -> None:
    source = source_of(case_facts(stage_fact()))
    with pytest.raises(UnknownFigure):
        figures(source, Asked(("recieved",), (Q3,)))
    with pytest.raises(UnknownFigure):
        figures(source, Asked(("received",), (Q3,), ("colour",)))
    with pytest.raises(UnknownFigure):
        figures(source).value("received", Q3.next)
