"""A report read in a process of its own: whatever is in the file costs bounded memory and time, and ends."""

import json
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO, Any

from upheld.checker.reading.document import Block, Document
from upheld.checker.reading.process import unpacked
from upheld.files import UnreadableFile

WAIT = 240  # seconds on the clock; the process allows itself fewer of the processor


def read_document(content: bytes, name: str) -> Document:
    """The report in a file called `name`. Raises UnreadableFile with the reason and what to do."""
    request = json.dumps({"name": name}).encode() + b"\n"
    # -P: nothing in the folder where somebody stands is taken for a module.
    command = [sys.executable, "-P", "-m", "upheld.checker.reading"]
    with subprocess.Popen(  # noqa: S603  this very Python, and a module of ours
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin is not None  # noqa: S101  asked for
        assert process.stdout is not None  # noqa: S101  asked for
        timer = threading.Timer(WAIT, process.kill)
        timer.start()
        feeder = threading.Thread(target=_feed, args=(process.stdin, request + content))
        feeder.start()
        try:
            return _document(process.stdout, name)
        finally:
            timer.cancel()
            process.kill()
            feeder.join()


def _feed(stream: IO[bytes], content: bytes) -> None:
    with suppress(OSError):  # it ended without reading on
        stream.write(content)
    with suppress(OSError):
        stream.close()


def _document(stream: IO[bytes], name: str) -> Document:
    form = ""
    blocks: list[Block] = []
    for raw in stream:
        if not raw.endswith(b"\n"):
            break
        line: dict[str, Any] = json.loads(raw)
        if "block" in line:
            blocks.append(unpacked(line["block"]))
        elif "format" in line:
            form = line["format"]
        elif "end" in line:
            if not blocks:
                raise UnreadableFile(f"{name} holds no text. Name the file with the report in it.")
            return Document(name, form, tuple(blocks))
        elif "refused" in line:
            raise UnreadableFile(line["refused"])
        elif "failed" in line:
            raise UnreadableFile(
                f"{name} is damaged and cannot be read ({line['failed']}). Open it where it was made, save it again, "
                "and try that."
            )
    raise UnreadableFile(
        f"{name} takes more memory or time to read than any report needs, so reading was stopped. Check one part of "
        "it at a time."
    )
