"""The running of one PostgreSQL server over one data folder: begin, look, end.

What `postmaster.pid` says is believed only where the process it names is a PostgreSQL that stands in that data folder:
after `kill -9` or a reboot the file stays behind, and its number may since have become anybody's.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from upheld.config.postgres_account import Account
from upheld.config.postgres_binaries import Binaries
from upheld.errors import UpheldError

PORT = 5432
# A crashed server first plays its log back, which takes as long as there was work since the last checkpoint.
START_SECONDS = 120.0
STOP_SECONDS = 60.0
# The system's limit on the path of a Unix socket, with its final zero; the shortest of the platforms we run on.
SOCKET_PATH_BYTES = 104
# No process can have this number, so PostgreSQL finds the lock of a dead server behind it.
_NO_SUCH_PROCESS = 2**31 - 1
_PAUSE = 0.01
_LOG_BYTES = 1024 * 1024
_STILL_ENDING = "still in use"


class EmbeddedPostgresError(UpheldError):
    """The embedded server cannot be made, started or stopped; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What a running server's `postmaster.pid` says. `ready` is whether it takes connections already."""

    pid: int
    started: int
    port: int
    socket_folder: Path | None
    ready: bool

    @property
    def identity(self) -> str:
        """A text that no other run of any server shares."""
        return f"{self.pid} {self.started}"


def running(data: Path) -> Postmaster | None:
    """The server that runs over `data`, or None."""
    lines = _pid_lines(data)
    # The server writes the file bit by bit while it starts; the first line is there from the beginning.
    if not lines or not lines[0].lstrip("-").isdigit() or not is_server_of(int(lines[0]), data):
        return None
    field = dict(enumerate(lines))
    folder = field.get(4, "")
    return Postmaster(
        pid=int(lines[0]),
        started=int(field.get(2, "") or 0),
        port=int(field.get(3, "") or PORT),
        socket_folder=Path(folder) if folder else None,
        ready=field.get(7, "").strip() == "ready",
    )


def is_server_of(pid: int, data: Path) -> bool:
    """Whether process `pid` is a living PostgreSQL server that stands in `data`."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or not process.name().startswith("postgres"):
            return False
        return sys.platform == "win32" or data.samefile(process.cwd())
    except (psutil.Error, OSError):
        return False


def begin(data: Path, binaries: Binaries, account: Account, *, run: Path, log: Path, durable: bool) -> Postmaster:
    """Start a server over `data` and wait until it takes connections. Nobody else may be starting it meanwhile.

    `run` is the folder for its socket where the path is short enough; `log` takes what it says. Without `durable` it
    does not wait for the disk, which loses data when the machine loses power: for tests alone.
    """
    _disown_stale_pid(data)
    for left in run.glob(".s.PGSQL.*"):
        # Only this data folder's server uses this folder, and the data's own lock is the one that guards them.
        left.unlink(missing_ok=True)
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))
    command = [str(binaries.program("postgres")), "-D", str(data), *_options(run, account, durable=durable)]
    give_up = time.monotonic() + START_SECONDS
    process, said_from = _launch(command, account, log)
    while time.monotonic() < give_up:
        found = running(data)
        if found is not None and found.ready:
            # The server may outlive this process. While both live, somebody must take note of its end.
            threading.Thread(target=process.wait, name="embedded-postgres", daemon=True).start()
            return found
        if process.poll() is not None:
            said = _said(log, said_from)
            if _STILL_ENDING not in said:
                raise EmbeddedPostgresError(_why(said, log))
            # A killed server's own processes notice within moments that it is gone.
            time.sleep(0.2)
            process, said_from = _launch(command, account, log)
        time.sleep(_PAUSE)
    raise EmbeddedPostgresError(
        f"The embedded database did not become ready within {START_SECONDS:.0f} seconds. It may still be recovering "
        f"from a crash: try again in a while. What it says is in {log}."
    )


def _launch(command: list[str], account: Account, log: Path) -> tuple["subprocess.Popen[bytes]", int]:
    """Start the server's process; give it, and where in the log it begins to speak."""
    try:
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
            account.own(log)
            said_from = log.stat().st_size
            process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/" if os.name == "posix" else None,
                env=server_environment(),
                start_new_session=True,
                umask=0o077,
                **account.process_options(),
            )
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The embedded database could not be started: {error.strerror}. Set DATABASE_URL to a PostgreSQL server "
            "of your own."
        ) from error
    return process, said_from


def wait_until_settled(data: Path) -> Postmaster | None:
    """Wait while a server that somebody else began is still starting or already ending; then say what runs."""
    give_up = time.monotonic() + START_SECONDS
    while (found := running(data)) is not None and not found.ready and time.monotonic() < give_up:
        time.sleep(_PAUSE)
    return found


