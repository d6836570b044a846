"""The commands of the structure and of past totals, on a record; and a register file counted in a structure."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.registers import register_file, row
from tests.support.database import TestDatabase
from upheld.register.example import example_structure

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = (
    row(reference="T-1", received="2018-11-01", service="Children Looked After", team="LAC"),
    row(reference="T-2", received="2018-11-02", service="Children with Disabilities", team="Disability"),
    row(reference="T-3", received="2020-10-01", service="Safeguarding and Support", team="Disability"),
    row(reference="T-4", received="2018-11-02", service="Safeguarding and Support", team="CIN"),
    row(reference="T-5", received="2020-10-02", service="Safeguarding and Support", team="Children in Need"),
)
FIGURES = ("figures", "--quarter", "Q3 2018/19", "--by", "team", "--figure", "received", "--structure-of", "2023-04-03")


def run(database: TestDatabase, *arguments: object) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "upheld", *map(str, arguments)],
        capture_output=True, text=True, check=False, env={**os.environ, "DATABASE_URL": database.url},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_a_structure_is_imported_shown_and_walked_across(database: TestDatabase, tmp_path: Path) -> None:
    file, register = tmp_path / "structure.toml", register_file(tmp_path, *ROWS)
    file.write_bytes(example_structure())
    status, _, said = run(database, "register", "import", register)
    assert status == 2
    assert "The team “Disability” is recorded under the service “Children with Disabilities”" in said
    assert run(database, "organisation", "import", file)[:2] == (0, "Recorded 22 new; 0 were recorded before.\n")
    assert run(database, "organisation", "import", file)[:2] == (0, "All of it was recorded before.\n")
    assert run(database, "register", "import", register)[0] == 0
    shown = json.loads(run(database, "organisation", "show", "--on", "2018-12-31", "--format", "json")[1])
    assert [team["name"] for team in shown["teams"]][:2] == ["Adolescent Support Teams", "Adoption"]
    assert shown["changes"] == []
    walk = json.loads(run(database, "organisation", "crosswalk", "--from", "2018-12-31", "--to", "2023-04-03",
                          "--format", "json")[1])  # fmt: skip
    assert walk["teams"][-2:] == [
        {"team": "LAC", "to": [{"team": "Permanence", "share": "3/5"}, {"team": "Leaving Care", "share": "2/5"}],
         "reason": ""},
        {"team": "Single Point of Contact", "to": [{"team": "Front Door", "share": "1"}], "reason": ""},
    ]  # fmt: skip
    of_record = json.loads(run(database, *FIGURES, "--format", "json")[1])
    of_file = json.loads(run(database, *FIGURES, "--format", "json", "--register", register, "--organisation", file)[1])
    assert of_record == of_file
    assert of_record["structure_of"] == "2023-04-03"
    assert [(each["by"]["team"], each["value"], each["apportioned"]) for each in of_record["figures"]] == [
        ("Children in Need", 1, False), ("Disability", 1, False), ("Leaving Care", "2/5", True),
        ("Permanence", "3/5", True),
    ]  # fmt: skip
    status, _, said = run(database, *FIGURES, "--register", register)
    assert (status, "name a file that does with --organisation" in said) == (2, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[team]]\nname = 'A'", "structure.toml, team 1: “service” is missing."),
        ("[[crew]]\n", "structure.toml: “crew” is not known."),
        ("[[change]]\nwhat = 'burn'\non = 2020-01-01", "what is one of open, close, rename, move, merge, split"),
        ("[[change]]\nwhat = 'close'\non = 'soon'", "“on” is a day without quotes"),
        ("[[change]]\nwhat = 'split'\non = 2020-01-01\nfrom = 'A'\nto = [{ name = 'B', share = 0.5 }]", "in quotes"),
        ("[[change]]\nwhat = 'split'\non = 2020-01-01\nfrom = 'A'\nto = [{ name = 'B', share = '2' }]", "not a share"),
        ("what", "is not well-formed TOML"),
        ("", "names no service, no team and no change"),
        ("[[service]]\nname = 'S'\ncolour = 'red'", "“colour” is not known here"),
        ("[[change]]\nwhat = 'close'\non = 2020-01-01\nfrom = 3", "“from” is a name, or a list of names"),
    ],
)
def test_a_bad_file_is_refused_in_words(text: str, said: str) -> None:
    from upheld.organisation.file import BadStructureFile, structure_of_text

    with pytest.raises(BadStructureFile) as refused:
        structure_of_text(text.encode(), "structure.toml")
    assert said in str(refused.value)


def test_past_totals_are_imported_and_reconciled(database: TestDatabase, tmp_path: Path) -> None:
    file = tmp_path / "past.csv"
    assert run(database, "figures", "past", "template", file)[0] == 0
    assert run(database, "figures", "past", "template", file)[0] == 2
    with file.open("a") as past:
        past.write("received,Q3 2018/19,Stage 1,,,,3,,Annual report,7,\n")
    run(database, "register", "import", register_file(tmp_path, row(received="2018-11-01")))
    for said in ("1 new, 0 restated, 0", "0 new, 0 restated, 1"):
        assert said in run(database, "figures", "past", "import", file)[1]
    line = "Q3 2018/19, Received, Stage 1: published 3, the record 1: −2\n"
    assert run(database, "figures", "past", "reconcile", "--differing")[:2] == (0, line)
    assert run(database, "figures", "past", "show")[1] == "Q3 2018/19, Received, Stage 1: 3; Annual report, page 7\n"
