"""Slides as PowerPoint keeps them: titles, tables, pictures with words, and nothing beyond the slide's edge."""

import io
from itertools import combinations

import pptx
import pytest
from pptx.presentation import Presentation

from tests.factories import reports
from upheld.documents.layout import BadReport
from upheld.documents.render import Format, render
from upheld.narrative.report import Report, plain


@pytest.fixture(scope="module")
def deck(powerpoint: bytes) -> Presentation:
    return pptx.Presentation(io.BytesIO(powerpoint))


def test_every_slide_has_its_title_first(deck: Presentation, report: Report) -> None:
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [slide.title for slide in report.slides]
    assert all(next(iter(slide.shapes)).shape_id == slide.shapes.title.shape_id for slide in deck.slides)


def test_one_layout_with_the_foot_and_the_number_of_the_slide(deck: Presentation) -> None:
    (layout,) = deck.slide_layouts
    texts = [shape.text_frame.text for shape in layout.shapes if shape.has_text_frame]
    assert [
        text for text in texts if text.startswith("Anyborough Council – For general release – Children's complaints: ")
    ]
    assert 'type="slidenum"' in layout._element.xml


def test_nothing_lies_outside_a_slide_or_on_something_else(deck: Presentation) -> None:
    for slide in deck.slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        for left, top, right, bottom in boxes:
            assert 0 <= left < right <= deck.slide_width
            assert 0 <= top < bottom <= deck.slide_height
        for one, other in combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (slide.shapes.title.text_frame.text, one, other)


def test_tables_have_a_head_row_and_words_for_those_who_do_not_see_them(deck: Presentation) -> None:
    tables = [shape for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert len(tables) == 3
    for shape in tables:
        assert shape.table.first_row
        assert not shape.table.horz_banding
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert sum(column.width for column in shape.table.columns) == shape.width


def test_charts_are_described(deck: Presentation, report: Report) -> None:
    pictures = [
        shape._element.nvPicPr.cNvPr for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13
    ]
    assert [picture.get("descr") for picture in pictures] == [
        plain(chart.description) for chart in report.charts_of_slides()
    ]


def test_text_is_large_enough_to_be_read_across_a_room(deck: Presentation) -> None:
    sizes = {
        run.font.size.pt
        for slide in deck.slides
        for shape in slide.shapes
        for frame in (
            [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table
            else [shape.text_frame] if shape.has_text_frame and shape != slide.shapes.title
            else []
        )
        for paragraph in frame.paragraphs
        for run in paragraph.runs
    }  # fmt: skip
    assert min(sizes) >= 11


def test_the_language_is_said(powerpoint: bytes, deck: Presentation) -> None:
    assert deck.core_properties.language == "en-GB"
    runs = [
        r
        for slide in deck.slides
        for r in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr")
    ]
    assert {run.get("lang") for run in runs} == {"en-GB"}


def test_a_report_without_slides_has_none_to_write() -> None:
    with pytest.raises(BadReport, match="has no slides. Write it in another format"):
        render(reports.smaller(slides=()), Format.PPTX)
