"""Workbooks of every kind give the same cells; what is protected, damaged or failed is said."""

import struct
from datetime import date

import pytest

from tests.factories.old_workbooks import Failed, compound_bytes, xls_bytes
from tests.factories.workbooks import (
    SHEET_XML,
    Formula,
    member_of,
    ods_bytes,
    ods_of,
    with_member,
    xlsx_bytes,
    zip_bytes,
)
from upheld.files import Fault, Merge, Told, UnreadableFile, column_letters, read_sheet_bytes, read_sheets_bytes
from upheld.files.compound import NotCompound, read_compound
from upheld.files.scan import MAX_FAULTS, Scan

DAY = date(2018, 10, 1)
FAILED = "is the error of a formula. Put the formula right, or type the value"
UNWORKED = "is a formula that was never worked out. Open the file in Excel or LibreOffice, save it, and try again"


@pytest.mark.parametrize("date_1904", [False, True])
@pytest.mark.parametrize(("make", "name"), [(xlsx_bytes, "a.xlsx"), (xls_bytes, "a.xls")])
def test_cells_come_out_as_plain_values_whatever_day_is_counted_from(
    make: "type[xlsx_bytes]", name: str, date_1904: bool
) -> None:
    rows = [["Reference", "Received"], ["A1", DAY], [7, 7.5], [True, "x"]]
    assert read_sheet_bytes(make(rows, date_1904=date_1904), name).rows == tuple(tuple(row) for row in rows)


def test_an_open_document_gives_the_same() -> None:
    rows = [["Reference", "Received"], ["A1", DAY], [7, 7.5], [True, "x & y"]]
    assert read_sheet_bytes(ods_bytes(rows), "a.ods").rows == tuple(tuple(row) for row in rows)


@pytest.mark.parametrize(
    ("make", "name"), [(xlsx_bytes, "a.xlsx"), (xls_bytes, "a.xls"), (ods_bytes, "a.ods")], ids=["xlsx", "xls", "ods"]
)
def test_rows_and_columns_keep_their_place(make: "type[xlsx_bytes]", name: str) -> None:
    rows = [[], [None, None, "Reference"], [], [None, None, None, "x"], [" "]]
    assert read_sheet_bytes(make(rows), name).rows == ((), (None, None, "Reference"), (), (None, None, None, "x"))


def test_a_failed_formula_is_no_empty_cell() -> None:
    rows = [["A", Formula("1/0", "#DIV/0!")], [Formula("X(1)", "#NAME?"), Formula("1+1", 2)]]
    expected = (("A", Fault("#DIV/0!", FAILED)), (Fault("#NAME?", FAILED), 2))
    assert read_sheet_bytes(xlsx_bytes(rows), "a.xlsx").rows == expected
    assert read_sheet_bytes(ods_bytes(rows), "a.ods").rows == expected
    assert read_sheet_bytes(xls_bytes([["A", Failed()], [Failed(0x1D), 2]]), "a.xls").rows == expected
    assert str(expected[0][1]) == "#DIV/0!"


def test_an_error_typed_into_an_old_workbook_is_one_too() -> None:
    error = struct.pack("<HHHHHBB", 0x0205, 8, 0, 0, 0, 0x2A, 1)
    plain = xls_bytes([[True]])
    at = plain.index(struct.pack("<HHHHHBB", 0x0205, 8, 0, 0, 0, 1, 0))
    assert read_sheet_bytes(plain[:at] + error + plain[at + 12 :], "a.xls").rows == ((Fault("#N/A", FAILED),),)


def test_a_formula_that_was_never_worked_out_is_no_empty_cell() -> None:
    rows = [["A"], [Formula("1+1")]]
    expected = (("A",), (Fault("=…", UNWORKED),))
    assert read_sheet_bytes(ods_bytes(rows), "a.ods").rows == expected
    written = xlsx_bytes([["A"], [Formula("1+1", 2)]])
    xml = member_of(written, SHEET_XML)
    for bare in (b"<f>1+1</f>", b"<f>1+1</f><v/>", b"<f>1+1</f><v></v>", b'<f t="shared" si="0"/>'):
        unworked = xml.replace(b"<f>1+1</f><v>2</v>", bare)
        assert unworked != xml
        assert read_sheet_bytes(with_member(written, SHEET_XML, unworked), "a.xlsx").rows == expected


