"""What a file really is, and reading it within bounds of size, time and memory. It knows nothing of complaints."""

from upheld.files.model import Cell, Fault, Merge, Row, Sheet, UnreadableFile, column_letters
from upheld.files.tables import NOTHING_TOLD, Told, read_bytes, read_sheet, read_sheet_bytes, read_sheets_bytes

__all__ = [
    "NOTHING_TOLD",
    "Cell",
    "Fault",
    "Merge",
    "Row",
    "Sheet",
    "Told",
    "UnreadableFile",
    "column_letters",
    "read_bytes",
    "read_sheet",
    "read_sheet_bytes",
    "read_sheets_bytes",
]
