"""The quarter's figures over a million stage facts: Upheld against SQL by hand, and against pandas."""

import os
import tempfile
from pathlib import Path

from bench.contest import Way, contest, table
from bench.facts import QUARTER, STAGES, make_facts

WAYS = (
    Way("SQL by hand on DuckDB", "bench.figures_by_sql:prepare"),
    Way("Upheld (Ibis, DuckDB)", "bench.figures_by_upheld:prepare"),
    Way("pandas, reading the files", "bench.figures_by_pandas:prepare"),
    Way("pandas, already read", "bench.figures_by_pandas:prepare_in_memory"),
)
RUNS = 9


def run() -> str:
    """Make the facts, hold the contest, and say how it went."""
    with tempfile.TemporaryDirectory(prefix="upheld-bench-") as folder:
        make_facts(Path(folder))
        results = contest(WAYS, Path(folder), runs=RUNS)
    by_hand, upheld, pandas, pandas_in_memory = results
    return (
        f"The figures of the quarterly report for {QUARTER.label}, over {STAGES:,} stage facts in Parquet\n"
        f"({os.cpu_count()} cores; {RUNS} runs of each, in turn; every number the same in all four)\n\n"
        f"{table(results)}\n\n"
        f"  Upheld takes {upheld.against(by_hand):.2f} times as long as SQL by hand, and pandas "
        f"{pandas.against(upheld):.1f} times as long as Upheld\n"
        f"  ({pandas_in_memory.against(upheld):.1f} times where it holds the data already). The first answer of "
        f"a process, with Ibis loaded and the SQL compiled,\n  took Upheld {upheld.first:.1f} s, after "
        f"{upheld.preparing:.1f} s of opening and digesting the files.\n"
    )
