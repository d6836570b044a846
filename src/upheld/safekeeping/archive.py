"""What is in a backup, in order: what it says of itself, the database as SQL, the stored files, and how much that was.

Each part is a frame: its kind (one letter), the length of what follows, and that. Contents are compressed, and end with
the digest of what they were.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from upheld.safekeeping.sealed import BadArchive, SealingWriter, unsealed

FORMAT = 1
_FRAME = struct.Struct(">cI")
_BLOCK = 1024 * 1024
_MANIFEST, _MEMBER, _DATA, _MEMBER_END, _END = b"M", b"F", b"D", b"E", b"Z"


@dataclass(frozen=True, slots=True)
class Member:
    """One thing in a backup: its name and its content, which must be read before the next."""

    name: str
    content: Iterator[bytes]


class ArchiveWriter:
    """Writes a backup into a file."""

    def __init__(self, file: IO[bytes], passphrase: str, manifest: dict[str, Any]) -> None:
        self._sealed = SealingWriter(file, passphrase)
        self._members = 0
        self._frame(_MANIFEST, json.dumps({"format": FORMAT, **manifest}).encode())

    def add(self, name: str, content: Iterable[bytes]) -> int:
        """Add a member; its size before compression is returned."""
        self._frame(_MEMBER, name.encode("utf-8", "surrogateescape"))
        press, digest, size = zlib.compressobj(6), hashlib.sha256(), 0
        for data in content:
            digest.update(data)
            size += len(data)
            self._data(press.compress(data))
        self._data(press.flush())
        self._frame(_MEMBER_END, json.dumps({"size": size, "sha256": digest.hexdigest()}).encode())
        self._members += 1
        return size

    def close(self) -> None:
        """End the backup."""
        self._frame(_END, json.dumps({"members": self._members}).encode())
        self._sealed.close()

    def _data(self, data: bytes) -> None:
        if data:
            self._frame(_DATA, data)

    def _frame(self, kind: bytes, payload: bytes) -> None:
        self._sealed.write(_FRAME.pack(kind, len(payload)))
        self._sealed.write(payload)


class ArchiveReader:
    """Reads a backup from a file. Every method raises BadArchive where it was changed or cut off."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        self._chunks = unsealed(file, passphrase)
        self._buffer = bytearray()
        kind, payload = self._frame()
        self.manifest: dict[str, Any] = json.loads(payload) if kind == _MANIFEST else {}
        if self.manifest.get("format") != FORMAT:
            raise BadArchive("This backup was made by a later version of Upheld. Restore it with that version.")

    def members(self) -> Iterator[Member]:
        """What is in it, one after another, to the end, which is checked."""
        count = 0
        while True:
            kind, payload = self._frame()
            if kind == _END:
                break
            if kind != _MEMBER:
                raise _disordered()
            count += 1
            content = self._content()
            yield Member(payload.decode("utf-8", "surrogateescape"), content)
            for _ in content:  # whoever did not read it to its end
                pass
        if json.loads(payload) != {"members": count} or self._buffer or next(self._chunks, None) is not None:
            raise _disordered()

    def _content(self) -> Iterator[bytes]:
        inflate, digest, size = zlib.decompressobj(), hashlib.sha256(), 0
        while True:
            kind, payload = self._frame()
            if kind != _DATA:
                break
            while payload:
                data = inflate.decompress(payload, _BLOCK)
                payload = inflate.unconsumed_tail
                digest.update(data)
                size += len(data)
                if data:
                    yield data
        if kind != _MEMBER_END or json.loads(payload) != {"size": size, "sha256": digest.hexdigest()}:
            raise _disordered()

    def _frame(self) -> tuple[bytes, bytes]:
        kind, length = _FRAME.unpack(self._take(_FRAME.size))
        return kind, self._take(length)

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            chunk = next(self._chunks, None)
            if chunk is None:
                raise _disordered()
            self._buffer += chunk
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken


def _disordered() -> BadArchive:
    return BadArchive("This backup does not hold what it says. Use another copy of it; nothing was restored.")
