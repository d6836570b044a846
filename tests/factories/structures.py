"""Structures made of changes in a few words, all made up."""

from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import count

from upheld.organisation.changes import WHOLE, Change, ChangeKind, Level, Part

AT = datetime(2026, 1, 1, 9, tzinfo=UTC)


class Changes:
    """A list of changes in the order in which they are recorded, one a day."""

    def __init__(self) -> None:
        self.all: list[Change] = []
        self._numbers = count(1)

    def add(
        self,
        kind: ChangeKind,
        on: date | None,
        *parts: Part,
        level: Level = Level.TEAM,
        at: datetime = AT,
        withdraws: int | None = None,
    ) -> Change:
        change = Change(next(self._numbers), kind, level, on, parts, at, "Report of a day", withdraws)
        self.all.append(change)
        return change

    def services(self, *codes: str) -> "Changes":
        for code in codes:
            self.add(ChangeKind.OPEN, None, Part(target=code, name=code.title()), level=Level.SERVICE)
        return self

    def teams(self, *codes: str, service: str = "care", on: date | None = None) -> "Changes":
        for code in codes:
            self.add(ChangeKind.OPEN, on, Part(target=code, name=code.title(), parent=service))
        return self

    def merge(self, on: date, sources: tuple[str, ...], into: str, back: tuple[Fraction, ...] = ()) -> Change:
        shares: tuple[Fraction | None, ...] = back or (None,) * len(sources)
        parts = (Part(s, into, WHOLE, b, into.title(), "care") for s, b in zip(sources, shares, strict=True))
        return self.add(ChangeKind.MERGE, on, *parts)

    def split(self, on: date, source: str, **shares: Fraction) -> Change:
        return self.add(
            ChangeKind.SPLIT, on, *(Part(source, t, share, None, t.title(), "care") for t, share in shares.items())
        )

    def close(self, on: date, team: str) -> Change:
        return self.add(ChangeKind.CLOSE, on, Part(source=team))
