"""Numbers of a sentence weighed together, in words that no pattern knows: those that agree say what the others are."""

import pytest

from upheld.checker.check import check_bytes
from upheld.checker.model import Claim, Verdict

_REPORT = """# Report 2020/21

Table 1: Complaints received

| Stage | 2018/19 | 2019/20 | 2020/21 |
| --- | --- | --- | --- |
| Stage 1 | 120 | 100 | 140 |
| Stage 2 | 12 | 18 | 15 |
| Total | 132 | 118 | 155 |

Table 2: Stage 1 complaints by service, 2020/21

| Service | Received | Upheld |
| --- | --- | --- |
| Fostering | 60 | 20 |
| Adoption | 50 | 18 |
| Leaving Care | 30 | 12 |
| Total | 140 | 50 |

"""


def _wrong(sentence: str) -> list[Claim]:
    claims = check_bytes(f"{_REPORT}{sentence}\n".encode(), "report.md").claims
    return [claim for claim in claims if claim.verdict is Verdict.WRONG]


@pytest.mark.parametrize(
    ("sentence", "stated", "computed"),
    [
        ("2020/21 had 140 Stage 1 complaints; 2019/20 had 110.", "110", "100"),
        ("Since 2019/20, Stage 1 complaints rose by 40; that is 29%.", "29%", "40%"),
        ("Our records hold 922 Stage 1 complaints for 2020/21.", "922", "140"),
        ("Complaints about Leaving Care came to 30 in 2020/21, 35 being upheld.", "35", "at most 30"),
        ("Stage 1 complaints have been as low as 100 and as high as 150 in the three years.", "150", "100 to 140"),
        ("A typical year had 130 Stage 1 complaints on average, over the 3 years.", "130", "120"),
    ],
)
def test_the_odd_one_is_wrong(sentence: str, stated: str, computed: str) -> None:
    assert [(claim.stated, claim.computed) for claim in _wrong(sentence)] == [(stated, computed)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Stage 1 complaints climbed on 2019/20 by 40%, equivalent to 40 complaints.",
        "From a figure of 100 in 2019/20, Stage 1 complaints grew to 140 in 2020/21.",
        "Between 100 and 140 Stage 1 complaints came in each year over the three years.",
        "120 Stage 1 complaints were received in an average year of the 3.",
        "In 2020/21, one in five of Stage 1 complaints were upheld in part.",
        "Leaving Care: 30 complaints were received in 2020/21 and 12 were upheld.",
    ],
)
def test_a_number_that_plays_another_part_is_not_blamed(sentence: str) -> None:
    assert _wrong(sentence) == []
