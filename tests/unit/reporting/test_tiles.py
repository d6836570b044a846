"""The words of the tiles: changes, whole quarters beside an unfinished one, small and missing numbers."""

from datetime import date, timedelta

import pytest

from tests.factories.facts import case_facts, source_of, stage_fact
from tests.unit.reporting.pages import page_of, said
from upheld.facts.model import CaseFacts
from upheld.figures.period import Quarter
from upheld.reporting.dashboard import Selection
from upheld.reporting.links import CaseLinks
from upheld.reporting.presenters.tiles import Tile, tile_groups

Q3 = Quarter(2018, 3)
AFTER = date(2019, 3, 12)


def complaints(quarter: Quarter, count: int, *, answered: int = 0, upheld: int = 0) -> list[CaseFacts]:
    """So many complaints on the quarter's first day, some of them answered on the next, some of those upheld."""
    first = quarter.start
    return [
        case_facts(
            stage_fact(
                f"{quarter.slug}-{number}",
                received_on=first,
                answered_on=first + timedelta(days=1) if number < answered else None,
                outcome=("upheld" if number < upheld else "not-upheld") if number < answered else None,
                outcome_on=first + timedelta(days=1) if number < answered else None,
            )
        )
        for number in range(count)
    ]


def tiles(*cases: CaseFacts, quarter: Quarter = Q3, as_at: date = AFTER) -> dict[str, Tile]:
    page = page_of(source_of(*cases), Selection(quarter, as_at))
    links = CaseLinks("/cases/", quarter, as_at)
    return {tile.label: tile for group in tile_groups(page, links) for tile in group.tiles}


def lines(tile: Tile) -> list[str]:
    return [said(line) for line in tile.comparisons]


def test_a_finished_quarter_is_compared_by_its_change() -> None:
    received = tiles(*complaints(Q3, 51, answered=51), *complaints(Q3.previous, 40))["Received"]
    assert said(received.value) == "51"
    assert said(received.base) == "none of them still open"
    assert lines(received) == ["+11 (28%) on Q2 2018/19", "no data for Q3 2017/18"]


def test_a_fall_and_no_change() -> None:
    cases = [*complaints(Q3, 9), *complaints(Q3.previous, 12), *complaints(Q3.same_of_last_year, 9)]
    assert lines(tiles(*cases)["Received"]) == ["−3 (25%) on Q2 2018/19", "no change on Q3 2017/18"]


def test_no_percentage_of_fewer_than_ten() -> None:
    received = tiles(*complaints(Q3, 12), *complaints(Q3.previous, 9))["Received"]
    assert lines(received)[0] == "+3 on Q2 2018/19"


def test_an_unfinished_quarter_stands_beside_whole_ones_without_a_change() -> None:
    shown = tiles(*complaints(Q3, 5, answered=1), *complaints(Q3.previous, 40), as_at=date(2018, 11, 22))
    assert lines(shown["Received"]) == ["40 in the whole of Q2 2018/19", "no data for Q3 2017/18"]
    assert "Open now" in shown
    assert lines(shown["Open now"])[0] == "+4 (10%) since the end of Q2 2018/19"


def test_a_rate_stands_with_both_counts_and_its_change_in_points() -> None:
    upheld = tiles(
        *complaints(Q3, 51, answered=51, upheld=7), *complaints(Q3.previous, 40, answered=40, upheld=11),
    )["Upheld"]  # fmt: skip
    assert (said(upheld.value), said(upheld.base)) == ("14%", "7 of 51 decided")
    # 7/51 - 11/40 = -13.8 points: from the counts, not from the rounded 14% and 28%.
    assert lines(upheld)[0] == "−14 percentage points on Q2 2018/19"


def test_one_point_is_one_point() -> None:
    cases = [
        *complaints(Q3, 100, answered=100, upheld=51),
        *complaints(Q3.previous, 100, answered=100, upheld=50),
    ]
    assert lines(tiles(*cases)["Upheld"])[0] == "+1 percentage point on Q2 2018/19"


def test_a_rate_of_few_is_its_two_counts() -> None:
    upheld = tiles(*complaints(Q3, 9, answered=9, upheld=2), *complaints(Q3.previous, 40, answered=40))["Upheld"]
    assert (said(upheld.value), said(upheld.base)) == ("2 of 9", "decided")
    assert lines(upheld)[0] == "0 of 40 (0%) in Q2 2018/19"


def test_what_was_upheld_in_part_is_said_beside() -> None:
    partly = stage_fact("p", answered_on=Q3.start, outcome="partly-upheld", outcome_on=Q3.start)
    upheld = tiles(case_facts(partly), *complaints(Q3, 9, answered=9, upheld=2))["Upheld"]
    assert (said(upheld.value), said(upheld.base)) == ("20%", "2 of 10 decided; 1 more in part")


def test_a_rate_of_nothing_is_none_and_not_nought_per_cent() -> None:
    upheld = tiles(*complaints(Q3, 3))["Upheld"]
    assert (said(upheld.value), said(upheld.base)) == ("–", "none decided yet")


def test_a_quarter_without_data_says_so() -> None:
    shown = tiles(*complaints(Q3.previous, 3), quarter=Q3)
    for label in ("Received", "Answered in time", "Upheld", "Open at the end", "Ombudsman enquiries"):
        assert (said(shown[label].value), shown[label].base) == ("no data", ())
    assert lines(shown["Received"])[0] == "no data for Q2 2018/19"


def test_what_is_open_says_how_much_is_past_its_limit() -> None:
    day = Q3.end
    shown = tiles(
        case_facts(stage_fact("late", received_on=day - timedelta(days=30))),
        case_facts(stage_fact("new", received_on=day - timedelta(days=2))),
    )
    assert (said(shown["Open at the end"].value), said(shown["Open at the end"].base)) == ("2", "1 past the limit")


@pytest.mark.parametrize("label", ["Received", "Open at the end", "Stage 2 requests"])
def test_counts_lead_to_their_lists(label: str) -> None:
    second = stage_fact("s", stage="stage-2", received_on=Q3.start)
    tile = tiles(case_facts(second), *complaints(Q3, 3))[label]
    (value,) = tile.value
    assert not isinstance(value, str)
    assert value.href.startswith("/cases/?figure=")
