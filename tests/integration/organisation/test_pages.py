"""The organisation's pages: who sees them, what they show, and recording what happened without any script."""

from datetime import date

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from tests.factories.cases import AT
from tests.integration.reporting.pages import MANAGER, read, signed_in
from upheld.organisation import queries
from upheld.organisation.actions import add_service, add_team
from upheld.organisation.changes import Level
from upheld.organisation.models import StructureChange

pytestmark = pytest.mark.django_db

DAY = {"on_0": "1", "on_1": "9", "on_2": "2020", "reference": "Cabinet report"}


@pytest.fixture(autouse=True)
def structure() -> None:
    care = add_service("Care", by=None, at=AT)
    add_service("Homes", by=None, at=AT)
    for name in ("North", "South"):
        add_team(name, care, by=None, at=AT)


def text(page: LexborHTMLParser) -> str:
    main = page.css_first("main")
    assert main is not None
    return " ".join(main.text(separator=" ").split())


def record(client: Client, what: str, level: str = "team", **given: object) -> LexborHTMLParser:
    response = client.post(f"/organisation/record/{what}/{level}/", DAY | given, follow=True)
    assert response.status_code == 200
    return LexborHTMLParser(response.content)


def teams(day: date = date(2020, 9, 1)) -> dict[str, str]:
    return {v.name: v.parent for v in queries.timeline().on(day, Level.TEAM)}


@pytest.mark.parametrize(
    ("what", "given", "said", "after"),
    [
        ("merge", {"units": ["North", "South"], "name": "West"}, "North and South merged into West", {"West": "care"}),
        ("merge", {"units": ["North", "South"], "name": "West", "back": "North = 2/3\nSouth=1/3"},
         "would have been 2/3 North and 1/3 South", {"West": "care"}),
        ("merge", {"units": ["North"], "name": "South"}, "North merged into South", {"South": "care"}),
        ("split", {"unit": "North", "parts": "East = 60%\nWest = 0.4"},
         "North was divided: 3/5 to East and 2/5 to West", {"East": "care", "South": "care", "West": "care"}),
        ("rename", {"unit": "North", "name": "Far North"}, "North was renamed Far North",
         {"Far North": "care", "South": "care"}),
        ("move", {"unit": "North", "above": "Homes"}, "North moved to Homes", {"North": "homes", "South": "care"}),
        ("open", {"name": "East", "above": "Homes"}, "East opened",
         {"East": "homes", "North": "care", "South": "care"}),
        ("close", {"unit": "North"}, "North closed; nobody took over its work", {"South": "care"}),
    ],
)  # fmt: skip
def test_what_happened_is_recorded_in_a_form(
    what: str, given: dict[str, object], said: str, after: dict[str, str]
) -> None:
    page = record(signed_in(), what, **given)
    assert said in text(page)
    assert teams() == after
    assert teams(date(2020, 8, 31)) == {"North": "care", "South": "care"}


@pytest.mark.parametrize(
    ("what", "given", "said"),
    [
        ("split", {"unit": "North", "parts": "East = 3/5\nWest = 3/5"}, "the shares of “north” add up to 6/5"),
        ("split", {"unit": "North", "parts": "East"}, "write a name, an equals sign and a share on each line"),
        ("split", {"unit": "North", "parts": "East = lots"}, "“lots” is not a share"),
        ("rename", {"unit": "North", "name": "south"}, "there is a team called “South” already"),
        ("merge", {"name": "West"}, "Choose at least one team"),
        ("close", {"unit": "North", "on_2": ""}, "is not a date"),
        ("close", {"unit": "North", "reference": ""}, "Say where it is written"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_and_nothing_is_recorded(what: str, given: dict[str, object], said: str) -> None:
    before = StructureChange.objects.count()
    page = record(signed_in(), what, **given)
    assert said in text(page)
    assert page.css_first(".govuk-error-summary") is not None
    assert StructureChange.objects.count() == before


def test_the_tree_of_a_day_and_what_has_happened() -> None:
    client = signed_in()
    record(client, "split", unit="North", parts="East = 1/2\nNorth = 1/2")
    page = read(client, "/organisation/?on=2020-08-31")
    assert "On 31 August 2020 Care North South Homes What has happened 1 September 2020" in text(page)
    assert "Care East North South Homes" in text(read(client, "/organisation/"))
    assert "“soon” is not a day" in text(read(client, "/organisation/?on=soon", 400))


def test_a_team_has_its_history() -> None:
    client = signed_in()
    record(client, "rename", unit="North", name="Far North")
    record(client, "close", unit="Far North", on_2="2022")
    said = text(read(client, "/organisation/team/north/"))
    assert "Team, closed Far North" in said
    assert "1 September 2020 to 31 August 2022 Far North Care Until 31 August 2020 North Care" in said
    assert "Far North closed; nobody took over its work" in said
    read(client, "/organisation/team/nobody/", 404)


def test_a_change_is_taken_back_with_a_reason_and_stays_to_be_seen() -> None:
    client = signed_in()
    record(client, "rename", unit="North", name="Far North")
    number = StructureChange.objects.order_by("-id").values_list("id", flat=True)[0]
    address = f"/organisation/changes/{number}/withdraw/"
    assert "Say why it is wrong" in text(LexborHTMLParser(client.post(address).content))
    said = text(LexborHTMLParser(client.post(address, {"reason": "It was South"}, follow=True).content))
    assert "It was taken back. Both records stay." in said
    assert "Taken back" in said
    assert ": It was South." in said
    assert teams() == {"North": "care", "South": "care"}
    read(client, address, 404)


def test_the_first_step_leads_to_the_form() -> None:
    client = signed_in()
    assert client.get("/organisation/record/?what=merge&level=service")["Location"] == (
        "/organisation/record/merge/service/"
    )
    assert "so it cannot move" in text(read(client, "/organisation/record/?what=move&level=directorate", 400))
    read(client, "/organisation/record/move/directorate/", 404)
    read(client, "/organisation/record/burn/team/", 404)


@pytest.mark.parametrize(
    ("role", "sees", "records"),
    [(MANAGER, 200, 200), ("complaints-officer", 200, 200), ("director", 200, 403), ("analyst", 200, 403),
     ("system-administrator", 200, 403), ("information-governance-officer", 403, 403)],
)  # fmt: skip
def test_who_may(role: str, sees: int, records: int) -> None:
    client = signed_in(role)
    for address in ("/organisation/", "/organisation/team/north/"):
        assert client.get(address).status_code == sees
    for address in ("/organisation/record/", "/organisation/record/merge/team/"):
        assert client.get(address).status_code == records
    posted = client.post("/organisation/record/close/team/", DAY | {"unit": "North"})
    assert posted.status_code == (302 if records == 200 else 403)
