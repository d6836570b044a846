"""A report in each format, reduced to what a person would compare: its text and its shape, without drawings.

`python -m tests.golden.documents.outlines` writes the expected outlines anew; read the difference before it is kept.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pdfplumber
import pptx

from tests.factories import reports
from tests.support.extract import Workbook
from upheld.documents import Format, figure_list, render
from upheld.documents.charts import draw_all
from upheld.documents.html import html_body
from upheld.documents.style import HouseStyle

FOLDER = Path(__file__).parent / "example"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def outlines() -> Mapping[str, str]:
    """The example report's outlines, by the names of their files."""
    report, style = reports.report(), HouseStyle()
    charts = draw_all(report, style)
    made = {kind: render(report, kind, style=style, charts=charts) for kind in Format if kind is not Format.HTML}
    return {
        "article.html": re.sub(r"<svg.*?</svg>", "<svg></svg>", html_body(report, style=style, charts=charts)),
        "pdf.txt": _pdf(made[Format.PDF]),
        "word.txt": "\n".join(_word(made[Format.DOCX])) + "\n",
        "excel.txt": "\n".join(_excel(made[Format.XLSX])) + "\n",
        "powerpoint.txt": "\n".join(_powerpoint(made[Format.PPTX])) + "\n",
        "figures.json": figure_list.as_json(report).decode(),
        "figures.csv": figure_list.as_csv(report).decode("utf-8-sig").replace("\r\n", "\n"),
    }


def _pdf(file: bytes) -> str:
    with pdfplumber.open(io.BytesIO(file)) as pages:
        return "\n\f\n".join(page.extract_text() for page in pages.pages) + "\n"


def _word(file: bytes) -> Iterator[str]:
    """Each paragraph with its style, cells of a row on one line."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        body = ET.fromstring(package.read("word/document.xml"))[0]  # noqa: S314  our own file
    for part in body:
        if part.tag == f"{_W}tbl":
            for row in part.iter(f"{_W}tr"):
                yield "| " + " | ".join(_text(cell) for cell in row.iter(f"{_W}tc"))
        else:
            for paragraph in part.iter(f"{_W}p") if part.tag != f"{_W}p" else (part,):
                style = paragraph.find(f"{_W}pPr/{_W}pStyle")
                yield f"{style.attrib[f'{_W}val'] if style is not None else ''}: {_text(paragraph)}"


def _text(element: ET.Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{_W}t"))


def _excel(file: bytes) -> Iterator[str]:
    """Each cell that says something, with its number format where that is its own."""
    book = Workbook(file)
    for sheet in book.paths:
        yield f"[{sheet}]"
        for reference, cell in book.cells(sheet).items():
            if cell.text:
                code = "" if cell.format == "General" else f"  ({cell.format})"
                yield f"{reference} {cell.text}{code}"


def _powerpoint(file: bytes) -> Iterator[str]:
    """Each slide's shapes in reading order, with what tables and notes say."""
    for number, slide in enumerate(pptx.Presentation(io.BytesIO(file)).slides, start=1):
        yield f"[slide {number}]"
        for shape in slide.shapes:
            if shape.has_table:
                for row in shape.table.rows:
                    yield "| " + " | ".join(cell.text for cell in row.cells if not cell.is_spanned)
            elif shape.has_text_frame:
                yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
            else:
                yield f"({shape._element.nvPicPr.cNvPr.get('descr')})"
        yield from (f"  {paragraph.text}" for paragraph in slide.notes_slide.notes_text_frame.paragraphs)


if __name__ == "__main__":
    for name, outline in outlines().items():
        (FOLDER / name).write_text(outline, encoding="utf-8")
