"""The empty register: a workbook with the headings, drop-downs and notes, and the layout as a page."""

from io import BytesIO

from upheld.register.layout import COLUMNS, Column, Form
from upheld.register.read import SHEET

_ROWS = 5_000  # drop-downs reach this far down


def template_workbook() -> bytes:
    """An XLSX workbook with the sheet “Register” to fill and the sheet “How to fill this in”."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    required = book.add_format({"bold": True, "bg_color": "#1d3557", "font_color": "#ffffff", "text_wrap": True})
    optional = book.add_format({"bold": True, "bg_color": "#dfe7ef", "text_wrap": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    text = book.add_format({"num_format": "@"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})

    register = book.add_worksheet(SHEET)
    lists = book.add_worksheet("Lists")
    for index, column in enumerate(COLUMNS):
        register.write_string(0, index, column.heading, required if column.required else optional)
        register.write_comment(0, index, column.meaning, {"x_scale": 2})
        register.set_column(
            index, index, max(12, min(28, len(column.heading) + 4)), day if column.form is Form.DATE else text
        )
        options = _options(column)
        for row, option in enumerate(options):
            lists.write_string(row, index, option)
        if options:
            letters = _letters(index)
            register.data_validation(
                1, index, _ROWS, index,
                {"validate": "list", "source": f"=Lists!${letters}$1:${letters}${len(options)}",
                 "error_title": column.heading, "error_message": "Choose one of the list."},
            )  # fmt: skip
    lists.hide()
    register.freeze_panes(1, 2)
    register.set_row(0, 32)

    notes = book.add_worksheet("How to fill this in")
    notes.set_column(0, 0, 28, bold)
    notes.set_column(1, 1, 12, wrap)
    notes.set_column(2, 2, 90, wrap)
    notes.write_row(0, 0, ("Column", "Needed", "What to write"), required)
    for row, column in enumerate(COLUMNS, start=1):
        notes.write_string(row, 0, column.heading)
        notes.write_string(row, 1, "always" if column.required else "if known")
        notes.write_string(row, 2, explained(column))
    notes.freeze_panes(1, 0)
    book.set_properties({"title": "Register of complaints: template"})
    book.close()
    return buffer.getvalue()


def template_csv() -> bytes:
    """The headings alone, as CSV."""
    return (",".join(column.heading for column in COLUMNS) + "\r\n").encode("utf-8-sig")


def explained(column: Column) -> str:
    """What to write in a column, its choices among it."""
    words = column.meaning
    if column.choices:
        words += " One of: " + "; ".join(column.choices.values()) + "."
    elif column.form is Form.DATE:
        words += " A date, such as 2018-10-01 or 01/10/2018."
    elif column.form is Form.YES_NO:
        words += " Yes or No."
    if column.form in (Form.TEXT_LIST, Form.CHOICE_LIST):
        words += " Separate several by ;"
    return words


def _options(column: Column) -> tuple[str, ...]:
    if column.form is Form.YES_NO:
        return ("Yes", "No")
    return tuple(column.choices.values()) if column.form is Form.CHOICE else ()


def _letters(index: int) -> str:
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)
