"""A mapping finds a file's columns, turns its words into ours, and names in the file's own words what is wrong."""

from collections.abc import Sequence
from datetime import date

import pytest

from tests.factories.registers import TODAY
from upheld.files import Merge, Sheet
from upheld.procedure import EventKind
from upheld.register.mapping import BadMapping, MappedLayout, mapping_of
from upheld.register.model import Register
from upheld.register.read import register_of_sheet

COLUMNS = """
[columns]
reference = "Ref"
stage = "Stage"
received = "In"
answered = "Out"
outcome = "Result"
team = "Team"
themes = "About"
"""
ALWAYS = """
[always]
service = "Care"
"""
HEAD = ("Ref", "Stage", "In", "Out", "Result", "Team", "About")


def _read(mapping: str, *rows: Sequence[object], merges: Sequence[Merge] = ()) -> Register:
    sheet = Sheet("log", tuple(tuple(row) for row in rows), tuple(merges))
    layout = MappedLayout(sheet, "log.csv", mapping_of(mapping, "m.toml"))
    return register_of_sheet(sheet, source="log.csv", digest="", today=TODAY, layout=layout)


def _refused(register: Register) -> list[tuple[int, str, str]]:
    return [(refusal.row, refusal.column, refusal.reason) for refusal in register.refusals]


def _kinds(register: Register) -> dict[str, list[tuple[EventKind, date | None]]]:
    kept = (EventKind.COMPLAINT_RECEIVED, EventKind.STAGE_REQUESTED, EventKind.RESPONSE_SENT, EventKind.WITHDRAWN)
    return {c.reference: [(e.kind, e.on.exact) for e in c.history.events if e.kind in kept] for c in register.cases}


def test_a_row_becomes_a_case_and_the_rest_is_named() -> None:
    read = _read(
        COLUMNS + ALWAYS,
        ("Log of complaints", None, None, None, None, None, None, None),
        (*HEAD, "Officer"),
        ("A1", "1", "12 Oct 18", "15/10/2018 09:30", "Justified", "North", "Delay; Staff", "A. Person"),
    )
    assert read.refusals == ()
    assert _kinds(read) == {
        "A1": [(EventKind.COMPLAINT_RECEIVED, date(2018, 10, 12)), (EventKind.RESPONSE_SENT, date(2018, 10, 15))]
    }
    assert read.services == {"care": "Care"}
    assert [remark.text for remark in read.remarks] == ["Not read: “Officer”."]


def test_the_first_filled_of_several_columns_counts_and_lists_take_all() -> None:
    mapping = COLUMNS.replace('"Out"', '["Sent", "Closed"]').replace('"About"', '["Theme 1", "Theme 2"]') + ALWAYS
    read = _read(
        mapping,
        ("Ref", "Stage", "In", "Sent", "Closed", "Result", "Team", "Theme 1", "Theme 2"),
        ("A1", "1", "2018-10-01", None, "2018-10-09", None, "North", "Delay", "Staff"),
        ("A2", "1", "2018-10-01", "2018-10-05", "2018-10-09", None, "North", None, "Staff"),
    )
    assert [kinds[1][1] for kinds in _kinds(read).values()] == [date(2018, 10, 9), date(2018, 10, 5)]
    points = [[e.data["theme"] for e in c.history.events if e.kind is EventKind.POINT_RAISED] for c in read.cases]
    assert points == [["delay", "staff"], ["staff"]]


def test_words_that_stand_for_nothing_and_for_something_else() -> None:
    read = _read(
        'file = { empty = ["-", "tbc"], separator = "," }\nwords.team = { LAC = "Looked after" }\n'
        'words.outcome = { Open = "", Gone = "withdrawn" }\nwords.themes = { D = "Delay", "?" = "" }\n'
        + COLUMNS
        + ALWAYS,
        HEAD,
        ("A1", "1", "2018-10-01", "-", "Open", "lac", "D, Staff, ?"),
        ("A2", "1", "2018-10-01", "2018-10-03", "GONE", "Looked after", "Staff\nD\nTBC"),
    )
    assert read.refusals == ()
    assert _kinds(read)["A2"] == [
        (EventKind.COMPLAINT_RECEIVED, date(2018, 10, 1)), (EventKind.WITHDRAWN, date(2018, 10, 3)),
    ]  # fmt: skip
    assert (read.teams.keys(), read.themes) == ({"looked-after"}, {"delay": "Delay", "staff": "Staff"})


