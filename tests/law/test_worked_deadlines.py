"""The forty-seven deadlines of the reference, each worked out by hand before the clocks were written."""

import pytest

from upheld.procedure import clock_runs, load_calendar, load_pack
from upheld.procedure.worked import WorkedDeadline, worked_deadlines

DEADLINES = worked_deadlines()


def name(deadline: WorkedDeadline) -> str:
    return f"{deadline.number}: {deadline.title}"


def test_all_forty_seven_are_there() -> None:
    assert [deadline.number for deadline in DEADLINES] == list(range(1, 48))


@pytest.mark.parametrize("deadline", DEADLINES, ids=name)
def test_deadline(deadline: WorkedDeadline) -> None:
    runs = {run.clock: run for run in clock_runs(deadline.history, load_pack(deadline.pack), load_calendar())}
    for expected in deadline.expected:
        run = runs[expected.clock]
        found = {
            "start": run.start and run.start.exact,
            "due": run.due and run.due.exact,
            "in_force": run.due_in_force and run.due_in_force.exact,
            "longest": run.longest_due and run.longest_due.exact,
        }
        wanted = {key: getattr(expected, key) for key in found if getattr(expected, key) is not None}
        assert {key: found[key] for key in wanted} == wanted


@pytest.mark.parametrize("deadline", [each for each in DEADLINES if each.count], ids=name)
def test_count_on_the_way(deadline: WorkedDeadline) -> None:
    run = next(
        run
        for run in clock_runs(deadline.history, load_pack(deadline.pack), load_calendar())
        if run.clock == deadline.expected[0].clock
    )
    assert run.start is not None
    assert run.start.exact is not None
    last = max(number for number, _ in deadline.count)
    counted = {day.number: day.day for day in load_calendar().trace(run.start.exact, last)}
    assert [(number, counted[number]) for number, _ in deadline.count] == list(deadline.count)


@pytest.mark.parametrize("deadline", [each for each in DEADLINES if each.before], ids=name)
def test_what_was_expected_before_the_holiday_was_known(deadline: WorkedDeadline) -> None:
    assert deadline.before is not None
    calendar = load_calendar().as_known(deadline.before["on"])
    runs = {run.clock: run for run in clock_runs(deadline.history, load_pack(deadline.pack), calendar)}
    due = runs[deadline.before["clock"]].due
    assert due is not None
    assert due.exact == deadline.before["due"]
