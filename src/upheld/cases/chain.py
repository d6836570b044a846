"""The hash chain of a case's chronology. Pure: events in, bytes out.

For each entry two hashes are made, both SHA-256:

- the *content hash*, of the entry's salt followed by its content as canonical JSON;
- the *hash*, of the hash of the entry before it (32 zero bytes before the first) followed by the content hash.

The content names the case and the place in it, so an entry cannot be moved to another case or another place. The salt
is random and belongs to the content: where an entry has to be disposed of, both go, its content hash can stay, and the
chain still joins; without the salt nobody can find out by trial what the content was.

Canonical JSON is UTF-8, the keys of each object sorted by code point, without spaces, with letters outside ASCII as
they are, and holds only objects, texts, whole numbers, true, false and null.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from upheld.errors import UpheldError
from upheld.procedure import Event

HASH_BYTES = 32
SALT_BYTES = 16
BEFORE_THE_FIRST = bytes(HASH_BYTES)

# The form of the content below. A change to what is hashed, or how, is a new form beside this one.
FORM = 1

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True).encode
_PLAIN = frozenset({str, int, bool, type(None)})


class NotCanonical(UpheldError):
    """An entry holds a value that has no canonical form: a fraction, a list, or text that is no text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a chronology as it is kept: what happened, where it came from, and its link of the chain.

    `data` is the event's data as canonical JSON.
    """

    case: UUID
    event: Event
    source: UUID | None  # the import that brought it
    data: str
    salt: bytes
    previous_hash: bytes
    hash: bytes


def data_text(event: Event) -> str:
    """An event's data as canonical JSON. Raises NotCanonical."""
    try:
        return _object(*event.data, *event.data.values())
    except (NotCanonical, TypeError) as error:
        raise NotCanonical(f"{event.kind} cannot be recorded: it holds more than texts and whole numbers.") from error


def content_text(case: str, event: Event, source: UUID | None, data: str) -> str:
    """What is hashed of an entry, as canonical JSON: everything that it says, but its salt."""
    known = event.on.is_known
    return _content(
        case,
        data,
        _day(event.on.earliest) if known else "null",
        event.kind.value,
        event.version,
        _day(event.on.latest) if known else "null",
        event.occurrence,
        event.on.precision.value,
        _moment(event.recorded_at),
        _text(event.recorded_by),
        event.sequence,
        _text(source),
        _text(event.stage),
    )


def kept_text(
    case: str,
    sequence: int,
    kind: str,
    kind_version: int,
    stage: str | None,
    occurrence: int,
    earliest: str | None,
    latest: str | None,
    precision: str,
    data: str,
    recorded_at: str,
    recorded_by: str | None,
    source: str | None,
) -> str:
    """As content_text, of the columns of an entry as they are kept: dates and moments as the content has them.

    `data` is JSON in any form. What is not well formed comes out as something that no entry was hashed with.
    """
    return _content(
        case,
        canonical(data),
        "null" if earliest is None else f'"{earliest}"',
        kind,
        kind_version,
        "null" if latest is None else f'"{latest}"',
        occurrence,
        precision,
        f'"{recorded_at}"',
        _text(recorded_by),
        sequence,
        _text(source),
        _text(stage),
    )


def _content(
    case: str,
    data: str,
    earliest: str,
    kind: str,
    kind_version: int,
    latest: str,
    occurrence: int,
    precision: str,
    recorded_at: str,
    recorded_by: str,
    sequence: int,
    source: str,
    stage: str,
) -> str:
    """The content, written out key by key in their order: it is made for every entry of every import."""
    return (
        f'{{"case":"{case}","data":{data},"earliest":{earliest},"form":{FORM},"kind":"{kind}",'
        f'"kind_version":{kind_version},"latest":{latest},"occurrence":{occurrence},"precision":"{precision}",'
        f'"recorded_at":{recorded_at},"recorded_by":{recorded_by},"sequence":{sequence},"source":{source},'
        f'"stage":{stage}}}'
    )


def content_hash(salt: bytes, content: str) -> bytes:
    """The hash of what one entry says. Raises NotCanonical for text that holds half a letter."""
    try:
        return sha256(salt + content.encode()).digest()
    except UnicodeEncodeError as error:
        raise NotCanonical("A text holds half a letter, so it cannot be recorded.") from error


def words_digest(salt: bytes, words: str) -> str:
    """What an entry holds of the words that belong to it. Raises NotCanonical for text that holds half a letter."""
    return content_hash(salt, words).hex()


def link(previous_hash: bytes, content: bytes) -> bytes:
    """The hash of an entry: of the hash before it and its content hash."""
    return sha256(previous_hash + content).digest()


def fresh_salt() -> bytes:
    """A salt that nobody can guess."""
    return os.urandom(SALT_BYTES)


def placed(events: Iterable[Event], *, after: int, at: datetime, by: str | None) -> tuple[Event, ...]:
    """The events as they are recorded: numbered on from `after`, at one moment, by one person or by nobody."""
    # Each field by name, as `dataclasses.replace` would and takes three times as long for: imports place all of theirs.
    return tuple(
        Event(
            kind=event.kind,
            on=event.on,
            stage=event.stage,
            occurrence=event.occurrence,
            data=event.data,
            sequence=place,
            version=event.version,
            recorded_at=at,
            recorded_by=by,
        )
        for place, event in enumerate(events, start=after + 1)
    )


def enchain(
    case: UUID,
    events: Iterable[Event],
    *,
    source: UUID | None,
    previous_hash: bytes,
    salt: Callable[[], bytes] = fresh_salt,
) -> Iterator[Entry]:
    """The entries of `events`, each joined to the one before it; `previous_hash` is the head that they follow."""
    key = str(case)
    for event in events:
        grain, data = salt(), data_text(event)
        this = link(previous_hash, content_hash(grain, content_text(key, event, source, data)))
        yield Entry(case, event, source, data, grain, previous_hash, this)
        previous_hash = this


# An import has one moment, one source, a few stages, some thousand different days, and the same data again and again.


@lru_cache(maxsize=8_192, typed=True)  # typed: True and 1 are two texts, though they are equal
def _object(*names_and_values: str | int | bool | None) -> str:
    half = len(names_and_values) // 2
    names, values = names_and_values[:half], names_and_values[half:]
    if not all(type(value) in _PLAIN for value in values):
        raise NotCanonical
    return _encode(dict(zip(names, values, strict=True)))


@lru_cache(maxsize=16_384)
def canonical(text: str) -> str:
    """JSON in its canonical form."""
    return _encode(json.loads(text))


@lru_cache(maxsize=8_192)
def _day(day: date) -> str:
    return f'"{day.isoformat()}"'


@lru_cache(maxsize=64)
def _moment(moment: datetime | None) -> str:
    """In UTC with six decimals: 2018-10-01T09:30:00.000000Z."""
    if moment is None or moment.tzinfo is None:
        raise NotCanonical("An entry needs the moment at which it was recorded, with its time zone.")
    return f'"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")}Z"'


@lru_cache(maxsize=1_024)
def _text(text: str | UUID | None) -> str:
    return "null" if text is None else _encode(str(text))
