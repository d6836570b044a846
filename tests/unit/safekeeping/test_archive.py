"""The sealed archive: what was written is read back, and nothing else passes for it."""

import io
import os
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upheld.safekeeping import sealed
from upheld.safekeeping.archive import ArchiveReader, ArchiveWriter
from upheld.safekeeping.sealed import BadArchive, SealingWriter, unsealed

PASSPHRASE = "four words without meaning"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that costs nothing, and small chunks, so that many are tried."""
    monkeypatch.setattr(sealed, "_SCRYPT", {"n": 2, "r": 8, "p": 1})
    monkeypatch.setattr(sealed, "CHUNK", 64)


def archive(*members: tuple[str, bytes], **manifest: Any) -> bytes:
    file = io.BytesIO()
    writer = ArchiveWriter(file, PASSPHRASE, manifest)
    for name, content in members:
        writer.add(name, [content[:100], content[100:]])
    writer.close()
    return file.getvalue()


def read(content: bytes, passphrase: str = PASSPHRASE) -> tuple[dict[str, Any], list[tuple[str, bytes]]]:
    reader = ArchiveReader(io.BytesIO(content), passphrase)
    return reader.manifest, [(member.name, b"".join(member.content)) for member in reader.members()]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.text(max_size=20), st.binary(max_size=2_000)), max_size=4))
def test_what_was_written_is_read_back(members: list[tuple[str, bytes]]) -> None:
    members = [(name.encode("utf-8", "ignore").decode(), content) for name, content in members]
    assert read(archive(*members, at="now")) == ({"format": 1, "at": "now"}, members)


@given(st.binary(max_size=300))
def test_a_stream_of_any_length_is_read_back(content: bytes) -> None:
    file = io.BytesIO()
    writer = SealingWriter(file, PASSPHRASE)
    for start in range(0, len(content), 7):
        writer.write(content[start : start + 7])
    writer.close()
    assert b"".join(unsealed(io.BytesIO(file.getvalue()), PASSPHRASE)) == content


WHOLE_MEMBERS = (("database.sql", bytes(range(256)) * 4), ("files/documents/a", os.urandom(500)))


def test_a_backup_cut_off_anywhere_is_refused() -> None:
    whole = archive(*WHOLE_MEMBERS)
    for length in range(len(whole)):
        with pytest.raises(BadArchive):
            read(whole[:length])


def test_a_backup_changed_in_any_byte_is_refused() -> None:
    whole = archive(*WHOLE_MEMBERS)
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(BadArchive):
            read(bytes(changed))


def test_chunks_that_change_places_or_come_twice_are_refused() -> None:
    whole = archive(("database.sql", os.urandom(1_000)))
    start, size = whole.index(b"}\n") + 2, 64 + 16
    first, second = whole[start : start + size], whole[start + size : start + 2 * size]
    rest = whole[start + 2 * size :]
    for chunks in (second + first + rest, first + first + second + rest, first + rest):
        with pytest.raises(BadArchive):
            read(whole[:start] + chunks)


def test_what_stands_after_the_end_is_refused() -> None:
    with pytest.raises(BadArchive):
        read(archive(*WHOLE_MEMBERS) + b"more")


def test_another_passphrase_reads_nothing() -> None:
    with pytest.raises(BadArchive, match="The passphrase is not the one that this backup was made with"):
        read(archive(*WHOLE_MEMBERS), "another four words here")


@pytest.mark.parametrize(
    "content", [b"", b"x", b"upheld backup 2\n{}\n", b"upheld backup 1\n", b"upheld backup 1\n{}\n"]
)
def test_what_is_no_backup_is_refused(content: bytes) -> None:
    with pytest.raises(BadArchive):
        read(content)


def test_a_file_that_asks_for_all_memory_is_refused_before_it_gets_any() -> None:
    made_up = b'upheld backup 1\n{"kdf": "scrypt", "n": 1073741824, "r": 64, "p": 1, "salt": "00"}\n' + bytes(100)
    with pytest.raises(BadArchive, match="first lines of this backup were changed"):
        read(made_up)


def test_content_that_swells_is_handed_over_in_blocks() -> None:
    """A backup of very even content unpacks to a thousand times its size, and never at once."""
    blocks: Iterable[bytes]
    ((_, blocks),) = [
        (m.name, list(m.content))
        for m in ArchiveReader(io.BytesIO(archive(("a", bytes(5_000_000)))), PASSPHRASE).members()
    ]
    assert sum(map(len, blocks)) == 5_000_000
    assert max(map(len, blocks)) <= 1024 * 1024


def test_two_backups_of_the_same_share_no_bytes() -> None:
    one, other = archive(*WHOLE_MEMBERS), archive(*WHOLE_MEMBERS)
    assert one[200:] != other[200:]
    assert b"database.sql" not in one
