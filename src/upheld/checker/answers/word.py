"""A copy of a Word report with a comment on each claim that is wrong or that the report does not say enough of."""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from upheld.checker.answers.notes import note_of
from upheld.checker.model import Checked, Claim
from upheld.checker.reading.word import body_elements, text_of
from upheld.files import UnreadableFile

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AUTHOR, _INITIALS = "upheld check", "UC"


def with_comments(content: bytes, checked: Checked, texts: dict[int, str], tables: dict[int, int]) -> bytes:
    """The copy. `texts` holds the text of each block, `tables` the place of each table among the tables.

    Raises UnreadableFile where the document cannot be opened again.
    """
    try:
        document = docx.Document(io.BytesIO(content))
    except Exception as error:
        raise UnreadableFile("The document cannot be opened a second time, to write comments into it.") from error
    paragraphs = list(_paragraphs(document))
    for claim in checked.wrong:
        runs = _runs_of(claim, paragraphs, texts, tables, document)
        if runs:
            document.add_comment(runs, text=note_of(claim), author=_AUTHOR, initials=_INITIALS)
    copy = io.BytesIO()
    document.save(copy)
    return copy.getvalue()


def _paragraphs(document: Any) -> Iterator[tuple[str, Any]]:
    for element in body_elements(document.element.body):
        if element.tag == f"{_W}p":
            yield text_of(element), element
        else:
            yield "", element


def _runs_of(
    claim: Claim, paragraphs: list[tuple[str, Any]], texts: dict[int, str], tables: dict[int, int], document: Any
) -> list[Any]:
    """The runs that a comment can hang on: those of the cell, or of the paragraph."""
    order = tables.get(claim.place.block)
    if order is None:
        wanted = texts.get(claim.place.block, "")
        element = next((element for text, element in paragraphs if text and text == wanted), None)
        return _runs(element, document) if element is not None else []
    held = [element for _, element in paragraphs if element.tag == f"{_W}tbl" and text_of(element)]
    if order >= len(held):
        return []
    table = WordTable(held[order], document)
    rows = held[order].findall(f"{_W}tr")
    row = (claim.place.row or 1) - 1
    if row < len(rows):
        cells = list(rows[row].iter(f"{_W}tc"))
        at = _cell_at(cells, (claim.place.column or 1) - 1)
        for paragraph in cells[at].iter(f"{_W}p") if at is not None else ():
            runs = _runs(paragraph, table)
            if runs:
                return runs
    return _runs(next(held[order].iter(f"{_W}p")), table)


def _cell_at(cells: list[Any], column: int) -> int | None:
    """Which cell a column of the grid is in, merged ones counted at their width."""
    place = 0
    for index, cell in enumerate(cells):
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        place += int(span.get(f"{_W}val")) if span is not None else 1
        if column < place:
            return index
    return None


def _runs(element: Any, parent: Any) -> list[Any]:
    from docx.text.run import Run

    paragraph = Paragraph(element, parent)
    held = [Run(run, paragraph) for run in element.iter(f"{_W}r") if run.getparent() is element]
    return [held[0], held[-1]] if len(held) > 1 else held
