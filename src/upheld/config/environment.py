"""Every setting of an installation, read once from environment variables.

`SETTINGS` is the one table of them: name, meaning, default, parser and example. What is read, what `upheld doctor`
checks and the reference page all come from it. Nothing here imports Django or touches a network or a file.
"""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from upheld.config import parsers
from upheld.config.folders import default_home
from upheld.config.parsers import Database, MailServer
from upheld.errors import UpheldError

EMBEDDED_BANNER = "Embedded database: for trying out. Live cases need a PostgreSQL server of your own, with backups."
EXAMPLE_COUNCIL = "Example Council"


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one installation, each already a value of its type. Printing it shows no secret."""

    database: Database = field(repr=False)
    database_url: str = field(repr=False)
    embedded: bool
    home: Path
    secret_key: str = field(repr=False)
    debug: bool
    allowed_hosts: tuple[str, ...]
    https: bool
    behind_proxy: bool
    workers: int
    session_hours: int
    time_zone: str
    log_level: str
    log_format: str
    metrics_token: str = field(repr=False)
    council_name: str
    brand_colour: str
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str = field(repr=False)
    oidc_name: str
    mail_server: MailServer | None = field(repr=False)
    mail_from: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    `field` is the name in `Environment`. `default` is text, parsed like any other; None means that the setting must
    be given. `shown_default` says in words a default that depends on the machine. A `secret` is never printed.
    """

    name: str
    field: str
    group: str
    meaning: str
    default: str | None
    parse: Callable[[str], object]
    example: str
    secret: bool = False
    shown_default: str = ""


