"""Word and Excel files opened by an office program that is not ours: it must show what the report says."""

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pytest

from tests.support.extract import Workbook

pytestmark = pytest.mark.long

# Every sheet to a file of its own, values as they are shown.
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"


def convert(data: bytes, name: str, to: str, folder: Path) -> list[Path]:
    """What LibreOffice makes of a file."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("Install LibreOffice, for example: sudo apt-get install libreoffice-writer libreoffice-calc")
    source = folder / name
    source.write_bytes(data)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", to,
         "--outdir", str(folder / "out"), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return sorted((folder / "out").iterdir())


def test_the_word_document(word: bytes, tmp_path: Path) -> None:
    (made,) = convert(word, "report.docx", "pdf", tmp_path)
    with pdfplumber.open(made) as pages:
        texts = [page.extract_text() for page in pages.pages]
        turned = [page.width > page.height for page in pages.pages]
        fonts = {re.sub(r"^[A-Z]+\+", "", character["fontname"]) for character in pages.pages[0].chars}
    assert turned == [False, True, *[False] * (len(texts) - 2)]
    assert fonts == {"AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold"}  # as embedded in the file
    whole = " ".join(" ".join(texts).split())
    assert "There were 51 stage 1 complaints, +11 on last quarter (+28%). The part upheld was 14%: 7 of 51." in whole
    assert "Stage 1 26 16 6 28 22 6 no data no data no data 18 9 1 40 11 4 51 23 7" in whole
    assert "Figure 3: Stage 1 complaints by service team" in whole
    assert "The numbers are in Table 4." in whole
    assert [text for text in texts if not re.search(rf"For general release – Page \d of {len(texts)}$", text)] == []


def test_the_excel_workbook_shows_every_number_as_the_report_does(excel: bytes, tmp_path: Path) -> None:
    book = Workbook(excel)
    shown = {path.stem.removeprefix("report-"): path for path in convert(excel, "report.xlsx", EVERY_SHEET, tmp_path)}
    assert sorted(shown) == sorted(book.paths)
    for sheet in book.paths:
        with shown[sheet].open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        for reference, cell in book.cells(sheet).items():
            if cell.text:
                letters, row = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()  # type: ignore[union-attr]
                column = sum((ord(letter) - 64) * 26**i for i, letter in enumerate(reversed(letters)))
                assert lines[int(row) - 1][column - 1] == cell.text, (sheet, reference)
