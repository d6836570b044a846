"""The example's cover and commentary: read as any council's, with no typed number and nobody's name."""

import re
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path

from upheld.figures.period import Quarter
from upheld.narrative.papers import Papers, papers

EXAMPLE = files("upheld.narrative") / "example"
QUARTER = Quarter(2018, 3)
STAGE_FIGURES = {"in_time_rate stage=stage-1"}


def example() -> Papers:
    return papers(QUARTER, council="Nobody’s", folder=Path(str(EXAMPLE)))


def test_the_cover_is_that_of_the_committee_paper() -> None:
    cover, as_at = example().cover, example().as_at
    assert (cover.council, cover.marking, as_at) == (
        "Example Borough Council",
        "For general release",
        date(2019, 3, 12),
    )
    assert [label for label, _ in cover.fields] == [
        "Report to", "Subject", "Lead officer", "Cabinet member", "Person leading at the meeting", "Origin of item",
        "Brief for the committee", "Contact officer",
    ]  # fmt: skip
    assert dict(cover.fields)["Report to"] == "Children and Young People Scrutiny Sub-Committee, 12 March 2019"


def test_the_indicators_are_those_that_were_published() -> None:
    indicators = example().commentary.indicators
    assert {i.id: (i.value, i.target, i.unit) for i in indicators.values()} == {
        "assessments-on-time": (79, 85, "%"),
        "reports-before-meetings": (None, 90, "%"),
        "responses-in-time-elsewhere": (90, None, "%"),
    }


def test_every_action_has_an_owner_a_day_and_a_measure() -> None:
    actions = example().commentary.actions
    assert len(actions) == 6
    assert [a for a in actions if not (a.text and a.owner and a.due and a.measure)] == []
    learnings = set(example().commentary.learnings)
    assert not learnings & {a.text for a in actions}  # what was learnt is not repeated as what will be done


def test_no_sentence_holds_a_typed_number() -> None:
    commentary = example().commentary
    texts = [
        *commentary.notes, *commentary.learnings, *commentary.forward_plan,
        *(text for action in commentary.actions for text in (action.text, action.measure)),
    ]  # fmt: skip
    for text in texts:
        words = re.sub(r"\{[^{}]+\}|(\d{1,2} )?(January|February|March) 2019|stage \d|Q\d \d{4}/\d\d", "", text)
        assert not re.search(r"\d|per cent|%", words), text
    referred = set(re.findall(r"\{figure:([^{}]+)\}", " ".join(texts)))
    assert referred == STAGE_FIGURES


def test_each_file_says_at_its_top_how_it_is_written() -> None:
    for name in ("cover.toml", "commentary.toml"):
        text = (EXAMPLE / name).read_text(encoding="utf-8")
        head = text[: text.index("\n\n")]
        assert head.startswith("# ")
        for key in tomllib.loads(text):
            assert key in head, (name, key)
