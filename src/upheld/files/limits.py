"""How much is read of one file. Far more than a register of complaints needs; far less than exhausts a computer."""

from upheld.files.model import UnreadableFile, column_letters

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 512 * 1024 * 1024  # a workbook of some 200,000 rows unpacks to about a third of this
MAX_ROWS = 250_000
MAX_COLUMNS = 200
MAX_CELLS = 10_000_000  # rows times columns, empty ones among them
MAX_CELL_CHARACTERS = 100_000  # a workbook's cell can hold 32,767
MAX_ROW_CHARACTERS = 2_000_000
MAX_LINES = 1_100_000  # of text, empty ones among them; a workbook has at most 1,048,576


def check_extent(name: str, rows: int, columns: int, *, sheet: str = "") -> None:
    """Raise UnreadableFile where a table reaches too far down or across. `rows` and `columns` are counts."""
    where = f"{name}, sheet “{sheet}”," if sheet else name
    if rows > MAX_ROWS:
        raise UnreadableFile(
            f"{where} has something in row {rows:,}; the most that is read is {MAX_ROWS:,} rows. Delete what stands "
            "far below the table, or split the file by year."
        )
    if columns > MAX_COLUMNS:
        raise UnreadableFile(
            f"{where} has something in column {column_letters(columns - 1)} (number {columns:,}); the most that is "
            f"read is {MAX_COLUMNS} columns. Delete what stands far to the right of the table."
        )
    if rows * columns > MAX_CELLS:
        raise UnreadableFile(
            f"{where} is {rows:,} rows by {columns} columns; the most that is read is {MAX_CELLS:,} cells. Delete what "
            "stands beside or below the table, or split the file by year."
        )
