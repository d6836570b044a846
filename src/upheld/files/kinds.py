"""What a file really is, judged by its content, and whether its name agrees."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from upheld.files.model import UnreadableFile


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: what people call it, the endings of its names, and what to do where it cannot be read."""

    words: str
    suffixes: tuple[str, ...]
    advice: str = ""

    @property
    def is_read(self) -> bool:
        """Whether files of this kind are read as tables."""
        return not self.advice


_EXPORT = "Save or export the table as .xlsx or as CSV."
_OPEN = "Open it in Excel or LibreOffice and save the table as .xlsx."

TEXT = Kind("text, as CSV is", (".csv", ".tsv", ".tab", ".txt"))
XLSX = Kind("an Excel workbook (.xlsx)", (".xlsx", ".xlsm", ".xltx", ".xltm"))
XLS = Kind("an old Excel workbook (.xls)", (".xls", ".xlt"))
ODS = Kind("an OpenDocument spreadsheet (.ods)", (".ods", ".ots"))
XLSB = Kind("a binary Excel workbook (.xlsb)", (".xlsb",), "Open it in Excel and save it as .xlsx.")
NUMBERS = Kind("an Apple Numbers document", (".numbers",), "Export it as Excel.")
WORD = Kind("a Word document", (".docx", ".docm", ".doc", ".dotx"), "Copy its table into a spreadsheet.")
SLIDES = Kind("a PowerPoint presentation", (".pptx", ".ppt"), _EXPORT)
WRITER = Kind("an OpenDocument text", (".odt",), "Copy its table into a spreadsheet.")
PDF = Kind("a PDF document", (".pdf",), "Ask for the table that it was made from, as .xlsx or CSV.")
WEB_PAGE = Kind("a web page (HTML)", (".html", ".htm", ".xhtml"), _OPEN)
XML = Kind("an XML file", (".xml", ".fods"), _OPEN)
JSON = Kind("a JSON file", (".json",), _EXPORT)
RTF = Kind("a rich text document (RTF)", (".rtf",), "Copy its table into a spreadsheet.")
MESSAGE = Kind("an Outlook message", (".msg",), "Save its attachment, and give that.")
PICTURE = Kind("a picture", (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"), _EXPORT)
ACCESS = Kind("an Access database", (".mdb", ".accdb"), _EXPORT)
SQLITE = Kind("an SQLite database", (".sqlite", ".sqlite3", ".db"), _EXPORT)
PARQUET = Kind("a Parquet file", (".parquet",), _EXPORT)
PROGRAM = Kind("a program", (".exe", ".dll"), "Do not open it; ask whoever sent it.")
ARCHIVE = Kind("a compressed archive", (".gz", ".7z", ".rar", ".bz2", ".xz"), "Unpack it, and give the file in it.")
ZIP = Kind("a zip archive", (".zip",), "Unpack it, and give the spreadsheet in it.")
COMPOUND = Kind("an old Office file that is no workbook", (), _EXPORT)
UNKNOWN = Kind("neither a CSV file nor a workbook (.xlsx, .xls or .ods)", (), _EXPORT)

KINDS = (
    TEXT, XLSX, XLS, ODS, XLSB, NUMBERS, WORD, SLIDES, WRITER, PDF, WEB_PAGE, XML, JSON, RTF, MESSAGE, PICTURE, ACCESS,
    SQLITE, PARQUET, PROGRAM, ARCHIVE, ZIP,
)  # fmt: skip

ZIP_MARK = b"PK\x03\x04"
COMPOUND_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY_ZIP_MARK = b"PK\x05\x06"

_MARKS: tuple[tuple[bytes, Kind], ...] = (
    (ZIP_MARK, ZIP), (_EMPTY_ZIP_MARK, ZIP), (COMPOUND_MARK[:4], COMPOUND),
    (b"%PDF-", PDF), (b"{\\rtf", RTF), (b"\x89PNG", PICTURE), (b"\xff\xd8\xff", PICTURE), (b"GIF8", PICTURE),
    (b"II*\x00", PICTURE), (b"MM\x00*", PICTURE), (b"\x00\x01\x00\x00Standard ", ACCESS), (b"SQLite format 3", SQLITE),
    (b"PAR1", PARQUET), (b"MZ\x90", PROGRAM), (b"\x7fELF", PROGRAM), (b"\x1f\x8b", ARCHIVE), (b"7z\xbc\xaf", ARCHIVE),
    (b"Rar!", ARCHIVE), (b"BZh", ARCHIVE), (b"\xfd7zXZ", ARCHIVE),
)  # fmt: skip
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.I | re.S)
_XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*\"|\[\s*[\[{])")


def kind_of(content: bytes) -> Kind:
    """The kind of a file by how it begins. What is inside a zip archive or an old Office file is told elsewhere."""
    for mark, kind in _MARKS:
        if content.startswith(mark):
            return kind
    head = content[:4096]
    if not head.startswith(_BYTE_ORDER_MARKS) and b"\x00" in head:
        return TEXT if looks_like_utf_16(content) else UNKNOWN
    head = head.removeprefix(_BYTE_ORDER_MARKS[0])
    for shape, kind in ((_HTML, WEB_PAGE), (_XML, XML), (_JSON, JSON)):
        if shape.match(head):
            return kind
    return TEXT


def looks_like_utf_16(content: bytes) -> bool:
    """Whether every other byte is mostly nothing, as in Western text of two bytes a character."""
    head = content[:1000]
    return head.count(0) * 3 > len(head) and min(head[::2].count(0), head[1::2].count(0)) * 20 < len(head)


def kind_of_archive(members: Iterable[str], mimetype: bytes) -> Kind:
    """What a zip archive is: a workbook, some other document, or just an archive."""
    names = set(members)
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        of = mimetype.removeprefix(b"application/vnd.oasis.opendocument.")
        return ODS if of.startswith(b"spreadsheet") else WRITER if of.startswith(b"text") else ZIP
    for member, kind in (
        ("xl/workbook.xml", XLSX), ("xl/workbook.bin", XLSB), ("word/document.xml", WORD),
        ("ppt/presentation.xml", SLIDES),
    ):  # fmt: skip
        if member in names:
            return kind
    return NUMBERS if any(name.endswith(".iwa") for name in names) or "Index.zip" in names else ZIP


def check_kind(kind: Kind, name: str) -> None:
    """Raise UnreadableFile where files of the kind are not read, or the name promises another kind."""
    suffix = PurePath(name).suffix.lower()
    promised = next((each for each in KINDS if suffix in each.suffixes), None)
    lies = promised is not None and promised is not kind and kind is not UNKNOWN
    if not kind.is_read:
        really = "really " if lies else ""
        raise UnreadableFile(f"{name} is {really}{kind.words}. {kind.advice}")
    if lies:
        stem = PurePath(name).stem
        raise UnreadableFile(
            f"{name} is really {kind.words}, whatever its name says. If it is the file that you mean, name it "
            f"{stem}{kind.suffixes[0]} and try again."
        )
