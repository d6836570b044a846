"""A register is read whole, or every place that is wrong is named with its row, its column and the reason."""

from datetime import date
from pathlib import Path

import pytest

from tests.factories.registers import TODAY, register_file, row
from upheld.procedure import EventKind
from upheld.register.model import Refusal
from upheld.register.read import NotARegister, read_register


def _refusals(folder: Path, *rows: dict[str, str]) -> list[tuple[int, str, str]]:
    read = read_register(register_file(folder, *rows), today=TODAY)
    assert bool(read.cases) is not bool(read.refusals)
    return [(r.row, r.column, r.reason) for r in read.refusals]


def test_a_case_comes_out_as_its_history(tmp_path: Path) -> None:
    path = register_file(
        tmp_path,
        row(
            themes="Delay; Rudeness", answered="16/10/2018", outcome="Partially upheld", findings="Upheld; Not upheld",
            extension_decided="2018-10-12", spoken="Y", channel="Telephone", complainant="Parent", age_band="5 to 9",
            advocate="Appointed", advocate_appointed="1 October 2018",
        ),
        row(stage="stage two", received="2018-11-05", record_final="2018-11-12"),
    )  # fmt: skip
    read = read_register(path, today=TODAY)
    assert read.refusals == ()
    (case,) = read.cases
    seen = [(e.kind, e.on.exact, e.stage, dict(e.data)) for e in case.history.events]
    first, second = "stage-1", "stage-2"
    assert seen == [
        (EventKind.COMPLAINT_RECEIVED, date(2018, 10, 1), first, {"oral": True}),
        (EventKind.TEAM_ASSIGNED, date(2018, 10, 1), first, {"team": "north-team", "service": "care"}),
        (
            EventKind.DETAILS_RECORDED,
            date(2018, 10, 1),
            first,
            {"complainant": "parent", "channel": "telephone", "age_band": "5-9", "oral": True},
        ),
        (EventKind.POINT_RAISED, date(2018, 10, 1), first, {"point": 1, "theme": "delay"}),
        (EventKind.POINT_RAISED, date(2018, 10, 1), first, {"point": 2, "theme": "rudeness"}),
        (EventKind.ADVOCATE_REQUESTED, date(2018, 10, 1), first, {}),
        (EventKind.ADVOCATE_APPOINTED, date(2018, 10, 1), first, {}),
        (EventKind.EXTENSION_DECIDED, date(2018, 10, 12), first, {"reason": "complex"}),
        (EventKind.RESPONSE_SENT, date(2018, 10, 16), first, {}),
        (EventKind.FINDING_RECORDED, date(2018, 10, 16), first, {"point": 1, "finding": "upheld"}),
        (EventKind.FINDING_RECORDED, date(2018, 10, 16), first, {"point": 2, "finding": "not-upheld"}),
        (EventKind.OUTCOME_RECORDED, date(2018, 10, 16), first, {"outcome": "partly-upheld"}),
        (EventKind.STAGE_REQUESTED, date(2018, 11, 5), second, {}),
        (EventKind.TEAM_ASSIGNED, date(2018, 11, 5), second, {"team": "north-team", "service": "care"}),
        (EventKind.POINT_RAISED, date(2018, 11, 5), second, {"point": 1, "theme": "delay"}),
        (EventKind.WRITTEN_RECORD_FINALISED, date(2018, 11, 12), second, {}),
    ]
    assert [e.sequence for e in case.history.events] == list(range(1, len(seen) + 1))
    assert case.rows == {"stage-1": 2, "stage-2": 3}


