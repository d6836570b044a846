"""What happens to the structure: recorded once, never overwritten, and what cannot be is refused, here and below."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories.accounts import make_user
from tests.factories.cases import AT
from upheld.organisation import queries
from upheld.organisation.actions import (
    NewUnit,
    add_service,
    add_team,
    add_units,
    record_change,
    record_structure,
    withdraw_change,
)
from upheld.organisation.changes import ChangeKind, Level, StructureFault
from upheld.organisation.entry import Entry, From, Into
from upheld.organisation.models import StructureChange, StructurePart, Team, TeamVersion
from upheld.organisation.projection import rows_of

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)
DAY = date(2020, 4, 1)
THIRD = Fraction(1, 3)


def structure() -> None:
    care = add_service("Care", by=None, at=AT)
    add_service("Homes", by=None, at=AT)
    for name in ("North", "South", "East"):
        add_team(name, care, by=None, at=AT)


def team(kind: ChangeKind, sources: tuple[From, ...], *targets: Into, on: date | None = DAY) -> Entry:
    return Entry(kind, Level.TEAM, on, sources, targets, "Cabinet report")


def merge(into: str = "West") -> Entry:
    return team(ChangeKind.MERGE, (From("North"), From("South")), Into(into))


def split(**shares: Fraction) -> Entry:
    return team(ChangeKind.SPLIT, (From("North"),), *(Into(name, share) for name, share in shares.items()))


def names(on: date) -> list[tuple[str, str]]:
    return [(v.name, v.parent) for v in queries.timeline().on(on, Level.TEAM)]


def check_rows() -> None:
    """The dated rows are what the fold gives, and nothing else."""
    versions = queries.timeline().versions
    for level in Level:
        folded = sorted(
            (v.code, v.name, v.parent, str(v.begins), str(v.ends))
            for (of, _), all_ in versions.items()
            if of is level
            for v in all_
        )
        kept = sorted((code, name, above, str(a), str(b)) for _, (code, name, _, above, a, b) in rows_of(level))
        assert kept == folded


@pytest.mark.parametrize(
    ("entry", "before", "after"),
    [
        (merge(), ["East", "North", "South"], ["East", "West"]),
        (merge("East"), ["East", "North", "South"], ["East"]),
        (split(North=THIRD, West=2 * THIRD), ["East", "North", "South"], ["East", "North", "South", "West"]),
        (split(A=THIRD, B=2 * THIRD), ["East", "North", "South"], ["A", "B", "East", "South"]),
        (team(ChangeKind.CLOSE, (From("East"),)), ["East", "North", "South"], ["North", "South"]),
        (team(ChangeKind.RENAME, (From("east"),), Into("Up")), ["East", "North", "South"], ["North", "South", "Up"]),
        (team(ChangeKind.OPEN, (), Into("Youth", parent="Homes")), ["East", "North", "South"],
         ["East", "North", "South", "Youth"]),
    ],
)  # fmt: skip
def test_what_happened_holds_from_its_day(entry: Entry, before: list[str], after: list[str]) -> None:
    structure()
    manager = make_user(roles=["complaints-manager"])
    record_change(entry, by=manager, at=LATER)
    assert [name for name, _ in names(DAY - timedelta(days=1))] == before
    assert [name for name, _ in names(DAY)] == after
    check_rows()
    row = StructureChange.objects.order_by("id").last()
    assert row is not None
    assert (row.kind, row.on, row.reference, row.recorded_at, row.recorded_by) == (
        entry.kind.value, DAY, "Cabinet report", LATER, manager.public_id,
    )  # fmt: skip


def test_a_team_that_moves_keeps_its_code_and_name() -> None:
    structure()
    record_change(team(ChangeKind.MOVE, (From("East"),), Into("Homes")), by=None, at=LATER)
    assert (names(DAY - timedelta(days=1))[0], names(DAY)[0]) == (("East", "care"), ("East", "homes"))
    assert [version.code for version in queries.timeline().on(DAY, Level.TEAM)] == ["east", "north", "south"]
    check_rows()


def test_a_name_that_comes_again_is_another_team_with_a_code_of_its_own() -> None:
    structure()
    record_change(team(ChangeKind.CLOSE, (From("East"),)), by=None, at=LATER)
    record_change(team(ChangeKind.OPEN, (), Into("East", parent="Care"), on=date(2022, 1, 1)), by=None, at=LATER)
    assert [v.code for v in queries.timeline().on(date(2022, 1, 1), Level.TEAM)] == ["east-2", "north", "south"]
    names = {"east": "East", "east-2": "East", "north": "North", "south": "South"}
    assert list(queries.team_names().items()) == list(names.items())


def test_services_and_directorates_have_a_history_too() -> None:
    structure()
    above = Entry(ChangeKind.OPEN, Level.DIRECTORATE, None, (), (Into("Children"),))
    record_change(above, by=None, at=LATER)
    for name in ("Care", "Homes"):
        move = Entry(ChangeKind.MOVE, Level.SERVICE, DAY, (From(name),), (Into("Children"),))
        record_change(move, by=None, at=LATER)
    rename = Entry(ChangeKind.RENAME, Level.DIRECTORATE, DAY, (From("Children"),), (Into("Families"),))
    record_change(rename, by=None, at=LATER)
    found = queries.timeline()
    assert [(v.name, v.parent) for v in found.on(DAY, Level.SERVICE)] == [("Care", "children"), ("Homes", "children")]
    assert [v.name for v in found.on(DAY, Level.DIRECTORATE)] == ["Families"]
    check_rows()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (team(ChangeKind.MERGE, (From("North"),), Into("North ")), "a merger of a team with itself changes nothing"),
        (split(A=THIRD, B=THIRD), "the shares of “north” add up to 2/3, not to 1"),
        (team(ChangeKind.CLOSE, (From("Nowhere"),)), "There is no team called “Nowhere” on 1 April 2020. There are: "),
        (team(ChangeKind.RENAME, (From("North"),), Into("south")), "there is a team called “South” already"),
        (team(ChangeKind.RENAME, (From("North"),), Into("North")), "that is how the team “North” was already"),
        (team(ChangeKind.RENAME, (From("North"),), Into(" - ")), "needs a letter or digit"),
        (team(ChangeKind.MOVE, (From("North"),), Into("Nowhere")), "There is no service called “Nowhere” by then"),
        (team(ChangeKind.OPEN, (), Into("New")), "the team “New” needs a service"),
        (team(ChangeKind.OPEN, (), Into("north", parent="Care")), "there is a team called “North” already"),
        (team(ChangeKind.SPLIT, (From("North"),), Into("A")), "a split makes several teams of one"),
        (Entry(ChangeKind.CLOSE, Level.SERVICE, DAY, (From("Care"),)), "closes while it has East; North; South"),
        (team(ChangeKind.MERGE, (From("North", THIRD), From("South", THIRD)), Into("West")), "add up to 1"),
        (team(ChangeKind.MERGE, (From("North", Fraction(1)),), Into("South")), "itself included"),
    ],
)  # fmt: skip
def test_what_cannot_have_happened_is_refused_in_words(entry: Entry, said: str) -> None:
    structure()
    kept = StructureChange.objects.count()
    with pytest.raises(StructureFault, match=said):
        record_change(entry, by=None, at=LATER)
    assert StructureChange.objects.count() == kept
    check_rows()


def test_a_closed_team_can_do_nothing_more() -> None:
    structure()
    record_change(team(ChangeKind.CLOSE, (From("East"),)), by=None, at=LATER)
    again = team(ChangeKind.MERGE, (From("East"), From("South")), Into("West"), on=date(2021, 1, 1))
    with pytest.raises(StructureFault, match="There is no team called “East” on 1 January 2021"):
        record_change(again, by=None, at=LATER)


def test_what_was_recorded_wrongly_is_taken_back_and_both_records_stay() -> None:
    structure()
    wrong = record_change(merge(), by=None, at=LATER)
    after = LATER + timedelta(days=1)
    withdraw_change(wrong.number, "It was East that merged", by=None, at=after)
    assert [name for name, _ in names(DAY)] == ["East", "North", "South"]
    assert [v.name for v in queries.timeline(known_at=LATER).on(DAY, Level.TEAM)] == ["East", "West"]
    assert [v.name for v in queries.timeline(known_at=AT).on(DAY, Level.TEAM)] == ["East", "North", "South"]
    assert list(StructureChange.objects.order_by("id").values_list("kind", "withdraws_id"))[-2:] == [
        ("merge", None), ("merge", wrong.number),
    ]  # fmt: skip
    assert not Team.objects.filter(code="west").exists()
    check_rows()
    with pytest.raises(StructureFault, match="has been taken back already"):
        withdraw_change(wrong.number, "Again", by=None, at=after)


def test_nothing_is_taken_back_from_under_what_followed() -> None:
    structure()
    first = record_change(merge(), by=None, at=LATER)
    close = team(ChangeKind.CLOSE, (From("West"),), on=date(2021, 1, 1))
    record_change(close, by=None, at=LATER)
    with pytest.raises(StructureFault, match="cannot be taken back while what followed from it stands"):
        withdraw_change(first.number, "A mistake", by=None, at=LATER)
    with pytest.raises(StructureFault, match="Say why"):
        withdraw_change(first.number, " ", by=None, at=LATER)


def test_the_same_entries_again_change_nothing() -> None:
    entries = [
        Entry(ChangeKind.OPEN, Level.SERVICE, None, (), (Into("Care"),)),
        *(Entry(ChangeKind.OPEN, Level.TEAM, None, (), (Into(n, parent="Care"),)) for n in ("North", "South")),
        merge(),
        team(ChangeKind.RENAME, (From("West"),), Into("Far West"), on=date(2021, 1, 1)),
    ]
    assert record_structure(entries, by=None, at=AT) == (5, 0)
    assert record_structure(entries, by=None, at=LATER) == (0, 5)
    assert [name for name, _ in names(date(2021, 1, 1))] == ["Far West"]
    with pytest.raises(StructureFault):
        record_structure([*entries, team(ChangeKind.CLOSE, (From("Nobody"),))], by=None, at=LATER)
    check_rows()


@pytest.mark.parametrize("role", ["director", "team-manager", "system-administrator", "analyst"])
def test_only_the_complaints_team_records(role: str) -> None:
    structure()
    user = make_user(roles=[role])
    for record in (
        lambda: record_change(merge(), by=user, at=LATER),
        lambda: record_structure([merge()], by=user, at=LATER),
        lambda: withdraw_change(1, "Why", by=user, at=LATER),
    ):
        with pytest.raises(PermissionDenied):
            record()


def test_a_unit_whose_day_nobody_knows_is_as_old_as_the_one_above() -> None:
    add_units([NewUnit(Level.SERVICE, "Care", on=date(2018, 4, 1))], by=None, at=AT)
    add_units([NewUnit(Level.TEAM, "North", "care")], by=None, at=AT)
    assert TeamVersion.objects.get().from_date == date(2018, 4, 1)
    assert add_units([], by=None, at=AT) == ()


@pytest.mark.parametrize("table", ["organisation_structurechange", "organisation_structurepart"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_the_record(table: str, statement: str) -> None:
    structure()
    check_now()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def check_now() -> None:
    """What waits for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def keep(parts: list[dict[str, Any]]) -> None:
    """Write the parts of a change past the actions, and have them checked."""
    change = StructureChange.objects.create(kind="split", level="team", on=DAY, recorded_at=AT)
    StructurePart.objects.bulk_create(StructurePart(change=change, **part) for part in parts)
    check_now()


