"""A mapping applied to one file: each row of the file into the stages that it holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from upheld.files import Cell, Fault, Row, Sheet
from upheld.register.cells import CellProblem, Remembering, Value, read_cell, text_of
from upheld.register.documented import shown
from upheld.register.layout import BY_ID, COLUMNS, Column, Form, choice_named, normal
from upheld.register.mapping.heads import Headings, text_at
from upheld.register.mapping.model import EXTRA_COLUMNS, IN_TIME, LEAVE_OUT, LINKED, WITHDRAWN, RegisterMapping, is_list
from upheld.register.mapping.stated import stated_in_time
from upheld.register.merged import MergedCells
from upheld.register.model import About, Refusal, Remark
from upheld.register.rows import Place, Places, RegisterRow


def _is_among(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text is one of the words, or begins with one that ends in *."""
    wanted = normal(text)
    return any(wanted.startswith(word[:-1]) if word.endswith("*") else wanted == word for word in words)


# What is known of the whole complaint where one row holds several stages, and would count again at each of them.
_ONCE = frozenset({"advocate"})


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns of the file that make one stage: all of them, or those of a group and what all groups share."""

    stage: str | None
    columns: Mapping[str, tuple[int, ...]]
    places: Places
    own: tuple[int, ...]  # the columns that show whether a row has this stage at all; empty where every row has it


class MappedLayout:
    """A register in a council's own layout."""

    def __init__(self, sheet: Sheet, source: str, mapping: RegisterMapping) -> None:
        """Find the mapping's columns in the file. Raises BadMapping."""
        self.mapping = mapping
        self._headings = Headings(sheet, source, mapping)
        self.head = self._headings.last
        self.left_out = 0  # rows, so far
        self._groups = list(self._grouped())
        self._only = self._filter(mapping.only)
        self._leave_out = self._filter(mapping.leave_out)
        self._merged = MergedCells(sheet, self.head + 1)
        self._readers = {
            column: Remembering(partial(self._one, column)) for group in self._groups for column in group.columns
        }
        self._constants = {column: read_cell(BY_ID[column], text) for column, text in mapping.always.items()}
        used = {i for group in self._groups for indexes in group.columns.values() for i in indexes}
        filtering = {*self._only, *self._leave_out}
        self._columns = sorted(used)
        self._other_stages = frozenset(w for w, code in mapping.words.get("stage", {}).items() if code == LEAVE_OUT)
        self.not_read = tuple(
            name for i, name in enumerate(self._headings.names) if name and i not in used and i not in filtering
        )

    def _grouped(self) -> Iterator[_Group]:
        shared = self._found(self.mapping.columns)
        if not self.mapping.stages:
            yield _Group(None, shared, self._places(shared), ())
        for stage, columns in self.mapping.stages.items():
            own = self._found(columns, self.mapping.under.get(stage, ""))
            both = {**shared, **own}
            telling = tuple(i for column, indexes in own.items() if column != IN_TIME for i in indexes)
            yield _Group(stage, both, self._places(both), telling)

    def _found(self, columns: Mapping[str, Sequence[str]], under: str = "") -> dict[str, tuple[int, ...]]:
        return {
            column: tuple(self._headings.index(heading, under) for heading in headings)
            for column, headings in columns.items()
        }

    def _places(self, columns: Mapping[str, tuple[int, ...]]) -> dict[str, Place]:
        names = self._headings.names
        return {c: Place(indexes[0], names[indexes[0]]) for c, indexes in columns.items() if indexes}

    def _filter(self, words: Mapping[str, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
        return {self._headings.index(heading): wanted for heading, wanted in words.items()}

    def taken(self) -> dict[int, tuple[str, str]]:
        """Which columns of the file are ours, by their number: the stage of their group, or empty, and our column."""
        return {
            index: (group.stage if group.stage and column in self.mapping.stages[group.stage] else "", column)
            for group in self._groups
            for column, indexes in group.columns.items()
            for index in indexes
        }

    def read(self, number: int, cells: Row, refusals: list[Refusal]) -> list[RegisterRow]:
        """The stages in a row of the file. What cannot be read is added to `refusals`. `number` counts from 1."""
        if self._is_left_out(cells):
            self.left_out += 1
            return []
        if self._merged and (hidden := self._merged.problem(number - 1, self._columns)):
            heading = self._headings.names[hidden[0]]
            refusals.append(Refusal(number, heading, "", hidden[1], hidden[0]))
            return []
        found: list[RegisterRow] = []
        good = True
        for group in self._groups:
            if group.own and all(self._is_empty(cells[i]) for i in group.own if i < len(cells)):
                continue
            before = len(refusals)
            values = self._values(group, number, cells, refusals, first=not found)
            good = good and len(refusals) == before
            found.append(RegisterRow(number, values, group.places))
        if not found:
            telling = next((group.places["received"] for group in self._groups), None)
            reason = "No stage has a date in this row. Give one, or leave the row out."
            heading = telling.heading if telling is not None else ""
            refusals.append(Refusal(number, heading, "", reason, telling.index if telling is not None else None))
        return found if good else []

    def remarks(self) -> list[Remark]:
        """The rows and columns that the mapping leaves out."""
        remarks = []
        if self.left_out:
            rows = "1 row is" if self.left_out == 1 else f"{self.left_out:,} rows are"
            remarks.append(Remark(About.LEFT_OUT, (), f"{rows} left out, as {self.mapping.name} says."))
        if self.not_read:
            columns = ", ".join(f"“{name}”" for name in self.not_read)
            remarks.append(Remark(About.LEFT_OUT, (), f"Not read: {columns}."))
        return remarks

    def finish(self, rows: list[RegisterRow], refusals: list[Refusal]) -> list[RegisterRow]:
        """The rows with the reference of the case that each belongs to, where stages have references of their own."""
        if LINKED not in self.mapping.columns:
            return rows
        goes_on_from = {
            normal(row.text("reference")): row.text(LINKED)
            for row in rows
            if row.text(LINKED) and normal(row.text(LINKED)) != normal(row.text("reference"))
        }
        named = {normal(row.text("reference")): row.text("reference") for row in rows}
        joined = []
        for row in rows:
            reference, seen = row.text("reference"), set[str]()
            while (before := goes_on_from.get(normal(reference))) is not None and normal(reference) not in seen:
                seen.add(normal(reference))
                reference = named.get(normal(before), before)
            if normal(reference) in seen:
                refusals.append(row.refuse(LINKED, row.text(LINKED), "These cases go on from one another in a circle."))
            joined.append(replace(row, values={**row.values, "reference": reference}))
        return joined

    def _is_left_out(self, cells: Row) -> bool:
        return (
            any(not _is_among(text_at(cells, i), wanted) for i, wanted in self._only.items())
            or any(_is_among(text_at(cells, i), unwanted) for i, unwanted in self._leave_out.items())
            or (
                bool(self._other_stages)
                and any(
                    normal(text_at(cells, i)) in self._other_stages for i in self._groups[0].columns.get("stage", ())
                )
            )
        )

    def _is_empty(self, cell: Cell) -> bool:
        return cell is None or (isinstance(cell, str) and (cell.isspace() or normal(cell) in self.mapping.empty))

    def _values(
        self, group: _Group, number: int, cells: Row, refusals: list[Refusal], *, first: bool
    ) -> dict[str, Value]:
        values: dict[str, Value] = dict(self._constants)
        if group.stage is not None:
            values["stage"] = group.stage
        told = set()
        width = len(cells)
        for column, indexes in group.columns.items():
            if column in _ONCE and not first:
                continue
            read = self._readers[column]
            for index in indexes:
                cell = cells[index] if index < width else None
                if cell is None:
                    continue
                try:
                    value = read(cell)
                except CellProblem as problem:
                    heading = self._headings.names[index]
                    refusals.append(Refusal(number, heading, shown(cell), f"“{shown(cell)}” {problem}.", index))
                    told.add(column)
                    break
                if value is None or value == () or value == "":
                    continue
                if isinstance(value, tuple):
                    before = values.get(column)
                    values[column] = (*before, *value) if isinstance(before, tuple) else value
                    continue
                values[column] = value
                break
        self._complete(group, number, values, told, refusals)
        return values

    def _one(self, column: str, cell: Cell) -> Value:
        if self._is_empty(cell):
            return None
        if isinstance(cell, Fault):
            raise CellProblem(cell.reason)
        words = self.mapping.words.get(column)
        if column in EXTRA_COLUMNS:
            text = text_of(str(cell))
            return stated_in_time(text, words or {}) if column == IN_TIME else self._case_of(text)
        ours = BY_ID[column]
        if is_list(ours):
            return tuple(self._items(ours, cell))
        if words is not None and not isinstance(cell, bool):
            told = words.get(normal(str(cell)))
            if told is not None:
                return told if ours.form in (Form.CHOICE, Form.TEXT) else read_cell(ours, told)
        if isinstance(cell, str) and (parting := self.mapping.last_part.get(column)):
            cell = cell.rpartition(parting)[2].strip()
        value = read_cell(ours, cell, self.mapping.dates.of(column))
        return self._case_of(value) if column == "reference" and isinstance(value, str) else value

    def _items(self, column: Column, cell: Cell) -> Iterator[str]:
        words = self.mapping.words.get(column.id, {})
        parting = self.mapping.last_part.get(column.id)
        for line in str(cell).splitlines():
            for part in line.split(self.mapping.separator):
                item = text_of(part.rpartition(parting)[2] if parting else part)
                if not item or normal(item) in self.mapping.empty:
                    continue
                told = words.get(normal(item))
                if told is None and column.form is Form.CHOICE_LIST:
                    told = choice_named(column, item)
                    if told is None:
                        raise CellProblem("is not one of: " + ", ".join(column.choices.values()))
                if told != "":
                    yield item if told is None else told

    def _case_of(self, reference: str) -> str:
        for ending in self.mapping.endings:
            if reference.lower().endswith(ending.lower()):
                return reference[: len(reference) - len(ending)].rstrip()
        return reference

    def _complete(
        self, group: _Group, number: int, values: dict[str, Value], told: set[str], refusals: list[Refusal]
    ) -> None:
        """Add what follows from what was read, and refuse what is missing."""
        row = RegisterRow(number, values, group.places)
        if values.get("outcome") == WITHDRAWN:
            del values["outcome"]
            closed = values.pop("answered", None)
            values.setdefault("withdrawn", closed)
            if values["withdrawn"] is None:
                reason = "The complaint was withdrawn, and there is no date of it. Give the date."
                refusals.append(row.refuse("outcome", WITHDRAWN, reason))
        if "service" not in values and "team" in values and self.mapping.services:
            service = self.mapping.services.get(normal(str(values["team"])))
            if service is None:
                reason = f"“{values['team']}” is not under [services] in {self.mapping.name}. Add it, with its service."
                refusals.append(row.refuse("team", str(values["team"]), reason))
                told.add("service")
            else:
                values["service"] = service
        for column in COLUMNS:
            if column.required and column.id not in values and column.id not in told:
                heading = row.heading(column.id)
                reason = f"{heading} is empty; every row needs it."
                if group.stage is not None and column.id == "received":
                    reason = f"{heading} is empty, though the row says something else about this stage. Give the date."
                refusals.append(row.refuse(column.id, "", reason))
