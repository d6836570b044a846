"""The law as data, and what follows from it for a case: its clocks, duties, moves and breaches.

Pure: no database, no Django, nothing that reads today's date. A case comes in as a `History`; the law comes from dated,
cited files in `data/`.
"""

from upheld.procedure.calendar import BeyondCalendar, Calendar, CalendarError, CountedDay, Holiday, load_calendar
from upheld.procedure.clocks import ClockRun, Extension, ExtensionState, clock_runs
from upheld.procedure.corrections import CorrectionReason, striking
from upheld.procedure.dating import Dating, Precision
from upheld.procedure.duties import DutyStanding, DutyState, duties
from upheld.procedure.events import KINDS, Event, EventError, EventKind, data_problems, upcast
from upheld.procedure.faults import Fault, faults
from upheld.procedure.history import History, problems
from upheld.procedure.load import PACKS, load_pack
from upheld.procedure.local import LocalPolicy, Target, local_targets, read_policy, with_policy
from upheld.procedure.moves import MoveOption, check_move, moves, state_of
from upheld.procedure.pack import Citation, Code, Evidence, Layer, Pack, PackError, Source, Stage
from upheld.procedure.points import PointStanding, PointState, points
from upheld.procedure.recount import MovedLimit, moved_limits
from upheld.procedure.rules import BreachRule, ClockRule, DutyRule, MoveRule, Owner, State, Unit
from upheld.procedure.standing import ClockStanding, Span, Standing, standing, standings

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
    "ClockStanding",
    "Code",
    "CorrectionReason",
    "CountedDay",
    "Dating",
    "DutyRule",
    "DutyStanding",
    "DutyState",
    "Event",
    "EventError",
    "EventKind",
    "Evidence",
    "Extension",
    "ExtensionState",
    "Fault",
    "History",
    "Holiday",
    "Layer",
    "LocalPolicy",
    "MoveOption",
    "MoveRule",
    "MovedLimit",
    "Owner",
    "Pack",
    "PackError",
    "PointStanding",
    "PointState",
    "Precision",
    "Source",
    "Span",
    "Stage",
    "Standing",
    "State",
    "Target",
    "Unit",
    "check_move",
    "clock_runs",
    "data_problems",
    "duties",
    "faults",
    "load_calendar",
    "load_pack",
    "local_targets",
    "moved_limits",
    "moves",
    "points",
    "problems",
    "read_policy",
    "standing",
    "standings",
    "state_of",
    "striking",
    "upcast",
    "with_policy",
]
