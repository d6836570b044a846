"""Names that may be misspelt are shown; a team that the record does not know is refused."""

from tests.factories.registers import TODAY, csv_text, row
from upheld.register.model import About, Refusal, Register
from upheld.register.read import register_of_bytes


def _read(*teams: str) -> Register:
    rows = [row(reference=f"T-{i}", team=team) for i, team in enumerate(teams)]
    return register_of_bytes(csv_text(rows).encode(), "r.csv", today=TODAY)


def _said(*teams: str) -> list[str]:
    return [remark.text for remark in _read(*teams).remarks if remark.about is About.SPELLING]


def test_a_rare_name_that_is_nearly_another_is_shown() -> None:
    assert _said(*["North team"] * 4, "Nroth team", "South team") == [
        "“Nroth team” (1 row) may be the team “North team” (4 rows), misspelt."
    ]


def test_numbers_tell_teams_apart_and_names_as_frequent_are_left_alone() -> None:
    assert _said(*["Assessment team 1"] * 9, "Assessment team 2") == []
    assert _said(*["North team"] * 4, *["Nroth team"] * 2) == []


def test_very_many_teams_are_not_compared() -> None:
    assert _said(*["North team"] * 4, "Nroth team", *(f"Team {i}" for i in range(300))) == []


def test_a_team_that_the_record_does_not_know_is_refused_at_its_first_row() -> None:
    from upheld.register.spellings import unknown_teams

    read = _read("North team", "Nroth team", "Courts", "Courts", "south TEAM")
    assert unknown_teams(read, {"north-team": "North", "so": "South Team", "nt": "North team"}) == [
        Refusal(
            3,
            "Team",
            "Nroth team",
            "The record has no team “Nroth team”. Did you mean “North team”? If it is a new one, import with "
            "--new-teams.",
        ),
        Refusal(
            4, "Team", "Courts", "The record has no team “Courts”. If it is a new one, import with --new-teams."
        ),
    ]  # fmt: skip
