"""Reports of a few lines, checked: for tests of the checker."""

from upheld.checker.check import check_document
from upheld.checker.model import Checked, Claim
from upheld.checker.reading.document import Document
from upheld.checker.reading.text import read_text


def document(text: str, name: str = "report.md") -> Document:
    """A report in Markdown, read in this process."""
    return Document(name, "md", tuple(read_text(text)))


def checked(text: str, previous: str | None = None) -> Checked:
    """The answer for a report in Markdown."""
    return check_document(document(text), document(previous) if previous is not None else None)


def wrong_in(text: str, previous: str | None = None) -> list[Claim]:
    """What is wrong in it, but for small numbers."""
    return [claim for claim in checked(text, previous).wrong if claim.severity != "risk"]
