"""Fixtures for every kind of test. What they stand on is in `tests/support`.

Django is set up when the first test that needs it is collected (see `tests.support.shell.PURE`), so a `conftest.py` or
a factory in a folder of its own imports models inside its functions, not at its top.

- `db`, `transactional_db`, `@pytest.mark.django_db`: pytest-django's own, on a real PostgreSQL. After a test that
  commits, the database is copied anew from the migrated template.
- `database`: the database itself: its `url` for commands that a test runs, and `restore()`.
- `example_record`: the record with the example register in it. `example_record_site`: the site on it.
- `live_site`: the site as `upheld serve` runs it, on the test's database. `browser` and `page`: Chromium.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support import shell
from tests.support.always import check_record_after
from tests.support.browser import OPTIONS, chromium
from tests.support.database import TestDatabase, drop_template, server
from tests.support.example_record import TODAY, ExampleDatabase, days_of, on_the_example
from tests.support.site import Site, running_site

# How long one example takes says something about the machine, and nothing about the product.
settings.register_profile("upheld", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("upheld")


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker(config):
        shell.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        drop_template()
        shell.end_run()


@pytest.hookimpl(tryfirst=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> None:
    if shell.needs_django(path):
        shell.set_django_up(parent.config)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> None:
    if shell.needs_django(module_path):
        shell.set_django_up(parent.config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Before anything is undone: see that the record is sound, and undo it in any case."""
    wrong: BaseException | None = None
    try:
        check_record_after(item)
    except BaseException as error:  # noqa: BLE001 - it is raised again, once all is undone
        wrong = error
    yield
    if wrong is not None:
        raise wrong


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name no test by the bytes it is given: a workbook made a second later has others, and two processes disagree."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the database, and those that open a browser, so that they can be chosen with -m."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & {"_database", "db", "transactional_db"} or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if "browser" in fixtures:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def database_server() -> Iterator[str]:
    """The address of a database on the run's server, through which others are made."""
    with server() as url:
        yield url


@pytest.fixture(scope="session")
def _database(
    database_server: str, request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[TestDatabase]:
    from django.test import TransactionTestCase

    database = TestDatabase(database_server, getattr(request.config, "workerinput", {}).get("workerid", "only"))
    with django_db_blocker.unblock():
        database.make()
    # Django would empty the tables, which the chronology refuses.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: database.restore())
        yield database
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(scope="session")
def django_db_setup(_database: TestDatabase) -> None:
    """What pytest-django asks for before the first test that uses the database."""


@pytest.fixture
def database(transactional_db: None, _database: TestDatabase) -> TestDatabase:
    """The test's own database, for tests that run commands or servers on it. It is made anew afterwards."""
    return _database


@pytest.fixture(scope="session")
def _site(_database: TestDatabase) -> Iterator[Site]:
    with running_site(_database.url) as site:
        yield site


@pytest.fixture
def live_site(transactional_db: None, _site: Site) -> Site:
    """The running site, on the test's own database."""
    return _site


@pytest.fixture(scope="session")
def _example_database(
    _database: TestDatabase, database_server: str, request: pytest.FixtureRequest, django_db_blocker: Any
) -> Iterator[ExampleDatabase]:
    worker = getattr(request.config, "workerinput", {}).get("workerid", "only")
    example = ExampleDatabase(database_server, f"{worker}_example")
    with django_db_blocker.unblock():
        try:
            example.make()
        finally:
            _database.point_django_at(_database.name)
    yield example
    with django_db_blocker.unblock():
        example.drop()


@pytest.fixture
def example_record(
    _example_database: ExampleDatabase,
    _database: TestDatabase,
    django_db_blocker: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ExampleDatabase]:
    """The record with the example, on the example's own day. What a test changes in it is undone."""
    monkeypatch.setattr("django.utils.timezone.localdate", days_of(TODAY))
    with django_db_blocker.unblock(), on_the_example(_example_database, _database):
        yield _example_database


@pytest.fixture(scope="session")
def example_record_site(_example_database: ExampleDatabase) -> Iterator[Site]:
    """The running site on the record with the example; what is done there stays for the tests after."""
    with running_site(_example_database.url) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread; Django would take the test for asynchronous code.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Any, live_site: Site) -> Iterator[Any]:
    """A new page in a browser of its own memory, with the site's address as its base."""
    context = browser.new_context(base_url=live_site.url, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