def test_a_formula_whose_answer_is_no_text_is_empty() -> None:
    written = xlsx_bytes([["A"], ["x", Formula("B1", "y")]])
    empty = member_of(written, SHEET_XML).replace(b"<v>y</v>", b"<v></v>")
    assert read_sheet_bytes(with_member(written, SHEET_XML, empty), "a.xlsx").rows == (("A",), ("x",))


def test_prefixes_of_the_xml_change_nothing() -> None:
    written = xlsx_bytes([["A", Formula("1/0", "#DIV/0!")]])
    xml = member_of(written, SHEET_XML)
    for tag in (b"worksheet", b"sheetData", b"row", b"c", b"f", b"v"):
        for old, new in ((b"<" + tag + b" ", b"<x:" + tag + b" "), (b"<" + tag + b">", b"<x:" + tag + b">"),
                         (b"</" + tag + b">", b"</x:" + tag + b">")):  # fmt: skip
            xml = xml.replace(old, new)
    xml = xml.replace(b'<x:worksheet xmlns="', b'<x:worksheet xmlns:x="')
    assert read_sheet_bytes(with_member(written, SHEET_XML, xml), "a.xlsx").rows[0][1] == Fault("#DIV/0!", FAILED)


def test_merged_cells_are_named() -> None:
    rows = [["A", "B"], ["x", "North"], ["y", None]]
    merged = (Merge(1, 1, 2, 1),)
    assert read_sheet_bytes(xlsx_bytes(rows, merges=[(1, 2, 1, 1)]), "a.xlsx").merges == merged
    assert read_sheet_bytes(xls_bytes(rows, merges=[(1, 2, 1, 1)]), "a.xls").merges == merged
    assert read_sheet_bytes(ods_bytes(rows, spans={(1, 1): (2, 1)}), "a.ods").merges == merged
    assert [merged[0].covers(row, 1) for row in (0, 1, 2, 3)] == [False, False, True, False]


def test_the_sheet_that_is_told_or_preferred_is_read_and_hidden_ones_are_not_seen() -> None:
    more = {"Lists": [["lists"]], "Register": [["r"]]}
    content = xlsx_bytes([["notes"]], sheet="Notes", more=more, hidden=["Lists"])
    assert read_sheet_bytes(content, "a.xlsx").rows == (("notes",),)
    assert read_sheet_bytes(content, "a.xlsx", prefer="Register").rows == (("r",),)
    assert read_sheet_bytes(content, "a.xlsx", prefer="None").rows == (("notes",),)
    assert read_sheet_bytes(content, "a.xlsx", prefer="Register", told=Told(sheet="Lists")).rows == (("lists",),)
    assert [sheet.name for sheet in read_sheets_bytes(content, "a.xlsx")] == ["Notes", "Register"]
    with pytest.raises(UnreadableFile) as refused:
        read_sheet_bytes(content, "a.xlsx", told=Told(sheet="2018"))
    assert str(refused.value) == "a.xlsx has no sheet “2018”. Its sheets are: “Notes”, “Register”."


def test_an_empty_sheet_has_no_rows() -> None:
    assert read_sheet_bytes(xlsx_bytes([]), "a.xlsx").rows == ()


def test_tables_inside_a_cell_of_an_open_document_are_not_its_rows() -> None:
    inner = '<table:table table:name="Inner"><table:table-row><table:table-cell/></table:table-row></table:table>'
    other = '<table:table table:name="Other"><table:table-row/></table:table>'
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    table = f'<table:table table:name="Register"><table:table-row>{cell}</table:table-row></table:table>'
    assert read_sheet_bytes(ods_of(other + table), "a.ods", prefer="Register").rows == (("x",),)
    nested = table.replace("<text:p>x</text:p>", f"<text:p>x</text:p>{inner}")
    with pytest.raises(UnreadableFile):
        read_sheet_bytes(ods_of(nested + "<"), "a.ods")


