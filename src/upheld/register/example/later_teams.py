"""What the teams of the published quarters are called when later complaints come, after two made-up restructures."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from upheld.register.example.made_up import Team, read

STRUCTURE_FILE = "structure.toml"


@dataclass(frozen=True, slots=True)
class _Later:
    team: str
    since: date
    name: str
    service: str
    of: tuple[str, ...] = ()


def example_structure() -> bytes:
    """The example's services and teams and what happened to them, as `upheld organisation import` reads it."""
    return (files("upheld.register.example") / "data" / STRUCTURE_FILE).read_bytes()


def named_on(team: Team, day: date, complainant: str) -> tuple[str, str]:
    """The team, and its service, that has on a day what this team of the published quarters had."""
    found = [each for each in _later().get(team.name, ()) if each.since <= day]
    latest = [each for each in found if each.since == found[-1].since]
    fits = next((each for each in latest if not each.of or complainant in each.of), None)
    return (fits.name, fits.service) if fits is not None else (team.name, team.service)


@lru_cache(maxsize=1)
def _later() -> dict[str, list[_Later]]:
    by_team: dict[str, list[_Later]] = {}
    for row in read("later_teams.toml")["later"]:
        each = _Later(row["team"], row["since"], row["name"], row["service"], tuple(row.get("of", ())))
        by_team.setdefault(each.team, []).append(each)
    return by_team
