"""What people add to a report: its cover block, and the commentary, whose numbers name a figure or an indicator.

Both are TOML files. In commentary, `{figure:upheld_rate stage=stage-1}` stands for a figure of the report's quarter and
`{indicator:assessments-on-time}` (or `.target`) for a number that the file itself states with its source, so that no
sentence holds a typed number.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from upheld.errors import UpheldError
from upheld.figures.model import FigureRef, FigureSet, FigureValue, Kind, UnknownFigure
from upheld.figures.period import Quarter
from upheld.narrative.report import Cover, Inline, Number, Role, Runs

_REFERENCE = re.compile(r"\{(?P<kind>[a-z]+):(?P<name>[a-z0-9_.-]+)(?P<rest>[^{}]*)\}")


class CommentaryFault(UpheldError):
    """A cover or commentary file lacks something, or refers to what there is not."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure from outside the complaints record, stated by the council with its source."""

    id: str
    name: str
    value: int | None
    target: int | None
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Action:
    """Something that will be done: by whom, by when, and how it will be seen to have worked."""

    text: str
    owner: str
    due: str
    measure: str


@dataclass(frozen=True, slots=True)
class Commentary:
    """What people wrote for one quarter's report."""

    notes: tuple[str, ...] = ()
    learnings: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    forward_plan: tuple[str, ...] = ()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CoverFile:
    """The cover block, and the day as at which its report was made, where the file states one."""

    cover: Cover
    as_at: date | None


def read_cover(path: Path, quarter: Quarter) -> CoverFile:
    """Read a cover file. Raises CommentaryFault where it lacks the council's name or a field its label or text."""
    data = _load(path)
    fields = tuple((_text(entry, "label", path), _text(entry, "text", path)) for entry in _tables(data, "field", path))
    as_at = data.get("as_at")
    if as_at is not None and (not isinstance(as_at, date) or isinstance(as_at, datetime)):
        raise CommentaryFault(f"{path.name}: as_at must be a date, written without quotes: as_at = 2019-03-12.")
    cover = Cover(
        council=_text(data, "council", path),
        title=str(data.get("title") or default_title(quarter)),
        subtitle=str(data.get("subtitle") or default_subtitle(quarter)),
        fields=fields,
        marking=str(data.get("marking", "")),
    )
    return CoverFile(cover, as_at)


def default_title(quarter: Quarter) -> str:
    """The title of a report whose cover file gives none."""
    return f"Children’s social care complaints, {quarter.label}"


def default_subtitle(quarter: Quarter) -> str:
    """What the report covers."""
    return f"Quarterly report: complaints received from {quarter.months}"


def read_commentary(path: Path) -> Commentary:
    """Read a commentary file. Raises CommentaryFault with the place where it is not as documented."""
    data = _load(path)
    indicators = {}
    for entry in _tables(data, "indicator", path):
        indicator = Indicator(
            id=_text(entry, "id", path),
            name=_text(entry, "name", path),
            value=_whole(entry, "value", path),
            target=_whole(entry, "target", path),
            unit=str(entry.get("unit", "%")),
            source=_text(entry, "source", path),
        )
        indicators[indicator.id] = indicator
    plan = data.get("forward_plan", {})
    paragraphs = plan.get("paragraphs", []) if isinstance(plan, dict) else None
    if not isinstance(paragraphs, list) or not all(isinstance(text, str) for text in paragraphs):
        raise CommentaryFault(
            f"{path.name}: the forward plan is a list of texts under [forward_plan]: paragraphs = [“…”, “…”]."
        )
    return Commentary(
        notes=tuple(_text(entry, "text", path) for entry in _tables(data, "note", path)),
        learnings=tuple(_text(entry, "text", path) for entry in _tables(data, "learning", path)),
        actions=tuple(
            Action(
                _text(entry, "text", path),
                str(entry.get("owner", "")),
                _due(entry.get("due", "")),
                str(entry.get("measure", "")),
            )
            for entry in _tables(data, "action", path)
        ),
        forward_plan=tuple(paragraphs),
        indicators=indicators,
    )


def runs_of(text: str, commentary: Commentary, figures: FigureSet, quarter: Quarter) -> Runs:
    """A text of the commentary with each reference put as the number that it names.

    Raises CommentaryFault where an indicator is not in the file, or a figure is not among those of the report.
    """
    runs: list[Inline] = []
    end = 0
    for found in _REFERENCE.finditer(text):
        runs.append(text[end : found.start()])
        runs.append(_number(found, commentary, figures, quarter))
        end = found.end()
    runs.append(text[end:])
    return tuple(run for run in runs if run != "")


def _number(found: re.Match[str], commentary: Commentary, figures: FigureSet, quarter: Quarter) -> Inline:
    from upheld.narrative.words import count, percent

    if found["kind"] == "figure":
        by = dict(part.split("=", 1) for part in found["rest"].split() if "=" in part)
        try:
            value = figures.value(found["name"], quarter, **by)
        except UnknownFigure as error:
            raise CommentaryFault(f"The commentary names {found[0]}. {error}") from error
        return percent(value) if value.kind is Kind.RATE else count(value)
    if found["kind"] == "indicator":
        name, _, part = found["name"].partition(".")
        indicator = commentary.indicators.get(name)
        stated = None if indicator is None else {"": indicator.value, "target": indicator.target}.get(part)
        if indicator is None or stated is None:
            raise CommentaryFault(f"The commentary names {found[0]}, but states no such indicator with that number.")
        source = FigureValue(FigureRef(f"indicator:{found['name']}", quarter), Kind.COUNT, stated)
        return Number(f"{stated}{indicator.unit}", stated, source, Role.VALUE)
    raise CommentaryFault(f"{found[0]} is neither {{figure:…}} nor {{indicator:…}}.")


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommentaryFault(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommentaryFault(f"{path.name} is not well-formed TOML: {error}.") from error


def _tables(data: Mapping[str, Any], key: str, path: Path) -> list[Mapping[str, Any]]:
    entries = data.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CommentaryFault(f"{path.name}: {key} is written as tables, each under a line [[{key}]].")
    return entries


def _text(entry: Mapping[str, Any], key: str, path: Path) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CommentaryFault(f"{path.name}: “{key}” is missing or empty in {dict(entry)}.")
    return value.strip()


def _whole(entry: Mapping[str, Any], key: str, path: Path) -> int | None:
    value = entry.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise CommentaryFault(f"{path.name}: “{key}” must be a whole number, not {value!r}.")
    return value


def _due(value: object) -> str:
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value)
