"""Which faults a published chronology lets one see, and which of them it proves.

A chronology has gaps: what it does not tell of may have happened. So a fault is sure only where what is told proves it;
all else is a risk, named only where what is told points to it.
"""

from dataclasses import dataclass, replace
from itertools import chain

from upheld.procedure.calendar import Calendar
from upheld.procedure.chronology import Chronology
from upheld.procedure.rounds import read_rounds
from upheld.procedure.seen import Seen, ToldFault, measures
from upheld.procedure.told_clock_faults import clock_faults
from upheld.procedure.told_clocks import ToldClock, told_clocks
from upheld.procedure.told_hints import hints
from upheld.procedure.told_signs import signs


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a chronology lets one see; `remarks` say what of it could not be read."""

    id: str
    clocks: tuple[ToldClock, ...]
    faults: tuple[ToldFault, ...]
    remarks: tuple[str, ...] = ()


def assess(chronology: Chronology, calendar: Calendar) -> Assessment:
    """The clocks of a chronology on the day of its assessment, and the faults that it lets one see, one for each code.

    Raises BeyondCalendar where a limit leaves the published bank holidays.
    """
    reading = read_rounds(chronology)
    seen = Seen(reading, told_clocks(reading, calendar), calendar, measures())
    found: dict[str, ToldFault] = {}
    for each in chain(clock_faults(seen), signs(seen), hints(seen)):
        # What was left out may be the very step that is missing.
        fault = each if chronology.whole else replace(each, sure=False)
        known = found.get(fault.code)
        if known is None or (fault.sure and not known.sure):
            found[fault.code] = fault
        elif fault.sure == known.sure and fault.why != known.why:
            found[fault.code] = replace(known, why=f"{known.why} {fault.why}")
    return Assessment(chronology.id, seen.clocks, tuple(found.values()), chronology.remarks)
