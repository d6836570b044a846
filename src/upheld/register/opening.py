"""A register opened in whatever layout it has: the documented one, a mapping's, or one that it explains itself."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from upheld.errors import UpheldError
from upheld.files import NOTHING_TOLD, Sheet, read_sheet_bytes
from upheld.register.documented import AlmostTheLayout, DocumentedLayout, NotARegister
from upheld.register.mapping import MappedLayout, RegisterMapping
from upheld.register.model import Register
from upheld.register.read import SHEET, Layout, Progress, register_of_sheet
from upheld.register.understanding import Understanding, questions, settled, understand


class Unsettled(UpheldError):
    """A layout that was understood in part, with what only a person can say."""

    def __init__(self, understanding: Understanding) -> None:
        self.understanding = understanding
        count = len(understanding.questions)
        things = "one thing has" if count == 1 else f"{count} things have"
        source = understanding.source
        super().__init__(
            f"{source} is not in the documented layout, and {things} to be settled before it can be read:\n"
            + "\n".join(f"  {question}" for question in questions(understanding))
            + f"\n“upheld register understand {source} --write-mapping layout.toml” writes down what was understood. "
            f"Put your answers into it; then “upheld register import {source} --mapping layout.toml” reads the file."
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """A register with the sheet that it was read from. `head` is the row above its first row, from 0.

    `taken` says which columns of the file are ours: by number, the stage of their group or empty, and our column.
    `understanding` says how the layout was recognised, where it was.
    """

    register: Register
    sheet: Sheet
    head: int
    taken: Mapping[int, tuple[str, str]]
    understanding: Understanding | None = None


def open_register(
    content: bytes,
    source: str,
    *,
    today: date,
    mapping: RegisterMapping | None = None,
    recognise: bool = False,
    progress: Progress | None = None,
) -> Opened:
    """Read the register in a file called `source`, in the layout of `mapping` where one is given.

    Otherwise the documented layout is tried first, and where its headings are not found, or `recognise` is asked, the
    file is recognised by itself. Raises Unsettled where that leaves questions, and as read_register does.
    """
    digest = hashlib.sha256(content).hexdigest()

    def opened(sheet: Sheet, layout: Layout, found: Understanding | None = None) -> Opened:
        register = register_of_sheet(sheet, source=source, digest=digest, today=today, layout=layout, progress=progress)
        return Opened(register, sheet, layout.head, layout.taken(), found)

    def mapped(mapping: RegisterMapping, found: Understanding | None = None) -> Opened:
        sheet = read_sheet_bytes(content, source, prefer=SHEET, told=mapping.told)
        return opened(sheet, MappedLayout(sheet, source, mapping), found)

    if mapping is not None:
        return mapped(mapping)
    if not recognise:
        sheet = read_sheet_bytes(content, source, prefer=SHEET, told=NOTHING_TOLD)
        try:
            layout = DocumentedLayout(sheet, source)
        except AlmostTheLayout:
            raise
        except NotARegister as not_ours:
            found = _understood(content, source, today, not_ours)
        else:
            return opened(sheet, layout)
    else:
        found = understand(content, source, today=today)
    if found.questions:
        raise Unsettled(found)
    return mapped(settled(found), found)


def _understood(content: bytes, source: str, today: date, not_ours: NotARegister) -> Understanding:
    try:
        return understand(content, source, today=today)
    except NotARegister:
        raise not_ours from None
