"""`upheld register` on files alone: what it prints, what it writes, and what it asks before it reads."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.factories.registers import register_file, row
from upheld.commands.register import register
from upheld.commands.register_files import MOST_REMARKS, SHORT
from upheld.errors import UpheldError

THEIRS = (
    "Ref No,Stage,Date received,Service,Team name,Nature of complaint,Response date,In SLA,Diary\n"
    "A1,1,2018-10-01,Care,North,Delay,2018-10-16,Yes,x\n"
)


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(register, [str(each) for each in arguments])


def _file(folder: Path, text: str, name: str = "theirs.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_recognised_file_is_checked_and_what_was_understood_goes_to_standard_error(tmp_path: Path) -> None:
    done = _run("import", "--check", _file(tmp_path, THEIRS))
    assert done.stdout.splitlines() == [
        "theirs.csv: 1 rows, 1 cases. Nothing is wrong; nothing was changed.",
        "Not read: “Diary”.",
        "The file's own word on being in time differs from its dates, which are what counts:",
        "  A1, Stage 1: the file says in time, but it was answered on 16 October 2018, and was due on 15 October 2018.",
    ]
    assert done.stderr.splitlines()[0] == "theirs.csv: 1 rows, headings in row 1."
    assert "In time     In SLA               sure      Yes" in done.stderr


def test_understanding_a_file_shows_it_and_writes_a_mapping_that_reads_it(tmp_path: Path) -> None:
    path, mapping = _file(tmp_path, THEIRS), tmp_path / "layout.toml"
    done = _run("understand", path, "--write-mapping", mapping)
    assert done.stdout.splitlines()[-1] == f"Written down in {mapping}."
    assert _run("import", "--check", path, "--mapping", mapping).stdout.splitlines()[0] == (
        "theirs.csv: 1 rows, 1 cases. Nothing is wrong; nothing was changed."
    )
    again = _run("understand", path, "--write-mapping", mapping)
    assert isinstance(again.exception, UpheldError)
    assert str(again.exception) == f"{mapping} is already there. Choose another name, or write over it with --force."
    assert _run("understand", path, "--write-mapping", mapping, "--force").exit_code == 0


def test_a_file_that_leaves_questions_is_not_imported(tmp_path: Path) -> None:
    done = _run("import", "--check", _file(tmp_path, THEIRS.replace("Date received", "Date logged")))
    assert done.stdout == ""
    assert str(done.exception).splitlines()[0] == (
        "theirs.csv is not in the documented layout, and one thing has to be settled before it can be read:"
    )


def test_the_encoding_that_is_told_is_written_into_the_mapping(tmp_path: Path) -> None:
    path, mapping = tmp_path / "theirs.csv", tmp_path / "layout.toml"
    path.write_bytes(THEIRS.replace("North", "Café").encode("mac-roman"))
    assert _run("understand", path, "--encoding", "mac-roman", "--write-mapping", mapping).exit_code == 0
    assert 'encoding = "mac-roman"' in mapping.read_text()
    assert "Café" in mapping.read_text()


@pytest.mark.parametrize("name", ["refused.csv", "refused.xlsx"])
def test_what_is_refused_is_written_where_it_is_wanted(tmp_path: Path, name: str) -> None:
    path, refused = register_file(tmp_path, row(received="soon")), tmp_path / name
    done = _run("import", "--check", path, "--refusals", refused)
    assert "row 2, Received: “soon” is not a date." in str(done.exception)
    assert refused.read_bytes().startswith(b"PK" if name.endswith("xlsx") else "\ufeffRow,Column".encode())
    failed = _run("import", "--check", path, "--refusals", tmp_path / "none" / name)
    assert str(failed.exception) == f"{tmp_path / 'none' / name} cannot be written: No such file or directory."


def test_a_long_list_of_remarks_ends_somewhere(tmp_path: Path) -> None:
    rows = [row(reference=f"T-{i}", child_name="Testa Child") for i in range(MOST_REMARKS + 6)]
    lines = _run("import", "--check", register_file(tmp_path, *rows)).stdout.splitlines()
    assert lines[1] == "These may be one complaint under two references; look at them:"
    assert (len(lines), lines[-1]) == (MOST_REMARKS + 3, "  … and 5 more.")


def test_reading_a_long_file_shows_how_far_it_is(tmp_path: Path) -> None:
    rows = [row(reference=f"T-{i}", child_name="x" * 150) for i in range(3_000)]
    path = register_file(tmp_path, *rows)
    assert path.stat().st_size > SHORT
    assert "Reading" in _run("import", "--check", path).stderr
    assert "Reading" not in _run("import", "--check", register_file(tmp_path, row(), name="short.csv")).stderr
