"""The example as files, and its command."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from upheld.files import read_sheet
from upheld.register.example import CannotWriteExample, csv_bytes, make_example, write_example, xlsx_bytes
from upheld.register.layout import COLUMNS
from upheld.register.read import read_register

UNTIL = date(2019, 3, 12)


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "upheld.register.example", *arguments], capture_output=True, text=True, check=False
    )


def test_a_workbook_and_a_csv_hold_the_same_register(tmp_path: Path) -> None:
    rows = make_example(UNTIL)
    for name in ("example.csv", "example.xlsx"):
        write_example(tmp_path / name, rows, UNTIL)
    from_csv = read_register(tmp_path / "example.csv", today=UNTIL)
    from_workbook = read_register(tmp_path / "example.xlsx", today=UNTIL)
    assert from_csv.refusals == from_workbook.refusals == ()
    assert from_csv.cases == from_workbook.cases
    assert len(from_csv.cases) == len({row.reference for row in rows})


def test_the_same_rows_are_the_same_bytes() -> None:
    rows = make_example(UNTIL)
    assert csv_bytes(rows) == csv_bytes(make_example(UNTIL))
    assert xlsx_bytes(rows, UNTIL) == xlsx_bytes(make_example(UNTIL), UNTIL)


def test_headings_are_those_of_the_layout_and_cells_are_in_words(tmp_path: Path) -> None:
    write_example(tmp_path / "example.csv", make_example(UNTIL), UNTIL)
    head, *body = read_sheet(tmp_path / "example.csv").rows
    assert list(head) == [column.heading for column in COLUMNS]
    outcomes = {row[7] for row in body} - {None}
    assert {"Upheld", "Not upheld", "Partly upheld"} <= outcomes
    assert "not-upheld" not in outcomes


def test_the_workbook_says_what_it_is(tmp_path: Path) -> None:
    write_example(tmp_path / "example.xlsx", make_example(UNTIL), UNTIL)
    about = read_sheet(tmp_path / "example.xlsx", prefer="About this example")
    assert "No complaint, child, family or member of staff in it is real." in str(about.rows[0][0])


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    rows = make_example(UNTIL)
    with pytest.raises(CannotWriteExample, match=r"\.csv or \.xlsx"):
        write_example(tmp_path / "example.pdf", rows, UNTIL)
    with pytest.raises(CannotWriteExample, match="No such file or directory"):
        write_example(tmp_path / "nowhere" / "example.csv", rows, UNTIL)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(CannotWriteExample, match=r"folder\.csv"):
        write_example(tmp_path / "folder.csv", rows, UNTIL)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"]


def test_the_command_writes_the_register_and_answers_with_its_path(tmp_path: Path) -> None:
    out = tmp_path / "example.csv"
    done = command("--until", "2019-03-12", "--out", str(out))
    assert (done.returncode, done.stdout) == (0, f"{out}\n")
    assert out.read_bytes() == csv_bytes(make_example(UNTIL))


def test_the_command_says_why_it_cannot(tmp_path: Path) -> None:
    done = command("--until", "2016-01-01", "--out", str(tmp_path / "example.csv"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "The example register begins on 2017-07-01" in done.stderr
    assert list(tmp_path.iterdir()) == []
