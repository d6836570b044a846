"""The hash chain: the same bytes for the same entry, always, and other bytes for any other."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.cases import chain
from upheld.procedure import Dating, Event, EventKind

CASE = UUID("0f5b1a6e-6f9e-4a4b-9a51-3a9f0b6a1c11")
SOURCE = UUID("6f9e0f5b-1a6e-4a4b-9a51-3a9f0b6a1c22")
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SALT = bytes(range(chain.SALT_BYTES))

RECEIVED = Event(
    kind=EventKind.COMPLAINT_RECEIVED,
    on=Dating.day(date(2018, 10, 1)),
    stage="stage-1",
    data={"oral": True, "channel": "email"},
    sequence=1,
    recorded_at=AT,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
days = st.dates(date(2006, 1, 1), date(2030, 1, 1))
datings = st.one_of(
    days.map(Dating.day),
    st.tuples(days, st.integers(1, 40)).map(lambda t: Dating.approximate(t[0], t[0] + timedelta(days=t[1]))),
    st.just(Dating.unknown()),
)
events = st.builds(
    Event,
    kind=st.sampled_from(EventKind),
    on=datings,
    stage=st.none() | texts,
    occurrence=st.integers(1, 9),
    data=st.dictionaries(texts, texts | st.integers() | st.booleans() | st.none(), max_size=5),
    sequence=st.integers(1, 10_000),
    version=st.integers(1, 9),
    recorded_at=st.datetimes(min_value=datetime(2020, 1, 1), timezones=st.just(UTC)),
    recorded_by=st.none() | st.uuids().map(str),
)


def entries(*recorded: Event) -> list[chain.Entry]:
    return list(chain.enchain(CASE, recorded, source=SOURCE, previous_hash=chain.BEFORE_THE_FIRST))


@given(events, st.uuids(), st.none() | st.uuids())
def test_the_content_is_canonical_json(event: Event, case: UUID, source: UUID | None) -> None:
    known = event.on.is_known
    assert event.recorded_at is not None
    said = {
        "form": 1,
        "case": str(case),
        "sequence": event.sequence,
        "kind": event.kind.value,
        "kind_version": event.version,
        "stage": event.stage,
        "occurrence": event.occurrence,
        "earliest": event.on.earliest.isoformat() if known else None,
        "latest": event.on.latest.isoformat() if known else None,
        "precision": event.on.precision.value,
        "data": dict(event.data),
        "recorded_at": event.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "recorded_by": event.recorded_by,
        "source": None if source is None else str(source),
    }
    expected = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert chain.content_text(str(case), event, source, chain.data_text(event)) == expected


def test_an_entry_is_hashed_as_it_always_was() -> None:
    """A change here would make every chronology that was ever recorded look tampered with."""
    (entry,) = chain.enchain(CASE, [RECEIVED], source=SOURCE, previous_hash=bytes(32), salt=lambda: SALT)
    assert entry.hash.hex() == "b708a1d01c58adcc0bcda5190c324597fb02308fa05ac530379b50e7e73eda6b"


def test_each_entry_carries_the_hash_of_the_one_before() -> None:
    chained = entries(RECEIVED, replace(RECEIVED, sequence=2), replace(RECEIVED, sequence=3))
    assert chained[0].previous_hash == bytes(32)
    assert [second.previous_hash for _, second in pairwise(chained)] == [first.hash for first, _ in pairwise(chained)]


def test_the_hash_can_be_made_from_the_content_hash_alone() -> None:
    """What an entry said can go, and the chain still joins."""
    (entry,) = entries(RECEIVED)
    text = chain.content_text(str(CASE), RECEIVED, SOURCE, entry.data)
    content = hashlib.sha256(entry.salt + text.encode()).digest()
    assert hashlib.sha256(entry.previous_hash + content).digest() == entry.hash


@pytest.mark.parametrize(
    "other",
    [
        replace(RECEIVED, kind=EventKind.STAGE_REQUESTED),
        replace(RECEIVED, on=Dating.day(date(2018, 10, 2))),
        replace(RECEIVED, on=Dating.month(2018, 10)),
        replace(RECEIVED, on=Dating.unknown()),
        replace(RECEIVED, stage="stage-2"),
        replace(RECEIVED, stage=None),
        replace(RECEIVED, occurrence=2),
        replace(RECEIVED, data={"oral": 1, "channel": "email"}),
        replace(RECEIVED, data={"oral": True}),
        replace(RECEIVED, sequence=2),
        replace(RECEIVED, version=2),
        replace(RECEIVED, recorded_at=AT + timedelta(microseconds=1)),
        replace(RECEIVED, recorded_by=str(SOURCE)),
    ],
)
def test_anything_else_that_is_said_is_another_content(other: Event) -> None:
    def said(event: Event) -> str:
        return chain.content_text(str(CASE), event, SOURCE, chain.data_text(event))

    assert said(other) != said(RECEIVED)


def test_another_case_or_source_is_another_content() -> None:
    data = chain.data_text(RECEIVED)
    said = {
        chain.content_text(str(case), RECEIVED, source, data) for case in (CASE, SOURCE) for source in (SOURCE, None)
    }
    assert len(said) == 4


def test_the_salt_makes_two_like_entries_unlike() -> None:
    first, second = entries(RECEIVED)[0], entries(RECEIVED)[0]
    assert first.salt != second.salt
    assert first.hash != second.hash


def test_a_moment_is_the_same_in_any_time_zone() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert chain.content_text(str(CASE), replace(RECEIVED, recorded_at=elsewhere), None, "{}") == chain.content_text(
        str(CASE), RECEIVED, None, "{}"
    )


@pytest.mark.parametrize("value", [1.5, ["list"], {"nested": "object"}, date(2018, 10, 1)])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(chain.NotCanonical, match="complaint-received cannot be recorded"):
        entries(replace(RECEIVED, data={"channel": value}))  # type: ignore[dict-item]


def test_half_a_letter_is_refused() -> None:
    with pytest.raises(chain.NotCanonical, match="half a letter"):
        entries(replace(RECEIVED, data={"channel": "\ud83d"}))


@pytest.mark.parametrize("moment", [None, datetime(2026, 11, 22)])
def test_an_entry_needs_a_moment_with_its_time_zone(moment: datetime | None) -> None:
    with pytest.raises(chain.NotCanonical, match="time zone"):
        entries(replace(RECEIVED, recorded_at=moment))


@given(events)
def test_events_are_placed_after_those_there_are_and_keep_all_that_they_say(event: Event) -> None:
    placed = chain.placed([event, RECEIVED], after=4, at=AT, by="somebody")
    assert placed == tuple(
        replace(each, sequence=place, recorded_at=AT, recorded_by="somebody")
        for place, each in ((5, event), (6, RECEIVED))
    )
