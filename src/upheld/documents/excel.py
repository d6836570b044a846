"""A report as an Excel workbook: a sheet for each table with real numbers, the words, the definitions, every figure.

The sheet "Figures" lists every number of the report in reading order, with its figure, both counts and the cell that
shows it. No text can become a formula.
"""

import io
from collections.abc import Mapping
from datetime import UTC, datetime, time

from xlsxwriter.worksheet import Worksheet

from upheld.documents import figure_list, words
from upheld.documents.charts import Drawing, draw_all
from upheld.documents.excel_book import Book
from upheld.documents.excel_numbers import counts
from upheld.documents.excel_tables import TableSheet
from upheld.documents.layout import Numbering, number
from upheld.documents.style import HouseStyle
from upheld.documents.text import tidy
from upheld.documents.zips import settled
from upheld.narrative.report import Chart, ListBlock, Paragraph, Report, Runs, Section, Table, Tone, plain

COVER, TEXT, DEFINITIONS, FIGURES = "Cover", "Text", "Definitions", "Figures"
# Widths of columns of words, in characters.
_TEXT_WIDTH = 100
_VALUE_WIDTH = 84


def render(report: Report, *, style: HouseStyle, charts: Mapping[str, Drawing] | None = None) -> bytes:
    """The report as an .xlsx file."""
    report = tidy(report)
    drawings = draw_all(report, style) if charts is None else charts
    out = io.BytesIO()
    _Writer(report, style, drawings, out).write()
    return settled(out.getvalue(), report.as_at)


