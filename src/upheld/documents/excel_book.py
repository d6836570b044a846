"""A workbook's formats and cells: texts that stay texts, and numbers whose cell is noted."""

import io
import math
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from upheld.documents import words
from upheld.documents.excel_numbers import value_and_format
from upheld.documents.style import HouseStyle
from upheld.narrative.report import Number, Report, Runs, plain

_A4 = 9
_CLOSED = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_DANGEROUS = ("=", "+", "-", "@", "\t")


class Book:
    """A workbook, and where each number went: (number, sheet, cell) in the order of writing."""

    def __init__(self, report: Report, style: HouseStyle, out: io.BytesIO) -> None:
        self.report = report
        self.look = style
        self.council = report.cover.council or style.council
        self.book = xlsxwriter.Workbook(out, {"in_memory": True, **_CLOSED})
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.places: list[tuple[Number, str, str]] = []

    def format(self, **look: Any) -> Format:
        """A format, made once."""
        full = {"font_name": self.look.fallback_fonts[0], "font_size": 10, "font_color": self.look.ink,
                "valign": "top", **look}  # fmt: skip
        key = tuple(sorted(full.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(full)
        return self.formats[key]

    def say(self, sheet: Worksheet, row: int, column: int, text: str, **look: Any) -> None:
        """Write a text, and never anything else, whatever it begins with."""
        if text.startswith(_DANGEROUS):
            look["quote_prefix"] = True
        sheet.write_string(row, column, text, self.format(**look))

    def show(self, sheet: Worksheet, row: int, column: int, shown: Number, **look: Any) -> None:
        """Write a number as a number that looks as in the report, and note where it is."""
        value, num_format = value_and_format(shown)
        sheet.write_number(row, column, value, self.format(num_format=num_format, align="right", **look))
        self.note(shown, sheet, row, column)

    def note(self, shown: Number, sheet: Worksheet, row: int, column: int) -> None:
        """Note the cell that a number is shown in."""
        self.places.append((shown, sheet.get_name(), xl_rowcol_to_cell(row, column)))

    def tall(self, sheet: Worksheet, row: int, text: str, characters: float, *, size: float = 10) -> None:
        """Give a row the height that `text` needs in a cell `characters` wide."""
        lines = max(1, math.ceil(len(text) * 0.87 / characters))
        sheet.set_row(row, lines * size * 1.3 + 4)

    def say_runs(self, sheet: Worksheet, row: int, column: int, runs: Runs, before: str = "", **look: Any) -> None:
        """Write a sentence, and note that its numbers are in it."""
        self.say(sheet, row, column, before + plain(runs), **look)
        for run in runs:
            if isinstance(run, Number):
                self.note(run, sheet, row, column)

    def sheet(self, name: str, *, landscape: bool) -> Worksheet:
        """A new sheet, set up for print: A4, as wide as the page, council and title over it, page numbers under it."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.75)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        council, title = (text.replace("&", "&&") for text in (self.council, words.running_head(self.report)))
        marking = self.report.cover.marking.replace("&", "&&")
        sheet.set_header(f"&L&8{council}&R&8{title}"[:255])
        sheet.set_footer(f"&L&8{marking}&R&8{words.page_of('&P', '&N')}"[:255])
        return sheet
