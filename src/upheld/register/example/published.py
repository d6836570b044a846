"""What was published, as data: the counts that the example meets exactly, and the plan of its rarer rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from upheld.period import Quarter
from upheld.register.example.made_up import read


@dataclass(frozen=True, slots=True)
class Target:
    """Counts of the complaints or requests received in one quarter."""

    received: int
    upheld: int
    in_time: int


@dataclass(frozen=True, slots=True)
class ThemeTarget:
    """How many complaints have a theme as their main one, and how many complaint points are about it."""

    theme: str
    main: int
    points: int


@dataclass(frozen=True, slots=True)
class LaterRow:
    """One row of a later stage that a published quarter counts: see `data/later_stages.toml` for each field."""

    id: str
    stage: str
    after: str
    received: date | None = None
    gap: int | None = None
    panel: int | None = None
    report: int | None = None
    days: int | None = None
    notice: int | None = None
    promised: int | None = None
    due: int | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """The published counts: by stage and quarter, and, for one quarter's stage 1, by team and theme."""

    source: str
    report_date: date
    stages: Mapping[tuple[str, Quarter], Target]
    quarters: tuple[Quarter, ...]
    team_quarter: Quarter
    teams: Mapping[str, Target]
    themes: tuple[ThemeTarget, ...]
    points_per_complaint: tuple[int, ...]


@lru_cache(maxsize=1)
def published() -> Published:
    """The published counts, from their file."""
    data = read("published.toml")
    quarters = tuple(Quarter.parse(label) for label in data["quarters"])
    return Published(
        source=data["source"],
        report_date=data["report_date"],
        stages={
            (stage, quarter): Target(counts["received"][i], counts["upheld"][i], counts["in_time"][i])
            for stage, counts in data["stages"].items()
            for i, quarter in enumerate(quarters)
        },
        quarters=quarters,
        team_quarter=Quarter.parse(data["teams"]["quarter"]),
        teams={row["team"]: _target(row) for row in data["teams"]["rows"]},
        themes=tuple(ThemeTarget(**each) for each in (*data["themes"]["ranked"], *data["themes"]["rest"])),
        points_per_complaint=tuple(data["themes"]["points_per_complaint"]),
    )


@lru_cache(maxsize=1)
def later_rows() -> tuple[LaterRow, ...]:
    """The rows of later stages in the published quarters, in the order of their file."""
    return tuple(LaterRow(**row) for row in read("later_stages.toml")["row"])


def _target(row: Mapping[str, Any]) -> Target:
    return Target(row["received"], row["upheld"], row["in_time"])
