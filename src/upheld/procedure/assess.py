"""Which faults a published chronology lets one see, and which of them it proves."""

from dataclasses import dataclass, replace

from upheld.procedure.calendar import Calendar
from upheld.procedure.chronology import Chronology
from upheld.procedure.rounds import read_rounds
from upheld.procedure.told_clocks import ToldClock, told_clocks
from upheld.procedure.told_faults import Signs, ToldFault, measures


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a chronology lets one see."""

    id: str
    clocks: tuple[ToldClock, ...]
    faults: tuple[ToldFault, ...]


def assess(chronology: Chronology, calendar: Calendar) -> Assessment:
    """The clocks of a chronology on the day of its assessment, and the faults that it lets one see.

    Raises BeyondCalendar where a limit leaves the published bank holidays.
    """
    reading = read_rounds(chronology)
    clocks = told_clocks(reading, calendar)
    seen = Signs(reading, clocks, calendar, measures())
    return Assessment(chronology.id, clocks, _merged(seen))


def _merged(seen: Signs) -> tuple[ToldFault, ...]:
    """One fault for each code: sure where any sign of it is, with the reasons of the surest."""
    found: dict[str, ToldFault] = {}
    for fault in seen.faults():
        known = found.get(fault.code)
        if known is None or (fault.sure and not known.sure):
            found[fault.code] = fault
        elif fault.sure == known.sure and fault.why != known.why:
            found[fault.code] = replace(known, why=f"{known.why} {fault.why}")
    return tuple(found.values())
