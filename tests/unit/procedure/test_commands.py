"""`upheld procedure`, `clock`, `assess` and `calendar`: what they print, and what they refuse."""

import json
import sys
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from click.testing import CliRunner, Result

from upheld.commands.procedure import assess, calendar, clock, procedure
from upheld.errors import UpheldError
from upheld.procedure.load import DATA


def call(command: Any, *arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(command, list(arguments), input=text)


def test_a_limit_as_json() -> None:
    result = call(
        clock,
        "--pack",
        "children-england-2006",
        "--clock",
        "stage-1-response",
        "--from",
        "2018-12-14",
        "--format",
        "json",
    )
    answer = json.loads(result.output)
    assert (answer["due"], answer["working_days"], len(answer["days"])) == ("2019-01-02", 10, 19)
    assert answer["days"][0] == {"date": "2018-12-15", "number": None, "why_not": "Saturday"}
    assert answer["days"][-1] == {"date": "2019-01-02", "number": 10, "why_not": None}
    assert (answer["cite"], answer["layer"], answer["unit"]) == ("SI 2006/1738 reg 14(1)", "statute", "working-day")


def due(*arguments: str) -> str:
    return str(json.loads(call(clock, *arguments, "--format", "json").output)["due"])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--clock", "stage-1-response", "--from", "2018-12-14", "--extended"), "2019-01-16"),
        (("--clock", "stage-2-response", "--from", "2024-08-29"), "2024-10-03"),
        (("--clock", "stage-2-response", "--from", "2024-08-29", "--extended"), "2024-11-28"),
        (("--clock", "panel-held", "--from", "2025-04-22"), "2025-06-05"),
        (("--clock", "panel-report", "--from", "2022-05-26"), "2022-06-06"),
        (("--clock", "response-to-panel", "--from", "2022-12-22"), "2023-01-17"),
        (("--clock", "panel-papers", "--from", "2025-06-05"), "2025-05-21"),
        (("--clock", "ombudsman-complaint", "--from", "2024-09-03"), "2025-09-02"),
        (("--clock", "stage-1-response", "--from", "2022-09-09"), "2022-09-26"),
        (("--clock", "stage-1-response", "--from", "2022-09-09", "--known", "2022-09-09"), "2022-09-23"),
        (
            (
                "--pack",
                "complaint-handling-code-2024",
                "--clock",
                "stage-2-response",
                "--from",
                "2025-12-11",
                "--extended",
            ),
            "2026-02-10",
        ),
        (("--pack", "data-protection-2026", "--clock", "acknowledgement", "--from", "2026-06-20"), "2026-07-20"),
    ],
)
def test_limits_of_each_kind(arguments: tuple[str, ...], expected: str) -> None:
    assert due(*arguments) == expected


def test_a_limit_as_text_shows_its_working_day_by_day() -> None:
    lines = call(clock, "--clock", "panel-report", "--from", "2022-05-26").output.splitlines()
    assert lines == [
        "Panel report sent: 5 working days (SI 2006/1738 reg 20(2); Children's social care complaints, England (2006 "
        "Regulations))",
        "",
        "   0  Thu 26 May 2022   day 0",
        "   1  Fri 27 May 2022",
        "   –  Sat 28 May 2022   Saturday",
        "   –  Sun 29 May 2022   Sunday",
        "   2  Mon 30 May 2022",
        "   3  Tue 31 May 2022",
        "   4  Wed  1 Jun 2022",
        "   –  Thu  2 Jun 2022   Spring bank holiday",
        "   –  Fri  3 Jun 2022   Platinum Jubilee",
        "   –  Sat  4 Jun 2022   Saturday",
        "   –  Sun  5 Jun 2022   Sunday",
        "   5  Mon  6 Jun 2022",
        "",
        "Due by the end of Monday 6 June 2022.",
    ]


