"""The clocks: a million plain cases against numpy's business days, and one full assessment as a case grows."""

import os
import tempfile
from pathlib import Path

from bench.contest import Way, contest, table
from bench.procedure_cases import CASES, CLOCKS, make_columns
from bench.procedure_growth import EVENTS, microseconds

WAYS = (
    Way("numpy.busday_offset", "bench.procedure_by_numpy:prepare"),
    Way("Upheld, columns", "bench.procedure_by_columns:prepare"),
)
RUNS = 7


def run() -> str:
    """Hold the contest, time the assessments, and say how it went."""
    with tempfile.TemporaryDirectory(prefix="upheld-bench-") as folder:
        runs = make_columns(Path(folder))
        results = contest(WAYS, Path(folder), runs=RUNS)
    numpy, upheld = results
    lines = [
        f"The standing of {len(CLOCKS)} clocks for {CASES:,} plain cases ({runs:,} runs)",
        f"({os.cpu_count()} cores; {RUNS} runs of each, in turn; the same counts from both)",
        "",
        table(results),
        "",
        f"  Upheld takes {upheld.against(numpy):.2f} times as long as numpy.busday_offset on the same dates.",
        "",
        "One full assessment of a case: clocks, standings, duties, moves and faults on a day; the quickest of several",
        "",
        "  events   microseconds   per event",
    ]
    times = {events: min(microseconds(events)) for events in EVENTS}
    lines += [f"  {events:6}   {time:12,.0f}   {time / events:9,.0f}" for events, time in times.items()]
    first, last = EVENTS[0], EVENTS[-1]
    lines += ["", f"  {last / first:.0f} times the events take {times[last] / times[first]:.1f} times as long."]
    return "\n".join(lines) + "\n"
