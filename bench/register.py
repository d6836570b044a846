"""A register file into histories and facts, against a bare pass over the same file with Python's own `csv`.

Everything is timed in processor seconds of one process, in turns, so that what else the machine does weighs on all
alike. The bare pass keeps its rows, as whoever reads a file must.
"""

import csv
import gc
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median

ROWS = 100_000
TURNS = 3
TODAY = date(2026, 1, 1)
HEAD = (
    "Reference", "Stage", "Received", "Service", "Team", "Themes", "Answered", "Outcome", "Channel", "Complainant",
    "Made orally",
)  # fmt: skip
THEIRS = (
    "Case ref", "Complaint stage", "Date received", "Service area", "Team name", "Nature of complaint",
    "Response sent", "Outcome", "How received", "Complaint made by", "Verbal",
)  # fmt: skip


def run() -> str:
    """Make a register, read it in every way, and say how long each took and how much memory it held."""
    with tempfile.TemporaryDirectory(prefix="upheld-bench-") as folder:
        ours, theirs = Path(folder) / "ours.csv", Path(folder) / "theirs.csv"
        rows = _rows()
        _write(ours, HEAD, rows)
        _write(theirs, THEIRS, rows)
        return _measured(ours, theirs)


def _rows() -> list[list[str]]:
    drawing = random.Random(2006)  # noqa: S311  made-up rows
    rows = []
    for number in range(ROWS):
        received = date(2013, 1, 1) + timedelta(days=drawing.randrange(4_000))
        answered = received + timedelta(days=drawing.randrange(5, 40))
        rows.append([
            f"B-{number:06}", "Stage 1", f"{received:%d/%m/%Y}", f"Service {number % 5}", f"Team {number % 25}",
            f"Theme {number % 12}", f"{answered:%d/%m/%Y}", drawing.choice(("Upheld", "Not upheld", "Partly upheld")),
            "Email", "Parent", "No",
        ])  # fmt: skip
    return rows


def _write(path: Path, head: tuple[str, ...], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)


def _measured(ours: Path, theirs: Path) -> str:
    from upheld.facts import fold
    from upheld.files import read_bytes, read_sheet
    from upheld.procedure import load_calendar, load_pack
    from upheld.register.opening import open_register
    from upheld.register.read import read_register

    pack = load_pack("children-england-2006")
    calendar = load_calendar(pack.calendar)
    register = read_register(ours, today=TODAY)
    if (len(register.cases), register.refusals) != (ROWS, ()):
        raise AssertionError("the register was not read whole")

    def bare() -> int:
        with ours.open(encoding="utf-8", newline="") as file:
            return len(list(csv.reader(file)))

    def recognised() -> int:
        return len(open_register(read_bytes(theirs), theirs.name, today=TODAY).register.cases)

    def folded() -> int:
        return sum(len(fold(case.history, pack, calendar).stages) for case in register.cases)

    ways: dict[str, Callable[[], int]] = {
        "a bare pass with csv.reader": bare,
        "the file's cells (read_sheet)": lambda: len(read_sheet(ours).rows),
        "histories, every cell checked": lambda: len(read_register(ours, today=TODAY).cases),
        "the same, its layout recognised": recognised,
        "histories into facts (fold)": folded,
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(TURNS):
        for name, way in ways.items():
            gc.collect()
            began = time.process_time()
            way()
            seconds[name].append(time.process_time() - began)
    against = median(seconds["a bare pass with csv.reader"])
    lines = [f"A register file of {ROWS:,} rows, {ours.stat().st_size / 1e6:.0f} MB ({os.cpu_count()} cores)\n"]
    for name, each in seconds.items():
        took = median(each)
        lines.append(f"  {name:34}{took:8.2f} s {took / against:8.1f} {took / ROWS * 1e6:8.0f} µs a row")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines.append(f"\n  most memory held: {megabytes:.0f} MB, two registers in it at once")
    return "\n".join(lines)


if __name__ == "__main__":
    print(run())
