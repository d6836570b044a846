"""What a chronology is judged by: its reading, its clocks, and measures where no instrument gives one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from upheld.procedure.calendar import Calendar
from upheld.procedure.chronology import Entry, Told
from upheld.procedure.dating import Dating
from upheld.procedure.load import DATA
from upheld.procedure.rounds import Reading, undated
from upheld.procedure.told_clocks import ToldClock

STATUTORY = "children-statutory"


@dataclass(frozen=True, slots=True)
class ToldFault:
    """A fault that a chronology shows (`sure`) or points to, in the Ombudsman's words for what can go wrong."""

    code: str
    provision: str
    why: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """The Ombudsman's words with their provisions, and the measures of the reading, in working days."""

    provisions: Mapping[str, str]
    stage_2_start: int
    statement: int
    advocacy: int
    allowance: int
    agreed_action: int
    whole_procedure: int
    likely: int
    likely_undated: int
    likely_outstanding: int


@lru_cache(maxsize=1)
def measures() -> Measures:
    """The measures of `data/assessing.toml`."""
    data: dict[str, Any] = tomllib.loads((DATA / "assessing.toml").read_text(encoding="utf-8"))
    days = {name: each["days"] for name, each in data["measure"].items()}
    return Measures(provisions=data["code"], **days, **data["likely"])


@dataclass(frozen=True, slots=True)
class Seen:
    """All that is known of one chronology when its faults are looked for."""

    reading: Reading
    clocks: tuple[ToldClock, ...]
    calendar: Calendar
    measures: Measures

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is told, in order."""
        return self.reading.chronology.entries

    @property
    def statutory(self) -> bool:
        """Whether the council used the children's procedure: only then does missing its limits prove a breach."""
        return self.reading.chronology.procedure == STATUTORY

    @property
    def corporate(self) -> bool:
        """Whether the council used the corporate procedure."""
        return self.reading.chronology.procedure == "corporate"

    def tells(self, *told: Told) -> bool:
        """Whether anything of these kinds is told."""
        return any(entry.told in told for entry in self.entries)

    def fault(self, code: str, why: str, *, sure: bool = False) -> ToldFault:
        """A fault with its provision."""
        return ToldFault(code, self.measures.provisions[code], why, sure)

    @property
    def assessment(self) -> Entry:
        """The day of the assessment, as if it were told."""
        return Entry(Told.OMBUDSMAN_CONTACTED, Dating.day(self.reading.chronology.assessed_on), 0, "")

    def longer(self, start: Entry, end: Entry, days: int) -> bool:
        """Whether more working days than `days` probably lie between two entries.

        More is asked of dates that only their place in the order gives.
        """
        if not start.on.is_known or not end.on.is_known:
            return False
        count = self.calendar.nth_working_day
        limit = Dating.between(count(start.on.earliest, days), count(start.on.latest, days))
        weak = undated(start) or undated(end)
        likely = self.measures.likely_undated if weak else self.measures.likely_outstanding
        return chance_after(end.on, limit) * 100 >= likely


# So many points of each interval are weighed against each other.
_STEPS = 20


def chance_after(shown: Dating, limit: Dating) -> float:
    """How likely it is that one rough date lies after another, every day of each being as likely: from 0 to 1."""

    def spread(dating: Dating) -> list[float]:
        first, width = dating.earliest.toordinal(), (dating.latest - dating.earliest).days
        return [first + width * step / _STEPS for step in range(_STEPS + 1)]

    pairs = [(late, end) for late in spread(shown) for end in spread(limit)]
    return sum(late > end for late, end in pairs) / len(pairs)
