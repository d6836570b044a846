"""The embedded PostgreSQL: for trying Upheld out, and for its tests.

One server belongs to one `UPHELD_HOME`. Any number of processes share it, by this rule:

- Whoever needs it and finds it not running starts it, under one lock.
- Whoever uses it holds a lock of their own for as long, in `UPHELD_HOME/embedded-users`.
- Whoever leaves, and finds nobody else there and nobody else connected, stops it. So `upheld serve` keeps it up while
  it serves, a short command brings it up and takes it down again, and the order in which they end does not matter.
- `upheld database start` says that it is to stay until `upheld database stop`.

Locks are the system's, so a process that is killed leaves none behind; the server that it may leave running is taken
over by the next command, and stopped by the last one to leave.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from upheld.config import postgres_process as process
from upheld.config.locks import FileLock, LockHeldError, exclusively
from upheld.config.postgres_cluster import Cluster, existing_cluster, make_cluster, make_home, sweep
from upheld.config.postgres_process import EmbeddedPostgresError, Postmaster

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError", "Standing"]

# Longer than a start that must recover, so that whoever waits learns how it went.
LOCK_SECONDS = process.START_SECONDS + 30


@dataclass(frozen=True, slots=True)
class Standing:
    """How the embedded server stands.

    `made` is whether its data exist, `users` how many processes use it, `kept` whether it stays when none does.
    """

    made: bool
    running: bool
    pid: int | None
    version: int | None
    folder: Path
    account: str
    users: int
    kept: bool


class EmbeddedPostgres:
    """The embedded server of one `UPHELD_HOME`. Every method may be called by several processes at once.

    `durable=False` spares the disk and loses data when the machine loses power: for tests alone.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home
        self.durable = durable
        self._lock = home / "embedded.lock"
        self._users = home / "embedded-users"

    @contextmanager
    def in_use(self) -> Iterator[str]:
        """Have the server for the length of the block, started where need be; gives the database's address.

        Close every connection of your own before the block ends: an open one keeps the server up.
        """
        make_home(self.home)
        user = self._enter()
        try:
            yield self.start()
        finally:
            # Somebody else who is starting or stopping the server right now decides in our place.
            with suppress(LockHeldError):
                self._leave(user)

    def start(self) -> str:
        """Start the server where it does not run, making it where it does not exist; give the database's address."""
        make_home(self.home)
        with exclusively(self._lock, waiting=LOCK_SECONDS, purpose="starting or stopping the embedded database"):
            sweep(self.home)
            cluster = existing_cluster(self.home) or make_cluster(self.home, durable=self.durable)
            server = process.wait_until_settled(cluster.data)
            if server is not None and not _has_socket(server):
                # Its socket was swept away with other old files: nobody new can reach it.
                process.end(cluster.data, cluster.binaries)
                server = None
            return cluster.url(server or self._begin(cluster))

    def keep(self) -> str:
        """Start the server and let it stay when nobody uses it, until `stop`; give the database's address."""
        url = self.start()
        cluster = self._cluster()
        server = process.running(cluster.data)
        if server is not None:
            cluster.kept.write_text(server.identity + "\n")
        return url

    def stop(self) -> bool:
        """Stop the server, whoever uses it. Says whether it ran."""
        if not self.home.is_dir() or existing_cluster(self.home) is None:
            return False
        with exclusively(self._lock, waiting=LOCK_SECONDS, purpose="starting or stopping the embedded database"):
            cluster = self._cluster()
            ran = process.wait_until_settled(cluster.data) is not None
            cluster.kept.unlink(missing_ok=True)
            process.end(cluster.data, cluster.binaries)
            return ran

    def status(self) -> Standing:
        """How the server stands. Starts, makes and changes nothing."""
        cluster = existing_cluster(self.home)
        server = process.running(cluster.data) if cluster else None
        return Standing(
            made=cluster is not None,
            running=server is not None,
            pid=server.pid if server else None,
            version=cluster.binaries.major if cluster else None,
            folder=cluster.folder if cluster else self.home / "postgres",
            account=cluster.account.name if cluster else "",
            users=self._count_users(),
            kept=cluster is not None and server is not None and _is_kept(cluster, server),
        )

    def _begin(self, cluster: Cluster) -> Postmaster:
        return process.begin(
            cluster.data,
            cluster.binaries,
            cluster.account,
            run=cluster.run,
            log=cluster.log,
            durable=self.durable,
        )

    def _cluster(self) -> Cluster:
        cluster = existing_cluster(self.home)
        if cluster is None:
            raise EmbeddedPostgresError(f"There is no embedded database in {self.home} any more.")
        return cluster

    def _enter(self) -> FileLock:
        """Take a lock that says: this process uses the server."""
        while True:
            user = FileLock(self._users / f"{os.getpid()}-{secrets.token_hex(4)}")
            # Somebody who counts users may lock a new file for an instant to see whether it is stale.
            if user.try_to_take():
                return user

    def _leave(self, user: FileLock) -> None:
        try:
            with exclusively(self._lock, waiting=LOCK_SECONDS, purpose="starting or stopping the embedded database"):
                user.let_go(delete=True)
                cluster = existing_cluster(self.home)
                server = process.running(cluster.data) if cluster else None
                if cluster is None or server is None or self._count_users() or _is_kept(cluster, server):
                    return
                if not _others_connected(cluster.url(server)):
                    process.end(cluster.data, cluster.binaries)
        finally:
            user.let_go(delete=True)

    def _count_users(self) -> int:
        """How many processes hold a user's lock; what the dead left behind is cleared away."""
        count = 0
        for path in self._users.glob("*-*"):
            lock = FileLock(path)
            if lock.try_to_take():
                lock.let_go(delete=True)
            else:
                count += 1
        return count


def _has_socket(server: Postmaster) -> bool:
    return server.socket_folder is None or (server.socket_folder / f".s.PGSQL.{server.port}").exists()


def _is_kept(cluster: Cluster, server: Postmaster) -> bool:
    try:
        return cluster.kept.read_text().strip() == server.identity
    except OSError:
        return False


def _others_connected(url: str) -> bool:
    """Whether anybody is connected who holds no user's lock: psql, say, or a process that outlived its parent."""
    import psycopg

    question = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute(question).fetchone()
    except psycopg.OperationalError:
        return False
    return row is not None and row[0] > 0
