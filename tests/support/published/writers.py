"""One report in every format that councils publish in: `write(report, Form.WORD)` gives the file."""

import csv
import html
import io
import json
import random
from collections.abc import Callable
from enum import StrEnum

from tests.support.published.model import Block, Bullets, Heading, Paragraph, Published, Table


class Form(StrEnum):
    """The formats, each by its suffix; TEXT_LOST is text whose tables have lost their lines."""

    WORD = "docx"
    PDF = "pdf"
    WEB = "html"
    MARKDOWN = "md"
    TEXT = "txt"
    TEXT_LOST = "lost.txt"
    EXCEL = "xlsx"
    CSV = "csv"


def write(report: Published, form: Form) -> bytes:
    """The report as a file of this format; the same bytes of text for the same report."""
    return _WRITERS[form](report, random.Random(f"{report.name} {form}"))


def file_name(report: Published, form: Form) -> str:
    """A name that says what the file is."""
    return f"{report.name}.{'txt' if form is Form.TEXT_LOST else form.value}"


# Word


def _word(report: Published, choose: random.Random) -> bytes:
    import docx

    document = docx.Document()
    styled = choose.random() < 0.7
    for block in report.blocks:
        match block:
            case Heading(text, level) if styled:
                document.add_heading(text, level)
            case Heading(text, _):
                document.add_paragraph().add_run(text).bold = True  # as many officers do it
            case Paragraph(text):
                document.add_paragraph(text)
            case Bullets(items):
                for item in items:
                    document.add_paragraph(item, style="List Bullet")
            case Table():
                _word_table(document, block, choose)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _word_table(document: "docx.document.Document", table: Table, choose: random.Random) -> None:  # noqa: F821
    document.add_paragraph(table.title, style=choose.choice(("Caption", "Normal")))
    made = document.add_table(len(table.grid), len(table.grid[0]))
    made.style = choose.choice(("Table Grid", "Light Grid Accent 1", "Normal Table"))
    for row, line in enumerate(table.grid):
        for column, text in enumerate(line):
            made.cell(row, column).text = text
    for row, line in enumerate(table.heads[:-1]):
        for start, end in spans(line):
            if end > start:
                made.cell(row, start).merge(made.cell(row, end)).text = line[start]
    if table.note:
        document.add_paragraph(table.note)


def spans(line: tuple[str, ...]) -> list[tuple[int, int]]:
    """The first and last column of each merged head; the corner stays by itself."""
    found: list[tuple[int, int]] = []
    for column, text in enumerate(line):
        if text or column == 0 or not found or (len(found) == 1 and found[0] == (0, 0) and not line[0]):
            found.append((column, column))
        else:
            found[-1] = (found[-1][0], column)
    return found


# PDF


def _pdf(report: Published, choose: random.Random) -> bytes:
    import typst

    ruled = choose.choice(("0.5pt", "none"))
    lines = [
        f"#set page(paper: {json.dumps(choose.choice(('a4', 'a4', 'us-letter')))}, numbering: {json.dumps('1')})",
        f"#set text(size: {choose.choice((9, 10, 11))}pt, lang: {json.dumps('en')})",
        f"#set table(stroke: {ruled}, inset: 5pt)",
    ]
    for block in report.blocks:
        match block:
            case Heading(text, level):
                lines.append(f"#heading(level: {level}, {_typst(text)})")
            case Paragraph(text):
                lines.append(f"#par({_typst(text)})")
            case Bullets(items):
                lines.append(f"#list({', '.join(_typst(item) for item in items)})")
            case Table():
                lines += _typst_table(block)
    return typst.compile("\n".join(lines).encode())


def _typst(text: str) -> str:
    return f"[#{json.dumps(text, ensure_ascii=False)}]"


def _typst_table(table: Table) -> list[str]:
    cells = []
    for line in table.heads[:-1]:
        cells += [f"table.cell(colspan: {end - start + 1}, {_typst(line[start])})" for start, end in spans(line)]
    cells += [_typst(text) for line in (*table.heads[-1:], *table.rows) for text in line]
    width = len(table.grid[0])
    body = f"#table(columns: {width}, {', '.join(cells)})"
    if width > 8:  # too wide for the page as it stands: a page turned round, and small
        body = f"#page(flipped: true)[#set text(size: {8 if width < 13 else 6}pt)\n{body}]"
    return [f"#par(strong({_typst(table.title)}))", body, *([f"#par({_typst(table.note)})"] if table.note else [])]


# The web


