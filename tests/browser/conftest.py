from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.pages import registry
from tests.browser.visits import Visits
from tests.support.example_site import ExampleSite, example_site


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExampleSite]:
    """The site with its example data, made once for all pages: none of these tests changes it for another."""
    with example_site(tmp_path_factory.mktemp("example") / "home") as site:
        yield site


@pytest.fixture(scope="session")
def visits(browser: Any, example: ExampleSite) -> Iterator[Visits]:
    made = Visits(browser, example, registry())
    yield made
    made.close()
