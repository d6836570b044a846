"""Kinds of event, what they may carry, and how old ones are read."""

from collections.abc import Mapping
from datetime import date

import pytest

from tests.unit.procedure.builders import dating, event
from upheld.procedure import KINDS, Event, EventError, EventKind, data_problems, upcast
from upheld.procedure.events import UPCASTS, Data, Value, iso_date
from upheld.procedure.kinds import KindSpec


def test_every_kind_is_declared_with_a_meaning() -> None:
    assert set(KINDS) == set(EventKind)
    assert [kind for kind, spec in KINDS.items() if not spec.meaning or spec.version < 1] == []


def test_no_kind_can_hold_a_name_or_free_text() -> None:
    fields = {name for spec in KINDS.values() for name in (*spec.required, *spec.optional)}
    assert fields & {"name", "text", "note", "notes", "description", "comment", "email", "phone", "address"} == set()


@pytest.mark.parametrize(
    ("made", "problems"),
    [
        (event("panel-held", "2024-01-01", "stage-3"), ()),
        (event("panel-held", "2024-01-01"), ("panel-held must name its stage",)),
        (
            event("stage-1-skipped", "2024-01-01", occurrence=0),
            ("stage-1-skipped: occurrences are counted from 1, not 0",),
        ),
        (event("team-assigned", "2024-01-01", team="T1", service="S1"), ()),
        (event("team-assigned", "2024-01-01"), ("team-assigned needs team",)),
        (event("team-assigned", "2024-01-01", team=None), ("team-assigned needs team",)),
        (event("team-assigned", "2024-01-01", team=3), ("team-assigned: team must be a text code",)),
        (event("team-assigned", "2024-01-01", team="T1", colour="red"), ("team-assigned has no field called colour",)),
        (event("point-raised", "2024-01-01", point="1"), ("point-raised: point must be a whole number",)),
        (event("point-raised", "2024-01-01", point=True), ("point-raised: point must be a whole number",)),
        (
            event("point-raised", "2024-01-01", point=1, grounds="2024-02-30"),
            ("point-raised: grounds must be a date (YYYY-MM-DD)",),
        ),
        (event("point-raised", "2024-01-01", point=1, grounds="2024-02-29"), ()),
        (
            event("point-raised", "2024-01-01", point=1, grounds=20240229),
            ("point-raised: grounds must be a date (YYYY-MM-DD)",),
        ),
        (
            event("complaint-received", "2024-01-01", "stage-1", oral="yes"),
            ("complaint-received: oral must be a yes or no",),
        ),
        (event("complaint-received", "2024-01-01", "stage-1", oral=None), ()),
    ],
)
def test_what_is_wrong_with_an_event_is_named(made: Event, problems: tuple[str, ...]) -> None:
    assert data_problems(made) == problems


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-02-30", None),
        ("soon", None),
        (20240229, None),
        (None, None),
        (True, None),
    ],
)
def test_dates_in_data(value: Value, day: date | None) -> None:
    assert iso_date(value) == day


def newest(version: int) -> Mapping[EventKind, KindSpec]:
    return {**KINDS, EventKind.TEAM_ASSIGNED: KindSpec("moved", version, required={"team": str, "area": str})}


def to_two(data: Data) -> Data:
    return {**data, "service": data.get("department")}


def to_three(data: Data) -> Data:
    return {"team": data["team"], "area": data["service"]}


STEPS = {(EventKind.TEAM_ASSIGNED, 1): to_two, (EventKind.TEAM_ASSIGNED, 2): to_three}


def test_an_old_event_is_brought_up_step_by_step() -> None:
    old = event("team-assigned", "2024-01-01", team="T1", department="D1")
    new = upcast(old, STEPS, newest(3))
    assert (new.version, dict(new.data), new.on, new.kind) == (3, {"team": "T1", "area": "D1"}, old.on, old.kind)
    half = Event(kind=old.kind, on=old.on, data={"team": "T1", "service": "S1"}, version=2)
    assert dict(upcast(half, STEPS, newest(3)).data) == {"team": "T1", "area": "S1"}


def test_an_event_of_the_present_version_is_left_alone() -> None:
    made = event("team-assigned", "2024-01-01", team="T1")
    assert upcast(made) is made


def test_every_version_of_every_kind_can_be_read() -> None:
    steps = {(kind, version) for kind, spec in KINDS.items() for version in range(1, spec.version)}
    assert steps == set(UPCASTS)


def test_a_striking_of_the_first_version_had_no_reason() -> None:
    old = Event(kind=EventKind.ENTRY_STRUCK, on=dating("2024-01-01"), data={"sequence": 1})
    assert data_problems(old) == ()
    assert (upcast(old).version, dict(upcast(old).data)) == (2, {"sequence": 1, "reason": "not-said"})


def test_an_event_from_a_newer_installation_is_refused() -> None:
    made = Event(kind=EventKind.TEAM_ASSIGNED, on=dating("2024-01-01"), data={"team": "T1"}, version=2)
    with pytest.raises(
        EventError, match="team-assigned is recorded in version 2, and this installation knows version 1"
    ):
        upcast(made)


def test_a_missing_step_is_refused() -> None:
    made = event("team-assigned", "2024-01-01", team="T1")
    with pytest.raises(EventError, match="team-assigned version 1 cannot be read: no step to the next version"):
        upcast(made, {}, newest(2))


def test_an_event_holds_nothing_unless_told() -> None:
    made = Event(kind=EventKind.CASE_CLOSED, on=dating("2024-01-01"))
    assert (dict(made.data), made.stage, made.occurrence, made.version, made.sequence) == ({}, None, 1, 1, 0)
    assert (made.recorded_at, made.recorded_by) == (None, None)
