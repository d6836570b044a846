"""A report as it was read: headings, paragraphs, list items and tables in order, each with its place."""

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `cells` are a table's rows, every one as long; a merged cell's text stands in each of its places.

    `level` is a heading's depth, from 1. `heads` is how many rows the format itself calls header rows, where it does.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    page: int | None = None
    cells: tuple[tuple[str, ...], ...] = ()
    heads: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report: what it is called, the format that it was in, and its blocks."""

    name: str
    format: str
    blocks: tuple[Block, ...]
