"""Names that may be misspelt: two of one register that are nearly the same, and teams that the record does not know."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from upheld.procedure import EventKind
from upheld.register.layout import BY_ID, normal
from upheld.register.model import About, Refusal, Register, RegisteredCase, Remark, TeamName

_ALIKE = 0.88  # of the letters
_MOST_NAMES = 300  # that are compared with one another


def alike(cases: Iterable[RegisteredCase], teams: Iterable[TeamName]) -> list[Remark]:
    """Pairs of teams whose names are nearly the same, where one of the two is rare."""
    names = {team.code: team.name for team in teams}
    if len(names) > _MOST_NAMES:
        return []
    counts: Counter[str] = Counter(
        str(event.data["team"])
        for case in cases
        for event in case.history.events
        if event.kind is EventKind.TEAM_ASSIGNED
    )
    remarks = []
    for code, name in names.items():
        others = {other: names[other] for other in names if counts[other] > counts[code] * 3}
        match = _closest(name, others.values())
        if match is not None:
            other = next(each for each, theirs in others.items() if theirs == match)
            text = f"“{name}” ({_rows(counts[code])}) may be the team “{match}” ({_rows(counts[other])}), misspelt."
            remarks.append(Remark(About.SPELLING, (), text))
    return remarks


@dataclass(frozen=True, slots=True)
class UnknownTeam:
    """A team that the record does not have: the first row that names it, and the known one that it may be, if any."""

    row: int
    name: str
    like: str


def strangers(register: Register, known: Mapping[str, str]) -> list[UnknownTeam]:
    """The teams of a register that are not among the known ones: by their codes, their names."""
    names = {normal(name): name for name in known.values()}
    first: dict[str, int] = {}
    for case in register.cases:
        for event in case.history.events:
            code = event.data.get("team")
            if event.kind is EventKind.TEAM_ASSIGNED and isinstance(code, str):
                row = case.rows.get(event.stage or "", 0)
                first[code] = min(row, first.get(code, row))
    return [
        UnknownTeam(first.get(code, 0), team.name, _closest(team.name, names.values()) or "")
        for code, team in register.teams.items()
        if code not in known and normal(team.name) not in names
    ]


def unknown_teams(register: Register, known: Mapping[str, str]) -> list[Refusal]:
    """A refusal at the first row of each team that is not among the known ones, until somebody says that it is new."""
    return [
        Refusal(
            team.row,
            BY_ID["team"].heading,
            team.name,
            f"The record has no team “{team.name}”.{f' Did you mean “{team.like}”?' if team.like else ''} If it is a "
            "new one, import with --new-teams.",
        )
        for team in strangers(register, known)
    ]


def _closest(name: str, others: Iterable[str]) -> str | None:
    """The other name that is nearly the same, and differs by more than a number, as “Team 1” and “Team 2” do."""
    by_words = {normal(other): other for other in others}
    for match in difflib.get_close_matches(normal(name), by_words, n=3, cutoff=_ALIKE):
        if re.findall(r"\d+", match) == re.findall(r"\d+", normal(name)):
            return by_words[match]
    return None


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
