"""The reference pages: what each must hold. That they are up to date is told by `make check`."""

import re

import pytest

from upheld.procedure import KINDS, PACKS, load_pack
from upheld.procedure.reference import pages
from upheld.procedure.worked import worked_deadlines

PAGES = pages()


def test_there_is_a_page_for_each_procedure_and_each_matter() -> None:
    assert list(PAGES) == sorted(
        [
            *(f"{pack}.md" for pack in PACKS),
            "README.md",
            "assessing.md",
            "bank-holidays.md",
            "deadlines.md",
            "events.md",
        ]
    )


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_of_a_procedure_is_on_its_page(pack: str) -> None:
    page, loaded = PAGES[f"{pack}.md"], load_pack(pack)
    missing = [clock.id for clock in loaded.clocks if f"(`{clock.id}`)" not in page]
    missing += [duty.id for duty in loaded.duties if duty.label not in page]
    missing += [breach.id for breach in loaded.breaches if breach.label not in page]
    missing += [move.id for move in loaded.moves if f"(`{move.id}`)" not in page]
    missing += [code.code for codes in loaded.codes.values() for code in codes if f"| `{code.code}` |" not in page]
    assert missing == []
    assert "```mermaid\nstateDiagram-v2\n" in page


def test_all_forty_seven_deadlines_are_named_with_their_dates() -> None:
    page = PAGES["deadlines.md"]
    for deadline in worked_deadlines():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| {deadline.number} |")]
        assert deadline.title in row
        dates = {
            day for each in deadline.expected for day in (each.due, each.in_force, each.longest) if day is not None
        }
        assert [day for day in dates if day.isoformat() not in row] == []


def test_every_event_is_listed() -> None:
    assert [kind for kind in KINDS if f"| `{kind}` |" not in PAGES["events.md"]] == []


def test_tables_are_even() -> None:
    for name, page in PAGES.items():
        widths: list[int] = []
        for line in [*page.splitlines(), ""]:
            if line.startswith("| "):
                widths.append(len(re.findall(r"(?<!\\)\|", line)))
            elif widths:
                assert len(set(widths)) == 1, name
                widths = []


def test_only_what_could_not_be_foreseen_is_listed_among_the_holidays() -> None:
    rows = [line for line in PAGES["bank-holidays.md"].splitlines() if line.startswith("| 2")]
    assert len(rows) == 11
    assert "| 2022-09-19 | State funeral of Queen Elizabeth II | 2022-09-10 |" in rows
    assert "| 2020-05-04 | Early May bank holiday | moved away, known from 2019-06-07 |" in rows
