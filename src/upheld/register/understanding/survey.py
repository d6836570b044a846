"""The columns of a file as somebody is shown them who says which is which: headings, examples, words, nobody's name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from upheld.files import Sheet
from upheld.register.understanding.assign import OURS
from upheld.register.understanding.model import Sureness, Understanding
from upheld.register.understanding.profile import PATH, Profile
from upheld.register.understanding.table import Table, best_tables, find_table
from upheld.register.understanding.words import told_words

MOST_WORDS = 60  # of a column that are shown; more are no list of choices
_NAMES = frozenset({"child_name", "complainant_name"})

Place = tuple[str, str]  # stage of a group of columns, or empty; column of ours


@dataclass(frozen=True, slots=True)
class SurveyedColumn:
    """One column of a file. `name` is how a mapping names it, `words` what stands in it and how often."""

    index: int
    name: str
    heading: str
    examples: tuple[str, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    holds_dates: bool = False
    holds_paths: bool = False  # such as “Children > Care > Delay”

    def told(self, column: str, separator: str) -> Mapping[str, str]:
        """For each word here that has to be told where this is our `column`: what it usually means, or “?”."""
        profile = Profile(filled=sum(count for _, count in self.words), words=Counter(dict(self.words)))
        return told_words(column, profile, separator)


@dataclass(frozen=True, slots=True)
class Survey:
    """The table of a file. `head` is the first and last row of its headings, from 1; `sheets` those that have a table.

    `taken` says which columns were taken for ours, by their number.
    """

    sheet: str
    sheets: tuple[str, ...]
    head: tuple[int, int]
    columns: tuple[SurveyedColumn, ...]
    taken: Mapping[int, Place] = field(default_factory=dict)


def survey(sheets: Sequence[Sheet], taken: Mapping[int, Place] | None = None) -> Survey | None:
    """Survey the likeliest table of these sheets; None where none has headings that mean anything."""
    tables = best_tables(sheets)
    if not tables:
        return None
    return _surveyed(tables[0], tuple(table.sheet.name for table in tables), taken or {})


def survey_of_sheet(sheet: Sheet, head: int, taken: Mapping[int, Place]) -> Survey | None:
    """Survey the table below row `head`, from 0, of which it is known which columns are ours."""
    table = find_table(sheet, head)
    return None if table is None else _surveyed(table, (sheet.name,), taken)


def taken_by(found: Understanding, columns: Sequence[SurveyedColumn]) -> dict[int, Place]:
    """Which columns an understanding took for ours; those that it asks about are not among them."""
    numbers = {column.name: column.index for column in columns}
    return {
        numbers[name]: (reading.stage, reading.column)
        for reading in found.readings
        if reading.sureness is not Sureness.ASKED and reading.column in OURS
        for name in reading.headings
        if name in numbers
    }


def _surveyed(table: Table, sheets: tuple[str, ...], taken: Mapping[int, Place]) -> Survey:
    columns = []
    for column in table.columns:
        profile = column.profile
        _, ours = taken.get(column.index, ("", ""))
        # A column that nobody knows may hold anybody's name, so of those only dates are shown.
        hidden = ours in _NAMES or not (ours or profile.holds_dates)
        short = not profile.free and len(profile.words) <= MOST_WORDS
        columns.append(
            SurveyedColumn(
                index=column.index,
                name=column.name,
                heading=column.heading or column.name.capitalize(),
                examples=() if hidden else tuple(profile.examples),
                words=tuple(profile.words.most_common()) if short and ours not in _NAMES else (),
                holds_dates=profile.holds_dates,
                holds_paths=profile.filled > 0 and profile.listing[PATH] * 10 >= profile.filled * 8,
            )
        )
    return Survey(table.sheet.name, sheets, (table.first + 1, table.last + 1), tuple(columns), taken)
