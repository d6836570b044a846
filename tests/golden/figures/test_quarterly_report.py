"""The generated report of the published quarter says what is true of it, and every number in it has its figure."""

import re
from datetime import date
from functools import cache

import pytest

from upheld.figures.calculate import calculate
from upheld.figures.from_register import facts_of_register
from upheld.figures.period import Quarter
from upheld.figures.questions import stages_of
from upheld.files.tables import read_sheet_bytes
from upheld.narrative.commentary import Commentary, default_subtitle, default_title
from upheld.narrative.quarterly import asked_for, quarterly_report
from upheld.narrative.report import (
    Chart,
    Cover,
    ListBlock,
    Number,
    Paragraph,
    Report,
    Role,
    Section,
    Table,
    plain,
)
from upheld.register.example import csv_bytes, make_example
from upheld.register.read import register_of_sheet

TODAY = date(2026, 11, 22)
Q3 = Quarter.parse("Q3 2018/19")


@cache
def report(quarter: str = "Q3 2018/19", as_at: date = date(2019, 3, 12)) -> Report:
    sheet = read_sheet_bytes(csv_bytes(make_example(TODAY)), "example.csv")
    source = facts_of_register(register_of_sheet(sheet, source="example.csv", digest="0" * 64, today=TODAY))
    asked = Quarter.parse(quarter)
    figures = calculate(source, asked_for(asked), as_at=as_at, groups={"stage": stages_of("children-england-2006")})
    cover = Cover("Example", default_title(asked), default_subtitle(asked), ())
    return quarterly_report(figures, asked, cover, Commentary())


def text_of(section: Section) -> str:
    parts = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            parts.append(plain(block.runs))
        elif isinstance(block, ListBlock):
            parts += [plain(item) for item in block.items]
    return "\n".join(parts)


def section(title: str, made: Report | None = None) -> Section:
    (found,) = [s for s in (made or report()).walk() if s.title == title]
    return found


def test_stage_1_in_words() -> None:
    assert text_of(section("Stage 1")) == (
        "51 stage 1 complaints were received, 11 more than in Q2 2018/19 (up 28% from 40), and 23 more than in the "
        "same quarter of the year before (Q3 2017/18). Of the 51 decided, 7 (14%) were upheld; in Q2 2018/19, 4 of 40 "
        "(10%).\n"
        "Of the 51 answered, 23 (45%) were in time, against 11 of 40 (28%) in Q2 2018/19: up 18 percentage points."
    )


def test_the_four_stage_2_cases_are_open_in_words() -> None:
    assert text_of(section("Stage 2")) == (
        "4 complaints went to stage 2, 1 fewer than in Q2 2018/19, and 2 more than in the same quarter of the year "
        "before (Q3 2017/18).\nAll 4 are still open; none has passed its limit."
    )


def test_no_panel_and_no_ombudsman_in_words() -> None:
    assert text_of(section("Stage 3")) == "No review panel was asked for; in Q2 2018/19 there were 2."
    assert text_of(section("Ombudsman")) == "No enquiry came from the Ombudsman, as in Q2 2018/19."


def test_lac_is_four_of_fifteen_and_not_of_eight() -> None:
    assert "LAC had the most stage 1 complaints, 15 of 51. Of the 15 decided, 4 (27%) were upheld." in text_of(
        section("Complaints by service team")
    )
    (table,) = [t for t in report().tables() if t.id == "table-teams"]
    rows = {plain(row.cells[0].runs): [plain(cell.runs) for cell in row.cells[1:]] for row in table.rows}
    assert rows["LAC"] == ["15", "8", "15", "53%", "4", "15", "27%", "0"]
    assert rows["Child Protection & Proceedings"] == ["12", "3", "12", "25%", "1", "12", "8%", "0"]
    assert rows["All teams"] == ["51", "23", "51", "45%", "7", "51", "14%", "0"]


