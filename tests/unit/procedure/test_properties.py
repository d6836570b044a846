"""What holds of every case, however odd."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.procedure.builders import event, received
from tests.unit.procedure.strategies import cases, chronologies, datings, days, events
from upheld.procedure import (
    KINDS,
    PACKS,
    Calendar,
    ClockRun,
    Dating,
    Event,
    EventKind,
    History,
    Holiday,
    PackError,
    Standing,
    clock_runs,
    duties,
    faults,
    load_calendar,
    load_pack,
    moved_limits,
    moves,
    points,
    problems,
    standings,
    state_of,
)
from upheld.procedure.answers import assessment_answer
from upheld.procedure.assess import assess
from upheld.procedure.calendar import KnownBy
from upheld.procedure.chronology import ChronologyError, read_chronology
from upheld.procedure.clocks import ExtensionState
from upheld.procedure.limits import limit_from
from upheld.procedure.moves import SAME
from upheld.procedure.rules import Owner

CALENDAR = load_calendar()
PACK = load_pack()
RULE = PACK.clock("stage-1-response")
HOLIDAYS = {holiday.day for holiday in CALENDAR.holidays}


def key(run: ClockRun) -> tuple[str, int, int | None]:
    return run.clock, run.occurrence, run.item


@given(days, st.integers(-60, 130))
def test_the_nth_working_day_is_one_and_is_counted_back(start: date, n: int) -> None:
    end = CALENDAR.nth_working_day(start, n)
    if n:
        assert CALENDAR.is_working_day(end)
    if n > 0:
        assert end > start
        assert CALENDAR.working_days_after(start, end) == n
    if n < 0:
        assert end < start
        assert CALENDAR.nth_working_day(end, -n) == (
            start if CALENDAR.is_working_day(start) else CALENDAR.nth_working_day(start, 1)
        )


@given(days, st.integers(1, 70))
def test_weekends_and_holidays_never_count(start: date, n: int) -> None:
    trace = CALENDAR.trace(start, n)
    assert [day.number for day in trace if day.number is not None] == list(range(1, n + 1))
    assert {
        day.day for day in trace if day.number is not None and (day.day.weekday() > 4 or day.day in HOLIDAYS)
    } == set()
    assert [day.day for day in trace] == [start + timedelta(days=step) for step in range(1, len(trace) + 1)]
    assert all((day.number is None) is (day.why_not is not None) for day in trace)


@given(datings(), st.integers(1, 60), st.integers(1, 60))
def test_a_longer_limit_never_comes_due_sooner(start: Dating, length: int, more: int) -> None:
    short, long = (limit_from(start, days, RULE, CALENDAR) for days in (length, length + more))
    if start.is_known:
        assert short.earliest < long.earliest
        assert short.latest < long.latest
    else:
        assert short == long == start


@given(days, days, st.integers(1, 60))
def test_a_later_start_never_comes_due_sooner(first: date, second: date, length: int) -> None:
    early, late = (limit_from(Dating.day(day), length, RULE, CALENDAR) for day in sorted((first, second)))
    assert early.earliest <= late.earliest


@given(cases())
def test_limits_are_in_order_and_an_extension_never_shortens(history: History) -> None:
    for run in clock_runs(history, PACK, CALENDAR):
        if run.due is None or run.due_in_force is None or run.longest_due is None or not run.due.is_known:
            continue
        assert run.due.earliest <= run.due_in_force.earliest <= run.longest_due.earliest
        assert run.due.latest <= run.due_in_force.latest <= run.longest_due.latest
        if run.extension.state in (ExtensionState.NONE, ExtensionState.INVALID):
            assert run.due_in_force == run.due


@given(cases(), st.lists(events(), max_size=6), days)
def test_what_comes_later_never_changes_an_earlier_day(history: History, later: list[Event], on: date) -> None:
    """A striking apart: it does not happen, but says what had happened."""
    added = tuple(
        replace(each, sequence=len(history.events) + place)
        for place, each in enumerate(later, 1)
        if each.on.is_known and each.on.earliest > on and each.kind is not EventKind.ENTRY_STRUCK
    )
    longer = History(history.case, history.pack, (*history.events, *added))
    assert standings(history, PACK, CALENDAR, on=on) == standings(longer, PACK, CALENDAR, on=on)
    assert duties(history, PACK, CALENDAR, on=on) == duties(longer, PACK, CALENDAR, on=on)
    assert moves(history, PACK, CALENDAR, on=on) == moves(longer, PACK, CALENDAR, on=on)
    assert faults(history, PACK, CALENDAR, on=on) == faults(longer, PACK, CALENDAR, on=on)


@given(cases(), st.lists(events(), max_size=6), days)
def test_what_is_recorded_later_never_changes_what_was_known(history: History, later: list[Event], on: date) -> None:
    """Nothing at all apart: neither what is dated back, nor a correction."""
    moment = datetime(2027, 7, 1, 12, tzinfo=UTC)
    known = replace(history, events=tuple(replace(each, recorded_at=moment) for each in history.events))
    added = tuple(
        replace(each, sequence=len(history.events) + place, recorded_at=moment + timedelta(minutes=place))
        for place, each in enumerate(later, 1)
    )
    longer = replace(known, events=(*known.events, *added)).recorded_by(moment)
    assert standings(known, PACK, CALENDAR, on=on) == standings(longer, PACK, CALENDAR, on=on)
    assert faults(known, PACK, CALENDAR, on=on) == faults(longer, PACK, CALENDAR, on=on)


@settings(max_examples=60)
@given(cases(), days, st.integers(1, 300))
def test_a_holiday_proclaimed_later_never_changes_an_earlier_day(history: History, on: date, ahead: int) -> None:
    day = on + timedelta(days=ahead)
    assume(day not in HOLIDAYS and day.weekday() < 5)
    proclaimed = Holiday(day, "A surprise", KnownBy.ANNOUNCEMENT, on + timedelta(days=1))
    changed = Calendar(
        id=CALENDAR.id, title=CALENDAR.title, version="later", first=CALENDAR.first, last=CALENDAR.last,
        published=[*CALENDAR.published, proclaimed],
    )  # fmt: skip
    assert standings(history, PACK, CALENDAR, on=on) == standings(history, PACK, changed, on=on)
    for moved in moved_limits(history, PACK, CALENDAR, changed, on=on):
        before, after = (
            moved.before.longest_due or moved.before.due_in_force,
            moved.after.longest_due or moved.after.due_in_force,
        )
        if (
            before is not None
            and after is not None
            and moved.before.unit == "working-day"
            and moved.before.clock != "panel-papers"
        ):
            assert before.latest <= after.latest


@given(days)
def test_a_clock_met_on_its_due_day_is_met_and_a_day_later_is_missed(on: date) -> None:
    (run,) = [
        each
        for each in clock_runs(History("x", PACK.id, (received(on.isoformat()),)), PACK, CALENDAR)
        if each.clock == "stage-1-response"
    ]
    assert run.due is not None
    due = run.due.earliest
    for answered, expected in ((due, Standing.MET), (due + timedelta(days=1), Standing.MISSED)):
        history = History(
            "x", PACK.id, (received(on.isoformat()), event("response-sent", answered.isoformat(), "stage-1"))
        )
        found = {each.run.clock: each.state for each in standings(history, PACK, CALENDAR, on=answered)}
        assert found["stage-1-response"] is expected


@given(cases(), datings(), days)
def test_suspension_never_shortens(history: History, when: Dating, on: date) -> None:
    halted = Event(kind=EventKind.SUSPENDED, on=when, data={"prejudice": True}, sequence=99)
    suspended = History(history.case, history.pack, (*history.events, halted))
    before = {key(run): run for run in clock_runs(history, PACK, CALENDAR)}
    after = {key(run): run for run in clock_runs(suspended, PACK, CALENDAR)}
    assert set(before) == set(after)
    for name, run in before.items():
        assert (run.due, run.due_in_force, run.longest_due) == (
            after[name].due,
            after[name].due_in_force,
            after[name].longest_due,
        )
    stood = {key(each.run): each.state for each in standings(history, PACK, CALENDAR, on=on)}
    stands = {key(each.run): each.state for each in standings(suspended, PACK, CALENDAR, on=on)}
    assert {
        name for name, state in stands.items() if state is Standing.MISSED and stood[name] is not Standing.MISSED
    } == set()


@given(st.sampled_from(PACKS).flatmap(lambda pack: st.tuples(st.just(pack), cases(pack))), days)
def test_every_sequence_of_events_gets_an_answer_or_a_clear_error(drawn: tuple[str, History], on: date) -> None:
    pack, history = load_pack(drawn[0]), drawn[1]
    assert all(problems(history))
    received_on = [each.on for each in history.of(EventKind.COMPLAINT_RECEIVED) if each.on.is_known]
    if any(each.earliest < pack.valid_from for each in received_on):
        # A case that may be older than its procedure is answered, or refused in words.
        with suppress(PackError):
            standings(history, pack, CALENDAR, on=on)
        return
    assert all(each.reasons for each in standings(history, pack, CALENDAR, on=on))
    owed = duties(history, pack, CALENDAR, on=on)
    assert [each for each in owed if each.arose.is_known and each.arose.earliest > on] == []
    assert state_of(history, pack) in pack.states
    assert len(moves(history, pack, CALENDAR, on=on)) == len(pack.moves)
    wrong = faults(history, pack, CALENDAR, on=on)
    assert [fault for fault in wrong if not (fault.sure or fault.settles or fault.explained)] == []
    assert len({each.point for each in points(history, pack, CALENDAR, on=on)}) <= 3


ENDS = {state.code for state in PACK.states if state.ended}
# Ends and what leads to them without a second complaint or the Ombudsman.
WAY_TO_AN_END = {state.code for state in PACK.states} - {"ombudsman", "ombudsman-decided", "contact"}


def _filling(kind: type) -> str | int | bool:
    return {int: 1, bool: True, date: "2024-03-04"}.get(kind, "complainant")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_move_allowed_leads_on_to_an_end(data: st.DataObject) -> None:
    on = date(2024, 1, 8)
    history = History("walk", PACK.id, ())
    for _ in range(data.draw(st.integers(1, 8))):
        options = [each.rule for each in moves(history, PACK, CALENDAR, on=on) if each.allowed]
        assert options
        move = data.draw(st.sampled_from(options))
        before = state_of(history, PACK)
        made = Event(
            kind=move.event,
            on=Dating.day(on),
            stage=move.stage or "stage-1",
            data=dict(move.where),
            sequence=len(history.events) + 1,
        )
        history = replace(history, events=(*history.events, made))
        after = state_of(history, PACK)
        assert after.code == (before.code if move.target == SAME else move.target)
        on += timedelta(days=data.draw(st.integers(0, 9)))
    reached, grown = {state_of(history, PACK).code}, True
    while grown:
        size = len(reached)
        reached |= {move.target for move in PACK.moves if reached & set(move.sources) and move.target != SAME}
        grown = len(reached) > size
    assert reached & ENDS


@given(chronologies())
def test_every_chronology_gets_an_answer_or_a_clear_error(line: dict[str, Any]) -> None:
    undated = line["decided_on"] is None and all(each["date"] == "approx" for each in line["events"])
    if undated:
        with pytest.raises(ChronologyError, match="so there is no day to assess it on"):
            read_chronology(line)
        return
    chronology = read_chronology(line)
    answer = assessment_answer(assess(chronology, CALENDAR))
    codes = [fault["code"] for fault in answer["faults"]]
    assert len(codes) == len(set(codes))
    assert [fault for fault in answer["faults"] if not fault["why"] or not fault["provision"]] == []
    if line["procedure"] != "children-statutory":
        agreed = {"ombudsman-agreed-action", "remedy-implementation"}
        assert {fault["code"] for fault in answer["faults"] if fault["sure"]} <= agreed


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_case_that_ended_by_steps_allowed_and_in_time_owes_nothing(data: st.DataObject) -> None:
    """The clocks and the moves agree: what may end a stage ends its limit. An Ombudsman's decision ends no stage."""
    on = date(2024, 1, 8)
    history = History("walk", PACK.id, (received("2024-01-08"),))
    for place in range(2, 12):
        options = [each.rule for each in moves(history, PACK, CALENDAR, on=on) if each.allowed]
        onward = [move for move in options if move.target in WAY_TO_AN_END or move.target == SAME]
        move = data.draw(st.sampled_from(onward))
        filled = {name: _filling(kind) for name, kind in KINDS[move.event].required.items()} | dict(move.where)
        made = Event(kind=move.event, on=Dating.day(on), stage=move.stage or "stage-1", data=filled, sequence=place)
        history = replace(history, events=(*history.events, made))
        if state_of(history, PACK).ended:
            break
        on += timedelta(days=data.draw(st.integers(0, 1)))
    assume(state_of(history, PACK).ended)
    late = standings(history, PACK, CALENDAR, on=date(2027, 6, 30))
    missed = [each.run.clock for each in late if each.state is Standing.MISSED and each.run.owner is Owner.AUTHORITY]
    assert missed == []


def test_there_are_ends() -> None:
    assert len(ENDS) == 8


@pytest.mark.parametrize("pack", PACKS)
def test_an_empty_case_has_no_clocks_duties_or_faults(pack: str) -> None:
    empty = History("empty", pack, ())
    loaded = load_pack(pack)
    on = date(2026, 7, 1)
    assert standings(empty, loaded, CALENDAR, on=on) == ()
    assert duties(empty, loaded, CALENDAR, on=on) == ()
    assert faults(empty, loaded, CALENDAR, on=on) == ()
    assert [option.rule.id for option in moves(empty, loaded, CALENDAR, on=on) if option.allowed][:1] == ["receive"]