def test_other_ways_of_counting_as_text() -> None:
    year = call(clock, "--clock", "make-complaint", "--from", "2024-03-15").output
    assert year.splitlines()[:5] == [
        "Make the complaint: 1 year (SI 2006/1738 reg 9(1); Children's social care complaints, England (2006 "
        "Regulations))",
        "",
        "   0  Fri 15 Mar 2024   day 0",
        "",
        "Due by the end of Saturday 15 March 2025.",
    ]
    longest = call(clock, "--clock", "stage-1-response", "--from", "2018-12-14", "--extended").output
    assert longest.startswith("Stage 1 response: 20 working days, the longest (SI 2006/1738 reg 14(1)")
    back = call(clock, "--clock", "panel-papers", "--from", "2025-06-05").output
    assert back.startswith("Panel papers sent: 10 working days before (Getting the Best from Complaints: panel papers")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--clock", "receipt-information", "--from", "2024-01-08"),
            "has no number of days to count: SI 2006/1738 reg 11 asks for it as soon as possible.",
        ),
        (
            ("--clock", "ombudsman-response", "--from", "2024-01-08"),
            "is due on a date set case by case (Ombudsman: the date that the Ombudsman set).",
        ),
        (
            ("--clock", "panel-held", "--from", "2024-01-08", "--extended"),
            "Panel meets cannot be extended by a number of days (SI 2006/1738 reg 19(4)).",
        ),
        (("--clock", "panel-held", "--from", "2028-12-20"), "; 30 working days from 2028-12-20 end outside it."),
        (("--clock", "nothing", "--from", "2024-01-08"), "has no clock 'nothing'; it has make-complaint, "),
        (
            ("--pack", "scotland", "--clock", "panel-held", "--from", "2024-01-08"),
            "There is no procedure called 'scotland'.",
        ),
        (
            ("--clock", "panel-held", "--from", "2005-01-10"),
            "is in force from 2006-09-01; a case of 2005-01-10 is older.",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(arguments: tuple[str, ...], message: str) -> None:
    result = call(clock, *arguments)
    assert isinstance(result.exception, UpheldError)
    assert message in str(result.exception)
    assert result.output == ""


def test_a_day_that_is_none_is_refused() -> None:
    result = call(clock, "--clock", "panel-held", "--from", "8 January")
    assert (result.exit_code, "“8 January” is not a day. Write it as 2019-03-12." in result.output) == (2, True)


LINE = json.dumps(
    {
        "id": "x",
        "decided_on": "2024-06-30",
        "procedure": "children-statutory",
        "events": [
            {"kind": "stage-3-request", "date": "2024-01-08", "stage": 3, "note": ""},
            {"kind": "panel-held", "date": "2024-03", "stage": 3, "note": ""},
        ],
    }
)


def test_assessing_a_chronology() -> None:
    result = call(assess, "-", text=f"{LINE}\n\n{LINE}\n")
    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first == second
    assert list(first) == ["id", "clocks", "faults"]
    assert first["clocks"][0] == {
        "clock": "panel-held",
        "started": "2024-01-08",
        "due": "2024-02-19",
        "longest_due": "2024-02-19",
        "done": {"earliest": "2024-03-01", "latest": "2024-03-31"},
        "standing": "missed",
        "working_days_over": {"least": 9, "most": 28},
    }
    assert first["faults"] == [
        {
            "code": "stage-3-panel-held",
            "provision": "SI 2006/1738 reg 19(4)",
            "why": "Panel: due by 19 February 2024 at the latest, done on some day in March 2024.",
            "sure": True,
        }
    ]


@pytest.mark.parametrize(
    ("line", "known", "problem"),
    [
        ("{", None, "Line 1: It is not JSON: Expecting property name enclosed in double quotes"),
        ("\x00", None, "Line 1: It is not JSON: "),
        ("[" * 100_000, None, "Line 1: It is nested too deeply to be a chronology."),
        ("[]", None, "Line 1: It has to be an object with a list called events."),
        ('{"id": "7", "events": 3}', "7", "Line 1: It has to be an object with a list called events."),
        (
            LINE.replace("2024-01-08", "2031-01-08").replace("2024-06-30", "2031-06-30"),
            "x",
            "Line 1: The bank holidays of",
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_answered_and_the_rest_go_on(line: str, known: str | None, problem: str) -> None:
    result = call(assess, "-", text=f"{line}\n{LINE}\n")
    assert result.exit_code == 0
    first, second = (json.loads(answer) for answer in result.stdout.splitlines())
    assert (first["id"], first["clocks"], first["faults"], first["problem"].startswith(problem)) == (
        known,
        [],
        [],
        True,
    )
    assert result.stderr.startswith("upheld: line 1: ")
    assert second["id"] == "x"


def test_what_is_not_text_is_answered_in_words_and_marks_of_encoding_are_passed_over() -> None:
    content = b"\xef\xbb\xbf" + LINE.encode() + b"\n\xff\xfe\n   \r\n" + LINE.encode()
    result = CliRunner().invoke(assess, ["-"], input=content)
    assert result.exit_code == 0
    first, second, third = (json.loads(answer) for answer in result.stdout.splitlines())
    assert first == third
    assert second["problem"] == "Line 2: It is not text in UTF-8. Save the file as UTF-8, and try again."


def test_an_empty_file_has_no_answers() -> None:
    result = call(assess, "-", text="")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_what_cannot_be_read_of_a_line_is_remarked_upon_and_the_rest_assessed() -> None:
    data = json.loads(LINE)
    data["events"].append({"kind": "panel-adjourned", "date": "2024-02-20", "stage": 3, "room": 4})
    data["council"] = {"of": None}
    result = call(assess, "-", text=json.dumps(data))
    answer = json.loads(result.stdout)
    remark = "Event 3 is of a kind that is not on the list: 'panel-adjourned'. It was left out, so nothing is sure."
    assert (list(answer), answer["remarks"]) == (["id", "clocks", "faults", "remarks"], [remark])
    assert {fault["code"]: fault["sure"] for fault in answer["faults"]} == {"stage-3-panel-held": False}
    assert result.stderr == f"upheld: line 1: {remark}\n"


def test_half_a_character_can_be_answered() -> None:
    result = call(assess, "-", text=LINE.replace('"x"', '"x\\ud800"'))
    assert json.loads(result.stdout)["id"] == "x?"


def test_a_file_that_is_not_there_is_refused() -> None:
    assert call(assess, "no-such-file.jsonl").exit_code == 2


def test_showing_a_procedure() -> None:
    text = call(procedure, "show", "wales-2014").output
    assert text.startswith(
        "Children's social care complaints, Wales (2014 Regulations)\nWales; in force from 2014-08-01\n"
    )
    assert (
        "  acknowledgement: Acknowledge, 2 working days\n      from received\n      WSI 2014/1795 reg 16(2) (law)\n"
        in text
    )
    children = call(procedure, "show").output
    assert "  stage-1-response: C4 Stage 1 response, 10 working days, 20 at the longest\n" in children
    assert "(guidance, unverified)" in children
    for words in (
        "      from the last of: received; sufficient interest decided; advocate appointed; later start\n",
        "      longer: more time was decided on, by the end of the initial limit (SI 2006/1738 reg 14(5);\n",
        "      nothing more is owed after: both agreed to go straight to stage 2 (SI 2006/1738 reg 14(1))\n",
        "      from the first of these that applies: stage 2 response received; stage 2 response sent,\n",
        "by the end of the initial limit “Stage 2 response”; the task falls due on\n      working day 20\n",
        "      to complainant; as soon as possible\n      says: details of the procedure;",
        "  Agree to go straight to stage 2 (both)\n      open at: Stage 1 under way\n      SI 2006/1738 reg 14(1)",
        "      where three panel members are appointed\n",
        "\nWHO MAY COMPLAIN\n\n  A1: Child looked after, or in need; may have an advocate (Children Act",
        "  court-report: Court reports under sections 7 and 37; outside this procedure: the court",
        "  nothing-to-add: Nothing would be gained; no ground in law (SI 2006/1738 reg 15(2))\n",
        "  late: Asked for more than twenty working days after the response was received; a ground only where\n",
        "\nWHAT BREAKS THE PROCEDURE BY HAVING HAPPENED\n",
    ):
        assert words in children
    values = json.loads(call(procedure, "show", "--format", "json").output)
    assert {
        clock["id"]: (clock["length"], clock["longest"]) for clock in values["clocks"] if clock["stage"] == "stage-2"
    } == {
        "written-record": (None, None),
        "stage-2-response": (25, 65),
        "panel-request": (20, None),
    }
    assert [stage["code"] for stage in values["stages"]] == ["stage-1", "stage-2", "stage-3", "ombudsman"]
    assert len(values["duties"]) == 41
    (skip,) = [move for move in values["moves"] if move["id"] == "skip-stage-1"]
    assert (skip["open_at"], skip["leads_to"], skip["needs"], skip["cite"]) == (
        ["stage-1"], "stage-2", [], "SI 2006/1738 reg 14(1)",
    )  # fmt: skip
    assert values["codes"]["finding"][1]["label"] == "Partly upheld"
    with_day = call(procedure, "show", "--on", "2010-01-04").output
    assert with_day.startswith("Children's social care complaints, England")
    assert isinstance(call(procedure, "show", "--on", "2001-01-04").exception, UpheldError)


def test_local_targets_are_shown_as_local(tmp_path: Path) -> None:
    assert (
        "LOCAL TARGETS (policy, which may be stricter than the law and never looser)\n\n"
        in call(procedure, "show").output
    )
    own = tmp_path / "policy.toml"
    own.write_text(
        "[children-england-2006]\ndeemed_receipt = 3\nclosure_days = [2026-12-29]\n"
        "[children-england-2006.targets]\nstage-1-response = 8\nreceipt-information = 1\n"
    )
    lines = call(procedure, "show", "--policy", str(own)).output.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("LOCAL TARGETS"))
    assert lines[first + 2 : first + 7] == [
        "  Stage 1 response (stage-1-response): 8 working days",
        "  Information and offers on receipt (receipt-information): 1 working day",
        "  a response counts as received 3 working days after sending, where no day is recorded",
        "  closed on 2026-12-29: longer for a target, never for a limit",
        "",
    ]
    values = json.loads(call(procedure, "show", "--policy", str(own), "--format", "json").output)
    assert values["local_targets"] == {"stage-1-response": 8, "receipt-information": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[children-england-2006.targets]\nstage-1-response = 12\n",
            "12 working days for stage-1-response is longer than the 10",
        ),
        ("[children-england-2006\n", "Local policy: the file cannot be read: "),
    ],
)
def test_a_policy_that_will_not_do_is_refused(tmp_path: Path, text: str, message: str) -> None:
    own = tmp_path / "policy.toml"
    own.write_text(text)
    result = call(procedure, "show", "--policy", str(own))
    assert isinstance(result.exception, UpheldError)
    assert message in str(result.exception)


def test_listing_procedures() -> None:
    assert [line.split()[0] for line in call(procedure, "list").output.splitlines()] == [
        "children-england-2006",
        "complaint-handling-code-2024",
        "adults-england-2009",
        "wales-2014",
        "data-protection-2026",
    ]


def test_showing_the_bank_holidays() -> None:
    lines = call(calendar, "show").output.splitlines()
    assert lines[0] == "2006-01-02  New Year's Day (substitute day)  (known 2005-01-01, proclamation)"
    assert "2022-09-19  State funeral of Queen Elizabeth II  (known 2022-09-10, announcement)" in lines
    then = call(calendar, "show", "--known", "2022-09-09").output
    assert "2022-09-19" not in then


def gov_uk(changes: dict[str, str | None]) -> str:
    """The published list as it stands, with days added or (with None) left out."""
    from upheld.procedure import load_calendar

    days = {
        day.day.isoformat(): day.name.removesuffix(" (substitute day)")
        for day in load_calendar().holidays
        if day.day.year >= 2024
    }
    days |= {day: title for day, title in changes.items() if title}
    events = [
        {"title": title.replace("'", "’"), "date": day, "notes": "", "bunting": True}
        for day, title in sorted(days.items())
        if changes.get(day, "") is not None
    ]
    return json.dumps({"england-and-wales": {"division": "england-and-wales", "events": events}})


def refreshed(folder: Path, changes: dict[str, str | None], on: str = "2027-02-01") -> tuple[Result, str]:
    listed, target = folder / "bank-holidays.json", folder / "england-and-wales.toml"
    listed.write_text(gov_uk(changes), encoding="utf-8")
    target.write_text((DATA / "calendars" / "england-and-wales.toml").read_text(encoding="utf-8"), encoding="utf-8")
    result = call(calendar, "refresh", str(listed), "--on", on, "--calendar", str(target))
    return result, target.read_text(encoding="utf-8")


def test_nothing_new_changes_nothing(tmp_path: Path) -> None:
    result, text = refreshed(tmp_path, {})
    assert result.output == "Nothing has changed: the calendar runs to 2028-12-31.\n"
    assert text == (DATA / "calendars" / "england-and-wales.toml").read_text(encoding="utf-8")


def test_a_day_added_moved_and_a_new_year(tmp_path: Path) -> None:
    changes = {
        "2027-05-03": None,
        "2027-05-07": "Early May bank holiday",
        "2027-07-12": "A jubilee",
        "2029-01-01": "New Year's Day",
        "2029-03-30": "Good Friday",
        "2029-12-26": "Boxing Day",
        "2030-12-27": "Boxing Day",
    }
    result, text = refreshed(tmp_path, changes)
    assert result.output.splitlines() == [
        "- 2027-05-03  Early May bank holiday: moved away, known from 2027-02-01",
        "+ 2027-05-07  Early May bank holiday: by proclamation, known from 2026-01-01",
        "+ 2027-07-12  A jubilee: by announcement, known from 2027-02-01",
        "+ 2029-01-01  New Year's Day: by proclamation, known from 2028-01-01",
        "+ 2029-03-30  Good Friday: by statute, known from 1971-12-16",
        "+ 2029-12-26  Boxing Day: by statute, known from 1971-12-16",
        "+ 2030-12-27  Boxing Day (substitute day): by proclamation, known from 2029-01-01",
        "The calendar runs to 2030-12-31.",
    ]
    from upheld.procedure.calendar import parse_calendar

    after = parse_calendar(text)
    assert (after.version, after.last.isoformat(), text.startswith("# Bank holidays in England and Wales")) == (
        "2027-02-01", "2030-12-31", True,
    )  # fmt: skip
    assert [str(holiday.day) for holiday in after.published if holiday.withdrawn] == [
        "2012-05-28", "2020-05-04", "2022-05-30", "2027-05-03",
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bank-holidays.json", "england-and-wales.toml"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"2025-05-05": None},
            "The list leaves out Early May bank holiday on 2025-05-05, which is past. Past holidays do not change.",
        ),
        (
            {"2025-05-06": "A surprise"},
            "The list adds A surprise on 2025-05-06, which is past. Past holidays do not change.",
        ),
    ],
)
def test_past_holidays_do_not_change(tmp_path: Path, changes: dict[str, str | None], message: str) -> None:
    result, text = refreshed(tmp_path, changes)
    assert str(result.exception) == message
    assert text == (DATA / "calendars" / "england-and-wales.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "This is not the list of bank holidays that gov.uk publishes"),
        ("{}", "england-and-wales has no days in it. Save gov.uk/bank-holidays.json and name that file."),
        ('{"england-and-wales": {"events": []}}', "The list holds no days, so nothing can be learnt from it."),
        (
            '{"england-and-wales": {"events": [{"date": "2026-12-25", "title": "Christmas Day"}]}}',
            "The list ends with 2026 and the calendar with 2028: a newer list is needed.",
        ),
    ],
)
def test_a_list_that_is_none_is_refused(tmp_path: Path, text: str, message: str) -> None:
    listed = tmp_path / "list.json"
    listed.write_text(text, encoding="utf-8")
    result = call(calendar, "refresh", str(listed), "--on", "2026-02-01")
    assert isinstance(result.exception, UpheldError)
    assert message in str(result.exception)


