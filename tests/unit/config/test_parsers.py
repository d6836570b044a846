import re
from pathlib import Path

import pytest

from upheld.config import parsers
from upheld.config.parsers import Database, MailServer


@pytest.mark.parametrize(
    ("text", "value"), [("on", True), ("YES", True), ("true", True), ("1", True), ("off", False), ("No", False)]
)
def test_a_switch_is_on_or_off(text: str, value: bool) -> None:
    assert parsers.switch(text) is value


@pytest.mark.parametrize(
    ("parse", "text", "wrong"),
    [
        (parsers.switch, "maybe", "is neither on nor off"),
        (parsers.whole_number(1, 64), "0", "is not a whole number from 1 to 64"),
        (parsers.whole_number(1, 64), "65", "is not a whole number from 1 to 64"),
        (parsers.whole_number(1, 64), "2.5", "is not a whole number from 1 to 64"),
        (parsers.whole_number(1, 64), "٣", "is not a whole number from 1 to 64"),
        (parsers.one_of("json", "text"), "xml", "is not one of json, text"),
        (parsers.colour, "teal", "is not a colour written as # and six digits from 0 to f"),
        (parsers.colour, "#12345", "is not a colour written as # and six digits from 0 to f"),
        (parsers.time_zone, "Europe/Lundon", "is not the name of a time zone"),
        (parsers.time_zone, "../etc/passwd", "is not the name of a time zone"),
        (parsers.folder, "data", "is not a full path"),
        (parsers.words, "two\nlines", "is not one line of at most 100 characters"),
        (parsers.words, "x" * 101, "is not one line of at most 100 characters"),
        (parsers.secret_key, "short", "is too easy to guess: give it at least 50 random characters"),
        (parsers.secret_key, "a" * 60, "is too easy to guess: give it at least 50 random characters"),
        (parsers.token, "tooshort", "is too short or holds spaces: give it at least 20 random characters"),
        (parsers.web_address, "http://provider.example", "is not a whole address that begins with https://"),
        (parsers.web_address, "https://a@provider.example", "is not a whole address that begins with https://"),
        (parsers.web_address, "https://x:port", "is not an address that can be read"),
        (parsers.email_address, "a@b@c", "is not one e-mail address"),
        (parsers.email_address, "Name <a@b.example>", "is not one e-mail address"),
        (parsers.hosts, " , ", "names no host"),
        (
            parsers.hosts,
            "https://a.example",
            "holds something that is not a bare host name (no https://, no port, commas between)",
        ),
        (
            parsers.hosts,
            "a.example:443",
            "holds something that is not a bare host name (no https://, no port, commas between)",
        ),
        (
            parsers.database,
            "mysql://u@h/n",
            "does not begin with postgresql:// (Upheld keeps its record in PostgreSQL only)",
        ),
        (parsers.database, "postgresql://u@h", "does not end with /NAME, the name of the database"),
        (parsers.database, "postgresql://u@h:port/n", "is not an address that can be read"),
        (parsers.mail_server, "mail.example", "does not begin with smtp:// and the name of a server"),
        (parsers.mail_server, "smtp://mail.example?security=some", "has a security other than tls, ssl or none"),
    ],
)
def test_what_is_wrong_is_said(parse, text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(wrong)}$"):
        parse(text)


def test_a_database_is_taken_apart() -> None:
    assert parsers.database("postgresql://up:p%40ss@db.example:6432/up?sslmode=require") == Database(
        name="up", user="up", password="p@ss", host="db.example", port="6432", options=(("sslmode", "require"),)
    )


def test_a_socket_folder_is_a_host() -> None:
    assert parsers.database("postgres://up@/up?host=%2Frun%2Fpg&port=5433") == Database(
        name="up", user="up", password="", host="/run/pg", port="5433", options=()
    )


def test_a_mail_server_is_taken_apart() -> None:
    assert parsers.mail_server("smtp://u:p@mail.example:25?security=none") == MailServer(
        host="mail.example", port=25, user="u", password="p", security="none"
    )
    assert parsers.mail_server("") is None


def test_hosts_are_split() -> None:
    assert parsers.hosts("a.example, .b.example,[::1]") == ("a.example", ".b.example", "[::1]")


def test_a_folder_may_begin_with_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert parsers.folder("~/upheld") == Path("/home/somebody/upheld")


def test_an_address_on_this_machine_need_not_be_https() -> None:
    assert parsers.web_address("http://localhost:9000/") == "http://localhost:9000"
