from dataclasses import fields
from pathlib import Path

import pytest

from upheld.config.environment import (
    Environment,
    WrongSettingsError,
    home_folder,
    read_environment,
    settings_reference,
    unknown_settings,
)
from upheld.config.settings_table import SETTINGS

KEY = "0123456789-abcdefghij-0123456789-abcdefghij-0123456789"
RIGHT = {"DATABASE_URL": "postgresql://up:hidden@db.example/up", "UPHELD_SECRET_KEY": KEY}


def problems(variables: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(WrongSettingsError) as caught:
        read_environment(variables)
    return caught.value.problems


def test_the_defaults_are_the_safe_ones() -> None:
    environment = read_environment(RIGHT)
    assert environment.https is True
    assert environment.debug is False
    assert environment.behind_proxy is False
    assert environment.embedded is False
    assert environment.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert environment.metrics_token == ""
    assert environment.time_zone == "Europe/London"


def test_everything_wrong_is_told_at_once_and_in_order() -> None:
    told = problems(
        {
            "UPHELD_WORKERS": "many",
            "UPHELD_BRAND_COLOUR": "teal",
            "UPHELD_ALLOWED_HOSTS": "https://x",
            "UPHELD_OIDC_ISSUER": "https://provider.example",
        }
    )
    assert [problem.split()[0] for problem in told] == [
        "DATABASE_URL",
        "UPHELD_SECRET_KEY",
        "UPHELD_ALLOWED_HOSTS",
        "UPHELD_WORKERS",
        "UPHELD_BRAND_COLOUR",
        "UPHELD_OIDC_CLIENT_ID",
    ]


def test_a_problem_names_the_variable_its_value_and_a_right_one() -> None:
    assert problems(RIGHT | {"UPHELD_WORKERS": "many"}) == (
        "UPHELD_WORKERS (many) is not a whole number from 1 to 64. For example: UPHELD_WORKERS=4",
    )


def test_a_missing_setting_says_what_it_is_for() -> None:
    (told,) = problems({"UPHELD_SECRET_KEY": KEY})
    assert told.startswith("DATABASE_URL is not set. The PostgreSQL database, version 15 or later.")
    assert told.endswith(
        "For example: DATABASE_URL=postgresql://upheld:password@db.example.gov.uk:5432/upheld?sslmode=verify-full"
    )


def test_no_secret_is_repeated_in_a_problem() -> None:
    told = problems({"DATABASE_URL": "mysql://up:hunter2@db/up", "UPHELD_SECRET_KEY": "hunter2"})
    assert len(told) == 2
    assert "hunter2" not in "".join(told)


def test_printing_an_environment_shows_no_secret() -> None:
    variables = RIGHT | {
        "UPHELD_METRICS_TOKEN": "token-token-token-token",
        "UPHELD_MAIL_URL": "smtp://u:letter@m.example",
    }
    shown = repr(read_environment(variables))
    assert [secret for secret in (KEY, "hidden", "token-token", "letter") if secret in shown] == []


def test_an_empty_variable_counts_as_not_given() -> None:
    assert read_environment(RIGHT | {"UPHELD_WORKERS": " "}).workers == 2


def test_debugging_where_others_can_reach_the_site_is_refused() -> None:
    (told,) = problems(RIGHT | {"UPHELD_DEBUG": "on", "UPHELD_ALLOWED_HOSTS": "complaints.example.gov.uk"})
    assert told.startswith("UPHELD_DEBUG is on while UPHELD_ALLOWED_HOSTS lets other machines in")
    assert read_environment(RIGHT | {"UPHELD_DEBUG": "on"}).debug is True


def test_every_host_is_no_host() -> None:
    (told,) = problems(RIGHT | {"UPHELD_ALLOWED_HOSTS": "*"})
    assert told.startswith("UPHELD_ALLOWED_HOSTS holds *")


def test_home_alone_can_be_read_before_there_is_a_database() -> None:
    assert home_folder({"UPHELD_HOME": "/srv/upheld"}) == Path("/srv/upheld")
    with pytest.raises(WrongSettingsError, match="UPHELD_HOME \\(here\\) is not a full path"):
        home_folder({"UPHELD_HOME": "here"})


def test_a_mistyped_setting_is_noticed() -> None:
    assert unknown_settings({"UPHELD_WORKER": "2", "UPHELD_PLANET": "1", "PATH": "/bin", "UPHELD_HOME": "/x"}) == {
        "UPHELD_PLANET": "",
        "UPHELD_WORKER": "UPHELD_WORKERS",
    }


def test_every_setting_has_a_field_and_every_field_a_setting() -> None:
    named = {setting.field for setting in SETTINGS}
    assert named | {"database"} == {field.name for field in fields(Environment)}
    assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_example_and_default_is_right_itself(setting) -> None:
    if " " not in setting.example:
        setting.parse(setting.example)
    if setting.default is not None:
        setting.parse(setting.default)


def test_the_reference_tells_of_every_setting() -> None:
    page = settings_reference()
    headings = [line.removeprefix("### ").strip("`") for line in page.splitlines() if line.startswith("### ")]
    assert sorted(headings) == sorted(setting.name for setting in SETTINGS)
    assert KEY not in page
