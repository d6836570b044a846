"""The styles of the Word document: real ones, so that a council can restyle it, and an editor can go on with it."""

from typing import Any, cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from upheld.documents.style import HouseStyle
from upheld.documents.word_xml import border, shading, w

TABLE = "Upheld Table"
CELL = "Table Text"
NUMBER = "Table Number"
HEAD = "Table Heading"
HEAD_NUMBER = "Table Heading Number"
HEAD_GROUP = "Table Heading Group"
GROUP = "Table Group"
SMALL = "Table Text Small"
BASE = "Table Note"
CHART = "Chart"
NOTE = "Note"
WARNING = "Warning"
COUNCIL = "Council"
MARKING = "Marking"
TERM = "Definition Term"
MEANING = "Definition"
FIELDS = "Fields"
CONTENTS = "Contents Heading"
TOC = ("toc 1", "toc 2", "toc 3")


def apply(document: Document, style: HouseStyle, *, own: bool) -> None:
    """Add the styles that are missing and, where the document is `own`, set those that Word has.

    In a council's template its own headings, body text and lists are left as they are.
    """
    sheet = _Sheet(document, style, own=own)
    if own:
        sheet.defaults()
        sheet.word_styles()
    sheet.upheld_styles()


class _Sheet:
    """The style sheet of a document in the making."""

    def __init__(self, document: Document, style: HouseStyle, *, own: bool) -> None:
        self.styles = document.styles
        self.look = style
        self.own = own

    def defaults(self) -> None:
        """Type, size and language of everything that says nothing else."""
        defaults = self.styles.element.find(qn("w:docDefaults"))
        for child in list(defaults):
            defaults.remove(child)
        size = w("sz", val=21), w("szCs", val=21)
        language = w("lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA")
        defaults.append(w("rPrDefault", w("rPr", _fonts(self.look.font), *size, language)))
        defaults.append(w("pPrDefault", w("pPr", w("spacing", after=120, line=264, lineRule="auto"))))
        for unused in list(self.styles.element.findall(qn("w:style"))):
            name = unused.find(qn("w:name")).get(qn("w:val"))
            if unused.get(qn("w:type")) == "table" and name not in {"Normal Table", "Table Grid"}:
                self.styles.element.remove(unused)

    def word_styles(self) -> None:
        """Those that Word knows by name."""
        accent, ink = self.look.accent, self.look.ink
        self.set("Normal", colour=ink)
        self.set("Title", size=24, bold=True, colour=accent, before=6, after=2, line=1.05, keep=True)
        self.set("Subtitle", size=13, colour=ink, after=12)
        self.set("Heading 1", size=15, bold=True, colour=accent, before=22, after=6, keep=True)
        top = w("pBdr", border("top", accent, 8, 6))
        self._place("Heading 1", top)
        self.set("Heading 2", size=12, bold=True, colour=accent, before=14, after=4, keep=True)
        self.set("Heading 3", size=10.5, bold=True, colour=accent, before=10, after=3, keep=True)
        self.set("Caption", size=10, colour=ink, before=10, after=4)
        for name in ("List Bullet", "List Number"):
            self.set(name, after=3, indent=0.63, hanging=0.63)
        for name in ("Header", "Footer"):
            self.set(name, size=8.5, colour=self.look.muted, after=0)

    def upheld_styles(self) -> None:
        """Those that only these documents have."""
        look = self.look
        self.add(COUNCIL, size=11, bold=True, colour=look.accent, after=10)
        self._place(COUNCIL, w("pBdr", border("bottom", look.accent, 16, 4)))
        self.add(MARKING, size=9.5, colour=look.muted, after=0)
        self.add(CONTENTS, size=12, bold=True, colour=look.accent, before=16, after=4, keep=True)
        for depth, name in enumerate(TOC):
            self.add(name, after=2, indent=0.75 * depth)
        self.add(CELL, size=9.5, before=2, after=2, line=1)
        self.add(NUMBER, size=9.5, before=2, after=2, line=1, align=WD_ALIGN_PARAGRAPH.RIGHT)
        self.add(HEAD, size=9.5, bold=True, before=2, after=2, line=1, keep=True)
        self.add(HEAD_NUMBER, based=HEAD, align=WD_ALIGN_PARAGRAPH.RIGHT)
        self.add(HEAD_GROUP, based=HEAD, align=WD_ALIGN_PARAGRAPH.CENTER)
        self.add(GROUP, based=HEAD, colour=look.accent, before=7)
        self.add(SMALL, size=8, colour=look.muted, before=2, after=2, line=1)
        self.add(BASE, size=9, colour=look.muted, before=3, after=2, line=1.05)
        self.add(CHART, before=8, after=2, line=1, keep=True)
        self.add(NOTE, indent=0.3, after=6)
        self._place(NOTE, w("pBdr", border("left", look.rule, 20, 8)))
        self.add(WARNING, indent=0.3, right=0.15, before=6, after=8)
        sides = (border("top", look.warning, 6, 5), border("left", look.warning, 40, 6),
                 border("bottom", look.warning, 6, 5), border("right", look.warning, 6, 4))  # fmt: skip
        self._place(WARNING, w("pBdr", *sides))
        self._place(WARNING, shading(look.warning_tint))
        self.add(TERM, bold=True, before=4, after=0, keep=True)
        self.add(MEANING, after=4)
        self._table_style(TABLE, columns=False)
        self._table_style(FIELDS, columns=True)

    def add(self, name: str, *, based: str = "Normal", **look: Any) -> None:
        """Add a paragraph style, unless the document has one of that name."""
        if name not in self.styles:
            made = self.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            made.base_style = self.styles[based]
            made.quick_style = True
            self.set(name, **look)

    def set(
        self,
        name: str,
        *,
        size: float | None = None,
        bold: bool | None = None,
        colour: str | None = None,
        before: float | None = None,
        after: float | None = None,
        line: float | None = None,
        indent: float | None = None,
        hanging: float | None = None,
        right: float | None = None,
        align: WD_ALIGN_PARAGRAPH | None = None,
        keep: bool = False,
    ) -> None:
        """Set how a paragraph style looks: points for type and spacing, lines for `line`, centimetres for indents."""
        found = cast("ParagraphStyle", self.styles[name])
        font, shape = found.font, found.paragraph_format
        if self.own:
            _settle(found, self.look.font)
        font.size = Pt(size) if size else font.size
        font.bold = bold if bold is not None else font.bold
        font.color.rgb = RGBColor.from_string(colour.lstrip("#")) if colour else font.color.rgb
        shape.space_before = Pt(before) if before is not None else shape.space_before
        shape.space_after = Pt(after) if after is not None else shape.space_after
        shape.line_spacing = line if line is not None else shape.line_spacing
        shape.left_indent = Cm(indent) if indent is not None else shape.left_indent
        shape.first_line_indent = Cm(-hanging) if hanging is not None else shape.first_line_indent
        shape.right_indent = Cm(right) if right is not None else shape.right_indent
        shape.alignment = align if align is not None else shape.alignment
        shape.keep_with_next = keep or shape.keep_with_next

    def _place(self, name: str, properties: Any) -> None:
        """Put borders or shading where the order of paragraph properties wants them."""
        held = self.styles[name].element.get_or_add_pPr()
        for old in held.findall(properties.tag):
            held.remove(old)
        later = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc",
                 "w:outlineLvl")  # fmt: skip
        held.insert_element_before(properties, *(tag for tag in later if qn(tag) != properties.tag))

    def _table_style(self, name: str, *, columns: bool) -> None:
        """A table style: thin lines between rows and a firm one under the head; fields have lines only."""
        if name in self.styles:
            return
        look = self.look
        lines = [border("bottom", look.rule, 4), border("insideH", look.rule, 4)]
        if columns:
            lines.insert(0, border("top", look.rule, 4))
        element = w(
            "style",
            w("name", val=name),
            w("basedOn", val="TableNormal"),
            w("uiPriority", val=59),
            w("qFormat"),
            w(
                "tblPr",
                w("tblBorders", *lines),
                w("tblCellMar", w("left", w=0 if columns else 70, type="dxa"), w("right", w=70, type="dxa")),
            ),
            type="table",
            customStyle=1,
            styleId=name.replace(" ", ""),
        )
        if not columns:
            firm = border("bottom", look.accent, 8)
            total = (border("top", look.accent, 8), border("bottom", look.accent, 8))
            element.append(_part("firstRow", w("tcBorders", firm), look.accent_tint))
            element.append(_part("lastRow", w("tcBorders", *total), look.accent_tint))
        self.styles.element.append(element)


def _part(kind: str, borders: Any, tint: str) -> Any:
    # Not bold: Word takes bold in a table's style and bold in a paragraph's style together as not bold.
    return w("tblStylePr", w("tcPr", borders, shading(tint)), type=kind)


def _fonts(name: str) -> Any:
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _settle(style: ParagraphStyle, font: str) -> None:
    """Take away what Word's own theme says of a style: its typefaces, colours, borders and italics."""
    held = style.element.get_or_add_rPr()
    for child in list(held):
        held.remove(child)
    held.append(_fonts(font))
    properties = style.element.get_or_add_pPr()
    for tag in ("w:pBdr", "w:contextualSpacing", "w:tabs"):
        for child in properties.findall(qn(tag)):
            properties.remove(child)


def style_id(document: Document, name: str) -> str:
    """The id that paragraphs name a style by."""
    found: str = document.styles[name].style_id
    return found
