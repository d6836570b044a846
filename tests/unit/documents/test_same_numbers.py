"""The same numbers, with the same figures and in the same words, in every format; the same report, the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import reports
from tests.support import extract
from upheld.documents import figure_list
from upheld.documents.render import Format, render
from upheld.narrative.report import Report

HASHES = """
import hashlib
from tests.factories import reports
from upheld.documents.render import Format, render
for kind in Format:
    print(kind, hashlib.sha256(render(reports.report(), kind)).hexdigest())
"""


@pytest.fixture(scope="module")
def stated(report: Report) -> extract.Shown:
    return [(number.id, number.text) for number in report.numbers()]


def test_the_example_states_numbers_of_every_kind(stated: extract.Shown, report: Report) -> None:
    assert len(stated) == 153 + 2 * 3 * 4 + 1
    assert {number.role for number in report.numbers()} == {
        "value", "numerator", "denominator", "change", "change-percent",
    }  # fmt: skip
    assert ("received@Q3 2018/19?stage=stage-2#value", "four") in stated


def test_html(html: bytes, stated: extract.Shown) -> None:
    assert extract.from_html(html) == stated


def test_pdf(pdf: bytes, stated: extract.Shown) -> None:
    assert extract.from_pdf(pdf) == stated


def test_word(word: bytes, stated: extract.Shown) -> None:
    assert extract.from_word(word) == stated


def test_excel(excel: bytes, stated: extract.Shown) -> None:
    assert extract.from_excel(excel) == stated


def test_powerpoint(powerpoint: bytes, report: Report) -> None:
    stated = sorted((number.id, number.text) for number in report.numbers_of_slides())
    assert sorted(extract.from_powerpoint(powerpoint)) == stated


def test_the_list_of_figures(report: Report, stated: extract.Shown) -> None:
    assert extract.from_json(figure_list.as_json(report)) == stated


@pytest.mark.parametrize("kind", Format)
def test_the_same_report_gives_the_same_bytes(kind: Format, request: pytest.FixtureRequest) -> None:
    first = {Format.HTML: "html", Format.PDF: "pdf", Format.DOCX: "word", Format.XLSX: "excel",
             Format.PPTX: "powerpoint"}[kind]  # fmt: skip
    assert render(reports.report(), kind) == request.getfixturevalue(first)


@pytest.mark.long
def test_another_process_gives_the_same_bytes() -> None:
    """Another order of hashing, another zone, another language of the machine."""
    root = Path(__file__).resolve().parents[3]
    said = [
        subprocess.run(
            [sys.executable, "-c", HASHES],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone, language in (("1", "UTC", "C.UTF-8"), ("2", "Asia/Tokyo", "C"))
    ]
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == len(Format)
