"""What somebody is shown of a file who says which column is which."""

from tests.factories.foreign import wide_cases, wide_sheet
from tests.factories.registers import TODAY, csv_text, row
from upheld.files import read_sheets_bytes
from upheld.register.example import make_example
from upheld.register.opening import open_register
from upheld.register.understanding import survey, survey_of_sheet, taken_by, understand_sheets


def _csv(*rows: dict[str, str]) -> bytes:
    return csv_text(rows).encode()


def test_the_columns_of_a_file_with_their_words_and_without_names_of_people() -> None:
    opened = open_register(_csv(row(child_name="Example Child", outcome="Upheld")), "r.csv", today=TODAY)
    found = survey_of_sheet(opened.sheet, opened.head, opened.taken)
    assert found is not None
    by_name = {column.name: column for column in found.columns}
    assert (found.head, found.taken[0], len(found.columns)) == ((1, 1), ("", "reference"), 8)
    assert by_name["Outcome"].words == (("Upheld", 1),)
    assert by_name["Received"].holds_dates
    assert (by_name["Child"].examples, by_name["Child"].words) == ((), ())


def test_words_that_have_to_be_told_come_with_what_they_usually_mean() -> None:
    cases = [row(reference=f"T-{n}", outcome=word) for n, word in enumerate(("PU", "Founded on the whole", "Upheld"))]
    found = survey(read_sheets_bytes(_csv(*cases), "r.csv"))
    assert found is not None
    (outcome,) = [column for column in found.columns if column.name == "Outcome"]
    assert dict(outcome.told("outcome", "")) == {"PU": "Partly upheld", "Founded on the whole": "?"}


def test_the_columns_of_stages_are_found_where_a_row_holds_several() -> None:
    content = wide_sheet(wide_cases(make_example(TODAY)[:60]))
    sheets = read_sheets_bytes(content, "wide.xlsx")
    understood = understand_sheets(sheets, "wide.xlsx", today=TODAY)
    found = survey(sheets)
    assert found is not None
    taken = taken_by(understood, found.columns)
    names = {column.index: column.name for column in found.columns}
    assert {names[i]: place for i, place in taken.items() if place[1] == "received"} == {
        "Stage 1 / Dates / Date received": ("stage-1", "received"),
        "Stage 2 (investigation) / Dates / Requested on": ("stage-2", "received"),
        "Stage 3 (panel) / Dates / Requested on": ("stage-3", "received"),
        "LGSCO / Dates / Enquiry": ("ombudsman", "received"),
    }


def test_a_file_without_a_table_has_no_survey() -> None:
    assert survey(read_sheets_bytes(b"a,b\n1,2\n", "r.csv")) is None
