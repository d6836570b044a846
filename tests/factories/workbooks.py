"""Workbooks as bytes: .xlsx through XlsxWriter, .ods and broken ones by hand."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import xlsxwriter

Values = Sequence[Sequence[object]]


class Formula:
    """A formula and the value that was worked out for it; `value` None where it never was."""

    def __init__(self, text: str, value: object = None) -> None:
        self.text = text
        self.value = value


def xlsx_bytes(
    rows: Values,
    *,
    sheet: str = "Register",
    date_1904: bool = False,
    merges: Sequence[tuple[int, int, int, int]] = (),
    more: Mapping[str, Values] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """A workbook whose first sheet holds `rows`, with `more` sheets after it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"date_1904": date_1904, "in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, values in {sheet: rows, **(more or {})}.items():
        page = book.add_worksheet(name)
        for r, cells in enumerate(values):
            for c, value in enumerate(cells):
                _write(page, r, c, value, day)
        if name == sheet:
            for first_row, last_row, first, last in merges:
                page.merge_range(first_row, first, last_row, last, rows[first_row][first])
        if name in hidden:
            page.hide()
    book.close()
    return buffer.getvalue()


def _write(page: "xlsxwriter.worksheet.Worksheet", row: int, column: int, value: object, day: object) -> None:
    match value:
        case None:
            return
        case Formula():
            page.write_formula(row, column, f"={value.text}", None, "" if value.value is None else value.value)
        case bool():
            page.write_boolean(row, column, value)
        case int() | float():
            page.write_number(row, column, value)
        case date():
            page.write_datetime(row, column, value, day)
        case _:
            page.write_string(row, column, str(value))


def zip_bytes(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_member(archive: bytes, member: str, content: bytes) -> bytes:
    """The archive with one member's content exchanged, or added."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return zip_bytes({**{name: source.read(name) for name in source.namelist()}, member: content})


def member_of(archive: bytes, member: str) -> bytes:
    """The content of a member of an archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return source.read(member)


SHEET_XML = "xl/worksheets/sheet1.xml"

_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'office:version="1.3"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>'
    "</office:document-content>"
)


def ods_bytes(rows: Values, *, sheet: str = "Register", spans: Mapping[tuple[int, int], tuple[int, int]] | None = None,
              doctype: str = "", manifest: str = "<manifest/>") -> bytes:  # fmt: skip
    """An OpenDocument spreadsheet with one table. `spans` gives cells merged over so many rows and columns."""
    lines = []
    for r, cells in enumerate(rows):
        inner = "".join(_ods_cell(value, (spans or {}).get((r, c))) for c, value in enumerate(cells))
        lines.append(f"<table:table-row>{inner}</table:table-row>")
    return ods_of(f'<table:table table:name="{sheet}">{"".join(lines)}</table:table>', doctype, manifest)


def ods_of(tables: str, doctype: str = "", manifest: str = "<manifest/>") -> bytes:
    """An OpenDocument spreadsheet with these tables, in its own XML."""
    content = _ODS.format(tables=tables).replace("?>", f"?>{doctype}", 1)
    return zip_bytes(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_cell(value: object, span: tuple[int, int] | None) -> str:
    spanned = (
        f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span is not None else ""
    )
    match value:
        case None:
            return f"<table:table-cell{spanned}/>"
        case Formula(value=None):
            return f'<table:table-cell table:formula="of:={escape(value.text)}"/>'
        case Formula():
            shown = str(value.value)
            kind = ' office:value-type="string" calcext:value-type="error"' if shown.startswith("#") else ""
            kind = kind or f' office:value-type="float" office:value="{shown}"'
            formula = f'table:formula="of:={escape(value.text)}"'
            return f"<table:table-cell {formula}{kind}><text:p>{shown}</text:p></table:table-cell>"
        case bool():
            word = str(value).lower()
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{word}"/>'
        case int() | float():
            return f'<table:table-cell office:value-type="float" office:value="{value}"{spanned}/>'
        case date():
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"{spanned}/>'
        case _:
            text = escape(str(value))
            return f'<table:table-cell office:value-type="string"{spanned}><text:p>{text}</text:p></table:table-cell>'
