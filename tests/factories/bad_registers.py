"""Registers that nobody should be able to import: what each is called and holds, and words of its refusal. Made up."""

from collections.abc import Callable, Mapping
from datetime import date

from tests.factories.old_workbooks import Failed, xls_bytes
from tests.factories.registers import csv_text, row
from tests.factories.workbooks import SHEET_XML, Formula, member_of, ods_bytes, with_member, xlsx_bytes, zip_bytes

HEAD = ["Reference", "Stage", "Received", "Service", "Team", "Themes", "Answered", "Outcome"]
DAY = date(2018, 10, 1)
GOOD = ["A1", "Stage 1", DAY, "Care", "North", "Delay", date(2018, 10, 12), "Upheld"]
Make = Callable[[], bytes]


def _text(*cells: Mapping[str, str]) -> Make:
    return lambda: csv_text([row(**each) for each in cells]).encode()


def _plain(*lines: str, more: str = "") -> Make:
    return lambda: "\n".join([",".join(HEAD) + more, *lines]).encode()


def _blank_rows(*, below: bytes = b"") -> bytes:
    written = xlsx_bytes([HEAD])
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (i, i) for i in range(2, 1_048_576))
    xml = member_of(written, SHEET_XML).replace(b"</sheetData>", rows + below + b"</sheetData>")
    return with_member(written, SHEET_XML, xml)