def test_what_is_wrong_is_named_in_the_words_of_the_file() -> None:
    read = _read(
        'words.outcome = { Gone = "withdrawn" }\n' + COLUMNS + ALWAYS,
        HEAD,
        ("A1", "1", "soon", None, None, "North", "Delay"),
        ("A2", "1", "2018-10-05", "2018-10-01", None, "North", "Delay"),
        ("A3", "1", "2018-10-05", None, "Justified", "North", "Delay"),
        ("A4", "1", "2018-10-05", None, "Gone", "North", "Delay"),
        ("A5", "1", "2018-10-05", None, "perhaps", None, "Delay"),
        ("A6", "1", "2018-10-05", None, None, "NORTH", "Delay"),
    )
    assert _refused(read) == [
        (2, "In", "“soon” is not a date. Write it as 2018-10-01 or 01/10/2018."),
        (3, "Out", "1 October 2018 is before the date in “In”, 5 October 2018."),
        (4, "Result", "There is an outcome but no date in “Out”. Give the date."),
        (5, "Result", "The complaint was withdrawn, and there is no date of it. Give the date."),
        (
            6,
            "Result",
            "“perhaps” is not one of: Upheld, Partly upheld, Not upheld, No finding, Resolved without a finding, "
            "Referred back by the Ombudsman, Closed after initial enquiries, Incomplete or invalid, Advice given.",
        ),
        (6, "Team", "Team is empty; every row needs it."),
    ]
    assert [refusal.cell for refusal in read.refusals] == [2, 3, 4, 4, 4, 5]


def test_two_spellings_are_named_by_the_column_of_the_file() -> None:
    mapping = COLUMNS.replace('team = "Team"', 'team = "Handled by"') + ALWAYS
    head = ("Ref", "Stage", "In", "Out", "Result", "Handled by", "About")
    rows = [(f"A{i}", "1", "2018-10-01", None, None, team, "D") for i, team in enumerate(("North", "north"))]
    read = _read(mapping, head, *rows)
    ((row, column, _),) = _refused(read)
    assert (row, column) == (3, "Handled by")


def test_the_services_of_teams() -> None:
    mapping = COLUMNS + "[services]\nNorth = 'Care'\n'SOUTH ' = 'Courts'\n"
    rows = [("A1", "1", "2018-10-01", None, None, team, "D") for team in ("North", "South", "West")]
    rows = [(f"A{i}", *row[1:]) for i, row in enumerate(rows)]
    read = _read(mapping, HEAD, *rows[:2])
    assert {team.name: team.service for team in read.teams.values()} == {"North": "care", "South": "courts"}
    assert _refused(_read(mapping, HEAD, *rows)) == [
        (4, "Team", "“West” is not under [services] in m.toml. Add it, with its service."),
    ]


def test_rows_are_left_out_by_what_they_say_and_counted() -> None:
    mapping = (
        'rows.only = { Kind = ["Children*"] }\nrows.leave_out = { "Ref" = ["Total", "Test*"] }\n' + COLUMNS + ALWAYS
    )
    good = ("1", "2018-10-01", None, None, "North", "D")
    read = _read(
        mapping,
        (*HEAD, "Kind"),
        ("A1", *good, "Children's statutory"),
        ("A2", *good, "Highways"),
        ("Total", *good, "children"),
        ("TEST 4", *good, "Children"),
    )
    assert list(_kinds(read)) == ["A1"]
    assert [remark.text for remark in read.remarks] == ["3 rows are left out, as m.toml says."]


def test_the_last_part_of_a_path_and_the_ending_of_a_reference() -> None:
    mapping = 'last_part = { themes = ">", team = ">" }\nreference.without = ["/S1", "-s2"]\n' + COLUMNS + ALWAYS
    read = _read(
        mapping,
        HEAD,
        ("A1/S1", "1", "2018-10-01", "2018-10-05", None, "Care > North", "Children > Delay; Staff"),
        ("A1 -S2", "2", "2018-11-01", None, None, "North", "Delay"),
    )
    assert read.refusals == ()
    assert list(_kinds(read)) == ["A1"]
    assert (list(read.teams), list(read.themes)) == (["north"], ["delay", "staff"])


def test_stages_with_references_of_their_own_are_joined() -> None:
    mapping = COLUMNS.replace("[columns]", '[columns]\nlinked = "From"') + ALWAYS
    head = (*HEAD, "From")

    def row(reference: str, stage: str, linked: str | None) -> tuple[object, ...]:
        return (reference, stage, f"2018-1{stage}-01", None, None, "North", "D", linked)

    rows = (head, row("A1", "1", None), row("A9", "2", "a1"), row("A7", "2", "OLD"))
    assert {case.reference: set(case.rows) for case in _read(mapping, *rows).cases} == {
        "A1": {"stage-1", "stage-2"},
        "OLD": {"stage-2"},
    }
    circle = _read(mapping, head, row("A1", "1", "A2"), row("A2", "2", "A1"))
    assert [(row, reason) for row, _, reason in _refused(circle)] == [
        (2, "These cases go on from one another in a circle."),
        (3, "These cases go on from one another in a circle."),
    ]


