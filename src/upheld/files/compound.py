"""The container of old Office files: which streams it holds, and the content of one of them.

Only as much as telling old workbooks from other files, and finding failed formulas in them, needs. Every chain is
followed for at most as many sectors as the file has, so that a damaged or hostile file ends like any other.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_ENTRY = 128  # bytes
_SMALL = 64  # bytes of a small sector
_LAST = 0xFFFFFFFA  # greater numbers are marks, not sectors
_STREAM, _ROOT = 2, 5


class NotCompound(Exception):
    """The bytes are no such container, or a damaged one."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Compound:
    """A container, read as far as its directory."""

    content: bytes
    sector: int  # bytes
    table: tuple[int, ...]  # sector -> the next
    entries: Mapping[str, _Entry]
    cutoff: int  # streams shorter than this are in the small sectors of the root's own stream
    small_table_start: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its streams."""
        return tuple(self.entries)

    def stream(self, name: str) -> bytes:
        """The content of a stream. Raises NotCompound where there is none, or it cannot be followed."""
        entry = self.entries.get(name)
        if entry is None:
            raise NotCompound(f"no stream {name}")
        if entry.size >= self.cutoff:
            return self._chain(entry.start)[: entry.size]
        root = next((each for each in self.entries.values() if each.kind == _ROOT), None)
        if root is None:
            raise NotCompound("no root")
        small = self._chain(root.start)
        packed = self._chain(self.small_table_start)
        table = struct.unpack(f"<{len(packed) // 4}I", packed[: len(packed) // 4 * 4])
        chain = _follow(entry.start, table, len(small) // _SMALL + 1)
        return b"".join(small[at * _SMALL : (at + 1) * _SMALL] for at in chain)[: entry.size]

    def _chain(self, start: int) -> bytes:
        chain = _follow(start, self.table, len(self.content) // self.sector + 1)
        return b"".join(_sector(self.content, at, self.sector) for at in chain)


def read_compound(content: bytes) -> Compound:
    """Read the directory of a container. Raises NotCompound."""
    try:
        shift = struct.unpack_from("<H", content, 30)[0]
        directory, _, cutoff, small_table, _, further = struct.unpack_from("<6I", content, 48)
        head = struct.unpack_from("<109I", content, 76)
    except struct.error as error:
        raise NotCompound("cut short") from error
    if shift not in (9, 12):
        raise NotCompound("odd sectors")
    size = 1 << shift
    table = _table(content, size, head, further)
    raw = b"".join(_sector(content, at, size) for at in _follow(directory, table, len(content) // size + 1))
    entries = {entry.name: entry for entry in _entries(raw)}
    return Compound(content, size, table, entries, cutoff, small_table)


def _table(content: bytes, size: int, head: tuple[int, ...], further: int) -> tuple[int, ...]:
    sectors = [at for at in head if at < _LAST]
    most = len(content) // size + 1
    while further < _LAST and len(sectors) <= most:
        block = struct.unpack(f"<{size // 4}I", _sector(content, further, size))
        more = [at for at in block[:-1] if at < _LAST]
        if not more:
            break
        sectors += more
        further = block[-1]
    # A sector tells of 128 others or more, so a sound table has far fewer sectors than the file.
    table: list[int] = []
    for at in sectors[: most // (size // 4) + 1]:
        table += struct.unpack(f"<{size // 4}I", _sector(content, at, size))
    return tuple(table)


def _sector(content: bytes, at: int, size: int) -> bytes:
    found = content[(at + 1) * size : (at + 2) * size]
    if not found:
        raise NotCompound("a sector beyond the end")
    return found.ljust(size, b"\x00")


def _follow(start: int, table: tuple[int, ...], most: int) -> Iterator[int]:
    at = start
    while at < _LAST:
        if at >= len(table) or most == 0:
            raise NotCompound("a chain that leads nowhere")
        yield at
        at, most = table[at], most - 1


def _entries(directory: bytes) -> Iterator[_Entry]:
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[at : at + _ENTRY]
        length, kind = struct.unpack_from("<HB", entry, 64)
        if kind in (_STREAM, _ROOT) and 2 <= length <= 64:
            start, size = struct.unpack_from("<II", entry, 116)
            yield _Entry(entry[: length - 2].decode("utf-16-le", "replace"), kind, start, size)
