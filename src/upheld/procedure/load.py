"""Reading a pack's file: every value dated and cited, or the file does not load."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from upheld.procedure.events import EventKind
from upheld.procedure.pack import (
    Citation,
    ClockRule,
    Code,
    Combine,
    Evidence,
    ExtensionRule,
    Guard,
    Layer,
    Owner,
    Pack,
    PackError,
    Source,
    Stage,
    StartRule,
    Unit,
)

PACKS = ("children-england-2006",)

_Enum = TypeVar("_Enum", bound=StrEnum)
_Made = TypeVar("_Made")
_REQUIRED = object()


class Table:
    """One table of a pack's file, read key by key, so that a misspelt or unread key is an error and not a silence."""

    def __init__(self, data: Mapping[str, Any], where: str, on: date) -> None:
        self._data = dict(data)
        self.where = where
        self.on = on

    def fault(self, what: str) -> PackError:
        """An error that says where in the file it is."""
        return PackError(f"{self.where}: {what}")

    def take(self, key: str, default: Any = _REQUIRED) -> Any:
        """The value of `key` in force on the table's date, or the default; PackError where it must be there."""
        if key not in self._data:
            if default is _REQUIRED:
                raise self.fault(f"{key} is missing")
            return default
        value = self._data.pop(key)
        if isinstance(value, list) and value and isinstance(value[0], dict) and "from" in value[0]:
            return self._in_force(key, value, default)
        return value

    def _in_force(self, key: str, series: list[dict[str, Any]], default: Any) -> Any:
        starts = [entry["from"] for entry in series]
        if starts != sorted(set(starts)):
            raise self.fault(f"the values of {key} must be in order of their dates")
        current = [entry for entry in series if entry["from"] <= self.on]
        if not current:
            if default is _REQUIRED:
                raise self.fault(f"{key} has no value in force on {self.on}")
            return default
        return current[-1]["value"]

    def choice(self, key: str, choices: type[_Enum], default: Any = _REQUIRED) -> Any:
        """A value that must be one of an enumeration's."""
        value = self.take(key, default)
        if value is default:
            return value
        try:
            return choices(value)
        except ValueError:
            raise self.fault(f"{key} is {value!r}; it can be {', '.join(choices)}") from None

    def choices(self, key: str, choices: type[_Enum]) -> tuple[_Enum, ...]:
        """A list, empty where the key is absent, whose values must be among an enumeration's."""
        found = self.take(key, [])
        try:
            return tuple(choices(each) for each in found)
        except ValueError:
            raise self.fault(f"{key} is {found!r}; each can be {', '.join(choices)}") from None

    def tables(self, key: str) -> list["Table"]:
        """The tables of an array, those not in force on the date left out."""
        found = self._data.pop(key, [])
        tables = [Table(each, f"{self.where} {key} {each.get('id', each.get('code', number))}", self.on)
                  for number, each in enumerate(found, 1)]
        return [table for table in tables if table.applies()]

    def table(self, key: str) -> "Table | None":
        """A table within this one, or None."""
        found = self._data.pop(key, None)
        return None if found is None else Table(found, f"{self.where} {key}", self.on)

    def applies(self) -> bool:
        """Whether the table is in force on its date (`from` and `until` bound it)."""
        start, until = self._data.pop("from", date.min), self._data.pop("until", None)
        return bool(start <= self.on and (until is None or self.on < until))

    def done(self, made: _Made) -> _Made:
        """`made`, after checking that every key was read."""
        if self._data:
            raise self.fault(f"does not know {', '.join(sorted(self._data))}")
        return made


def cite_of(table: Table, sources: Mapping[str, Source], key: str = "cite") -> Citation:
    """The citation of a table: `cite = "source provision"`, with `evidence` and `layer` where they differ."""
    text = table.take(key)
    short, _, provision = text.partition(" ")
    source = sources.get(short)
    if source is None:
        raise table.fault(f"cites {short!r}, which is not among its sources ({', '.join(sources)})")
    evidence = table.choice("evidence", Evidence, source.evidence) if key == "cite" else source.evidence
    layer = table.choice("layer", Layer, source.layer) if key == "cite" else source.layer
    if evidence is Evidence.UNVERIFIED and layer is Layer.STATUTE:
        layer = Layer.GUIDANCE  # what nobody could read is never shown as law
    return Citation(source, provision, evidence, layer)


def _sources(root: Table) -> dict[str, Source]:
    found = {}
    for table in root.tables("source"):
        key = table.take("id")
        found[key] = table.done(Source(
            key=key, title=table.take("title"), short=table.take("short"), url=table.take("url"),
            layer=table.choice("layer", Layer), evidence=table.choice("evidence", Evidence),
        ))
    return found


def _stage(table: Table, sources: Mapping[str, Source]) -> Stage:
    return table.done(Stage(
        code=table.take("code"), label=table.take("label"), short=table.take("short"), order=table.take("order"),
        cite=cite_of(table, sources),
        opened_by=EventKind(table.take("opened_by")), answered_by=EventKind(table.take("answered_by")),
    ))


