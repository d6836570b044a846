"""Old Excel workbooks (.xls) as bytes, so that no binary file has to lie in the repository.

Only the records that a reader needs: one sheet of texts, numbers, dates, truths, failed formulas and merged cells.
"""

import struct
from collections.abc import Mapping, Sequence
from datetime import date

Values = Sequence[Sequence[object]]

_END_OF_CHAIN, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 512


class Failed:
    """A cell whose formula gave an error; `code` is Excel's number for it (7 is #DIV/0!)."""

    def __init__(self, code: int = 7) -> None:
        self.code = code


def xls_bytes(
    rows: Values,
    *,
    sheet: str = "Register",
    date_1904: bool = False,
    merges: Sequence[tuple[int, int, int, int]] = (),
    locked: bool = False,
) -> bytes:
    """A workbook with one sheet. `merges` are first and last row, first and last column."""
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    if locked:
        head += _record(0x002F, struct.pack("<H", 1) + bytes(52))
    head += _record(0x0042, struct.pack("<H", 1200)) + _record(0x0022, struct.pack("<H", int(date_1904)))
    for number_format in (0, 14):  # plain, and a day
        head += _record(0x00E0, struct.pack("<HH", 0, number_format) + bytes(16))
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    length = len(head) + 4 + 6 + len(name) + 4
    head += _record(0x0085, struct.pack("<IBB", length, 0, 0) + name) + _record(0x000A, b"")
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    body += b"".join(_cell(r, c, value, date_1904) for r, row in enumerate(rows) for c, value in enumerate(row))
    blocks = b"".join(struct.pack("<HHHH", *block) for block in merges)
    if merges:
        body += _record(0x00E5, struct.pack("<H", len(merges)) + blocks)
    return compound_bytes({"Workbook": head + body + _record(0x000A, b"")})


def _record(code: int, content: bytes) -> bytes:
    return struct.pack("<HH", code, len(content)) + content


def _cell(row: int, column: int, value: object, date_1904: bool) -> bytes:
    at = struct.pack("<HHH", row, column, 0)
    match value:
        case None:
            return b""
        case Failed():
            result = struct.pack("<BBBBBBH", 2, 0, value.code, 0, 0, 0, 0xFFFF)
            return _record(0x0006, at + result + bytes(8))
        case bool():
            return _record(0x0205, at + struct.pack("<BB", value, 0))
        case int() | float():
            return _record(0x0203, at + struct.pack("<d", value))
        case date():
            start = date(1904, 1, 1) if date_1904 else date(1899, 12, 30)
            return _record(0x0203, struct.pack("<HHHd", row, column, 1, (value - start).days))
        case _:
            text = str(value)
            return _record(0x0204, at + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def compound_bytes(streams: Mapping[str, bytes]) -> bytes:
    """A container of old Office files with these streams. Each is filled up so that it needs no small sectors."""
    contents = {name: content.ljust(4096, b"\x00") for name, content in streams.items()}
    sectors: list[bytes] = []
    table: list[int] = []
    starts: dict[str, int] = {}
    for name, content in contents.items():
        starts[name] = len(sectors)
        _add(sectors, table, content)
    directory = _entry("Root Entry", 5, _END_OF_CHAIN, 0) + b"".join(
        _entry(name, 2, starts[name], len(content)) for name, content in contents.items()
    )
    first_of_directory = len(sectors)
    _add(sectors, table, directory)
    needed = 1
    while needed * (_SECTOR // 4) < len(sectors) + needed:
        needed += 1
    table += [_TABLE] * needed
    at = list(range(len(sectors), len(sectors) + needed))
    packed = struct.pack(f"<{len(table)}I", *table).ljust(needed * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, needed, first_of_directory, 0, 4096, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    header += struct.pack("<109I", *at, *[_FREE] * (109 - needed))
    return header + b"".join(sectors) + packed


def _add(sectors: list[bytes], table: list[int], content: bytes) -> None:
    pieces = [content[i : i + _SECTOR].ljust(_SECTOR, b"\x00") for i in range(0, len(content), _SECTOR)]
    first = len(sectors)
    sectors += pieces
    table += [*range(first + 1, first + len(pieces)), _END_OF_CHAIN]


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    packed = (name.encode("utf-16-le") + b"\x00\x00").ljust(64, b"\x00")
    links = struct.pack("<III", _FREE, _FREE, 1 if kind == 5 else _FREE)
    fields = struct.pack("<HBB", len(name) * 2 + 2, kind, 1) + links + bytes(36)
    return packed + fields + struct.pack("<IQ", start, size)