class _Writer(Book):
    """A workbook in the making: it goes through the report once, and notes where each number went."""

    def __init__(self, report: Report, style: HouseStyle, drawings: Mapping[str, Drawing], out: io.BytesIO) -> None:
        super().__init__(report, style, out)
        self.drawings = drawings
        self.numbering: Numbering = number(report)
        self.charts_of = {chart.table_id: chart for chart in reversed(list(report.charts()))}

    def write(self) -> None:
        """Write everything and close the file."""
        moment = datetime.combine(self.report.as_at, time(), UTC).replace(tzinfo=None)
        self.book.set_properties(
            {
                "title": words.title(self.report),
                "subject": self.report.cover.subtitle,
                "author": self.council,
                "company": self.council,
                "keywords": self.report.period.label,
                "comments": f"Upheld {self.report.provenance.code_version}",
                "created": moment,
            }
        )
        self.cover = self.sheet(COVER, landscape=False)
        self.text = self.sheet(TEXT, landscape=False)
        self.line = 0
        self._text_columns()
        for section in self.report.sections:
            self._section(section)
        self._cover()
        self._definitions()
        self._figures()
        self.book.close()

    # The words

    def _text_columns(self) -> None:
        self.text.set_column(0, 0, 8)
        self.text.set_column(1, 1, _TEXT_WIDTH)

    def _section(self, section: Section) -> None:
        self.line += 1 if self.line else 0
        top = "." not in section.number
        look = {"bold": True, "font_color": self.look.accent, "font_size": 14 if top else 11}
        self.say(self.text, self.line, 0, section.number, **look)
        self.say(self.text, self.line, 1, section.title, **look)
        self.tall(self.text, self.line, section.title, _TEXT_WIDTH, size=14 if top else 11)
        self.line += 1
        for block in section.blocks:
            match block:
                case Paragraph():
                    before = f"{words.IMPORTANT} " if block.tone is Tone.WARNING else ""
                    self._words(block.runs, before)
                case ListBlock():
                    for index, item in enumerate(block.items, start=1):
                        self._words(item, f"{index}. " if block.ordered else "• ")
                case Table():
                    self._table(block)
                case Chart():
                    label = f"{self.numbering.chart(block.id)}: {block.title}. "
                    self._words(block.description, label)
        for inner in section.sections:
            self._section(inner)

    def _words(self, runs: Runs, before: str = "") -> None:
        self.say_runs(self.text, self.line, 1, runs, before, text_wrap=True)
        self.tall(self.text, self.line, before + plain(runs), _TEXT_WIDTH)
        self.line += 1

    # Tables

    def _table(self, table: Table) -> None:
        name = self.numbering.table(table.id)
        self.text.write_url(
            self.line, 1, f"internal:'{name}'!A1", self.format(font_color=self.look.accent, underline=1),
            f"{name}: {table.caption}",
        )  # fmt: skip
        self.line += 1
        chart = self.charts_of.get(table.id)
        picture = (chart, self.drawings[chart.id]) if chart else None
        TableSheet(self, table, name, self.sheet(name, landscape=True)).write(picture)

    # The sheets about the report

    def _cover(self) -> None:
        sheet, cover = self.cover, self.report.cover
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, _VALUE_WIDTH)
        title = {"bold": True, "font_size": 20, "font_color": self.look.accent}
        for row, size in ((1, 20), (2, 13)):
            self.tall(sheet, row, "", 1, size=size)
        self.say(sheet, 0, 0, self.council, bold=True, font_size=11, font_color=self.look.accent)
        self.say(sheet, 1, 0, cover.title, **title)
        self.say(sheet, 2, 0, cover.subtitle, font_size=13)
        self.say(sheet, 3, 0, cover.marking, font_color=self.look.muted)
        row = self._pairs(sheet, 5, cover.fields)
        row = self._head(sheet, row + 1, words.CONTENTS)
        listed = [(TEXT, cover.title)]
        listed += [(self.numbering.table(table.id), table.caption) for table in self.report.tables()]
        listed += [(DEFINITIONS, words.DEFINITIONS), (FIGURES, words.ATTACHMENT)]
        linked = self.format(font_color=self.look.accent, underline=1)
        for name, about in listed:
            if name == DEFINITIONS and not self.report.definitions:
                continue
            sheet.write_url(row, 0, f"internal:'{name}'!A1", linked, name)
            self.say(sheet, row, 1, about, text_wrap=True)
            row += 1
        row = self._head(sheet, row + 1, words.PROVENANCE)
        self._pairs(sheet, row, words.provenance(self.report))

    def _head(self, sheet: Worksheet, row: int, text: str) -> int:
        self.say(sheet, row, 0, text, bold=True, font_size=12, font_color=self.look.accent)
        self.tall(sheet, row, "", 1, size=12)
        return row + 1

    def _pairs(self, sheet: Worksheet, row: int, pairs: tuple[tuple[str, str], ...]) -> int:
        line = {"bottom": 1, "bottom_color": self.look.rule, "text_wrap": True}
        for label, value in pairs:
            self.say(sheet, row, 0, label, bold=True, **line)
            self.say(sheet, row, 1, value, **line)
            self.tall(sheet, row, value, _VALUE_WIDTH)
            row += 1
        return row

    def _definitions(self) -> None:
        if not self.report.definitions:
            return
        sheet = self.sheet(DEFINITIONS, landscape=True)
        rows = [(d.figure, d.label, d.words) for d in self.report.definitions]
        self._listed(sheet, ("Figure", "Name", "What it means"), (26, 30, 90))
        for row, line in enumerate(rows, start=1):
            for column, text in enumerate(line):
                self.say(sheet, row, column, text, text_wrap=True, bottom=1, bottom_color=self.look.rule)
            self.tall(sheet, row, line[-1], 90)

    def _figures(self) -> None:
        sheet = self.sheet(FIGURES, landscape=True)
        heads = ("Number", "Figure", "Period", "Group", "Role", "Since", "Shown as", "Value", "Numerator",
                 "Denominator", "Cell")  # fmt: skip
        self._listed(sheet, heads, (54, 18, 13, 40, 16, 13, 12, 10, 11, 12, 18))
        linked = self.format(font_color=self.look.accent, underline=1)
        for row, (shown, name, cell) in enumerate(self.places, start=1):
            entry = figure_list.entry(shown)
            groups = "&".join(f"{dimension}={label}" for dimension, label in shown.source.ref.groups.items())
            said = (shown.id, entry["figure"], entry["period"], groups, entry["role"], entry["since"] or "", shown.text)
            for column, text in enumerate(said):
                self.say(sheet, row, column, str(text))
            for column, value in enumerate((shown.value, *counts(shown)), start=len(said)):
                if value is not None:
                    whole = float(value).is_integer()
                    sheet.write_number(row, column, value, self.format(num_format="0" if whole else "0.00"))
            sheet.write_url(row, len(heads) - 1, f"internal:'{name}'!{cell}", linked, f"'{name}'!{cell}")
        if self.places:
            sheet.autofilter(0, 0, len(self.places), len(heads) - 1)

    def _listed(self, sheet: Worksheet, heads: tuple[str, ...], widths: tuple[int, ...]) -> None:
        """The head of a list: named columns that stay in sight and repeat in print."""
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            self.say(sheet, 0, column, head, bold=True, bg_color=self.look.accent_tint, bottom=2,
                     bottom_color=self.look.accent)  # fmt: skip
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
