"""The rules of `tools/repository_rules.py`: each finds what it forbids, and the repository keeps all of them."""

from collections.abc import Callable
from functools import cache

import pytest

from tools import repository_rules as rules
from tools.repository_rules import Files

RECORD = "# 0001. A title\n\nDate: 2026-01-31\n\n## Options\n\n## Decision\n\n## Consequences\n"


@cache
def _repository() -> Files:
    return rules.repository_files()


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_the_repository_keeps(rule: Callable[[Files], list[str]]) -> None:
    assert rule(_repository()) == []


def test_the_repository_was_read_without_what_is_built_or_installed() -> None:
    files = _repository()
    assert "README.md" in files
    assert "src/upheld/cli.py" in files
    assert [path for path in files if path.startswith((".git/", ".venv/", "node_modules/", "dist/"))] == []


def test_a_long_file_is_found() -> None:
    assert rules.long_files({"src/upheld/a.py": "\n" * 400}) == []
    (problem,) = rules.long_files({"src/upheld/a.py": "\n" * 401})
    assert problem.startswith("src/upheld/a.py has 401 lines")


def test_a_long_file_may_be_listed_while_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LONG_FILES", {"src/upheld/a.py": "one table"})
    assert rules.long_files({"src/upheld/a.py": "\n" * 401}) == []
    assert rules.long_files({"src/upheld/a.py": "\n"}) == ["src/upheld/a.py is listed as a long file, and is none."]


INDEX = {"docs/adr/README.md": "[a](0001-a.md) [a](0002-a.md)"}


def test_decision_records_have_numbers_of_their_own() -> None:
    assert rules.decision_records(INDEX | {"docs/adr/0001-a.md": RECORD}) == []
    assert rules.decision_records(INDEX | {"docs/adr/0001-a.md": RECORD, "docs/adr/0001-b.md": RECORD}) == [
        "docs/adr/0001-b.md has the number of docs/adr/0001-a.md. Take the next free one.",
        "docs/adr/README.md does not list docs/adr/0001-b.md.",
    ]


def test_decision_records_are_listed() -> None:
    (problem,) = rules.decision_records({"docs/adr/0001-a.md": RECORD})
    assert problem == "docs/adr/README.md does not list docs/adr/0001-a.md."


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("first.md", RECORD, "a decision record is named"),
        ("0002-a.md", RECORD, "should begin with “# 0002. ”"),
        ("0001-a.md", RECORD.replace("Date: 2026-01-31", "Date: soon"), "has no line such as"),
        ("0001-a.md", RECORD.replace("## Options\n", ""), "has no section “## Options”"),
        ("0001-a.md", RECORD.replace("## Consequences\n", ""), "has no section “## Consequences”"),
    ],
)
def test_a_decision_record_is_whole(name: str, text: str, problem: str) -> None:
    (found,) = rules.decision_records(INDEX | {f"docs/adr/{name}": text})
    assert problem in found


@pytest.mark.parametrize(
    "line",
    [
        "https://registry.example.org/left-pad",
        "https://eu.pypi.example/simple",
        "--extra-index-url=file:///packages",
        "registry=somewhere",
        '"resolved": "https://example.org/a.tgz"',
    ],
)
def test_an_address_of_a_registry_is_found(line: str) -> None:
    assert len(rules.addresses_of_registries({"a.txt": f"fine\n{line}\n"})) >= 1


def test_other_addresses_are_left_alone() -> None:
    text = "https://www.legislation.gov.uk/uksi/2006/1738 and https://design-system.service.gov.uk/\n"
    assert rules.addresses_of_registries({"a.md": text}) == []


@pytest.mark.parametrize(
    "path", ["/home/jo/upheld/a.py", "/Users/jo/a", "C:\\Users\\jo", "/root/a", f"{rules.ROOT.as_posix()}/a"]
)
def test_a_path_of_a_machine_is_found(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_FOLDERS_OF_SYSTEMS", ())
    assert len(rules.paths_of_a_machine({"a.py": f"fine\n{path}\n"})) == 1


def test_paths_of_every_server_are_left_alone() -> None:
    assert rules.paths_of_a_machine({"a.md": "/etc/upheld/environment /var/lib/upheld /home/upheld/.local\n"}) == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("src/upheld/a.py", "# TODO: later"),
        ("src/upheld/a.py", "raise NotImplementedError"),
        ("tests/a.py", "@pytest.mark.skip"),
        ("tests/a.py", "@pytest.mark.skipif(True)"),
        ("tests/a.py", "@pytest.mark.xfail"),
        ("tests/a.py", 'pytest.skip("no browser")'),
        ("tests/a.py", 'pytest.importorskip("playwright")'),
        ("README.md", "The SLA is 10 days."),
    ],
)
def test_a_forbidden_word_is_found_with_its_line(path: str, line: str) -> None:
    (problem,) = rules.forbidden_words({path: f"fine\n{line}\n"})
    assert problem.startswith(f"{path}:2 ")


def test_a_module_without_a_subject_is_found() -> None:
    assert rules.names_of_modules({"src/upheld/web/utils.py": ""}) == [
        "src/upheld/web/utils.py: name the module for what it is about."
    ]


def test_a_link_that_leads_nowhere_is_found() -> None:
    files = {
        "docs/a.md": "[b](b.md#part) [home](../README.md) [law](https://example.org) [here](#part)",
        "docs/b.md": "",
    }
    assert rules.links(files) == []
    assert rules.links({"docs/a.md": "[c](c.md)"}) == ["docs/a.md links to c.md, which is not there."]
    assert rules.links({"README.md": "[out](../README.md)"}) != []
