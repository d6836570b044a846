"""The service's main navigation: each room adds its places, and each person sees those that are theirs.

Rooms register from their `AppConfig.ready`. This room knows no roles: whether somebody sees a place is the room's own
answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the main navigation.

    `description` says on the start page what one can do there. `order` places it, smallest first. `visible_to` is
    asked with the signed-in user.
    """

    text: str
    url_name: str
    description: str
    order: int
    visible_to: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Link:
    """A place as one person sees it now: `current` where they are in it."""

    text: str
    href: str
    description: str
    current: bool


_places: dict[str, Place] = {}


def register(place: Place) -> None:
    """Add a place to the main navigation. Registering the same address name again replaces it."""
    _places[place.url_name] = place


def links(request: HttpRequest) -> tuple[Link, ...]:
    """The places that the signed-in person of this request may go to, in order; none for a stranger."""
    if not request.user.is_authenticated:
        return ()
    seen = [
        (place, reverse(place.url_name))
        for place in sorted(_places.values(), key=lambda place: (place.order, place.text))
        if place.visible_to(request.user)
    ]
    here = _closest(request.path, [href for _, href in seen])
    return tuple(Link(place.text, href, place.description, current=href == here) for place, href in seen)


def _closest(path: str, addresses: list[str]) -> str:
    """The address that `path` lies in: the longest that it begins with. The root holds only itself."""
    within = [href for href in addresses if path == href or (href != "/" and path.startswith(href))]
    return max(within, key=len, default="")
