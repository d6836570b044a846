"""The standing of one clock for very many plain runs at once: columns of days in, one code for each run out.

For runs whose start and end are known to the day and that nothing lengthened, suspended or withdrew; anything else is
for `standing`, with which this agrees.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from upheld.procedure.calendar import Calendar
from upheld.procedure.limits import end_of_limit
from upheld.procedure.rules import ClockRule
from upheld.procedure.standing import Standing

# In a column of ends: this run has none.
NOT_DONE = date.max.toordinal()

# A code is a place in this list.
CODES: tuple[Standing, ...] = (
    Standing.NOT_STARTED,
    Standing.RUNNING,
    Standing.DUE_TODAY,
    Standing.MET,
    Standing.MISSED,
)
_MET, _MISSED = CODES.index(Standing.MET), CODES.index(Standing.MISSED)


def day_column(days: Iterable[int]) -> list[int]:
    """A column of days in which equal days are one object, which is several times faster to go through."""
    shared: dict[int, int] = {}
    return [shared.setdefault(day, day) for day in days]


def standing_codes(
    starts: Sequence[int], ends: Sequence[int], rule: ClockRule, calendar: Calendar, *, on: date
) -> bytes:
    """The standing of each run at the end of `on`, as a place in CODES.

    Days are ordinals (`date.toordinal`), NOT_DONE where a run has no end. Raises ValueError where the clock has no
    number of days, and BeyondCalendar where a limit leaves the bank holidays known on that day.
    """
    length = rule.length
    if length is None:
        raise ValueError(f"{rule.id} has no length to count")
    known = calendar.as_known(on)
    today = on.toordinal()
    # Met is what ended by its limit and by today; everything else is as if it had not ended, for what ended after its
    # limit is missed as it would be without an end.
    until: dict[int, int] = {}
    otherwise: dict[int, int] = {}
    for start in set(starts):
        limit = end_of_limit(date.fromordinal(start), length, rule, known).toordinal()
        until[start] = min(limit, today)
        otherwise[start] = _undone(start, limit, today)
    return bytes([_MET if end <= until[start] else otherwise[start] for start, end in zip(starts, ends, strict=True)])


def _undone(start: int, limit: int, today: int) -> int:
    """How a run stands that has no end by today."""
    if start > today:
        return CODES.index(Standing.NOT_STARTED)
    if today == limit:
        return CODES.index(Standing.DUE_TODAY)
    return CODES.index(Standing.RUNNING) if today < limit else _MISSED
