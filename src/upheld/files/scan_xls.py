"""A look over an old .xls workbook: whether it is locked; reach and failed formulas of a sheet."""

import struct
from collections.abc import Iterator

from upheld.files.scan import Scan

_BOUND_SHEET, _END, _PASSWORD = 0x0085, 0x000A, 0x002F
_FORMULA, _ERROR_OR_TRUTH = 0x0006, 0x0205
# Records of one cell each that hold a value, and those of several cells in a row.
_VALUES = frozenset({_FORMULA, _ERROR_OR_TRUTH, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6})
_SEVERAL = 0x00BD
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def is_locked(stream: bytes) -> bool:
    """Whether a workbook's stream is encrypted."""
    return any(code == _PASSWORD for code, _, _ in _records(stream, 0))


def scan_xls(stream: bytes) -> dict[str, Scan]:
    """Look over every sheet in a workbook's stream, by its name."""
    sheets = {
        _name(stream[at : at + length]): struct.unpack_from("<I", stream, at)[0]
        for code, at, length in _records(stream, 0)
        if code == _BOUND_SHEET and length >= 8
    }
    return {name: _scan_sheet(stream, start) for name, start in sheets.items()}


def _name(record: bytes) -> str:
    length, wide = record[6], record[7] & 1
    text = record[8 : 8 + (length * 2 if wide else length)]
    return text.decode("utf-16-le" if wide else "latin-1", "replace")


def _scan_sheet(stream: bytes, start: int) -> Scan:
    scan = Scan()
    for code, at, length in _records(stream, start):
        if code in _VALUES and length >= 8:
            row, column = struct.unpack_from("<HH", stream, at)
            scan.reach(row, column)
            if code == _ERROR_OR_TRUTH and stream[at + 7]:
                scan.failed(row, column, _shown(stream[at + 6]))
            elif code == _FORMULA and length >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
                scan.failed(row, column, _shown(stream[at + 8]))
        elif code == _SEVERAL and length >= 6:
            row = struct.unpack_from("<H", stream, at)[0]
            scan.reach(row, struct.unpack_from("<H", stream, at + length - 2)[0])
    return scan


def _shown(code: int) -> str:
    return _ERRORS.get(code, "#ERROR")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Code, place and length of each record's content, up to the end of the part that begins at `at`."""
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if code == _END or at + length > len(stream):
            return
        yield code, at, length
        at += length
