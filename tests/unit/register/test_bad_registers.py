"""Registers that nobody should be able to import, each refused in words that say where and what to do.

Each is given to the command itself, within bounds of memory and time, and with a database that there is not: a refusal
never gets so far as to ask for it.
"""

from datetime import date
from pathlib import Path

import pytest

from tests.factories.bad_registers import BAD, DAY, GOOD, HEAD, Make
from tests.factories.old_workbooks import xls_bytes
from tests.factories.workbooks import SHEET_XML, member_of, ods_bytes, with_member, xlsx_bytes
from tests.support.bounded import run_bounded


@pytest.mark.parametrize("case", BAD)
def test_a_bad_register_is_refused_in_words(case: str, tmp_path: Path) -> None:
    name, make, said = BAD[case]
    path = tmp_path / name
    path.write_bytes(make())
    ended = run_bounded("-m", "upheld", "register", "import", str(path), home=tmp_path / "home")
    assert said in ended.err
    assert (ended.status, ended.out) == (2, "")
    assert sorted(each.name for each in tmp_path.iterdir()) == [name]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("1900.xlsx", lambda: xlsx_bytes([HEAD, GOOD])),
        ("1904.xlsx", lambda: xlsx_bytes([HEAD, GOOD], date_1904=True)),
        ("1900.xls", lambda: xls_bytes([HEAD, GOOD])),
        ("1904.xls", lambda: xls_bytes([HEAD, GOOD], date_1904=True)),
        ("open.ods", lambda: ods_bytes([HEAD, GOOD])),
    ],
)
def test_dates_are_right_whatever_day_a_workbook_counts_from(name: str, make: Make, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    ended = run_bounded("-m", "upheld", "register", "import", "--check", str(path), home=tmp_path / "home")
    assert ended.out == f"{name}: 1 rows, 1 cases. Nothing is wrong; nothing was changed.\n"
    from tests.factories.registers import TODAY
    from upheld.register.read import read_register

    (read,) = read_register(path, today=TODAY).cases
    assert {event.on.exact for event in read.history.events} == {DAY, date(2018, 10, 12)}


def test_blank_rows_below_a_good_table_stop_nothing(tmp_path: Path) -> None:
    written = xlsx_bytes([HEAD, GOOD])
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (i, i) for i in range(3, 1_048_577))
    path = tmp_path / "r.xlsx"
    path.write_bytes(
        with_member(written, SHEET_XML, member_of(written, SHEET_XML).replace(b"</sheetData>", rows + b"</sheetData>"))
    )
    ended = run_bounded("-m", "upheld", "register", "import", "--check", str(path), home=tmp_path / "home")
    assert ended.out == "r.xlsx: 1 rows, 1 cases. Nothing is wrong; nothing was changed.\n"
