"""A file explains itself as far as it can: columns, groups, dates, words. Where two readings fit, it is asked."""

from collections.abc import Sequence
from datetime import date

import pytest

from tests.factories.registers import TODAY
from upheld.files import Merge, Sheet
from upheld.register.dates import DateOrder
from upheld.register.documented import NotARegister
from upheld.register.understanding import Sureness, Understanding, understand_sheets
from upheld.register.understanding.stages import stage_in, stage_of_word

HEAD = ("Ref No", "Stage", "Date received", "Service", "Team", "Nature of complaint", "Date of response", "Outcome")
GOOD = ("A1", "Stage 1", "13/10/2018", "Care", "North", "Delay", "22/10/2018", "Upheld")


def _understood(*rows: Sequence[object], merges: Sequence[Merge] = (), name: str = "log.csv") -> Understanding:
    return understand_sheets([Sheet(name, tuple(map(tuple, rows)), tuple(merges))], "log.csv", today=TODAY)


def _columns(found: Understanding) -> dict[tuple[str, str], str]:
    return {(reading.stage, reading.column): ", ".join(reading.headings) for reading in found.readings}


def _asked(found: Understanding) -> list[str]:
    return [question.text for question in found.questions]


def test_usual_headings_are_known_and_the_rest_is_named() -> None:
    found = _understood(("Log 2018/19",), (*HEAD, "Officer", "Zodiac", "Due date"), (*GOOD, "A", "Lion", "x"))
    assert _columns(found) == {
        ("", "reference"): "Ref No",
        ("", "stage"): "Stage",
        ("", "received"): "Date received",
        ("", "service"): "Service",
        ("", "team"): "Team",
        ("", "themes"): "Nature of complaint",
        ("", "answered"): "Date of response",
        ("", "outcome"): "Outcome",
    }
    assert {reading.sureness for reading in found.readings} == {Sureness.SURE}
    assert _asked(found) == []
    assert found.head == (2, 2)
    assert {left.heading: left.why for left in found.left_out} == {
        "Officer": "the record needs it not, or works it out",
        "Zodiac": "it is not known",
        "Due date": "the record needs it not, or works it out",
    }


def test_one_candidate_with_a_vague_heading_is_confirmed() -> None:
    head = ("ID", "Stage", "Date logged", "Service", "Unit", "Subject", "Date closed", "Outcome")
    found = _understood(head, GOOD)
    assert {r.column for r in found.readings if r.sureness is Sureness.LIKELY} == {
        "reference", "received", "team", "themes", "answered",
    }  # fmt: skip
    assert _asked(found) == [
        "Is “ID” Reference, one for each complaint and the same in all its stages? No other column seems to be.",
        "Is “Date logged” Received, the date on which the complaint or request came in? No other column seems to be.",
        "Is “Unit” Team? No other column seems to be.",
        "Is “Subject” Themes, what the complaint is about? No other column seems to be.",
        "Is “Date closed” Answered, the date on which the response was sent? No other column seems to be.",
    ]


def test_where_two_columns_fit_it_is_asked() -> None:
    found = _understood((*HEAD, "Received date"), (*GOOD, "14/10/2018"))
    (question,) = found.questions
    assert question.text == "Which column is Received: “Date received” or “Received date”?"
    assert question.options == ("Date received", "Received date")
    assert _columns(found)["", "received"] == ""


def test_a_sure_heading_beats_a_vague_one() -> None:
    found = _understood((*HEAD, "Date closed", "Date opened"), (*GOOD, "23/10/2018", "12/10/2018"))
    assert _asked(found) == []
    whys = {left.heading: left.why for left in found.left_out}
    assert whys["Date closed"] == "Answered is found elsewhere, or its cells are no such thing"


