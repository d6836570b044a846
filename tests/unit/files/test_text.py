"""Text is read in the encodings and with the delimiters of spreadsheets; what cannot be told is refused."""

from pathlib import Path

import pytest

from upheld.files import Told, UnreadableFile, limits, read_sheet, read_sheet_bytes
from upheld.files.limits import check_extent

LINES = [["Reference", "Théme", "Note"], ["A1", "£5 late", "x"], ["A2", "", "y"]]
ROWS = (("Reference", "Théme", "Note"), ("A1", "£5 late", "x"), ("A2", None, "y"))


def _csv(delimiter: str = ",", end: str = "\r\n") -> str:
    return end.join(delimiter.join(line) for line in LINES)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_encodings_and_delimiters_that_spreadsheets_write(encoding: str, delimiter: str) -> None:
    assert read_sheet_bytes(_csv(delimiter).encode(encoding), "a.csv").rows == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_every_way(end: str) -> None:
    assert read_sheet_bytes(_csv(end=end).encode(), "a.csv").rows == ROWS


@pytest.mark.parametrize("encoding", ["mac-roman", "MAC_ROMAN", "cp850", "utf-16-le", "utf-16-be", "iso-8859-15"])
def test_other_encodings_are_read_where_they_are_told(encoding: str) -> None:
    content = _csv().encode(encoding.lower().replace("_", "-"))
    assert read_sheet_bytes(content, "a.csv", told=Told(encoding=encoding)).rows == ROWS


def test_a_delimiter_that_is_told_is_not_judged() -> None:
    assert read_sheet_bytes(b"a;b\n1;2\n", "a.csv", told=Told(delimiter="comma")).rows == (("a;b",), ("1;2",))


def test_excels_line_about_the_separator_is_no_row() -> None:
    assert read_sheet_bytes("\ufeffsep=;\r\na,b;c\r\n1,2;3\r\n".encode(), "a.csv").rows == (("a,b", "c"), ("1,2", "3"))


def test_a_list_inside_cells_does_not_pass_for_the_delimiter() -> None:
    content = b"Reference,Themes\nA1,Delay; Rudeness\nA2,Delay; Money\n"
    assert read_sheet_bytes(content, "a.csv").rows[1] == ("A1", "Delay; Rudeness")


def test_quoted_cells_keep_their_commas_and_line_breaks() -> None:
    content = b'a,b\n"one, two","three\nfour ""five"""\n'
    assert read_sheet_bytes(content, "a.csv").rows[1] == ("one, two", 'three\nfour "five"')


def test_rows_end_with_their_last_cell_and_the_sheet_with_its_last_row() -> None:
    content = b"a,b,,,\n,,\n1, ,\t,,\n\n ,\n"
    assert read_sheet_bytes(content, "a.csv").rows == (("a", "b"), (), ("1",))


def test_what_lies_empty_beside_and_below_the_table_costs_nothing() -> None:
    content = b"a,b\n1,2\n" + (b"," * 60 + b"\n") * 100_000
    assert read_sheet_bytes(content, "a.csv").rows == (("a", "b"), ("1", "2"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.csv is empty."),
        (
            b"a\x81\x8d\x8f,b",
            "a.csv is text in an encoding that cannot be told from its content. Save it as “CSV UTF-8”, or name its "
            "encoding (for example mac-roman).",
        ),
        (
            "a,b\n1,2\n".encode("utf-16-be"),
            "a.csv looks like UTF-16 text without the mark that says so. Save it as “CSV UTF-8”, or name its encoding "
            "(utf-16-le or utf-16-be).",
        ),
        (
            b"a,b\n" + b"1,2\n" * 2000 + b"3,\x004\n",
            "a.csv has a NUL character in line 2002, so it is damaged or not text. Export it again, as “CSV UTF-8”.",
        ),
        (
            "a,b\n3,\x004\n".encode("utf-16"),
            "a.csv has a NUL character in row 2, so it is damaged or not text. Export it again, as “CSV UTF-8”.",
        ),
        (
            b'a,b\n1,2\n"unclosed',
            "a.csv is not a well-formed CSV file: row 3 opens a quotation mark that is never closed. Put it right, or "
            "export the file again.",
        ),
        (
            b'a,b\n"1" or "2",2\n',
            "a.csv is not a well-formed CSV file: row 2 has something after a closing quotation mark. A quotation mark "
            "inside a cell is written twice; save the file from a spreadsheet program, which does that.",
        ),
        (
            b"a,b\n1," + b"x" * 100_001,
            "a.csv is not a well-formed CSV file: row 2 has a cell of more than 100,000 characters. Most often a "
            "quotation mark was opened there and never closed.",
        ),
        (
            "\ufeffa,b\n".encode("utf-16-le") + b"\x00\xd8",
            "a.csv is not text in utf-16: line 2 cannot be. Name the right encoding, or save it as “CSV UTF-8”.",
        ),
    ],
)
def test_text_that_cannot_be_read_is_refused_with_its_reason(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sheet_bytes(content, "a.csv")
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (Told(encoding="utf-8"), "a.csv is not text in utf-8: line 1 cannot be."),
        (Told(encoding="klingon"), "“klingon” is no encoding that is known here. Give one of: utf-8, utf-16"),
        (Told(delimiter="dot"), "“dot” is no delimiter that is known here. Give one of: comma, semicolon, tab, bar."),
    ],
)
def test_what_is_told_and_cannot_be_is_refused(told: Told, message: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_sheet_bytes(_csv().encode("cp1252"), "a.csv", told=told)
    assert str(refused.value).startswith(message)


def test_a_file_that_is_not_there_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        read_sheet(tmp_path / "none.csv")
    with pytest.raises(UnreadableFile, match="is a folder"):
        read_sheet(tmp_path)
    with pytest.raises(UnreadableFile, match="is no file that can be read to its end"):
        read_sheet(Path("/dev/zero"))
    with pytest.raises(UnreadableFile, match="cannot be opened: embedded null"):
        read_sheet(tmp_path / "a\x00.csv")


def test_a_file_over_the_size_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 3)
    path = tmp_path / "big.csv"
    path.write_text("a,b,c", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="Split it by year"):
        read_sheet(path)


def test_something_far_below_the_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    assert len(read_sheet_bytes(b"a\n" * 3 + b"\n" * 3, "a.csv").rows) == 3
    with pytest.raises(UnreadableFile) as refused:
        read_sheet_bytes(b"a\n\n\n\nb\n", "a.csv")
    assert str(refused.value) == (
        "a.csv has something in row 5; the most that is read is 3 rows. Delete what stands far below the table, or "
        "split the file by year."
    )


def test_something_far_to_the_right_is_named_as_is_a_table_too_large() -> None:
    with pytest.raises(UnreadableFile) as refused:
        check_extent("a.xlsx", 1, 16_384, sheet="2018")
    assert str(refused.value) == (
        "a.xlsx, sheet “2018”, has something in column XFD (number 16,384); the most that is read is 200 columns. "
        "Delete what stands far to the right of the table."
    )
    with pytest.raises(UnreadableFile, match="is 200,000 rows by 100 columns; the most that is read is 10,000,000"):
        check_extent("a.csv", 200_000, 100)
