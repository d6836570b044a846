"""Reports kept as data: what was published, in our own words, and which of its claims are wrong."""

import json
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from tests.support.published.model import (
    Block,
    Bullets,
    Heading,
    Mistake,
    Paragraph,
    Place,
    Published,
    Severity,
    Table,
    Truth,
    Verdict,
    severity_of,
)

FOLDER = Path(__file__).parents[2] / "golden" / "published"


class Layout(StrEnum):
    """How the same words are arranged."""

    AS_KEPT = "as kept"
    LISTS = "lists"  # paragraphs are list items
    TABLES_LAST = "tables last"  # in an appendix


def stored(name: str) -> Published:
    """The report kept under this name."""
    data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    blocks = tuple(_block(item) for item in data["blocks"])
    return Published(name, blocks, tuple(_truth(item) for item in data["truths"]))


def names() -> list[str]:
    """All that are kept."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def laid_out(report: Published, layout: Layout) -> Published:
    """The same report in another arrangement; tables keep their order, and so their numbers."""
    blocks: list[Block] = list(report.blocks)
    if layout is Layout.LISTS:
        blocks = [Bullets((block.text,)) if isinstance(block, Paragraph) else block for block in blocks]
    elif layout is Layout.TABLES_LAST and report.tables:
        words = [block for block in blocks if not isinstance(block, Table)]
        blocks = [*words, Heading("Appendix: tables"), *report.tables]
    return replace(report, name=f"{report.name}-{layout.replace(' ', '-')}", blocks=tuple(blocks))


def _block(item: dict[str, Any]) -> Block:
    if "heading" in item:
        return Heading(item["heading"], item.get("level", 2))
    if "bullets" in item:
        return Bullets(tuple(item["bullets"]))
    if "table" in item:
        heads, rows = ([tuple(row) for row in item[part]] for part in ("heads", "rows"))
        return Table(item["table"], tuple(heads), tuple(rows), item.get("note", ""))
    return Paragraph(item["paragraph"])


def _place(item: dict[str, Any]) -> Place:
    return Place(item.get("sentence", ""), item.get("table"), item.get("row"), item.get("column"))


def _truth(item: dict[str, Any]) -> Truth:
    mistake = Mistake(item["mistake"]) if "mistake" in item else None
    severity = Severity(item["severity"]) if "severity" in item else severity_of(mistake) if mistake else None
    return Truth(
        kind=item["kind"],
        place=_place(item),
        verdict=Verdict(item.get("verdict", "wrong" if mistake else "right")),
        mistake=mistake,
        severity=severity,
        computed=tuple(item.get("computed", ())),
        also=tuple(_place(other) for other in item.get("also", ())),
    )
