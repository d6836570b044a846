"""Reports read in every format, and files that are refused or survived."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.checking import checked
from upheld.checker.check import check_bytes, check_file
from upheld.checker.reading import BlockKind, read_document
from upheld.files import UnreadableFile

HTML = """<!DOCTYPE html><html><head><title>x</title><script>var n = 99;</script></head><body>
<h1>Complaints</h1><p>51 complaints<sup>1</sup> were received.</p>
<table><caption>By team</caption><thead><tr><th rowspan="2">Team</th><th colspan="2">Q3</th></tr>
<tr><th>Received</th><th>Upheld</th></tr></thead><tbody><tr><td>North</td><td>4</td><td>1</td></tr></tbody></table>
<ul><li>First</li></ul></body></html>"""


def test_a_web_page_keeps_its_order_and_its_spans() -> None:
    found = read_document(HTML.encode(), "report.html")
    assert [(b.kind, b.text) for b in found.blocks] == [
        (BlockKind.HEADING, "Complaints"),
        (BlockKind.PARAGRAPH, "51 complaints were received."),
        (BlockKind.HEADING, "By team"),
        (BlockKind.TABLE, ""),
        (BlockKind.ITEM, "First"),
    ]
    assert found.blocks[3].cells == (("Team", "Q3", "Q3"), ("Team", "Received", "Upheld"), ("North", "4", "1"))


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("Complaints", 1)
    document.add_paragraph("40 of 51 complaints (70%) were answered in time.")
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("Team", "Received"), ("North", "15")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_word_document() -> None:
    found = read_document(_word(), "report.docx")
    assert [block.kind for block in found.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE]
    assert found.blocks[2].cells == (("Team", "Received"), ("North", "15"))


LOST = (
    "Complaints by team\n\nTeam              Volume   In SLA   Upheld\nNorth             15       8        4 "
    "(27%)\nChild Protection  12       3        1 (8%)\n& Proceedings\nEast              24       6        0\n"
)


@pytest.mark.parametrize("text", [LOST, re.sub(" {2,}", "\t", LOST)])
def test_a_table_that_lost_its_lines_is_a_table_again(text: str) -> None:
    tables = [block for block in read_document(text.encode(), "report.txt").blocks if block.kind is BlockKind.TABLE]
    assert [row[0] for row in tables[0].cells][:2] == ["Team", "North"]
    assert [row[-1] for row in tables[0].cells if row[-1]] == ["Upheld", "4 (27%)", "1 (8%)", "0"]


def test_digits_of_other_scripts_and_hidden_marks_are_read() -> None:
    text = "# Report\n\n٤٨٦ of ٥٦٧ complaints (\u200f82%\u200e) were answered in time."
    assert [claim.computed for claim in checked(text).wrong] == ["85.7%"]


def _encrypted_pdf() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file, encryption=pikepdf.Encryption(owner="secret", user="secret"))
    return file.getvalue()


def _many_pages() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(2000):
            pdf.add_blank_page()
        pdf.save(file)
    return file.getvalue()


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (600 * 1024 * 1024))
    return file.getvalue()


def _entities() -> bytes:
    file = io.BytesIO()
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<?xml version="1.0"?>{bomb}]><w>&j;</w>')
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("report.pdf", _encrypted_pdf(), "protected by a password"),
        ("report.pdf", _many_pages(), "more than 500 pages"),
        ("report.pdf", b"%PDF-1.7\nnothing", "damaged"),
        ("report.docx", _word()[:3000], "damaged"),
        ("report.docx", b"just text", "really text"),
        ("report.docx", _entities(), "damaged"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("report.txt", b" \n ", "holds no text"),
        ("report.json", b'{"a": 1}', "a JSON file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(name: str, content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_document(content, name)
    assert words in str(refused.value)


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="unpacks to more than"):
        read_document(_bomb(), "report.docx")


def test_a_page_nested_without_end_is_survived() -> None:
    page = "<html><body>" + "<div>" * 20_000 + "<p>51 complaints</p>"
    assert [block.text for block in read_document(page.encode(), "report.html").blocks][-1:] == ["51 complaints"]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        check_file(tmp_path / "nothing.pdf")


def test_a_file_cut_off_anywhere_is_read_or_refused() -> None:
    whole = _word()
    for end in range(100, len(whole), len(whole) // 5):
        with pytest.raises(UnreadableFile):
            check_bytes(whole[:end], "report.docx")


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("0123456789 %()/.,-|\n\tabcdefQ stage complaints upheld from to of 2018/19٣½∞"),
        max_size=400,
    )
)
def test_no_text_breaks_the_checker(text: str) -> None:
    for claim in checked(text).claims:
        assert claim.quote is not None


WORDS = (
    (
        "Complaints rose fell by from to of 51 40 28% (11) more than in Q3_2018/19 stage_1 upheld compared_with "
        "last_quarter , . "
        "a_third none no_complaints | Total doubled average percentage_points highest between and"
    )
    .replace(" ", "\n")
    .replace("_", " ")
    .split("\n")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_no_sentence_breaks_the_checker(words: list[str]) -> None:
    table = "| Stage | Q2 2018/19 | Q3 2018/19 |\n|---|---|---|\n| Stage 1 | 40 | 51 |\n\n"
    assert checked(table + " ".join(words)).coverage.numbers >= 2
