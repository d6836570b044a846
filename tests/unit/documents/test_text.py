"""Text that every format can hold, and that cannot reorder what stands beside it."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import reports
from upheld.documents.text import clean, named, slug, tidy


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("plain – “text” £5", "plain – “text” £5"),
        ("bell\x07 and null\x00", "bell\ufffd and null\ufffd"),
        ("two\r\nlines\tand a tab\u2028", "two lines and a tab "),
        ("\u202e51 desrever\u202c", "51 desrever"),
        ("\u2067a\u2069", "a"),
        ("half \ud800 a pair", "half \ufffd a pair"),
        ("צוות", "צוות"),
    ],
)
def test_clean(before: str, after: str) -> None:
    assert clean(before) == after


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_clean_text_fits_into_xml_on_one_line(text: str) -> None:
    cleaned = clean(text)
    element = ET.Element("t")
    element.text = cleaned
    read = ET.fromstring(ET.tostring(element, encoding="utf-8")).text or ""  # noqa: S314
    assert read == cleaned
    assert len(cleaned.splitlines()) <= 1
    assert clean(cleaned) == cleaned


def test_a_tidy_report_is_left_as_it_is() -> None:
    report = reports.report()
    assert tidy(report) is report


def test_every_text_of_a_report_is_cleaned_and_ids_with_them() -> None:
    report = reports.smaller(cover=replace(reports.report().cover, fields=(("La\x00bel", "Va\u202elue"),)))
    assert tidy(report).cover.fields == (("La\ufffdbel", "Value"),)
    number = reports.shown(reports.count("received", 1, team="A\tB"))
    section = replace(report.sections[0], blocks=(replace(report.sections[0].blocks[0], runs=(number,)),))  # type: ignore[type-var]
    (shown,) = tidy(replace(report, sections=(section,))).numbers()
    assert shown.id == "received@Q3 2018/19?team=A B#value"


@pytest.mark.parametrize(
    ("character", "words"),
    [("👍", "[thumbs up sign]"), ("中", "[cjk unified ideograph-4e2d]"), ("\u0301", ""), ("\u200d", ""),
     ("\U000e0fff", "\ufffd")],
)  # fmt: skip
def test_named(character: str, words: str) -> None:
    assert named(character) == words


def test_slug() -> None:
    assert slug("Q3 2018/19") == "q3-2018-19"
    assert slug("Élan – Société") == "elan-societe"
