"""The report with its claims marked, in its own format where that is Word or PDF, else as a web page."""

from upheld.checker.answers.page import as_page
from upheld.checker.model import Checked
from upheld.checker.outline import joined
from upheld.checker.reading import BlockKind, Document
from upheld.errors import UpheldError

_ENDINGS = {"docx": (".docx", ".html"), "pdf": (".pdf", ".html")}


def marked_copy(content: bytes, document: Document, checked: Checked, suffix: str) -> bytes:
    """A marked copy as a file with this ending. Raises UpheldError where the report cannot be marked as one."""
    endings = _ENDINGS.get(document.format, (".html",))
    if suffix.lower() not in endings:
        raise UpheldError(f"{checked.file} is marked as {' or '.join(endings)}. Give the copy a name that ends so.")
    if suffix.lower() == ".docx":
        from upheld.checker.answers.word import with_comments

        texts = {at: block.text for at, block in enumerate(document.blocks)}
        tables = [at for at, block in enumerate(document.blocks) if block.kind is BlockKind.TABLE]
        return with_comments(content, checked, texts, {at: order for order, at in enumerate(tables)})
    if suffix.lower() == ".pdf":
        from upheld.checker.answers.pdf import with_annotations

        return with_annotations(content, checked)
    return page_of(document, checked).encode()


def page_of(document: Document, checked: Checked) -> str:
    """The report as a web page with its claims marked."""
    return as_page(checked, Document(document.name, document.format, tuple(joined(document.blocks))))
