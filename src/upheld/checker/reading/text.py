"""Plain text and Markdown: tables by pipes, tabs or places across the line; everything else by its lines."""

import re
from collections.abc import Iterator, Sequence

from upheld.checker.plain import tidied
from upheld.checker.reading.document import Block, BlockKind
from upheld.checker.reading.grids import squared
from upheld.checker.reading.lines import Line, Segment, blocks_of
from upheld.files import UnreadableFile

MAX_CHARACTERS = 8_000_000
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_WORDS = re.compile(r"\S+(?: \S+)*")
_DRAWN = re.compile(r"[\s\-=_+|:.─━│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬]+$")


def decoded(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or else Windows-1252. Raises UnreadableFile."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    if text.count("\x00") > len(text) // 100:
        raise UnreadableFile(f"{name} is no text. Save it as a Word, PDF or text file and try again.")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableFile(f"{name} has {len(text):,} characters; the most that is read is {MAX_CHARACTERS:,}.")
    return text


def read_text(text: str) -> Iterator[Block]:
    """The blocks of plain text or Markdown."""
    lines = re.sub(r"\r\n?|\f", "\n", text).split("\n")
    rest: list[tuple[int, str]] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        end = _piped(lines, index) or _tabbed(lines, index)
        if end:
            yield from _prose(rest)
            rest = []
            rows = [_cells(each) for each in lines[index:end] if each.strip() and not _RULE.match(each)]
            ruled = next((i for i, each in enumerate(lines[index:end]) if _RULE.match(each)), None)
            yield Block(BlockKind.TABLE, cells=squared(rows), heads=ruled if ruled and "|" in line else None)
            index = end
            continue
        if not _FENCE.match(line):
            rest.append((index, line))
        index += 1
    yield from _prose(rest)


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return [tidied(cell) for cell in line.split("\t")]
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [tidied(re.sub(r"\*\*|__|`", "", cell).replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", inner)]


def _piped(lines: Sequence[str], start: int) -> int:
    end = start
    while end < len(lines) and lines[end].count("|") >= 1 and not _FENCE.match(lines[end]):
        end += 1
    several = end - start >= 2 and any(_RULE.match(line) or line.count("|") >= 2 for line in lines[start:end])
    return end if several else 0


def _tabbed(lines: Sequence[str], start: int) -> int:
    """Where lines with tabs end. One line of a row that broke, and empty lines, may stand between."""
    if "\t" not in lines[start].strip("\n"):
        return 0
    end = last = start
    while end < len(lines) and end - last <= 2 and (end == last or "\t" in lines[end] or _may_end_a_label(lines[end])):
        if "\t" in lines[end] and lines[end].strip():
            last = end
        end += 1
    rows = [line for line in lines[start : last + 1] if line.strip("\t ")]
    return last + 1 if sum("\t" in line.strip() for line in rows) >= 2 else 0


def _may_end_a_label(line: str) -> bool:
    """Whether a line without tabs may be the rest of a label that was broken, or an empty line."""
    text = line.strip()
    return len(text) <= 40 and not re.search(r"[.:;?!]$|^#|^\d+\.|^[-•*]", text)


def _prose(numbered: Sequence[tuple[int, str]]) -> Iterator[Block]:
    made = []
    for index, text in numbered:
        bare = text.replace("\t", "    ").rstrip()
        if not bare.strip() or _DRAWN.match(bare):
            continue
        quoted = re.sub(r"^\s{0,3}>\s?", "", bare)
        segments = tuple(_segments(quoted))
        if segments:
            made.append(Line(segments, None, float(index), 1.0))
    yield from blocks_of(made, sized=False)


def _segments(line: str) -> Iterator[Segment]:
    indent = len(line) - len(line.lstrip())
    bullet = re.match(r"\s*(?:[•●▪◦*-]|\d{1,2}[.)]|#{1,6})\s+", line)
    if bullet:  # however far its words stand from the mark, they are one
        rest = line[bullet.end() :]
        if "  " not in rest.strip():
            yield Segment(indent, len(line), f"{line[: bullet.end()].strip()} {rest.strip()}")
            return
    for found in _WORDS.finditer(line):
        yield Segment(found.start(), found.end(), found[0])
