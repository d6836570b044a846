"""Which entries count once some were taken back, by a reading of the strikings that is not the product's."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.procedure.builders import case, event, received
from upheld.procedure import CorrectionReason, Event, EventKind, History, data_problems, problems, striking

AT = datetime(2024, 6, 1, 12, tzinfo=UTC)


def numbered(*events: Event) -> History:
    return case(*events)


def by_hand(history: History) -> list[int]:
    """The sequences that count: each striking takes effect in turn on a list, and is played back where it is struck."""
    strikes = [e for e in history.events if e.kind is EventKind.ENTRY_STRUCK]

    def effective(strike: Event) -> bool:
        return not any(other.data["sequence"] == strike.sequence and effective(other) for other in strikes)

    places = [e.sequence for e in history.events if e.kind is not EventKind.ENTRY_STRUCK]
    replacing = {e.data["replaced_by"]: e for e in strikes if "replaced_by" in e.data}
    places = [sequence for sequence in places if sequence not in replacing]
    for strike in strikes:
        if effective(strike) and strike.data["sequence"] in places:
            at = places.index(strike.data["sequence"])  # type: ignore[arg-type]
            places[at : at + 1] = [strike.data["replaced_by"]] if "replaced_by" in strike.data else []  # type: ignore[list-item]
    return places


@st.composite
def corrected(draw: st.DrawFn) -> History:
    """A case in which entries are corrected, as often as it goes, never one that does not count any more."""
    events = [
        received("2024-01-08"),
        *(event("meeting-held", "2024-01-15", "stage-1") for _ in range(draw(st.integers(1, 4)))),
    ]
    history = numbered(*events)
    for _ in range(draw(st.integers(0, 6))):
        size = len(history.events)
        target = draw(st.integers(1, size))
        instead = draw(st.booleans())
        strike = striking(
            target, replaced_by=size + 2 if instead else None, reason=CorrectionReason.WRONGLY_ENTERED, at=AT
        )
        more = [strike, event("meeting-held", "2024-02-01", "stage-1")] if instead else [strike]
        after = replace(
            history,
            events=(*history.events, *(replace(e, sequence=size + place) for place, e in enumerate(more, start=1))),
        )
        if not problems(after):
            history = after
    return history


@given(history=corrected())
def test_what_counts_is_what_a_plain_reading_gives(history: History) -> None:
    assert [e.sequence for e in history.standing] == by_hand(history)
    assert all(data_problems(e) == () for e in history.events)


def struck(target: int, *, instead: int | None = None) -> Event:
    return striking(target, replaced_by=instead, reason=CorrectionReason.WRONGLY_ENTERED, at=AT)


MEETING = event("meeting-held", "2024-01-15", "stage-1")


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([struck(2)], "there is no earlier entry 2"),
        ([struck(1), struck(1)], "entry 1 no longer counts already; correct what stands in its place"),
        ([struck(1), struck(2), struck(2)], "entry 2 no longer counts already"),
        ([struck(1), struck(2, instead=4), MEETING], "it can be taken back, and nothing can stand in its place"),
        ([struck(1, instead=9)], "entry 2 is to put entry 9 in place of another, and it cannot"),
        ([MEETING, struck(1, instead=2)], "entry 3 is to put entry 2 in place of another, and it cannot"),
        ([struck(1, instead=3), struck(2)], "entry 3 strikes out another and cannot stand in the place of one"),
    ],
)
def test_what_cannot_be_true_of_corrections(events: list[Event], found: str) -> None:
    assert any(found in problem for problem in problems(numbered(MEETING, *events)))


def test_looking_back_to_a_day_keeps_corrections_made_since() -> None:
    history = numbered(received("2024-01-08"), MEETING, struck(2))
    assert [e.sequence for e in history.up_to(MEETING.on.earliest).standing] == [1]
    later = numbered(
        received("2024-01-08"), MEETING, struck(2, instead=4), event("meeting-held", "2024-03-01", "stage-1")
    )
    assert [e.sequence for e in later.up_to(MEETING.on.earliest).standing] == [1]
    assert [e.sequence for e in later.standing] == [1, 4]