class WrongSettingsError(UpheldError):
    """One or more settings are missing or wrong; the text lists all of them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        listed = "\n".join(f"  - {problem}" for problem in problems)
        count = "A setting is" if len(problems) == 1 else f"{len(problems)} settings are"
        super().__init__(f"{count} missing or wrong. Put them right in the environment and try again:\n{listed}")


DATABASE, SERVER, SECURITY, COUNCIL, SIGN_IN, MAIL, WATCHING = (
    "Database",
    "Server",
    "Security",
    "The council",
    "Sign-in with the council's own accounts (OpenID Connect)",
    "E-mail",
    "Logs and metrics",
)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "DATABASE_URL",
        "database_url",
        DATABASE,
        "The PostgreSQL database, version 15 or later. Where it is not given, the `upheld` command starts the embedded "
        "server and sets it. Options after `?` are passed to the server's driver.",
        None,
        parsers.text,
        "postgresql://upheld:password@db.example.gov.uk:5432/upheld?sslmode=verify-full",
        secret=True,
        shown_default="the embedded server, through the `upheld` command",
    ),
    Setting(
        "UPHELD_EMBEDDED",
        "embedded",
        DATABASE,
        "Whether the database is the embedded one. The `upheld` command sets it; leave it alone.",
        "off",
        parsers.switch,
        "off",
    ),
    Setting(
        "UPHELD_HOME",
        "home",
        SERVER,
        "The folder for everything that Upheld keeps outside the database: the embedded server's data, stored "
        "documents, collected assets. Only the account that runs Upheld may read it.",
        str(default_home()),
        parsers.folder,
        "/var/lib/upheld",
        shown_default="the person's own data folder; as root `/var/lib/upheld`",
    ),
    Setting(
        "UPHELD_SECRET_KEY",
        "secret_key",
        SECURITY,
        "The key that signs sessions and links. At least 50 random characters, kept out of version control. With the "
        "embedded database one is made and kept in `UPHELD_HOME`.",
        None,
        parsers.secret_key,
        "the output of: python -c 'import secrets; print(secrets.token_urlsafe(64))'",
        secret=True,
        shown_default="made and kept in `UPHELD_HOME` with the embedded database; otherwise it must be given",
    ),
    Setting(
        "UPHELD_ALLOWED_HOSTS",
        "allowed_hosts",
        SECURITY,
        "The host names that people use to reach this site, separated by commas.",
        "localhost,127.0.0.1,[::1]",
        parsers.hosts,
        "complaints.example.gov.uk",
    ),
    Setting(
        "UPHELD_HTTPS",
        "https",
        SECURITY,
        "Whether people reach the site over https. On: cookies travel over https alone, http is redirected, and "
        "browsers are told to remember it. Off is for one's own machine.",
        "on",
        parsers.switch,
        "on",
        shown_default="on; off with the embedded database",
    ),
    Setting(
        "UPHELD_BEHIND_PROXY",
        "behind_proxy",
        SECURITY,
        "Whether a proxy in front ends https and sets X-Forwarded-Proto and X-Forwarded-For itself. Turn it on only "
        "where nobody can reach Upheld around the proxy, since the headers are then believed.",
        "off",
        parsers.switch,
        "on",
    ),
    Setting(
        "UPHELD_SESSION_HOURS",
        "session_hours",
        SECURITY,
        "How many hours without a request end a person's session, from 1 to 24. Closing the browser ends it too.",
        "10",
        parsers.whole_number(1, 24),
        "8",
    ),
    Setting(
        "UPHELD_DEBUG",
        "debug",
        SECURITY,
        "Whether pages show the inside of an error. For developers, on their own machine; refused where other hosts "
        "are allowed.",
        "off",
        parsers.switch,
        "off",
    ),
    Setting(
        "UPHELD_WORKERS",
        "workers",
        SERVER,
        "How many processes answer requests. About one for each core.",
        "2",
        parsers.whole_number(1, 64),
        "4",
    ),
    Setting(
        "UPHELD_TIME_ZONE",
        "time_zone",
        SERVER,
        "The time zone whose calendar days the procedure counts in.",
        "Europe/London",
        parsers.time_zone,
        "Europe/London",
    ),
    Setting(
        "UPHELD_COUNCIL_NAME",
        "council_name",
        COUNCIL,
        "The council's name, as pages and reports show it.",
        EXAMPLE_COUNCIL,
        parsers.words,
        "Example Borough Council",
    ),
    Setting(
        "UPHELD_BRAND_COLOUR",
        "brand_colour",
        COUNCIL,
        "The colour of the header, dark enough to carry white text.",
        "#1d4f5c",
        parsers.colour,
        "#1d4f5c",
    ),
    Setting(
        "UPHELD_OIDC_ISSUER",
        "oidc_issuer",
        SIGN_IN,
        "The address of the identity provider. Where it is given, so are the client's id and secret.",
        "",
        parsers.web_address,
        "https://login.microsoftonline.com/TENANT-ID/v2.0",
    ),
    Setting(
        "UPHELD_OIDC_CLIENT_ID",
        "oidc_client_id",
        SIGN_IN,
        "The id under which Upheld is registered with the provider.",
        "",
        parsers.words,
        "00000000-0000-0000-0000-000000000000",
    ),
    Setting(
        "UPHELD_OIDC_CLIENT_SECRET",
        "oidc_client_secret",
        SIGN_IN,
        "The secret that the provider gave for that id.",
        "",
        parsers.text,
        "the secret's value, not its id",
        secret=True,
    ),
    Setting(
        "UPHELD_OIDC_NAME",
        "oidc_name",
        SIGN_IN,
        "What the sign-in button calls the provider.",
        "your council account",
        parsers.words,
        "your Example Borough account",
    ),
    Setting(
        "UPHELD_MAIL_URL",
        "mail_server",
        MAIL,
        "The server that sends e-mail. Without one nothing is sent: messages are kept as files in `UPHELD_HOME`.",
        "",
        parsers.mail_server,
        "smtp://user:password@mail.example.gov.uk:587?security=tls",
        secret=True,
    ),
    Setting(
        "UPHELD_MAIL_FROM",
        "mail_from",
        MAIL,
        "The address that e-mail comes from.",
        "complaints@example.invalid",
        parsers.email_address,
        "complaints@example.gov.uk",
    ),
    Setting(
        "UPHELD_LOG_LEVEL",
        "log_level",
        WATCHING,
        "The least serious message that is logged: debug, info, warning or error. None of them holds personal data.",
        "info",
        parsers.one_of("debug", "info", "warning", "error"),
        "warning",
    ),
    Setting(
        "UPHELD_LOG_FORMAT",
        "log_format",
        WATCHING,
        "How the log is written to standard error: `json`, one object a line, or `text` for people.",
        "json",
        parsers.one_of("json", "text"),
        "text",
        shown_default="`json`; `text` with the embedded database",
    ),
    Setting(
        "UPHELD_METRICS_TOKEN",
        "metrics_token",
        WATCHING,
        "The bearer token that Prometheus must send to read /metrics. Without one, only this machine may read it, and "
        "nobody may where `UPHELD_BEHIND_PROXY` is on.",
        "",
        parsers.token,
        "the output of: python -c 'import secrets; print(secrets.token_urlsafe(32))'",
        secret=True,
    ),
)


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Read every setting from `variables` (normally `os.environ`).

    Raises `WrongSettingsError` with all that is missing or wrong at once. An empty variable counts as not given.
    """
    values: dict[str, Any] = {}
    problems: list[str] = []
    for setting in SETTINGS:
        given = variables.get(setting.name, "").strip() or setting.default
        if given is None:
            problems.append(f"{setting.name} is not set. {setting.meaning} For example: {_example(setting)}")
            continue
        try:
            values[setting.field] = setting.parse(given)
        except ValueError as error:
            problems.append(_problem(setting, given, str(error)))
    if "database_url" in values:
        try:
            values["database"] = parsers.database(values["database_url"])
        except ValueError as error:
            problems.append(_problem(_row("DATABASE_URL"), "", str(error)))
    problems.extend(_contradictions(values))
    if problems:
        raise WrongSettingsError(tuple(problems))
    return Environment(**values)


