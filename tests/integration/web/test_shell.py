"""The parts of the layout, and the pages that belong to no room."""

from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.factories.accounts import make_user
from tests.factories.environments import changed_environment
from upheld.web import branding

PUBLIC = ["/privacy/", "/accessibility/"]


@pytest.mark.parametrize("address", PUBLIC)
def test_statements_are_for_everybody(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 200
    assert HTMLParser(response.content).css_first(".app-header__account") is None


def test_a_stranger_is_sent_to_sign_in_and_back(settings: Any) -> None:
    response = Client().get("/start/")
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/start/")


@pytest.mark.django_db
def test_the_header_says_who_is_signed_in_and_lets_them_out() -> None:
    client = Client()
    client.force_login(make_user(name="Example <Person>"))
    html = HTMLParser(client.get("/start/").content)
    assert html.css_first(".app-header__link").text(strip=True) == "Your account:Example <Person>"
    form = html.css_first(".app-header__form")
    assert (form.attributes["method"], form.attributes["action"]) == ("post", "/account/logout/")
    assert form.css_first("input[name=csrfmiddlewaretoken]") is not None


@pytest.mark.django_db
def test_whoever_has_no_role_is_told_whom_to_ask(settings: Any) -> None:
    settings.ENVIRONMENT = changed_environment(support_email="team@example.invalid")
    client = Client()
    client.force_login(make_user())
    text = HTMLParser(client.get("/start/").content).css_first("main").text()
    assert "there is nothing here for your roles today" in text
    assert "team@example.invalid" in text


def test_the_councils_name_and_colour_come_from_its_settings(settings: Any) -> None:
    settings.ENVIRONMENT = changed_environment(council_name="Example <Borough>", brand_colour="#aa0000")
    html = HTMLParser(Client().get("/privacy/").content)
    assert html.css_first(".app-header__council").text() == "Example <Borough>"
    assert html.css_first("meta[name=theme-color]").attributes["content"] == "#aa0000"
    address = html.css("link[rel=stylesheet]")[1].attributes["href"]
    assert address == f"/branding.css?v={branding.version('#aa0000')}"
    assert Client().get(address).text == branding.style_sheet("#aa0000")


def test_the_colours_are_kept_by_the_browser_until_they_change() -> None:
    first = Client().get("/branding.css")
    assert first["Content-Type"] == "text/css; charset=utf-8"
    assert first["Cache-Control"] == "public, max-age=86400"
    again = Client().get("/branding.css", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "public, max-age=86400")
    assert Client().get("/branding.css", headers={"If-None-Match": '"other"'}).status_code == 200


def test_notices_about_the_installation_stand_on_every_page(settings: Any) -> None:
    settings.SITE_BANNERS = ["Embedded database: for trying out. Live cases need another."]
    html = HTMLParser(Client().get("/privacy/").content)
    assert [one.text(strip=True) for one in html.css(".app-banner__content > *")] == [
        "Embedded database",
        "For trying out. Live cases need another.",
    ]
    settings.SITE_BANNERS = []
    assert HTMLParser(Client().get("/privacy/").content).css_first(".app-banner") is None


@pytest.mark.django_db
def test_the_component_gallery_is_not_shown_in_production(settings: Any) -> None:
    client = Client()
    client.force_login(make_user())
    settings.ENVIRONMENT = changed_environment(embedded=False)
    assert client.get("/components/").status_code == 404
    settings.ENVIRONMENT = changed_environment(embedded=True)
    html = HTMLParser(client.get("/components/").content)
    assert html.css_first("h1").text() == "Components"
    assert len(html.css(".app-tile")) == 4
    assert [page.text(strip=True) for page in html.css(".govuk-pagination__item")] == [
        "1",
        "⋯",
        "6",
        "7",
        "8",
        "⋯",
        "25",
    ]


def test_every_page_has_the_parts_that_a_screen_reader_goes_by() -> None:
    html = HTMLParser(Client().get("/privacy/").content)
    assert html.css_first("html").attributes["lang"] == "en-GB"
    assert html.css_first(".govuk-skip-link").attributes["href"] == "#main-content"
    for landmark in ("header", "main#main-content", "footer"):
        assert len(html.css(landmark)) == 1
    assert len(html.css("h1")) == 1
