"""A mapping says what it means, or is refused with the place and what to write."""

from pathlib import Path

import pytest

from upheld.files import Told
from upheld.register.dates import DateOrder
from upheld.register.mapping import BadMapping, load_mapping, mapping_of

REQUIRED = """
[columns]
reference = "Ref"
stage = "Stage"
received = "Date"
service = "Service"
team = "Team"
themes = ["Theme 1", "Theme 2"]
"""


EVERYTHING = """
[file]
sheet = "2018"
encoding = "mac-roman"
delimiter = "tab"
headings = 3
empty = ["-", "N/A"]
separator = ","
[dates]
order = "month first"
Answered = "day first"
[columns]
Reference = "Ref"
team = "Team"
"name of complainant" = "Who"
[stages.1]
received = "S1 in"
[stages.panel]
received = "Panel asked"
outcome = "Panel says"
[always]
themes = "Not recorded"
[words.outcome]
"Justified " = "Upheld"
Withdrawn = "withdrawn"
Open = ""
[services]
LAC = "Looked after children"
[rows]
only = { Type = ["Statutory"] }
leave_out = { Status = "Test" }
[reference]
without = "-S2"
[last_part]
themes = ">"
"""


def test_every_part_is_read() -> None:
    mapping = mapping_of(EVERYTHING, "m.toml")
    assert mapping.told == Told("2018", "mac-roman", "tab")
    assert mapping.headings == (3, 3)
    assert (mapping.empty, mapping.separator) == (frozenset({"", "n/a"}), ",")
    assert (mapping.dates.of("received"), mapping.dates.of("answered")) == (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST)
    assert mapping.columns == {"reference": ("Ref",), "team": ("Team",), "complainant_name": ("Who",)}
    assert mapping.stages == {
        "stage-1": {"received": ("S1 in",)},
        "stage-3": {"received": ("Panel asked",), "outcome": ("Panel says",)},
    }
    assert mapping.always == {"themes": "Not recorded"}
    assert mapping.words == {"outcome": {"justified": "upheld", "withdrawn": "withdrawn", "open": ""}}
    assert mapping.services == {"lac": "Looked after children"}
    assert (mapping.only, mapping.leave_out) == ({"Type": ("statutory",)}, {"Status": ("test",)})
    assert (mapping.endings, mapping.last_part) == (("-S2",), {"themes": ">"})
    assert mapping.all_headings() == ("Ref", "Team", "Who", "S1 in", "Panel asked", "Panel says", "Type", "Status")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[columns", "m.toml is not well-formed TOML: "),
        ("[collumns]", "m.toml, “collumns”: a mapping has no such part. Did you mean columns?"),
        ("[file]\ntab = 'x'", "m.toml, “tab”: [file] has no such part. There are: sheet, encoding, "),
        ("columns = 3", "m.toml, “columns”: this is a table: write [columns], and the entries below it."),
        ("[columns]\nreference = 3", "m.toml, columns.reference: write a text in quotation marks, or a list of them"),
        ("[columns]\nreference = [3]", "m.toml, columns.reference.: write the value in quotation marks."),
        ("[file]\nsheet = 3", "m.toml, file.sheet: write the value in quotation marks."),
        ("[columns]\nrecieved = 'x'", "m.toml, columns.recieved: there is no such column. Did you mean received?"),
        ("[columns]\nteam = 'x'\nTeam = 'y'", "m.toml, columns.Team: this column is there twice."),
        ("[columns]\nteam = ' ? '", "m.toml, columns.team.: this is still a question. Replace “?” by the answer, or "),
        (
            "[stages.9]",
            "m.toml, stages.9: write each of these stages once at most: stage-1, stage-2, stage-3, ombudsman.",
        ),
        ("[stages.1]\nreceived='x'\n[stages.stage-1]", "m.toml, stages.stage-1: write each of these stages once at mo"),
        (
            "[stages.1]\nanswered = 'x'",
            "m.toml, stages.1: say which column has the date of receipt or request: received",
        ),
        (
            "[file]\nheadings = [3, 1]",
            "m.toml, file.headings: write the row of the headings, or the first and the last",
        ),
        (
            "[file]\nheadings = 'three'",
            "m.toml, file.headings: write the row of the headings, or the first and the last",
        ),
        ("[dates]\norder = 'year first'", "m.toml, dates.order: write “day first” or “month first”."),
        ("[always]\nreference = 'x'", "m.toml, always.reference: this differs from row to row."),
        ("[always]\nstage = 'Stage 9'", "m.toml, always.stage: “Stage 9” is not one of: Stage 1, Stage 2, Stage 3, "),
        (
            "[words.outcome]\nx = 'y'",
            "m.toml, words.outcome.“x”: “y” is not one of: Upheld; Partly upheld; Not upheld; ",
        ),
        ("[words.spoken]\nx = 'y'", "m.toml, words.spoken.“x”: write “yes” or “no”, or an empty text for neither."),
        (
            "[words.in_time]\nx = 'late'",
            "m.toml, words.in_time.“x”: write “yes” or “no”, or an empty text for neither.",
        ),
        (
            "[words.received]\nx = 'y'",
            "m.toml, words.received.“x”: a date column has no words. Give words that stand for",
        ),
        (
            "[columns]\nanswered = 'x'\n[stages.1]\nreceived = 'y'",
            "m.toml, columns.answered: every stage has its own: put it under [stages.stage-1] and so on.",
        ),
        (
            "[columns]\nstage = 'x'\n[stages.1]\nreceived = 'y'",
            "m.toml, stages: a row holds several stages, or it is of one: give [stages], or a stage, not both.",
        ),
        (REQUIRED + "[always]\nteam = 'x'", "m.toml, always.team: it is under [columns] too. Keep one of the two."),
        (
            REQUIRED.replace("team = ", "channel = "),
            "m.toml, columns: nothing says where to find Team (team). Name the file's column under [columns], or write "
            "under [always] what holds for every row.",
        ),
        (
            REQUIRED.replace("service = ", "channel = "),
            "m.toml, columns: nothing says where to find Service (service). Name the file's column under [columns], or "
            "write under [always] what holds for every row, or list the service of each team under [services].",
        ),
    ],
)
def test_what_a_mapping_cannot_mean_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadMapping) as refused:
        mapping_of(text, "m.toml")
    assert str(refused.value).startswith(message)


def test_the_file_of_a_mapping_is_a_short_text(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    with pytest.raises(BadMapping, match="cannot be read: No such file"):
        load_mapping(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BadMapping, match="is not UTF-8 text"):
        load_mapping(path)
    path.write_bytes(b"#" * 300_000)
    with pytest.raises(BadMapping, match="is too large for a mapping"):
        load_mapping(path)
    path.write_bytes(b"\xef\xbb\xbf" + REQUIRED.encode())
    assert load_mapping(path).columns["themes"] == ("Theme 1", "Theme 2")
