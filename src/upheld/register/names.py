"""Names of services, teams and themes as a register uses them, and the codes that stand for them in events."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise

from upheld.register.model import Refusal
from upheld.register.rows import RegisterRow


@lru_cache(maxsize=8_192)
def code_of(name: str) -> str:
    """A stable code for a name: "Child Protection & Proceedings" is `child-protection-and-proceedings`."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode()
    code = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    # A name without a Latin letter or digit still needs a code of its own.
    return code or "name-" + "-".join(f"{ord(letter):x}" for letter in name if not letter.isspace())


@dataclass(slots=True)
class _Home:
    """A service that a team belongs to: the first row that says so, and the days of receipt between which it did."""

    team: str
    service: str
    row: RegisterRow
    first: date = date.max
    last: date = date.min

    def seen(self, day: date) -> None:
        """A row was received on this day."""
        if day < self.first:
            self.first = day
        if day > self.last:
            self.last = day


@dataclass(slots=True)
class Names:
    """The names met so far. Two spellings of one name are refused rather than counted apart."""

    services: dict[str, str] = field(default_factory=dict)
    teams: dict[str, tuple[str, str]] = field(default_factory=dict)  # code -> (name, service code)
    themes: dict[str, str] = field(default_factory=dict)
    _first_row: dict[tuple[str, str], int] = field(default_factory=dict)
    _homes: dict[tuple[str, str], "_Home"] = field(default_factory=dict)  # by the codes of a team and a service

    def add(self, row: RegisterRow) -> list[Refusal]:
        """Note the names of a row; the refusals say which of them disagree with rows above it."""
        service, team = row.text("service"), row.text("team")
        refusals = self._note(row, "service", service, self.services)
        for theme in row.items("themes"):
            refusals += self._note(row, "themes", theme, self.themes)
        team_code, service_code = code_of(team), code_of(service)
        known = self.teams.setdefault(team_code, (team, service_code))
        first = self._first_row.setdefault(("team", team_code), row.number)
        if known[0] != team:
            refusals.append(_spelling(row, "team", team, known[0], first))
        home = self._homes.get((team_code, service_code))
        if home is None:
            self._homes[team_code, service_code] = home = _Home(team_code, service_code, row)
        if (day := row.day("received")) is not None:
            home.seen(day)
        return refusals

    def moves(self) -> list[Refusal]:
        """Refusals of teams that belong to two services at once. One after the other is a move, and can be."""
        by_team: dict[str, list[_Home]] = {}
        for home in self._homes.values():
            by_team.setdefault(home.team, []).append(home)
        refusals = []
        for homes in by_team.values():
            for before, after in pairwise(sorted(homes, key=lambda home: home.first)):
                if before.last >= after.first:
                    one, other = sorted((before, after), key=lambda home: home.row.number)
                    reason = (
                        f"The team “{self.teams[one.team][0]}” belongs to the service “{self.services[one.service]}” "
                        f"in row {one.row.number}, for complaints received at the same time. Give a team one service "
                        "at a time: a team that moved has one before the day, and the other from it."
                    )
                    refusals.append(other.row.refuse("service", self.services[other.service], reason))
        return refusals

    def homes_of(self, team: str) -> tuple[str, ...]:
        """The services that a team belongs to in the register, in the order of time."""
        homes = [home for home in self._homes.values() if home.team == team]
        return tuple(home.service for home in sorted(homes, key=lambda home: home.first))

    def _note(self, row: RegisterRow, column: str, name: str, known: dict[str, str]) -> list[Refusal]:
        code = code_of(name)
        if code not in known:
            known[code] = name
            self._first_row[column, code] = row.number
        elif known[code] != name:
            return [_spelling(row, column, name, known[code], self._first_row[column, code])]
        return []


def _spelling(row: RegisterRow, column: str, name: str, known: str, first: int) -> Refusal:
    reason = f"“{name}” is written “{known}” in row {first}. Use one spelling, or they would be counted apart."
    return row.refuse(column, name, reason)
