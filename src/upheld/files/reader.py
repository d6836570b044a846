"""Reading a workbook in a process of its own: the bounds that it sets itself, and how it hands the cells over.

It is given one line of JSON (the file's name, the sheets that are wanted) and then the file. It answers in lines of
JSON: the sheets' names; for each sheet its name and merged cells, then a line for each row; at the end the number of
rows. A date is a list of three numbers, a failed formula a list of two texts. A refusal is one line, and the last.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO, Any

from upheld.files.model import Cell, Fault, Row, UnreadableFile

MEMORY = 1024 * 1024 * 1024  # bytes
SECONDS = 60  # of the processor


def limit(memory: int = MEMORY, seconds: int = SECONDS) -> None:
    """Bound this process, where the platform can."""
    try:
        import resource
    except ImportError:  # Windows: the time is limited from outside
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (value, hard))
        except (ValueError, OSError):
            continue  # a platform that knows the limit and does not set it


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Read the request and the file from `source`, and write the answer to `target`."""

    def say(line: object) -> None:
        target.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")

    request = json.loads(source.readline())
    try:
        content = source.read()
        for line in lines_of(content, request["name"], request["wanted"], request["prefer"]):
            say(line)
    except UnreadableFile as error:
        say({"refused": str(error)})
    except MemoryError:
        say({"exhausted": True})
    except BaseException as error:  # noqa: BLE001  a reader's panic is no Exception, and any failure is a refusal here
        say({"failed": type(error).__name__})


def lines_of(content: bytes, name: str, wanted: Sequence[str] | None, prefer: str | None) -> Iterator[object]:
    """What is handed over, line by line. `wanted` None is every sheet, empty the preferred or else the first."""
    from upheld.files.workbook import Workbook

    book = Workbook(content, name)
    yield {"names": book.names}
    if wanted is None:
        chosen: Sequence[str] = book.names
    else:
        chosen = wanted or [prefer if prefer is not None and prefer in book.names else book.names[0]]
    count = 0
    for each in chosen:
        sheet = book.sheet(each)
        yield {"sheet": each, "merges": [(m.top, m.left, m.bottom, m.right) for m in sheet.merges]}
        for row in sheet.rows:
            count += 1
            yield [_packed(cell) for cell in row]
    yield {"end": count}


def _packed(cell: Cell) -> object:
    if isinstance(cell, date):
        return [cell.year, cell.month, cell.day]
    return [cell.shown, cell.reason] if isinstance(cell, Fault) else cell


def unpacked(cells: Sequence[Any]) -> Row:
    """A row as it was before it was handed over."""
    return tuple(_unpacked(cell) if isinstance(cell, list) else cell for cell in cells)


def _unpacked(cell: list[Any]) -> Cell:
    return date(*cell) if len(cell) == 3 else Fault(*cell)