BAD: dict[str, tuple[str, Make, str]] = {
    "a date that is none": (
        "r.csv",
        _text({"received": "31/02/2018"}),
        "row 2, Received: “31/02/2018” is not a day of the calendar (dates are read as day, month, year).",
    ),
    "a date in words": ("r.csv", _text({"received": "last week"}), "row 2, Received: “last week” is not a date."),
    "a date to come": ("r.csv", _text({"received": "2199-01-01"}), "row 2, Received: 1 January 2199 has not come yet."),
    "a date with month and day exchanged": (
        "r.csv",
        _text({"received": "12/25/2018"}),
        "row 2, Received: “12/25/2018” is not a day of the calendar (dates are read as day, month, year).",
    ),
    "a response before the receipt": (
        "r.csv",
        _text({"answered": "2018-09-30"}),
        "row 2, Answered: 30 September 2018 is before the date in “Received”, 1 October 2018.",
    ),
    "a team under two services": (
        "r.csv",
        _text({}, {"reference": "T-2", "service": "Courts"}),
        "row 3, Service: The team “North team” belongs to the service “Care” in row 2, for ",
    ),
    "a team in two spellings": (
        "r.csv",
        _text({}, {"reference": "T-2", "team": "NORTH TEAM"}),
        "row 3, Team: “NORTH TEAM” is written “North team” in row 2. Use one spelling, or they would be counted apart.",
    ),
    "a reference that is there twice": (
        "r.csv",
        _text({}, {}),
        "row 3, Reference: “T-1” already has this stage in row 2. A register has one row for each stage of a case.",
    ),
    "no stage": ("r.csv", _text({"stage": ""}), "row 2, Stage: Stage is empty; every row needs it."),
    "a stage that there is not": ("r.csv", _text({"stage": "Stage 7"}), "row 2, Stage: “Stage 7” is not one of: Stage"),
    "a formula that failed": (
        "r.xlsx",
        lambda: xlsx_bytes([HEAD, [*GOOD[:6], Formula("B9+1", "#REF!"), None]]),
        "row 2, Answered: “#REF!” is the error of a formula. Put the formula right, or type the value.",
    ),
    "a formula that was never worked out": (
        "r.ods",
        lambda: ods_bytes([HEAD, [*GOOD[:6], Formula("C2+10")]]),
        "row 2, Answered: “=…” is a formula that was never worked out. Open the file in Excel or LibreOffice, save it",
    ),
    "a failed formula in an old workbook": (
        "r.xls",
        lambda: xls_bytes([HEAD, [*GOOD[:4], Failed(), "Delay"]]),
        "row 2, Team: “#DIV/0!” is the error of a formula.",
    ),
    "merged cells": (
        "r.xlsx",
        lambda: xlsx_bytes([HEAD, GOOD, ["A2", "Stage 1", DAY, "Care", None, "Delay"]], merges=[(1, 2, 4, 4)]),
        "row 3, Team: This cell is merged with others (E2 to E3), and only E2 holds a value. Undo the merging,",
    ),
    "letters lost in another encoding": (
        "r.csv",
        lambda: csv_text([row(team="Kinder- und Cafégruppe")]).encode().decode("cp1252").encode(),
        "row 2, Team: “Kinder- und CafÃ©gruppe” has characters that were lost when the file was saved.",
    ),
    "an encoding that cannot be told": (
        "r.csv",
        lambda: csv_text([row(team="Caf\x8e")]).encode("latin-1").replace(b"\x8e", b"\x8d\x8e"),
        "r.csv is text in an encoding that cannot be told from its content. Save it as “CSV UTF-8”, or name its",
    ),
    "an empty file": ("r.csv", lambda: b"", "r.csv is empty."),
    "an empty workbook": ("r.xlsx", lambda: xlsx_bytes([]), "r.xlsx has no row of headings that belongs to a"),
    "headings alone": ("r.csv", _plain(), "r.csv has the headings of a register but no rows under them."),
    "a zip that is no spreadsheet": (
        "r.xlsx",
        lambda: zip_bytes({"photo.png": b"x"}),
        "r.xlsx is really a zip archive. Unpack it, and give the spreadsheet in it.",
    ),
    "a web page by the name of a workbook": (
        "r.xls",
        lambda: b"<html><table><tr><td>Reference</td></tr></table></html>",
        "r.xls is really a web page (HTML). Open it in Excel or LibreOffice and save the table as .xlsx.",
    ),
    "a million blank rows": (
        "r.xlsx",
        _blank_rows,
        "r.xlsx has the headings of a register but no rows under them.",
    ),
    "a row below a million blank ones": (
        "r.xlsx",
        lambda: _blank_rows(below=b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        "r.xlsx, sheet “Register”, has something in row 1,048,576; the most that is read is 250,000 rows.",
    ),
    "a zip bomb": (
        "r.xlsx",
        lambda: with_member(xlsx_bytes([HEAD]), SHEET_XML, bytes(600 * 1024 * 1024)),
        "and unpacks to more than 512 MB, so it was not opened.",
    ),
    "a formula in text": (
        "r.csv",
        _text({"team": "=HYPERLINK(\"http://example.invalid\")"}),
        "row 2, Team: “=HYPERLINK(\"http://example.invalid\")” is a formula. Paste its value instead.",
    ),
    "a command behind a sign": (
        "r.csv",
        _text({"child_name": "@SUM(1+1)*cmd|' /C calc'!A0"}),
        "row 2, Child: “@SUM(1+1)*cmd|' /C calc'!A0” begins with @, which spreadsheets take for a formula.",
    ),
    "text that runs the other way": (
        "r.csv",
        _text({"team": "North\u202egnp.exe"}),
        "has an invisible character that turns the direction of writing. Type it anew.",
    ),
    "a heading twice": (
        "r.csv",
        _plain("A1,1,2018-10-01,Care,North,Delay,,,South", more=",Team"),
        "r.csv, row 1: the column “Team” is there twice (E and I). Remove one of them, or give it another heading.",
    ),
    "a cell beside the table": (
        "r.csv",
        _plain("A1,1,2018-10-01,Care,North,Delay,,,see file"),
        "row 2: There is a cell outside the columns with a heading.",
    ),
    "an age that a spreadsheet took for a date": (
        "r.xlsx",
        lambda: xlsx_bytes([[*HEAD, "Child's age"], [*GOOD, date(2018, 9, 5)]]),
        "row 2, Child's age: “2018-09-05” is a date here. A spreadsheet turns text such as 5-9 or 3/2 into one",
    ),
}  # fmt: skip
