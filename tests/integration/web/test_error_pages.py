"""What people see when something goes wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from tests.factories.environments import changed_environment
from upheld.config import urls as site

SECRET = "Sam Example, born 3 April 2031"


@login_not_required
def fails(request: HttpRequest, how: str) -> HttpResponse:
    raise {
        "bad": BadRequest(SECRET),
        "denied": PermissionDenied(SECRET),
        "broken": RuntimeError(SECRET),
        "database": OperationalError(SECRET),
    }[how]


@login_not_required
def posts(request: HttpRequest) -> HttpResponse:
    return HttpResponse("posted")


urlpatterns = [path("fails/<how>/", fails), path("posts/", posts), *site.urlpatterns]
handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500


@pytest.fixture
def client(settings: Any) -> Iterator[Client]:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/fails/bad/", 400, "This request could not be understood"),
        ("/fails/denied/", 403, "You do not have access to this page"),
        ("/nowhere/", 404, "Page not found"),
        ("/fails/broken/", 500, "Sorry, there is a problem with the service"),
        ("/fails/database/", 503, "Sorry, the service is unavailable"),
    ],
)
@pytest.mark.filterwarnings("ignore:No directory at")
def test_each_fault_has_a_page_of_ours_that_asks_the_database_nothing(
    client: Client, address: str, status: int, heading: str
) -> None:
    # No database may be used in this test: pytest-django forbids it.
    response = client.get(address)
    html = HTMLParser(response.content)
    assert response.status_code == status
    assert html.css_first("h1").text(strip=True) == heading
    assert html.css_first("title").text(strip=True) == f"{heading} – Upheld"
    assert html.css_first("header .app-header__council") is not None
    assert html.css_first("main#main-content") is not None
    assert SECRET not in response.text
    assert "Content-Security-Policy" in response


def test_a_fault_has_a_number_that_the_log_has_too(client: Client) -> None:
    response = client.get("/fails/broken/")
    assert response["X-Request-ID"] in response.text


def test_a_page_that_the_database_kept_away_may_be_tried_again(client: Client) -> None:
    assert client.get("/fails/database/")["Retry-After"] == "120"


def test_a_form_that_came_from_elsewhere_is_refused(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    response = Client(enforce_csrf_checks=True).post("/posts/")
    assert response.status_code == 403
    assert HTMLParser(response.content).css_first("h1").text(strip=True) == "This form has expired"


def test_during_maintenance_every_page_says_when_the_service_is_back(settings: Any) -> None:
    settings.ENVIRONMENT = changed_environment(maintenance="Monday 3 June at 9am")
    client = Client()
    for address in ("/", "/account/login/", "/nowhere/"):
        response = client.get(address)
        assert response.status_code == 503
        assert "You can use it again from Monday 3 June at 9am." in response.text
    assert client.get("/branding.css").status_code == 200
    assert client.get("/health/live").status_code == 200
