"""The example report in every format is what was read and agreed to: any change of it is seen, and meant."""

from collections.abc import Mapping

import pytest

from tests.golden.documents.outlines import FOLDER, outlines


@pytest.fixture(scope="module")
def made() -> Mapping[str, str]:
    return outlines()


def test_every_outline_is_expected(made: Mapping[str, str]) -> None:
    assert sorted(made) == sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize(
    "name", ["article.html", "excel.txt", "figures.csv", "figures.json", "pdf.txt", "powerpoint.txt", "word.txt"]
)
def test_the_example_report(name: str, made: Mapping[str, str]) -> None:
    expected = (FOLDER / name).read_text(encoding="utf-8")
    assert made[name] == expected, f"{name} has changed. See tests/golden/documents/outlines.py."
