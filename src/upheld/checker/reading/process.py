"""The process that reads one report within bounds, and how it hands the blocks over: lines of JSON.

It is given a line of JSON (the file's name) and then the file. It answers with a line that names the format, a line for
each block, and a line at the end; or with a line that refuses.
"""

import json
from typing import IO, Any

from upheld.checker.plain import tidied
from upheld.checker.reading.document import Block, BlockKind
from upheld.checker.reading.formats import format_of, read_blocks
from upheld.files import UnreadableFile

MAX_BLOCKS = 60_000
MAX_CHARACTERS = 6_000_000


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Read the request and the file from `source`, and write the answer to `target`."""

    def say(line: object) -> None:
        target.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    name = json.loads(source.readline())["name"]
    try:
        content = source.read()
        form = format_of(content, name)
        say({"format": form})
        count = size = 0
        for block in read_blocks(content, name, form):
            count += 1
            size += len(block.text) + sum(len(cell) for row in block.cells for cell in row)
            if count > MAX_BLOCKS or size > MAX_CHARACTERS:
                raise UnreadableFile(
                    f"{name} is longer than any report. Check one report, or one part of it, at a time."
                )
            say({"block": packed(block)})
        say({"end": count})
    except UnreadableFile as error:
        say({"refused": str(error)})
    except (MemoryError, RecursionError):
        say({"exhausted": True})
    except BaseException as error:  # noqa: BLE001  any failure of a reader is a refusal here
        say({"failed": type(error).__name__})


def packed(block: Block) -> list[Any]:
    """A block as plain values."""
    return [block.kind.value, block.text, block.level, block.page, block.cells, block.heads]


def unpacked(values: list[Any]) -> Block:
    """A block as it was before it was handed over."""
    kind, text, level, page, cells, heads = values
    cleaned = tuple(tuple(tidied(cell) for cell in row) for row in cells)
    return Block(BlockKind(kind), tidied(text), level, page, cleaned, heads)