def test_every_event_is_as_its_kind_declares(tmp_path: Path) -> None:
    from upheld.procedure import problems

    path = register_file(
        tmp_path,
        row(later_start="2018-10-08", interest_decided="2018-10-03", withdrawn="2018-10-05"),
        row(reference="T-2", stage="Stage 2", extension_decided="2018-10-30", extended_to="2018-12-20",
            stage_1_skipped="2018-10-01", answered="2018-12-01", response_received="2018-12-03", outcome="Upheld"),
        row(reference="T-3", stage="Panel", panel_held="2018-10-30", panel_report_sent="2018-11-05",
            recommendations_received="2018-11-06", answered="2018-11-20", outcome="Not upheld"),
        row(reference="T-4", stage="LGO", due="2018-11-01", answered="2018-10-30", outcome="Premature"),
    )  # fmt: skip
    read = read_register(path, today=TODAY)
    assert read.refusals == ()
    assert [problems(case.history) for case in read.cases] == [()] * 4


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (
            {"received": "31/02/2018"},
            "Received",
            "“31/02/2018” is not a day of the calendar (dates are read as day, month, year).",
        ),
        ({"received": "soon"}, "Received", "“soon” is not a date. Write it as 2018-10-01 or 01/10/2018."),
        ({"received": "12"}, "Received", "“12” is not a date. Write it as 2018-10-01 or 01/10/2018."),
        (
            {"received": "2027-01-04"},
            "Received",
            "4 January 2027 has not come yet. Leave the cell empty until it happens.",
        ),
        (
            {"received": "1918-10-01"},
            "Received",
            "1 October 1918 is before 1 September 2006, when this procedure began. Check the year.",
        ),
        ({"received": ""}, "Received", "Received is empty; every row needs it."),
        ({"team": " "}, "Team", "Team is empty; every row needs it."),
        ({"themes": ";"}, "Themes", "Themes is empty; every row needs it."),
        ({"stage": "Stage 4"}, "Stage", "“Stage 4” is not one of: Stage 1, Stage 2, Stage 3, Ombudsman."),
        ({"answered": "2018-09-28"}, "Answered", "28 September 2018 is before the date in “Received”, 1 October 2018."),
        ({"outcome": "Upheld"}, "Outcome", "There is an outcome but no date in “Answered”. Give the date."),
        ({"findings": "Upheld"}, "Findings", "There are findings but no date in “Answered”. Give the date."),
        (
            {"answered": "2018-10-09", "findings": "Upheld; Upheld"},
            "Findings",
            "There are 2 findings for 1 themes. Give one for each, in the same order.",
        ),
        (
            {"answered": "2018-10-09", "outcome": "Upheld", "withdrawn": "2018-10-05"},
            "Withdrawn",
            "A stage that was answered or has an outcome cannot also have been withdrawn.",
        ),
        ({"panel_held": "2018-10-09"}, "Panel held", "“Panel held” does not belong to this stage. Empty the cell."),
        ({"due": "2018-10-09"}, "Due", "“Due” does not belong to this stage. Empty the cell."),
        (
            {"answered": "2018-10-09", "outcome": "Premature"},
            "Outcome",
            "Only the Ombudsman closes a case in this way.",
        ),
        ({"spoken": "perhaps"}, "Made orally", "“perhaps” is neither yes nor no."),
        ({"team": "=1+1"}, "Team", "“=1+1” is a formula. Paste its value instead."),
        ({"team": "x" * 201}, "Team", f"“{'x' * 57}…” is 201 characters long; the most is 200."),
        (
            {"stage": "3", "panel_report_sent": "2018-10-09"},
            "Panel report sent",
            "A panel's report needs the date on which the panel met.",
        ),
        (
            {"advocate": "Offered and declined", "advocate_appointed": "2018-10-09"},
            "Advocate appointed",
            "An advocate was appointed on this date: “Advocate” must say so.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_cannot_be_true_is_refused(
    tmp_path: Path, cells: dict[str, str], column: str, reason: str
) -> None:
    assert _refusals(tmp_path, row(**cells)) == [(2, column, reason)]


def test_all_that_is_wrong_is_listed_at_once_and_nothing_comes_out(tmp_path: Path) -> None:
    refused = _refusals(
        tmp_path,
        row(received="never"),
        row(reference="T-2"),
        row(reference="T-3", stage="Stage 9", team=""),
    )
    assert [(number, column) for number, column, _ in refused] == [(2, "Received"), (4, "Stage"), (4, "Team")]


def test_a_stage_stands_once_in_a_register(tmp_path: Path) -> None:
    assert _refusals(tmp_path, row(), row(reference="t-1 ")) == [
        (3, "Reference", "“t-1” already has this stage in row 2. A register has one row for each stage of a case."),
    ]


def test_two_spellings_of_a_team_are_refused_rather_than_counted_apart(tmp_path: Path) -> None:
    assert _refusals(tmp_path, row(), row(reference="T-2", team="north  Team")) == [
        (3, "Team", "“north Team” is written “North team” in row 2. Use one spelling, or they would be counted apart."),
    ]


def test_a_team_belongs_to_one_service(tmp_path: Path) -> None:
    ((number, column, reason),) = _refusals(tmp_path, row(), row(reference="T-2", service="Courts"))
    assert (number, column) == (3, "Service")
    assert "belongs to the service “Care” in row 2" in reason


def test_headings_may_stand_below_a_title_and_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "Our register 2018,,,,,\n,,,,,\nteam,STAGE,reference,Received:,themes,service\n"
        "North,1,R1,01.10.18,Delay,Care\n",
        encoding="utf-8",
    )
    (case,) = read_register(path, today=TODAY).cases
    assert case.history.events[0].on.exact == date(2018, 10, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "has no row of headings that belongs to a register"),
        ("Reference,Stage,Received,Service,Team\n", "the register has no column “Themes”"),
        ("Reference,Stage,Received,Service,Team,Themes,Team\n", "the column “Team” is there twice"),
        (
            "Reference,Stage,Received,Service,Team,Themes,Worker's name\n",
            "heading “Worker's name” is not part of the layout",
        ),
        ("Reference,Stage,Received,Service,Team,Themes\n", "has the headings of a register but no rows"),
    ],
)  # fmt: skip
def test_a_file_without_the_layout_is_no_register(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotARegister, match=message):
        read_register(path, today=TODAY)


def test_a_cell_beside_the_table_is_not_lost_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "Reference,Stage,Received,Service,Team,Themes,\nR1,1,2018-10-01,Care,North,Delay,see file\n", encoding="utf-8"
    )
    assert read_register(path, today=TODAY).refusals == (
        Refusal(2, "", "see file", "There is a cell outside the columns with a heading."),
    )


def test_a_list_of_refusals_ends_somewhere(tmp_path: Path) -> None:
    rows = [row(reference=f"T-{i}", received="x") for i in range(3000)]
    assert len(read_register(register_file(tmp_path, *rows), today=TODAY).refusals) == 1001


def test_excels_day_numbers_are_dates(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "r.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Register")
    sheet.write_row(0, 0, ("Reference", "Stage", "Received", "Service", "Team", "Themes"))
    sheet.write_row(1, 0, (101, 1, 43374, "Care", "North", "Delay"))
    book.close()
    (case,) = read_register(path, today=TODAY).cases
    assert case.reference == "101"
    assert case.history.events[0].on.exact == date(2018, 10, 1)
