from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from upheld.config.probes import ProbeMiddleware


def unanswered(_: HttpRequest) -> HttpResponse:
    return HttpResponse("the site")


def ask(path: str, **meta: str) -> HttpResponse:
    return ProbeMiddleware(unanswered)(RequestFactory().get(path, **meta))


def test_alive_needs_no_database() -> None:
    answer = Client(headers={"host": "10.0.0.7:8000"}).get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_with_a_database_that_is_migrated() -> None:
    answer = Client(headers={"host": "10.0.0.7:8000"}).get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.mark.django_db(transaction=True)
def test_not_ready_while_migrations_wait() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    answer = ask("/health/ready")
    assert answer.status_code == 503
    assert b"migrations wait to be applied" in answer.content


@pytest.mark.django_db(transaction=True)
def test_not_ready_without_the_database(database) -> None:
    database.point_django_at("no_such_database")
    answer = ask("/health/ready")
    assert answer.status_code == 503
    assert b"the database cannot be reached" in answer.content
    # Nothing about where it is, or as whom, to whoever asks.
    assert b"no_such_database" not in answer.content


def test_a_probe_is_only_read() -> None:
    assert ProbeMiddleware(unanswered)(RequestFactory().post("/health/live")).content == b"the site"


def test_any_other_page_is_passed_on() -> None:
    assert ask("/health/").content == b"the site"


@pytest.fixture
def environment(settings) -> Callable[..., None]:
    from dataclasses import replace

    def set_to(**values: object) -> None:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, **values)

    return set_to


def test_metrics_are_for_this_machine() -> None:
    assert b"django_http" in ask("/metrics", REMOTE_ADDR="127.0.0.1").content
    assert ask("/metrics", REMOTE_ADDR="::1").status_code == 200


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=10.0.0.7"},
    ],
)
def test_metrics_are_not_for_others(meta: dict[str, str]) -> None:
    answer = ask("/metrics", **meta)
    assert answer.status_code == 403
    assert b"django_http" not in answer.content


def test_behind_a_proxy_everybody_seems_to_be_this_machine(environment) -> None:
    environment(behind_proxy=True)
    assert ask("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 403


def test_a_token_opens_the_metrics_and_nothing_else_does(environment) -> None:
    environment(behind_proxy=True, metrics_token="token-token-token-token")
    assert ask("/metrics", HTTP_AUTHORIZATION="Bearer token-token-token-token").status_code == 200
    assert ask("/metrics", HTTP_AUTHORIZATION="Bearer token-token-token-tokem").status_code == 403
    assert ask("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 403
