"""A file of the structure and what happened to it: TOML, as docs/how-to/restructure.md shows it. It knows no Django."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from upheld.organisation.changes import WHOLE, ChangeKind, Level, StructureFault, as_share
from upheld.organisation.entry import Entry, From, Into

_UNIT_KEYS = {
    Level.DIRECTORATE: {"name", "from", "source"},
    Level.SERVICE: {"name", "directorate", "from", "source"},
    Level.TEAM: {"name", "service", "from", "source"},
}
_CHANGE_KEYS = {"on", "what", "level", "from", "to", "service", "directorate", "source"}
MOST_BYTES = 4_000_000


class BadStructureFile(StructureFault):
    """A file of the structure cannot be read: the text says where, and what to write."""


def read_structure(path: Path) -> tuple[Entry, ...]:
    """Every entry of a file, in the order to record them in. Raises BadStructureFile with the place of a fault."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadStructureFile(f"{path} cannot be read: {reason}.") from error
    if len(content) > MOST_BYTES:
        raise BadStructureFile(f"{path.name} is larger than a structure can be.")
    return structure_of_text(content, path.name)


def structure_of_text(content: bytes, name: str) -> tuple[Entry, ...]:
    """As read_structure, from the bytes of a file called `name`."""
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadStructureFile(f"{name} is not well-formed TOML: {error}.") from error
    strange = sorted(data.keys() - {"directorate", "service", "team", "change"})
    if strange:
        raise BadStructureFile(
            f"{name}: “{strange[0]}” is not known. A structure is written as [[directorate]], [[service]], [[team]] "
            "and [[change]]."
        )
    entries = [_unit(level, table, place) for level in Level for table, place in _tables(data, level.value, name)]
    entries += [_change(table, place) for table, place in _tables(data, "change", name)]
    if not entries:
        raise BadStructureFile(f"{name} names no service, no team and no change.")
    return tuple(entries)


def _tables(data: Mapping[str, Any], key: str, name: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise BadStructureFile(f"{name}: {key} is written as tables, each under a line [[{key}]].")
    for number, each in enumerate(found, start=1):
        yield each, f"{name}, {key} {number}"


def _unit(level: Level, table: Mapping[str, Any], place: str) -> Entry:
    _check_keys(table, _UNIT_KEYS[level], place)
    above = level.above
    parent = _text(table, above.value, place, needed=level is Level.TEAM) if above is not None else ""
    on = _day(table, "from", place) if "from" in table else None
    into = Into(_text(table, "name", place), WHOLE, parent)
    return Entry(ChangeKind.OPEN, level, on, (), (into,), _text(table, "source", place, needed=False))


def _change(table: Mapping[str, Any], place: str) -> Entry:
    _check_keys(table, _CHANGE_KEYS, place)
    kind = _choice(ChangeKind, table.get("what"), f"{place}: what")
    level = _choice(Level, table.get("level", Level.TEAM.value), f"{place}: level")
    above = level.above
    parent = _text(table, above.value, place, needed=False) if above is not None else ""
    return Entry(
        kind,
        level,
        _day(table, "on", place),
        tuple(_sources(table, place)),
        tuple(_targets(table, parent, above.value if above is not None else "", place)),
        _text(table, "source", place, needed=False),
    )


def _sources(table: Mapping[str, Any], place: str) -> Iterator[From]:
    for each in _several(table.get("from", [])):
        if isinstance(each, str):
            yield From(each)
        elif isinstance(each, dict):
            _check_keys(each, {"name", "back"}, place)
            back = _share(each["back"], place) if "back" in each else None
            yield From(_text(each, "name", place), back)
        else:
            raise BadStructureFile(f"{place}: “from” is a name, or a list of names.")


def _targets(table: Mapping[str, Any], parent: str, above: str, place: str) -> Iterator[Into]:
    for each in _several(table.get("to", [])):
        if isinstance(each, str):
            yield Into(each, WHOLE, parent)
        elif isinstance(each, dict):
            _check_keys(each, {"name", "share", above} - {""}, place)
            share = _share(each["share"], place) if "share" in each else WHOLE
            own = _text(each, above, place, needed=False) if above else ""
            yield Into(_text(each, "name", place), share, own or parent)
        else:
            raise BadStructureFile(f"{place}: “to” is a name, or a list of names with their shares.")


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _share(value: object, place: str) -> Fraction:
    if not isinstance(value, str):
        raise BadStructureFile(f"{place}: write a share in quotes, such as “3/5” or “60%”, so that it is exact.")
    try:
        return as_share(value)
    except StructureFault as fault:
        raise BadStructureFile(f"{place}: {fault}") from fault


def _check_keys(table: Mapping[str, Any], known: set[str], place: str) -> None:
    strange = sorted(table.keys() - known)
    if strange:
        raise BadStructureFile(f"{place}: “{strange[0]}” is not known here. There are: {', '.join(sorted(known))}.")


def _choice(kind: Any, value: object, place: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        words = ", ".join(each.value for each in kind)
        raise BadStructureFile(f"{place} is one of {words}, not {_shown(value)}.") from None


def _text(table: Mapping[str, Any], key: str, place: str, *, needed: bool = True) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or (needed and not value.strip()):
        raise BadStructureFile(f"{place}: “{key}” is {'missing' if key not in table else 'not a text'}.")
    return value.strip()


def _day(table: Mapping[str, Any], key: str, place: str) -> date:
    value = table.get(key)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise BadStructureFile(f"{place}: “{key}” is a day without quotes, such as 2021-04-01, not {_shown(value)}.")
    return value


def _shown(value: object) -> str:
    return "nothing" if value is None else f"“{value}”"
