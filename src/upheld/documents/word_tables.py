"""Tables of the Word document: heads that repeat on every page, heads of rows, rows that do not break."""

from typing import Any

from docx.document import Document

from upheld.documents import word_styles
from upheld.documents.layout import (
    HeadCell,
    column_characters,
    group_starts,
    head_rows,
    is_bold,
    is_group,
    is_grouped,
    is_wide,
    placed,
    shares,
)
from upheld.documents.style import HouseStyle
from upheld.documents.word_styles import style_id
from upheld.documents.word_xml import ControlIds, border, paragraph, run, runs, shading, w
from upheld.narrative.report import Align, Cell, Row, Table, plain

_TWIPS = 567  # to a centimetre
# A table of fewer characters is not stretched over the whole page.
_FULL_WIDTH = 60
_PART_WIDTH = 0.75
# A table of at most so many rows stays whole on a page.
_WHOLE = 14


def report_table(
    document: Document, table: Table, *, width: float, style: HouseStyle, ids: ControlIds, follows: bool
) -> Any:
    """A report's table. `width` is of the page's text, in centimetres; `follows` keeps it with what is under it."""
    return _ReportTable(document, table, width, style, ids, follows=follows).build()


class _ReportTable:
    """One table in the making."""

    def __init__(
        self, document: Document, table: Table, width: float, style: HouseStyle, ids: ControlIds, *, follows: bool
    ) -> None:
        self.table = table
        self.look = style
        self.ids = ids
        self.starts = group_starts(table)
        self.heads = head_rows(table)
        self.grouped = is_grouped(table)
        self.wide = is_wide(table)
        full = sum(column_characters(table)) > _FULL_WIDTH
        whole = round(width * _TWIPS * (1 if full else _PART_WIDTH))
        self.widths = [round(whole * share) for share in shares(table)]
        self.keep = len(table.rows) <= _WHOLE
        self.follows = follows
        names = (word_styles.CELL, word_styles.NUMBER, word_styles.HEAD, word_styles.HEAD_NUMBER,
                 word_styles.HEAD_GROUP, word_styles.GROUP)  # fmt: skip
        self.styles = {name: style_id(document, name) for name in names}
        self.table_style = style_id(document, word_styles.TABLE)

    def build(self) -> Any:
        """The element."""
        table = self.table
        last = len(table.rows) - 1
        total = bool(table.rows) and table.rows[-1].total
        return w(
            "tbl",
            _properties(
                self.table_style,
                sum(self.widths),
                table.caption,
                plain(table.base),
                last_row=total,
                narrow=self.wide,
            ),
            w("tblGrid", *(w("gridCol", w=width) for width in self.widths)),
            *(self._head_row(y) for y in range(len(table.head))),
            *(self._row(row, keep=self.keep and (y < last or self.follows)) for y, row in enumerate(table.rows)),
        )

    def _head_row(self, y: int) -> Any:
        rows = self.heads
        cells = list(rows[y])
        if y == 1:  # cells that come down from the row above
            cells += [HeadCell(Cell(()), c.column, c.span, 0, c.group) for c in rows[0] if c.depth == 2]
        cells.sort(key=lambda cell: cell.column)
        return w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *(self._head_cell(c, y) for c in cells))

    def _head_cell(self, head: HeadCell, y: int) -> Any:
        merge = []
        if head.depth == 2:
            merge = [w("vMerge", val="restart")]
        elif head.depth == 0:
            merge = [w("vMerge")]
        lowest = head.depth != 1 or y == len(self.table.head) - 1
        lines = [border("bottom", self.look.accent, 8)] if lowest else []
        if head.group:
            style = word_styles.HEAD_GROUP
        elif self.table.align[head.column] is Align.END:
            style = word_styles.HEAD_NUMBER
        else:
            style = word_styles.HEAD
        return self._cell(
            head.column, head.span, head.cell, style, merge=merge, lines=lines, tint=True, valign="bottom"
        )

    def _row(self, row: Row, *, keep: bool) -> Any:
        if is_group(row, self.table):
            name = self._cell(0, self.table.columns, row.cells[0], word_styles.GROUP, lines=[], tint=False)
            return w("tr", w("trPr", w("cantSplit")), name)
        cells = [self._body_cell(column, cell, total=row.total, keep=keep) for column, cell in placed(row.cells)]
        return w("tr", w("trPr", w("cantSplit")), *cells)

    def _body_cell(self, column: int, cell: Cell, *, total: bool, keep: bool) -> Any:
        accent = self.look.accent
        lines = [border("top", accent, 8), border("bottom", accent, 8)] if total else []
        style = word_styles.NUMBER if self.table.align[column] is Align.END else word_styles.CELL
        return self._cell(
            column,
            cell.span,
            cell,
            style,
            lines=lines,
            tint=total,
            bold=total or is_bold(cell, grouped=self.grouped),
            keep=keep,
        )

    def _cell(
        self,
        column: int,
        span: int,
        cell: Cell,
        style: str,
        *,
        lines: list[Any],
        tint: bool,
        merge: list[Any] | None = None,
        bold: bool = False,
        keep: bool = False,
        valign: str = "top",
    ) -> Any:
        properties = w("tcPr", w("tcW", w=sum(self.widths[column : column + span]), type="dxa"))
        if span > 1:
            properties.append(w("gridSpan", val=span))
        properties.extend(merge or [])
        sides = {line.tag.rpartition("}")[2]: line for line in lines}
        if column in self.starts:
            sides["left"] = border("left", self.look.rule, 4)
        if sides:
            properties.append(w("tcBorders", *(sides[s] for s in ("top", "left", "bottom", "right") if s in sides)))
        if tint:
            properties.append(shading(self.look.accent_tint))
        properties.append(w("vAlign", val=valign))
        content = runs(cell.runs, self.ids, bold=bold)
        if self.wide:
            _smaller(content)
        kept = (w("keepNext"),) if keep else ()
        return w("tc", properties, paragraph(self.styles[style], *content, properties=kept))


