"""The table in a file: the sheet that holds it, its headings, and what stands in each of its columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from upheld.files import Sheet, column_letters
from upheld.register.documented import TOP_ROWS
from upheld.register.mapping.heads import JOIN, heading_names, text_at
from upheld.register.understanding.profile import Profile, profile_of
from upheld.register.understanding.stages import stage_in
from upheld.register.understanding.usual import Rank, plain, usual

_GROUP_ROWS = 3  # of headings above the last, at most


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column of the file. `name` is how a mapping names it, `heading` what stands over it."""

    index: int
    heading: str
    name: str
    last: str  # the lowest of its headings, as it is compared
    stage: str  # of its group; empty where it is in none
    rest: str  # of the heading, without the stage
    group: str  # the heading of its group, where that names the stage
    profile: Profile


@dataclass(frozen=True, slots=True)
class Table:
    """A table with headings. `first` and `last` are the rows of its headings, from 0."""

    sheet: Sheet
    first: int
    last: int
    columns: tuple[FileColumn, ...]
    score: int  # headings that mean something

    @property
    def rows(self) -> int:
        """How many rows below the headings hold something."""
        return sum(bool(row) for row in self.sheet.rows[self.last + 1 :])


def find_table(sheet: Sheet, last: int | None = None) -> Table | None:
    """The table of a sheet: the row with the most headings that mean something, and the groups above it.

    `last` is the last row of the headings, from 0, where that is known.
    """
    scores = [_score(sheet, row) for row in range(min(TOP_ROWS, len(sheet.rows)))]
    if last is None:
        if not scores or max(scores) < 2:
            return None
        last = scores.index(max(scores))
    first = _first_of_groups(sheet, last)
    names = heading_names(sheet, first, last)
    columns = tuple(
        _column(sheet, index, names, last)
        for index, name in enumerate(names)
        if name or any(text_at(row, index) for row in sheet.rows[last + 1 : last + 50])
    )
    return Table(sheet, first, last, columns, max(scores, default=0))


def best_tables(sheets: Sequence[Sheet]) -> list[Table]:
    """The sheets that may be the register, the likeliest first: those nearly as good as the best are candidates too."""
    found = [table for sheet in sheets if (table := find_table(sheet)) is not None and table.rows]
    found.sort(key=lambda table: (-table.score, -table.rows))
    return [table for table in found if table.score * 10 >= found[0].score * 8]


def _score(sheet: Sheet, row: int) -> int:
    known = usual()
    score = 0
    for index in range(len(sheet.rows[row])):
        text = text_at(sheet.rows[row], index)
        if not text or len(text) > 60:
            continue
        stage, rest = stage_in(text)
        means = known.headings.get(plain(text)) or (known.headings.get(rest) if stage else None)
        score += bool(means) or rest in known.of_stage or plain(text) in known.left_out
    return score


def _first_of_groups(sheet: Sheet, last: int) -> int:
    """The highest of the few rows above the headings that names a stage: the title of the file is no group."""
    first = last
    for row in range(max(0, last - _GROUP_ROWS), last):
        named = [text for i in range(len(sheet.rows[row])) if (text := text_at(sheet.rows[row], i))]
        if sum(bool(stage_in(text)[0]) for text in named) >= 1 and len(named) > 1:
            first = row
            break
    return first


def _column(sheet: Sheet, index: int, names: Sequence[str], last: int) -> FileColumn:
    heading = names[index]
    parts = heading.split(JOIN)
    stage, rest, group = "", plain(parts[-1]), ""
    for level, part in enumerate(parts):
        named, remaining = stage_in(part)
        if named:
            stage, rest = named, remaining if level == len(parts) - 1 else plain(parts[-1])
            group = JOIN.join(parts[: level + 1]) if level < len(parts) - 1 else ""
            break
    unnamed = not heading or [plain(name) for name in names].count(plain(heading)) > 1
    name = f"column {column_letters(index)}" if unnamed else heading
    return FileColumn(
        index, heading, name, plain(parts[-1]), stage, rest, group, profile_of(sheet.rows, last + 1, index)
    )


def rank_of(column: FileColumn, ours: str, *, of_stage: bool) -> Rank:
    """How clearly a heading means a column of ours. `of_stage`: in a group of columns for one stage."""
    known = usual()
    rank = known.headings.get(column.rest if of_stage else column.last, {}).get(ours, Rank.NONE)
    if ours == "received" and of_stage:
        rank = max(rank, known.of_stage.get(column.rest, Rank.NONE))
    return rank
