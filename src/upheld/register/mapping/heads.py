"""The headings of a table: one row of them, or several with groups above, as one name for each column."""

import difflib
from collections.abc import Sequence

from upheld.files import Row, Sheet, column_letters
from upheld.register.documented import TOP_ROWS
from upheld.register.layout import normal
from upheld.register.mapping.model import BadMapping, RegisterMapping

JOIN = " / "


def text_at(cells: Row, index: int) -> str:
    """What stands in a cell, as text on one line; empty where there is none."""
    cell = cells[index] if index < len(cells) else None
    return "" if cell is None else " ".join(str(cell).split())


def heading_names(sheet: Sheet, first: int, last: int) -> list[str]:
    """One name for each column, from the rows `first` to `last` (from 0), groups before what they group.

    A group's name stands over its first column: it holds for those to the right, as far as the cell is merged, or,
    where nothing is merged in that row, up to the next name.
    """
    width = max((len(row) for row in sheet.rows[first:]), default=0)
    levels = [_level(sheet, row, width, last=row == last) for row in range(first, last + 1)]
    names = []
    for column in range(width):
        parts = [level[column] for level in levels if level[column]]
        names.append(JOIN.join(dict.fromkeys(parts)))
    return names


def _level(sheet: Sheet, row: int, width: int, *, last: bool) -> list[str]:
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    texts = [text_at(cells, column) for column in range(width)]
    merges = [merge for merge in sheet.merges if merge.top <= row <= merge.bottom]
    for merge in merges:
        inner = text_at(sheet.rows[merge.top], merge.left)
        # A block that reaches down names its column once, in its first row.
        for column in range(merge.left, min(merge.right + 1, width)):
            texts[column] = inner if row == merge.top else ""
    if not merges and not last:
        for column in range(1, width):
            texts[column] = texts[column] or texts[column - 1]
    return texts


class Headings:
    """The headings of one file, and which column a name given in a mapping means."""

    def __init__(self, sheet: Sheet, source: str, mapping: RegisterMapping) -> None:
        """Find the rows of the headings, told or not. Raises BadMapping."""
        self._source = source
        self._mapping = mapping
        if mapping.headings is not None:
            first, self.last = mapping.headings[0] - 1, mapping.headings[1] - 1
        else:
            first = self.last = self._found(sheet)
        self.names = heading_names(sheet, first, self.last)
        self._exact: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}
        for index, name in enumerate(self.names):
            if name:
                self._exact.setdefault(normal(name), []).append(index)
                parts = name.split(JOIN)
                for start in range(1, len(parts)):
                    self._ends.setdefault(normal(JOIN.join(parts[start:])), []).append(index)

    def _found(self, sheet: Sheet) -> int:
        """The first of the top rows that has most of the mapping's headings."""
        wanted = {normal(heading) for heading in self._mapping.all_headings()}
        best, most = 0, 0
        for row, cells in enumerate(sheet.rows[:TOP_ROWS]):
            count = len({normal(str(cell)) for cell in cells if cell is not None} & wanted)
            if count > most:
                best, most = row, count
        if not most:
            raise BadMapping(
                f"{self._source} has no row with the headings that {self._mapping.name} names. It begins with: "
                f"{_begins(sheet.rows)}. Say under file.headings which row they stand in."
            )
        return best

    def index(self, heading: str, under: str = "") -> int:
        """The column, from 0, that a heading in the mapping means: by its name, the end of it, or “column F”.

        `under` is the heading of the group that it stands in, where that was told. Raises BadMapping where there is no
        such column, or several.
        """
        wanted = normal(heading)
        by_letters = {f"column {column_letters(i).lower()}": i for i in range(len(self.names))}
        if wanted in by_letters:
            return by_letters[wanted]
        found = self._exact.get(wanted) or self._ends.get(wanted) or []
        if under:
            found = [i for i in found if normal(self.names[i]).startswith(normal(under) + JOIN)]
        if len(found) == 1:
            return found[0]
        if found:
            letters = " and ".join(f"“column {column_letters(i)}”" for i in found)
            raise BadMapping(
                f"{self._mapping.name}: the heading “{heading}” stands over several columns of {self._source}. Write "
                f"which is meant: {letters}."
            )
        named = [name for name in self.names if name]
        close = difflib.get_close_matches(heading, named, n=1, cutoff=0.6)
        below = f" under “{under}”" if under else ""
        hint = f" Did you mean “{close[0]}”?" if close else f" Its headings are: {', '.join(named[:30])}."
        raise BadMapping(f"{self._mapping.name}: {self._source} has no heading “{heading}”{below}.{hint}")


def _begins(rows: Sequence[Row]) -> str:
    first = next((row for row in rows if row), ())
    return ", ".join(str(cell)[:40] for cell in first if cell is not None)[:200] or "nothing"
