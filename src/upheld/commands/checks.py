"""What `upheld doctor` looks at: each check says what it found, and what to do where something is amiss.

Checks of the installation come first and need nothing that could be broken; those of the settings need the settings to
be readable; those of the database need a database that answers.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

import upheld
from upheld.config.environment import EMBEDDED_BANNER, Environment, unknown_settings
from upheld.config.folders import is_root
from upheld.config.parsers import LOOPBACK_HOSTS
from upheld.config.settings_table import EXAMPLE_COUNCIL

GIGABYTE = 1024**3
# A complaint received today may still run through three stages: 65, 30, 5 and 15 working days, and some to ask in.
CALENDAR_REACH = timedelta(days=270)
CALENDAR_NEEDED = timedelta(days=100)


class State(StrEnum):
    """How a finding stands."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found. `advice` says what to do; it is empty where nothing is amiss."""

    check: str
    state: State
    found: str
    advice: str = ""


def ok(check: str, found: str) -> Finding:
    """All is well."""
    return Finding(check, State.OK, found)


def warning(check: str, found: str, advice: str) -> Finding:
    """It works, and should be looked at."""
    return Finding(check, State.WARNING, found, advice)


def wrong(check: str, found: str, advice: str) -> Finding:
    """It does not work, or must not be used like this."""
    return Finding(check, State.WRONG, found, advice)


def collected(check: str, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """What `look` finds. A check that fails is itself a finding: the others still run."""
    try:
        return list(look())
    except Exception as error:  # noqa: BLE001 - whatever it is, the rest of the examination goes on
        return [wrong(check, f"This could not be checked: {type(error).__name__}.", "Run upheld --debug doctor.")]


def python() -> Iterator[Finding]:
    """The Python that runs this. An older one than Upheld needs could not have installed it."""
    yield ok("python", ".".join(map(str, sys.version_info[:3])))


def packages() -> Iterator[Finding]:
    """The libraries, against the lock where there is one (a checkout), else against what the package asks for."""
    lock = Path(upheld.__file__).parents[2] / "requirements" / "runtime.txt"
    if not lock.is_file():
        yield ok("packages", f"Upheld {upheld.__version__}, installed as a package")
        return
    # A line with a marker is for some platforms only, so its absence says nothing.
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)( ;)?", lock.read_text(), flags=re.MULTILINE)
    differing = []
    for name, wanted, marker in pins:
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = "" if marker else "missing"
        if installed and installed != wanted:
            differing.append(f"{name} {installed} (locked: {wanted})")
    if differing:
        yield wrong("packages", f"Differ from the lock: {', '.join(differing)}", "Run make setup.")
    else:
        yield ok("packages", f"Upheld {upheld.__version__}; {len(pins)} libraries as locked")


def assets() -> Iterator[Finding]:
    """What pages and documents are made with."""
    style = files("upheld") / "web" / "static" / "build" / "upheld.css"
    if style.is_file():
        yield ok("assets", "Style sheets and scripts are built")
    else:
        yield wrong("assets", "Style sheets and scripts are not built", "Run make setup.")
    fonts = [path for path in (files("upheld") / "documents" / "fonts").iterdir() if path.name.endswith(".ttf")]
    if len(fonts) >= 4:
        yield ok("fonts", "The typeface of reports is there, in four styles")
    else:
        yield wrong("fonts", f"{len(fonts)} of the 4 styles of the reports' typeface are there", "Run make setup.")


def calendar() -> Iterator[Finding]:
    """How far ahead working days can be counted."""
    from upheld.procedure.calendar import load_calendar

    last = load_calendar().last
    ahead = last - datetime.now(UTC).date()
    found = f"Bank holidays are known to {_day(last)}"
    if ahead < CALENDAR_NEEDED:
        yield wrong("calendar", found, "Limits of new complaints cannot be worked out. Install a newer Upheld.")
    elif ahead < CALENDAR_REACH:
        yield warning("calendar", found, "Later stages of new complaints will soon reach beyond. Upgrade Upheld.")
    else:
        yield ok("calendar", found)


def home(folder: Path, *, keeps_key: bool) -> Iterator[Finding]:
    """The folder for everything that is kept outside the database, and the key where it is kept there."""
    if not folder.exists():
        yield ok("home", f"{folder} does not exist yet; it is made when it is first needed")
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield wrong("home", f"{folder} cannot be written to", "Give it to the account that runs Upheld.")
        return
    # Root's server runs as an account of its own, which must pass through; nobody need ever list it.
    open_to_others = folder.stat().st_mode & (0o066 if is_root() else 0o077)
    if open_to_others and sys.platform != "win32":
        yield warning("home", f"{folder} can be read by other accounts", f"Close it: chmod go-rwx {folder}")
    else:
        yield ok("home", f"{folder}, closed to other accounts")
    key = folder / "secret-key"
    if keeps_key and key.exists() and key.stat().st_mode & 0o077 and sys.platform != "win32":
        yield wrong("secret key", f"{key} can be read by other accounts", f"Run chmod 600 {key}, then delete it once.")
    free = shutil.disk_usage(folder).free
    state = wrong if free < GIGABYTE / 5 else warning if free < GIGABYTE else None
    size = f"{free / GIGABYTE:.1f} GB free where {folder} is"
    yield state("disk", size, "Make room: backups and reports need it.") if state else ok("disk", size)


