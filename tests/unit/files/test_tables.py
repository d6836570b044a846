"""A file is judged by what it holds, and refused in words when it cannot be read."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from upheld.files import UnreadableFile, read_sheet, tables


def _workbook(path: Path, rows: list[list[object]], sheet: str = "Register", *, date_1904: bool = False) -> Path:
    options = {"date_1904": True} if date_1904 else {}
    book = xlsxwriter.Workbook(str(path), options)
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for r, cells in enumerate(rows):
        for c, value in enumerate(cells):
            if isinstance(value, date):
                page.write_datetime(r, c, value, day)
            elif value is not None:
                page.write(r, c, value)
    book.close()
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_the_encodings_and_delimiters_that_spreadsheets_write(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "a.csv"
    lines = [["Reference", "Théme", "Note"], ["A1", "£5 late", "x"], ["A2", "", "y"]]
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    assert read_sheet(path).rows == (("Reference", "Théme", "Note"), ("A1", "£5 late", "x"), ("A2", None, "y"))


def test_quoted_cells_keep_their_commas_and_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"one, two","three\nfour ""five"""\n', encoding="utf-8")
    assert read_sheet(path).rows[1] == ("one, two", 'three\nfour "five"')


def test_a_workbook_gives_dates_as_dates_and_whole_numbers_as_whole(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx", [["Reference", "Received"], ["A1", date(2018, 10, 1)], [7, 7.5]])
    assert read_sheet(path).rows == (("Reference", "Received"), ("A1", date(2018, 10, 1)), (7, 7.5))


def test_a_workbook_that_counts_from_1904_gives_the_same_dates(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx", [[date(2018, 10, 1)]], date_1904=True)
    assert read_sheet(path).rows == ((date(2018, 10, 1),),)


def test_rows_keep_their_place_below_empty_ones(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx", [[], [], ["Reference"]])
    assert read_sheet(path).rows[2] == ("Reference",)


def test_the_preferred_sheet_is_read_where_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Notes").write(0, 0, "notes")
    book.add_worksheet("Register").write(0, 0, "register")
    book.close()
    assert read_sheet(path, prefer="Register").rows == (("register",),)
    assert read_sheet(path, prefer="Missing").rows == (("notes",),)


def _zip(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (_zip({"photo.txt": b"x"}), "is a zip archive, but not an Excel workbook"),
        (b"PK\x03\x04 broken", "is a damaged workbook"),
        (_zip({"xl/workbook.xml": b"<nonsense"}), "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0rest", "is an old Excel file (.xls) or is protected by a password"),
        (b"%PDF-1.7\x00\x01", "is neither a CSV file nor an Excel workbook"),
        ("a,b\n1,ā".encode("utf-16-be"), "is neither a CSV file nor an Excel workbook"),
        (b'a,b\n"unclosed', "is not a well-formed CSV file"),
        (b"a\x81\x8d\x8f,b", "in an unknown encoding"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_its_reason(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        read_sheet(path)
    assert message in str(refused.value)
    assert "a.csv" in str(refused.value)


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        read_sheet(tmp_path / "none.csv")
    with pytest.raises(UnreadableFile, match="is a folder"):
        read_sheet(tmp_path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED_BYTES", 10_000)
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(_zip({"xl/workbook.xml": b"0" * 20_000}))
    with pytest.raises(UnreadableFile, match="unpacks to more than"):
        read_sheet(path)


def test_more_rows_than_are_read_is_said_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    path = tmp_path / "long.csv"
    path.write_text("a\n" * 4, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="split the file by year"):
        read_sheet(path)
    book = _workbook(tmp_path / "long.xlsx", [["a"], [], [], ["b"]])
    with pytest.raises(UnreadableFile, match="Delete what is empty"):
        read_sheet(book)


def test_a_file_over_the_size_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_FILE_BYTES", 3)
    path = tmp_path / "big.csv"
    path.write_text("a,b,c", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="Split it by year"):
        read_sheet(path)
