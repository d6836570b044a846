"""A report written to a folder: every format, its figures and a manifest; whole or not at all."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.factories import reports
from tests.support import extract
from upheld.documents import Format, bundle, figure_list, parse_format, write_all
from upheld.documents.bundle import NotWritten, file_name
from upheld.documents.layout import BadReport
from upheld.documents.render import UnknownFormat
from upheld.narrative.report import Paragraph, Report, Section

SMALL = reports.smaller()


def small(*runs: object) -> Report:
    return reports.smaller(sections=(Section("s", "1", "S", (Paragraph(tuple(runs)),)),))  # type: ignore[arg-type]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_format_with_its_figures_and_a_manifest(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    report = reports.report()
    written = write_all(report, folder)
    assert [path.name for path in written] == [
        "upheld-quarterly-report-q3-2018-19.html", "upheld-quarterly-report-q3-2018-19.pdf",
        "upheld-quarterly-report-q3-2018-19.docx", "upheld-quarterly-report-q3-2018-19.xlsx",
        "upheld-quarterly-report-q3-2018-19.pptx",
        "figures.json", "figures.csv", "manifest.json",
    ]  # fmt: skip
    assert files(folder) == sorted(path.name for path in written)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["files"] == [
        {"name": path.name, "bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in written[:-1]
    ]
    assert {key: manifest[key] for key in ("title", "council", "period", "as_at")} == {
        "title": "Children's complaints: quarterly report",
        "council": "Anyborough Council",
        "period": "Q3 2018/19",
        "as_at": "2019-03-12",
    }
    assert manifest["provenance"]["facts_digest"] == "0" * 64
    stated = [(number.id, number.text) for number in report.numbers()]
    assert (
        extract.from_html(written[0].read_bytes())
        == extract.from_json((written[0].parent / "figures.json").read_bytes())
        == stated
    )


def test_some_formats_under_another_name(tmp_path: Path) -> None:
    written = write_all(SMALL, tmp_path, formats=(Format.HTML, Format.HTML), name="draft")
    assert [path.name for path in written] == ["draft-q3-2018-19.html", "figures.json", "figures.csv", "manifest.json"]
    assert file_name(SMALL, Format.PDF) == "upheld-quarterly-report-q3-2018-19.pdf"


def test_writing_again_gives_the_same_files(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_all(SMALL, tmp_path)]
    assert [path.read_bytes() for path in write_all(SMALL, tmp_path)] == first


def test_a_report_that_cannot_be_made_leaves_the_old_one(tmp_path: Path) -> None:
    write_all(SMALL, tmp_path, formats=(Format.HTML,))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    broken = replace(SMALL, sections=(*SMALL.sections, *SMALL.sections))
    with pytest.raises(BadReport):
        write_all(broken, tmp_path, formats=(Format.HTML,))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotWritten, match=r"The report could not be written to .*file: .+ Choose a folder"):
        write_all(SMALL, tmp_path / "file", formats=())


def test_a_disk_that_fills_up_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = 0

    def full_after_two(_: int) -> None:
        nonlocal written
        written += 1
        if written > 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("upheld.documents.bundle.os.fsync", full_after_two)
    with pytest.raises(NotWritten, match="No space left on device"):
        write_all(SMALL, tmp_path, formats=(Format.HTML,))
    assert written == 3
    assert files(tmp_path) == []


def test_the_manifest_says_what_was_known_when() -> None:
    known = replace(SMALL, provenance=replace(SMALL.provenance, known_at=datetime(2019, 3, 12, 9, 30, tzinfo=UTC)))
    assert json.loads(bundle.manifest(known, {}))["provenance"]["known_at"] == "2019-03-12T09:30:00+00:00"


# The list of figures


def test_each_number_has_its_figure_group_and_counts() -> None:
    value = reports.rate("upheld_rate", 7, 51, stage="stage-1", team="A & B")
    (entry,) = json.loads(figure_list.as_json(small(reports.shown(value))))
    assert entry == {
        "id": "upheld_rate@Q3 2018/19?stage=stage-1&team=A & B#value",
        "figure": "upheld_rate",
        "period": "Q3 2018/19",
        "by": {"stage": "stage-1", "team": "A & B"},
        "role": "value",
        "since": None,
        "text": "14%",
        "value": 14,
        "numerator": 7,
        "denominator": 51,
    }


def test_a_change_says_since_when() -> None:
    now, before = reports.count("received", 51), reports.count("received", 40, reports.QUARTER.previous)
    (entry,) = json.loads(figure_list.as_json(small(reports.change(now, before))))
    assert (entry["since"], entry["text"], entry["value"]) == ("Q2 2018/19", "+11", 11)


def test_csv_says_the_same_and_opens_in_a_spreadsheet() -> None:
    data = figure_list.as_csv(reports.report())
    assert data.startswith(b"\xef\xbb\xbfid,figure,period,by,role,since,text,value,numerator,denominator\r\n")
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(line["id"], line["text"]) for line in lines] == [(n.id, n.text) for n in reports.report().numbers()]
    assert lines[0]["by"] == "stage=stage-1"


@pytest.mark.parametrize(
    ("text", "written"),
    [("+11", "+11"), ("−1", "−1"), ("-3%", "-3%"), ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+cmd", "'+cmd")],
)
def test_no_text_of_the_csv_becomes_a_formula(text: str, written: str) -> None:
    data = figure_list.as_csv(small(reports.shown(reports.count("received", 1), text)))
    (line,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert line["text"] == written


def test_a_report_without_numbers_has_an_empty_list() -> None:
    assert json.loads(figure_list.as_json(SMALL)) == []


# Formats


@pytest.mark.parametrize("text", ["pdf", "PDF", " .pdf "])
def test_a_format_as_people_write_it(text: str) -> None:
    assert parse_format(text) is Format.PDF


def test_a_format_that_is_not_there() -> None:
    with pytest.raises(UnknownFormat, match=r"not written as “odt”\. Ask for one of: html, pdf, docx, xlsx, pptx"):
        parse_format("odt")


def test_media_types() -> None:
    assert {kind: kind.media_type for kind in Format} == {
        "html": "text/html; charset=utf-8",
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
