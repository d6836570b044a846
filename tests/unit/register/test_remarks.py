"""What is worth knowing of a register and stops nothing: doubtful words about time, and complaints entered twice."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from tests.factories.registers import TODAY, row
from upheld.files import Sheet
from upheld.register import duplicates, in_time
from upheld.register.layout import BY_ID
from upheld.register.mapping import MappedLayout, mapping_of
from upheld.register.model import About, Remark
from upheld.register.read import register_of_sheet

HEAD = ("Ref", "Stage", "In", "Out", "Gone", "Met", "Panel", "Advice")
MAPPING = """
always = { service = "Care", team = "North", themes = "Delay" }
[columns]
reference = "Ref"
stage = "Stage"
received = "In"
answered = "Out"
withdrawn = "Gone"
in_time = "Met"
panel_held = "Panel"
recommendations_received = "Advice"
"""


def _remarks(*rows: Sequence[object], today: date = TODAY) -> list[Remark]:
    sheet = Sheet("log", (HEAD, *map(tuple, rows)))
    layout = MappedLayout(sheet, "log.csv", mapping_of(MAPPING, "m.toml"))
    read = register_of_sheet(sheet, source="log.csv", digest="", today=today, layout=layout)
    assert read.refusals == ()
    return [remark for remark in read.remarks if remark.about is About.IN_TIME]


def test_the_word_of_the_file_is_compared_with_its_dates() -> None:
    told = _remarks(
        ("A1", "1", "2018-10-01", "2018-10-15", None, "Yes"),
        ("A2", "1", "2018-10-01", "2018-10-16", None, "In SLA"),
        ("A3", "1", "2018-10-01", "2018-10-15", None, 0),
        ("A4", "1", "2018-10-01", None, None, "Within timescale"),
        ("A5", "1", "2026-11-20", None, None, "N"),
        ("A6", "1", "2018-10-01", None, "2018-10-03", "N"),
        ("A7", "3", "2018-10-01", "2018-11-23", None, "Y", "2018-11-14", "2018-11-20"),
        ("A8", "3", "2018-10-01", "2018-11-15", None, "Y"),
        ("A9", "Ombudsman", "2018-10-01", "2018-11-15", None, "Y"),
    )
    assert [(remark.rows[0], remark.text) for remark in told] == [
        (
            3,
            "A2, Stage 1: the file says in time, but it was answered on 16 October 2018, and was due on "
            "15 October 2018.",
        ),
        (
            4,
            "A3, Stage 1: the file says not in time, but it was answered on 15 October 2018, and was due on "
            "15 October 2018.",
        ),
        (
            5,
            "A4, Stage 1: the file says in time, but it is not answered, and was due on 15 October 2018.",
        ),
        (8, "A7, Stage 3: the file says in time, but the limit of the panel held was missed."),
    ]


def test_what_lies_beyond_the_calendar_is_not_judged() -> None:
    assert _remarks(("A1", "1", "2038-10-01", "2038-12-01", None, "Yes"), today=date(2040, 1, 1)) == []


def test_only_so_many_are_told_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_time, "MOST", 2)
    told = _remarks(*((f"A{i}", "1", "2018-10-01", "2018-10-16", None, "Yes") for i in range(5)))
    more = "… and 3 more in which the file's word on being in time differs from its dates."
    assert told[2:] == [Remark(About.IN_TIME, (), more)]


def _suspected(*rows: dict[str, str]) -> list[str]:
    columns = list(dict.fromkeys(column for cells in rows for column in cells))
    head = tuple(BY_ID[column].heading for column in columns)
    sheet = Sheet("r", (head, *(tuple(cells.get(column) for column in columns) for cells in rows)))
    read = register_of_sheet(sheet, source="r.csv", digest="", today=TODAY)
    assert read.refusals == ()
    return [remark.text for remark in read.remarks if remark.about is About.DUPLICATE]


def test_the_same_child_or_complainant_close_together_is_suspected() -> None:
    assert _suspected(
        row(reference="A1", child_name="Testa Child", received="2018-10-01"),
        row(reference="A2", child_name="testa  child", received="2018-10-29"),
        row(reference="A3", child_name="Testa Child", received="2018-12-01"),
        row(reference="A4", complainant_name="Testa Parent", received="2018-10-01"),
        row(reference="A5", complainant_name="Testa Parent", received="2018-10-02"),
        row(reference="A5", stage="Stage 2", complainant_name="Testa Parent", received="2018-11-02"),
    ) == [
        "A1 (row 2) and A2 (row 3) may be one complaint: the same child, received 28 days apart.",
        "A4 (row 5) and A5 (row 6) may be one complaint: the same complainant, received a day apart.",
    ]


def test_the_same_days_team_and_themes_are_suspected_once() -> None:
    same = {"answered": "2018-10-12", "outcome": "Upheld"}
    assert _suspected(
        row(reference="A1", child_name="Testa Child", **same),
        row(reference="A2", child_name="Testa Child", **same),
        row(reference="A3", **same),
        row(reference="A4", themes="Money", **same),
        row(reference="A5"),
        row(reference="A6"),
    ) == [
        "A1 (row 2) and A2 (row 3) may be one complaint: the same child, received on the same day.",
        "A2 (row 3) and A3 (row 4) may be one complaint: received and answered on the same days, for the same team, "
        "with the same themes.",
    ]


def test_a_long_list_of_suspicions_ends_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "MOST", 2)
    start = date(2018, 10, 1)
    days = [(start + timedelta(days=i)).isoformat() for i in range(5)]
    told = _suspected(*(row(reference=f"A{i}", child_name="Testa Child", received=day) for i, day in enumerate(days)))
    assert told[2:] == ["… and 2 more pairs that may be one complaint under two references."]
