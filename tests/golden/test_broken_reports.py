"""Whatever is done to a report on its way: the checker answers, or refuses it with a reason, and soon."""

import io
import random
import zipfile
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.published.generate import generate
from tests.support.published.writers import Form, file_name, write
from upheld.checker.check import check_bytes, check_document
from upheld.checker.model import Checked
from upheld.checker.reading.document import Document
from upheld.checker.reading.formats import format_of, read_blocks
from upheld.files import UnreadableFile

TEXTS = (Form.WEB, Form.MARKDOWN, Form.TEXT, Form.TEXT_LOST, Form.CSV)
SECONDS = 20
# Digits of other scripts, marks that turn the direction of writing, numbers that are none, words without their number.
ODD = (
    "٣٤", "２３", "\u202e", "\u200f", "%%%", "0%", "((50%)", "9" * 400, "1/0", "5/0 (0%)", "1e308", "−7", "½", "²",
    "Q5 2018/19", "2018/18", "31 February 2019", "1,2,3,4", "1.2.3", "\x00", "\ufffd", "\t\t\t", "|||", "<td>",
    "</table>", "<table></table>", "12 of 0", "0 of 0 (100%)", "from 0 to 0", "halved from 0 to 5", "of which", "Ⅳ",
    "rose by 50% from 0", "top three", "between 5 and 3", "1" * 50 + ".5%", "none", "\r", "\x0b", "\u2028", "𝟛", "௲",
)  # fmt: skip


def _checked_here(content: bytes, name: str) -> Checked | None:
    """Read and checked in this very process; None where it is refused."""
    try:
        form = format_of(content, name)
        return check_document(Document(name, form, tuple(read_blocks(content, name, form))))
    except UnreadableFile:
        return None


def _damaged(text: str, choose: random.Random) -> str:
    """The text with pieces lost, doubled, put elsewhere, or overwritten with what nobody expects."""
    for _ in range(choose.randrange(1, 14)):
        start = choose.randrange(len(text) + 1)
        end = min(len(text), start + choose.randrange(1, 60))
        lines = text.split("\n")
        match choose.randrange(6):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:start] + choose.choice(ODD) + text[start:]
            case 2:
                text = text[:start] + text[start:end] * choose.randrange(2, 6) + text[end:]
            case 3:
                choose.shuffle(lines)
                text = "\n".join(lines)
            case 4:
                text = text.replace(
                    choose.choice(("Stage", "upheld", "2", "of", "%", "\t", "<tr>")), choose.choice(ODD)
                )
            case _:
                text = text[:start] + choose.choice(ODD) + text[end:]
        text = text[:60_000]
    return text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9), form=st.sampled_from(TEXTS))
def test_a_damaged_text_is_checked_or_refused(seed: int, form: Form) -> None:
    report = generate(seed % 500)
    text = _damaged(write(report, form).decode("utf-8-sig"), random.Random(seed))
    start = process_time()
    checked = _checked_here(text.encode(), file_name(report, form))
    assert process_time() - start < SECONDS
    if checked is not None:
        assert checked.coverage.checked <= checked.coverage.bound <= checked.coverage.numbers


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400), suffix=st.sampled_from(("txt", "md", "html", "csv")))
def test_any_text_is_checked_or_refused(text: str, suffix: str) -> None:
    checked = _checked_here(text.encode("utf-8", "ignore"), f"report.{suffix}")
    assert checked is None or checked.file == f"report.{suffix}"


@pytest.mark.parametrize(
    "text", ["<table></table>" * 3 + "<p>1</p>", "|||\n|---|\n", "\t\n\t\t\n", "Total\t\t\n\t\t", ODD[7]]
)
def test_empty_tables_and_endless_numbers(text: str) -> None:
    for suffix in ("html", "md", "txt", "csv"):
        checked = _checked_here(text.encode(), f"report.{suffix}")
        assert checked is None or [claim for claim in checked.claims if claim.is_wrong] == []


def _cut(content: bytes, choose: random.Random) -> bytes:
    return content[: choose.randrange(len(content))]


def _flipped(content: bytes, choose: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(40):
        damaged[choose.randrange(len(damaged))] = choose.randrange(256)
    return bytes(damaged)


def _torn_inside(content: bytes, choose: random.Random) -> bytes:
    """An archive that is whole, of parts that are not; a PDF with an object cut out."""
    if not content.startswith(b"PK"):
        middle = len(content) // 2
        return content[:middle] + content[middle + choose.randrange(200) :]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            place = choose.randrange(len(part) + 1)
            if name.endswith(".xml") and choose.random() < 0.3:
                part = choose.choice(
                    (part[:place], part[:place] + b"<w:tbl>" * 900 + part[place:], part.replace(b"<w:tc>", b"", 2))
                )
            target.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("damage", [_cut, _flipped, _torn_inside])
@pytest.mark.parametrize("form", [Form.WORD, Form.PDF, Form.EXCEL])
def test_a_damaged_file_is_checked_or_refused_with_a_reason(form: Form, damage: object) -> None:
    assert callable(damage)
    for seed in range(2):
        report = generate(seed)
        content = damage(write(report, form), random.Random(seed))
        name = file_name(report, form)
        assert _answer(content, name).startswith(name)


def _answer(content: bytes, name: str) -> str:
    """The file that was checked, or the reason why it was not; both begin with its name."""
    try:
        return check_bytes(content, name).file
    except UnreadableFile as refusal:
        return str(refusal)
