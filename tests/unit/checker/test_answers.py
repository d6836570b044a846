"""The answer in each form, and what the command does with it."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pikepdf
import pytest

from upheld.cli import main

WRONG = "# Report\n\n486 of 567 complaints (82%) were answered in time.\n"
RIGHT = "# Report\n\n486 of 567 complaints (86%) were answered in time.\n"
KEYS = {"place", "quote", "kind", "stated", "computed", "counts", "verdict", "severity", "cause", "why"}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def go(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["check", *map(str, arguments)])
        out, err = capfdbinary.readouterr()
        return int(str(ended.value.code)), out.decode(), err.decode()

    return go


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.md"
    path.write_text(WRONG)
    return path


def test_the_exit_status_says_whether_anything_is_wrong(run: Run, wrong: Path, tmp_path: Path) -> None:
    right = tmp_path / "right.md"
    right.write_text(RIGHT)
    assert run(right)[0] == 0
    assert run(wrong)[0] == 1
    status, out, err = run(tmp_path / "nothing.md", right)
    assert (status, out.count("1 right"), err.startswith("upheld: ")) == (2, 1, True)


def test_the_text_says_what_it_should_be_and_how(run: Run, wrong: Path) -> None:
    _, out, _ = run(wrong)
    assert "should be: 85.7%" in out
    assert "how: 486 of 567 is 85.7%." in out
    assert "1 claim: 0 right, 1 wrong" in out


def test_json_has_every_key_always(run: Run, wrong: Path, tmp_path: Path) -> None:
    _, out, _ = run(wrong, "--format", "json")
    answer = json.loads(out)
    assert set(answer) == {"file", "coverage", "claims"}
    (claim,) = answer["claims"]
    assert set(claim) == KEYS
    assert (claim["stated"], claim["computed"], claim["counts"], claim["verdict"]) == (
        "82%",
        "85.7%",
        [486, 567],
        "wrong",
    )
    assert claim["quote"] == "486 of 567 complaints (82%) were answered in time."
    other = tmp_path / "other.md"
    other.write_text(RIGHT)
    _, several, _ = run(wrong, other, "--format", "json")
    assert [each["file"] for each in json.loads(several)] == ["wrong.md", "other.md"]


def test_csv_has_a_line_for_each_claim(run: Run, wrong: Path) -> None:
    _, out, _ = run(wrong, "--format", "csv")
    assert [line.split(",")[1] for line in out.splitlines()] == ["verdict", "wrong"]


def test_html_is_the_report_with_its_claims_marked(run: Run, wrong: Path) -> None:
    _, out, _ = run(wrong, "--format", "html")
    assert '<mark class="material">' in out
    assert "Should be: 85.7%." in out


def test_nothing_in_a_report_becomes_markup(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "<b>.md"
    path.write_text("# <script>alert(1)</script>\n\n486 of 567 <img src=x> complaints (82%) & more.\n")
    _, out, _ = run(path, "--format", "html")
    assert "<script>alert" not in out
    assert "<img" not in out


def _word(path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("486 of 567 complaints (82%) were answered in time.")
    table = document.add_table(rows=4, cols=2)
    for row, texts in zip(
        table.rows, (("Stage", "Received"), ("Stage 1", "40"), ("Stage 2", "5"), ("Total", "54")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(path))


def test_a_word_report_is_marked_with_comments(run: Run, tmp_path: Path) -> None:
    path, copy = tmp_path / "report.docx", tmp_path / "marked.docx"
    _word(path)
    before = path.read_bytes()
    assert run(path, "--marked", copy)[0] == 1
    with zipfile.ZipFile(copy) as package:
        comments = package.read("word/comments.xml").decode()
    assert comments.count("<w:comment ") == 2
    assert "Should be: 85.7%." in comments
    assert "Should be: 45." in comments
    assert path.read_bytes() == before
    assert run(path, "--marked", copy)[0] == 2


def test_a_pdf_report_is_marked_with_notes(run: Run, tmp_path: Path) -> None:
    import typst

    path, copy = tmp_path / "report.pdf", tmp_path / "marked.pdf"
    path.write_bytes(typst.compile(b"486 of 567 complaints (82%) were answered in time."))
    assert run(path, "--marked", copy)[0] == 1
    with pikepdf.open(io.BytesIO(copy.read_bytes())) as pdf:
        (note,) = pdf.pages[0].Annots
        assert "Should be: 85.7%." in str(note.Contents)


def test_a_copy_in_a_format_that_the_report_is_not_in_is_refused(run: Run, wrong: Path, tmp_path: Path) -> None:
    status, _, err = run(wrong, "--marked", tmp_path / "copy.docx")
    assert status == 2
    assert "is marked as .html" in err
