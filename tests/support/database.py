"""A real PostgreSQL for tests.

The server is the one that `DATABASE_URL` names when the run starts, or else the embedded one, in the run's own folder.
Migrations run once, into a template; each process of the run copies its own database from it. A test that commits gets
a new copy afterwards: the chronology refuses to be emptied, and no product setting switches that guard off.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.support import shell
from upheld.config import parsers
from upheld.config.embedded_postgres import EmbeddedPostgres
from upheld.config.locks import exclusively


class TestDatabase:
    """One process's database, and the template that it was copied from."""

    __test__ = False

    def __init__(self, server_url: str, worker: str) -> None:
        run = shell.run_folder().name.removeprefix("upheld-tests-").lower()
        self.server_url = server_url
        self.template = f"upheld_test_{run}_template"
        self.name = f"upheld_test_{run}_{worker}"

    @property
    def url(self) -> str:
        """The address of this process's database, for commands and servers that a test starts."""
        return self._url(self.name)

    def make(self) -> None:
        """Copy the template, which whoever comes first makes."""
        with exclusively(shell.run_folder() / "template.lock", waiting=300, purpose="making the template database"):
            if not self._exists(self.template):
                self._execute("CREATE DATABASE {}", self.template)
                self._migrate()
        self.restore()

    def restore(self) -> None:
        """Put the database back to how the template is: migrated, with what migrations put in, and nothing more."""
        from django.db import connection

        connection.close()
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)
        self._execute("CREATE DATABASE {} TEMPLATE {}", self.name, self.template)
        self.point_django_at(self.name)

    def drop(self) -> None:
        """Remove the database."""
        from django.db import connection

        connection.close()
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)

    def point_django_at(self, name: str) -> None:
        """Make Django's connection and `DATABASE_URL` mean this database."""
        from django.conf import settings
        from django.db import connection

        parts = parsers.database(self._url(name))
        connection.close()
        for target in (connection.settings_dict, settings.DATABASES["default"]):
            target.update(
                NAME=name, USER=parts.user, PASSWORD=parts.password, HOST=parts.host, PORT=parts.port, CONN_MAX_AGE=0
            )
            target["OPTIONS"] = {"application_name": "upheld-tests", **dict(parts.options)}
        os.environ["DATABASE_URL"] = self._url(name)

    def _migrate(self) -> None:
        from django.core.management import call_command
        from django.db import connection

        self.point_django_at(self.template)
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except BaseException:
            connection.close()
            self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.template)
            raise
        connection.close()

    def _url(self, name: str) -> str:
        return urlunsplit(urlsplit(self.server_url)._replace(path=f"/{name}"))

    def _exists(self, name: str) -> bool:
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None

    def _execute(self, statement: str, *names: str) -> None:
        query = sql.SQL(statement).format(*map(sql.Identifier, names))
        with psycopg.connect(self.server_url, autocommit=True) as connection:
            for attempt in range(50):
                try:
                    connection.execute(query)
                except psycopg.errors.ObjectInUse:
                    # Another process copies the same template at this moment.
                    if attempt == 49:
                        raise
                    time.sleep(0.1)
                else:
                    return


@contextmanager
def server() -> Iterator[str]:
    """The address of the run's server: the one that was given, or the embedded one while anybody uses it."""
    given = shell.own_server()
    if given:
        yield given
        return
    with EmbeddedPostgres(shell.run_folder() / "server", durable=False).in_use() as url:
        yield url


def drop_template() -> None:
    """Remove the template from a server that outlives the run. For the first process, at the end."""
    given = shell.own_server()
    if given:
        database = TestDatabase(given, "end")
        database._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", database.template)