SHARES = {"share_numerator": 1, "share_denominator": 2}


@pytest.mark.parametrize(
    ("parts", "constraint"),
    [
        ([{"source": "a", "target": "b", **SHARES}], "structure_shares_make_a_whole"),
        ([{"source": "a", "target": t, "share_numerator": n, "share_denominator": 7} for t, n in (("b", 3), ("c", 5))],
         "structure_shares_make_a_whole"),
        ([{"source": s, "target": "b", "back_numerator": 1, "back_denominator": 3} for s in "ac"],
         "structure_shares_back_make_a_whole"),
        ([{"source": "a", "target": "b", "back_numerator": 1, "back_denominator": 1}, {"source": "c", "target": "b"}],
         "structure_shares_back_make_a_whole"),
        ([{"source": "a", "target": "b", "share_numerator": 3, "share_denominator": 2}],
         "structure_share_is_of_the_whole"),
        ([{"source": "a", "target": "b", "share_numerator": 0}], "structure_share_is_of_the_whole"),
        ([{"source": "a", "target": "b", "back_numerator": 2, "back_denominator": 1}],
         "structure_share_back_is_of_the_whole"),
        ([{"source": "a", "target": "b"}] * 2, "structure_part_is_named_once"),
        ([{}], "structure_part_names_a_unit"),
        ([{"target": "b"}], "structure_part_that_opens_has_name"),
    ],
)  # fmt: skip
def test_the_database_refuses_parts_that_cannot_be(parts: list[dict[str, Any]], constraint: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        keep(parts)
    assert refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


def test_shares_of_many_parts_that_make_a_whole_are_kept() -> None:
    shares = (Fraction(1, 2), THIRD, Fraction(1, 7), Fraction(1, 42))
    keep([{"source": "a", "target": f"t{n}", "share_denominator": share.denominator} for n, share in enumerate(shares)])
    assert StructurePart.objects.count() == 4


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "other"}, "structure_change_is_of_a_kind"),
        ({"level": "borough"}, "structure_change_is_of_a_level"),
        ({"on": None}, "structure_change_has_a_day"),
        ({"withdraws_id": "itself", "reference": "Why"}, "structure_change_withdraws_earlier"),
        ({"withdraws_id": "first"}, "structure_change_says_why_it_withdraws"),
    ],
)
def test_the_database_refuses_changes_that_cannot_be(values: dict[str, Any], constraint: str) -> None:
    plain = {"kind": "close", "level": "team", "on": DAY, "recorded_at": AT}
    first = StructureChange.objects.create(**plain)
    numbers = {"first": first.id, "itself": first.id + 100}
    if "withdraws_id" in values:
        values = values | {"withdraws_id": numbers[values["withdraws_id"]]}
        plain["id"] = first.id + 100
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StructureChange.objects.create(**plain | values)
