"""Recording what happens to the structure: one verb, one transaction, and who did it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from upheld.organisation import rules
from upheld.organisation.changes import Change, ChangeKind, Level, Part, StructureFault
from upheld.organisation.entry import Entry, free_code, parts_of, tidy
from upheld.organisation.models import Service, StructureChange, StructurePart, Team
from upheld.organisation.projection import refresh
from upheld.organisation.queries import changes_recorded
from upheld.organisation.structure import Timeline
from upheld.register.layout import normal
from upheld.register.names import code_of

if TYPE_CHECKING:
    from upheld.accounts.models import User

# Any number: it stands for "somebody records a change of the structure".
_LOCK = 0x7374_7275_6374


class NameTaken(StructureFault):
    """A service or team of that name exists already."""


class NoName(StructureFault):
    """A service or team needs a name."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to open from nothing. `parent` and `code` are codes; the code is made of the name where it is empty."""

    level: Level
    name: str
    parent: str = ""
    code: str = ""
    on: date | None = None


def add_service(
    name: str, *, by: "User | None", at: datetime, code: str | None = None, opened_on: date | None = None
) -> Service:
    """Add a service. Raises NameTaken or NoName. `code` is made of the name where it is not given."""
    (made,) = add_units([NewUnit(Level.SERVICE, name, "", code or "", opened_on)], by=by, at=at)
    return Service.objects.get(code=made)


def add_team(
    name: str,
    service: Service,
    *,
    by: "User | None",
    at: datetime,
    code: str | None = None,
    opened_on: date | None = None,
) -> Team:
    """Add a team to a service. Raises NameTaken or NoName. `code` is made of the name where it is not given."""
    (made,) = add_units([NewUnit(Level.TEAM, name, service.code, code or "", opened_on)], by=by, at=at)
    return Team.objects.get(code=made)


def add_units(units: Sequence[NewUnit], *, by: "User | None", at: datetime) -> tuple[str, ...]:
    """Open units from nothing, those above first, and return their codes. Raises NameTaken or NoName."""
    codes: list[str] = []
    if not units:
        return ()
    with transaction.atomic():
        recorded = _locked()
        timeline = Timeline.of(recorded)
        drafts = []
        for unit in units:
            name = tidy(unit.name)
            if not normal(name):
                raise NoName("A name needs at least one letter or digit.")
            if any(normal(version.name) == normal(name) for version in timeline.present(unit.level)):
                raise NameTaken(f"There is a {unit.level} called “{name}” already.")
            code = free_code(unit.code or code_of(name), unit.level, timeline, codes)
            codes.append(code)
            part = Part(target=code, name=name, parent=unit.parent)
            on = unit.on or _since(timeline, unit)
            drafts.append(Change(0, ChangeKind.OPEN, unit.level, on, (part,), at))
        refresh(Timeline.of((*recorded, *_keep(drafts, by=by))), by=by, at=at)
    return tuple(codes)


def record_change(entry: Entry, *, by: "User | None", at: datetime) -> Change:
    """Record one thing that happened. Raises StructureFault where it cannot have, and PermissionDenied."""
    rules.check_may_change(by)
    with transaction.atomic():
        recorded = _locked()
        parts = parts_of(entry, Timeline.of(recorded))
        (change,) = _keep([_draft(entry, parts, at)], by=by)
        refresh(Timeline.of((*recorded, change)), by=by, at=at)
    return change


def record_structure(entries: Iterable[Entry], *, by: "User | None", at: datetime) -> tuple[int, int]:
    """Record everything in a file that the record has not got: how much was new, and how much was recorded before.

    Whole or not at all. Raises StructureFault where the record and the file cannot both be true, and PermissionDenied.
    """
    rules.check_may_change(by)
    new = same = 0
    with transaction.atomic():
        recorded = _locked()
        timeline = Timeline.of(recorded)
        known = {change.digest for change in timeline.changes}
        for entry in entries:
            if entry.digest in known or _is_there(entry, timeline):
                same += 1
                continue
            parts = parts_of(entry, timeline)
            (change,) = _keep([_draft(entry, parts, at)], by=by)
            recorded = (*recorded, change)
            timeline = Timeline.of(recorded)
            known.add(change.digest)
            new += 1
        refresh(timeline, by=by, at=at)
    return new, same


def withdraw_change(number: int, reason: str, *, by: "User | None", at: datetime) -> Change:
    """Take back a change that was recorded wrongly; both records stay. Raises StructureFault, PermissionDenied."""
    rules.check_may_change(by)
    if not reason.strip():
        raise StructureFault("Say why it is taken back.")
    with transaction.atomic():
        recorded = _locked()
        wrong = next((c for c in Timeline.of(recorded).changes if c.number == number), None)
        if wrong is None:
            raise StructureFault("There is no such change, or it has been taken back already.")
        draft = Change(0, wrong.kind, wrong.level, wrong.on, (), at, tidy(reason), number)
        (change,) = _keep([draft], by=by)
        try:
            timeline = Timeline.of((*recorded, change))
        except StructureFault as fault:
            raise StructureFault(f"It cannot be taken back while what followed from it stands. {fault}") from fault
        refresh(timeline, by=by, at=at)
    return change


def _locked() -> tuple[Change, ...]:
    """Everything recorded, while nobody else records."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return changes_recorded()


def _is_there(entry: Entry, timeline: Timeline) -> bool:
    """Whether what an entry opens is there already, by its name: whoever recorded it, and as from when."""
    if entry.kind is not ChangeKind.OPEN:
        return False
    names = {normal(v.name) for (of, _), all_ in timeline.versions.items() if of is entry.level for v in all_}
    return all(normal(into.name) in names for into in entry.targets)


def _since(timeline: Timeline, unit: NewUnit) -> date | None:
    """What opens on a day that nobody knows was there as long as the unit above it, as far as is known."""
    above = unit.level.above
    versions = timeline.versions.get((above, unit.parent)) if above is not None else None
    return versions[0].begins if versions else None


def _draft(entry: Entry, parts: tuple[Part, ...], at: datetime) -> Change:
    return Change(0, entry.kind, entry.level, entry.on, parts, at, entry.reference, None, entry.digest)


def _keep(drafts: Sequence[Change], *, by: "User | None") -> list[Change]:
    """Write changes down, and give them with their numbers."""
    rows = StructureChange.objects.bulk_create(
        StructureChange(
            kind=draft.kind.value,
            level=draft.level.value,
            on=draft.on,
            reference=draft.reference,
            withdraws_id=draft.withdraws,
            digest=draft.digest,
            recorded_at=draft.recorded_at,
            recorded_by=None if by is None else by.public_id,
        )
        for draft in drafts
    )
    StructurePart.objects.bulk_create(
        StructurePart(
            change=row,
            source=part.source,
            target=part.target,
            share_numerator=part.share.numerator,
            share_denominator=part.share.denominator,
            back_numerator=None if part.share_back is None else part.share_back.numerator,
            back_denominator=None if part.share_back is None else part.share_back.denominator,
            name=part.name,
            parent=part.parent,
        )
        for row, draft in zip(rows, drafts, strict=True)
        for part in draft.parts
    )
    return [replace(draft, number=row.id) for row, draft in zip(rows, drafts, strict=True)]
