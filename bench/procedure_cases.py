"""Plain cases as columns of days: for each clock, when each run started and when it was done."""

import random
from array import array
from collections.abc import Iterator
from datetime import date
from pathlib import Path

CASES = 1_000_000
# Each clock, how many in a hundred cases come to it, and about how many days it takes.
CLOCKS = (
    ("stage-1-response", 100, 16),
    ("stage-2-response", 12, 60),
    ("panel-held", 3, 45),
    ("panel-report", 3, 7),
    ("response-to-panel", 3, 20),
)
FIRST, LAST, AS_AT = date(2010, 1, 1), date(2026, 6, 30), date(2026, 6, 30)
OPEN = date.max.toordinal()


def make_columns(folder: Path) -> int:
    """Write the columns of every clock, and say how many runs there are."""
    chance = random.Random(3)  # noqa: S311 - made-up cases
    total = 0
    for clock, share, days in CLOCKS:
        starts, ends = array("i"), array("i")
        for _ in range(CASES * share // 100):
            start = chance.randrange(FIRST.toordinal(), LAST.toordinal() + 1)
            end = start + int(chance.expovariate(1 / days))
            starts.append(start)
            ends.append(end if end <= AS_AT.toordinal() else OPEN)
        for name, column in (("starts", starts), ("ends", ends)):
            (folder / f"{clock}.{name}").write_bytes(column.tobytes())
        total += len(starts)
    return total


def columns(folder: Path) -> "Iterator[tuple[str, array[int], array[int]]]":
    """The columns as they were written: clock, starts, ends."""
    for clock, _, _ in CLOCKS:
        starts, ends = array("i"), array("i")
        starts.frombytes((folder / f"{clock}.starts").read_bytes())
        ends.frombytes((folder / f"{clock}.ends").read_bytes())
        yield clock, starts, ends