def _start(table: Table, sources: Mapping[str, Source], stage: str | None) -> StartRule:
    return table.done(StartRule(
        basis=table.take("basis"), event=EventKind(table.take("event")), stage=table.take("stage", stage),
        guards=table.choices("when", Guard), dated_by=table.take("dated_by", None),
        deemed=table.take("deemed", 0), cite=cite_of(table, sources),
    ))


def _extension(table: Table | None, sources: Mapping[str, Source]) -> ExtensionRule | None:
    if table is None:
        return None
    cite = cite_of(table, sources)
    return table.done(ExtensionRule(
        event=EventKind(table.take("event")), reasons=frozenset(table.take("reasons", [])),
        dated_by=table.take("dated_by", None), cite=cite, deadline_cite=cite_of(table, sources, "deadline_cite"),
    ))


def _clock(table: Table, sources: Mapping[str, Source]) -> ClockRule:
    stage = table.take("stage", None)
    starts = tuple(_start(each, sources, stage) for each in table.tables("start"))
    clock = table.done(ClockRule(
        id=table.take("id"), number=table.take("number", ""), label=table.take("label"), stage=stage,
        owner=table.choice("owner", Owner), unit=table.choice("unit", Unit),
        length=table.take("length", None), longest=table.take("longest", None),
        inclusive=table.take("inclusive", False), rolls=table.take("rolls", False),
        combine=table.choice("combine", Combine, Combine.FIRST), starts=starts, ends=table.choices("ends", EventKind),
        end_stage=table.take("end_stage", stage),
        extension=_extension(table.table("extension"), sources), due_from=table.take("due_from", None),
        per=table.take("per", None), scope=table.take("scope", "case"),
        survives_withdrawal=table.take("survives_withdrawal", False), cite=cite_of(table, sources),
        note=table.take("note", ""), triggers=frozenset(start.event for start in starts),
    ))
    if clock.longest is not None and (clock.length is None or clock.longest < clock.length):
        raise table.fault("the longest limit must not be shorter than the limit")
    if (clock.unit is Unit.ASAP) != (not clock.has_limit):
        raise table.fault("a limit has a length, or is as soon as possible, and never both")
    if not clock.starts and clock.scope == "case":
        raise table.fault("a clock of a case needs at least one start")
    return clock


def _codes(root: Table, sources: Mapping[str, Source]) -> dict[str, tuple[Code, ...]]:
    families: dict[str, list[Code]] = {}
    for table in root.tables("code"):
        family = table.take("family")
        code = Code(table.take("code"), table.take("label"), cite_of(table, sources))
        if any(each.code == code.code for each in families.get(family, [])):
            raise table.fault(f"{family} {code.code} is there twice")
        families.setdefault(family, []).append(table.done(code))
    return {family: tuple(found) for family, found in families.items()}


def read_pack(data: Mapping[str, Any], on: date) -> Pack:
    """The pack of a parsed file as in force on a day; PackError says where the file is at fault."""
    root = Table(data, str(data.get("id", "pack")), on)
    sources = _sources(root)

    def each(key: str, make: Callable[[Table, Mapping[str, Source]], _Made]) -> tuple[_Made, ...]:
        return tuple(make(table, sources) for table in root.tables(key))

    return root.done(Pack(
        id=root.take("id"), title=root.take("title"), jurisdiction=root.take("jurisdiction"),
        valid_from=root.take("valid_from"), valid_to=root.take("valid_to", None), in_force=on,
        calendar=root.take("calendar"), sources=sources, stages=each("stage", _stage), clocks=each("clock", _clock),
        codes=_codes(root, sources),
    ))


def _boundaries(value: Any) -> set[date]:
    """Every date on which something in the file comes into force or ends."""
    found: set[date] = set()
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key in ("from", "until") and isinstance(each, date):
                found.add(each)
            found |= _boundaries(each)
    elif isinstance(value, list):
        for each in value:
            found |= _boundaries(each)
    return found


def all_versions(data: Mapping[str, Any]) -> Pack:
    """The latest version of a parsed file, which knows the earlier ones."""
    start = data["valid_from"]
    days = sorted({start} | {day for day in _boundaries(data) if day > start})
    versions = tuple(read_pack(data, day) for day in days)
    return replace(versions[-1], versions=versions)


@lru_cache(maxsize=16)
def load_pack(id: str = "children-england-2006") -> Pack:  # noqa: A002 - the data's own word
    """The pack of that id in its latest version; PackError lists the packs there are."""
    if id not in PACKS:
        raise PackError(f"There is no procedure called {id!r}. There are: {', '.join(PACKS)}.")
    source = files("upheld.procedure") / "data" / f"{id}.toml"
    return all_versions(tomllib.loads(source.read_text(encoding="utf-8")))
