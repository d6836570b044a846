"""Loading a pack: its parts are merged, every value dated and cited, or the pack does not load."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from upheld.procedure.events import EventKind
from upheld.procedure.pack import Code, Evidence, Layer, Pack, PackError, Source, Stage
from upheld.procedure.rules import (
    BreachRule,
    ClockRule,
    Combine,
    DutyRule,
    ExtensionRule,
    Guard,
    Limit,
    MoveRule,
    Owner,
    StartRule,
    State,
    StopRule,
    Unit,
)
from upheld.procedure.tables import Table

PACKS = (
    "children-england-2006",
    "complaint-handling-code-2024",
    "adults-england-2009",
    "wales-2014",
    "data-protection-2026",
)
DATA = Path(__file__).parent / "data"

_Made = TypeVar("_Made")
_Sources = Mapping[str, Source]


def _sources(root: Table) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for table in root.tables("source"):
        key = table.take("id")
        if key in found:
            raise table.fault("is there twice")
        found[key] = table.done(
            Source(
                key=key,
                title=table.take("title"),
                short=table.take("short"),
                url=table.take("url"),
                layer=table.one_of("layer", Layer),
                evidence=table.one_of("evidence", Evidence),
            )
        )
    return found


def _kind(table: Table, key: str) -> EventKind:
    kind: EventKind = table.one_of(key, EventKind)
    return kind


def _stage(table: Table, sources: _Sources) -> Stage:
    return table.done(
        Stage(
            code=table.take("code"),
            label=table.take("label"),
            short=table.take("short"),
            order=table.take("order"),
            opened_by=_kind(table, "opened_by"),
            answered_by=_kind(table, "answered_by"),
            cite=table.cite(sources),
        )
    )


def _start(table: Table, sources: _Sources, stage: str | None) -> StartRule:
    return table.done(
        StartRule(
            basis=table.take("basis"),
            event=_kind(table, "event"),
            stage=table.take("stage", stage),
            guards=table.some_of("when", Guard),
            where=table.values("where"),
            dated_by=table.take("dated_by", None),
            deemed=table.take("deemed", 0),
            cite=table.cite(sources),
        )
    )


def _extension(table: Table | None, sources: _Sources) -> ExtensionRule | None:
    if table is None:
        return None
    cite = table.cite(sources)
    return table.done(
        ExtensionRule(
            event=_kind(table, "event"),
            reasons=frozenset(table.texts("reasons")),
            needs=table.texts("needs"),
            dated_by=table.take("dated_by", None),
            cite=cite,
            deadline_cite=table.cite(sources, "deadline_cite", cite),
        )
    )


def _stop(table: Table, sources: _Sources) -> StopRule:
    return table.done(
        StopRule(
            basis=table.take("basis"),
            event=_kind(table, "event"),
            where=table.values("where"),
            unless_met=table.take("unless_met", None),
            undone_by=table.some_of("undone_by", EventKind),
            cite=table.cite(sources),
        )
    )


def _clock(table: Table, sources: _Sources) -> ClockRule:
    stage = table.take("stage", None)
    starts = tuple(_start(each, sources, stage) for each in table.tables("start"))
    clock = table.done(
        ClockRule(
            id=table.take("id"),
            number=table.take("number", ""),
            label=table.take("label"),
            stage=stage,
            owner=table.one_of("owner", Owner),
            unit=table.one_of("unit", Unit),
            length=table.take("length", None),
            longest=table.take("longest", None),
            longest_clock=table.take("longest_clock", None),
            inclusive=table.take("inclusive", False),
            rolls=table.take("rolls", False),
            combine=table.one_of("combine", Combine, Combine.FIRST),
            starts=starts,
            ends=table.some_of("ends", EventKind),
            end_stage=table.take("end_stage", stage),
            stops=tuple(_stop(each, sources) for each in table.tables("stop")),
            extension=_extension(table.table("extension"), sources),
            due_from=table.take("due_from", None),
            per=table.take("per", None),
            scope=table.take("scope", "case"),
            survives_withdrawal=table.take("survives_withdrawal", False),
            fault=table.take("fault", None),
            cite=table.cite(sources),
            note=table.take("note", ""),
            triggers=frozenset(start.event for start in starts),
        )
    )
    if clock.longest is not None and (clock.length is None or clock.longest < clock.length):
        raise table.fault("the longest limit must not be shorter than the limit")
    if (clock.unit is Unit.ASAP) == clock.has_limit:
        raise table.fault("a limit has a length, or is as soon as possible, and never both")
    if not clock.starts and clock.scope == "case":
        raise table.fault("a clock of a case needs at least one start")
    return clock


def _duty(table: Table, sources: _Sources) -> DutyRule:
    return table.done(
        DutyRule(
            id=table.take("id"),
            label=table.take("label"),
            stage=table.take("stage", None),
            to=table.texts("to"),
            triggers=table.some_of("trigger", EventKind),
            where=table.values("where"),
            guards=table.some_of("when", Guard),
            per=table.take("per", None),
            done=_kind(table, "done"),
            fields=table.texts("fields"),
            count=table.take("count", 1),
            count_by=table.take("count_by", None),
            clock=table.take("clock", None),
            limit=table.one_of("limit", Limit, Limit.IN_FORCE),
            task_day=table.take("task_day", None),
            moot=table.some_of("moot", EventKind),
            contains=table.texts("contains"),
            fault=table.take("fault", None),
            cite=table.cite(sources),
            note=table.take("note", ""),
        )
    )


def _breach(table: Table, sources: _Sources) -> BreachRule:
    return table.done(
        BreachRule(
            id=table.take("id"),
            label=table.take("label"),
            event=_kind(table, "event"),
            stage=table.take("stage", None),
            where=table.values("where"),
            any_true=table.texts("any_true"),
            any_false=table.texts("any_false"),
            any_missing=table.texts("any_missing"),
            by_code=table.take("by_code", None),
            family=table.take("family", None),
            check=table.take("check", None),
            fault=table.take("fault", None),
            settles=table.take("settles", ""),
            cite=table.cite(sources),
        )
    )


def _state(table: Table, sources: _Sources) -> State:
    del sources
    return table.done(
        State(
            code=table.take("code"),
            label=table.take("label"),
            ended=table.take("ended", False),
            opens=table.take("opens", False),
        )
    )


def _move(table: Table, sources: _Sources) -> MoveRule:
    return table.done(
        MoveRule(
            id=table.take("id"),
            label=table.take("label"),
            event=_kind(table, "event"),
            stage=table.take("stage", None),
            where=table.values("where"),
            by=table.take("by"),
            sources=table.texts("at"),
            target=table.take("to"),
            needs=table.texts("needs"),
            cite=table.cite(sources),
        )
    )


def _codes(root: Table, sources: _Sources) -> dict[str, tuple[Code, ...]]:
    families: dict[str, tuple[Code, ...]] = {}
    for family in root.tables("family"):
        name, cite = family.take("id"), family.cite(sources)
        found: list[Code] = []
        for table in family.tables("codes"):
            code, label = table.take("code"), table.take("label")
            if any(each.code == code for each in found):
                raise table.fault("is there twice")
            own = table.cite(sources, "cite", cite)
            found.append(Code(code, label, own, table.rest()))
        families[name] = families.get(name, ()) + tuple(family.done(found))
    return families


def _order(clock: ClockRule) -> tuple[bool, int]:
    """The pack's numbering (C1, C2, …) first, what has no number after it, each in the order of the files."""
    digits = re.sub(r"\D", "", clock.number)
    return (not digits, int(digits or 0))


