"""The embedded server's own folder: where it lies, and how it is made whole or not at all.

`UPHELD_HOME/postgres` holds `data` (PostgreSQL's), `password`, `run` (its socket) and `server.log`. It is made beside
its place under another name and then renamed, so a process that dies on the way leaves nothing that looks finished.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from upheld.config.folders import is_root
from upheld.config.postgres_account import Account, account_for_new_data, account_of
from upheld.config.postgres_binaries import NEWEST, Binaries, binaries_for
from upheld.config.postgres_process import EmbeddedPostgresError, Postmaster, running, server_environment

ROLE = DATABASE = "upheld"
# Where root's server keeps its data when its account cannot reach UPHELD_HOME (inside /root, say).
REACHABLE = Path("/var/lib/upheld")
# What lies there names the home that it belongs to.
BELONGS_TO = "home"
# What Upheld itself puts into UPHELD_HOME before there is a server. A folder with nothing else in it is Upheld's own.
OWN_NAMES = frozenset({"binaries", "embedded.lock", "embedded-users", "postgres", "secret-key"})


@dataclass(frozen=True, slots=True)
class Cluster:
    """One embedded server's folder, with the account and the programs that it runs with."""

    folder: Path
    account: Account
    binaries: Binaries

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """What the server says. Never what people typed: see the server's options."""
        return self.folder / "server.log"

    @property
    def run(self) -> Path:
        """The folder for its socket."""
        return self.folder / "run"

    @property
    def kept(self) -> Path:
        """A file that names the run of the server which is to stay when nobody uses it."""
        return self.folder / "kept"

    def url(self, server: Postmaster) -> str:
        """The address of the database, for `DATABASE_URL`."""
        password = quote((self.folder / "password").read_text().strip(), safe="")
        if server.socket_folder is None:
            return f"postgresql://{ROLE}:{password}@127.0.0.1:{server.port}/{DATABASE}"
        place = urlencode({"host": str(server.socket_folder), "port": str(server.port)})
        return f"postgresql://{ROLE}:{password}@/{DATABASE}?{place}"


def existing_cluster(home: Path) -> Cluster | None:
    """The cluster of `home`, or None where none was made yet."""
    entrance = home / "postgres"
    if not entrance.exists():
        if entrance.is_symlink():
            raise EmbeddedPostgresError(
                f"The embedded database's data was in {entrance.readlink()}, which is gone. Put it back; or, to "
                f"begin again without it, delete {entrance}."
            )
        return None
    folder = entrance.resolve()
    try:
        major = int((folder / "data" / "PG_VERSION").read_text())
    except (OSError, ValueError) as error:
        raise EmbeddedPostgresError(
            f"{folder} holds no PostgreSQL data that can be read. Put it back from a copy; or, to begin again without "
            f"it, move {entrance} away."
        ) from error
    account = account_of(folder / "data")
    return Cluster(folder, account, binaries_for(major, account=account, copies=lambda: _copies(home, account)))


def make_home(home: Path) -> None:
    """Make `UPHELD_HOME` where it is missing, for nobody but its owner. Folders above it are left as they are."""
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=0o700, exist_ok=True)
        _let_account_in(home)
        (home / "embedded-users").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The folder {home} cannot be made or written to: {error.strerror}. Set UPHELD_HOME to a folder of your "
            "own, for example UPHELD_HOME=~/upheld"
        ) from error


def sweep(home: Path) -> None:
    """Clear away what processes that were killed left half-made. Nobody else may be making anything meanwhile.

    A program that outlived them may still write there; what it keeps back goes the next time.
    """
    half_made = [*home.glob("postgres.new-*")]
    for place in (REACHABLE / "clusters", _temporary()):
        half_made += place.glob(f"{_mark(home)}-*.new-*")
    for abandoned in half_made:
        if abandoned.is_symlink():
            abandoned.unlink()
        else:
            shutil.rmtree(abandoned, ignore_errors=True)


def make_cluster(home: Path, *, durable: bool) -> Cluster:
    """Make a new, empty cluster. Nobody else may be making it meanwhile."""
    account = account_for_new_data()
    binaries = binaries_for(NEWEST, account=account, copies=lambda: _copies(home, account))
    entrance = home / "postgres"
    folder = (
        entrance if account.can_enter(home) else _elsewhere(home, account) / f"{_mark(home)}-{secrets.token_hex(4)}"
    )
    building = folder.with_name(f"{folder.name}.new-{secrets.token_hex(4)}")
    try:
        _fill(building, account, binaries, durable=durable)
        building.rename(folder)
        if folder != entrance:
            (folder / BELONGS_TO).write_text(f"{home}\n")
            link = entrance.with_name(building.name)
            link.symlink_to(folder)
            link.rename(entrance)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The embedded database could not be made in {folder.parent}: {error.strerror}. Make room or give write "
            "access there, set UPHELD_HOME to another folder, or set DATABASE_URL to a PostgreSQL server of your own."
        ) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return Cluster(folder, account, binaries)


