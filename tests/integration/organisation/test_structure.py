"""Services and teams: codes that stay, names that are one whatever their spelling."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.accounts import make_user
from tests.factories.cases import AT
from upheld.organisation.actions import NameTaken, NoName, add_service, add_team, record_change
from upheld.organisation.changes import ChangeKind, Level
from upheld.organisation.entry import Entry, From
from upheld.organisation.models import Service, ServiceVersion, Team, TeamVersion
from upheld.organisation.queries import present_services, present_teams, service_names, team_names

pytestmark = pytest.mark.django_db


def care() -> Service:
    return add_service("Care", by=None, at=AT)


def test_a_service_and_a_team_are_added() -> None:
    manager = make_user()
    service = add_service(" Children   Looked After ", by=manager, at=AT, opened_on=date(2018, 4, 1))
    team = add_team("Child Protection & Proceedings", service, by=manager, at=AT)
    assert (service.code, team.code) == ("children-looked-after", "child-protection-and-proceedings")
    version = ServiceVersion.objects.get()
    assert (version.name, version.name_key) == ("Children Looked After", "children looked after")
    assert (version.from_date, version.to_date) == (service.opened_on, None) == (date(2018, 4, 1), None)
    assert (version.recorded_at, version.recorded_by) == (AT, manager.public_id)
    assert TeamVersion.objects.get().service == service
    assert (str(service), str(team), str(version)) == (service.code, team.code, "Children Looked After")


def test_the_structure_is_read_in_the_order_of_names() -> None:
    homes, service = add_service("homes", by=None, at=AT), care()
    for name in ("north", "East", "south-west"):
        add_team(name, service, by=None, at=AT)
    add_team("Adoption", homes, by=None, at=AT)
    assert [s.name for s in present_services()] == ["Care", "homes"]
    assert [(t.name, t.service) for t in present_teams()] == [
        ("Adoption", "homes"),
        ("East", "care"),
        ("north", "care"),
        ("south-west", "care"),
    ]
    assert service_names() == {"care": "Care", "homes": "homes"}
    assert team_names() == {"adoption": "Adoption", "east": "East", "north": "north", "south-west": "south-west"}


def test_what_holds_no_longer_is_not_present() -> None:
    add_team("North", care(), by=None, at=AT)
    close = Entry(ChangeKind.CLOSE, Level.TEAM, date(2020, 1, 1), (From("North"),))
    record_change(close, by=None, at=AT)
    assert present_teams() == ()


@pytest.mark.parametrize("name", ["Care", "CARE", " care.", "care"])
def test_one_name_is_one_service(name: str) -> None:
    care()
    with pytest.raises(NameTaken, match="There is a service called"):
        add_service(name, by=None, at=AT)
    assert Service.objects.count() == ServiceVersion.objects.count() == 1


def test_one_name_is_one_team_whatever_its_service() -> None:
    add_team("North team", care(), by=None, at=AT)
    homes = add_service("Homes", by=None, at=AT)
    with pytest.raises(NameTaken, match="There is a team called “North-Team”"):
        add_team("North-Team", homes, by=None, at=AT)
    assert Team.objects.count() == 1


@pytest.mark.parametrize("name", ["", "  ", "-", " . "])
def test_a_name_is_needed(name: str) -> None:
    with pytest.raises(NoName):
        add_service(name, by=None, at=AT)
    with pytest.raises(NoName):
        add_team(name, care(), by=None, at=AT)


def test_names_that_make_the_same_code_have_codes_of_their_own() -> None:
    codes = [add_service(name, by=None, at=AT).code for name in ("A & B", "A and B", "A+and+B")]
    assert codes == ["a-and-b", "a-and-b-2", "a-and-b-3"]


@pytest.mark.parametrize(
    ("model", "values", "constraint"),
    [
        (Service, {"code": ""}, "service_has_code"),
        (Team, {"code": ""}, "team_has_code"),
        (
            Service,
            {"code": "x", "opened_on": date(2020, 1, 2), "closed_on": date(2020, 1, 2)},
            "service_opens_before_it_closes",
        ),
        (
            Team,
            {"code": "x", "opened_on": date(2020, 1, 2), "closed_on": date(2020, 1, 1)},
            "team_opens_before_it_closes",
        ),
    ],
)
def test_what_cannot_be_is_refused(model: Any, values: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"name_key": "other"}, "team_has_one_(present_version|version_at_a_time)"),
        ({"name_key": "other", "to_date": date(2016, 1, 1)}, "team_has_one_version_at_a_time"),
        ({"to_date": date(2020, 1, 1), "from_date": date(2020, 1, 1)}, "team_version_begins_before_it_ends"),
        ({"to_date": date(2020, 1, 1), "name_key": ""}, "team_version_has_name"),
    ],
)
def test_a_team_has_one_name_at_a_time(values: dict[str, Any], constraint: str) -> None:
    team = add_team("North", care(), by=None, at=AT, opened_on=date(2015, 1, 1))
    plain = {"team": team, "service": Service.objects.get(), "name": "N", "name_key": "n", "recorded_at": AT}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        TeamVersion.objects.create(**plain | values)
    TeamVersion.objects.create(**plain, to_date=date(2010, 1, 1))
    assert TeamVersion.objects.count() == 2