def test_one_rounding_of_one_number_everywhere() -> None:
    shown = {n.text for n in report().numbers() if n.source.ref.figure == "in_time_rate" and n.role is Role.VALUE
             and (n.source.numerator, n.source.denominator) == (11, 40)}  # fmt: skip
    assert shown == {"28%"}


def test_the_stage_table_leaves_no_quarter_out() -> None:
    (table,) = [t for t in report().tables() if t.id == "table-stages"]
    assert [plain(cell.runs) for cell in table.head[0][1:]] == [q.label for q in Q3.back(6)]
    assert table.columns == 7
    assert {sum(cell.span for cell in row.cells) for row in table.rows} == {7}


def test_a_quarter_before_the_record_begins_says_no_data_and_is_named() -> None:
    made = report("Q2 2017/18", date(2017, 12, 1))
    (table,) = [t for t in made.tables() if t.id == "table-stages"]
    assert [plain(cell.runs) for cell in table.rows[1].cells] == ["Received", *["no data"] * 5, "26"]
    assert plain(table.notes[0]).startswith("No data: nothing is recorded for Q1 2016/17, Q2 2016/17,")
    assert "so there is no comparison" in text_of(section("Stage 1", made))


@pytest.mark.parametrize(
    ("quarter", "as_at"),
    [("Q3 2018/19", date(2019, 3, 12)), ("Q2 2017/18", date(2017, 12, 1)), ("Q2 2026/27", TODAY), ("Q3 2026/27", TODAY),
     ("Q1 2030/31", TODAY)],
)  # fmt: skip
def test_every_number_says_what_its_figure_says(quarter: str, as_at: date) -> None:
    words_of_numbers = {"no": 0, "none": 0, "one": 1}
    for number in report(quarter, as_at).numbers():
        stated = number.text.rstrip("%").replace(",", "").lower()
        value = words_of_numbers[stated] if stated in words_of_numbers else int(stated)
        source, since = number.source, number.since
        match number.role:
            case Role.VALUE:
                assert number.value == source.value
            case Role.NUMERATOR:
                assert number.value == source.numerator
            case Role.DENOMINATOR:
                assert number.value == source.denominator
            case Role.CHANGE | Role.CHANGE_PERCENT:
                assert since is not None
        assert value == abs(number.value)


# Names, dates and laws that sentences may hold; every other digit belongs to a figure.
_NAMED = re.compile(
    r"Q[1-4] \d{4}/\d{2}|[Ss]tage [123]|Children Act 1989|\d{1,2} [A-Z][a-z]+ \d{4}|\b[A-Z][a-z]+ \d{4}"
)


@pytest.mark.parametrize(
    ("quarter", "as_at"), [("Q3 2018/19", date(2019, 3, 12)), ("Q2 2026/27", TODAY), ("Q3 2026/27", TODAY)]
)
def test_no_sentence_holds_a_typed_number(quarter: str, as_at: date) -> None:
    made = report(quarter, as_at)
    for part in made.walk():
        if part.id == "definitions":
            continue  # versions and a digest
        for block in part.blocks:
            groups = {
                Paragraph: lambda b: [b.runs],
                ListBlock: lambda b: list(b.items),
                Table: lambda b: [b.base, *b.notes, *(cell.runs for row in b.rows for cell in row.cells)],
                Chart: lambda b: [b.description],
            }[type(block)](block)
            for runs in groups:
                typed = "".join(_NAMED.sub("", run) for run in runs if isinstance(run, str))
                assert not re.search(r"\d", typed), plain(runs)


def test_a_change_is_that_of_the_counts() -> None:
    changes = {n.id: n.value for n in report().numbers() if isinstance(n, Number) and n.since is not None}
    assert changes["received@Q3 2018/19?stage=stage-1~Q2 2018/19#change"] == 11
    assert changes["received@Q3 2018/19?stage=stage-1~Q2 2018/19#change-percent"] == 28
