"""The register of pages: every page that a person can come to, by the room that it belongs to.

A room adds its pages in `tests/browser/registry/<room>.py`, as `PAGES`, a tuple of `PageToSee`. Each is opened at three
widths, looked at by axe, and photographed for the screenshots. `VISITORS` in the same file may add people who must be
made ready first: a name, and a function that gives a signed-in browser context.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.browser.visits import Visits

WIDTHS = (320, 768, 1280)
STRANGER = ""


@dataclass(frozen=True)
class PageToSee:
    """One page, and how to come to it.

    `name` names its screenshots. `path` is its address, or that of a page with a link to it: then `find` is the CSS of
    that link. `visitor` is the role of an example person (`complaints-manager`, …), one of `VISITORS`, or nobody signed
    in. `prepare` does something on the page first: sends a form with a mistake, opens what is folded. `status` is the
    answer's, where it is not 200.
    """

    name: str
    path: str
    visitor: str = STRANGER
    find: str = ""
    prepare: Callable[[Any], object] | None = None
    status: int = 200


@dataclass(frozen=True)
class Registry:
    """What all rooms have registered."""

    pages: tuple[PageToSee, ...]
    visitors: dict[str, Callable[["Visits"], Any]]


def registry() -> Registry:
    """Gather what the rooms have registered. Raises `ValueError` for two pages of one name."""
    rooms = [_load(path) for path in sorted((Path(__file__).parent / "registry").glob("*.py"))]
    pages = tuple(page for room in rooms for page in room.PAGES)
    names = [page.name for page in pages]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"Two pages are registered as {', '.join(twice)}: give each a name of its own.")
    visitors = {name: make for room in rooms for name, make in getattr(room, "VISITORS", {}).items()}
    return Registry(pages, visitors)


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"tests.browser.registry.{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
