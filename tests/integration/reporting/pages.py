"""Pages of figures, as a signed-in person gets them, and the numbers that stand on them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.factories.accounts import make_user

MANAGER = "complaints-manager"
_ID = re.compile(
    r"(?P<figure>[a-z_]+)@(?P<period>Q\d \d{4}/\d\d)(?:\?(?P<by>[^#~]*))?(?:~(?P<since>Q\d \d{4}/\d\d))?#(?P<role>.*)"
)


def signed_in(role: str = MANAGER) -> Client:
    """Somebody with this role, signed in."""
    client = Client()
    client.force_login(make_user(roles=[role] if role else []))
    return client


def read(client: Client, address: str, status: int = 200) -> LexborHTMLParser:
    """A page, which must answer as it should."""
    response = client.get(address)
    assert response.status_code == status, address
    return LexborHTMLParser(response.content)


@dataclass(frozen=True)
class NumberShown:
    """A number on a page, taken apart. `since` is the earlier period of a change."""

    figure: str
    period: str
    since: str | None
    by: tuple[tuple[str, str], ...]
    role: str
    text: str
    value: int
    href: str


def numbers(page: LexborHTMLParser) -> list[NumberShown]:
    """Every number of a figure on a page."""
    return list(_numbers(page))


def _numbers(page: LexborHTMLParser) -> Iterator[NumberShown]:
    for node in page.css("data[data-figure]"):
        found = _ID.fullmatch(str(node.attributes["data-figure"]))
        assert found is not None, node.attributes["data-figure"]
        by = tuple(tuple(pair.split("=", 1)) for pair in (found["by"] or "").split("&") if pair)
        yield NumberShown(
            found["figure"], found["period"], found["since"], by, found["role"],  # type: ignore[arg-type]
            node.text(), int(str(node.attributes["value"])), _href(node),
        )  # fmt: skip


def _href(node: LexborNode) -> str:
    parent = node.parent
    return str(parent.attributes["href"]) if parent is not None and parent.tag == "a" else ""


def count_in_list(client: Client, address: str) -> int:
    """How many rows a list of cases has, over all of its pages; each is counted."""
    rows: list[Any] = []
    while address:
        page = read(client, address)
        rows += page.css("main table tbody tr")
        following = page.css_first("a[rel=next]")
        address = str(following.attributes["href"]) if following is not None else ""
    return len(rows)


def links(page: LexborHTMLParser, text: str) -> list[str]:
    """The addresses of the links in a page whose words hold this text."""
    return [str(link.attributes["href"]) for link in page.css("a[href]") if text in link.text()]