def end(data: Path, binaries: Binaries) -> None:
    """Stop the server over `data`, cutting its connections, and wait until it is gone."""
    found = running(data)
    if found is None:
        return
    if sys.platform == "win32":
        command = [str(binaries.program("pg_ctl")), "stop", "-D", str(data), "-m", "fast", "-w"]
        subprocess.run(command, capture_output=True, check=False, timeout=STOP_SECONDS)  # noqa: S603
    # SIGINT asks for an orderly stop. SIGQUIT leaves recovery to the next start, which loses nothing.
    for sign, seconds in ((signal.SIGINT, STOP_SECONDS), (getattr(signal, "SIGQUIT", signal.SIGTERM), 10.0)):
        if _gone(found.pid, data, sign, seconds):
            _remove_socket_folder(found)
            return
    raise EmbeddedPostgresError(f"The embedded database (process {found.pid}) does not stop. End it by hand.")


def server_environment() -> dict[str, str]:
    """The environment for PostgreSQL's programs: nothing of the person's own, save what Windows cannot do without."""
    kept = {name: value for name, value in os.environ.items() if os.name == "nt" and not name.startswith("PG")}
    return kept | {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _options(run: Path, account: Account, *, durable: bool) -> list[str]:
    settings = {
        "timezone": "UTC",
        "log_timezone": "UTC",
        "max_connections": "60",
        "shared_buffers": "64MB",
        "jit": "off",
        # A failed statement holds what people typed, and so does a message's detail: neither goes into the log.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "password_encryption": "scram-sha-256",
    }
    if sys.platform == "win32":
        settings = settings | {"listen_addresses": "127.0.0.1", "port": str(_free_port())}
    else:
        folder = _socket_folder(run, account)
        settings = settings | {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(folder),
            "unix_socket_permissions": "0700",
        }
    if not durable:
        settings = settings | {"fsync": "off", "full_page_writes": "off"}
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


def _socket_folder(run: Path, account: Account) -> Path:
    """`run`, or, where its path is too long for a socket or would be split as a list, another one."""
    text = str(run)
    if len(os.fsencode(run)) + len(f"/.s.PGSQL.{PORT}") < SOCKET_PATH_BYTES and text.isascii() and "," not in text:
        return run
    # A new folder at each start, made for nobody else: there is no name that another user could have taken first.
    folder = Path(tempfile.mkdtemp(prefix="upheld-", dir="/tmp"))
    account.own(folder)
    return folder


def _remove_socket_folder(server: Postmaster) -> None:
    folder = server.socket_folder
    if folder is not None and folder.parent == Path("/tmp") and folder.name.startswith("upheld-"):  # noqa: S108
        for path in folder.glob(".s.PGSQL.*"):
            path.unlink(missing_ok=True)
        folder.rmdir()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _pid_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(errors="replace").splitlines()
    except OSError:
        return []


def _disown_stale_pid(data: Path) -> None:
    """Where the number in a dead server's file now belongs to another process, put an impossible one in its place.

    PostgreSQL would take that process for the server and refuse to start. The rest of the file stays, since it leads
    PostgreSQL to the old server's shared memory, which it must find empty before it may touch the data.
    """
    lines = _pid_lines(data)
    if lines and lines[0].lstrip("-").isdigit() and psutil.pid_exists(abs(int(lines[0]))):
        path = data / "postmaster.pid"
        with path.open("r+") as file:  # the same file, so that its owner stays
            file.write("\n".join([str(_NO_SUCH_PROCESS), *lines[1:]]) + "\n")
            file.truncate()
    elif not lines:
        # Empty or half-written: the server died while it was writing it, before it touched anything.
        (data / "postmaster.pid").unlink(missing_ok=True)


def _gone(pid: int, data: Path, sign: int, seconds: float) -> bool:
    try:
        os.kill(pid, sign)
    except ProcessLookupError:
        return True
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"The embedded database (process {pid}) belongs to another account, which alone may stop it."
        ) from error
    give_up = time.monotonic() + seconds
    while is_server_of(pid, data):
        if time.monotonic() > give_up:
            return False
        time.sleep(_PAUSE)
    return True


def _said(log: Path, from_byte: int) -> str:
    with log.open("rb") as file:
        file.seek(from_byte)
        return file.read().decode(errors="replace")


def _why(said: str, log: Path) -> str:
    """Put what PostgreSQL said before it gave up into words, with what to do."""
    causes = (
        ("No space left on device", "the disk is full. Make room and try again."),
        (_STILL_ENDING, "a part of the last run is still ending. Try again in a few seconds."),
        ("could not create shared memory", "the system gives it no shared memory. Free some, or use another server."),
        ("could not bind", "its socket or port is taken by another program. End that program and try again."),
        ("incompatible with server", "another version of PostgreSQL made its data. Use the Upheld that made it."),
        ("Permission denied", "it may not read or write its own folder. Give the folder back to the account it had."),
        ("invalid permissions", "its folder is open to other accounts. Close it: chmod 0700 on the folder below."),
    )
    cause = next((text for sign, text in causes if sign in said), "it stopped at once.")
    last = "\n".join(said.strip().splitlines()[-4:])
    return f"The embedded database does not start: {cause}\nIts last words (all of them are in {log}):\n{last}"
