"""One full assessment of a case, in microseconds, as the case grows."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

from upheld.procedure import (
    Dating,
    Event,
    EventKind,
    History,
    duties,
    faults,
    load_calendar,
    load_pack,
    moves,
    standings,
)

EVENTS = (10, 20, 40, 80)
_ON = date(2025, 6, 30)
_RUNS = 15

# A case through all its stages; what is left of its events are updates and findings.
_COURSE: tuple[tuple[str, str | None, int, dict[str, str | int | bool | None]], ...] = (
    ("complaint-received", "stage-1", 0, {"category": "A1", "oral": False}),
    ("receipt-information-given", None, 1, {"procedure": True, "help_offered": True}),
    ("point-raised", "stage-1", 1, {"point": 1, "function": "part-3", "grounds": "2023-11-06"}),
    ("response-sent", "stage-1", 14, {}),
    ("stage-requested", "stage-2", 30, {}),
    ("independent-person-appointed", "stage-2", 36, {"member": False, "officer": False}),
    ("delay-notice-sent", "stage-2", 60, {"promised": "2024-05-20"}),
    ("response-sent", "stage-2", 130, {"panel_right": True}),
    ("stage-requested", "stage-3", 145, {"reasons_given": True}),
    ("panel-held", "stage-3", 190, {}),
    ("panel-report-sent", "stage-3", 196, {}),
    ("panel-recommendations-received", "stage-3", 197, {}),
    ("response-to-panel-sent", "stage-3", 215, {"ombudsman_information": True}),
)


def case_of(events: int) -> History:
    """A case of so many events."""
    first = date(2024, 1, 8)
    made = []
    for place in range(events):
        if place < len(_COURSE):
            kind, stage, days, data = _COURSE[place]
        else:
            kind, stage, days = "update-sent", ("stage-1", "stage-2", "stage-3")[place % 3], 10 + 3 * place
            data = {}
        made.append(
            Event(
                kind=EventKind(kind),
                on=Dating.day(first + timedelta(days=days)),
                stage=stage,
                data=data,
                sequence=place + 1,
            )
        )
    return History("bench", "children-england-2006", tuple(made))


def microseconds(events: int) -> Iterator[float]:
    """How long each of several full assessments of such a case takes."""
    history, pack, calendar = case_of(events), load_pack(), load_calendar()
    for _ in range(_RUNS):
        began = time.perf_counter()
        standings(history, pack, calendar, on=_ON)
        duties(history, pack, calendar, on=_ON)
        moves(history, pack, calendar, on=_ON)
        faults(history, pack, calendar, on=_ON)
        yield (time.perf_counter() - began) * 1e6
