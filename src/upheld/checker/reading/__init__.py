"""Reading a report in whatever format it was published: Word, PDF, HTML, Markdown, text, Excel or CSV."""

from upheld.checker.reading.document import Block, BlockKind, Document
from upheld.checker.reading.isolated import read_document

__all__ = ["Block", "BlockKind", "Document", "read_document"]
