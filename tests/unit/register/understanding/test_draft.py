"""What was understood is written down as a mapping that a person can settle, and that reads the file then."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.registers import TODAY
from upheld.files import Sheet, Told
from upheld.register.documented import NotARegister
from upheld.register.mapping import BadMapping, MappedLayout, mapping_of
from upheld.register.understanding import draft, settled, shown, understand_sheets
from upheld.register.understanding.usual import usual

HEAD = (
    "ID",
    "Stage",
    "Date received",
    "Received date",
    "Team",
    "Category",
    "Response date",
    "Outcome",
    "Child",
    "Diary",
)
ROWS = (
    ("A1", "Stage 1", "03/04/2018", "03/04/2018", "North", "Care > Delay", "05/06/2018", "Pending", "Testa Child", "x"),
    ("A2", "Highways 1", "03/04/2018", "03/04/2018", "-", "Care > Staff", "05/06/2018", "Mixed", None, "x"),
)
DRAFT = """\
# How log.csv is read. Replace every “?”; a line that begins with # is a note.

[file]
encoding = "mac-roman"
headings = 1
empty = ["-"]

[dates]
# Does the day or the month come first in “Response date”? Nothing in the file proves it.
order = "?"  # “day first” or “month first”

[columns]
# Is “ID” Reference, one for each complaint and the same in all its stages? No other column seems to be.
reference = "ID"  # A1, A2
stage = "Stage"  # Stage 1, Highways 1
# Which column is Received: “Date received” or “Received date”?
received = "?"
team = "Team"  # North
themes = "Category"  # Care > Delay, Care > Staff
answered = "Response date"  # 05/06/2018
outcome = "Outcome"  # Pending, Mixed
child_name = "Child"

[always]
# No column says which service a team belongs to. Write one service for every row, or the service of each team.
service = "?"

[words.stage]
# One of: “Stage 1”; “Stage 2”; “Stage 3”; “Ombudsman”; “leave out”.
"Highways 1" = "?"

[words.outcome]
# One of: “Upheld”; “Partly upheld”; “Not upheld”; “No finding”; “Resolved without a finding”; “Referred back by the \
Ombudsman”; “Closed after initial enquiries”; “Incomplete or invalid”; “Advice given”; “withdrawn”; “” for nothing.
"Pending" = ""
"Mixed" = "?"

[last_part]
# In “Category”, is the last part the name (Themes), or all of “Care > Delay”?
themes = "?"  # “>” for the last part, “” for all of it

# Not read:
# Diary: it is not known
"""


def _sheet(*rows: Sequence[object], name: str = "log.csv") -> Sheet:
    return Sheet(name, tuple(map(tuple, rows)))


def test_a_draft_holds_what_is_understood_and_what_is_asked() -> None:
    sheet = _sheet(HEAD, *ROWS)
    found = understand_sheets([sheet], "log.csv", today=TODAY, told=Told(encoding="mac-roman"))
    assert draft(found) == DRAFT
    with pytest.raises(BadMapping, match="this is still a question"):
        settled(found)
    answered = DRAFT
    for question, answer in (
        ('order = "?"', 'order = "day first"'), ('received = "?"', 'received = "Date received"'),
        ('service = "?"', 'service = "Care"'), ('"Highways 1" = "?"', '"Highways 1" = "leave out"'),
        ('"Mixed" = "?"', '"Mixed" = "Partly upheld"'), ('themes = "?"', 'themes = ">"'),
    ):  # fmt: skip
        answered = answered.replace(question, answer)
    assert mapping_of(answered, "m.toml").words["stage"] == {"highways 1": "leave out"}


def test_what_was_understood_is_shown_as_a_table_and_questions() -> None:
    found = understand_sheets([_sheet(HEAD, *ROWS)], "log.csv", today=TODAY)
    lines = shown(found)
    assert lines[:7] == [
        "log.csv: 2 rows, headings in row 1.",
        "",
        "Our column  Their column   How sure  For example",
        "Reference   ID             likely    A1, A2",
        "Stage       Stage          sure      Stage 1, Highways 1",
        "Received    ?              asked",
        "Team        Team           sure      North",
    ]
    assert "Testa" not in "\n".join(lines)
    asked = lines.index("To be settled:")
    assert lines[asked + 1] == "1. Which column is Received: “Date received” or “Received date”?"
    assert lines[asked - 2 : asked] == ["Not read: “Diary” (it is not known).", ""]
    assert len(lines[asked + 1 :]) == len(found.questions) == 7


def test_groups_sheets_and_orders_are_shown_and_written() -> None:
    head = ("Ref No", "Service", "Team", "Themes", "Stage 1 received", "Stage 1 response sent", "Stage 2 response sent")
    rows = [
        ("A1", "Care", "North", "Delay, Staff", "13/10/2018", "10/20/2018", "10/20/2018"),
        ("A2", "Care", "North", "Delay"),
        ("A3", "Care", "North", "Staff"),
    ]
    found = understand_sheets([_sheet(head, *rows, name="All"), _sheet(head, *rows, name="Old")], "l.xlsx", today=TODAY)
    text = draft(found)
    assert '# Which sheet is the register: “All” or “Old”?\nsheet = "?"\n' in text
    assert "[stages.stage-2]\n# No column is Received of Stage 2, and every row needs it. Which one is it?\n" in text
    assert 'separator = ","' in text
    lines = "\n".join(shown(found))
    assert "l.xlsx, sheet “All”: 3 rows, headings in row 1." in lines
    assert "Several themes in one cell are parted by “,”." in lines
    assert "Received (Stage 1)  Stage 1 received       sure      13/10/2018" in lines


HEADINGS = st.sampled_from(sorted(usual().headings)) | st.sampled_from(
    ["Stage 1 received", "S2 requested", "LGO enquiry", "Stage 2", "Odd", "", "Outcome (Stage 1)"]
)
CELLS = st.sampled_from(
    ["", "A1", "Stage 1", "S2", "13/04/2018", "03/04/2018", "04/13/2018", "Upheld", "Y", "n/a", "Mother", "x > y", "7",
     '"quoted"\x7f\n', "Delay, Staff", 1, 43000, True]
)  # fmt: skip


@given(
    head=st.lists(HEADINGS, min_size=1, max_size=9),
    rows=st.lists(st.lists(CELLS, max_size=9), max_size=6),
    groups=st.lists(st.sampled_from(["", "Stage 1", "Stage 2", "x"]), max_size=9),
)
@settings(deadline=None, max_examples=200)
def test_every_draft_is_a_mapping_but_for_its_questions(
    head: list[str], rows: list[list[object]], groups: list[str]
) -> None:
    sheet = _sheet(groups, head, *rows)
    try:
        found = understand_sheets([sheet], "log.csv", today=TODAY)
    except NotARegister:
        return
    text = draft(found)
    assert shown(found)
    try:
        mapping = mapping_of(text, "m.toml")
    except BadMapping as problem:
        assert found.questions, problem  # noqa: PT017
    else:
        MappedLayout(sheet, "log.csv", mapping)