def test_a_column_that_every_row_needs_is_asked_for() -> None:
    found = _understood(("Ref No", "Date received", "Team"), ("A1", "13/10/2018", "North"))
    assert _asked(found) == [
        "No column says which stage a row is about. Name one, or write one stage for every row.",
        "No column says which service a team belongs to. Write one service for every row, or the service of each team.",
        "No column says what a complaint is about. Name one, or write “Not recorded” for every row.",
    ]


def test_cells_that_are_not_what_the_heading_says_are_not_taken_for_it() -> None:
    found = _understood((*HEAD, "Withdrawn", "Age", "Complainant"), (*GOOD, "No", 12, "A. Person"))
    columns = _columns(found)
    assert ("", "withdrawn") not in columns
    assert columns["", "age_band"] == "Age"
    assert ("", "complainant") not in columns
    assert _asked(found) == []


@pytest.mark.parametrize(
    ("cells", "columns"),
    [(("Parent", "Carer"), {"complainant"}), (("Parent", "Mother"), {"complainant"}), (("J", "K"), set())],
)
def test_who_complained_and_their_name_are_told_apart_by_the_cells(cells: Sequence[str], columns: set[str]) -> None:
    found = _understood((*HEAD, "Complainant"), *((f"A{i}", *GOOD[1:], cell) for i, cell in enumerate(cells)))
    assert {c for _, c in _columns(found)} & {"complainant", "complainant_name"} == columns


def test_nobodys_name_is_among_the_examples() -> None:
    found = _understood((*HEAD, "Child's name", "Complainant name"), (*GOOD, "Testa Child", "Testa Parent"))
    examples = {reading.column: reading.examples for reading in found.readings}
    assert (examples["child_name"], examples["complainant_name"]) == ((), ())
    assert examples["team"] == ("North",)


@pytest.mark.parametrize(
    ("received", "answered", "order", "shown"),
    [
        (("03/04/2018", "13/04/2018"), (), DateOrder.DAY_FIRST, "a date in row 3 has a number above 12 first"),
        (("03/04/2018", "04/13/2018"), (), DateOrder.MONTH_FIRST, "a date in row 3 has a number above 12 second"),
        (
            ("03/04/2018",),
            ("13/04/2018",),
            DateOrder.DAY_FIRST,
            "a date in row 2 has a number above 12 first",
        ),
        (
            ("01/12/2018", "02/11/2018", "03/10/2018"),
            ("05/12/2018", "05/12/2018", "05/12/2018"),
            None,
            "",
        ),
        (
            ("08/10/2018", "08/10/2018", "08/10/2018"),
            ("10/09/2018", "10/09/2018", "10/09/2018"),
            DateOrder.MONTH_FIRST,
            "read with the day first, 3 dates lie in the future or before the receipt",
        ),
    ],
)
def test_the_order_of_dates_is_proven_or_asked(
    received: Sequence[str], answered: Sequence[str], order: DateOrder | None, shown: str
) -> None:
    rows = [
        (f"A{i}", "1", day, "Care", "North", "Delay", answered[i] if i < len(answered) else None, None)
        for i, day in enumerate(received)
    ]
    found = _understood(HEAD, *rows)
    assert (found.order, found.order_shown) == (order, shown)
    asked = "Does the day or the month come first in “Date received” and “Date of response”? Nothing in the file proves"
    assert [text[: len(asked)] for text in _asked(found)] == ([asked] if order is None else [])


def test_dates_without_a_choice_ask_nothing() -> None:
    days = ("2018-04-03", "3 Apr 18", 43193, "05/05/2018", date(2018, 4, 3))
    rows = [(f"A{i}", "1", day, "Care", "North", "Delay") for i, day in enumerate(days)]
    found = _understood(HEAD, *rows)
    assert (found.order, _asked(found)) == (None, [])


def test_columns_that_prove_different_orders_keep_their_own() -> None:
    found = _understood(HEAD, ("A1", "1", "13/04/2018", "Care", "North", "Delay", "04/25/2018"))
    assert found.order is None
    assert found.orders == {"received": DateOrder.DAY_FIRST, "answered": DateOrder.MONTH_FIRST}
    assert _asked(found) == []


