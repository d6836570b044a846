"""Which reader a file needs, judged by its content."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from upheld.checker.reading.document import Block
from upheld.files import UnreadableFile, kinds
from upheld.files.archive import Archive

_ADVICE = "Save it as Word (.docx), PDF or a web page, and try again."
_MARKUP = re.compile(rb"<(?:p|div|table|h[1-6]|html|body|section|article|ul|main)\b", re.IGNORECASE)


def format_of(content: bytes, name: str) -> str:
    """What the file is: docx, pdf, html, md, txt, xlsx or csv. Raises UnreadableFile where it is none of them."""
    suffix = PurePath(name).suffix.lower()
    head = content[:1024]
    if head.lstrip(b"\xef\xbb\xbf\x00 \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    kind = kinds.kind_of(content)
    if kind is kinds.ZIP:
        kind = _kind_of_archive(content, name)
    elif kind is kinds.COMPOUND:
        return _old_office(content, name, suffix)
    if kind is kinds.WORD:
        return "docx"
    if kind in (kinds.XLSX, kinds.ODS, kinds.XLS):
        return "xlsx"
    if kind is kinds.WEB_PAGE or (kind in (kinds.XML, kinds.TEXT) and suffix in (".html", ".htm", ".xhtml")):
        return "html"
    if kind is kinds.XML and _MARKUP.search(content[:20000]):
        return "html"
    if kind is not kinds.TEXT:
        raise UnreadableFile(f"{name} is {kind.words}, which is not checked. {_ADVICE}")
    if suffix in (".csv", ".tsv", ".tab"):
        return "csv"
    if suffix in (".docx", ".pdf", ".xlsx", ".xls", ".ods", ".doc"):
        raise UnreadableFile(
            f"{name} is really text, whatever its name says, or was cut off. Ask for the file once more."
        )
    if suffix not in (".md", ".txt", ".markdown") and len(_MARKUP.findall(content[:20000])) >= 2:
        return "html"
    return "md" if suffix in (".md", ".markdown") else "txt"


def _kind_of_archive(content: bytes, name: str) -> kinds.Kind:
    archive = Archive(content, name)
    archive.check_size()
    mimetype = archive.read("mimetype", 256) if "mimetype" in archive.members else b""
    return kinds.kind_of_archive(archive.members, mimetype)


def _old_office(content: bytes, name: str, suffix: str) -> str:
    if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in content:
        raise UnreadableFile(f"{name} is protected by a password. Save it without one, and try again.")
    if suffix in (".xls", ".xlt") or "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k".encode("latin-1") in content:
        return "xlsx"
    raise UnreadableFile(f"{name} is an old Office file, which is not checked. {_ADVICE}")


def read_blocks(content: bytes, name: str, form: str) -> Iterator[Block]:
    """The blocks of a file that is of this format. Raises UnreadableFile."""
    # Each reader is loaded where it is needed: some take longer to load than to read.
    if form == "docx":
        from upheld.checker.reading.word import read_word

        return read_word(content, name)
    if form == "pdf":
        from upheld.checker.reading.pdf import read_pdf

        return read_pdf(content, name)
    if form in ("xlsx", "csv"):
        from upheld.checker.reading.sheets import read_sheets

        return read_sheets(content, name)
    from upheld.checker.reading.text import decoded, read_text

    if form == "html":
        from upheld.checker.reading.html import read_html

        return read_html(decoded(content, name))
    return read_text(decoded(content, name))
