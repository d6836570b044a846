"""Two layouts that are not ours come in by a mapping of under thirty lines, and give the very same record."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from tests.factories.foreign import (
    TICKET_MAPPING,
    WIDE_MAPPING,
    Case,
    ticket_cases,
    ticket_export,
    wide_cases,
    wide_sheet,
)
from tests.factories.registers import TODAY
from upheld.facts import CaseFacts, fold
from upheld.figures.from_register import facts_of_register
from upheld.figures.period import Quarter
from upheld.figures.questions import ask
from upheld.procedure import load_calendar, load_pack
from upheld.register.example import ExampleRow, csv_bytes, make_example
from upheld.register.mapping import mapping_of
from upheld.register.model import About, Register
from upheld.register.read import register_of_bytes
from upheld.register.understanding import draft, understand

Q3 = Quarter.parse("Q3 2018/19")
ROWS = make_example(date(2019, 6, 30))
LAYOUTS = pytest.mark.parametrize(
    ("cut", "export", "mapping", "name"),
    [
        pytest.param(ticket_cases, ticket_export, TICKET_MAPPING, "export.csv", id="an export of a case system"),
        pytest.param(wide_cases, wide_sheet, WIDE_MAPPING, "log.xlsx", id="a log kept by hand"),
    ],
)
Cut = Callable[[Sequence[ExampleRow]], list[Case]]
Export = Callable[..., bytes]


def _own(cases: list[Case]) -> Register:
    return register_of_bytes(csv_bytes([row for case in cases for row in case]), "own.csv", today=TODAY)


def _facts(register: Register) -> dict[str, CaseFacts]:
    pack = load_pack("children-england-2006")
    calendar = load_calendar(pack.calendar)
    return {case.reference: fold(case.history, pack, calendar) for case in register.cases}


@LAYOUTS
def test_the_mapping_is_short(cut: Cut, export: Export, mapping: str, name: str) -> None:
    assert len(mapping.splitlines()) < 30


@LAYOUTS
def test_the_same_cases_give_the_same_record_and_the_same_figures(
    cut: Cut, export: Export, mapping: str, name: str
) -> None:
    cases = cut(ROWS)
    own = _own(cases)
    theirs = register_of_bytes(export(cases), name, today=TODAY, mapping=mapping_of(mapping, "layout.toml"))
    assert (own.refusals, theirs.refusals) == ((), ())
    assert {case.reference: case.history for case in theirs.cases} == {c.reference: c.history for c in own.cases}
    assert (theirs.services, theirs.teams, theirs.themes) == (own.services, own.teams, own.themes)
    assert len(theirs.cases) > 200
    for by in (("stage",), ("team",), ("theme",), ("channel",)):
        figures = [ask(facts_of_register(read), Q3, as_at=TODAY, quarters=6, by=by).values for read in (own, theirs)]
        assert figures[0] == figures[1]
        assert any(value.value for value in figures[0].values())
    assert {stage for case in theirs.cases for stage in case.rows} == {"stage-1", "stage-2", "stage-3", "ombudsman"}


SETTLED = {
    "export.csv": (
        ('service = "?"', 'service = "Children\'s social care"'),
        ('"Highways Stage 1" = "?"', '"Highways Stage 1" = "leave out"'),
        ('"Self service" = "?"', '"Self service" = "Web form"'),
        ('"Walk in" = "?"', '"Walk in" = "In person"'),
        ('themes = "?"', 'themes = ">"'),
        # What the file does not explain: a column of its own, and the day on which a withdrawn case was closed.
        ('answered = "Response Sent"', 'answered = ["Response Sent", "Date Closed"]'),
        ("\n[always]", 'extension_decided = "Complex Until Decided"\n\n[always]'),
    ),
    "log.xlsx": (),
}


@LAYOUTS
def test_the_same_files_are_recognised_but_for_what_only_a_person_can_say(
    cut: Cut, export: Export, mapping: str, name: str
) -> None:
    cases = cut(ROWS)
    found = understand(export(cases), name, today=TODAY)
    text = draft(found)
    for question, answer in SETTLED[name]:
        assert question in text
        text = text.replace(question, answer, 1)
    theirs = register_of_bytes(export(cases), name, today=TODAY, mapping=mapping_of(text, "layout.toml"))
    assert theirs.refusals == ()
    own = _own(cases)
    assert {case.reference: case.history for case in theirs.cases} == {c.reference: c.history for c in own.cases}
    figures = [ask(facts_of_register(read), Q3, as_at=TODAY, quarters=6, by=("team",)).values for read in (own, theirs)]
    assert figures[0] == figures[1]


@LAYOUTS
def test_what_the_file_says_about_being_in_time_is_compared_with_its_dates(
    cut: Cut, export: Export, mapping: str, name: str
) -> None:
    cases = cut(ROWS)
    facts = _facts(_own(cases))
    truth = {
        (reference, stage.stage): stage.answered_on <= stage.due_in_force_on
        and all(
            due is None or (done is not None and done <= due)
            for due, done in (
                (stage.panel_due_on, stage.panel_held_on), (stage.panel_report_due_on, stage.panel_report_sent_on),
            )
        )
        for reference, case in facts.items()
        for stage in case.stages
        if stage.answered_on is not None and stage.due_in_force_on is not None
    }  # fmt: skip
    lies = {key for i, key in enumerate(truth) if i % 20 == 0 and key[1] == "stage-1"}

    def stated(row: ExampleRow) -> bool | None:
        key = (row.reference, row.stage)
        return truth[key] is not (key in lies) if key in truth else None

    content = export(cases, stated)
    read = register_of_bytes(content, name, today=TODAY, mapping=mapping_of(mapping, "layout.toml"))
    told = [remark.text.split(",")[0] for remark in read.remarks if remark.about is About.IN_TIME]
    assert sorted(told) == sorted(reference for reference, _ in lies)
    assert len(told) > 5
