"""Register files as commands open them: with progress, what was understood, and what is worth knowing."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from upheld.register.model import Register
    from upheld.register.opening import Opened
    from upheld.register.understanding import Understanding

SHORT = 500_000  # bytes of a file that is read at once
MOST_REMARKS = 20  # of one kind that are listed


def open_file(file: Path, *, mapping: Path | None, recognise: bool, today: date) -> "Opened":
    """Read the register in a file, with its progress on standard error. Raises as open_register does."""
    from upheld.files import read_bytes
    from upheld.register.mapping import load_mapping
    from upheld.register.opening import open_register

    told = load_mapping(mapping) if mapping is not None else None
    content = read_bytes(file)
    bar = click.progressbar(length=0, label="Reading", file=sys.stderr, hidden=len(content) < SHORT)
    with bar, _without_collecting():

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return open_register(content, file.name, today=today, mapping=told, recognise=recognise, progress=progress)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Without Python's search for cycles: a register is very many small objects and no cycle, and stays to the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def show_understanding(found: "Understanding") -> None:
    """Say on standard error how a file was read that was recognised by itself."""
    from upheld.register.understanding import shown

    for line in shown(found):
        click.echo(line, err=True)
    click.echo(err=True)


def remarks_of(read: "Register") -> Iterator[str]:
    """What is worth knowing of a register that was read, in lines; no more than so many of a kind."""
    from upheld.register.model import About

    heads = {
        About.LEFT_OUT: "",
        About.SPELLING: "Look at these names:",
        About.IN_TIME: "The file's own word on being in time differs from its dates, which are what counts:",
        About.DUPLICATE: "These may be one complaint under two references; look at them:",
        About.GONE: "These were in the file when it was last imported, and are in it no more. The record keeps them:",
    }
    for about, head in heads.items():
        remarks = [remark for remark in read.remarks if remark.about is about]
        if remarks and head:
            yield head
        for remark in remarks[:MOST_REMARKS]:
            yield f"  {remark.text}" if head else remark.text
        if len(remarks) > MOST_REMARKS:
            yield f"  … and {len(remarks) - MOST_REMARKS:,} more."
