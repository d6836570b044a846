"""A holiday proclaimed late: the open limits are counted again, and what is past stays."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.procedure.builders import case, event, received
from upheld.procedure import Event, load_calendar, load_pack, moved_limits

AFTER = load_calendar()
BEFORE = AFTER.as_known(date(2022, 9, 9))


# The answer has opened the time for asking for stage 2, which a holiday moves too.
ASKING = [("stage-2-request", "2022-10-14", "2022-10-17")]


def moved(on: str, *events: Event) -> list[tuple[str, str, str]]:
    found = moved_limits(case(*events), load_pack(), BEFORE, AFTER, on=date.fromisoformat(on))
    return [(each.before.clock, str(each.limits[0]), str(each.limits[1])) for each in found]


@pytest.mark.parametrize(
    ("on", "events", "expected"),
    [
        ("2022-09-10", [received("2022-09-09")], [("stage-1-response", "2022-09-23", "2022-09-26")]),
        ("2022-09-23", [received("2022-09-09")], [("stage-1-response", "2022-09-23", "2022-09-26")]),
        ("2022-10-07", [received("2022-09-09")], [("stage-1-response", "2022-09-23", "2022-09-26")]),
        ("2022-10-08", [received("2022-09-09")], []),
        ("2022-09-10", [received("2022-08-01")], []),
        ("2022-09-14", [received("2022-09-09"), event("response-sent", "2022-09-14", "stage-1")], ASKING),
        (
            "2022-09-13",
            [received("2022-09-09"), event("response-sent", "2022-09-14", "stage-1")],
            [("stage-1-response", "2022-09-23", "2022-09-26")],
        ),
        (
            "2022-09-10",
            [
                event("stage-requested", "2022-08-15", "stage-2"),
                event("delay-notice-sent", "2022-09-08", "stage-2", promised="2022-10-14"),
            ],
            # The promised day stands; the limits around it move.
            [("stage-2-response", "2022-10-14", "2022-10-14")],
        ),
        ("2022-09-10", [received("?")], []),
    ],
)
def test_what_a_late_proclamation_moves(on: str, events: list[Event], expected: list[tuple[str, str, str]]) -> None:
    assert moved(on, *events) == expected


def test_the_same_calendar_moves_nothing() -> None:
    assert moved_limits(case(received("2022-09-09")), load_pack(), AFTER, AFTER, on=date(2022, 9, 10)) == ()


def test_only_what_moved_is_said() -> None:
    history = case(received("2022-09-09"), event("stage-requested", "2022-06-01", "stage-3"))
    (limit,) = moved_limits(history, load_pack(), BEFORE, AFTER, on=date(2022, 9, 10))
    assert limit.after == replace(
        limit.before, due=limit.after.due, due_in_force=limit.after.due_in_force, longest_due=limit.after.longest_due
    )
