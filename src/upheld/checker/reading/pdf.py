"""PDFs: words with their places, page by page, put together as lines; what repeats on every page is left out."""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfplumber.utils.text import extract_words

from upheld.checker.plain import plain
from upheld.checker.reading.document import Block
from upheld.checker.reading.lines import Line, Segment, blocks_of
from upheld.files import UnreadableFile

MAX_PAGES = 500
_MAX_CHARACTERS = 30_000  # of one page


def read_pdf(content: bytes, name: str) -> Iterator[Block]:
    """The blocks of a PDF. Raises UnreadableFile."""
    lines = _without_running_heads(list(_lines(content, name)))
    if not lines:
        raise UnreadableFile(
            f"{name} holds no text, only pictures of it. Ask for the file that it was made from, or have the text "
            "recognised first."
        )
    yield from blocks_of(lines, sized=True)


def _lines(content: bytes, name: str) -> Iterator[Line]:
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                if number > MAX_PAGES:
                    raise UnreadableFile(
                        f"{name} has more than {MAX_PAGES} pages, the most that is read. Save the report's own pages "
                        "as a file."
                    )
                yield from _of_page(page, number)
                page.close()
    except UnreadableFile:
        raise
    except Exception as error:
        if _is_locked(error):
            raise UnreadableFile(f"{name} is protected by a password. Save it without one, and try again.") from error
        raise UnreadableFile(
            f"{name} is damaged and cannot be read as a PDF. Print it to a new PDF, and try again."
        ) from error


def _is_locked(error: BaseException) -> bool:
    # By their names: the reader's own reader raises them, and may be called without them.
    causes = (error, error.__cause__, error.__context__, *error.args)
    return any(type(each).__name__ in ("PDFPasswordIncorrect", "PDFEncryptionError") for each in causes)


def _of_page(page: Any, number: int) -> Iterator[Line]:
    chars = page.chars
    if len(chars) > _MAX_CHARACTERS:
        chars = chars[:_MAX_CHARACTERS]
    kept = [char for char in chars if char.get("tag") not in ("Artifact", "Figure") and char.get("upright", True)]
    words = extract_words(kept, x_tolerance_ratio=0.18, y_tolerance=2, extra_attrs=["fontname"])
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (round(word["bottom"], 1), word["x0"])):
        if rows and abs(word["bottom"] - rows[-1][0]["bottom"]) <= 0.35 * (word["bottom"] - word["top"]):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word["x0"])
        height = max(word["bottom"] - word["top"] for word in row)
        bold = all("bold" in word["fontname"].lower() or "black" in word["fontname"].lower() for word in row)
        yield Line(tuple(_segments(row, height)), number, row[0]["bottom"], height, bold)


def _segments(words: Sequence[dict[str, Any]], height: float) -> Iterator[Segment]:
    held: list[dict[str, Any]] = []
    for word in words:
        if held and word["x0"] - held[-1]["x1"] > 0.85 * height:
            yield _segment(held)
            held = []
        held.append(word)
    yield _segment(held)


def _segment(words: Sequence[dict[str, Any]]) -> Segment:
    text = words[0]["text"]
    for before, word in pairwise(words):
        # A change of font splits a word; no space was there.
        text += ("" if word["x0"] - before["x1"] < 0.5 and before["fontname"] != word["fontname"] else " ") + word[
            "text"
        ]
    return Segment(words[0]["x0"], words[-1]["x1"], text)


def _without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """Without what stands at one height on most pages, whatever its numbers: running heads, page numbers."""
    pages = {line.page for line in lines}
    seen = Counter((_shape(line), round(line.top / 4)) for line in lines)
    often = max(3, len(pages) // 2)
    return [
        line
        for line in lines
        if seen[_shape(line), round(line.top / 4)] < often
        and not re.fullmatch(r"(?:page )?\d{1,3}(?: of \d{1,3})?", plain(line.text), re.I)
    ]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", plain(line.text))
