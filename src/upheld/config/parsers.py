"""Turn the text of an environment variable into a value, or say what is wrong with it.

Every parser raises `ValueError` with the middle of a sentence: "UPHELD_WORKERS " + the text reads as a whole.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Below this, Django itself warns; a short key can be guessed and every session with it.
SECRET_KEY_MINIMUM_LENGTH = 50
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_HOST = re.compile(r"^(\*|\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$")


@dataclass(frozen=True, slots=True)
class Database:
    """Where the database is, in the parts that Django and psycopg both ask for.

    `host` is a name, an address, the folder of a Unix socket, or empty for the driver's own default.
    """

    name: str
    user: str
    password: str
    host: str
    port: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that sends e-mail. `security` is `tls` (STARTTLS), `ssl` or `none`."""

    host: str
    port: int
    user: str
    password: str
    security: str


def text(value: str) -> str:
    """Any text at all."""
    return value


def words(value: str) -> str:
    """Text of one line that is not too long to be shown in a page's header."""
    if len(value) > 100 or any(ord(character) < 32 for character in value):
        raise ValueError("is not one line of at most 100 characters")
    return value


def switch(value: str) -> bool:
    """On or off."""
    if value.lower() in {"on", "yes", "true", "1"}:
        return True
    if value.lower() in {"off", "no", "false", "0"}:
        return False
    raise ValueError("is neither on nor off")


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """Make a parser of whole numbers from `low` to `high`, both included."""

    def parse(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise ValueError(f"is not a whole number from {low} to {high}")
        return int(value)

    return parse


def one_of(*choices: str) -> Callable[[str], str]:
    """Make a parser that takes one of `choices`, whatever its case."""

    def parse(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError(f"is not one of {', '.join(choices)}")
        return value.lower()

    return parse


def colour(value: str) -> str:
    """A colour as # and six hexadecimal digits, in lower case."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValueError("is not a colour written as # and six digits from 0 to f")
    return value.lower()


def time_zone(value: str) -> str:
    """A time zone by its name in the tz database."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("is not the name of a time zone") from error
    return value


def hosts(value: str) -> tuple[str, ...]:
    """Host names separated by commas: no scheme, no port."""
    names = tuple(part.strip() for part in value.split(",") if part.strip())
    if not names:
        raise ValueError("names no host")
    for name in names:
        if not _HOST.match(name):
            raise ValueError("holds something that is not a bare host name (no https://, no port, commas between)")
    return names


def folder(value: str) -> Path:
    """A folder's full path; `~` is the person's own folder. It need not exist yet."""
    path = Path(value).expanduser()
    if not path.is_absolute():
        raise ValueError("is not a full path")
    return path


def secret_key(value: str) -> str:
    """A long random text."""
    if len(value) < SECRET_KEY_MINIMUM_LENGTH or len(set(value)) < 5:
        raise ValueError(f"is too easy to guess: give it at least {SECRET_KEY_MINIMUM_LENGTH} random characters")
    return value


def token(value: str) -> str:
    """Empty, or a random text of at least 20 characters without spaces."""
    if value and not re.fullmatch(r"[!-~]{20,}", value):
        raise ValueError("is too short or holds spaces: give it at least 20 random characters")
    return value


def web_address(value: str) -> str:
    """Empty, or an https:// address (http:// is taken for this machine alone)."""
    if not value:
        return ""
    parts = _split(value)
    if parts.scheme == "http" and parts.hostname in LOOPBACK_HOSTS:
        return value.rstrip("/")
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("is not a whole address that begins with https://")
    return value.rstrip("/")


def email_address(value: str) -> str:
    """One e-mail address, on its own."""
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", value):
        raise ValueError("is not one e-mail address")
    return value


def database(value: str) -> Database:
    """A PostgreSQL address: postgresql://user:password@host:port/name?option=value."""
    parts = _split(value)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("does not begin with postgresql:// (Upheld keeps its record in PostgreSQL only)")
    name = unquote(parts.path.lstrip("/"))
    if not name or "/" in name:
        raise ValueError("does not end with /NAME, the name of the database")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    # A Unix socket's folder has slashes, so libpq takes it as an option (?host=/run/postgresql).
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return Database(
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=host,
        port=options.pop("port", "") or str(parts.port or ""),
        options=tuple(sorted(options.items())),
    )


def mail_server(value: str) -> MailServer | None:
    """Empty, or a mail server: smtp://user:password@host:587?security=tls."""
    if not value:
        return None
    parts = _split(value)
    security = dict(parse_qsl(parts.query)).get("security", "tls")
    if parts.scheme != "smtp" or not parts.hostname:
        raise ValueError("does not begin with smtp:// and the name of a server")
    if security not in {"tls", "ssl", "none"}:
        raise ValueError("has a security other than tls, ssl or none")
    return MailServer(
        host=parts.hostname,
        port=parts.port or 587,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security,
    )


def _split(value: str) -> SplitResult:
    """Split an address; a port that is no number is found here and not on first use."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise ValueError("is not an address that can be read") from error
    return parts
