"""Reading the structure. Names of services and teams are no one's personal data: whoever is signed in may see them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from upheld.figures.crosswalk import Crosswalk
from upheld.organisation.changes import Change, ChangeKind, Level, Part
from upheld.organisation.crosswalk import crosswalk
from upheld.organisation.models import ServiceVersion, StructureChange, StructurePart, TeamVersion
from upheld.organisation.structure import Timeline


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
    """Every service that has not closed, in the order of their names."""
    rows = ServiceVersion.objects.filter(to_date=None).order_by("name_key")
    return tuple(PresentService(*row) for row in rows.values_list("service__code", "name", "name_key"))


def present_teams() -> tuple[PresentTeam, ...]:
    """Every team that has not closed, in the order of their names."""
    rows = TeamVersion.objects.filter(to_date=None).order_by("name_key")
    return tuple(PresentTeam(*row) for row in rows.values_list("team__code", "name", "name_key", "service__code"))


def services_ever() -> tuple[PresentService, ...]:
    """Every name that a service has had, oldest first: the last of a name is the service that it means now."""
    rows = ServiceVersion.objects.order_by("to_date", "id").values_list("service__code", "name", "name_key")
    return tuple(PresentService(*row) for row in rows)


def teams_ever() -> tuple[PresentTeam, ...]:
    """Every name that a team has had, with each service it then belonged to, oldest first."""
    rows = TeamVersion.objects.order_by("to_date", "id")
    return tuple(PresentTeam(*row) for row in rows.values_list("team__code", "name", "name_key", "service__code"))


def service_names() -> Mapping[str, str]:
    """What people call each service, by its code: those that closed by their last name."""
    return {service.code: service.name for service in services_ever()}


def team_names() -> Mapping[str, str]:
    """What people call each team, by its code: those that closed by their last name."""
    return {team.code: team.name for team in teams_ever()}


def former_names() -> frozenset[str]:
    """Every name that a team has ever had, as names are compared."""
    return frozenset(team.name_key for team in teams_ever())


def changes_recorded() -> tuple[Change, ...]:
    """Everything recorded of the structure, as it was recorded, those that were taken back among it."""
    parts: dict[int, list[Part]] = defaultdict(list)
    columns = ("source", "target", "share_numerator", "share_denominator", "back_numerator", "back_denominator",
               "name", "parent")  # fmt: skip
    for change, source, target, number, over, back, back_over, name, parent in (
        StructurePart.objects.order_by("id").values_list("change_id", *columns)
    ):  # fmt: skip
        share_back = None if back is None else Fraction(back, back_over)
        parts[change].append(Part(source, target, Fraction(number, over), share_back, name, parent))
    rows = StructureChange.objects.order_by("id").values_list(
        "id", "kind", "level", "on", "recorded_at", "reference", "withdraws_id", "digest"
    )
    return tuple(
        Change(pk, ChangeKind(kind), Level(level), on, tuple(parts[pk]), at, reference, withdraws, digest)
        for pk, kind, level, on, at, reference, withdraws, digest in rows
    )


def timeline(*, known_at: datetime | None = None) -> Timeline:
    """The structure through time, as recorded by a moment (now, unless given)."""
    return Timeline.of(changes_recorded(), known_at=known_at)


def crosswalk_to(on: date, *, known_at: datetime | None = None) -> Crosswalk:
    """Every team that has ever been in the structure of a day, for figures."""
    return crosswalk(timeline(known_at=known_at), on)


def names_on(on: date) -> Mapping[tuple[str, str], str]:
    """What services and teams were called on a day, by dimension and code, for figures."""
    through_time = timeline()
    return {
        (level.value, code): name
        for level in (Level.SERVICE, Level.TEAM)
        for code, name in through_time.names_on(on, level).items()
    }
