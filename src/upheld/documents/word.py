"""A report as a Word document: real styles, contents, captions, and numbers that keep their figure.

Each number stands in a content control whose tag names its figure; it cannot be typed over. Everything else can be
edited, in this house style or in the council's own template.
"""

import io
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime, time
from typing import Any
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section as PageSection
from docx.shared import Cm, Emu

from upheld.documents import word_parts, word_styles, words
from upheld.documents.charts import Drawing, draw_all
from upheld.documents.layout import (
    BadReport,
    Numbering,
    depth,
    has_place_for_definitions,
    holds_definitions,
    is_landscape,
    number,
)
from upheld.documents.style import HouseStyle
from upheld.documents.text import tidy
from upheld.documents.word_styles import style_id
from upheld.documents.word_tables import fields_table, report_table
from upheld.documents.word_xml import (
    ControlIds,
    bookmarked,
    field,
    link,
    paragraph,
    run,
    runs,
    w,
)
from upheld.documents.zips import settled
from upheld.narrative.report import Block, Chart, ListBlock, Paragraph, Report, Section, Table, Tone, plain

_MARGIN = Cm(2)
_A4 = (Cm(21), Cm(29.7))
# Centimetres: a chart on a landscape page leaves room for its table.
_LANDSCAPE_CHART = 13.0
_LONGEST_LINE = 17.0
_TWIPS = 567  # to a centimetre
_PROSE = frozenset({"Normal", "List Bullet", "List Number", word_styles.NOTE, word_styles.BASE})


def render(
    report: Report,
    *,
    style: HouseStyle,
    charts: Mapping[str, Drawing] | None = None,
    template: bytes | None = None,
) -> bytes:
    """The report as a .docx file. `template` is a council's own .docx: its styles, headers and footers are used.

    Raises BadReport where the template is no Word document.
    """
    report = tidy(report)
    drawings = draw_all(report, style) if charts is None else charts
    document = _begin(template)
    writer = _Writer(document, report, style, drawings, own=template is None)
    writer.write()
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue(), report.as_at)


