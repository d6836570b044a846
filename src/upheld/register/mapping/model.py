"""What a mapping says: where a file has our columns, and what its words and dates mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from upheld.errors import UpheldError
from upheld.files import NOTHING_TOLD, Told
from upheld.register.dates import DateOrder
from upheld.register.layout import BY_ID, Column, Form, normal

Headings = tuple[str, ...]  # of one column of ours: the first that is filled counts; of a list, all of them

# Columns that only files of other systems have. Neither is recorded.
IN_TIME = "in_time"  # whether the file says that the stage was answered in time
LINKED = "linked"  # the reference of the case that this one goes on from
EXTRA_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        IN_TIME: "Whether the file itself says that the stage was in time. Compared with the dates, never recorded.",
        LINKED: "The reference of the case that this one goes on from, where each stage has a reference of its own.",
    }
)
WITHDRAWN = "withdrawn"  # an outcome's word that means: there was none, for the complaint was withdrawn
LEAVE_OUT = "leave out"  # a stage's word that means: the row is of no concern here
STILL_A_QUESTION = "?"


class BadMapping(UpheldError):
    """A mapping that cannot be used: what is wrong in it, where, and what to write."""


@dataclass(frozen=True, slots=True)
class Dates:
    """How dates of three numbers are written: in general, and in columns of ours that differ."""

    order: DateOrder = DateOrder.DAY_FIRST
    by_column: Mapping[str, DateOrder] = field(default_factory=dict)

    def of(self, column: str) -> DateOrder:
        """The order in one column of ours."""
        return self.by_column.get(column, self.order)


@dataclass(frozen=True, slots=True)
class RegisterMapping:
    """A council's layout. Keys are ids of our columns (and of EXTRA_COLUMNS), values what stands in the file.

    `stages` has a group of columns for each stage, where one row of the file holds several. `words` and `services` are
    keyed by words as `normal` makes them; `only` and `leave_out` by headings of the file, their words ending in * where
    they are beginnings.
    """

    name: str
    told: Told = NOTHING_TOLD
    headings: tuple[int, int] | None = None  # first and last row of them, from 1
    empty: frozenset[str] = frozenset()  # words that stand for nothing
    separator: str = ";"
    dates: Dates = Dates()
    columns: Mapping[str, Headings] = field(default_factory=dict)
    stages: Mapping[str, Mapping[str, Headings]] = field(default_factory=dict)
    under: Mapping[str, str] = field(default_factory=dict)  # stage -> the heading that its group stands under
    always: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)  # team -> service
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    endings: tuple[str, ...] = ()  # of references, that tell the stage and not the case
    last_part: Mapping[str, str] = field(
        default_factory=dict
    )  # column -> what parts its text, of which the last part counts

    def all_headings(self) -> tuple[str, ...]:
        """Every heading of the file that the mapping names."""
        groups = (self.columns, *self.stages.values())
        named = [heading for group in groups for headings in group.values() for heading in headings]
        return tuple(dict.fromkeys([*named, *self.only, *self.leave_out]))


def column_id(name: str) -> str | None:
    """The id of the column that a mapping names, by its id or its heading; None where there is none."""
    return _IDS.get(normal(name))


_IDS = {
    **{normal(column.id): column.id for column in BY_ID.values()},
    **{normal(column.heading): column.id for column in BY_ID.values()},
    **{normal(extra): extra for extra in EXTRA_COLUMNS},
}


def is_list(column: Column) -> bool:
    """Whether cells of the column hold several values."""
    return column.form in (Form.TEXT_LIST, Form.CHOICE_LIST)
