"""Read a mapping from TOML; refuse one that leaves something open, contradicts itself or names what there is not."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from upheld.files import Told
from upheld.register.cells import CellProblem, read_cell
from upheld.register.dates import DateOrder
from upheld.register.layout import BY_ID, COLUMNS, STAGES, Form, choice_named, normal
from upheld.register.mapping.model import (
    EXTRA_COLUMNS,
    IN_TIME,
    LEAVE_OUT,
    LINKED,
    STILL_A_QUESTION,
    WITHDRAWN,
    BadMapping,
    Dates,
    Headings,
    RegisterMapping,
    column_id,
)

_TABLES = (
    "file", "dates", "columns", "stages", "always", "words", "services", "rows", "reference", "last_part",
)  # fmt: skip
_FILE = ("sheet", "encoding", "delimiter", "headings", "empty", "separator")
# Columns that a stage has for itself: where one row holds several stages, they belong to a group.
OF_A_STAGE = frozenset({column.id for column in COLUMNS if column.form is Form.DATE} | {"outcome", "findings", IN_TIME})
_UNDER = "under"
_MAX_BYTES = 256 * 1024


def load_mapping(path: Path) -> RegisterMapping:
    """Read the mapping in a TOML file. Raises BadMapping."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadMapping(f"{path} cannot be read: {error.strerror}.") from error
    if len(content) > _MAX_BYTES:
        raise BadMapping(f"{path.name} is too large for a mapping. A mapping is a short TOML file.")
    try:
        return mapping_of(content.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise BadMapping(f"{path.name} is not UTF-8 text. A mapping is a TOML file; save it as UTF-8.") from error


def mapping_of(text: str, name: str) -> RegisterMapping:
    """Read a mapping from the text of a TOML file called `name`. Raises BadMapping."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadMapping(f"{name} is not well-formed TOML: {error}.") from error
    return _Loading(name).mapping(tables)


class _Loading:
    """The reading of one file, which knows its name for what it refuses."""

    def __init__(self, name: str) -> None:
        self.name = name

    def mapping(self, tables: Mapping[str, Any]) -> RegisterMapping:
        self.known(tables, _TABLES, "a mapping")
        file = self.table(tables, "file")
        self.known(file, _FILE, "[file]")
        rows = self.table(tables, "rows")
        self.known(rows, ("only", "leave_out"), "[rows]")
        reference = self.table(tables, "reference")
        self.known(reference, ("without",), "[reference]")
        mapping = RegisterMapping(
            name=self.name,
            told=Told(*(self.text(file, key, "file") if key in file else None for key in _FILE[:3])),
            headings=self.headings(file.get("headings")),
            empty=frozenset(normal(word) for word in self.texts(file.get("empty", []), "file.empty")),
            separator=self.text(file, "separator", "file") if "separator" in file else ";",
            dates=self.dates(self.table(tables, "dates")),
            columns=self.columns(self.table(tables, "columns"), "columns"),
            stages=self.stages(self.table(tables, "stages")),
            under=self.under(self.table(tables, "stages")),
            always=self.always(self.table(tables, "always")),
            words=self.words(self.table(tables, "words")),
            services={normal(k): v for k, v in self.plain(self.table(tables, "services"), "services").items()},
            only=self.filters(self.table(rows, "only"), "rows.only"),
            leave_out=self.filters(self.table(rows, "leave_out"), "rows.leave_out"),
            endings=self.texts(reference.get("without", []), "reference.without"),
            last_part=self.by_column(self.plain(self.table(tables, "last_part"), "last_part"), "last_part"),
        )
        self.whole(mapping)
        return mapping

    def bad(self, where: str, problem: str) -> BadMapping:
        return BadMapping(f"{self.name}, {where}: {problem}")

    def known(self, table: Iterable[str], names: tuple[str, ...], what: str) -> None:
        for name in table:
            if name not in names:
                raise self.bad(f"“{name}”", f"{what} has no such part.{_near(name, names)}")

    def table(self, tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = tables.get(name, {})
        if not isinstance(value, dict):
            raise self.bad(f"“{name}”", f"this is a table: write [{name}], and the entries below it.")
        return value

    def text(self, table: Mapping[str, Any], key: str, where: str) -> str:
        value = table[key]
        if not isinstance(value, str):
            raise self.bad(f"{where}.{key}", "write the value in quotation marks.")
        if value.strip() == STILL_A_QUESTION:
            raise self.bad(f"{where}.{key}", "this is still a question. Replace “?” by the answer, or remove the line.")
        return value

    def texts(self, value: Any, where: str) -> tuple[str, ...]:
        """One text, or a list of them."""
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list):
            raise self.bad(where, 'write a text in quotation marks, or a list of them: ["one", "two"].')
        return tuple(self.text({"": each}, "", where) for each in values)

    def plain(self, table: Mapping[str, Any], where: str) -> dict[str, str]:
        return {key: self.text(table, key, where) for key in table}

    def column(self, name: str, where: str) -> str:
        found = column_id(name)
        if found is None:
            names = [*BY_ID, *EXTRA_COLUMNS]
            raise self.bad(f"{where}.{name}", f"there is no such column.{_near(name, names)}")
        return found

    def by_column(self, table: Mapping[str, str], where: str) -> dict[str, str]:
        return {self.column(name, where): value for name, value in table.items()}

    def columns(self, table: Mapping[str, Any], where: str) -> dict[str, Headings]:
        found: dict[str, Headings] = {}
        for name, value in table.items():
            column = self.column(name, where)
            if column in found:
                raise self.bad(f"{where}.{name}", "this column is there twice.")
            found[column] = self.texts(value, f"{where}.{name}")
        return found

    def stages(self, table: Mapping[str, Any]) -> dict[str, dict[str, Headings]]:
        groups: dict[str, dict[str, Headings]] = {}
        for name in table:
            stage = choice_named(BY_ID["stage"], name)
            if stage is None or stage in groups:
                raise self.bad(f"stages.{name}", f"write each of these stages once at most: {', '.join(STAGES)}.")
            columns = {key: value for key, value in self.table(table, name).items() if key != _UNDER}
            groups[stage] = self.columns(columns, f"stages.{name}")
            if "received" not in groups[stage]:
                raise self.bad(f"stages.{name}", "say which column has the date of receipt or request: received = …")
        return groups

    def under(self, table: Mapping[str, Any]) -> dict[str, str]:
        return {
            choice_named(BY_ID["stage"], name) or name: self.text(group, _UNDER, f"stages.{name}")
            for name in table
            if _UNDER in (group := self.table(table, name))
        }

    def headings(self, value: Any) -> tuple[int, int] | None:
        if value is None:
            return None
        rows = value if isinstance(value, list) else [value, value]
        match rows:
            case [int(first), int(last)] if 1 <= first <= last <= 20:
                return first, last
        raise self.bad("file.headings", "write the row of the headings, or the first and the last: [1, 3]. At most 20.")

    def dates(self, table: Mapping[str, Any]) -> Dates:
        orders = {}
        for name, value in self.plain(table, "dates").items():
            where = f"dates.{name}"
            if value not in tuple(DateOrder):
                raise self.bad(where, "write “day first” or “month first”. Dates that begin with a year need nothing.")
            orders[name if name == "order" else self.column(name, "dates")] = DateOrder(value)
        order = orders.pop("order", DateOrder.DAY_FIRST)
        return Dates(order, orders)

    def always(self, table: Mapping[str, Any]) -> dict[str, str]:
        given = self.by_column(self.plain(table, "always"), "always")
        for column, value in given.items():
            if column in EXTRA_COLUMNS or column in ("reference", "received"):
                raise self.bad(f"always.{column}", "this differs from row to row.")
            try:
                read_cell(BY_ID[column], value)
            except CellProblem as problem:
                raise self.bad(f"always.{column}", f"“{value}” {problem}.") from None
        return given

    def words(self, table: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        return {
            (column := self.column(name, "words")): {
                normal(theirs): self.word(column, ours, f"words.{name}.“{theirs}”")
                for theirs, ours in self.plain(self.table(table, name), f"words.{name}").items()
            }
            for name in table
        }

    def word(self, column: str, ours: str, where: str) -> str:
        """One of our words, checked to be one that the column takes. Empty means that theirs stands for nothing."""
        if not ours.strip():
            return ""
        form = Form.YES_NO if column == IN_TIME else Form.TEXT if column == LINKED else BY_ID[column].form
        if form in (Form.CHOICE, Form.CHOICE_LIST):
            if column == "outcome" and normal(ours) == WITHDRAWN:
                return WITHDRAWN
            if column == "stage" and normal(ours) == LEAVE_OUT:
                return LEAVE_OUT
            code = choice_named(BY_ID[column], ours)
            if code is None:
                choices = "; ".join(BY_ID[column].choices.values())
                raise self.bad(where, f"“{ours}” is not one of: {choices}. An empty text means: nothing.")
            return code
        if form is Form.YES_NO and normal(ours) not in ("yes", "no"):
            raise self.bad(where, "write “yes” or “no”, or an empty text for neither.")
        if form is Form.DATE:
            raise self.bad(where, "a date column has no words. Give words that stand for nothing under file.empty.")
        return ours

    def filters(self, table: Mapping[str, Any], where: str) -> dict[str, tuple[str, ...]]:
        return {
            heading: tuple(_beginning(word) for word in self.texts(value, f"{where}.“{heading}”"))
            for heading, value in table.items()
        }

    def whole(self, mapping: RegisterMapping) -> None:
        """What the parts of a mapping must say together."""
        groups = list(mapping.stages.values())
        for column in mapping.columns:
            if groups and column in OF_A_STAGE:
                raise self.bad(f"columns.{column}", "every stage has its own: put it under [stages.stage-1] and so on.")
        if groups and ("stage" in mapping.columns or "stage" in mapping.always):
            raise self.bad(
                "stages", "a row holds several stages, or it is of one: give [stages], or a stage, not both."
            )
        for column in mapping.always:
            if column in mapping.columns:
                raise self.bad(f"always.{column}", "it is under [columns] too. Keep one of the two.")
        for needed in (column for column in COLUMNS if column.required):
            everywhere = needed.id in mapping.columns or needed.id in mapping.always
            in_groups = bool(groups) and (needed.id == "stage" or all(needed.id in group for group in groups))
            from_team = needed.id == "service" and bool(mapping.services)
            if not (everywhere or in_groups or from_team):
                or_services = ", or list the service of each team under [services]" if needed.id == "service" else ""
                raise self.bad(
                    "columns",
                    f"nothing says where to find {needed.heading} ({needed.id}). Name the file's column under "
                    f"[columns], or write under [always] what holds for every row{or_services}.",
                )


def _beginning(word: str) -> str:
    return f"{normal(word)}*" if word.rstrip().endswith("*") else normal(word)


def _near(name: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(name.lower(), names, n=1)
    return f" Did you mean {close[0]}?" if close else f" There are: {', '.join(names)}."