def _begin(template: bytes | None) -> Document:
    if template is None:
        document = docx.Document()
        word_parts.drop_leftovers(document)
        word_parts.settle_settings(document)
        return document
    try:
        document = docx.Document(io.BytesIO(template))
    except (BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise BadReport("The template is not a Word document. Give a .docx file that Word can open.") from error
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return document


class _Writer:
    """A document in the making: it goes through the report once, from the first word to the last."""

    def __init__(
        self, document: Document, report: Report, style: HouseStyle, drawings: Mapping[str, Drawing], *, own: bool
    ) -> None:
        self.document = document
        self.report = report
        self.look = style
        self.drawings = drawings
        self.own = own
        self.numbering: Numbering = number(report)
        self.ids = ControlIds()
        self.marks = 0
        self.body = document.element.body
        self.page = self.body.get_or_add_sectPr()
        self.landscape = False
        self.sections_ended = 0

    def write(self) -> None:
        """Write everything."""
        word_styles.apply(self.document, self.look, own=self.own)
        self.lists = word_parts.Lists(self.document, self.look)
        self._properties()
        if self.own:
            word_parts.embed_type(self.document, self.look)
            self._page_setup()
        self._cover()
        self._contents()
        for section in self.report.sections:
            self._section(section)
        self._turn(landscape=False)
        if not has_place_for_definitions(self.report):
            self._definitions()
        self._provenance()
        if self.sections_ended:  # the first section said it; the others follow
            _plain_page(self.page)
        word_parts.add_figures(self.document, self.report)

    # The document

    def _properties(self) -> None:
        cover, made = self.report.cover, self.report.provenance
        properties = self.document.core_properties
        council = cover.council or self.look.council
        moment = datetime.combine(self.report.as_at, time(), UTC).replace(tzinfo=None)
        properties.title = words.title(self.report)
        properties.subject = cover.subtitle
        properties.author = properties.last_modified_by = council
        properties.keywords = self.report.period.label
        properties.category = cover.marking
        properties.comments = f"Upheld {made.code_version}"
        properties.language = self.report.language
        properties.created = properties.modified = moment
        properties.revision = 1

    def _page_setup(self) -> None:
        page = self.document.sections[0]
        page.page_width, page.page_height = _A4
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
        page.header_distance = page.footer_distance = Cm(1.1)
        page.different_first_page_header_footer = True
        council = self.report.cover.council or self.look.council
        header = page.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        header.add_run(f"{council} – {words.running_head(self.report)}")
        for footer in (page.first_page_footer, page.footer):
            held = footer.paragraphs[0]
            held.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            marking = self.report.cover.marking
            before, between, after = words.page_of("\0", "\0").split("\0")
            held._p.append(run(f"{marking} – {before}" if marking else before))
            held._p.extend([*field("PAGE", "1"), run(between), *field("NUMPAGES", "1")])
            held._p.extend([run(after)] if after else [])

    @property
    def width(self) -> float:
        """Centimetres between the margins of the present page."""
        page = PageSection(self.page, self.document.part)
        across = page.page_height if self.landscape else page.page_width
        sides = (page.left_margin or 0) + (page.right_margin or 0)
        return float(Emu((across or _A4[0]) - sides).cm)

    def _add(self, *elements: Any) -> None:
        for element in elements:
            self.page.addprevious(element)

    def _paragraph(self, style: str, *children: Any, properties: tuple[Any, ...] = ()) -> None:
        if self.landscape and style in _PROSE:  # lines no longer than on a page that stands
            properties = (*properties, w("ind", right=round((self.width - _LONGEST_LINE) * _TWIPS)))
        self._add(paragraph(style_id(self.document, style), *children, properties=properties))

    def _marked(self, name: str, *children: Any) -> list[Any]:
        self.marks += 1
        return bookmarked(name, self.marks, *children)

    def _turn(self, *, landscape: bool) -> None:
        """Begin a page of the other orientation, where it is another; the last paragraph before it ends the section."""
        if landscape == self.landscape:
            return
        ending = deepcopy(self.page)
        _orient(ending, self.document, landscape=self.landscape)
        if self.sections_ended:
            _plain_page(ending)
        last = self.page.getprevious()
        if last.tag != qn("w:p"):  # only a paragraph can end a section
            last = paragraph(style_id(self.document, word_styles.BASE))
            self._add(last)
        last.get_or_add_pPr().append(ending)
        self.sections_ended += 1
        self.landscape = landscape

    # Parts of the report

    def _cover(self) -> None:
        cover = self.report.cover
        council = cover.council or self.look.council
        if council:
            self._paragraph(word_styles.COUNCIL, run(council))
        if cover.marking:
            self._paragraph(word_styles.MARKING, run(cover.marking))
        self._paragraph("Title", run(cover.title))
        if cover.subtitle:
            self._paragraph("Subtitle", run(cover.subtitle))
        if cover.fields:
            self._add(fields_table(self.document, cover.fields, width=self.width, caption=cover.title))

    def _contents(self) -> None:
        """A field that Word can work out again, showing already what it will show. Entries are links."""
        entries = [(depth(s), _numbered(s), _mark(s)) for s in self.report.walk()]
        if self.report.definitions and not has_place_for_definitions(self.report):
            entries.append((1, words.DEFINITIONS, "_Toc_definitions"))
        entries.append((1, words.PROVENANCE, "_Toc_provenance"))
        begin, end = field('TOC \\o "1-3" \\n \\h \\z \\u', "")[:3], w("r", w("fldChar", fldCharType="end"))
        lines = [
            paragraph(style_id(self.document, word_styles.TOC[min(level, 3) - 1]), link(mark, run(title)))
            for level, title, mark in entries
        ]
        lines[0].find(qn("w:pPr")).addnext(begin[0])
        begin[0].addnext(begin[1])
        begin[1].addnext(begin[2])
        lines[-1].append(end)
        title = paragraph(style_id(self.document, word_styles.CONTENTS), run(words.CONTENTS))
        gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        properties = w("sdtPr", w("id", val=self.ids.take()), gallery)
        self._add(w("sdt", properties, w("sdtContent", title, *lines)))

    def _heading(self, level: int, text: str, mark: str) -> None:
        self._paragraph(f"Heading {min(level, 3)}", *self._marked(mark, run(text)))

    def _section(self, section: Section) -> None:
        self._turn(landscape=is_landscape(section))
        self._heading(depth(section), _numbered(section), _mark(section))
        for block in section.blocks:
            self._block(block)
        if holds_definitions(section, self.report):
            self._meanings()
        for inner in section.sections:
            self._section(inner)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._notice(block)
            case ListBlock():
                style = "List Number" if block.ordered else "List Bullet"
                numbering = self.lists.numbers() if block.ordered else self.lists.bullets()
                for item in block.items:
                    self._paragraph(style, *runs(item, self.ids), properties=(deepcopy(numbering),))
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)

    def _notice(self, block: Paragraph) -> None:
        style = {Tone.PLAIN: "Normal", Tone.NOTE: word_styles.NOTE, Tone.WARNING: word_styles.WARNING}[block.tone]
        label = [run(f"{words.IMPORTANT} ", bold=True)] if block.tone is Tone.WARNING else []
        after_table = self.page.getprevious().tag == qn("w:tbl")
        space = (w("spacing", before=160),) if after_table and block.tone is Tone.PLAIN else ()
        self._paragraph(style, *label, *runs(block.runs, self.ids), properties=space)

    def _table(self, table: Table) -> None:
        numbered = self.numbering.tables[table.id]
        label = self._marked(
            _table_mark(numbered), run(f"{words.TABLE} ", bold=True), *field("SEQ Table", str(numbered), bold=True)
        )
        self._paragraph("Caption", *label, run(":", bold=True), run(f" {table.caption}"), properties=(w("keepNext"),))
        under = [table.base] if table.base else []
        under += table.notes
        self._add(
            report_table(self.document, table, width=self.width, style=self.look, ids=self.ids, follows=bool(under))
        )
        for words_under in under:
            self._paragraph(word_styles.BASE, *runs(words_under, self.ids))

    def _chart(self, chart: Chart) -> None:
        drawing = self.drawings[chart.id]
        across = min(self.width, _LANDSCAPE_CHART) if self.landscape else self.width
        width = Cm(across)
        height = Emu(round(width * drawing.height / drawing.width))
        inline = self.document.part.new_pic_inline(io.BytesIO(drawing.png()), width, height)
        named = self.numbering.chart(chart.id)
        inline.docPr.set("descr", plain(chart.description) or chart.title)
        inline.docPr.set("title", chart.title)
        inline.docPr.set("name", named)
        self._paragraph(word_styles.CHART, w("r", w("drawing", inline)))
        label = [
            run(f"{words.FIGURE} ", bold=True),
            *field("SEQ Figure", str(self.numbering.charts[chart.id]), bold=True),
        ]
        self._paragraph("Caption", *label, run(":", bold=True), run(f" {chart.title}"), properties=(w("keepNext"),))
        table = self.numbering.tables[chart.table_id]
        reference = field(f"REF {_table_mark(table)} \\h", self.numbering.table(chart.table_id))
        said = runs(chart.description, self.ids)
        self._paragraph("Normal", *said, run(f"{' ' if said else ''}{words.NUMBERS_IN}"), *reference, run("."))

    def _definitions(self) -> None:
        if not self.report.definitions:
            return
        self._heading(1, words.DEFINITIONS, "_Toc_definitions")
        self._meanings()

    def _meanings(self) -> None:
        for definition in self.report.definitions:
            self._paragraph(word_styles.TERM, run(definition.label))
            self._paragraph(word_styles.MEANING, run(definition.words))

    def _provenance(self) -> None:
        self._heading(1, words.PROVENANCE, "_Toc_provenance")
        made = words.provenance(self.report)
        self._add(fields_table(self.document, made, width=self.width, caption=words.PROVENANCE, small=True))


def _numbered(section: Section) -> str:
    return f"{section.number}\u2002{section.title}"


def _mark(section: Section) -> str:
    return f"_Toc_{section.number.replace('.', '_')}"


def _table_mark(numbered: int) -> str:
    return f"_Ref_table_{numbered}"


def _orient(page: Any, document: Document, *, landscape: bool) -> None:
    """Turn a page on its side."""
    section = PageSection(page, document.part)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width


def _plain_page(page: Any) -> None:
    """Take from a section what only the first says: headers and footers, which the others follow, and a first page."""
    for tag in ("w:headerReference", "w:footerReference", "w:titlePg"):
        for old in page.findall(qn(tag)):
            page.remove(old)
