"""A report's slides as a PowerPoint file, with real titles, tables and alternative text.

Each number's run of text keeps the id of its figure, as an extension that PowerPoint carries along. Charts are
pictures, drawn as in every other format. What is under a table stands in the slide's notes, for whoever speaks.
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from upheld.documents import words
from upheld.documents.charts import Drawing, draw
from upheld.documents.figure_list import FIGURES_NAMESPACE
from upheld.documents.layout import BadReport
from upheld.documents.slides_look import TITLE_ONLY, fill, look_of_the_house, within
from upheld.documents.style import HouseStyle
from upheld.documents.text import tidy
from upheld.documents.zips import settled
from upheld.narrative.report import (
    Align,
    Block,
    Chart,
    Inline,
    ListBlock,
    Number,
    Paragraph,
    Report,
    Runs,
    Section,
    Strong,
    Table,
    plain,
)

FIGURE_EXTENSION = "{8F1C0B52-3A64-4F3D-9D0E-52E1C7A6B0D4}"


_LEFT, _RIGHT = Inches(0.6), Inches(12.73)
_TOP, _BOTTOM = Inches(1.45), Inches(6.75)
_GAP = Inches(0.4)
_BODY, _NOTES = Pt(22), Pt(12)
_SMALLEST, _LARGEST = 11, 14  # points, of what stands in tables
_LARGEST_ROW = Inches(0.45)
_CHART_SHARE = 0.6  # of a slide's height, over its table
_CHARACTER, _COLUMN = Inches(0.12), Inches(0.28)  # a character of a table, and what is round it in a column
_CELL_SIDE, _CELL_END = Inches(0.08), Inches(0.03)


def render(report: Report, *, style: HouseStyle, charts: Mapping[str, Drawing] | None = None) -> bytes:
    """The report's slides as a .pptx file, with its cover's title at the foot of each.

    Raises BadReport where the report has no slides.
    """
    if not report.slides:
        raise BadReport("This report has no slides. Write it in another format: HTML, PDF, Word or Excel.")
    report = tidy(report)
    drawings = dict(charts or {})
    for chart in report.charts_of_slides():
        if chart.id not in drawings:
            drawings[chart.id] = draw(chart, style)
    deck = pptx.Presentation()
    look_of_the_house(deck, style, foot=_foot(report, style))
    for section in report.slides:
        _slide(deck, section, report, style, drawings)
    _properties(deck, report, style)
    out = io.BytesIO()
    deck.save(out)
    return settled(out.getvalue(), report.as_at)


def _foot(report: Report, style: HouseStyle) -> str:
    cover = report.cover
    council = cover.council or style.council
    said = f"{cover.title}. Counted to the end of {words.day(report.as_at)}."
    return " – ".join(part for part in (council, cover.marking, said) if part)


def _properties(deck: Any, report: Report, style: HouseStyle) -> None:
    properties = deck.core_properties
    moment = datetime.combine(report.as_at, time(), UTC).replace(tzinfo=None)
    properties.title = words.title(report)
    properties.author = properties.last_modified_by = report.cover.council or style.council
    properties.subject = report.cover.subtitle
    properties.keywords = report.period.label
    properties.comments = f"Upheld {report.provenance.code_version}"
    properties.language = report.language
    properties.created = properties.modified = moment
    properties.revision = 1


def _slide(deck: Any, section: Section, report: Report, style: HouseStyle, drawings: Mapping[str, Drawing]) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts.get_by_name(TITLE_ONLY))
    slide.shapes.title.text_frame.text = section.title
    texts = [block for block in section.blocks if isinstance(block, Paragraph | ListBlock)]
    shown = [block for block in section.blocks if isinstance(block, Chart | Table)]
    notes: list[Runs] = []
    for block, box in _places(texts, shown):
        match block:
            case Chart():
                _chart(slide, block, drawings[block.id], box)
                notes.append(block.description)
            case Table():
                _table(slide, block, box, style, report.language)
                notes += [block.base, *block.notes]
            case list():
                _texts(slide, block, box, style, report.language)
    made = "; ".join(f"{label}: {value}" for label, value in words.provenance(report))
    spoken = slide.notes_slide.notes_text_frame
    for runs in notes:
        if runs:
            _runs(spoken.paragraphs[-1], runs, report.language, size=_NOTES, colour=style.ink, stand_out=False)
            spoken.add_paragraph()
    spoken.paragraphs[-1].text = made


_Box = tuple[int, int, int, int]  # left, top, width, height


def _places(texts: list[Any], shown: list[Any]) -> list[tuple[Any, _Box]]:
    """Where everything goes: a chart over its table, two tables side by side, text over all or beside."""
    width, height = int(_RIGHT - _LEFT), int(_BOTTOM - _TOP)
    parts: list[Any] = [*([texts] if texts else []), *shown]
    if len(parts) == 1:
        return [(parts[0], (int(_LEFT), int(_TOP), width, height))]
    if any(isinstance(part, Chart) for part in parts):
        upper = round(height * _CHART_SHARE)
        under = [part for part in parts if not isinstance(part, Chart)]
        chart = next(part for part in parts if isinstance(part, Chart))
        below = (int(_LEFT), int(_TOP) + upper + int(_GAP) // 2, width, height - upper - int(_GAP) // 2)
        return [(chart, (int(_LEFT), int(_TOP), width, upper)), *_side_by_side(under, below)]
    return _side_by_side(parts, (int(_LEFT), int(_TOP), width, height))


def _side_by_side(parts: list[Any], box: _Box) -> list[tuple[Any, _Box]]:
    left, top, width, height = box
    each = (width - int(_GAP) * (len(parts) - 1)) // len(parts)
    return [(part, (left + i * (each + int(_GAP)), top, each, height)) for i, part in enumerate(parts)]


def _chart(slide: Any, chart: Chart, drawing: Drawing, box: _Box) -> None:
    left, top, width, height = box
    scale = min(width / drawing.width, height / drawing.height)
    across, down = round(drawing.width * scale), round(drawing.height * scale)
    picture = slide.shapes.add_picture(
        io.BytesIO(drawing.png()), Emu(left + (width - across) // 2), Emu(top), Emu(across), Emu(down)
    )
    said = picture._element.nvPicPr.cNvPr
    said.set("descr", plain(chart.description) or chart.title)
    said.set("name", chart.title)


def _texts(slide: Any, blocks: list[Block], box: _Box, style: HouseStyle, language: str) -> None:
    frame = slide.shapes.add_textbox(*(Emu(n) for n in box)).text_frame
    frame.word_wrap = True
    first = True
    for block in blocks:
        items = block.items if isinstance(block, ListBlock) else (block.runs,) if isinstance(block, Paragraph) else ()
        for item in items:
            paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
            first = False
            paragraph.space_after = Pt(12)
            if isinstance(block, ListBlock):
                _bullet(paragraph, ordered=block.ordered, colour=style.accent)
            _runs(paragraph, item, language, size=_BODY, colour=style.ink)


def _bullet(paragraph: Any, *, ordered: bool, colour: str) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(int(Inches(0.3))))
    properties.set("indent", str(-int(Inches(0.3))))
    fill(within(properties, "a:buClr"), colour)
    if ordered:
        within(properties, "a:buAutoNum").set("type", "arabicPeriod")
    else:
        within(properties, "a:buChar").set("char", "•")


def _table(slide: Any, table: Table, box: _Box, style: HouseStyle, language: str) -> None:
    left, top, width, height = box
    caption = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Inches(0.4)).text_frame
    caption.margin_left = caption.margin_right = 0
    caption.word_wrap = True
    _runs(caption.paragraphs[0], (Strong(table.caption),), language, size=Pt(14), colour=style.muted)
    lines = [*table.head, *(row.cells for row in table.rows)]
    room = height - int(Inches(0.42))
    row_height = min(int(_LARGEST_ROW), room // len(lines))
    size = Pt(max(_SMALLEST, min(_LARGEST, int(row_height / Pt(1) * 0.5))))
    frame = slide.shapes.add_table(
        len(lines), table.columns, Emu(left), Emu(top + int(Inches(0.42))), Emu(width), Emu(row_height * len(lines))
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", table.caption)
    frame.name = table.caption
    grid = frame.table
    _plain_style(frame)
    _widths(grid, table, width)
    totals = {len(table.head) + i for i, row in enumerate(table.rows) if row.total}
    for line, cells in enumerate(lines):
        grid.rows[line].height = Emu(row_height)
        place = 0
        for cell in cells:
            held = grid.cell(line, place)
            if cell.span > 1:
                held.merge(grid.cell(line, place + cell.span - 1))
            head = line < len(table.head)
            held.fill.solid()
            held.fill.fore_color.rgb = _colour(style.accent_tint if head or line in totals else "#ffffff")
            _line_under(held, style.ink if head else style.rule)
            held.vertical_anchor = MSO_ANCHOR.MIDDLE
            held.margin_left = held.margin_right = _CELL_SIDE
            held.margin_top = held.margin_bottom = _CELL_END
            paragraph = held.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if table.align[place] is Align.END else PP_ALIGN.LEFT
            bold = head or cell.header or line in totals
            _runs(paragraph, cell.runs, language, size=size, colour=style.ink, bold=bold, stand_out=False)
            place += cell.span


def _plain_style(frame: Any) -> None:
    """A head row that screen readers know for one, and no look of its own: "No Style, No Grid" is in every copy."""
    properties = frame._element.graphic.graphicData.tbl.tblPr
    properties.set("firstRow", "1")
    properties.set("bandRow", "0")
    style = properties.find(qn("a:tableStyleId"))
    if style is None:
        style = within(properties, "a:tableStyleId")
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def _line_under(cell: Any, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()
    line = within(properties, "a:lnB")
    properties.remove(line)
    properties.insert(0, line)  # lines come before the fill
    line.set("w", str(int(Pt(1))))
    fill(within(line, "a:solidFill"), colour)


def _widths(grid: Any, table: Table, width: int) -> None:
    """Columns as wide as what they hold asks for, the first with what is left."""
    if table.columns == 1:
        return
    needs = [0] * table.columns
    for cells in (*table.head, *(row.cells for row in table.rows)):
        place = 0
        for cell in cells:
            if cell.span == 1:
                longest = max((len(word) for word in plain(cell.runs).split()), default=0)
                text = len(plain(cell.runs))
                needs[place] = max(needs[place], text if table.align[place] is Align.END and text < 16 else longest)
            place += cell.span
    share = [max(need, 5) for need in needs[1:]]
    wanted = [need * int(_CHARACTER) + int(_COLUMN) for need in share]
    fits = min(1.0, 0.72 * width / sum(wanted))
    for place, each in enumerate(wanted, start=1):
        grid.columns[place].width = Emu(round(each * fits))
    grid.columns[0].width = Emu(width - sum(grid.columns[place].width for place in range(1, table.columns)))


def _runs(
    paragraph: Any,
    items: Runs,
    language: str,
    *,
    size: Any,
    colour: str,
    bold: bool = False,
    stand_out: bool = True,
) -> None:
    """Add runs of text; where they `stand_out`, numbers are bold among words."""
    for item in items:
        run = paragraph.add_run()
        run.text = item if isinstance(item, str) else item.text
        run.font.size = size
        run.font.bold = bold or isinstance(item, Strong) or (stand_out and isinstance(item, Number))
        run.font.color.rgb = _colour(colour)
        properties = run._r.get_or_add_rPr()
        properties.set("lang", language)
        _keep_figure(properties, item)


def _keep_figure(properties: Any, item: Inline) -> None:
    """The id of a number's figure beside its text. Extensions come last among a run's properties."""
    if not isinstance(item, Number):
        return
    extensions = within(properties, "a:extLst")
    extension = within(extensions, "a:ext")
    extension.set("uri", FIGURE_EXTENSION)
    tag, prefixes = f"{{{FIGURES_NAMESPACE}}}figure", {"upheld": FIGURES_NAMESPACE}
    extension.append(extension.makeelement(tag, {"id": item.id}, nsmap=prefixes))


def _colour(hexadecimal: str) -> RGBColor:
    red, green, blue = bytes.fromhex(hexadecimal.lstrip("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]