def _fill(building: Path, account: Account, binaries: Binaries, *, durable: bool) -> None:
    building.mkdir(mode=0o700)
    account.own(building)
    (building / "run").mkdir(mode=0o700)
    account.own(building / "run")
    password = building / "password"
    with os.fdopen(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(24) + "\n")
    account.own(password)
    # The builtin provider sorts by code point and knows every letter's case, alike on every platform.
    _run(
        [
            str(binaries.program("initdb")),
            f"--pgdata={building / 'data'}",
            f"--username={ROLE}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
            *([] if durable else ["--no-sync"]),
        ],
        account,
    )
    _run(
        [str(binaries.program("postgres")), "--single", "-D", str(building / "data"), "postgres"],
        account,
        said=f"CREATE DATABASE {DATABASE}\n",
    )


def _run(command: list[str], account: Account, *, said: str = "") -> None:
    result = subprocess.run(  # noqa: S603
        command,
        input=said,
        capture_output=True,
        text=True,
        check=False,
        cwd="/" if os.name == "posix" else None,
        env=server_environment(),
        umask=0o077,
        **account.process_options(),
    )
    if result.returncode == 0 and "ERROR" not in result.stderr:
        return
    raise EmbeddedPostgresError(why_not_made(result.stderr, account))


def why_not_made(said: str, account: Account) -> str:
    """Put what PostgreSQL's programs said when they failed into words, with what to do."""
    if "No space left on device" in said:
        cause = "the disk is full. Make room and try again."
    elif "Permission denied" in said:
        cause = f"the account {account.name} may not write there. Set UPHELD_HOME to another folder."
    else:
        cause = "PostgreSQL's own words follow."
    last = "\n".join(said.strip().splitlines()[-4:])
    return f"The embedded database could not be made: {cause}\n{last}"


def _let_account_in(home: Path) -> None:
    """As root, let the server's account pass through a home that is Upheld's own, and do no more.

    A folder that holds anything else is somebody's: its permissions are not ours to change, nor are those above it.
    """
    if not is_root() or not {path.name.split(".new-")[0] for path in home.iterdir()} <= OWN_NAMES:
        return
    account = account_for_new_data()
    if account.gid is None or account.can_enter(home) or home.stat().st_uid != os.geteuid():
        return
    if account.can_enter(home.parent):
        os.chown(home, -1, account.gid)
        home.chmod(home.stat().st_mode | 0o010)


def _elsewhere(home: Path, account: Account) -> Path:
    """A folder that the server's account can reach when it cannot reach UPHELD_HOME.

    What belongs to a home among temporary files is as temporary, and goes when its home is gone.
    """
    if home.resolve().is_relative_to(_temporary()):
        _sweep_temporary()
        return _temporary()
    REACHABLE.mkdir(mode=0o711, parents=True, exist_ok=True)
    clusters = REACHABLE / "clusters"
    clusters.mkdir(mode=0o711, exist_ok=True)
    if not account.can_enter(clusters):
        raise EmbeddedPostgresError(
            f"The account {account.name}, which runs the embedded database, can reach neither UPHELD_HOME nor "
            f"{clusters}. Set UPHELD_HOME to a folder that it can reach, for example UPHELD_HOME=/srv/upheld"
        )
    return clusters


def _temporary() -> Path:
    return Path(tempfile.gettempdir()).resolve()


def _sweep_temporary() -> None:
    """Remove the data of homes among temporary files that are gone, unless a server still runs over them."""
    for left in _temporary().glob("upheld-postgres-*/" + BELONGS_TO):
        with suppress(OSError):
            if left.stat().st_uid != os.geteuid():
                continue  # anybody may make a folder of that name here
            if not Path(left.read_text().strip()).exists() and running(left.parent / "data") is None:
                shutil.rmtree(left.parent, ignore_errors=True)


def _mark(home: Path) -> str:
    """A name for what belongs to this home and lies outside it."""
    return f"upheld-postgres-{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}"


def _copies(home: Path, account: Account) -> Path:
    """Where to copy the programs to, should the account not reach them where they are installed."""
    if account.can_enter(home):
        folder = home / "binaries"
    else:
        # One copy serves every home that is out of reach.
        REACHABLE.mkdir(mode=0o711, parents=True, exist_ok=True)
        folder = REACHABLE / "binaries"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    return folder
