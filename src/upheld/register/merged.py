"""Cells merged into one: where a value seems to be missing, because only the first of the cells holds it."""

from collections.abc import Sequence

from upheld.files import Merge, Sheet, column_letters

MOST = 1_000_000  # rows of merged blocks, all told


class MergedCells:
    """The merged cells among the rows of a table."""

    def __init__(self, sheet: Sheet, first_row: int) -> None:
        """Those that reach into `first_row`, from 0, or below it."""
        self._by_row: dict[int, list[Merge]] = {}
        left = MOST
        for merge in sheet.merges:
            rows = range(max(merge.top, first_row), min(merge.bottom + 1, len(sheet.rows)))
            left -= len(rows)
            if left < 0:
                break
            for row in rows:
                self._by_row.setdefault(row, []).append(merge)

    def problem(self, row: int, columns: Sequence[int]) -> tuple[int, str] | None:
        """The first of these columns whose cell in this row, from 0, is hidden by a merged block, and the reason."""
        for merge in self._by_row.get(row, ()):
            for column in columns:
                if merge.covers(row, column):
                    place = f"{column_letters(merge.left)}{merge.top + 1}"
                    end = f"{column_letters(merge.right)}{merge.bottom + 1}"
                    return column, (
                        f"This cell is merged with others ({place} to {end}), and only {place} holds a value. Undo the "
                        "merging, and fill in each cell."
                    )
        return None

    def __bool__(self) -> bool:
        return bool(self._by_row)
