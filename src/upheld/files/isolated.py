"""A workbook read in a process of its own, so that whatever is in it costs bounded memory and time, and ends.

A workbook may come from anyone. Its reader is native code: where that runs out of memory the process ends, and nothing
interrupts it from inside. So the process is another one, which limits itself, is stopped when it takes too long, and
whose every way of ending is a plain answer here.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import IO, Any

from upheld.files.model import Merge, Row, Sheet, UnreadableFile
from upheld.files.reader import unpacked

WAIT = 180  # seconds on the clock; the process allows itself fewer of the processor


def read_workbook(content: bytes, name: str, *, wanted: Sequence[str] | None, prefer: str | None) -> tuple[Sheet, ...]:
    """The sheets called `wanted` of a workbook: every visible one where None; where empty `prefer`, or else the first.

    Raises UnreadableFile.
    """
    request = json.dumps({"name": name, "wanted": wanted, "prefer": prefer}).encode() + b"\n"
    # -P: nothing in the folder where somebody stands is taken for a module.
    command = [sys.executable, "-P", "-m", "upheld.files"]
    with subprocess.Popen(  # noqa: S603  this very Python, and a module of ours
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None  # noqa: S101  asked for
        assert process.stdout is not None  # noqa: S101  asked for
        timer = threading.Timer(WAIT, process.kill)
        timer.start()
        feeder = threading.Thread(target=_feed, args=(process.stdin, request, content))
        feeder.start()
        try:
            return tuple(_sheets(_lines(process.stdout), name))
        finally:
            timer.cancel()
            process.kill()
            feeder.join()


def _feed(stream: IO[bytes], request: bytes, content: bytes) -> None:
    with suppress(OSError):  # it ended without reading on
        stream.write(request)
        stream.write(content)
    with suppress(OSError):
        stream.close()


def _lines(stream: IO[bytes]) -> Iterator[Any]:
    for line in stream:
        if line.endswith(b"\n"):
            yield json.loads(line)


def _sheets(lines: Iterator[Any], name: str) -> Iterator[Sheet]:
    title: str | None = None
    merges: tuple[Merge, ...] = ()
    rows: list[Row] = []
    for line in lines:
        if isinstance(line, list):
            rows.append(unpacked(line))
        elif "sheet" in line or "end" in line:
            if title is not None:
                yield Sheet(title, tuple(rows), merges)
            if "end" in line:
                return
            title, rows = line["sheet"], []
            merges = tuple(Merge(*block) for block in line["merges"])
        elif "refused" in line:
            raise UnreadableFile(line["refused"])
        elif "failed" in line:
            raise UnreadableFile(
                f"{name} cannot be read as a workbook ({line['failed']}). Open it in Excel or LibreOffice and save it "
                "again, or copy the table into a new workbook."
            )
    raise UnreadableFile(
        f"{name} takes more memory or time to read than any register needs, so reading was stopped. Copy the table "
        "into a new workbook, or split it by year."
    )
