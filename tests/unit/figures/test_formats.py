"""The same values in every form: JSON, CSV, a table, and side by side with earlier quarters."""

import csv
import io
import json
from datetime import date

from tests.factories.facts import case_facts, source_of, stage_fact
from upheld.figures import formats
from upheld.figures.definitions import CATALOGUE
from upheld.figures.model import FigureSet
from upheld.figures.period import Quarter
from upheld.figures.questions import ask

Q3 = Quarter(2018, 3)


def _figures(**asked: object) -> FigureSet:
    day = date(2018, 10, 5)
    cases = [
        case_facts(stage_fact("c1", team="=cmd()", answered_on=day, outcome="upheld", outcome_on=day)),
        case_facts(stage_fact("c2", team="=cmd()", answered_on=day, outcome="not-upheld", outcome_on=day)),
        case_facts(stage_fact("c3", received_on=date(2018, 7, 2))),
    ]
    return ask(source_of(*cases), Q3, as_at=date(2019, 3, 12), **asked)  # type: ignore[arg-type]


def test_json_is_a_list_of_values_with_their_counts() -> None:
    figures = _figures(figures=("received", "upheld_rate"), by=("stage",), stage="stage-1", quarters=2)
    assert json.loads(formats.as_json(figures, ("stage",))) == [
        {"figure": "received", "period": "Q2 2018/19", "by": {"stage": "stage-1"}, "value": 1, "numerator": 1,
         "denominator": None},
        {"figure": "upheld_rate", "period": "Q2 2018/19", "by": {"stage": "stage-1"}, "value": None, "numerator": 0,
         "denominator": 0},
        {"figure": "received", "period": "Q3 2018/19", "by": {"stage": "stage-1"}, "value": 2, "numerator": 2,
         "denominator": None},
        {"figure": "upheld_rate", "period": "Q3 2018/19", "by": {"stage": "stage-1"}, "value": 50, "numerator": 1,
         "denominator": 2},
    ]  # fmt: skip


def test_a_filter_is_not_a_group() -> None:
    (value,) = json.loads(formats.as_json(_figures(figures=("received",), stage="stage-1"), ()))
    assert value["by"] == {}


def test_csv_has_a_column_for_each_dimension_and_no_formula() -> None:
    text = formats.as_csv(_figures(figures=("received",), by=("team",)), ("team",))
    assert list(csv.DictReader(io.StringIO(text))) == [
        {"figure": "received", "period": "Q3 2018/19", "team": "'=cmd()", "value": "2", "numerator": "2",
         "denominator": ""},
    ]  # fmt: skip


def test_a_table_shows_a_rate_with_its_counts_and_says_where_there_is_no_data() -> None:
    text = formats.as_table(_figures(figures=("received", "upheld_rate"), quarters=3), ())
    assert text == (
        "Figure                    Q1 2018/19  Q2 2018/19  Q3 2018/19\n"
        "Received                     no data           1           2\n"
        "Upheld, of those decided     no data           –   50% (1/2)\n"
    )


def test_a_comparison_gives_the_change_in_number_and_in_points() -> None:
    text = formats.as_comparison(_figures(figures=("received", "upheld_rate"), quarters=5), (), Q3)
    assert text == (
        "Figure                    Q3 2018/19  Q2 2018/19      Change  Q3 2017/18  Change\n"
        "Received                           2           1  +1 (+100%)     no data       –\n"
        "Upheld, of those decided   50% (1/2)           –           –     no data       –\n"
    )


def test_the_list_of_definitions_has_every_figure_and_dimension() -> None:
    text = formats.as_definitions()
    for figure in CATALOGUE.figures.values():
        assert f"{figure.id}: {figure.label} (" in text
        assert figure.definition in text
    for dimension in CATALOGUE.dimensions.values():
        assert f"  {dimension.id}: {dimension.label}\n" in text