def _smaller(content: list[Any]) -> None:
    """Set runs of a wide table in smaller type."""
    for element in content:
        for found in element.iter(w("r").tag):
            held = found.find(w("rPr").tag)
            if held is None:
                held = w("rPr")
                found.insert(0, held)
            held.append(w("sz", val=17))


def fields_table(
    document: Document, fields: tuple[tuple[str, str], ...], *, width: float, caption: str, small: bool = False
) -> Any:
    """A block of labels and values, as at the head of a committee paper; it stays whole on a page."""
    first, second = round(width * 0.3 * _TWIPS), round(width * 0.7 * _TWIPS)
    text = style_id(document, word_styles.SMALL if small else word_styles.CELL)

    def cell(words: str, size: int, *, keep: bool, bold: bool = False) -> Any:
        kept = (w("keepNext"),) if keep else ()
        return w("tc", w("tcPr", w("tcW", w=size, type="dxa")), paragraph(text, run(words, bold=bold), properties=kept))

    def row(label: str, value: str, *, keep: bool) -> Any:
        cells = cell(label, first, keep=keep, bold=True), cell(value, second, keep=keep)
        return w("tr", w("trPr", w("cantSplit")), *cells)

    last = len(fields) - 1
    return w(
        "tbl",
        _properties(style_id(document, word_styles.FIELDS), first + second, caption, "", head=False),
        w("tblGrid", w("gridCol", w=first), w("gridCol", w=second)),
        *(row(label, value, keep=index < last) for index, (label, value) in enumerate(fields)),
    )


def _properties(
    style: str,
    width: int,
    caption: str,
    description: str,
    *,
    head: bool = True,
    last_row: bool = False,
    narrow: bool = False,
) -> Any:
    look = w("tblLook", val="0000", firstRow=int(head), lastRow=int(last_row), firstColumn=1, lastColumn=0,
             noHBand=1, noVBand=1)  # fmt: skip
    properties = w("tblPr", w("tblStyle", val=style), w("tblW", w=width, type="dxa"), w("tblLayout", type="fixed"))
    if narrow:  # many columns: less space beside each
        properties.append(w("tblCellMar", w("left", w=35, type="dxa"), w("right", w=45, type="dxa")))
    properties.extend([look, w("tblCaption", val=caption)])
    if description:
        properties.append(w("tblDescription", val=description))
    return properties
