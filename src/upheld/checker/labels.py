"""Names of groups, as the tables write them, found again in sentences: teams, themes, methods, characteristics."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from upheld.checker.plain import plain
from upheld.checker.tables.model import Axis, Table

_MOST = 3_000
_SPACE = re.compile(r"[\s/,-]+")
# What stands between a number and the name that follows it: 15 about delay, 12 were for Fostering.
_LEADS_ON = re.compile(
    r"\b(?:about|for|in|from|of|by|regarding|concern\w*|relat\w+|to|against|with|through|via|cited)\b\W*(?:the\W*)?$",
    re.I,
)
_LEADS_TO = re.compile(r"[(:]|\b(?:had|has|with|received|was|were|at|by|saw|accounted|recorded)\b", re.I)


@dataclass(frozen=True, slots=True)
class Named:
    """A group's name in a text, and the words that its facts carry."""

    start: int
    end: int
    words: frozenset[str]
    label: str


class Labels:
    """The names of groups in a report's tables."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._words: dict[str, frozenset[str]] = {}
        for table in tables:
            for axis in (*table.rows, *table.columns):
                if is_group(axis) and len(self._words) < _MOST:
                    self._words.setdefault(_bare(axis.label), axis.facets.words)
        names = sorted((name for name in self._words if len(name) > 2), key=len, reverse=True)
        pattern = "|".join(r"[\s/,-]+".join(re.escape(part) for part in name.split()) for name in names)
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) if names else None

    def named(self, text: str) -> list[Named]:
        """The names in a text, in order."""
        if self._pattern is None:
            return []
        return [
            Named(found.start(), found.end(), self._words[name], found[0])
            for found in self._pattern.finditer(text.replace("&", "and") if "&" in text else text)
            if (name := _bare(found[0])) in self._words and not _is_within_another(text, found)
        ]

    def nearest(self, text: str, start: int, end: int, others: Iterable[int]) -> Named | None:
        """The name that a number from `start` to `end` belongs to; `others` are where other numbers begin."""
        best: tuple[float, Named] | None = None
        places = [place for place in others if place != start]
        for name in self.named(text):
            if name.end <= start:
                between = text[name.end : start]
                cost = len(between) + (0 if _LEADS_TO.search(between) else 15)
                crossed = sum(name.end <= place < start for place in places)
            elif name.start >= end:
                between = text[end : name.start]
                cost = len(between) + (0 if _LEADS_ON.search(between) else 25)
                crossed = sum(end <= place < name.start for place in places)
            else:
                continue
            cost += 60 * crossed + (40 if ";" in between else 0)
            if cost < 110 and (best is None or cost < best[0]):
                best = (cost, name)
        return best[1] if best else None


def _is_within_another(text: str, found: re.Match[str]) -> bool:
    """Whether the words are the end of a longer name: accuracy of assessment is not the team called Assessment."""
    return found[0][:1].islower() and bool(re.search(r"[A-Za-z]\s+(?:of|and)\s+$", text[: found.start()]))


def is_group(axis: Axis) -> bool:
    """Whether a row or column is named for a group, and not for a measure, a stage or a period."""
    said = axis.facets
    return bool(said.words) and not (
        axis.total or axis.percent or axis.change or said.stages or said.periods or said.measures
    )


def _bare(label: str) -> str:
    return _SPACE.sub(" ", plain(label).replace("&", "and").lower()).strip()
