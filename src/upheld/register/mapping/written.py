"""A mapping written down as TOML: what a person has put together in a form, to be read, kept and used again."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

_TABLES = ("file", "dates", "columns", "stages", "always", "words", "services", "rows", "reference", "last_part")


def written(tables: Mapping[str, Any], *, note: str = "") -> str:
    """The tables of a mapping as TOML. Values are texts, whole numbers, lists of them, and tables of these."""
    lines = [f"# {line}" for line in note.splitlines()]
    for name in _TABLES:
        if tables.get(name):
            lines += _table(name, tables[name])
    return "\n".join(lines).lstrip("\n") + "\n"


def _table(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    if plain:
        yield ""
        yield f"[{name}]"
        yield from (f"{quoted_key(key)} = {_value(value)}" for key, value in plain.items())
    for key, value in table.items():
        if isinstance(value, Mapping) and value:
            yield from _table(f"{name}.{quoted_key(key)}", value)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    return str(value) if isinstance(value, int) else quoted(str(value))


def quoted_key(key: str) -> str:
    """A key as TOML writes it."""
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else quoted(key)


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    # TOML's basic strings are JSON's, but for the one control character that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
