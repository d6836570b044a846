"""A register is opened in the layout that it has, and never in one that was guessed."""

import pytest

from tests.factories.registers import TODAY, csv_text, row
from upheld.register.documented import NotARegister
from upheld.register.gone import gone
from upheld.register.mapping import mapping_of
from upheld.register.model import About, Remark
from upheld.register.opening import Opened, Unsettled, open_register

THEIRS = "Ref No,Stage,Date received,Service,Team name,Nature of complaint,Diary\nA1,1,13/10/2018,Care,North,Delay,x\n"
MAPPING = """
columns = { reference = "Ref No", received = "Date received", team = "Team name", themes = "Diary" }
always = { stage = "Stage 2", service = "Care" }
"""


def _open(text: str, **how: object) -> Opened:
    return open_register(text.encode(), "r.csv", today=TODAY, **how)  # type: ignore[arg-type]


def test_the_documented_layout_is_tried_first() -> None:
    opened = _open(csv_text([row()]))
    assert opened.understanding is None
    assert (opened.head, len(opened.register.cases), opened.register.remarks) == (0, 1, ())


def test_other_headings_are_recognised_and_what_is_not_read_is_said() -> None:
    opened = _open(THEIRS)
    assert opened.understanding is not None
    assert [case.reference for case in opened.register.cases] == ["A1"]
    assert [remark.text for remark in opened.register.remarks] == ["Not read: “Diary”."]


def test_a_mapping_is_followed_whatever_the_headings_say() -> None:
    opened = _open(THEIRS, mapping=mapping_of(MAPPING, "m.toml"))
    assert opened.understanding is None
    assert [case.rows for case in opened.register.cases] == [{"stage-2": 2}]
    assert opened.register.themes == {"x": "x"}


def test_a_file_that_leaves_questions_is_not_read() -> None:
    with pytest.raises(Unsettled) as open_questions:
        _open(THEIRS.replace("Date received", "Date logged").replace("Service", "Zodiac"))
    assert str(open_questions.value) == (
        "r.csv is not in the documented layout, and 2 things have to be settled before it can be read:\n"
        "  1. Is “Date logged” Received, the date on which the complaint or request came in? No other column seems to "
        "be.\n"
        "  2. No column says which service a team belongs to. Write one service for every row, or the service of each "
        "team.\n"
        "“upheld register understand r.csv --write-mapping layout.toml” writes down what was understood. Put your "
        "answers into it; then “upheld register import r.csv --mapping layout.toml” reads the file."
    )
    assert len(open_questions.value.understanding.questions) == 2
    with pytest.raises(Unsettled, match="and one thing has to be settled"):
        _open(THEIRS.replace("Date received", "Date logged"))


def test_a_register_of_ours_with_a_column_too_many_is_recognised_only_where_asked() -> None:
    text = csv_text([row()]).replace("Themes", "Themes,Diary").replace("Delay", "Delay,x")
    with pytest.raises(NotARegister, match=r"the heading “Diary” is not part of the layout.*\(--recognise\)"):
        _open(text)
    opened = _open(text, recognise=True)
    assert len(opened.register.cases) == 1
    assert [remark.text for remark in opened.register.remarks] == ["Not read: “Diary”."]


def test_what_is_no_register_at_all_is_refused_by_what_ours_looks_like() -> None:
    with pytest.raises(NotARegister, match="The headings begin Reference, Stage, Received"):
        _open("a,b\n1,2\n")
    with pytest.raises(NotARegister, match="that a register of complaints would have"):
        _open("a,b\n1,2\n", recognise=True)


def test_rows_that_a_file_had_and_has_no_more_are_told() -> None:
    register = _open(csv_text([row(), row(stage="Stage 2", received="2018-11-01"), row(reference="T-2")])).register
    before = [("t-1", "stage-1"), ("T-2", "stage-1"), ("T-2", "stage-2"), ("T-9", "stage-1")]
    assert gone(register, before) == [
        Remark(About.GONE, (), "T-2, Stage 2"),
        Remark(About.GONE, (), "T-9, Stage 1"),
    ]
