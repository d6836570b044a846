"""Numbers in words: none, one and many; rates with their base; changes from the counts."""

import pytest

from upheld.figures.model import Change, FigureRef, FigureValue, Kind
from upheld.figures.period import Quarter
from upheld.narrative.report import Number, Runs, plain
from upheld.narrative.words import count, difference, growth, out_of, points, share, trimmed, was

NOW, BEFORE = Quarter(2018, 3), Quarter(2018, 2)


def rate(upper: int | None, base: int | None, quarter: Quarter = NOW) -> FigureValue:
    return FigureValue(FigureRef("r", quarter), Kind.RATE, upper, base)


def number(value: int | None, quarter: Quarter = NOW) -> FigureValue:
    return FigureValue(FigureRef("c", quarter), Kind.COUNT, value)


def change(now: int | None, before: int | None) -> Change:
    return Change(number(now), number(before, BEFORE))


@pytest.mark.parametrize(
    ("upper", "base", "words"),
    [
        (7, 51, "7 of 51 (14%)"),
        (11, 40, "11 of 40 (28%)"),
        (1, 9, "1 of 9"),
        (0, 10, "0 of 10 (0%)"),
        (0, 0, "none to count"),
        (None, None, "no data"),
    ],
)
def test_a_rate_carries_its_base_and_a_per_cent_only_of_ten_or_more(
    upper: int | None, base: int | None, words: str
) -> None:
    assert plain(share(rate(upper, base))) == words


@pytest.mark.parametrize(
    ("upper", "base", "words"),
    [
        (7, 51, "Of the 51 decided, 7 (14%) were upheld"),
        (1, 51, "Of the 51 decided, 1 (2%) was upheld"),
        (0, 3, "Of the 3 decided, none was upheld"),
        (1, 1, "The one decided was upheld"),
        (0, 1, "The one decided was not upheld"),
    ],
)
def test_a_sentence_of_how_many_out_of_how_many(upper: int, base: int, words: str) -> None:
    value = rate(upper, base)
    assert plain((*out_of(value, "decided"), was(value), " upheld")) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(51, 40, "11 more"), (4, 5, "1 fewer"), (3, 3, "as many"), (3, None, ""), (None, 3, "")],
)
def test_a_change_in_number(now: int | None, before: int | None, words: str) -> None:
    assert plain(difference(change(now, before))) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(51, 40, "up 28%"), (30, 40, "down 25%"), (40, 40, ""), (4, 5, ""), (11, 9, ""), (11, 0, "")],
)
def test_a_change_in_per_cent_needs_a_base_of_ten(now: int, before: int, words: str) -> None:
    assert plain(growth(change(now, before))) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ((23, 51), (11, 40), "up 18 percentage points"),
        ((10, 40), (11, 40), "down 3 percentage points"),
        ((1, 100), (0, 100), "up 1 percentage point"),
        ((2, 8), (11, 40), ""),
        ((100, 1000), (101, 1000), "unchanged to the nearest percentage point"),
    ],
)
def test_a_change_of_a_rate_is_in_percentage_points(now: tuple[int, int], before: tuple[int, int], words: str) -> None:
    assert plain(points(Change(rate(*now), rate(*before, BEFORE)))) == words


def test_every_number_in_the_words_keeps_the_id_of_its_figure() -> None:
    def ids(runs: Runs) -> list[tuple[str, int]]:
        return [(run.id, run.value) for run in runs if isinstance(run, Number)]

    assert ids(share(rate(7, 51))) == [
        ("r@Q3 2018/19#numerator", 7), ("r@Q3 2018/19#denominator", 51), ("r@Q3 2018/19#value", 14),
    ]  # fmt: skip
    assert ids(difference(change(4, 5))) == [("c@Q3 2018/19~Q2 2018/19#change", -1)]
    assert ids(growth(change(51, 40))) == [("c@Q3 2018/19~Q2 2018/19#change-percent", 28)]
    assert ids((count(number(0), zero="none"),)) == [("c@Q3 2018/19#value", 0)]


def test_a_sentence_that_nothing_follows_ends_at_its_stop() -> None:
    assert trimmed(("It ended. ", " ")) == ("It ended.",)
    assert trimmed((" ",)) == ()
