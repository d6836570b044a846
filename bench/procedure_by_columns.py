"""The standing of every run, by Upheld's own columns."""

from collections.abc import Callable
from pathlib import Path

from bench.procedure_cases import AS_AT, columns
from upheld.procedure import load_calendar, load_pack
from upheld.procedure.columns import CODES, day_column, standing_codes

Counts = dict[str, dict[str, int]]


def prepare(folder: Path) -> Callable[[], Counts]:
    """Read the columns once; each answer counts the standings anew."""
    pack, calendar = load_pack(), load_calendar()
    held = [(pack.clock(clock), day_column(starts), day_column(ends)) for clock, starts, ends in columns(folder)]

    def answer() -> Counts:
        counts = {}
        for rule, starts, ends in held:
            found = standing_codes(starts, ends, rule, calendar, on=AS_AT)
            counts[rule.id] = {state.value: number for code, state in enumerate(CODES) if (number := found.count(code))}
        return counts

    return answer