def _consistent(pack: Pack) -> Pack:
    """The pack, after checking that what its rules name is there."""
    stages = {stage.code for stage in pack.stages} | {None}
    clocks = {clock.id for clock in pack.clocks}
    states = {state.code for state in pack.states}
    for clock in pack.clocks:
        for stage in (clock.stage, clock.end_stage, *(start.stage for start in clock.starts)):
            if stage not in stages:
                raise PackError(f"{pack.id} clock {clock.id}: there is no stage {stage!r}")
        if clock.longest_clock is not None and clock.longest_clock not in clocks:
            raise PackError(f"{pack.id} clock {clock.id}: there is no clock {clock.longest_clock!r}")
    for duty in pack.duties:
        if duty.stage not in stages or (duty.clock is not None and duty.clock not in clocks):
            raise PackError(f"{pack.id} duty {duty.id}: names a stage or clock that is not there")
    for move in pack.moves:
        unknown = ({*move.sources, move.target} - states - {"same"}) | ({move.stage} - stages)
        if unknown:
            raise PackError(f"{pack.id} move {move.id}: there is no {', '.join(map(str, unknown))}")
    for rules in (pack.clocks, pack.duties, pack.breaches, pack.moves):
        ids = [rule.id for rule in rules]
        if len(ids) != len(set(ids)):
            raise PackError(f"{pack.id}: {', '.join(each for each in set(ids) if ids.count(each) > 1)} is there twice")
    return pack


