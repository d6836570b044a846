"""Whatever bytes a file holds, it is read or refused in words; never anything else."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.old_workbooks import Failed, xls_bytes
from tests.factories.workbooks import SHEET_XML, Formula, member_of, ods_bytes, with_member, xlsx_bytes
from upheld.files import Sheet, Told, UnreadableFile, isolated, read_sheet_bytes, read_sheets_bytes
from upheld.files.reader import serve
from upheld.files.text import DELIMITERS, ENCODINGS

NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods", "a.txt", "a", "a.pdf"])
TEXTS = st.text(st.sampled_from(list('a1",;\t|\r\n\x00 =\ufeffé☃')), max_size=200)


def _read(content: bytes, name: str, told: Told) -> None:
    try:
        read: Sheet | str = read_sheet_bytes(content, name, told=told)
    except UnreadableFile as refused:
        read = str(refused)
    if isinstance(read, str):
        assert name in read or "is known here" in read
    else:
        assert all(row[-1] is not None for row in read.rows if row)
        assert not read.rows or read.rows[-1]


@given(
    content=st.one_of(st.binary(max_size=400), TEXTS.map(str.encode), TEXTS.map(lambda text: text.encode("utf-16"))),
    name=NAMES,
    encoding=st.none() | st.sampled_from(sorted(ENCODINGS)) | st.text(max_size=5),
    delimiter=st.none() | st.sampled_from(sorted(DELIMITERS)),
)
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes, name: str, encoding: str | None, delimiter: str | None) -> None:
    _read(content, name, Told(encoding=encoding, delimiter=delimiter))


WORKBOOKS = {
    "a.xlsx": xlsx_bytes([["A", "B"], ["x", 1], [True, Formula("1/0", "#DIV/0!")]], merges=[(0, 1, 0, 0)]),
    "a.xls": xls_bytes([["A", "B"], ["x", 1], [True, Failed()]], merges=[(0, 1, 0, 0)]),
    "a.ods": ods_bytes([["A", "B"], ["x", 1], [True, Formula("1/0", "#DIV/0!")]], spans={(0, 0): (2, 1)}),
}


def _answer(content: bytes, name: str) -> list[object]:
    """What the process that reads workbooks would answer."""
    request = json.dumps({"name": name, "wanted": None, "prefer": None}).encode() + b"\n"
    target = io.BytesIO()
    serve(io.BytesIO(request + content), target)
    return [json.loads(line) for line in target.getvalue().splitlines()]


@pytest.mark.parametrize("name", WORKBOOKS)
@given(data=st.data())
@settings(deadline=None)
def test_a_workbook_with_any_bytes_changed_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(WORKBOOKS[name])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    answer = _answer(bytes(content[: data.draw(st.integers(8, len(content)))]), name)
    last = answer[-1]
    assert isinstance(last, dict)
    assert set(last) & {"end", "refused", "failed", "exhausted"}


@pytest.mark.parametrize(
    ("name", "member"), [("a.xlsx", SHEET_XML), ("a.xlsx", "xl/workbook.xml"), ("a.ods", "content.xml")]
)
@given(data=st.data())
@settings(deadline=None)
def test_a_workbook_with_any_of_its_xml_changed_is_read_or_refused(name: str, member: str, data: st.DataObject) -> None:
    xml = bytearray(member_of(WORKBOOKS[name], member))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(xml) - 1))
        xml[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    last = _answer(with_member(WORKBOOKS[name], member, bytes(xml)), name)[-1]
    assert isinstance(last, dict)
    assert set(last) & {"end", "refused", "failed", "exhausted"}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_answer_of_the_process_is_what_comes_out(name: str) -> None:
    (sheet,) = read_sheets_bytes(WORKBOOKS[name], name)
    answer = _answer(WORKBOOKS[name], name)
    assert answer[0] == {"names": ["Register"]}
    assert answer[-1] == {"end": len(sheet.rows)}
    assert len(sheet.merges) == 1


def test_a_process_that_says_nothing_more_is_a_refusal() -> None:
    with pytest.raises(UnreadableFile, match="takes more memory or time"):
        list(isolated._sheets(iter([{"names": ["A"]}, {"sheet": "A", "merges": []}, ["x"]]), "a.xlsx"))
    with pytest.raises(UnreadableFile, match=r"cannot be read as a workbook \(PanicException\)"):
        list(isolated._sheets(iter([{"failed": "PanicException"}]), "a.xlsx"))
    with pytest.raises(UnreadableFile, match="takes more memory or time"):
        list(isolated._sheets(iter([{"exhausted": True}]), "a.xlsx"))


def test_a_process_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "WAIT", 0.0)
    with pytest.raises(UnreadableFile, match="takes more memory or time"):
        read_sheet_bytes(WORKBOOKS["a.xlsx"], "a.xlsx")
