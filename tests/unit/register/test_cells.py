"""Cells hold what their column asks for, or say why not; nothing unseen comes through."""

from datetime import date

import pytest

from upheld.files import Cell, Fault
from upheld.register.cells import CellProblem, read_cell
from upheld.register.layout import BY_ID


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("team", None, None), ("team", "  ", None), ("team", " North\u00a0 team\u200b\n", "North team"),
        ("team", 12, "12"), ("team", 7.5, "7.5"), ("team", True, "True"),
        ("team", "- to be decided", "- to be decided"),
        ("team", "O’Neill & café", "O’Neill & café"), ("team", "SÃO JOÃO", "SÃO JOÃO"), ("team", "a\x85b", "a b"),
        ("received", date(2018, 10, 1), date(2018, 10, 1)), ("received", 43374, date(2018, 10, 1)),
        ("received", 43374.75, date(2018, 10, 1)), ("received", "1 Oct 18", date(2018, 10, 1)),
        ("spoken", True, True), ("spoken", 0, False), ("spoken", "Y", True), ("spoken", "no", False),
        ("stage", 1, "stage-1"), ("stage", "STAGE  two", "stage-2"), ("outcome", "Partially  upheld", "partly-upheld"),
        ("themes", "Delay; Staff;; ", ("Delay", "Staff")), ("findings", "Upheld;Not upheld", ("upheld", "not-upheld")),
        ("themes", " ; ", ()),
    ],
)  # fmt: skip
def test_a_cell_becomes_the_value_of_its_column(column: str, cell: Cell, value: object) -> None:
    assert read_cell(BY_ID[column], cell) == value


LOST = "has characters that were lost when the file was saved. Export it again, as “CSV UTF-8”"
UNSEEN = "has a character that cannot be seen or printed. Type it anew"
TURNED = "has an invisible character that turns the direction of writing. Type it anew"
TAKEN = ", which spreadsheets take for a formula. Begin it with a letter or a figure"
A_DATE = "is a date here. A spreadsheet turns text such as 5-9 or 3/2 into one: type it anew, as text"


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("team", "=1+1", "is a formula. Paste its value instead"),
        ("team", " ＝cmd", "is a formula. Paste its value instead"),
        ("team", "+44 20", f"begins with +{TAKEN}"), ("child_name", "-2+3", f"begins with -{TAKEN}"),
        ("team", "@SUM(1)", f"begins with @{TAKEN}"),
        ("team", "\t=1", "is a formula. Paste its value instead"),
        ("team", "x" * 201, "is 201 characters long; the most is 200"),
        ("team", "North\x00", UNSEEN), ("team", "No\x1brth", UNSEEN), ("team", "No\x9brth", UNSEEN),
        ("team", "North\u202egnp", TURNED), ("team", "\u2066North", TURNED),
        ("team", "Oâ€™Neill", LOST), ("team", "cafÃ©", LOST), ("team", "Â£5", LOST), ("team", "caf\ufffd", LOST),
        ("team", Fault("#REF!", "is an error"), "is an error"),
        ("age_band", date(2018, 9, 5), A_DATE), ("reference", date(2018, 2, 3), A_DATE),
        ("spoken", date(2018, 2, 3), A_DATE),
        ("received", True, "is not a date"), ("received", 12, "is a number, not a date"),
        ("received", "x", "is not a date. Write it as 2018-10-01 or 01/10/2018"),
        ("spoken", "maybe", "is neither yes nor no"), ("spoken", 2, "is neither yes nor no"),
        ("stage", "Stage 9", "is not one of: Stage 1, Stage 2, Stage 3, Ombudsman"),
        ("findings", "Upheld; perhaps", "is not one of: Upheld, Partly upheld, Not upheld, No finding"),
    ],
)  # fmt: skip
def test_what_a_cell_cannot_be_is_refused(column: str, cell: Cell, reason: str) -> None:
    with pytest.raises(CellProblem) as refused:
        read_cell(BY_ID[column], cell)
    assert str(refused.value) == reason
