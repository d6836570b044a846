"""Names of services, teams and themes as a register uses them, and the codes that stand for them in events."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

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
class Names:
    """The names met so far. Two spellings of one name are refused rather than counted apart."""

    services: dict[str, str] = field(default_factory=dict)
    teams: dict[str, tuple[str, str]] = field(default_factory=dict)  # code -> (name, service code)
    themes: dict[str, str] = field(default_factory=dict)
    _first_row: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, row: RegisterRow) -> list[Refusal]:
        """Note the names of a row; the refusals say which of them disagree with rows above it."""
        service, team = row.text("service"), row.text("team")
        refusals = self._note(row, "service", service, self.services)
        for theme in row.items("themes"):
            refusals += self._note(row, "themes", theme, self.themes)
        team_code, service_code = code_of(team), code_of(service)
        known = self.teams.setdefault(team_code, (team, service_code))
        if known == (team, service_code):
            self._first_row.setdefault(("team", team_code), row.number)
            return refusals
        first = self._first_row["team", team_code]
        if known[0] != team:
            refusals.append(_spelling(row, "team", team, known[0], first))
        else:
            reason = (
                f"The team “{team}” belongs to the service “{self.services[known[1]]}” in row {first}. Give a team "
                "one service; a team that moved needs a name for each of its homes, for example with the year."
            )
            refusals.append(row.refuse("service", service, reason))
        return refusals

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