def unknown_settings(variables: Mapping[str, str]) -> dict[str, str]:
    """Variables that begin with UPHELD_ but are no setting, each with the setting most like it (or nothing)."""
    names = [setting.name for setting in SETTINGS]
    strangers = sorted(name for name in variables if name.startswith("UPHELD_") and name not in names)
    return {name: next(iter(difflib.get_close_matches(name, names, n=1)), "") for name in strangers}


def settings_reference() -> str:
    """Write the table of settings as a Markdown page."""
    lines = [
        "# Settings",
        "",
        "Upheld reads its settings from environment variables, once, when it starts. This page is generated from the",
        "table in the code: `upheld doctor --settings-reference`. `upheld doctor` checks the ones in force.",
    ]
    groups = dict.fromkeys(setting.group for setting in SETTINGS)
    for group in groups:
        lines += ["", f"## {group}"]
        for setting in (row for row in SETTINGS if row.group == group):
            default = setting.shown_default or (f"`{setting.default}`" if setting.default else "none")
            lines += ["", f"### `{setting.name}`", "", setting.meaning, "", f"- Default: {default}"]
            example = _example(setting)
            lines.append(f"- Example: `{example}`" if "output of" not in example else f"- Example: {example}")
            if setting.secret:
                lines.append("- Secret: keep it out of version control and out of sight.")
    return "\n".join(lines) + "\n"


def _contradictions(values: Mapping[str, Any]) -> list[str]:
    """What is right on its own and wrong together."""
    problems = []
    oidc = {name: values.get(field) for name, field in _OIDC_TOGETHER.items()}
    if any(oidc.values()) and not all(oidc.values()):
        missing = " and ".join(name for name, value in oidc.items() if not value)
        problems.append(f"{missing} must be given too, since other settings of the identity provider are.")
    if values.get("debug") and not set(values.get("allowed_hosts", ())) <= parsers.LOOPBACK_HOSTS:
        problems.append(
            "UPHELD_DEBUG is on while UPHELD_ALLOWED_HOSTS lets other machines in: error pages would show them "
            "personal data. For example: UPHELD_DEBUG=off"
        )
    if "*" in values.get("allowed_hosts", ()):
        problems.append(
            "UPHELD_ALLOWED_HOSTS holds *, which lets anyone put their own host name into the site's links. "
            "For example: UPHELD_ALLOWED_HOSTS=complaints.example.gov.uk"
        )
    return problems


_OIDC_TOGETHER = {
    "UPHELD_OIDC_ISSUER": "oidc_issuer",
    "UPHELD_OIDC_CLIENT_ID": "oidc_client_id",
    "UPHELD_OIDC_CLIENT_SECRET": "oidc_client_secret",
}


def _row(name: str) -> Setting:
    return next(setting for setting in SETTINGS if setting.name == name)


def _problem(setting: Setting, given: str, what: str) -> str:
    value = "" if setting.secret else f" ({given})"
    return f"{setting.name}{value} {what}. For example: {_example(setting)}"


def _example(setting: Setting) -> str:
    return f"{setting.name}={setting.example}" if " " not in setting.example else f"{setting.name}, {setting.example}"
