"""What a correction moves, worked out from two histories."""

from dataclasses import replace
from datetime import date

from tests.unit.procedure.builders import case, event, received
from upheld.facts import MovedColumn, effect
from upheld.procedure import Dating, Standing, load_calendar, load_pack

PACK = load_pack("children-england-2006")
CALENDAR = load_calendar(PACK.calendar)
ON = date(2024, 6, 3)
BEFORE = case(
    received("2024-01-08"),
    event("point-raised", "2024-01-08", "stage-1", point=1, theme="delay"),
    event("response-sent", "2024-01-20", "stage-1"),
)


def test_nothing_moves_between_equal_histories() -> None:
    assert not effect(BEFORE, BEFORE, PACK, CALENDAR, on=ON)


def test_a_later_answer_moves_the_days_and_how_the_limit_stands() -> None:
    later = replace(BEFORE.events[2], on=Dating.day(date(2024, 1, 31)))
    moved = effect(BEFORE, replace(BEFORE, events=(*BEFORE.events[:2], later)), PACK, CALENDAR, on=ON)
    assert moved.columns[0] == MovedColumn("stage-1", 1, None, "answered_on", date(2024, 1, 20), date(2024, 1, 31))
    (limit,) = [each for each in moved.standings if each.clock == "stage-1-response"]
    assert (limit.before, limit.after, limit.due_before) == (Standing.MET, Standing.MISSED, limit.due_after)


def test_a_point_that_goes_and_a_stage_that_comes_are_told_as_such() -> None:
    asked = replace(event("stage-requested", "2024-02-05", "stage-2"), sequence=4)
    after = replace(BEFORE, events=(BEFORE.events[0], BEFORE.events[2], asked))
    columns = effect(BEFORE, after, PACK, CALENDAR, on=ON).columns
    assert MovedColumn("stage-1", 1, 1, "", before=True, after=False) in columns
    assert MovedColumn("stage-2", 1, None, "", before=False, after=True) in columns


def test_a_finding_moves_its_point() -> None:
    found = replace(event("finding-recorded", "2024-01-20", "stage-1", point=1, finding="upheld"), sequence=4)
    after = replace(BEFORE, events=(*BEFORE.events, found))
    assert effect(BEFORE, after, PACK, CALENDAR, on=ON).columns == (
        MovedColumn("stage-1", 1, 1, "finding", None, "upheld"),
    )
