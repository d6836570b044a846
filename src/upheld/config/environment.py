"""Every setting of an installation, read once from environment variables.

The table of them is in `upheld.config.settings_table`. What is read, what `upheld doctor` checks and the reference page
all come from it. Nothing here imports Django or touches a network or a file.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from upheld.config import parsers
from upheld.config.parsers import Database, MailServer
from upheld.config.settings_table import SETTINGS, Setting
from upheld.errors import UpheldError

EMBEDDED_BANNER = "Embedded database: for trying out. Live cases need a PostgreSQL server of your own, with backups."
DEMO_BANNER = "Example data: every child, family and complaint here is made up. Do not enter real cases."


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
    upload_megabytes: int
    workers: int
    session_hours: int
    retention_years: int
    time_zone: str
    log_level: str
    log_format: str
    metrics_token: str = field(repr=False)
    council_name: str
    brand_colour: str
    support_email: str
    maintenance: str
    demo: bool
    oidc_issuer: str
    oidc_client_id: str
    oidc_client_secret: str = field(repr=False)
    oidc_name: str
    mail_server: MailServer | None = field(repr=False)
    mail_from: str


class WrongSettingsError(UpheldError):
    """One or more settings are missing or wrong; the text lists all of them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        listed = "\n".join(f"  - {problem}" for problem in problems)
        count = "A setting is" if len(problems) == 1 else f"{len(problems)} settings are"
        super().__init__(f"{count} missing or wrong. Put them right in the environment and try again:\n{listed}")


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


def home_folder(variables: Mapping[str, str]) -> Path:
    """`UPHELD_HOME` alone, for what must know it before there is a database. Raises `WrongSettingsError`."""
    home: Path = _alone("UPHELD_HOME", variables)
    return home


def council_name(variables: Mapping[str, str]) -> str:
    """`UPHELD_COUNCIL_NAME` alone, for reports made without a database. Raises `WrongSettingsError`."""
    name: str = _alone("UPHELD_COUNCIL_NAME", variables)
    return name


def brand_colour(variables: Mapping[str, str]) -> str:
    """`UPHELD_BRAND_COLOUR` alone, for the same. Raises `WrongSettingsError`."""
    colour: str = _alone("UPHELD_BRAND_COLOUR", variables)
    return colour


def time_zone(variables: Mapping[str, str]) -> ZoneInfo:
    """`UPHELD_TIME_ZONE` alone, for moments that a command is asked about. Raises `WrongSettingsError`."""
    return ZoneInfo(_alone("UPHELD_TIME_ZONE", variables))


def _alone(name: str, variables: Mapping[str, str]) -> Any:
    setting = _row(name)
    given = variables.get(setting.name, "").strip() or setting.default or ""
    try:
        return setting.parse(given)
    except ValueError as error:
        raise WrongSettingsError((_problem(setting, given, str(error)),)) from error


def unknown_settings(variables: Mapping[str, str]) -> dict[str, str]:
    """Variables that begin with UPHELD_ but are no setting, each with the setting most like it (or nothing)."""
    names = [setting.name for setting in SETTINGS]
    strangers = sorted(name for name in variables if name.startswith("UPHELD_") and name not in names)
    return {name: next(iter(difflib.get_close_matches(name, names, n=1, cutoff=0.8)), "") for name in strangers}


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
