"""A report as a PDF that keeps (PDF/A-3a), that everyone can read (PDF/UA-1), and whose numbers a machine can read.

Typst sets the page and writes the structure. Two things it cannot write yet are added to the structure afterwards:
which cells head a row, and, at each number, which figure it is (as user properties). The whole list of figures is
attached as `figures.json`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upheld.documents import figure_list, words
from upheld.documents.charts import Drawing, draw_all
from upheld.documents.layout import (
    BadReport,
    HeadCell,
    Numbering,
    column_characters,
    depth,
    group_starts,
    has_place_for_definitions,
    head_lines,
    head_rows,
    holds_definitions,
    is_bold,
    is_group,
    is_grouped,
    is_landscape,
    is_wide,
    number,
    placed,
    shares,
)
from upheld.documents.pdf_structure import finish
from upheld.documents.style import HouseStyle
from upheld.documents.text import named, tidy
from upheld.narrative.report import (
    Block,
    Chart,
    ListBlock,
    Number,
    Paragraph,
    Report,
    Runs,
    Section,
    Strong,
    Table,
    plain,
)

if TYPE_CHECKING:
    import typst

_TEMPLATE = Path(__file__).parent / "report.typ"
STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
# Tables narrower than this many characters are not stretched over the whole page.
_FULL_WIDTH = 60


def render(report: Report, *, style: HouseStyle, charts: Mapping[str, Drawing] | None = None) -> bytes:
    """The report as a PDF file. Raises BadReport where the typesetter refuses it, with what it said."""
    import typst

    report = tidy(report)
    drawings = draw_all(report, style) if charts is None else charts
    fonts = _fonts(style.folders())
    payload = json.dumps(_document(report, style, drawings), ensure_ascii=False)
    payload = payload.translate(_in_words(payload, fonts))
    try:
        made = typst.compile(
            _TEMPLATE.read_bytes(),
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"report": payload, "figures": figure_list.as_json(report).decode()},
            pdf_standards=STANDARDS,
            format="pdf",
        )
    except typst.TypstError as error:
        raise BadReport(
            f"The PDF of “{report.cover.title}” could not be made: {error.message}. {' '.join(error.hints)}"
        ) from error
    return finish(made, report)


@cache
def _fonts(folders: tuple[Path, ...]) -> "typst.Fonts":
    """The fonts of the house style and those inside the typesetter; never the machine's, which differ."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(folders))


def _in_words(payload: str, fonts: "typst.Fonts") -> dict[int, str]:
    """What to write for characters that no font here can draw: their names, so that nothing goes missing."""
    unusual = sorted({c for c in payload if ord(c) > 0x17F and not 0x2010 <= ord(c) <= 0x2026})
    return {ord(c): named(c) for c in _undrawable(unusual, fonts)}


def _undrawable(characters: list[str], fonts: "typst.Fonts") -> Iterator[str]:
    """Of `characters`, those that no font can draw. The typesetter is asked, with half of them at a time."""
    import typst

    if not characters:
        return
    try:
        typst.compile(
            b'#set document(title: "?")\n#for c in sys.inputs.text.split(" ") [#c ]',
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"text": " ".join(characters)},
            pdf_standards=STANDARDS,
            format="pdf",
        )
    except typst.TypstError:
        if len(characters) == 1:
            yield characters[0]
            return
        half = len(characters) // 2
        yield from _undrawable(characters[:half], fonts)
        yield from _undrawable(characters[half:], fonts)


# The report as plain data


