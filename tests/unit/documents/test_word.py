"""The Word document: real styles and structure, numbers that keep their figure, the council's own template."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.factories import reports
from tests.support import extract
from upheld.documents import word_styles, words
from upheld.documents.layout import BadReport
from upheld.documents.style import HouseStyle, own_font
from upheld.documents.word import render
from upheld.documents.word_xml import figure_key
from upheld.narrative.report import ListBlock, Paragraph, Report, Section, Table, plain


@pytest.fixture(scope="module")
def document(word: bytes) -> Document:
    return docx.Document(io.BytesIO(word))


@pytest.fixture(scope="module")
def package(word: bytes) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(io.BytesIO(word)) as opened:
        yield opened


def text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def paragraphs(document: Document, style: str) -> list[str]:
    """The texts of every paragraph of a style, in tables and controls too."""
    wanted = document.styles[style].style_id
    return [
        text(p)
        for p in document.element.body.iter(qn("w:p"))
        if (found := p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) is not None and found.get(qn("w:val")) == wanted
    ]


def of(*blocks: Paragraph | ListBlock | Table) -> Report:
    return reports.smaller(sections=(Section("only", "1", "Only", blocks),))


def as_file(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_its_properties(document: Document) -> None:
    properties = document.core_properties
    assert (properties.title, properties.author, properties.subject) == (
        "Children's complaints: quarterly report: Q3 2018/19, October to December 2018",
        "Anyborough Council",
        "Q3 2018/19, October to December 2018",
    )
    assert properties.language == "en-GB"
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == datetime(2019, 3, 12)


def test_headings_are_real_and_keep_the_reports_numbers(document: Document) -> None:
    assert paragraphs(document, "Title") == ["Children's complaints: quarterly report"]
    assert paragraphs(document, "Heading 1") == [
        "1\u2002Summary", "2\u2002The complaints procedure", "3\u2002Complaints by stage", "4\u2002By service team",
        "5\u2002Themes and learning", words.DEFINITIONS, words.PROVENANCE,
    ]  # fmt: skip
    assert paragraphs(document, "Heading 2") == [
        "3.1\u2002Stage 1", "3.2\u2002Stage 2", "3.3\u2002Stage 3 and the Ombudsman",
    ]  # fmt: skip


def test_contents_are_a_field_that_shows_what_it_will_show(document: Document) -> None:
    headings = [p for p in document.element.body.iter(qn("w:p")) if p.find(f".//{qn('w:outlineLvl')}") is not None]
    assert headings == []  # levels come from the styles alone
    entries = [*paragraphs(document, "toc 1"), *paragraphs(document, "toc 2")]
    assert sorted(entries) == sorted([*paragraphs(document, "Heading 1"), *paragraphs(document, "Heading 2")])
    assert paragraphs(document, word_styles.CONTENTS) == [words.CONTENTS]
    fields = [node.text.strip() for node in document.element.body.iter(qn("w:instrText"))]
    assert fields[0] == r'TOC \o "1-3" \n \h \z \u'
    marks = {node.get(qn("w:name")) for node in document.element.body.iter(qn("w:bookmarkStart"))}
    links = {node.get(qn("w:anchor")) for node in document.element.body.iter(qn("w:hyperlink"))}
    assert links - marks == set()


def test_fields_are_whole(document: Document) -> None:
    kinds = [node.get(qn("w:fldCharType")) for node in document.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)
    assert len(kinds) // 3 == 1 + 5 + 3 + 3  # contents, tables, charts, and from each chart to its table


def test_captions_count_themselves(document: Document) -> None:
    assert [caption.partition(":")[0] for caption in paragraphs(document, "Caption")] == [
        "Table 1", "Figure 1", "Figure 2", "Table 2", "Table 3", "Figure 3", "Table 4", "Table 5",
    ]  # fmt: skip
    fields = [node.text.strip() for node in document.element.body.iter(qn("w:instrText"))]
    assert fields.count("SEQ Table") == 5
    assert fields.count("SEQ Figure") == 3
    assert "REF _Ref_table_4 \\h" in fields


def test_no_paragraph_is_empty(document: Document) -> None:
    empty = [
        p
        for p in document.element.body.iter(qn("w:p"))
        if not text(p) and p.find(f".//{qn('w:drawing')}") is None and not _in_cell(p)
    ]
    assert empty == []


def _in_cell(paragraph: Any) -> bool:
    """A cell must hold a paragraph, also where it says nothing."""
    return bool(paragraph.getparent().tag == qn("w:tc"))


def test_heads_of_tables_repeat_and_rows_stay_whole(document: Document) -> None:
    stages = document.tables[1]._tbl
    rows = stages.findall(qn("w:tr"))
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True] * 2 + [False] * 4
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    for row in rows:
        cells = row.findall(qn("w:tc"))
        spans = [cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell in cells]
        assert sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans) == 19
    merged = [cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}") for row in rows[:2] for cell in row.findall(qn("w:tc"))]
    assert [m.get(qn("w:val")) for m in merged if m is not None] == ["restart", None]


def test_tables_are_named_for_those_who_do_not_see_them(document: Document) -> None:
    captions = [
        table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))  # type: ignore[union-attr]
        for table in document.tables
    ]
    assert captions == [
        "Children's complaints: quarterly report", reports.stage_table().caption, reports.rate_table().caption,
        reports.grouped_table().caption, reports.team_table().caption, reports.actions_table().caption,
        words.PROVENANCE,
    ]  # fmt: skip


def test_pictures_have_alternative_text(document: Document, report: Report) -> None:
    named = [(shape._inline.docPr.get("descr"), shape._inline.docPr.get("title")) for shape in document.inline_shapes]
    assert named == [(plain(chart.description), chart.title) for chart in report.charts()]


def test_lists_are_lists_and_each_numbering_begins_at_one(document: Document) -> None:
    numbered = [
        p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
        for p in document.element.body.iter(qn("w:p"))
        if p.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    ]
    assert len(paragraphs(document, "List Bullet")) == 3
    assert len(paragraphs(document, "List Number")) == 6
    assert len(set(numbered)) == 3  # the bullets, and each numbered list
    numbering = document.part.numbering_part.element
    starts = {
        node.get(qn("w:numId"))
        for node in numbering.findall(qn("w:num"))
        if node.find(f"{qn('w:lvlOverride')}/{qn('w:startOverride')}") is not None
    }
    assert starts == set(numbered[3:])
    order = [node.tag for node in numbering]
    assert order == sorted(order, key=lambda tag: tag == qn("w:num"))  # Word wants definitions before lists


def test_notices(document: Document) -> None:
    assert paragraphs(document, word_styles.WARNING) == [
        "Important: One of the six quarters has no data. Comparisons across it are left out."
    ]
    assert paragraphs(document, word_styles.NOTE) == [
        "An open case is neither in time nor late until its limit has passed."
    ]


def test_text_is_only_text(document: Document) -> None:
    assert reports.SIGNS in "".join(paragraphs(document, "Normal"))


# Numbers


def test_a_number_cannot_be_typed_over_and_says_which_figure_it_is(document: Document, report: Report) -> None:
    controls = [c.find(qn("w:sdtPr")) for c in document.element.body.iter(qn("w:sdt"))]
    numbers = [c for c in controls if c.find(qn("w:tag")) is not None]
    assert {c.find(qn("w:lock")).get(qn("w:val")) for c in numbers} == {"contentLocked"}
    assert [c.find(qn("w:tag")).get(qn("w:val")) for c in numbers] == [figure_key(n.id) for n in report.numbers()]
    assert numbers[0].find(qn("w:alias")).get(qn("w:val")) == "received, Q3 2018/19, stage-1"
    assert max(len(c.find(qn("w:alias")).get(qn("w:val"))) for c in numbers) <= 64
    ids = [c.find(qn("w:id")).get(qn("w:val")) for c in controls]
    assert len(ids) == len(set(ids))


def test_the_figures_part_holds_both_counts(package: zipfile.ZipFile) -> None:
    names = [name for name in package.namelist() if name.startswith("customXml/item")]
    assert names == ["customXml/item1.xml", "customXml/itemProps1.xml"]
    listed = package.read("customXml/item1.xml").decode()
    entry = re.search(r'<figure [^>]*id="upheld_rate@Q3 2018/19\?stage=stage-1#value"[^>]*>.*?</figure>', listed)
    assert entry is not None
    for part in ('numerator="7"', 'denominator="51"', 'value="14"', '<by dimension="stage">stage-1</by>'):
        assert part in entry[0]


# Pages


def test_only_the_section_with_the_wide_table_is_landscape(document: Document) -> None:
    assert [section.orientation == 1 for section in document.sections] == [False, True, False]
    assert [section.page_width > section.page_height for section in document.sections] == [False, True, False]  # type: ignore[operator]


def test_pages_are_numbered_and_headed(document: Document) -> None:
    first, *others = document.sections
    assert first.different_first_page_header_footer
    assert text(first.header._element) == "Anyborough Council – Children's complaints: quarterly report"
    assert text(first.footer._element) == text(first.first_page_footer._element) == "For general release – Page 1 of 1"
    assert [node.text.strip() for node in first.footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert all(section.header.is_linked_to_previous for section in others)
    assert not any(section.different_first_page_header_footer for section in others)


def test_language_and_format_are_said_in_the_settings(document: Document, package: zipfile.ZipFile) -> None:
    settings = package.read("word/settings.xml").decode()
    assert 'w:themeFontLang w:val="en-GB"' in settings
    assert 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"' in settings
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert [node.get(qn("w:val")) for node in defaults.iter(qn("w:lang"))] == ["en-GB"]


def test_the_typeface_is_embedded(package: zipfile.ZipFile) -> None:
    """Word takes an embedded font back to what it was with the key in its table of fonts."""
    table = package.read("word/fontTable.xml").decode()
    keys = re.findall(r'<w:embed(\w+) w:fontKey="\{([0-9A-F-]+)\}"', table)
    assert [name for name, _ in keys] == ["Regular", "Bold", "Italic", "BoldItalic"]
    mixed = package.read("word/fonts/font1.odttf")
    key = bytes.fromhex(keys[0][1].replace("-", ""))[::-1]
    restored = bytes(b ^ key[i % 16] for i, b in enumerate(mixed[:32])) + mixed[32:]
    assert hashlib.sha256(restored).digest() == hashlib.sha256(own_font("400Regular")).digest()
    assert "<w:embedTrueTypeFonts/>" in package.read("word/settings.xml").decode()


def test_nothing_is_left_of_the_blank_document(package: zipfile.ZipFile) -> None:
    assert [n for n in package.namelist() if "thumbnail" in n or "stylesWithEffects" in n] == []
    assert {part.date_time for part in package.infolist()} == {(2019, 3, 12, 0, 0, 0)}
    assert package.namelist()[0] == "[Content_Types].xml"


# Templates and small reports


def test_a_councils_template_gives_its_styles_headers_and_page(style: HouseStyle) -> None:
    template = docx.Document()
    template.styles["Heading 1"].font.size = Pt(40)  # type: ignore[union-attr]
    template.add_paragraph("What stood in the template")
    template.sections[0].header.paragraphs[0].text = "The council’s own head"
    template.sections[0].page_width = Pt(600)
    made = docx.Document(io.BytesIO(render(reports.report(), style=style, template=as_file(template))))
    assert made.styles["Heading 1"].font.size == Pt(40)  # type: ignore[union-attr]
    assert "What stood in the template" not in text(made.element.body)
    assert text(made.sections[0].header._element) == "The council’s own head"
    assert [section.page_width for section in made.sections][::2] == [Pt(600)] * 2
    assert paragraphs(made, word_styles.WARNING) != []
    assert extract.from_word(as_file(made)) == [(n.id, n.text) for n in reports.report().numbers()]


def test_a_template_that_was_a_report_before_is_used_again(style: HouseStyle, word: bytes) -> None:
    made = render(of(Paragraph(("Words.",))), style=style, template=word)
    assert paragraphs(docx.Document(io.BytesIO(made)), "Heading 1") == [
        "1\u2002Only", words.DEFINITIONS, words.PROVENANCE,
    ]  # fmt: skip


def test_a_template_without_lists(style: HouseStyle) -> None:
    template = docx.Document()
    for key, relation in list(template.part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            del template.part.rels[key]
    report = of(ListBlock((("One",), ("Two",)), ordered=True))
    made = docx.Document(io.BytesIO(render(report, style=style, template=as_file(template))))
    assert paragraphs(made, "List Number") == ["One", "Two"]
    assert len(made.part.numbering_part.element.findall(qn("w:num"))) == 2


@pytest.mark.parametrize("wrong", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_word_document_is_refused(wrong: bytes, style: HouseStyle) -> None:
    with pytest.raises(BadReport, match=r"The template is not a Word document\. Give a \.docx file"):
        render(of(), style=style, template=wrong)


def test_a_wide_table_without_words_under_it_ends_its_page(style: HouseStyle) -> None:
    """Only a paragraph can end a section: the one place where an empty one must stand."""
    wide = replace(reports.stage_table(), base=(), notes=())
    sections = (Section("wide", "1", "Wide", (wide,)), Section("next", "2", "Next", (Paragraph(("Words.",)),)))
    made = docx.Document(io.BytesIO(render(reports.smaller(sections=sections), style=style)))
    assert [section.orientation == 1 for section in made.sections] == [False, True, False]


def test_words_after_a_table_keep_their_distance(style: HouseStyle) -> None:
    table = replace(reports.rate_table(), base=(), notes=())
    made = docx.Document(io.BytesIO(render(of(table, Paragraph(("After.",))), style=style)))
    (after,) = [p for p in made.element.body.iter(qn("w:p")) if text(p) == "After."]
    assert after.find(f"{qn('w:pPr')}/{qn('w:spacing')}").get(qn("w:before")) == "160"


def test_a_bare_report(style: HouseStyle) -> None:
    bare = replace(of(), definitions=())
    bare = replace(bare, cover=replace(bare.cover, council="", subtitle="", fields=(), marking=""))
    made = docx.Document(io.BytesIO(render(bare, style=style)))
    assert paragraphs(made, word_styles.COUNCIL) == []
    assert paragraphs(made, "toc 1") == ["1\u2002Only", words.PROVENANCE]
    assert text(made.sections[0].footer._element) == "Page 1 of 1"


def test_definitions_go_to_the_section_that_is_theirs(style: HouseStyle) -> None:
    section = Section("definitions", "1", "Definitions", (Paragraph(("Each is counted.",)),))
    made = docx.Document(io.BytesIO(render(reports.smaller(sections=(section,)), style=style)))
    assert paragraphs(made, "Heading 1") == ["1\u2002Definitions", words.PROVENANCE]
    assert paragraphs(made, word_styles.TERM) == ["Received", "In time", "Upheld", "Upheld, per cent"]
