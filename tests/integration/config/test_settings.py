"""Django's settings as an installation gets them: each test loads them afresh, in a process of its own."""

import json
import os
import subprocess
import sys

NEEDED = {"DATABASE_URL": "postgresql://up:pw@192.0.2.1/up", "UPHELD_SECRET_KEY": "0123456789abcdef" * 4}
SHOW = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""
CHECK = """
import django
from django.core.management import call_command
django.setup()
call_command("check", "--deploy", "--fail-level", "WARNING")
"""


def run(code: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("UPHELD_", "DATABASE_URL", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=kept | {"DJANGO_SETTINGS_MODULE": "upheld.config.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def shown(*names: str, **environment: str) -> dict[str, object]:
    result = run(SHOW, *names, **(NEEDED | environment))
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_without_anything_all_that_is_missing_is_told() -> None:
    result = run(SHOW, "DEBUG")
    assert result.returncode == 1
    assert "2 settings are missing or wrong." in result.stderr
    assert "  - DATABASE_URL is not set." in result.stderr
    assert "  - UPHELD_SECRET_KEY is not set." in result.stderr


def test_loading_them_touches_no_network() -> None:
    """The address is one that is kept for documentation: nothing answers there."""
    assert shown("DEBUG") == {"DEBUG": False}


def test_a_live_installation_is_safe() -> None:
    assert shown(
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_PROXY_SSL_HEADER",
        "X_FRAME_OPTIONS",
        "SESSION_COOKIE_AGE",
        "CSRF_TRUSTED_ORIGINS",
        UPHELD_ALLOWED_HOSTS="complaints.example.gov.uk,.example.org",
        UPHELD_SESSION_HOURS="8",
    ) == {
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": None,
        "X_FRAME_OPTIONS": "DENY",
        "SESSION_COOKIE_AGE": 28_800,
        "CSRF_TRUSTED_ORIGINS": ["https://complaints.example.gov.uk", "https://*.example.org"],
    }


def test_the_proxys_header_is_believed_only_where_there_is_a_proxy() -> None:
    assert shown("SECURE_PROXY_SSL_HEADER", UPHELD_BEHIND_PROXY="on") == {
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]
    }


def test_on_ones_own_machine_cookies_need_no_https() -> None:
    assert shown("SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME", "SECURE_HSTS_SECONDS", UPHELD_HTTPS="off") == {
        "SESSION_COOKIE_SECURE": False,
        "SESSION_COOKIE_NAME": "session",
        "SECURE_HSTS_SECONDS": 0,
    }


def test_an_identity_provider_is_taken_from_the_environment() -> None:
    (provider,) = shown(
        "SOCIALACCOUNT_PROVIDERS",
        UPHELD_OIDC_ISSUER="https://login.example/v2.0",
        UPHELD_OIDC_CLIENT_ID="id",
        UPHELD_OIDC_CLIENT_SECRET="secret",
        UPHELD_OIDC_NAME="your Example account",
    )["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"]  # type: ignore[index]
    assert provider["settings"]["server_url"] == "https://login.example/v2.0"
    assert provider["name"] == "your Example account"


def test_djangos_own_examination_of_a_live_installation_finds_nothing(tmp_path) -> None:
    (tmp_path / "static").mkdir()
    result = run(CHECK, **NEEDED, UPHELD_HOME=str(tmp_path), UPHELD_ALLOWED_HOSTS="complaints.example.gov.uk")
    assert result.returncode == 0, result.stderr


def test_settings_write_nothing(tmp_path) -> None:
    home = tmp_path / "home"
    assert shown("TIME_ZONE", UPHELD_HOME=str(home)) == {"TIME_ZONE": "Europe/London"}
    assert not home.exists()