def _web(report: Published, choose: random.Random) -> bytes:
    captions, sections = choose.random() < 0.6, choose.random() < 0.5
    parts = ["<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>"]
    parts.append(f"<title>{_escaped(report.blocks[0])}</title></head><body>")
    parts.append(
        "<nav><a href='/'>Home</a> <a href='/council'>Council</a></nav><main>" if sections else "<div class='content'>"
    )
    for block in report.blocks:
        match block:
            case Heading(text, level):
                parts.append(f"<h{level}>{html.escape(text)}</h{level}>")
            case Paragraph(text):
                parts.append(f"<p>{html.escape(text)}</p>")
            case Bullets(items):
                parts.append("<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in items) + "</ul>")
            case Table():
                parts.append(_web_table(block, caption=captions))
    parts.append("</main></body></html>" if sections else "</div></body></html>")
    return "\n".join(parts).encode()


def _escaped(block: Block) -> str:
    return html.escape(block.text) if isinstance(block, Heading | Paragraph) else ""


def _web_table(table: Table, *, caption: bool) -> str:
    lines = [
        f"<table><caption>{html.escape(table.title)}</caption>"
        if caption
        else f"<p><strong>{html.escape(table.title)}</strong></p><table>"
    ]
    for line in table.heads[:-1]:
        cells = "".join(
            f"<th colspan='{end - start + 1}'>{html.escape(line[start])}</th>" for start, end in spans(line)
        )
        lines.append(f"<tr>{cells}</tr>")
    lines += ["<tr>" + "".join(f"<th>{html.escape(text)}</th>" for text in line) + "</tr>" for line in table.heads[-1:]]
    for row in table.rows:
        lines.append(
            f"<tr><th>{html.escape(row[0])}</th>"
            + "".join(f"<td>{html.escape(text)}</td>" for text in row[1:])
            + "</tr>"
        )
    return "".join([*lines, "</table>", f"<p>{html.escape(table.note)}</p>" if table.note else ""])


# Text


def _markdown(report: Published, choose: random.Random) -> bytes:
    parts = []
    for block in report.blocks:
        match block:
            case Heading(text, level):
                parts.append("#" * level + " " + text)
            case Paragraph(text):
                parts.append(text)
            case Bullets(items):
                parts.append("\n".join(f"{choose.choice('-*')} {item}" for item in items))
            case Table():
                head, *body = block.grid
                rows = [_piped(head), _piped(tuple("---" for _ in head)), *(_piped(row) for row in body)]
                parts += [f"**{block.title}**", "\n".join(rows), *([block.note] if block.note else [])]
    return ("\n\n".join(parts) + "\n").encode()


def _piped(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _text(report: Published, choose: random.Random, *, lost: bool = False) -> bytes:
    parts = []
    for block in report.blocks:
        match block:
            case Heading(text, level):
                parts.append(text.upper() if level == 1 else text)
            case Paragraph(text):
                parts.append(text)
            case Bullets(items):
                parts.append("\n".join(f"- {item}" for item in items))
            case Table():
                rows = _lost(block, choose) if lost else _columns(block.grid)
                parts += [block.title, rows, *([block.note] if block.note else [])]
    return ("\n\n".join(parts) + "\n").encode()


def _columns(grid: tuple[tuple[str, ...], ...]) -> str:
    """Columns set with spaces, as a person would in a plain mail."""
    widths = [max(len(row[column]) for row in grid) for column in range(len(grid[0]))]
    return "\n".join(
        "   ".join(
            text.ljust(width) if column == 0 else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in grid
    )


def _lost(table: Table, choose: random.Random) -> str:
    """Cells apart by tabs, as text copied out of a document; a long label broken over two lines; words misread."""
    lines = []
    for number, row in enumerate(table.grid):
        cells = list(row)
        if number < len(table.heads):
            cells = [_misread(text, choose) for text in cells]
        label, _, rest = cells[0].rpartition(" ")
        if number >= len(table.heads) and len(cells[0]) > 16 and label and choose.random() < 0.5:
            lines += ["\t".join([label, *cells[1:]]), rest]
        else:
            lines.append("\t".join(cells))
    return "\n".join(line + choose.choice(("", "\t")) for line in lines)


def _misread(text: str, choose: random.Random) -> str:
    for word, seen in (
        ("Upheld", "Upheid"),
        ("upheld", "upheid"),
        ("SLA", "Sia"),
        ("Total", "Totai"),
        ("Received", "Recelved"),
    ):
        if word in text and choose.random() < 0.25:
            return text.replace(word, seen)
    return text


# Sheets


def _excel(report: Published, choose: random.Random) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    as_numbers = choose.random() < 0.8
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        front, number = book.add_worksheet("Report"), 0
        line = 0
        for block in report.blocks:
            if isinstance(block, Table):
                number += 1
                _excel_table(book.add_worksheet(f"Table {number}"), block, as_numbers=as_numbers)
                continue
            for text in block.items if isinstance(block, Bullets) else (block.text,):
                front.write_string(line, 0, text)
                line += 1
    return file.getvalue()


def _excel_table(sheet: "xlsxwriter.worksheet.Worksheet", table: Table, *, as_numbers: bool) -> None:  # noqa: F821
    sheet.write_string(0, 0, table.title)
    for row, line in enumerate(table.grid, start=2):
        for column, text in enumerate(line):
            plain = text.replace(",", "")
            if as_numbers and row >= 2 + len(table.heads) and plain.isdigit():
                sheet.write_number(row, column, int(plain))
            elif text:
                sheet.write_string(row, column, text)
    if table.note:
        sheet.write_string(len(table.grid) + 3, 0, table.note)


def _csv(report: Published, choose: random.Random) -> bytes:
    file = io.StringIO()
    out = csv.writer(file)
    for block in report.blocks:
        match block:
            case Table():
                out.writerows([[block.title], *block.grid, *([[block.note]] if block.note else []), []])
            case Bullets(items):
                out.writerows([item] for item in items)
            case _:
                out.writerows([[block.text], []])
    return file.getvalue().encode("utf-8-sig" if choose.random() < 0.5 else "utf-8")


_WRITERS: dict[Form, Callable[[Published, random.Random], bytes]] = {
    Form.WORD: _word,
    Form.PDF: _pdf,
    Form.WEB: _web,
    Form.MARKDOWN: _markdown,
    Form.TEXT: _text,
    Form.TEXT_LOST: lambda report, choose: _text(report, choose, lost=True),
    Form.EXCEL: _excel,
    Form.CSV: _csv,
}
