"""What stands in a column, as far as it tells what the column is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from upheld.files import Fault, Row
from upheld.register.dates import DateOrder, NotADate, date_of_serial, orders_of, read_date
from upheld.register.layout import normal
from upheld.register.understanding.usual import usual

MOST_WORDS = 400  # different texts that are kept apart; a column with more holds names or free text
PATH = ">"  # between the parts of a category in a tree of them
_MARKS = (";", ",", PATH)
_EXAMPLES = 3


@dataclass(slots=True)
class Profile:
    """The cells of one column below the headings. `rows` counts from 0, as in the sheet."""

    filled: int = 0
    dates: int = 0
    both_orders: int = 0  # dates that may be read in either order
    only: dict[DateOrder, int] = field(default_factory=dict)  # an order -> a row, from 1, that has it and no other
    words: Counter[str] = field(default_factory=Counter)  # as they stand; empty once they are too many
    empties: set[str] = field(default_factory=set)  # words met that stand for nothing
    examples: list[str] = field(default_factory=list)
    listing: Counter[str] = field(default_factory=Counter)  # texts with a mark that parts items or a path
    free: bool = False

    @property
    def holds_dates(self) -> bool:
        """Whether nearly every cell is a date."""
        return self.filled > 0 and self.dates * 10 >= self.filled * 9

    def share(self, known: "frozenset[str] | dict[str, str]") -> float:
        """The share of filled cells whose text, made comparable, is among the known ones."""
        if not self.filled:
            return 0.0
        return sum(count for word, count in self.words.items() if normal(word) in known) / self.filled


def profile_of(rows: Sequence[Row], first: int, index: int) -> Profile:
    """The profile of the column `index` of the rows from `first` on. Cells that say the same are looked at once."""
    seen: dict[str | float | date, list[int]] = {}  # cell -> how often, and the first row, from 1
    for number in range(first, len(rows)):
        cells = rows[number]
        cell = cells[index] if index < len(cells) else None
        if cell is None or isinstance(cell, Fault):
            continue
        key = str(cell) if isinstance(cell, bool) else cell  # True would pass for 1
        if key in seen:
            seen[key][0] += 1
        else:
            seen[key] = [1, number + 1]
    profile = Profile()
    empty = usual().empty
    for value, (count, row) in seen.items():
        text = str(value).strip()
        if not text:
            continue
        if text.lower() in empty:
            profile.empties.add(text)
            continue
        profile.filled += count
        _note_date(profile, value, text, count, row)
        _note_text(profile, text, count)
    return profile


def _note_date(profile: Profile, cell: str | float | date, text: str, count: int, row: int) -> None:
    if isinstance(cell, date) or (isinstance(cell, int | float) and date_of_serial(cell) is not None):
        profile.dates += count
        return
    if not isinstance(cell, str):
        return
    orders = orders_of(text)
    if orders is None:
        try:
            read_date(text)
        except NotADate:
            return
        profile.dates += count
    elif orders:
        profile.dates += count
        if len(orders) == 1:
            profile.only.setdefault(next(iter(orders)), row)
        elif _differs(text):
            profile.both_orders += count


def _differs(text: str) -> bool:
    """Whether the order changes the day: it does not for 5/5/2018."""
    return read_date(text) != read_date(text, DateOrder.MONTH_FIRST)


def _note_text(profile: Profile, text: str, count: int) -> None:
    short = " ".join(text.split())
    if len(profile.examples) < _EXAMPLES and short[:40] not in profile.examples:
        profile.examples.append(short[:40])
    for mark in _MARKS:
        if mark in text:
            profile.listing[mark] += count
    if profile.free:
        return
    profile.words[short] += count
    if len(profile.words) > MOST_WORDS:
        profile.words.clear()
        profile.free = True
