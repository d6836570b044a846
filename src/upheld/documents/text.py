"""Text made safe for every format at once, before any of them sees it."""

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, cast

from upheld.narrative.report import Report

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Characters that no XML, and so no Word or Excel file, may hold; lone surrogates; the two that are no characters.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# White space that would break a line inside a paragraph; the next line of ISO 6429 and Unicode's own separators too.
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
# Orders to write backwards. A name that holds one would turn the numbers after it round.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` without characters that a format refuses or that reorder what stands beside them.

    Impossible characters become a replacement character, so that one sees that something was there; line breaks
    become spaces; direction overrides go.
    """
    return _DIRECTIONS.sub("", _IMPOSSIBLE.sub(REPLACEMENT, _BREAKS.sub(" ", text)))


def tidy(report: Report) -> Report:
    """The same report with every text in it cleaned: words, names and the ids that are made of them alike."""
    return cast("Report", _tidied(report))


def _tidied(part: Any) -> Any:
    if isinstance(part, Enum):
        return part
    if isinstance(part, str):
        return clean(part)
    if isinstance(part, tuple):
        return tuple(_tidied(item) for item in part)
    if is_dataclass(part) and not isinstance(part, type):
        before = {f.name: getattr(part, f.name) for f in fields(part)}
        after = {name: _tidied(value) for name, value in before.items()}
        changed = {name: value for name, value in after.items() if value is not before[name] and value != before[name]}
        return replace(part, **changed) if changed else part
    return part


def named(character: str) -> str:
    """A character in words, for a medium that cannot draw it: `[thumbs up sign]`. Marks that only join go unsaid."""
    if unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return ""
    name = unicodedata.name(character, "")
    return f"[{name.lower()}]" if name else REPLACEMENT


def slug(text: str) -> str:
    """A text as part of a file's name or an id: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