def test_a_list_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    result = call(calendar, "refresh", str(tmp_path / "nothing.json"), "--on", "2026-02-01")
    assert str(result.exception).startswith("A file cannot be read: ")


def test_a_calendar_that_cannot_be_written_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise OSError("no room")

    monkeypatch.setattr(Path, "replace", fail)
    result, text = refreshed(tmp_path, {"2027-07-12": "A jubilee"})
    assert str(result.exception) == "no room"
    assert text == (DATA / "calendars" / "england-and-wales.toml").read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bank-holidays.json", "england-and-wales.toml"]


@pytest.mark.parametrize("command", [["clock", "--clock", "panel-held", "--from", "2024-01-08"], ["procedure", "show"]])
def test_the_commands_load_neither_django_nor_ibis(command: list[str]) -> None:
    code = (
        "import sys; from upheld.cli import main\n"
        "try:\n    main(sys.argv[1:])\nfinally:\n"
        "    heavy = {'django', 'ibis', 'duckdb', 'sqlglot', 'numpy', 'pandas'} & set(sys.modules)\n"
        "    print(sorted(heavy), file=sys.stderr)"
    )
    done = run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert done.stdout


def test_one_provision_is_cited_once() -> None:
    text = call(procedure, "show", "complaint-handling-code-2024").output
    assert "end of the initial limit (Complaint Handling Code paras 6.4 and 6.5)\n" in text
