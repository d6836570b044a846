"""The standing of every run, with numpy's business days and comparisons of whole arrays."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.procedure_by_columns import Counts
from bench.procedure_cases import AS_AT, columns
from upheld.procedure import load_calendar, load_pack

_EPOCH = np.datetime64("0001-01-01").astype(np.int64) - 1


def prepare(folder: Path) -> Callable[[], Counts]:
    """Read the columns once as arrays of days; each answer counts the standings anew."""
    pack = load_pack()
    holidays = np.array([holiday.day for holiday in load_calendar().holidays], dtype="datetime64[D]")
    weeks = np.busdaycalendar(holidays=holidays)
    today = np.datetime64(AS_AT)
    held = [
        (pack.clock(clock), np.array(starts, dtype=np.int64) + _EPOCH, np.array(ends, dtype=np.int64) + _EPOCH)
        for clock, starts, ends in columns(folder)
    ]
    days = [(rule, starts.astype("datetime64[D]"), ends.astype("datetime64[D]")) for rule, starts, ends in held]

    def answer() -> Counts:
        counts = {}
        for rule, starts, ends in days:
            # Day 0 may be no working day: it is rolled back, so that the first one after it is day 1.
            due = np.busday_offset(starts, rule.length, roll="backward", busdaycal=weeks)
            done = ends <= today
            met, late = done & (ends <= due), done & (ends > due)
            begun = ~done & (starts <= today)
            states = {
                "not-started": ~done & (starts > today),
                "running": begun & (today < due),
                "due-today": begun & (today == due),
                "met": met,
                "missed": late | (begun & (today > due)),
            }
            counts[rule.id] = {name: number for name, mask in states.items() if (number := int(mask.sum()))}
        return counts

    return answer
