"""What a file really is, and reading it within bounds of size, time and memory. It knows nothing of complaints."""

from upheld.files.tables import Cell, Sheet, UnreadableFile, read_sheet

__all__ = ["Cell", "Sheet", "UnreadableFile", "read_sheet"]