def _document(report: Report, style: HouseStyle, drawings: Mapping[str, Drawing]) -> dict[str, Any]:
    cover = report.cover
    language, _, region = report.language.partition("-")
    numbering = number(report)
    return {
        "title": words.title(report),
        "heading": cover.title,
        "subtitle": cover.subtitle,
        "council": cover.council or style.council,
        "marking": cover.marking,
        "fields": cover.fields,
        "period": report.period.label,
        "date": (report.as_at.year, report.as_at.month, report.as_at.day),
        "lang": language,
        "region": region or None,
        "sections": [_section(section, report, numbering, drawings) for section in report.sections],
        "definitions": [(definition.label, definition.words) for definition in report.definitions],
        "definitions-placed": has_place_for_definitions(report),
        "running-head": words.running_head(report),
        "provenance": words.provenance(report),
        "words": {
            "contents": words.CONTENTS,
            "important": words.IMPORTANT,
            "numbers-in": words.NUMBERS_IN,
            "definitions": words.DEFINITIONS,
            "provenance": words.PROVENANCE,
            "attachment": words.ATTACHMENT,
            "page": words.page_of("\0", "\0").split("\0")[:2],
        },
        "style": {
            "fonts": [style.font],
            "accent": style.accent,
            "accent-tint": style.accent_tint,
            "ink": style.ink,
            "muted": style.muted,
            "rule": style.rule,
            "warning": style.warning,
            "warning-tint": style.warning_tint,
        },
    }


def _section(section: Section, report: Report, numbering: Numbering, drawings: Mapping[str, Drawing]) -> dict[str, Any]:
    landscape = is_landscape(section)
    return {
        "number": section.number,
        "title": section.title,
        "level": depth(section),
        "landscape": landscape,
        "blocks": [{"landscape": landscape, **_block(block, numbering, drawings)} for block in section.blocks],
        "definitions": holds_definitions(section, report),
        "sections": [_section(inner, report, numbering, drawings) for inner in section.sections],
    }


def _block(block: Block, numbering: Numbering, drawings: Mapping[str, Drawing]) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "tone": str(block.tone), "runs": _runs(block.runs)}
        case ListBlock():
            return {"kind": "list", "ordered": block.ordered, "items": [_runs(item) for item in block.items]}
        case Table():
            return _table(block, numbering)
        case Chart():
            return {
                "kind": "chart",
                "id": block.id,
                "label": numbering.chart(block.id),
                "title": block.title,
                "alt": plain(block.description) or block.title,
                "runs": _runs(block.description),
                "svg": drawings[block.id].svg,
                "table-id": block.table_id,
                "table-label": numbering.table(block.table_id),
            }


def _table(table: Table, numbering: Numbering) -> dict[str, Any]:
    grouped = is_grouped(table)
    lines = head_lines(table)
    return {
        "kind": "table",
        "id": table.id,
        "label": numbering.table(table.id),
        "caption": table.caption,
        "wide": is_wide(table),
        "full": sum(column_characters(table)) > _FULL_WIDTH,
        "shares": shares(table),
        "align": [str(side) for side in table.align],
        "starts": sorted(group_starts(table)),
        "head": [[_head_cell(cell, lines) for cell in row] for row in head_rows(table)],
        "rows": [
            {
                "total": row.total,
                "group": is_group(row, table),
                "cells": [
                    {
                        "runs": _runs(cell.runs),
                        "bold": is_bold(cell, grouped=grouped),
                        "span": cell.span,
                        "column": column,
                        "depth": 1,
                        "group": False,
                    }
                    for column, cell in placed(row.cells)
                ],
            }
            for row in table.rows
        ],
        "base": _runs(table.base),
        "notes": [_runs(note) for note in table.notes],
    }


def _head_cell(head: HeadCell, lines: Mapping[int, tuple[str, ...]]) -> dict[str, Any]:
    broken = lines.get(head.column, ()) if head.span == 1 and all(isinstance(r, str) for r in head.cell.runs) else ()
    return {
        "runs": [("line", line) for line in broken] or _runs(head.cell.runs),
        "bold": True,
        "span": head.span,
        "column": head.column,
        "depth": head.depth,
        "group": head.group,
    }


def _runs(runs: Runs) -> list[tuple[str, str]]:
    return list(_kinds(runs))


def _kinds(runs: Iterable[str | Number | Strong]) -> Iterator[tuple[str, str]]:
    for run in runs:
        match run:
            case Number():
                yield "number", run.text
            case Strong():
                yield "strong", run.text
            case _:
                yield "text", run
