"""A report as HTML: one page that stands alone, or the article in it for a page of the web site.

The article carries classes only (`report.css` says how they look), no script and no inline style, so that it may
stand under a strict content security policy. The page that stands alone holds its style, type and charts in itself.
"""

import base64
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from upheld.documents import words
from upheld.documents.charts import Drawing, draw_all
from upheld.documents.layout import (
    HeadCell,
    Numbering,
    depth,
    group_starts,
    has_place_for_definitions,
    head_rows,
    holds_definitions,
    is_bold,
    is_group,
    is_grouped,
    is_wide,
    number,
    placed,
)
from upheld.documents.style import HouseStyle, own_font
from upheld.documents.text import tidy
from upheld.narrative.report import (
    Align,
    Block,
    Chart,
    ListBlock,
    Number,
    Paragraph,
    Report,
    Row,
    Runs,
    Section,
    Strong,
    Table,
    Tone,
)

STYLESHEET = Path(__file__).parent / "report.css"
_PAGE_STYLESHEET = Path(__file__).parent / "page.css"


def page(report: Report, *, style: HouseStyle, charts: Mapping[str, Drawing] | None = None) -> bytes:
    """The report as one HTML page that needs nothing beside it."""
    report = tidy(report)
    body = html_body(report, style=style, charts=charts)
    lang = escape(report.language)
    council = escape(report.cover.council or style.council)
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(words.title(report))} – {council}</title>\n"
        f'<meta name="author" content="{council}">\n'
        f'<meta name="generator" content="Upheld {escape(report.provenance.code_version)}">\n'
        f"<style>\n{_typeface()}{style_sheet(style)}{_css(_PAGE_STYLESHEET)}</style>\n</head>\n<body>\n"
        f'<a class="page-skip" href="#report">{words.SKIP}</a>\n'
        f'<header class="page-header"><p class="page-council">{council}</p></header>\n'
        f'<main id="report" class="page-main" tabindex="-1">\n{body}</main>\n'
        "</body>\n</html>\n"
    ).encode()


def html_body(report: Report, *, style: HouseStyle | None = None, charts: Mapping[str, Drawing] | None = None) -> str:
    """The report's article, for a page that has its own header and footer: its title is the page's `h1`."""
    report = tidy(report)
    drawings = draw_all(report, style or HouseStyle()) if charts is None else charts
    numbering = number(report)
    parts = [
        '<article class="report">\n',
        _cover(report),
        _contents(report),
        *(_section(section, report, numbering, drawings) for section in report.sections),
        "" if has_place_for_definitions(report) else _definitions(report),
        _provenance(report),
        "</article>\n",
    ]
    return "".join(parts)


def style_sheet(style: HouseStyle) -> str:
    """How the article of `html_body` looks, for a page that links to its style sheets."""
    return _colours(style) + _css(STYLESHEET)


# The page's own style


