"""The template is the layout: what it says can be filled in, is read back."""

from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.factories.registers import TODAY
from upheld.files.tables import read_sheet_bytes
from upheld.register.layout import COLUMNS, Form, choice_named, column_named
from upheld.register.read import read_register
from upheld.register.template import template_csv, template_workbook


def test_the_headings_are_those_of_the_layout_in_both_formats() -> None:
    headings = tuple(column.heading for column in COLUMNS)
    assert read_sheet_bytes(template_csv(), "t.csv").rows[0] == headings
    assert read_sheet_bytes(template_workbook(), "t.xlsx", prefer="Register").rows[0] == headings


def test_the_notes_explain_every_column() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(template_workbook()))
    notes = book.get_sheet_by_name("How to fill this in").to_python()
    assert [line[0] for line in notes[1:]] == [column.heading for column in COLUMNS]
    assert all(len(str(line[2])) > 20 for line in notes[1:])


def test_every_option_of_a_drop_down_is_read_as_its_code() -> None:
    for column in COLUMNS:
        for code, words in column.choices.items():
            assert choice_named(column, words) == code
            assert choice_named(column, code) == code
        for words, code in column.also.items():
            assert choice_named(column, words) == code
            assert code in column.choices


def test_headings_and_ids_both_name_their_column() -> None:
    for column in COLUMNS:
        assert column_named(column.heading) is column
        assert column_named(column.id.upper()) is column


def test_choices_are_given_where_the_form_asks_for_them() -> None:
    for column in COLUMNS:
        assert bool(column.choices) is (column.form in (Form.CHOICE, Form.CHOICE_LIST))


def test_a_filled_template_is_a_register(tmp_path: Path) -> None:
    line = {"reference": "R1", "stage": "Stage 1", "received": "2018-10-01", "service": "Care", "team": "North",
            "themes": "Delay"}  # fmt: skip
    path = tmp_path / "r.csv"
    path.write_bytes(template_csv() + ",".join(line.get(column.id, "") for column in COLUMNS).encode())
    assert len(read_register(path, today=TODAY).cases) == 1
