"""The report as a web page with each claim marked, and its explanation in the margin. It works without JavaScript."""

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from upheld.checker.answers.notes import label_of, note_of
from upheld.checker.answers.text import coverage, summary
from upheld.checker.model import Checked, Claim, Severity, Verdict
from upheld.checker.reading import Block, BlockKind, Document


def as_page(checked: Checked, document: Document) -> str:
    """A page of its own: the blocks of the report in order, and beside each what was found in it."""
    notes = _numbered(checked.claims)
    style = files("upheld.checker.answers").joinpath("page.css").read_text(encoding="utf-8")
    title = f"{checked.file}: checked"
    body = "\n".join(_blocks(document.blocks, notes))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#report">Skip to the report</a>\n'
        f"<header>\n<h1>{escape(checked.file)}</h1>\n<p>{escape(summary(checked))}</p>\n"
        f"<p>{escape(coverage(checked))}</p>\n{_contents(notes)}</header>\n"
        f'<main id="report">\n{body}\n</main>\n</body>\n</html>\n'
    )


def _numbered(claims: Sequence[Claim]) -> dict[int, list[tuple[int, Claim]]]:
    """The claims of each block, numbered through the page."""
    notes: dict[int, list[tuple[int, Claim]]] = {}
    for number, claim in enumerate(claims, start=1):
        notes.setdefault(claim.place.block, []).append((number, claim))
    return notes


def _contents(notes: dict[int, list[tuple[int, Claim]]]) -> str:
    wrong = [(number, claim) for held in notes.values() for number, claim in held if claim.is_wrong]
    if not wrong:
        return "<p><strong>Nothing in it contradicts its own numbers.</strong></p>\n"
    items = "".join(
        f'<li><a href="#claim-{number}">{escape(label_of(claim))}: {escape(claim.quote)}</a></li>\n'
        for number, claim in sorted(wrong, key=lambda each: _rank(each[1]))
    )
    return f'<nav aria-labelledby="wrong"><h2 id="wrong">What is wrong</h2>\n<ol>\n{items}</ol></nav>\n'


def _rank(claim: Claim) -> int:
    return list(Severity).index(claim.severity) if claim.severity else len(Severity)


def _blocks(blocks: Sequence[Block], notes: dict[int, list[tuple[int, Claim]]]) -> Iterator[str]:
    tables = 0
    for at, block in enumerate(blocks):
        tables += block.kind is BlockKind.TABLE
        held = notes.get(at, [])
        if not (block.text or block.cells):
            continue
        shown = _table(block, held, tables) if block.kind is BlockKind.TABLE else _text(block, held)
        yield f'<div class="row">\n<div class="said">{shown}</div>\n{_margin(held)}</div>'


def _text(block: Block, held: Sequence[tuple[int, Claim]]) -> str:
    spans = sorted(
        ((claim.start, claim.end, number, claim) for number, claim in held if claim.end > claim.start),
        key=lambda s: s[:2],
    )
    parts: list[str] = []
    at = 0
    for start, end, number, claim in spans:
        if start < at:  # inside another mark: its note stands in the margin all the same
            parts.append(f'<a class="also" href="#claim-{number}"><sup>{number}</sup></a>')
            continue
        parts += [escape(block.text[at:start]), _mark(escape(block.text[start:end]), number, claim)]
        at = end
    parts.append(escape(block.text[at:]))
    text = "".join(parts)
    if block.kind is BlockKind.HEADING:
        level = min(6, max(2, block.level + 1))
        return f"<h{level}>{text}</h{level}>"
    return f"<ul><li>{text}</li></ul>" if block.kind is BlockKind.ITEM else f"<p>{text}</p>"


def _mark(text: str, number: int, claim: Claim) -> str:
    return f'<mark class="{_class(claim)}">{text}<a href="#claim-{number}"><sup>{number}</sup></a></mark>'


def _class(claim: Claim) -> str:
    if claim.severity is not None:
        return claim.severity.value
    return "right" if claim.verdict is Verdict.RIGHT else "unknown"


def _table(block: Block, held: Sequence[tuple[int, Claim]], order: int) -> str:
    at: dict[tuple[int, int], list[tuple[int, Claim]]] = {}
    for number, claim in held:
        at.setdefault((claim.place.row or 1, claim.place.column or 1), []).append((number, claim))
    rows = []
    for r, row in enumerate(block.cells, start=1):
        cells = []
        for c, cell in enumerate(row, start=1):
            text = escape(cell)
            for number, claim in at.get((r, c), []):
                text = _mark(text, number, claim)
            tag = "th" if r == 1 or c == 1 else "td"
            scope = ' scope="col"' if r == 1 else ' scope="row"' if c == 1 else ""
            tag = "td" if not cell.strip() and tag == "th" else tag
            cells.append(f"<{tag}{scope if tag == 'th' else ''}>{text}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="wide" role="region" aria-label="Table {order}" tabindex="0"><table>\n'
        + "\n".join(rows)
        + "\n</table></div>"
    )


def _margin(held: Sequence[tuple[int, Claim]]) -> str:
    if not held:
        return ""
    notes = "".join(
        f'<li id="claim-{number}" value="{number}" class="{_class(claim)}">{escape(note_of(claim))}</li>\n'
        for number, claim in held
    )
    return f'<ol class="notes">\n{notes}</ol>\n'
