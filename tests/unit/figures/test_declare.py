"""A figure that cannot be sound is refused when it is declared."""

import pytest

from upheld.figures.declare import Cohort, UnsoundFigure, catalogue, count, rate
from upheld.figures.definitions import CATALOGUE
from upheld.figures.model import UnknownFigure

A = count("a", "A", "Counts a.", lambda rows: rows.received)
B = count("b", "B", "Counts b.", lambda rows: rows.answered, cohort=Cohort.ANSWERED)


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ((A, A), "declared twice"),
        ((count("c", "C", "no sentence", lambda rows: rows.received),), "whole sentences"),
        ((A, rate("r", "R", "A of c.", of="a", out_of="c")), "not a count declared before it"),
        ((A, B, rate("r", "R", "A of b.", of="a", out_of="b")), "mixes cohorts"),
    ],
)
def test_unsound_declarations_are_refused(figures: tuple[object, ...], message: str) -> None:
    with pytest.raises(UnsoundFigure, match=message):
        catalogue(figures, ())  # type: ignore[arg-type]


def test_the_ids_that_published_reports_use_are_of_the_cohort_received() -> None:
    assert {CATALOGUE.figure(i).cohort for i in ("received", "upheld", "in_time")} == {Cohort.RECEIVED}


def test_an_unknown_figure_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownFigure, match=r"There is no figure “recieved”\. There are: received, "):
        CATALOGUE.figure("recieved")
    with pytest.raises(UnknownFigure, match="Figures cannot be broken down by “colour”"):
        CATALOGUE.dimension("colour")