def test_a_column_that_contradicts_itself_is_to_be_put_right() -> None:
    found = _understood(HEAD, GOOD, ("A2", "1", "04/25/2018", "Care", "North", "Delay"))
    assert _asked(found) == [
        "“Date received” has dates with the day first (row 2) and with the month first (row 3). Put them right in the "
        "file: a spreadsheet may have turned some round."
    ]


def test_words_of_the_field_are_known_and_others_asked() -> None:
    stages = ("CSC Stage One", "Corporate Stage 1", "Statutory complaint - Stage 2", "Review panel", "LGSCO", "1")
    outcomes = ("Founded", "Part upheld", "Complaint withdrawn", "Awaiting outcome", "Mixed", "NF")
    rows = [
        (f"A{i}", stage, "13/10/2018", "Care", "North", "Delay", "14/10/2018", outcome)
        for i, (stage, outcome) in enumerate(zip(stages, outcomes, strict=True))
    ]
    found = _understood(HEAD, *rows)
    assert found.words == {
        "stage": {
            "CSC Stage One": "Stage 1", "Corporate Stage 1": "?", "Statutory complaint - Stage 2": "Stage 2",
        },
        "outcome": {
            "Founded": "Upheld", "Complaint withdrawn": "withdrawn", "Awaiting outcome": "", "Mixed": "?",
            "NF": "No finding",
        },
    }  # fmt: skip
    assert [(q.word, q.options[-1]) for q in found.questions] == [("Corporate Stage 1", "leave out"), ("Mixed", "")]
    assert _asked(found)[0] == "What does “Corporate Stage 1” mean in Stage (1 row)?"


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Within SLA", ("In SLA", "Out of SLA")), ("In time?", ("Y", "N")), ("On time (Y/N)", (1, 0)),
        ("Within timescale", ("Within timescale", "N/A")), ("Timescale met", ("Yes", "Overdue")),
    ],
)  # fmt: skip
def test_a_word_on_being_in_time_is_known(heading: str, words: Sequence[object]) -> None:
    found = _understood((*HEAD, heading), *((f"A{i}", *GOOD[1:], word) for i, word in enumerate(words)))
    assert _columns(found)["", "in_time"] == heading
    assert _asked(found) == []


def test_several_themes_in_a_cell_are_parted_as_the_file_does() -> None:
    commas = [("A1", *GOOD[1:5], "Delay, Staff"), ("A2", *GOOD[1:5], "Staff"), ("A3", *GOOD[1:5], "Delay")]
    assert _understood(HEAD, *commas).separator == ","
    assert _understood(HEAD, ("A1", *GOOD[1:5], "Delay, as ever"), ("A2", *GOOD[1:5], "Staff")).separator == ";"
    assert _understood(HEAD, ("A1", *GOOD[1:5], "Delay; Staff, rude"), ("A2", *GOOD[1:5], "Staff")).separator == ";"


def test_a_path_is_asked_about() -> None:
    found = _understood(HEAD, ("A1", *GOOD[1:5], "Care > Delay"), ("A2", *GOOD[1:5], "Care > Staff"))
    assert _asked(found) == ["In “Nature of complaint”, is the last part the name (Themes), or all of “Care > Delay”?"]


def test_groups_of_columns_are_stages() -> None:
    head = ("Ref No", "Service", "Team", "Themes", "Stage 1 received", "S1 response sent", "Outcome (Stage 1)",
            "Stage 2 - Date requested", "Stage 2 response date", "LGO enquiry", "Ombudsman: reply due")  # fmt: skip
    found = _understood(
        head, ("A1", "Care", "North", "Delay", "13/10/2018", "20/10/2018", "Upheld", "21/11/2018", None, "22/12/2018",
               "23/01/2019"),
    )  # fmt: skip
    columns = _columns(found)
    assert {key: value for key, value in columns.items() if key[0]} == {
        ("stage-1", "received"): "Stage 1 received",
        ("stage-1", "answered"): "S1 response sent",
        ("stage-1", "outcome"): "Outcome (Stage 1)",
        ("stage-2", "received"): "Stage 2 - Date requested",
        ("stage-2", "answered"): "Stage 2 response date",
        ("ombudsman", "received"): "LGO enquiry",
        ("ombudsman", "due"): "Ombudsman: reply due",
    }
    assert _asked(found) == []


