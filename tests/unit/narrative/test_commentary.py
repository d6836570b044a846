"""Cover and commentary are read as documented, or refused with the file and the place."""

from datetime import date
from pathlib import Path

import pytest

from tests.factories.facts import case_facts, source_of, stage_fact
from upheld.figures.calculate import Asked, calculate
from upheld.figures.model import FigureSet
from upheld.figures.period import Quarter
from upheld.narrative.commentary import CommentaryFault, read_commentary, read_cover, runs_of
from upheld.narrative.papers import folder_of, papers
from upheld.narrative.report import Number, plain

Q3 = Quarter(2018, 3)

COMMENTARY = """
[[indicator]]
id = "on-time"
name = "Assessments on time"
value = 79
target = 85
source = "Performance clinics"

[[learning]]
text = "On time: {indicator:on-time}, against {indicator:on-time.target}."

[[action]]
text = "Answer"
owner = "Heads of service"
due = 2019-03-31
measure = "More than {figure:received stage=stage-1}"

[forward_plan]
paragraphs = ["One.", "Two."]
"""


def _write(folder: Path, text: str, name: str = "commentary.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _figures() -> FigureSet:
    return calculate(
        source_of(case_facts(stage_fact())), [Asked(("received",), (Q3,), ("stage",))], as_at=date(2019, 3, 12)
    )


def test_commentary_names_its_numbers(tmp_path: Path) -> None:
    read = read_commentary(_write(tmp_path, COMMENTARY))
    learning = runs_of(read.learnings[0], read, _figures(), Q3)
    assert plain(learning) == "On time: 79%, against 85%."
    assert [run.id for run in learning if isinstance(run, Number)] == [
        "indicator:on-time@Q3 2018/19#value", "indicator:on-time.target@Q3 2018/19#value",
    ]  # fmt: skip
    (action,) = read.actions
    assert (action.owner, action.due) == ("Heads of service", "31 March 2019")
    measure = runs_of(action.measure, read, _figures(), Q3)
    assert plain(measure) == "More than 1"
    assert [run.id for run in measure if isinstance(run, Number)] == ["received@Q3 2018/19?stage=stage-1#value"]
    assert read.forward_plan == ("One.", "Two.")


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("{indicator:none}", CommentaryFault, "states no such indicator"),
        ("{indicator:on-time.other}", CommentaryFault, None),
        ("{figure:recieved}", CommentaryFault, "was not calculated"),
        ("{sum:received}", CommentaryFault, "is neither"),
    ],
)
def test_a_reference_to_what_there_is_not_is_refused(
    tmp_path: Path, text: str, error: type[Exception], message: str | None
) -> None:
    read = read_commentary(_write(tmp_path, COMMENTARY))
    with pytest.raises(error, match=message):
        runs_of(text, read, _figures(), Q3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not toml", "commentary.toml is not well-formed TOML"),
        ("[[learning]]\n", "“text” is missing or empty"),
        ('learning = "one"', "written as tables"),
        ('[[indicator]]\nid="a"\nname="A"\nsource="s"\nvalue="79"', "“value” must be a whole number"),
        ('forward_plan = "One."', "the forward plan is a list of texts"),
        ('[forward_plan]\nparagraphs = "One."', "the forward plan is a list of texts"),
        ("[forward_plan]\nparagraphs = [1]", "the forward plan is a list of texts"),
    ],
)
def test_a_commentary_that_is_not_as_documented_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CommentaryFault, match=message):
        read_commentary(_write(tmp_path, text))


def test_a_cover_names_the_quarter_by_itself(tmp_path: Path) -> None:
    cover = _write(tmp_path, 'council = "C"\nas_at = 2019-03-12\n[[field]]\nlabel = "To"\ntext = "All"\n', "cover.toml")
    read = read_cover(cover, Q3)
    assert (read.cover.title, read.as_at) == ("Children’s social care complaints, Q3 2018/19", date(2019, 3, 12))
    assert read.cover.fields == (("To", "All"),)
    for as_at in ('"soon"', "2019-03-12T09:30:00"):
        with pytest.raises(CommentaryFault, match="as_at must be a date"):
            read_cover(_write(tmp_path, f'council = "C"\nas_at = {as_at}', "cover.toml"), Q3)
    with pytest.raises(CommentaryFault, match="cannot be read"):
        read_cover(tmp_path / "none.toml", Q3)


def test_papers_are_found_in_the_folder_of_their_quarter(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, Q3)
    assert folder == tmp_path / "reports" / "2018-19-q3"
    plain_papers = papers(Q3, council="C", folder=folder)
    assert (plain_papers.cover.council, plain_papers.as_at) == ("C", None)
    _write(folder, 'council = "D"', "cover.toml")
    assert papers(Q3, council="C", folder=folder).cover.council == "D"
