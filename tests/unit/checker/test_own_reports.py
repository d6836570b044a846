"""The reports that Upheld writes itself come out with nothing wrong, in every format that is read."""

from datetime import date
from pathlib import Path

import pytest

from upheld.checker.check import check_file
from upheld.commands.report import made_report, write_report
from upheld.figures.from_register import facts_of_file
from upheld.figures.period import Quarter
from upheld.register.example import make_example, write_example

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    register = folder / "register.csv"
    write_example(register, make_example(TODAY), TODAY)
    report = made_report(facts_of_file(register, today=TODAY), Quarter(2018, 3), as_at=date(2019, 3, 12))
    return {path.suffix: path for path in write_report(report, folder / "out")}


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".docx", ".xlsx"])
def test_nothing_is_wrong_in_it(suffix: str, written: dict[str, Path]) -> None:
    answer = check_file(written[suffix])
    # It shows teams with one complaint to the committee; that is a risk, and no wrong number.
    assert [claim for claim in answer.wrong if claim.severity != "risk"] == []
    assert answer.coverage.checked > 50
    assert answer.coverage.bound >= answer.coverage.numbers - 6
