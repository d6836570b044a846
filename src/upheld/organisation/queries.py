"""Reading the structure. Names of services and teams are no one's personal data: whoever is signed in may see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from upheld.organisation.models import ServiceVersion, TeamVersion


@dataclass(frozen=True, slots=True)
class PresentService:
    """A service as it is called at present."""

    code: str
    name: str
    name_key: str


@dataclass(frozen=True, slots=True)
class PresentTeam:
    """A team as it is called at present, and the code of the service that it belongs to."""

    code: str
    name: str
    name_key: str
    service: str


def present_services() -> tuple[PresentService, ...]:
    """Every service, in the order of their names."""
    rows = ServiceVersion.objects.filter(to_date=None).order_by("name_key")
    return tuple(PresentService(*row) for row in rows.values_list("service__code", "name", "name_key"))


def present_teams() -> tuple[PresentTeam, ...]:
    """Every team, in the order of their names."""
    rows = TeamVersion.objects.filter(to_date=None).order_by("name_key")
    return tuple(PresentTeam(*row) for row in rows.values_list("team__code", "name", "name_key", "service__code"))


def service_names() -> Mapping[str, str]:
    """What people call each service, by its code."""
    return {service.code: service.name for service in present_services()}


def team_names() -> Mapping[str, str]:
    """What people call each team, by its code."""
    return {team.code: team.name for team in present_teams()}
