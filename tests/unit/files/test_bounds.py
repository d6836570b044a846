"""Whatever a file holds, reading it ends within 512 MB of memory and 20 seconds of the processor, in words."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories.old_workbooks import xls_bytes
from tests.factories.workbooks import SHEET_XML, member_of, ods_of, with_member, xlsx_bytes, zip_bytes
from tests.support.bounded import run_bounded

MEGABYTE = 1024 * 1024
WRITTEN = xlsx_bytes([["Reference"], ["A1"]])
SHEET = member_of(WRITTEN, SHEET_XML)
ROWS_END = b"</sheetData>"
SAYS = """
import sys
from pathlib import Path
from upheld.files import UnreadableFile, read_sheet
try:
    sheet = read_sheet(Path(sys.argv[1]))
    print(len(sheet.rows), "rows:", sheet.rows[:2])
except UnreadableFile as refused:
    print(refused)
"""


def _sheet(more: bytes) -> bytes:
    """A sound workbook with more XML at the end of its rows."""
    return with_member(WRITTEN, SHEET_XML, SHEET.replace(ROWS_END, more + ROWS_END))


def _zeros(megabytes: int) -> bytes:
    """So many zeros, deflated: a thousandth of their size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = bytes(MEGABYTE)
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


def _bomb(*, declared: int) -> bytes:
    """A workbook whose sheet is 600 MB of zeros and says that it is `declared` bytes long."""
    packed = _zeros(600)
    plain = with_member(WRITTEN, SHEET_XML, b"")
    mark = SHEET_XML.encode()
    local, central = plain.index(mark) - 30, plain.rindex(mark) - 46
    sizes = struct.pack("<III", 0, len(packed), declared)
    head = plain[: local + 14] + sizes + plain[local + 26 : local + 30] + mark + packed
    old = plain.index(b"PK", local + 4)
    moved = len(head) - old
    tail = bytearray(plain[old:])
    at = central - old
    tail[at + 16 : at + 28] = sizes
    end = tail.rindex(b"PK\x05\x06")
    entry = tail.index(b"PK\x01\x02")
    for place in _entries(bytes(tail), entry, end):
        offset = struct.unpack_from("<I", tail, place + 42)[0]
        struct.pack_into("<I", tail, place + 42, offset + moved if offset > local else offset)
    struct.pack_into("<I", tail, end + 16, struct.unpack_from("<I", tail, end + 16)[0] + moved)
    return head + bytes(tail)


def _entries(tail: bytes, at: int, end: int) -> list[int]:
    places = []
    while at < end:
        places.append(at)
        name, extra, comment = struct.unpack_from("<HHH", tail, at + 28)
        at += 46 + name + extra + comment
    return places


def _cell(place: str) -> bytes:
    return f'<row r="{place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{place}"><v>1</v></c></row>'.encode()


def _old_corners() -> bytes:
    rows: list[list[object]] = [[] for _ in range(65_536)]
    rows[0], rows[65_535] = [1], [*[None] * 255, 2]
    return xls_bytes(rows)


def _repeated(rows: int, columns: int) -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="1"/>'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return ods_of(f'<table:table table:name="Register">{row}</table:table>')


TOO_LARGE = "MB and unpacks to more than 512 MB, so it was not opened."
TOO_MUCH = "takes more memory or time to read than any register needs, so reading was stopped."
DEEP = b"<a>" * 2_000_000
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb": ("a.xlsx", lambda: _bomb(declared=600 * MEGABYTE), TOO_LARGE),
    "a zip bomb that lies": ("a.xlsx", lambda: _bomb(declared=2_000), TOO_LARGE),
    "a bomb inside an archive inside the workbook": (
        "a.xlsx",
        lambda: with_member(WRITTEN, "xl/embeddings/inner.zip", zip_bytes({"bomb": bytes(100 * MEGABYTE)})),
        "2 rows: (('Reference',), ('A1',))",
    ),
    "an archive of very many files": (
        "a.xlsx",
        lambda: zip_bytes({"xl/workbook.xml": b"", **{str(i): b"" for i in range(10_000)}}),
        "is a zip archive of 10,001 files; no spreadsheet has so many.",
    ),
    "a million rows with formats alone": (
        "a.xlsx",
        lambda: _sheet(b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (i, i) for i in range(3, 1_048_577))),
        "2 rows: (('Reference',), ('A1',))",
    ),
    "a cell below a million empty rows": (
        "a.xlsx",
        lambda: _sheet(_cell("A1048576")),
        "sheet “Register”, has something in row 1,048,576; the most that is read is 250,000 rows.",
    ),
    "a cell far to the right": (
        "a.xlsx",
        lambda: _sheet(_cell("XFD3")),
        "has something in column XFD (number 16,384); the most that is read is 200 columns.",
    ),
    "cells that do not say their place": (
        "a.xlsx",
        lambda: _sheet(b'<row r="1048576">' + b"<c><v>1</v></c>" * 16_384 + b"</row>"),
        TOO_MUCH,
    ),
    "tags without an end": ("a.xlsx", lambda: _sheet(b'<c r="A1"' * 2_000_000), "cannot be read as a workbook"),
    "tags inside tags": ("a.xlsx", lambda: _sheet(DEEP), "2 rows:"),
    "texts that fill the memory": (
        "a.xlsx",
        lambda: with_member(
            WRITTEN, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>abcdefgh</t></si>" * 12_000_000 + b"</sst>"
        ),
        TOO_MUCH,
    ),
    "an open document that repeats a row": ("a.ods", lambda: _repeated(1_048_576, 1), "something in row 1,048,576"),
    "an open document that repeats a cell": ("a.ods", lambda: _repeated(1, 16_384), "in column XFD (number 16,384)"),
    "an open document of tags inside tags": (
        "a.ods",
        lambda: ods_of(DEEP.decode()),
        "cannot be read as a workbook (mis",
    ),
    "an old workbook filled to its corners": ("a.xls", _old_corners, "in column IV (number 256); the most that is rea"),
    "text of nothing but commas": (
        "a.csv",
        lambda: b"a,b\n" + b"," * 60 * MEGABYTE,
        "a.csv, line 2, is part of a row of",
    ),
    "text of nothing but line ends": (
        "a.csv",
        lambda: b"a,b\n1,2\n" + b"\n" * 60 * MEGABYTE,
        "has more than 1,100,000 lines,",
    ),
    "text of one word": ("a.csv", lambda: b"x" * 60 * MEGABYTE, "line 1, is part of a row of more than 2,000,000"),
    "a row that goes on over very many lines": (
        "a.csv",
        lambda: b'a,b\n"' + b'x\n","' * 9 * MEGABYTE,
        "row of more than",
    ),
    "a million empty lines": ("a.csv", lambda: b"a,b\n1,2\n" + b"\n" * 1_000_000, "2 rows:"),
    "text after a quotation mark": ("a.csv", lambda: b'a,"' + b"x\n" * 30 * MEGABYTE, "has a cell of more than 100,"),
    "text of very many rows": ("a.csv", lambda: b"a\n" * 300_000, "has something in row 250,001"),
    "text of very many cells": ("a.csv", lambda: (b"a" + b",a" * 150 + b"\n") * 100_000, "most that is read is 10,000"),
}


@pytest.mark.parametrize("case", CASES)
def test_reading_ends_within_bounds(case: str, tmp_path: Path) -> None:
    name, make, said = CASES[case]
    path = tmp_path / name
    path.write_bytes(make())
    ended = run_bounded("-c", SAYS, str(path), home=tmp_path)
    assert (ended.status, ended.err) == (0, "")
    assert said in ended.out