def read_pack(data: Mapping[str, Any], on: date) -> Pack:
    """The pack of merged, parsed files as in force on a day; PackError says where a file is at fault."""
    root = Table(data, str(data.get("id", "pack")), on)
    sources = _sources(root)

    def each(key: str, make: Callable[[Table, _Sources], _Made]) -> tuple[_Made, ...]:
        return tuple(make(table, sources) for table in root.tables(key))

    return _consistent(
        root.done(
            Pack(
                id=root.take("id"),
                title=root.take("title"),
                jurisdiction=root.take("jurisdiction"),
                valid_from=root.take("valid_from"),
                valid_to=root.take("valid_to", None),
                in_force=on,
                calendar=root.take("calendar"),
                note=root.take("note", ""),
                sources=sources,
                stages=each("stage", _stage),
                clocks=tuple(sorted(each("clock", _clock), key=_order)),
                duties=each("duty", _duty),
                breaches=each("breach", _breach),
                states=each("state", _state),
                moves=each("move", _move),
                codes=_codes(root, sources),
            )
        )
    )


def _boundaries(value: Any) -> set[date]:
    """Every date on which something in the files comes into force or ends."""
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
    """The latest version of merged files, which knows the earlier ones."""
    start = data["valid_from"]
    days = sorted({start} | {day for day in _boundaries(data) if day > start})
    versions = tuple(read_pack(data, day) for day in days)
    return replace(versions[-1], versions=versions)


def merge(parts: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The parts of a pack as one: arrays of tables are joined in order; anything else may be said only once."""
    merged: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            if isinstance(value, list) and isinstance(merged.get(key, []), list):
                merged[key] = [*merged.get(key, []), *value]
            elif key in merged:
                raise PackError(f"{key} is said in more than one part of the pack")
            else:
                merged[key] = value
    return merged


def load_pack(id: str = "children-england-2006") -> Pack:  # noqa: A002 - the data's own word
    """The pack of that id in its latest version; PackError lists the packs there are."""
    return _loaded(id)


@lru_cache(maxsize=16)
def _loaded(id: str) -> Pack:  # noqa: A002 - the data's own word
    if id not in PACKS:
        raise PackError(f"There is no procedure called {id!r}. There are: {', '.join(PACKS)}.")
    head = tomllib.loads((DATA / id / "pack.toml").read_text(encoding="utf-8"))
    parts = head.pop("parts")
    files = [tomllib.loads((DATA / id / f"{part}.toml").read_text(encoding="utf-8")) for part in parts]
    return all_versions(merge([head, *files]))
