"""The names of a register beside those of the record: which are known, by which codes, and which are new.

A register makes its codes of the names in it. A team that has been renamed keeps its own code in the record, so the
codes of events are exchanged for the record's before anything is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from upheld.cases.models import Theme
from upheld.organisation.actions import NewUnit, add_units
from upheld.organisation.changes import Level
from upheld.organisation.queries import PresentService, PresentTeam, services_ever, teams_ever
from upheld.procedure import Event, EventKind
from upheld.register.layout import BY_ID, normal
from upheld.register.model import Refusal, Register

if TYPE_CHECKING:
    from upheld.accounts.models import User


@dataclass(frozen=True, slots=True)
class Recognised:
    """The record's code for each code of a register; a code that is missing from the record stands for itself."""

    services: Mapping[str, str]
    teams: Mapping[str, str]
    themes: Mapping[str, str]
    new_services: tuple[str, ...]
    new_teams: tuple[str, ...]
    new_themes: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    labels: Mapping[tuple[str, str], str]  # (column, code of the record) -> name

    @property
    def same_codes(self) -> bool:
        """Whether the record and the register use the same codes throughout."""
        return all(a == b for known in (self.services, self.teams, self.themes) for a, b in known.items())

    def in_record_codes(self, event: Event) -> Event:
        """The event with the record's codes in its data."""
        data = event.data
        changed = {
            name: known[code]
            for name, known in (("team", self.teams), ("service", self.services), ("theme", self.themes))
            if isinstance(code := data.get(name), str) and known.get(code, code) != code
        }
        return replace(event, data={**data, **changed}) if changed else event


def recognise(register: Register) -> Recognised:
    """Find a register's services, teams and themes in the record.

    They are known by every name that they have had. A team under a service that it has never belonged to, as far as the
    record knows, is refused, once, at the first row that says so.
    """
    known_services, known_teams = services_ever(), teams_ever()
    known_themes = Theme.objects.order_by("words_key").values_list("code", "words", "words_key")
    services = _codes(register.services, [(s.code, s.name_key) for s in known_services])
    teams = _codes({t.code: t.name for t in register.teams.values()}, [(t.code, t.name_key) for t in known_teams])
    themes = _codes(register.themes, [(code, key) for code, _, key in known_themes])
    labels = {("service", services.get(code, code)): name for code, name in register.services.items()}
    labels |= {("team", teams.get(t.code, t.code)): t.name for t in register.teams.values()}
    labels |= {("themes", themes.get(code, code)): words for code, words in register.themes.items()}
    labels |= {("service", s.code): s.name for s in known_services}
    labels |= {("team", t.code): t.name for t in known_teams}
    labels |= {("themes", code): words for code, words, _ in known_themes}
    return Recognised(
        services=services,
        teams=teams,
        themes=themes,
        new_services=tuple(code for code in register.services if code not in services),
        new_teams=tuple(code for code in register.teams if code not in teams),
        new_themes=tuple(code for code in register.themes if code not in themes),
        refusals=tuple(_moved_teams(register, teams, services, known_teams, known_services)),
        labels=labels,
    )


def add_names(register: Register, recognised: Recognised, *, by: "User | None", at: datetime) -> None:
    """Record the services, teams and themes that are new, by the codes that the register's events have for them."""
    services = [NewUnit(Level.SERVICE, register.services[code], code=code) for code in recognised.new_services]
    teams = [
        NewUnit(Level.TEAM, team.name, recognised.services.get(team.service, team.service), code)
        for code, team in register.teams.items()
        if code in recognised.new_teams
    ]
    add_units([*services, *teams], by=by, at=at)
    Theme.objects.bulk_create(
        Theme(code=code, words=register.themes[code], words_key=normal(register.themes[code]))
        for code in recognised.new_themes
    )


def _codes(names: Mapping[str, str], known: list[tuple[str, str]]) -> dict[str, str]:
    """The record's code for each name that it knows: by the name as it is compared, or else by its code."""
    by_key = {key: code for code, key in known}
    codes = {code for code, _ in known}
    found = {}
    for code, name in names.items():
        if (match := by_key.get(normal(name))) is not None:
            found[code] = match
        elif code in codes:
            found[code] = code
    return found


def _moved_teams(
    register: Register,
    teams: Mapping[str, str],
    services: Mapping[str, str],
    known_teams: tuple[PresentTeam, ...],
    known_services: tuple[PresentService, ...],
) -> list[Refusal]:
    homes: dict[str, set[str]] = {}
    for known in known_teams:
        homes.setdefault(known.code, set()).add(known.service)
    names = {service.code: service.name for service in known_services}
    strayed = {
        (code, service): team
        for code, team in register.teams.items()
        for service in (team.service, *team.moved_to)
        if not (services.get(service) in homes[teams[code]] if code in teams else service == team.service)
    }
    rows = _first_rows(register, strayed) if strayed else {}
    refusals = []
    for (code, service), team in strayed.items():
        known_homes = sorted(names[home] for home in homes.get(teams.get(code, ""), ()))
        recorded = " and ".join(f"“{name}”" for name in known_homes) or f"“{register.services[team.service]}”"
        reason = (
            f"The team “{team.name}” is recorded under the service {recorded}. Give it that service here, or a name of "
            "its own; where it moved, record the move on the Organisation page first."
        )
        refusals.append(Refusal(rows.get((code, service), 0), BY_ID["service"].heading,
                                register.services[service], reason))  # fmt: skip
    return refusals


def _first_rows(register: Register, teams: Mapping[tuple[str, str], object]) -> dict[tuple[str, str], int]:
    rows: dict[tuple[str, str], int] = {}
    for case in register.cases:
        for event in case.history.events:
            pair = (event.data.get("team"), event.data.get("service"))
            if event.kind is EventKind.TEAM_ASSIGNED and pair in teams:
                row = case.rows.get(event.stage or "", 0)
                key = (str(pair[0]), str(pair[1]))
                rows[key] = min(row, rows.get(key, row))
    return rows
