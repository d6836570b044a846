"""What is added to the structure of a PDF after it is set: cells that head their row, and the figure of each number.

Assistive technology reads a cell with the heads of its row, its column and its group of columns; the typesetter writes
the columns' alone. At each number, the figure's id and value stand as user properties of its structure element
(ISO 32000-1, 14.7.5.4), so that a machine finds every number of the file with its figure.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from upheld.documents import words
from upheld.documents.layout import BadReport, head_rows, is_group, placed
from upheld.narrative.report import Report, Table

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table as it should stand in the structure."""

    column: int
    span: int
    head: bool
    of_row: bool = False
    of_group: bool = False  # it heads the rows under it, to the next of its kind


_Rows = tuple[tuple[_Cell, ...], ...]


def finish(made: bytes, report: Report) -> bytes:
    """The same PDF with heads of rows and the figures of its numbers in its structure; same input, same bytes.

    Raises BadReport where the structure does not have the tables and numbers of the report.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as pdf:
        root = pdf.Root.StructTreeRoot
        elements = list(_walk(root.K))
        _name_figures(pdf, elements, report)
        tables = [element for element in elements if element.S == "/Table"]
        forms = list(_forms(report))
        if len(tables) != len(forms):
            raise BadReport(f"The PDF has {len(tables)} tables where the report has {len(forms)}.")
        for index, (table, form) in enumerate(zip(tables, forms, strict=True)):
            _head_rows(table, form, f"t{index:03}")
        # Every element that others name is found through this tree, sorted by name.
        named = sorted(((bytes(e.ID), e) for e in elements if "/ID" in e), key=lambda pair: pair[0])
        names = [part for name, element in named for part in (pikepdf.String(name), element)]
        root.IDTree = pikepdf.Dictionary(Names=pikepdf.Array(names))
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _walk(node: object) -> "Iterator[pikepdf.Object]":
    """Every structure element below `node`, in reading order."""
    import pikepdf

    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _walk(node.get("/K"))


def _name_figures(pdf: "pikepdf.Pdf", elements: "list[pikepdf.Object]", report: Report) -> None:
    """Put the figure of each number at the number. The template marks numbers, and nothing else, with emphasis."""
    import pikepdf

    marks = [element for element in elements if element.S == "/Em"]
    numbers = list(report.numbers())
    if len(marks) != len(numbers):
        raise BadReport(f"The PDF has {len(marks)} numbers where the report has {len(numbers)}.")
    for mark, number in zip(marks, numbers, strict=True):
        properties = pikepdf.Dictionary(
            O=pikepdf.Name.UserProperties,
            P=pikepdf.Array(
                [
                    pikepdf.Dictionary(N=pikepdf.String("figure"), V=pikepdf.String(number.id)),
                    pikepdf.Dictionary(N=pikepdf.String("value"), V=number.value),
                ]
            ),
        )
        before = list(mark.A) if "/A" in mark else []
        mark.S = pikepdf.Name.Span
        mark.A = pikepdf.Array([*before, properties])
    if numbers:
        pdf.Root.MarkInfo.UserProperties = True


def _forms(report: Report) -> Iterator[_Rows]:
    """The tables of the PDF in reading order: the cover's fields, the report's own, what it was made from."""
    if report.cover.fields:
        yield _fields(len(report.cover.fields))
    for table in report.tables():
        yield _form(table)
    yield _fields(len(words.provenance(report)))


def _fields(count: int) -> _Rows:
    return ((_Cell(0, 1, head=True, of_row=True), _Cell(1, 1, head=False)),) * count


def _form(table: Table) -> _Rows:
    head = tuple(tuple(_Cell(c.column, c.span, head=True) for c in row) for row in head_rows(table))
    body = tuple(
        (_Cell(0, table.columns, head=True, of_group=True),)
        if is_group(row, table)
        else tuple(_Cell(column, cell.span, cell.header, of_row=cell.header) for column, cell in placed(row.cells))
        for row in table.rows
    )
    return head + body


def _head_rows(table: "pikepdf.Object", form: _Rows, prefix: str) -> None:
    """Name every head cell of a table, and say at every cell which heads are its own."""
    import pikepdf

    rows = [element for element in _walk(table.K) if element.S == "/TR"]
    drawn = [[cell for cell in _walk(row.K) if cell.S in ("/TH", "/TD")] for row in rows]
    if [len(row) for row in drawn] != [len(row) for row in form]:
        raise BadReport("A table of the PDF does not have the cells that the report's table has.")
    above: dict[int, list[str]] = {}
    group: list[str] = []
    for y, (cells, expected) in enumerate(zip(drawn, form, strict=True)):
        beside: list[str] = []
        names: list[tuple[_Cell, str]] = []
        for cell, place in zip(cells, expected, strict=True):
            columns = range(place.column, place.column + place.span)
            over = [] if place.of_group else [*(name for c in columns for name in above.get(c, [])), *group]
            heads = list(dict.fromkeys([*over, *beside]))
            attributes = _attributes(cell)
            attributes.Headers = pikepdf.Array([pikepdf.String(name) for name in heads])
            if place.head and "/K" in cell and len(cell.K):
                name = f"{prefix}y{y:04}x{place.column:03}"
                cell.S = pikepdf.Name.TH
                cell.ID = pikepdf.String(name)
                attributes.Scope = pikepdf.Name.Row if place.of_row else pikepdf.Name.Column
                names.append((place, name))
                if place.of_row:
                    beside.append(name)
                elif place.of_group:
                    group = [name]
            elif cell.S == "/TH":  # an empty corner heads nothing
                cell.S = pikepdf.Name.TD
                for key in ("/ID", "/Scope"):
                    for owner in (cell, attributes):
                        if key in owner:
                            del owner[key]
        for place, name in names:
            if not (place.of_row or place.of_group):
                for column in range(place.column, place.column + place.span):
                    above.setdefault(column, []).append(name)


def _attributes(cell: "pikepdf.Object") -> "pikepdf.Object":
    """The attributes of a cell that belong to tables: the typesetter writes them at every cell."""
    import pikepdf

    held = (a for a in cell.A if isinstance(a, pikepdf.Dictionary))
    (attributes,) = (a for a in held if a.get("/O") == "/Table")
    return attributes