WIDE = """
file.headings = [1, 2]
file.empty = ["n/a"]
columns = { reference = "Ref", service = "Service", team = "Team", themes = "About", advocate = "Advocate" }
stages.1 = { under = "Stage 1", received = "In", answered = "Out", outcome = "Result" }
stages.2 = { under = "Stage 2", received = "In", answered = "Out", outcome = "Result", in_time = "On time" }
"""
WIDE_HEAD = (
    ("Ref", "Service", "Team", "About", "Advocate", "Stage 1", None, None, "Stage 2"),
    (None, None, None, None, None, "In", "Out", "Result", "In", "Out", "Result", "On time"),
)


def test_a_row_may_hold_several_stages() -> None:
    read = _read(
        WIDE,
        *WIDE_HEAD,
        ("A1", "Care", "North", "D", "Offered", "2018-10-01", "2018-10-09", "Upheld", "2018-11-01", None, None, "N/A"),
        ("A2", "Care", "North", "D", None, "2018-10-01", None, None, "n/a", None, None, None),
    )
    assert read.refusals == ()
    assert {case.reference: case.rows for case in read.cases} == {
        "A1": {"stage-1": 3, "stage-2": 3},
        "A2": {"stage-1": 4},
    }
    offered = [e.stage for case in read.cases for e in case.history.events if e.kind is EventKind.ADVOCATE_OFFERED]
    assert offered == ["stage-1"]


def test_a_group_with_something_in_it_needs_its_date_and_a_row_needs_a_stage() -> None:
    start = ("Care", "North", "D", None)
    read = _read(
        WIDE,
        *WIDE_HEAD,
        ("A1", *start, "2018-10-01", None, None, None, None, "Upheld"),
        ("A2", *start, None, None, None, None, None, None, "Yes"),
        ("A3", *start, "2018-10-01", None, None, "2018-11-01", None, None, "who knows"),
    )
    assert _refused(read) == [
        (
            3,
            "Stage 2 / In",
            "Stage 2 / In is empty, though the row says something else about this stage. Give the date.",
        ),
        (4, "Stage 1 / In", "No stage has a date in this row. Give one, or leave the row out."),
        (
            5,
            "Stage 2 / On time",
            "“who knows” does not say whether it was in time. Say what it means under [words.in_time].",
        ),
    ]


def test_a_value_that_merging_hides_is_not_taken_for_none() -> None:
    rows = (HEAD, ("A1", "1", "2018-10-01", None, None, "North", "D"), ("A2", "1", "2018-10-01", None, None, None, "D"))
    read = _read(COLUMNS + ALWAYS, *rows, merges=[Merge(1, 5, 2, 5)])
    assert _refused(read) == [
        (
            3,
            "Team",
            "This cell is merged with others (F2 to F3), and only F2 holds a value. Undo the merging, and fill in each "
            "cell.",
        )
    ]


def test_dates_with_the_month_first_are_read_where_that_is_told() -> None:
    row = ("A1", "1", "10/02/2018", "12/10/2018", None, "North", "D")
    read = _read('dates = { order = "month first", answered = "day first" }\n' + COLUMNS + ALWAYS, HEAD, row)
    assert [day for _, day in _kinds(read)["A1"]] == [date(2018, 10, 2), date(2018, 10, 12)]


def test_a_column_can_be_meant_by_its_letter() -> None:
    mapping = COLUMNS.replace('"In"', '"column C"').replace('"Out"', '"Column D"') + ALWAYS
    head = ("Ref", "Stage", "Date", "Date", "Result", "Team", "About")
    read = _read(mapping, head, ("A1", "1", "2018-10-01", "2018-10-12", None, "North", "D"))
    assert [day for _, day in _kinds(read)["A1"]] == [date(2018, 10, 1), date(2018, 10, 12)]


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        (
            '"Date"',
            "m.toml: the heading “Date” stands over several columns of log.csv. Write which is meant: “column C” and "
            "“column D”.",
        ),
        ('"Resullt"', "m.toml: log.csv has no heading “Resullt”. Did you mean “Result”?"),
        (
            '"xyz"',
            "m.toml: log.csv has no heading “xyz”. Its headings are: Ref, Stage, Date, Date, Result, Team, About.",
        ),
    ],
)
def test_a_heading_that_is_not_there_or_is_there_twice(heading: str, message: str) -> None:
    mapping = COLUMNS.replace('"In"', heading).replace('"Out"', '"column D"') + ALWAYS
    with pytest.raises(BadMapping) as refused:
        _read(mapping, ("Ref", "Stage", "Date", "Date", "Result", "Team", "About"))
    assert str(refused.value) == message


def test_a_file_without_the_headings_of_the_mapping() -> None:
    with pytest.raises(BadMapping) as refused:
        _read(COLUMNS + ALWAYS, (), ("a", 1), ("b", 2))
    assert str(refused.value) == (
        "log.csv has no row with the headings that m.toml names. It begins with: a, 1. Say under file.headings which "
        "row they stand in."
    )


def test_groups_without_merged_cells_reach_to_the_next_name() -> None:
    with pytest.raises(BadMapping, match="has no heading “Late” under “Stage 2”"):
        _read(WIDE.replace('"On time"', '"Late"'), *WIDE_HEAD)
