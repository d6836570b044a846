"""Claims in sentences, against the tables of the same report and against themselves."""

import pytest

from tests.support.checking import checked, wrong_in

TABLE = """# Complaints report Q3 2018/19

Complaints by stage

| Stage | Q2 18/19 Volume | Q2 18/19 Upheld | Q2 18/19 In SLA | Q3 18/19 Volume | Q3 18/19 Upheld | Q3 18/19 In SLA |
| --- | --- | --- | --- | --- | --- | --- |
| Stage 1 | 40 | 4 | 11 | 51 | 7 | 23 |
| Stage 2 | 5 | 0 | 5 | 4 | 0 | 0 |
| Stage 3 | 2 | 1 | 0 | 0 | 0 | 0 |

## Commentary

"""


@pytest.mark.parametrize(
    "sentence",
    [
        "51 stage 1 complaints were received in Q3 2018/19.",
        "Stage 1 complaints rose by 28% compared with last quarter (11 complaints).",
        "Stage 1 complaints increased from 40 to 51.",
        "At stage 1, 14% of complaints were upheld, against 10% last quarter.",
        "Of the 51 stage 1 complaints, 7 (14%) were upheld and 23 (45%) were answered in time.",
        "Stage 2 complaints decreased by 1 compared to Q2.",
        "No complaints reached stage 3 this quarter.",
        "More than 40% of stage 1 complaints were answered on time.",
        "Other areas of the council answered 90% of complaints on time.",
        "51 stage 1 complaints were received, 11 more than in Q2 2018/19 (up 28% from 40).",
        "Stage 1 complaints: 4 of 40 (10%) were upheld in Q2 2018/19.",
        "Seven stage 1 complaints about the same team were upheld in the spring.",
    ],
)
def test_no_alarm_on_what_is_right_or_about_something_else(sentence: str) -> None:
    assert wrong_in(TABLE + sentence) == []


@pytest.mark.parametrize(
    ("sentence", "computed", "cause"),
    [
        ("We received 47 stage 1 complaints in Q3 2018/19.", "51", "two values for one thing"),
        (
            "We received 40 stage 1 complaints this quarter.",
            "51",
            "the number of Q2 2018/19: left from the report before",
        ),
        ("We received 15 stage 1 complaints this quarter.", "51", "swapped digits"),
        ("Stage 1 complaints fell by 28% compared with last quarter.", "+27.5%", "the wrong direction"),
        (
            "Stage 1 complaints rose by 22% compared with last quarter.",
            "+27.5%",
            "wrong base: taken of the new number, 51, and not of the old one",
        ),
        ("Stage 1 complaints rose by 27% compared with last quarter.", "+27.5%", "cut off instead of rounded"),
        ("At stage 1, 30% of complaints were upheld.", "13.7%", "wrong base: 7 of the 23 in time"),
        ("One stage 3 complaint was received in Q3 2018/19.", "0", "two values for one thing"),
        ("No stage 2 complaints were received this quarter.", "4", "two values for one thing"),
        ("Fewer than 40% of stage 1 complaints were answered on time.", "45.1%", "“less than” is not true of it"),
        (
            "There was a slight increase in stage 1 complaints compared with last quarter.",
            "27.5%",
            "the word is weaker than the number",
        ),
        ("Stage 1 complaints remained similar to last quarter.", "27.5%", "the number changed"),
    ],
)
def test_what_the_tables_contradict(sentence: str, computed: str, cause: str) -> None:
    claims = wrong_in(TABLE + sentence)
    assert [(claim.computed, claim.cause) for claim in claims] == [(computed, cause)]


@pytest.mark.parametrize(
    ("sentence", "computed"),
    [
        ("486 of 567 complaints (82%) were answered in time.", "85.7%"),
        ("82% (486 of 567) were answered in time.", "85.7%"),
        ("Contacts fell from 215 to 187, a decrease of 13.2%.", "-13.0%"),
        ("Complaints rose from 51 to 40.", "a decrease"),
        ("The rate rose from 27% to 45%, an increase of 18%.", "+66.7%"),
        ("22 complaints were closed, and 66% of them were answered in time.", "15 of 22 is 68.2%"),
        ("18 complaints were closed: 8 upheld, 2 partly upheld and 10 not upheld.", "20"),
        ("The team received 9 complaints, of which 12 were upheld.", "at most 9"),
    ],
)
def test_what_a_sentence_says_against_itself(sentence: str, computed: str) -> None:
    assert [claim.computed for claim in wrong_in(f"# Report\n\n{sentence}")] == [computed]


@pytest.mark.parametrize(
    "sentence",
    [
        "486 of 567 complaints (86%) were answered in time.",
        "Of the 567, 486 (86%) were in time.",
        "Complaints doubled from 12 to 24.",
        "Complaints fell by almost 35%, from 17 to 11.",
        "The share rose from 69% to 80%, up 11 percentage points.",
        "27 complaints were received, up 15 from 12.",
        "The 18 complaints closed comprised 8 upheld, 2 partly upheld and 8 not upheld.",
    ],
)
def test_what_a_sentence_bears_out_itself(sentence: str) -> None:
    answer = checked(f"# Report\n\n{sentence}")
    assert answer.wrong == ()
    assert any(claim.verdict == "right" for claim in answer.claims)


def test_a_percentage_without_its_counts_cannot_be_told() -> None:
    (claim,) = checked("# Report\n\nWe answered 60% of complaints on time.").claims
    assert (claim.verdict, claim.severity, claim.computed) == ("cannot tell", None, None)
    assert "counts" in claim.why


def test_who_has_the_most_is_set_against_the_table() -> None:
    table = (
        "# Report\n\nThemes of complaints\n\n| Theme | Number |\n|---|---|\n| Delay | 12 |\n| Attitude | 9 |\n"
        "| Quality | 15 |\n\n"
    )
    (claim,) = wrong_in(table + "The most common theme was Delay.")
    assert (claim.kind, claim.computed) == ("rank", "Quality (15)")
    assert wrong_in(table + "The most common theme was Quality (15).") == []


def test_a_heading_with_last_years_period() -> None:
    text = TABLE.replace("# Complaints report Q3 2018/19", "# Complaints report 2016/17")
    (claim,) = wrong_in(text + "51 stage 1 complaints were received in Q3 2018/19.")
    assert (claim.kind, claim.stated, claim.computed) == ("period", "2016/17", "2018/19")


def test_a_sentence_carried_over_and_a_value_restated() -> None:
    before = (
        "# Report 2021/22\n\n| Stage | 2020/21 | 2021/22 |\n|---|---|---|\n| Stage 1 | 30 | 40 "
        "|\n\nTeams gave 17 families a named contact.\n"
    )
    now = (
        "# Report 2022/23\n\n| Stage | 2021/22 | 2022/23 |\n|---|---|---|\n| Stage 1 | 42 | 50 "
        "|\n\nTeams gave 17 families a named contact.\n"
    )
    found = {claim.cause: claim.computed for claim in wrong_in(now, before)}
    assert found == {
        "restated without a note": "40",
        "a sentence carried over from the report before": "the numbers of 2022/23",
    }
    assert wrong_in(now + "\nFigures for 2021/22 were revised.", before.replace("17 families", "16 families")) == []
