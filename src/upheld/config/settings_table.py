"""The one table of settings: name, meaning, default, parser and example.

To add a setting, add a row here and a field of the same name to `Environment`. A meaning is the product's words: it is
shown when the setting is wrong, and in the reference page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from upheld.config import parsers
from upheld.config.folders import default_home

EXAMPLE_COUNCIL = "Example Council"


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
        "UPHELD_UPLOAD_MEGABYTES",
        "upload_megabytes",
        SERVER,
        "The largest file that may be uploaded in the browser, in megabytes, from 1 to 64. A register of ten thousand "
        "rows has about two.",
        "20",
        parsers.whole_number(1, 64),
        "20",
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
        "The colour of the header. Text on it and in it is made white, black or darker as its contrast asks.",
        "#1d4f5c",
        parsers.colour,
        "#1d4f5c",
    ),
    Setting(
        "UPHELD_SUPPORT_EMAIL",
        "support_email",
        COUNCIL,
        "The address that people who use Upheld write to for help, as its pages show it.",
        "complaints@example.invalid",
        parsers.email_address,
        "complaints.team@example.gov.uk",
    ),
    Setting(
        "UPHELD_MAINTENANCE",
        "maintenance",
        SERVER,
        "When the service is back, in words. While this is set, every page says so and does nothing else.",
        "",
        parsers.words,
        "Monday 3 June at 9am",
    ),
    Setting(
        "UPHELD_DEMO",
        "demo",
        SERVER,
        "Whether this site shows example data to try out. On: the sign-in page lists the made-up people and their "
        "passwords. Off: those people cannot sign in with them.",
        "off",
        parsers.switch,
        "off",
    ),
    Setting(
        "UPHELD_RETENTION_YEARS",
        "retention_years",
        COUNCIL,
        "For how many years after its last date a case is kept before it may be disposed of because its time has come, "
        "from 1 to 150. No law states a period for complaints; the default is that of a looked-after child's record. "
        "Take it from the council's own schedule.",
        "75",
        parsers.whole_number(1, 150),
        "10",
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
