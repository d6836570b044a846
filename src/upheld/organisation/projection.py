"""The dated rows of directorates, services and teams, made of the fold: the same changes always give the same rows."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from upheld.organisation.changes import Level
from upheld.organisation.models import (
    Directorate,
    DirectorateVersion,
    Service,
    ServiceVersion,
    Team,
    TeamVersion,
)
from upheld.organisation.structure import Timeline
from upheld.register.layout import normal

if TYPE_CHECKING:
    from upheld.accounts.models import User

UNITS: dict[Level, tuple[Any, Any]] = {
    Level.DIRECTORATE: (Directorate, DirectorateVersion),
    Level.SERVICE: (Service, ServiceVersion),
    Level.TEAM: (Team, TeamVersion),
}
_Row = tuple[str, str, str, str, object, object]  # code, name, name_key, the code above, from, to


def refresh(timeline: Timeline, *, by: "User | None", at: datetime) -> None:
    """Bring the rows to what the timeline says. Rows that say the same stay as they are.

    A unit whose opening was taken back loses its rows; its code stays in the record of changes.
    """
    wanted = {level: set(_rows(timeline, level)) for level in Level}
    there = {level: {row: pk for pk, row in rows_of(level)} for level in Level}
    if all(wanted[level] == there[level].keys() for level in Level):
        return
    for level, (_, version_model) in UNITS.items():
        if gone := [pk for row, pk in there[level].items() if row not in wanted[level]]:
            version_model.objects.filter(pk__in=gone).delete()
    ids = {level: _units(timeline, level) for level in Level}
    for level, (_, version_model) in UNITS.items():
        unit, above = level.value, level.above
        version_model.objects.bulk_create(
            version_model(
                name=name,
                name_key=key,
                from_date=begins,
                to_date=ends,
                recorded_at=at,
                recorded_by=None if by is None else by.public_id,
                **{f"{unit}_id": ids[level][code]},
                **({f"{above.value}_id": ids[above].get(over)} if above is not None else {}),
            )
            for code, name, key, over, begins, ends in sorted(wanted[level] - there[level].keys(), key=str)
        )
    for level in reversed(Level):
        known = {code for of, code in timeline.versions if of is level}
        if forgotten := ids[level].keys() - known:
            UNITS[level][0].objects.filter(code__in=forgotten).delete()


def rows_of(level: Level) -> list[tuple[int, _Row]]:
    """The dated rows of a level as they are kept, each with its id."""
    _, version_model = UNITS[level]
    unit, parent = level.value, level.above.value if level.above is not None else ""
    columns = ["id", f"{unit}__code", "name", "name_key", *([f"{parent}__code"] if parent else []), "from_date",
               "to_date"]  # fmt: skip
    found = []
    for pk, code, name, key, *rest in version_model.objects.values_list(*columns):
        above, begins, ends = rest if parent else ("", *rest)
        found.append((pk, (code, name, key, above or "", begins, ends)))
    return found


def _rows(timeline: Timeline, level: Level) -> Iterator[_Row]:
    for (of, _), versions in timeline.versions.items():
        if of is level:
            for version in versions:
                yield (
                    version.code, version.name, normal(version.name), version.parent, version.begins, version.ends,
                )  # fmt: skip


def _units(timeline: Timeline, level: Level) -> dict[str, int]:
    """The id of every unit of a level by its code, those there were before among them."""
    model = UNITS[level][0]
    lives = {code: (all_[0].begins, all_[-1].ends) for (of, code), all_ in timeline.versions.items() if of is level}
    kept = {code: (pk, (opened, closed)) for pk, code, opened, closed in model.objects.values_list(*_UNIT)}
    for code, (opened, closed) in lives.items():
        if code in kept and kept[code][1] != (opened, closed):
            model.objects.filter(pk=kept[code][0]).update(opened_on=opened, closed_on=closed)
    made = model.objects.bulk_create(
        model(code=code, opened_on=opened, closed_on=closed)
        for code, (opened, closed) in lives.items()
        if code not in kept
    )
    return {code: pk for code, (pk, _) in kept.items()} | {unit.code: unit.pk for unit in made}


_UNIT = ("id", "code", "opened_on", "closed_on")