def settings(environment: Environment, variables: Mapping[str, str]) -> Iterator[Finding]:
    """Settings that can be read, and should still be thought about."""
    for name, nearest in unknown_settings(variables).items():
        meant = f" Did you mean {nearest}?" if nearest else ""
        yield warning("settings", f"{name} is no setting, so it does nothing.{meant}", "Remove or rename it.")
    live = not environment.embedded
    reachable = set(environment.allowed_hosts) - LOOPBACK_HOSTS
    if environment.debug:
        yield warning("debug", "UPHELD_DEBUG is on: error pages show the inside of the site", "Set UPHELD_DEBUG=off.")
    if live:
        yield ok("secret key", "UPHELD_SECRET_KEY is set")
    if reachable and not environment.https:
        yield wrong("https", "Others can reach the site, and https is off", "Set UPHELD_HTTPS=on, behind a proxy.")
    elif environment.https and not environment.behind_proxy:
        yield warning(
            "https",
            "https is on, and UPHELD_BEHIND_PROXY is off: a proxy that ends https would be sent round in circles",
            "If a proxy stands in front, set UPHELD_BEHIND_PROXY=on.",
        )
    else:
        yield ok("https", "On, ended by a proxy" if environment.https else "Off: for this machine alone")
    if live and not reachable:
        yield warning("hosts", "Only this machine's own names are allowed", "Set UPHELD_ALLOWED_HOSTS.")
    else:
        yield ok("hosts", ", ".join(environment.allowed_hosts))
    if environment.time_zone == "Europe/London":
        yield ok("time zone", "Europe/London")
    else:
        yield warning("time zone", environment.time_zone, "English limits are counted in Europe/London.")
    if live and environment.council_name == EXAMPLE_COUNCIL:
        yield warning("council", f"Pages and reports say {EXAMPLE_COUNCIL}", "Set UPHELD_COUNCIL_NAME.")
    if live and environment.mail_server is None:
        yield warning("e-mail", "No server: messages are kept as files and not sent", "Set UPHELD_MAIL_URL.")


def stored_files(environment: Environment) -> Iterator[Finding]:
    """Whether stored documents can be written."""
    folder = environment.home / "documents"
    probe = folder / ".doctor"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        yield wrong("stored files", f"{folder}: {error.strerror}", "Give it to the account that runs Upheld.")
    else:
        yield ok("stored files", f"{folder} can be written to")
    if environment.embedded:
        return
    manifest = environment.home / "static" / "version"
    if manifest.is_file() and manifest.read_text().strip() == upheld.__version__:
        yield ok("collected assets", f"Those of Upheld {upheld.__version__}")
    else:
        yield warning("collected assets", "None of this version: pages load more slowly", "Run upheld migrate.")


def database(environment: Environment) -> Iterator[Finding]:
    """The database that answers: its version, its encoding, its clock, who we are there."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'), now(), "
            "(SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        )
        major, encoding, clock, superuser = cursor.fetchone()
    if environment.embedded:
        yield warning("database", f"PostgreSQL {major}. {EMBEDDED_BANNER}", "For live cases, set DATABASE_URL.")
    else:
        yield ok("database", f"PostgreSQL {major}, in a server of your own")
        if superuser:
            yield warning(
                "database account",
                "Upheld is the database's superuser, who could switch off the chronology's guard",
                "Give it an account that owns its database and nothing more.",
            )
    if encoding != "UTF8":
        yield wrong("database encoding", encoding, "Make a database with ENCODING 'UTF8'.")
    apart = abs((datetime.now(UTC) - clock).total_seconds())
    if apart > 60:
        yield warning("clock", f"This machine and the database are {apart:.0f} seconds apart", "Set both by NTP.")


def migrations() -> Iterator[Finding]:
    """Whether the tables are as this version needs them."""
    from upheld.config.probes import pending_migrations

    pending = pending_migrations()
    if pending:
        yield wrong("migrations", f"{len(pending)} changes wait for the tables", "Make a backup, run upheld migrate.")
    else:
        yield ok("migrations", "All are applied")


def jobs() -> Iterator[Finding]:
    """Jobs in the background, and who does them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()), "
            "count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs"
        )
        waiting, failed = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '2 minutes'")
        (workers,) = cursor.fetchone()
    if waiting and not workers:
        yield warning("jobs", f"{waiting} jobs wait, and no worker has been seen", "Run upheld worker beside the site.")
    else:
        yield ok("jobs", f"{waiting} wait; workers seen in the last two minutes: {workers}")
    if failed:
        yield warning("failed jobs", f"{failed} jobs failed for good", "Look at the page Jobs; try them again there.")


def accounts() -> Iterator[Finding]:
    """Whether anybody can sign in."""
    from django.contrib.auth import get_user_model

    count = get_user_model().objects.filter(is_active=True).count()
    if count:
        yield ok("accounts", f"{count} open")
    else:
        yield warning("accounts", "Nobody can sign in yet", "Run upheld user create --email … --role …")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
