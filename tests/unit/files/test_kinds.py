"""A file is what it holds, whatever it is called; a name that says otherwise is told what the file really is."""

import gzip
import zipfile

import pytest

from tests.factories.old_workbooks import compound_bytes, xls_bytes
from tests.factories.workbooks import ods_bytes, xlsx_bytes, zip_bytes
from upheld.files import UnreadableFile, read_sheet_bytes

ROWS = [["Reference", "Team"], ["A1", "North"]]
CSV = b"Reference,Team\nA1,North\n"
XLSX = xlsx_bytes(ROWS)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (CSV, "register.csv"), (CSV, "register.txt"), (CSV, "register.tsv"), (CSV, "register"), (CSV, "register.2018"),
        (XLSX, "register.xlsx"), (XLSX, "REGISTER.XLSX"), (XLSX, "register.xlsm"), (XLSX, "register"),
        (ods_bytes(ROWS), "register.ods"), (xls_bytes(ROWS), "register.xls"),
    ],
)  # fmt: skip
def test_names_that_agree_and_names_that_say_nothing_are_read(content: bytes, name: str) -> None:
    assert read_sheet_bytes(content, name).rows == (("Reference", "Team"), ("A1", "North"))


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (
            XLSX,
            "register.csv",
            "register.csv is really an Excel workbook (.xlsx), whatever its name says. If it is the file that you "
            "mean, name it register.xlsx and try again.",
        ),
        (
            CSV,
            "register.xls",
            "register.xls is really text, as CSV is, whatever its name says. If it is the file that you mean, name it "
            "register.csv and try again.",
        ),
        (
            xls_bytes(ROWS),
            "register.xlsx",
            "register.xlsx is really an old Excel workbook (.xls), whatever its name says. If it is the file that you "
            "mean, name it register.xls and try again.",
        ),
        (
            ods_bytes(ROWS),
            "register.xlsx",
            "register.xlsx is really an OpenDocument spreadsheet (.ods), whatever its name says. If it is the file "
            "that you mean, name it register.ods and try again.",
        ),
        (
            CSV,
            "register.pdf",
            "register.pdf is really text, as CSV is, whatever its name says. If it is the file that you mean, name it "
            "register.csv and try again.",
        ),
        (
            b"\n<!-- made by a system -->\n<html><table><tr><td>Reference</td></tr></table></html>",
            "export.xls",
            "export.xls is really a web page (HTML). Open it in Excel or LibreOffice and save the table as .xlsx.",
        ),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "export.xls",
            "export.xls is really an XML file. Open it in Excel or LibreOffice and save the table as .xlsx.",
        ),
        (
            b'{"cases": []}',
            "export.csv",
            "export.csv is really a JSON file. Save or export the table as .xlsx or as CSV.",
        ),
        (
            b"%PDF-1.7\x00\x01",
            "report.pdf",
            "report.pdf is a PDF document. Ask for the table that it was made from, as .xlsx or CSV.",
        ),
        (PNG, "register.xlsx", "register.xlsx is really a picture. Save or export the table as .xlsx or as CSV."),
        (
            zip_bytes({"register.csv": CSV}),
            "register.xlsx",
            "register.xlsx is really a zip archive. Unpack it, and give the spreadsheet in it.",
        ),
        (
            zip_bytes({"word/document.xml": b"<w/>"}),
            "register.docx",
            "register.docx is a Word document. Copy its table into a spreadsheet.",
        ),
        (
            zip_bytes({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            "register.ods",
            "register.ods is really an OpenDocument text. Copy its table into a spreadsheet.",
        ),
        (
            zip_bytes({"mimetype": b"application/vnd.oasis.opendocument.graphics"}),
            "register.ods",
            "register.ods is really a zip archive. Unpack it, and give the spreadsheet in it.",
        ),
        (
            zip_bytes({"xl/workbook.bin": b""}),
            "register.xlsb",
            "register.xlsb is a binary Excel workbook (.xlsb). Open it in Excel and save it as .xlsx.",
        ),
        (
            zip_bytes({"Index/Document.iwa": b""}),
            "register.numbers",
            "register.numbers is an Apple Numbers document. Export it as Excel.",
        ),
        (
            compound_bytes({"WordDocument": b"x"}),
            "register.xls",
            "register.xls is really a Word document. Copy its table into a spreadsheet.",
        ),
        (
            compound_bytes({"__properties_version1.0": b"x"}),
            "register.msg",
            "register.msg is an Outlook message. Save its attachment, and give that.",
        ),
        (
            compound_bytes({"Something": b"x"}),
            "register.xls",
            "register.xls is really an old Office file that is no workbook. Save or export the table as .xlsx or as "
            "CSV.",
        ),
        (
            gzip.compress(CSV),
            "register.csv.gz",
            "register.csv.gz is a compressed archive. Unpack it, and give the file in it.",
        ),
        (
            b"\x01\x02\x00\x03\x04",
            "register.csv",
            "register.csv is neither a CSV file nor a workbook (.xlsx, .xls or .ods). Save or export the table as "
            ".xlsx or as CSV.",
        ),
    ],
)
def test_what_is_no_spreadsheet_is_told_what_it_is(content: bytes, name: str, message: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sheet_bytes(content, name)
    assert str(refused.value) == message


def test_an_archive_packed_in_an_unusual_way_is_refused() -> None:
    content = zip_bytes({"xl/workbook.xml": b"<x/>"}, method=zipfile.ZIP_BZIP2)
    with pytest.raises(UnreadableFile, match="is packed in a way that spreadsheet programs do not use"):
        read_sheet_bytes(content, "register.xlsx")
