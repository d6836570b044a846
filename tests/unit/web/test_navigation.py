from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from upheld.web import navigation
from upheld.web.navigation import Link, Place


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(navigation, "_places", {})
    navigation.register(Place("Privacy", "privacy", "What is kept", 30, lambda user: True))
    navigation.register(Place("Home", "dashboard", "The root", 10, lambda user: True))
    navigation.register(Place("Account", "account_details", "Who you are", 20, lambda user: user.is_tall))
    return


def links(path: str, *, tall: bool = True) -> tuple[Link, ...]:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=True, is_tall=tall)
    return navigation.links(request)


def test_places_stand_in_their_order_with_the_current_one_marked() -> None:
    assert links("/account/2fa/") == (
        Link("Home", "/", "The root", current=False),
        Link("Account", "/account/", "Who you are", current=True),
        Link("Privacy", "/privacy/", "What is kept", current=False),
    )


def test_somebody_sees_the_places_that_are_theirs() -> None:
    assert [link.text for link in links("/", tall=False)] == ["Home", "Privacy"]


def test_the_root_is_current_on_its_own_page_alone() -> None:
    assert [link.text for link in links("/") if link.current] == ["Home"]
    assert [link.text for link in links("/elsewhere/") if link.current] == []


def test_registering_again_replaces() -> None:
    navigation.register(Place("Start", "dashboard", "The root", 10, lambda user: True))
    assert [link.text for link in links("/")] == ["Start", "Account", "Privacy"]


def test_a_stranger_sees_none() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert navigation.links(request) == ()
