"""The law as data, and what follows from it for a case: its clocks, duties, moves and breaches.

Pure: no database, no Django, nothing that reads today's date. A case comes in as a `History`; the law comes from dated,
cited files in `data/`.
"""

from upheld.procedure.calendar import BeyondCalendar, Calendar, CalendarError, CountedDay, Holiday, load_calendar
from upheld.procedure.clocks import (
    ClockRun,
    Extension,
    ExtensionState,
    clock_runs,
)
from upheld.procedure.dating import Dating, Precision
from upheld.procedure.events import KINDS, Event, EventError, EventKind, data_problems, upcast
from upheld.procedure.history import History, problems
from upheld.procedure.load import PACKS, load_pack
from upheld.procedure.pack import Citation, Code, Evidence, Layer, Pack, PackError, Source, Stage
from upheld.procedure.rules import BreachRule, ClockRule, DutyRule, MoveRule, Owner, Unit

__all__ = [
    "KINDS",
    "PACKS",
    "BeyondCalendar",
    "BreachRule",
    "Calendar",
    "CalendarError",
    "Citation",
    "ClockRule",
    "ClockRun",
    "Code",
    "CountedDay",
    "Dating",
    "DutyRule",
    "Event",
    "EventError",
    "EventKind",
    "Evidence",
    "Extension",
    "ExtensionState",
    "History",
    "Holiday",
    "Layer",
    "MoveRule",
    "Owner",
    "Pack",
    "PackError",
    "Precision",
    "Source",
    "Stage",
    "Unit",
    "clock_runs",
    "data_problems",
    "load_calendar",
    "load_pack",
    "problems",
    "upcast",
]
