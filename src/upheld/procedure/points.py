"""The points of a complaint: which procedure each belongs to, which are held back, and what was found at each stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from upheld.procedure.calendar import Calendar
from upheld.procedure.dating import Dating
from upheld.procedure.events import Event, EventKind
from upheld.procedure.history import History
from upheld.procedure.limits import limit_from
from upheld.procedure.lookup import CaseEvents
from upheld.procedure.pack import Pack


class PointState(StrEnum):
    """What is happening to a point."""

    CONSIDERED = "considered"
    SUSPENDED = "suspended"
    MAY_BE_RESUBMITTED = "may-be-resubmitted"
    RESUBMITTED = "resubmitted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PointStanding:
    """One point at the end of a day.

    `in_scope` is None where the record does not say what the point is about. `procedure` is the one chosen for it, if
    any. `resubmit_by` is the end of the time for resubmitting, once the other proceedings have ended. `findings` are by
    stage.
    """

    point: int
    state: PointState
    function: str | None
    in_scope: bool | None
    procedure: str | None
    suspended: Dating | None
    resubmit_by: Dating | None
    findings: Mapping[str, str]


def points(history: History, pack: Pack, calendar: Calendar, *, on: date) -> tuple[PointStanding, ...]:
    """Every point raised by the end of `on`, in order of its number."""
    case = CaseEvents(history.up_to(on), pack, calendar.as_known(on))
    raised: dict[int, Event] = {}
    for event in case.all(EventKind.POINT_RAISED):
        number = event.data.get("point")
        if isinstance(number, int):
            raised.setdefault(number, event)
    return tuple(_standing(number, raised[number], case) for number in sorted(raised))


def _standing(number: int, raised: Event, case: CaseEvents) -> PointStanding:
    suspended = _about(number, EventKind.SUSPENDED, case)
    held = suspended if suspended is not None and suspended.data.get("prejudice") is True else None
    ended = _about(number, EventKind.PROCEEDINGS_ENDED, case) if held is not None else None
    resubmitted = _about(number, EventKind.RESUBMITTED, case) if held is not None else None
    code = raised.data.get("function")
    function = case.pack.code("function", code) if isinstance(code, str) else None
    scope = function.attributes.get("in_scope") if function is not None else None
    chosen = _about(number, EventKind.PROCEDURE_CHOSEN, case)
    procedure = chosen.data.get("procedure") if chosen is not None else None
    return PointStanding(
        point=number,
        state=_state(number, held, ended, resubmitted, case),
        function=code if isinstance(code, str) else None,
        in_scope=scope if isinstance(scope, bool) else None,
        procedure=procedure if isinstance(procedure, str) else None,
        suspended=held.on if held is not None else None,
        resubmit_by=_resubmit_by(ended, case),
        findings={
            str(event.stage): str(event.data.get("finding"))
            for event in case.all(EventKind.FINDING_RECORDED, item=("point", number))
        },
    )


def _about(number: int, kind: EventKind, case: CaseEvents) -> Event | None:
    """The first event of a kind about this point, or about the whole complaint."""
    return next((event for event in case.all(kind) if event.data.get("point") in (None, number)), None)


def _state(
    number: int, held: Event | None, ended: Event | None, resubmitted: Event | None, case: CaseEvents
) -> PointState:
    if _about(number, EventKind.WITHDRAWN, case) is not None:
        return PointState.WITHDRAWN
    if held is None:
        return PointState.CONSIDERED
    if resubmitted is not None:
        return PointState.RESUBMITTED
    return PointState.SUSPENDED if ended is None else PointState.MAY_BE_RESUBMITTED


def _resubmit_by(ended: Event | None, case: CaseEvents) -> Dating | None:
    rule = next((clock for clock in case.pack.clocks if clock.id == "resubmit"), None)
    if ended is None or rule is None or rule.length is None:
        return None
    return limit_from(ended.on, rule.length, rule, case.calendar)