def test_a_first_stage_without_its_name_is_one() -> None:
    head = ("Ref No", "Service", "Team", "Themes", "Date received", "Date of response", "Outcome", "Stage 2 requested")
    found = _understood(head, ("A1", "Care", "North", "Delay", "13/10/2018", "20/10/2018", "Upheld", "21/11/2018"))
    columns = _columns(found)
    assert columns["stage-1", "received"] == "Date received"
    assert columns["stage-1", "outcome"] == "Outcome"
    assert columns["stage-2", "received"] == "Stage 2 requested"
    assert _asked(found) == []


def test_a_group_without_its_date_is_asked_for_it() -> None:
    head = ("Ref No", "Service", "Team", "Themes", "Stage 1 received", "Stage 2 response date")
    found = _understood(head, ("A1", "Care", "North", "Delay", "13/10/2018", "20/10/2018"))
    assert _asked(found) == ["No column is Received of Stage 2, and every row needs it. Which one is it?"]


def test_the_likeliest_sheet_is_taken_and_two_alike_are_asked() -> None:
    notes = Sheet("Notes", (("Team", "Stage"), ("a", "b")))
    register = Sheet("2018", (HEAD, GOOD))
    found = understand_sheets([notes, register], "log.xlsx", today=TODAY)
    assert (found.sheet, found.is_workbook, _asked(found)) == ("2018", True, [])
    other = Sheet("2019", (HEAD, GOOD, GOOD))
    found = understand_sheets([notes, register, other], "log.xlsx", today=TODAY)
    assert _asked(found)[0] == "Which sheet is the register: “2019” or “2018”?"


def test_two_columns_of_one_name_are_named_by_their_letters() -> None:
    found = _understood((*HEAD[:6], "Response date", "Outcome", "Response date"), (*GOOD, "23/10/2018"))
    assert _asked(found) == ["Which column is Answered: “column G” or “column I”?"]


@pytest.mark.parametrize("rows", [(), (("a", "b"), (1, 2)), ((HEAD,)), (("Team",), ("North",))])
def test_what_is_no_register_is_not_taken_for_one(rows: Sequence[Sequence[object]]) -> None:
    with pytest.raises(NotARegister, match="has no row of headings that a register of complaints would have"):
        _understood(*rows)


@pytest.mark.parametrize(
    ("heading", "stage", "rest"),
    [
        ("Stage 1 / Received", "stage-1", "received"), ("S2: requested", "stage-2", "requested"),
        ("Date requested (Stage Two)", "stage-2", "date requested"), ("LGSCO", "ombudsman", ""),
        ("Stage III panel", "stage-3", "panel"), ("Panel date", "", "panel date"), ("St Mary's", "", "st mary's"),
    ],
)  # fmt: skip
def test_the_stage_of_a_heading(heading: str, stage: str, rest: str) -> None:
    assert stage_in(heading) == (stage, rest)


@pytest.mark.parametrize(
    ("word", "stage", "sure"),
    [
        ("Children's Stage 1", "stage-1", True), ("Highways stage 1", "stage-1", False), ("Second", "stage-2", True),
        ("Stage 1 and Stage 2", "", False), ("Panel hearing", "stage-3", False), ("Enquiry", "", False),
    ],
)  # fmt: skip
def test_the_stage_of_a_word(word: str, stage: str, sure: bool) -> None:
    assert stage_of_word(word) == (stage, sure)
