"""What the example invents, as data: `data/made_up.toml`, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from upheld.period import Quarter


@dataclass(frozen=True, slots=True)
class Team:
    """A team, the service it belongs to, its share of complaints, and who complains about it."""

    name: str
    service: str
    weight: int
    complainants: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Volume:
    """How stage 1 complaints of a quarter are counted out."""

    level: float
    growth_percent: float
    season: tuple[float, ...]
    scatter_percent: float
    exceptions: Mapping[Quarter, float]


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Shares answered in time, in per cent."""

    stage_1: tuple[tuple[Quarter, int], ...]
    stage_1_dragging: int
    stage_2_less: int
    stage_3: int
    ombudsman: int


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Every rate and weight of the invented part of the register."""

    volume: Volume
    timeliness: Timeliness
    outcomes: Mapping[str, Mapping[str, int]]
    withdrawn_percent: Mapping[str, int]
    goes_on: Mapping[str, Mapping[str, int]]
    skipped_per_thousand: int
    points: tuple[int, ...]
    themes: Mapping[str, int]
    theme_only_for: Mapping[str, tuple[str, ...]]
    teams: Mapping[str, Team]
    age_bands: Mapping[str, Mapping[str, int]]
    channels: Mapping[str, Mapping[str, int]]
    advocacy: Mapping[str, int]
    later_start_per_thousand: int
    weekdays: tuple[int, ...]
    holiday_percent: int
    august_percent: int

    def themes_of(self, team: str) -> Mapping[str, int]:
        """The themes that a complaint about this team can have, by weight."""
        return {t: w for t, w in self.themes.items() if team in self.theme_only_for.get(t, (team,))}


def read(name: str) -> dict[str, Any]:
    """One of the example's own data files."""
    return tomllib.loads((files("upheld.register.example") / "data" / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def made_up() -> MadeUp:
    """The invented part, from its file."""
    data = read("made_up.toml")
    volume, timeliness, arrivals = data["volume"], data["timeliness"], data["arrivals"]
    return MadeUp(
        volume=Volume(
            volume["level"],
            volume["growth_percent"],
            tuple(volume["season"]),
            volume["scatter_percent"],
            {Quarter.parse(label): share for label, share in volume["exceptions"].items()},
        ),
        timeliness=Timeliness(
            tuple((Quarter.parse(each["quarter"]), each["percent"]) for each in timeliness["stage_1"]),
            timeliness["stage_1_dragging_percent"],
            timeliness["stage_2_less"],
            timeliness["stage_3_percent"],
            timeliness["ombudsman_percent"],
        ),
        outcomes=data["outcomes"],
        withdrawn_percent=data["withdrawn_percent"],
        goes_on=data["goes_on"],
        skipped_per_thousand=data["stage_1_skipped"]["per_thousand"],
        points=tuple(data["points"]["weights"]),
        themes=data["themes"],
        theme_only_for={theme: tuple(teams) for theme, teams in data["theme_only_for"].items()},
        teams={team["name"]: Team(**team) for team in data["team"]},
        age_bands=data["age_bands"],
        channels=data["channels"],
        advocacy=data["advocacy"],
        later_start_per_thousand=data["later_start"]["per_thousand"],
        weekdays=tuple(arrivals["weekdays"]),
        holiday_percent=arrivals["holiday_percent"],
        august_percent=arrivals["august_percent"],
    )