WRITTEN = xlsx_bytes([["A"]])
LOCKED = "a.xlsx is protected by a password. Save it without one, and try again."


def _flagged(archive: bytes) -> bytes:
    changed = bytearray(archive)
    changed[archive.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (compound_bytes({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "a.xlsx", LOCKED),
        (_flagged(WRITTEN), "a.xlsx", LOCKED),
        (xls_bytes([["A"]], locked=True), "a.xls", LOCKED.replace("xlsx", "xls")),
        (
            ods_bytes([["A"]], manifest="<m:manifest><m:encryption-data/></m:manifest>"),
            "a.ods",
            LOCKED.replace("xlsx", "ods"),
        ),
        (
            WRITTEN[: len(WRITTEN) // 2],
            "a.xlsx",
            "a.xlsx is damaged: it begins as a workbook does, and cannot be unpacked. Open it in Excel or LibreOffice "
            "and save it again, or ask for it once more.",
        ),
        (with_member(WRITTEN, "xl/workbook.xml", b"<nonsense"), "a.xlsx", "a.xlsx cannot be read as a workbook ("),
        (with_member(WRITTEN, "xl/workbook.xml", b"<workbook/>"), "a.xlsx", "a.xlsx has no sheet."),
        (with_member(WRITTEN, SHEET_XML, b"<worksheet><sheetData><row"), "a.xlsx", "a.xlsx cannot be read as a workb"),
        (zip_bytes({"xl/workbook.xml": b"<x/>"}), "a.xlsx", "a.xlsx cannot be read as a workbook ("),
        (b"\xd0\xcf\x11\xe0rest", "a.xls", "a.xls cannot be read as a workbook (cut short)."),
        (xls_bytes([["A"]])[:1500], "a.xls", "a.xls cannot be read as a workbook (a sector beyond the end)."),
        (
            ods_bytes([["A"]], doctype='<!DOCTYPE x [<!ENTITY y "yy">]>'),
            "a.ods",
            "a.ods cannot be read as a workbook (it declares a document type).",
        ),
        (with_member(ods_bytes([["A"]]), "content.xml", b"<x"), "a.ods", "a.ods cannot be read as a workbook ("),
    ],
    ids=range(13),
)
def test_what_is_protected_or_damaged_is_refused(content: bytes, name: str, message: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sheet_bytes(content, name)
    assert str(refused.value).startswith(message)


def test_two_members_of_one_name_are_refused() -> None:
    first = zip_bytes({"xl/workbook.xml": b"<a/>", "xl/workbook.xmm": b"<b/>"})
    with pytest.raises(UnreadableFile, match="is damaged"):
        read_sheet_bytes(first.replace(b"workbook.xmm", b"workbook.xml"), "a.xlsx")


def test_an_old_container_is_followed_no_further_than_it_can_lead() -> None:
    sound = compound_bytes({"Workbook": b"x" * 5000})
    assert read_compound(sound).stream("Workbook") == b"x" * 5000
    with pytest.raises(NotCompound, match="no stream"):
        read_compound(sound).stream("Book")
    table = sound.rindex(struct.pack("<II", 1, 2))
    endless = sound[:table] + struct.pack("<II", 0, 0) + sound[table + 8 :]
    with pytest.raises(NotCompound, match="leads nowhere"):
        read_compound(endless).stream("Workbook")
    with pytest.raises(NotCompound, match="odd sectors"):
        read_compound(sound[:30] + b"\x40\x00" + sound[32:])


def test_only_so_many_failed_formulas_are_kept_apart() -> None:
    scan = Scan()
    for row in range(MAX_FAULTS + 5):
        scan.failed(row, 0, "#REF!")
    assert (len(scan.faults), scan.rows, scan.columns) == (MAX_FAULTS, MAX_FAULTS + 5, 1)


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    names = {0: "A", 25: "Z", 26: "AA", 51: "AZ", 701: "ZZ", 702: "AAA", 16_383: "XFD"}
    assert {index: column_letters(index) for index in names} == names
