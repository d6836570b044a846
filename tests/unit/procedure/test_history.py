"""A chronology: reading it, looking back, and what in it cannot be true."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.unit.procedure.builders import case, event, received
from upheld.procedure import Event, EventKind, History, problems

ANSWERED = event("response-sent", "2024-01-15", "stage-1")


def kinds(history: History) -> list[str]:
    return [str(each.kind) for each in history.events]


def test_looking_things_up() -> None:
    history = case(
        received("2024-01-08"),
        ANSWERED,
        event("response-sent", "2024-01-12", "stage-1"),
        event("stage-requested", "2024-02-01", "stage-2"),
        event("response-sent", "2024-03-01", "stage-2", occurrence=2),
    )
    sent = EventKind.RESPONSE_SENT
    assert [each.sequence for each in history.of(sent)] == [2, 3, 5]
    assert [each.sequence for each in history.of(sent, stage="stage-1")] == [2, 3]
    assert [each.sequence for each in history.of(sent, EventKind.STAGE_REQUESTED, stage="stage-2")] == [4, 5]
    assert [each.sequence for each in history.of(sent, occurrence=2)] == [5]
    first = history.first(sent)
    assert first is not None
    assert first.sequence == 3
    assert history.first(EventKind.PANEL_HELD) is None
    assert history.stages() == (("stage-1", 1), ("stage-2", 1), ("stage-2", 2))


def test_what_was_struck_out_does_not_stand() -> None:
    history = case(received("2024-01-08"), ANSWERED, event("entry-struck", "2024-01-20"))
    struck = replace(history, events=(*history.events[:2], replace(history.events[2], data={"sequence": 2})))
    assert [each.sequence for each in struck.standing] == [1]
    assert history.standing == history.events[:2]
    assert struck.first(EventKind.RESPONSE_SENT) is None
    assert case(received("2024-01-08")).standing == case(received("2024-01-08")).events


def test_looking_back_to_a_day() -> None:
    history = case(
        received("2024-01-08"),
        event("response-sent", "2024-01", "stage-1"),
        event("stage-requested", "2024-02-01", "stage-2"),
        event("case-closed", "?"),
    )
    assert kinds(history.up_to(date(2024, 1, 8))) == ["complaint-received", "response-sent", "case-closed"]
    assert kinds(history.up_to(date(2024, 1, 31))) == ["complaint-received", "response-sent", "case-closed"]
    assert kinds(history.up_to(date(2024, 2, 1))) == kinds(history)
    assert kinds(history.up_to(date(2023, 12, 31))) == ["case-closed"]


def test_looking_back_to_what_had_been_recorded() -> None:
    def at(hour: int) -> datetime:
        return datetime(2024, 1, 9, hour, tzinfo=UTC)

    history = case(received("2024-01-08"), ANSWERED, event("case-closed", "2024-01-09"))
    timed = replace(
        history,
        events=(
            replace(history.events[0], recorded_at=at(9)),
            replace(history.events[1], recorded_at=at(11)),
            history.events[2],
        ),
    )
    assert kinds(timed.recorded_by(at(10))) == ["complaint-received", "case-closed"]
    assert kinds(timed.recorded_by(at(11))) == kinds(timed)


@pytest.mark.parametrize(
    ("events", "found"),
    [
        pytest.param([received("2024-01-08"), ANSWERED], [], id="a plain case"),
        pytest.param(
            [event("stage-requested", "2024-05-02", "stage-3"), event("panel-held", "2024-05-01", "stage-3")],
            ["stage-3: panel-held on 2024-05-01 comes before stage-requested on 2024-05-02; check both dates"],
            id="a panel that met before it was asked for",
        ),
        pytest.param(
            [event("stage-requested", "2024-05", "stage-3"), event("panel-held", "2024-05-01", "stage-3")],
            [],
            id="a panel that may have met after it was asked for",
        ),
        pytest.param(
            [received("2024-01-16"), ANSWERED],
            ["stage-1: response-sent on 2024-01-15 comes before complaint-received on 2024-01-16; check both dates"],
            id="an answer before the complaint",
        ),
        pytest.param(
            [received("2024-01-16"), event("stage-requested", "2024-01-15", "stage-2")],
            ["stage-2 was asked for on 2024-01-15, before the complaint was received on 2024-01-16"],
            id="stage 2 before the complaint",
        ),
        pytest.param(
            [event("suspended", "2024-01-16"), event("proceedings-ended", "2024-01-15")],
            ["proceedings-ended on 2024-01-15 comes before suspended on 2024-01-16"],
            id="proceedings that ended before they stopped anything",
        ),
        pytest.param(
            [
                received("2024-01-16"),
                event("later-start-agreed", "2024-01-17", "stage-1", start="2024-01-10", asked_by="complainant"),
            ],
            ["a later start was agreed, and 2024-01-10 is before the complaint was received on 2024-01-16"],
            id="a later start that is earlier",
        ),
        pytest.param(
            [
                received("2024-01-16"),
                event("later-start-agreed", "2024-01-17", "stage-1", start="2024-01-16", asked_by="complainant"),
            ],
            [],
            id="a later start on the same day",
        ),
        pytest.param([event("panel-held", "2024-05-01")], ["panel-held must name its stage"], id="data"),
        pytest.param(
            [
                received("2024-01-08"),
                event("response-sent", "2024-06-01", "stage-1"),
                event("stage-refused", "2024-07-01", "stage-2"),
            ],
            [],
            id="what merely breaks the law is no problem",
        ),
    ],
)
def test_what_cannot_be_true(events: list[Event], found: list[str]) -> None:
    assert list(problems(case(*events))) == found


def test_entries_are_numbered_as_recorded() -> None:
    history = case(received("2024-01-08"), ANSWERED)
    same = replace(history, events=(history.events[0], replace(history.events[1], sequence=1)))
    assert problems(same) == ("entries must be numbered in the order in which they were recorded",)


@pytest.mark.parametrize(("target", "wrong"), [(1, False), (2, True), (3, True), (9, True)])
def test_only_an_earlier_entry_can_be_struck_out(target: int, wrong: bool) -> None:
    history = case(received("2024-01-08"), event("entry-struck", "2024-01-09"), ANSWERED)
    events = (history.events[0], replace(history.events[1], data={"sequence": target}), history.events[2])
    said = problems(replace(history, events=events))
    assert said == (
        (f"an entry can only strike out an earlier one, and there is no earlier entry {target}",) if wrong else ()
    )


def test_nothing_is_recorded_before_it_happens() -> None:
    history = case(received("2024-01-08"))
    early = replace(history.events[0], recorded_at=datetime(2024, 1, 7, 12, tzinfo=UTC))
    same_day = replace(history.events[0], recorded_at=datetime(2024, 1, 8, 0, tzinfo=UTC))
    assert problems(replace(history, events=(early,))) == (
        "complaint-received is dated 2024-01-08, after it was recorded on 2024-01-07",
    )
    assert problems(replace(history, events=(same_day,))) == ()
