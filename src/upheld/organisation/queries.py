"""Reading the structure. Names of services and teams are no one's personal data: whoever is signed in may see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from uuid import UUID

from django.db import connection

from upheld.accounts.models import User
from upheld.figures.crosswalk import Crosswalk
from upheld.organisation.changes import Change, ChangeKind, Level, Part
from upheld.organisation.crosswalk import crosswalk
from upheld.organisation.models import ServiceVersion, StructureChange, StructurePart, TeamVersion
from upheld.organisation.structure import Timeline
from upheld.register.layout import normal
from upheld.register.names import code_of


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
    """What people call each service, by its code, in the order of names: those that closed by their last name."""
    return _in_order({service.code: service.name for service in services_ever()})


def team_names() -> Mapping[str, str]:
    """What people call each team, by its code, in the order of names: those that closed by their last name."""
    return _in_order({team.code: team.name for team in teams_ever()})


def _in_order(names: Mapping[str, str]) -> Mapping[str, str]:
    return dict(sorted(names.items(), key=lambda item: (normal(item[1]), item[0])))


def team_names_ever() -> Mapping[str, str]:
    """Every name that a team has ever had, by the code that a register makes of it, and by the team's own."""
    ever = teams_ever()
    return {code_of(team.name): team.name for team in ever} | {team.code: team.name for team in ever}


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


def structure_token() -> str:
    """A digest of everything recorded of the structure; what was worked out from it holds while it stays."""
    with connection.cursor() as cursor:
        cursor.execute(_DIGEST)
        (token,) = cursor.fetchone()
    return str(token)


_DIGEST = """
SELECT encode(sha256(convert_to(
    (SELECT coalesce(string_agg(c::text, '' ORDER BY id), '') FROM organisation_structurechange c)
    || (SELECT coalesce(string_agg(p::text, '' ORDER BY id), '') FROM organisation_structurepart p), 'UTF8')), 'hex')
"""


def days_of_change(through_time: Timeline) -> tuple[date, ...]:
    """The days on which services and teams changed, oldest first: between two of them the structure was one."""
    return tuple(sorted({c.on for c in through_time.changes if c.on is not None and c.level is not Level.DIRECTORATE}))


def services_on(through_time: Timeline, day: date | None) -> tuple[PresentService, ...]:
    """The services of a day, in the order of their names; without a day, all that there have ever been."""
    if day is not None:
        found = [(version.code, version.name) for version in through_time.on(day, Level.SERVICE)]
    else:
        found = list(through_time.names_on(date.max, Level.SERVICE).items())
    services = (PresentService(code, name, normal(name)) for code, name in found)
    return tuple(sorted(services, key=lambda service: (service.name_key, service.code)))


def recorded_by() -> dict[int, UUID | None]:
    """Who recorded each change, by its number; None where a command or an import did."""
    return dict(StructureChange.objects.values_list("id", "recorded_by"))


def author_names(authors: Iterable[UUID | None]) -> dict[UUID, str]:
    """What the people who recorded changes are called."""
    wanted = {author for author in authors if author is not None}
    return dict(User.objects.filter(public_id__in=wanted).values_list("public_id", "name")) if wanted else {}


def timeline(*, known_at: datetime | None = None, token: str = "") -> Timeline:
    """The structure through time, as recorded by a moment (now, unless given). `token` spares asking for it."""
    return _timeline(token or structure_token(), known_at)


@lru_cache(maxsize=8)
def _timeline(token: str, known_at: datetime | None) -> Timeline:  # noqa: ARG001 - the token is what it is kept by
    return Timeline.of(changes_recorded(), known_at=known_at)


def crosswalk_to(on: date, *, known_at: datetime | None = None) -> Crosswalk:
    """Every team that has ever been in the structure of a day, for figures."""
    return crosswalk(timeline(known_at=known_at), on)


def names_on(on: date, *, token: str = "") -> Mapping[tuple[str, str], str]:
    """What services and teams were called on a day, by dimension and code, for figures."""
    through_time = timeline(token=token)
    return {
        (level.value, code): name
        for level in (Level.SERVICE, Level.TEAM)
        for code, name in through_time.names_on(on, level).items()
    }
