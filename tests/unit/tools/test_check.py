"""`make check` runs everything and fails where anything does; generated pages are compared with the code."""

import sys
from pathlib import Path

import pytest

from tools import check, reference


def test_every_check_runs_and_one_that_fails_fails_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        check,
        "CHECKS",
        (
            ("First", ("python", "-c", "print('out of order'); raise SystemExit(1)"), "Mend it."),
            ("Second", ("python", "-c", "print('unseen')"), ""),
        ),
    )
    assert check.main() == 1
    said = capsys.readouterr().out
    assert "failed  First" in said
    assert "out of order\nMend it." in said
    assert "ok  Second" in said
    assert "unseen" not in said
    assert said.endswith("1 of 2 checks failed.\n")


def test_checks_that_pass_say_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(check, "CHECKS", (("Only", ("python", "-c", ""), ""),))
    assert check.main() == 0
    assert capsys.readouterr().out.endswith("Every check passed.\n")


def test_the_tools_that_are_named_are_there() -> None:
    assert [tool for _, (tool, *_), _ in check.CHECKS if not (Path(sys.executable).parent / tool).exists()] == []


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    monkeypatch.setattr(reference, "all_pages", lambda: [("page.md", "# What the code says\n")])
    return tmp_path / "page.md"


@pytest.mark.parametrize("stale", [None, "# What the code said\n"])
def test_a_page_that_is_not_what_the_code_says_is_found_and_written(
    stale: str | None, page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if stale:
        page.write_text(stale)
    monkeypatch.setattr(sys, "argv", ["reference", "--check"])
    assert reference.main() == 1
    assert capsys.readouterr().out == "docs/reference/page.md is not what the code says.\n"
    assert page.exists() is bool(stale)
    monkeypatch.setattr(sys, "argv", ["reference"])
    assert reference.main() == 0
    assert page.read_text().endswith("# What the code says\n")
    monkeypatch.setattr(sys, "argv", ["reference", "--check"])
    assert reference.main() == 0
