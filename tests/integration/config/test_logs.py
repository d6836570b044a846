"""Nobody's name reaches the logs, whichever way it comes in."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from tests.support.database import TestDatabase
from tests.support.site import running_site
from upheld.config.logs import formatter

NAME = "Zebedee"


class Log:
    """A logger with the product's formatter, and what it wrote."""

    def __init__(self, form: str, *, show_messages: bool = False) -> None:
        self.stream = io.StringIO()
        handler = logging.StreamHandler(self.stream)
        handler.setFormatter(formatter(form=form, show_messages=show_messages))
        self.library = logging.getLogger("django.somewhere")
        self.ours = structlog.stdlib.get_logger("upheld.somewhere")
        for name in ("django.somewhere", "upheld.somewhere", "django.request"):
            logger = logging.getLogger(name)
            logger.handlers, logger.propagate = [handler], False
            logger.setLevel(logging.DEBUG)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log() -> Iterator[Log]:
    yield Log("json")
    for name in ("django.somewhere", "upheld.somewhere", "django.request"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.NOTSET)
    logging.getLogger("django.request").setLevel(logging.ERROR)


def test_an_event_of_ours_carries_what_is_known_to_be_safe(log: Log) -> None:
    log.ours.info("case opened", case=12, count=3, name=NAME, text=f"about {NAME}")
    (line,) = log.lines()
    assert (line["event"], line["case"], line["count"]) == ("case opened", 12, 3)
    assert line["withheld"] == ["name", "text"]
    assert NAME not in log.text


def test_a_librarys_message_is_its_template(log: Log) -> None:
    log.library.warning("Could not send to %s", f"{NAME}@example.invalid")
    assert log.lines()[0]["event"] == "Could not send to %s"
    assert NAME not in log.text


def test_a_librarys_extras_stay_out(log: Log) -> None:
    log.library.warning("Hello", extra={"request": NAME, "person": NAME})
    assert NAME not in log.text


def test_an_object_in_place_of_a_message_is_named_by_its_type(log: Log) -> None:
    log.library.error(ValueError(f"{NAME} is no date"))
    assert log.lines()[0]["event"] == "ValueError"
    assert NAME not in log.text


@pytest.mark.parametrize("form", ["json", "text"])
def test_an_exception_is_told_by_type_and_place(form: str) -> None:
    log = Log(form)
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise KeyError(NAME) from error
    except KeyError:
        log.ours.exception("import failed")
        log.library.exception("It failed for %s", NAME)
    assert NAME not in log.text
    assert log.text.count("KeyError from ValueError") == 2
    assert "test_logs.py" in log.text


def test_a_refused_request_is_told_without_its_path(log: Log) -> None:
    logging.getLogger("django.request").error("%s: %s", "Bad", f"/people/{NAME}", extra={"status_code": 500})
    (line,) = log.lines()
    assert (line["event"], line["status"]) == ("request failed", 500)
    assert NAME not in log.text


def test_a_developer_sees_what_happened() -> None:
    log = Log("text", show_messages=True)
    log.library.warning("Could not send to %s", NAME)
    assert f"Could not send to {NAME}" in log.text


def test_a_running_site_logs_no_name(database: TestDatabase) -> None:
    from http.client import HTTPConnection
    from urllib.parse import urlencode, urlsplit

    form = urlencode({"login": f"{NAME}@example.invalid", "password": NAME})
    headers = {"User-Agent": NAME, "X-Request-ID": NAME, "Content-Type": "application/x-www-form-urlencoded"}
    answers = []
    with running_site(database.url, UPHELD_LOG_LEVEL="debug") as site:
        for method, path, body in (
            ("GET", f"/account/login/?name={NAME}", None),
            ("GET", f"/people/{NAME}/", None),
            ("POST", "/account/login/", form),
        ):
            connection = HTTPConnection(urlsplit(site.url).netloc, timeout=30)
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answers.append((answer.status, answer.headers["X-Request-ID"] == NAME))
            connection.close()
        log = site.log.read_text()
    assert answers == [(200, False), (404, False), (403, False)]
    routes = [json.loads(line)["route"] for line in log.splitlines() if '"request answered"' in line]
    assert routes == ["account/login/", "(none)", "account/login/"]
    assert NAME not in log
