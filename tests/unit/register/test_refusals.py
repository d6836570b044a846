"""Refused rows come back as a spreadsheet to put right: as they were, the reason beside each refused cell."""

import io
import zipfile
from datetime import date

from python_calamine import CalamineWorkbook

from tests.factories.registers import TODAY
from upheld.files import Fault, Sheet
from upheld.register.model import Refusal
from upheld.register.read import register_of_sheet
from upheld.register.refusals import refusals_csv, refusals_workbook

HEAD = ("Reference", "Stage", "Received", "Service", "Team", "Themes", "Answered", "Made orally")
DAY = date(2018, 10, 1)
SHEET = Sheet(
    "Register",
    (
        ("Our register",),
        HEAD,
        ("A1", 1, DAY, "Care", "North", "Delay", None, True),
        ("A2", 1, "soon", "Care", "=cmd|' /C calc'!A0", "Delay", date(2018, 11, 1), None),
        ("A3", 1, DAY, "Care", None, "Delay", date(2018, 9, 1), False),
        ("A4", 1, DAY, "Care", "North", Fault("#REF!", "is an error"), None, None, "see file"),
    ),
)


def _refused() -> tuple[Refusal, ...]:
    return register_of_sheet(SHEET, source="r.xlsx", digest="", today=TODAY).refusals


def _rows(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Refused rows").to_python()


def test_each_refused_row_stands_as_it_was_with_the_reasons_beside() -> None:
    head, *rows = _rows(refusals_workbook(SHEET, 1, _refused()))
    assert head == [
        "Row", "Why the row was refused", "Reference", "Stage", "Received", "Why “Received” was refused", "Service",
        "Team", "Why “Team” was refused", "Themes", "Why “Themes” was refused", "Answered", "Made orally",
    ]  # fmt: skip
    assert rows == [
        [4, "", "A2", 1, "soon", "“soon” is not a date. Write it as 2018-10-01 or 01/10/2018.", "Care",
         "=cmd|' /C calc'!A0", "“=cmd|' /C calc'!A0” is a formula. Paste its value instead.", "Delay", "",
         date(2018, 11, 1), ""],
        [5, "", "A3", 1, DAY, "", "Care", "", "Team is empty; every row needs it.", "Delay", "",
         date(2018, 9, 1), False],
        [6, "There is a cell outside the columns with a heading.", "A4", 1, DAY, "", "Care", "North", "", "#REF!",
         "“#REF!” is an error.", "", ""],
    ]  # fmt: skip


def test_the_workbook_holds_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(refusals_workbook(SHEET, 1, _refused()))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_several_reasons_for_one_cell_or_for_no_cell_stand_together() -> None:
    refusals = [
        Refusal(3, "Received", "", "one.", 2),
        Refusal(3, "Received", "", "two.", 2),
        Refusal(3, "Child", "", "not in the file.", None),
        Refusal(3, "", "", "the row.", None),
        Refusal(3, "", "", "far out.", 99),
    ]
    _, row = _rows(refusals_workbook(Sheet("r", SHEET.rows[:3]), 1, refusals[:4]))
    assert row[:6] == [3, "Child: not in the file.\nthe row.", "A1", 1, DAY, "one.\ntwo."]
    _, row = _rows(refusals_workbook(Sheet("r", SHEET.rows[:3]), 1, refusals[4:]))
    assert row[-1] == "far out."


def test_the_list_of_refusals_holds_no_formula() -> None:
    text = refusals_csv([Refusal(3, "Team", "=HYPERLINK(1)", "why"), Refusal(4, "@x", "", "-y")]).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["3,Team,'=HYPERLINK(1),why", "4,'@x,,'-y"]
