"""Reading one table of a rule file, key by key: a misspelt, missing or uncited value is an error, never a silence."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from upheld.procedure.events import Value
from upheld.procedure.pack import Citation, Evidence, Layer, PackError, Source

_Enum = TypeVar("_Enum", bound=StrEnum)
_Made = TypeVar("_Made")
_REQUIRED: Any = object()


class Table:
    """A table of a file, of which every key has to be read, as in force on a day."""

    def __init__(self, data: Mapping[str, Any], where: str, on: date) -> None:
        self._data = dict(data)
        self.where = where
        self.on = on

    def fault(self, what: str) -> PackError:
        """An error that says where in the file it is."""
        return PackError(f"{self.where}: {what}")

    def take(self, key: str, default: Any = _REQUIRED) -> Any:
        """The value of `key` in force on the table's day, or the default; PackError where it must be there."""
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
        if current:
            return current[-1]["value"]
        if default is _REQUIRED:
            raise self.fault(f"{key} has no value in force on {self.on}")
        return default

    def one_of(self, key: str, choices: type[_Enum], default: Any = _REQUIRED) -> Any:
        """A value that must be one of an enumeration's."""
        value = self.take(key, default)
        if value is default:
            return value
        try:
            return choices(value)
        except ValueError:
            raise self.fault(f"{key} is {value!r}; it can be {', '.join(choices)}") from None

    def some_of(self, key: str, choices: type[_Enum]) -> tuple[_Enum, ...]:
        """A list, empty where the key is absent, whose values must be among an enumeration's."""
        found = self.take(key, [])
        found = [found] if isinstance(found, str) else found
        try:
            return tuple(choices(each) for each in found)
        except ValueError:
            raise self.fault(f"{key} is {found!r}; each can be {', '.join(choices)}") from None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words, empty where the key is absent."""
        return tuple(self.take(key, []))

    def values(self, key: str) -> Mapping[str, Value]:
        """A table of plain values, empty where the key is absent."""
        return dict(self.take(key, {}))

    def rest(self) -> dict[str, Any]:
        """Every key not read so far, which counts as read."""
        found, self._data = self._data, {}
        return found

    def tables(self, key: str) -> list["Table"]:
        """The tables of an array, those not in force on the day left out."""
        found = self._data.pop(key, [])
        tables = [
            Table(each, f"{self.where} {key} {each.get('id', each.get('code', number))}", self.on)
            for number, each in enumerate(found, 1)
        ]
        return [table for table in tables if table.applies()]

    def table(self, key: str) -> "Table | None":
        """A table within this one, or None."""
        found = self._data.pop(key, None)
        return None if found is None else Table(found, f"{self.where} {key}", self.on)

    def applies(self) -> bool:
        """Whether the table is in force on its day (`from` and `until` bound it)."""
        start, until = self._data.pop("from", date.min), self._data.pop("until", None)
        return bool(start <= self.on and (until is None or self.on < until))

    def done(self, made: _Made) -> _Made:
        """`made`, after checking that every key was read."""
        if self._data:
            raise self.fault(f"does not know {', '.join(sorted(self._data))}")
        return made

    def cite(self, sources: Mapping[str, Source], key: str = "cite", default: Citation | None = None) -> Citation:
        """The citation in `key`: a source's id and the provision, with `evidence` and `layer` where they differ.

        What nobody could read is never shown as law: its layer becomes guidance.
        """
        text = self.take(key, _REQUIRED if default is None else None)
        if text is None:
            assert default is not None  # noqa: S101 - a missing citation was refused above
            return default
        short, _, provision = text.partition(" ")
        source = sources.get(short)
        if source is None:
            raise self.fault(f"cites {short!r}, which is not among the sources ({', '.join(sources)})")
        evidence, layer = source.evidence, source.layer
        if key == "cite":
            evidence = self.one_of("evidence", Evidence, evidence)
            layer = self.one_of("layer", Layer, layer)
        if evidence is Evidence.UNVERIFIED and layer is Layer.STATUTE:
            layer = Layer.GUIDANCE
        return Citation(source, provision, evidence, layer)