def _css(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _typeface() -> str:
    faces = (("400Regular", 400), ("700Bold", 700))
    return "".join(
        f"@font-face{{font-family:'Atkinson Hyperlegible';font-weight:{weight};font-display:swap;"
        f"src:url(data:font/ttf;base64,{base64.b64encode(own_font(name)).decode('ascii')}) format('truetype')}}\n"
        for name, weight in faces
    )


def _colours(style: HouseStyle) -> str:
    """The house style as custom properties; `report.css` falls back on the defaults of the same names."""
    values = {
        "accent": style.accent,
        "accent-tint": style.accent_tint,
        "ink": style.ink,
        "muted": style.muted,
        "rule": style.rule,
        "warning": style.warning,
        "warning-tint": style.warning_tint,
        "font": style.font_stack,
    }
    return ":root{" + ";".join(f"--report-{name}:{value}" for name, value in values.items()) + "}\n"


# Parts of the article


def _cover(report: Report) -> str:
    cover = report.cover
    marking = f'<p class="report-marking">{escape(cover.marking)}</p>\n' if cover.marking else ""
    subtitle = f'<p class="report-subtitle">{escape(cover.subtitle)}</p>\n' if cover.subtitle else ""
    fields = "".join(
        f'<div class="report-field"><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>\n'
        for label, value in cover.fields
    )
    listed = f'<dl class="report-fields">\n{fields}</dl>\n' if fields else ""
    return f'<header class="report-cover">\n{marking}<h1>{escape(cover.title)}</h1>\n{subtitle}{listed}</header>\n'


def _contents(report: Report) -> str:
    def items(sections: tuple[Section, ...]) -> str:
        return "".join(
            f'<li><a href="#{escape(s.id)}">{_numbered(s)}</a>'
            + (f"<ol>{items(s.sections)}</ol>" if s.sections else "")
            + "</li>\n"
            for s in sections
        )

    last = "".join(
        f'<li><a href="#{part}">{title}</a></li>\n'
        for part, title, there in (
            ("report-definitions", words.DEFINITIONS, report.definitions and not has_place_for_definitions(report)),
            ("report-provenance", words.PROVENANCE, True),
        )
        if there
    )
    return (
        '<nav class="report-contents" aria-labelledby="report-contents-title">\n'
        f'<h2 id="report-contents-title">{words.CONTENTS}</h2>\n<ol>\n{items(report.sections)}{last}</ol>\n</nav>\n'
    )


def _numbered(section: Section) -> str:
    return f'<span class="report-number">{escape(section.number)}</span> {escape(section.title)}'


def _section(section: Section, report: Report, numbering: Numbering, drawings: Mapping[str, Drawing]) -> str:
    level = min(depth(section) + 1, 6)
    blocks = "".join(_block(block, numbering, drawings) for block in section.blocks)
    meanings = _meanings(report) if holds_definitions(section, report) else ""
    below = "".join(_section(inner, report, numbering, drawings) for inner in section.sections)
    heading = f'<h{level} id="{escape(section.id)}">{_numbered(section)}</h{level}>\n'
    return f"<section>\n{heading}{blocks}{meanings}{below}</section>\n"


def _definitions(report: Report) -> str:
    if not report.definitions:
        return ""
    return f'<section>\n<h2 id="report-definitions">{words.DEFINITIONS}</h2>\n{_meanings(report)}</section>\n'


def _meanings(report: Report) -> str:
    terms = "".join(
        f'<div class="report-definition"><dt id="figure-{escape(d.figure)}">{escape(d.label)}</dt>'
        f"<dd>{escape(d.words)}</dd></div>\n"
        for d in report.definitions
    )
    return f'<dl class="report-definitions">\n{terms}</dl>\n'


def _provenance(report: Report) -> str:
    lines = "".join(
        f'<div class="report-field"><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>\n'
        for label, value in words.provenance(report)
    )
    return (
        '<section class="report-made">\n'
        f'<h2 id="report-provenance">{words.PROVENANCE}</h2>\n<dl class="report-fields">\n{lines}</dl>\n</section>\n'
    )


def _block(block: Block, numbering: Numbering, drawings: Mapping[str, Drawing]) -> str:
    match block:
        case Paragraph():
            return _paragraph(block)
        case ListBlock():
            tag = "ol" if block.ordered else "ul"
            items = "".join(f"<li>{_runs(item)}</li>\n" for item in block.items)
            return f'<{tag} class="report-list">\n{items}</{tag}>\n'
        case Table():
            return _table(block, numbering)
        case Chart():
            return _chart(block, numbering, drawings[block.id])


def _paragraph(paragraph: Paragraph) -> str:
    match paragraph.tone:
        case Tone.PLAIN:
            return f"<p>{_runs(paragraph.runs)}</p>\n"
        case Tone.NOTE:
            return f'<p class="report-note">{_runs(paragraph.runs)}</p>\n'
        case Tone.WARNING:
            label = f"<strong>{words.IMPORTANT}</strong>"
            return f'<p class="report-warning">{label} {_runs(paragraph.runs)}</p>\n'


def _runs(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: str | Number | Strong) -> str:
    match run:
        case Number():
            shown = escape(run.text)
            return f'<data class="report-figure" value="{run.value}" data-figure="{escape(run.id)}">{shown}</data>'
        case Strong():
            return f"<strong>{escape(run.text)}</strong>"
        case _:
            return escape(run)


# Tables


def _table(table: Table, numbering: Numbering) -> str:
    caption_id = f"{escape(table.id)}-caption"
    starts = group_starts(table)
    head = "".join(f"<tr>\n{_head_row(row, table, starts)}</tr>\n" for row in head_rows(table))
    grouped = is_grouped(table)
    bodies = ("".join(_row(row, table, starts, grouped=grouped) for row in rows) for rows in _bodies(table))
    body = "".join(f"<tbody>\n{rows}</tbody>\n" for rows in bodies)
    base = f'<p class="report-base">{_runs(table.base)}</p>\n' if table.base else ""
    notes = "".join(f'<p class="report-base">{_runs(note)}</p>\n' for note in table.notes)
    kind = " report-table-wide" if is_wide(table) else ""
    return (
        f'<div class="report-table{kind}" id="{escape(table.id)}">\n'
        f'<div class="report-scroll" role="group" aria-labelledby="{caption_id}" tabindex="0">\n<table>\n'
        f'<caption id="{caption_id}"><span class="report-caption"><strong>{numbering.table(table.id)}:</strong> '
        f"{escape(table.caption)}</span></caption>\n"
        f"{_columns(table)}<thead>\n{head}</thead>\n{body}</table>\n</div>\n{base}{notes}</div>\n"
    )


def _bodies(table: Table) -> list[list[Row]]:
    """The rows, a body for each group of them."""
    bodies: list[list[Row]] = [[]]
    for row in table.rows:
        if is_group(row, table) and bodies[-1]:
            bodies.append([])
        bodies[-1].append(row)
    return bodies


def _columns(table: Table) -> str:
    """Column groups, where the head has groups: they are what `scope="colgroup"` speaks of."""
    if len(table.head) == 1:
        return ""
    spans = (cell.span for cell in head_rows(table)[0])
    return "".join(f'<colgroup span="{span}"></colgroup>' for span in spans) + "\n"


def _head_row(row: tuple[HeadCell, ...], table: Table, starts: frozenset[int]) -> str:
    return "".join(_head_cell(cell, table, starts) for cell in row)


def _head_cell(head: HeadCell, table: Table, starts: frozenset[int]) -> str:
    spans = f' colspan="{head.span}"' if head.span > 1 else ""
    spans += f' rowspan="{head.depth}"' if head.depth > 1 else ""
    text = _runs(head.cell.runs)
    classes = _classes(table, head.column, starts, group=head.group)
    if not text:
        return f"<td{classes}{spans}></td>\n"
    scope = "colgroup" if head.group and head.span > 1 else "col"
    return f'<th scope="{scope}"{classes}{spans}>{text}</th>\n'


def _row(row: Row, table: Table, starts: frozenset[int], *, grouped: bool) -> str:
    total = ' class="report-total"' if row.total else ""
    return f"<tr{total}>\n{''.join(_cells(row, table, starts, grouped=grouped))}</tr>\n"


def _cells(row: Row, table: Table, starts: frozenset[int], *, grouped: bool) -> Iterator[str]:
    named = is_group(row, table)
    for column, cell in placed(row.cells):
        span = f' colspan="{cell.span}"' if cell.span > 1 else ""
        light = cell.header and not (is_bold(cell, grouped=grouped) or named)
        classes = _classes(table, column, starts, light=light)
        scope = ' scope="rowgroup"' if named else ' scope="row"'
        tag, scope = ("th", scope) if cell.header else ("td", "")
        yield f"<{tag}{scope}{classes}{span}>{_runs(cell.runs)}</{tag}>\n"


def _classes(table: Table, column: int, starts: frozenset[int], *, group: bool = False, light: bool = False) -> str:
    names = ["report-light"] if light else []
    if group:
        names.append("report-group")
    elif table.align[column] is Align.END:
        names.append("report-end")
    if column in starts:
        names.append("report-group-start")
    return f' class="{" ".join(names)}"' if names else ""


# Charts


def _chart(chart: Chart, numbering: Numbering, drawing: Drawing) -> str:
    says = f"{_runs(chart.description)} " if chart.description else ""
    link = f'<a class="report-reference" href="#{escape(chart.table_id)}">{numbering.table(chart.table_id)}</a>'
    label = f"{numbering.chart(chart.id)}: {escape(chart.title)}"
    return (
        f'<figure class="report-chart" id="{escape(chart.id)}">\n'
        f'<div class="report-scroll" role="group" aria-label="{label}" tabindex="0">{drawing.svg}</div>\n'
        f"<figcaption><strong>{numbering.chart(chart.id)}:</strong> {escape(chart.title)}\n"
        f'<p class="report-says-line">{says}{words.NUMBERS_IN}{link}.</p></figcaption>\n</figure>\n'
    )
