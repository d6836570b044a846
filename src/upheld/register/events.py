"""Rows of one case into the events of its history, in the order in which they happened.

Registers are long, so what is the same in many rows (a day, a team, a theme) is made once and shared by their events,
whose data nobody changes.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from upheld.procedure import Dating, Event, EventKind
from upheld.register.names import code_of
from upheld.register.rows import RegisterRow

PACK = "children-england-2006"

_STAGE_ORDER = {"stage-1": 1, "stage-2": 2, "stage-3": 3, "ombudsman": 4}
_OPENED_BY = {
    "stage-1": EventKind.COMPLAINT_RECEIVED,
    "stage-2": EventKind.STAGE_REQUESTED,
    "stage-3": EventKind.STAGE_REQUESTED,
    "ombudsman": EventKind.OMBUDSMAN_ENQUIRY_RECEIVED,
}

Data = Mapping[str, str | int | bool | None]
Draft = tuple[date, EventKind, str, Data]

_NOTHING: Data = {}
# Dates that are events of their own, between the opening and the answer.
_DATED: tuple[tuple[str, EventKind, Data], ...] = (
    ("stage_1_skipped", EventKind.STAGE_1_SKIPPED, _NOTHING),
    ("interest_decided", EventKind.SUFFICIENT_INTEREST_DECIDED, {"accepted": True}),
    ("record_final", EventKind.WRITTEN_RECORD_FINALISED, _NOTHING),
    ("panel_held", EventKind.PANEL_HELD, _NOTHING),
    ("panel_report_sent", EventKind.PANEL_REPORT_SENT, _NOTHING),
    ("recommendations_received", EventKind.PANEL_RECOMMENDATIONS_RECEIVED, _NOTHING),
)

_dating = lru_cache(maxsize=16_384)(Dating.day)


def events_of_rows(rows: list[RegisterRow]) -> Iterator[Event]:
    """The events of a case. On one day, what opens a stage comes first and what ends it last."""
    if len(rows) > 1:
        rows = sorted(rows, key=lambda row: (row.day("received") or date.min, _STAGE_ORDER[row.text("stage")]))
    drafts = [draft for row in rows for draft in _drafts(row)]
    drafts.sort(key=lambda draft: draft[0])  # stable: within a day the order of the row stands
    for sequence, (day, kind, stage, data) in enumerate(drafts, start=1):
        yield Event(kind=kind, on=_dating(day), stage=stage, data=data, sequence=sequence)


def _drafts(row: RegisterRow) -> Iterator[Draft]:
    values = row.values
    stage = row.text("stage")
    received = row.day("received")
    assert received is not None  # noqa: S101  a required column: the row would have been refused

    yield received, _OPENED_BY[stage], stage, _opening(row)
    team = code_of(row.text("team"))
    yield received, EventKind.TEAM_ASSIGNED, stage, _team(team, code_of(row.text("service")))
    if details := _details(row):
        yield received, EventKind.DETAILS_RECORDED, stage, details
    for point, theme in enumerate(row.items("themes"), start=1):
        yield received, EventKind.POINT_RAISED, stage, _point(point, "theme", code_of(theme))
    if "advocate" in values or "advocate_appointed" in values:
        yield from _advocacy(row, stage, received)
    for column, kind, data in _DATED:
        if column in values and (day := row.day(column)) is not None:
            yield day, kind, stage, data
    if (start := row.day("later_start")) is not None:
        yield received, EventKind.LATER_START_AGREED, stage, {"start": start.isoformat(), "asked_by": "complainant"}
    if (decided := row.day("extension_decided")) is not None:
        yield decided, *_extension(row, stage)
    if (answered := row.day("answered")) is not None:
        yield from _answer(row, stage, answered)
    if (day := row.day("response_received")) is not None:
        yield day, EventKind.RESPONSE_RECEIVED, stage, _NOTHING
    if (day := row.day("withdrawn")) is not None:
        yield day, EventKind.WITHDRAWN, stage, _NOTHING


@lru_cache(maxsize=4_096)
def _team(team: str, service: str) -> Data:
    return {"team": team, "service": service}


@lru_cache(maxsize=4_096)
def _point(point: int, name: str, code: str) -> Data:
    return {"point": point, name: code}


@lru_cache(maxsize=64)
def _outcome(outcome: str) -> Data:
    return {"outcome": outcome}


@lru_cache(maxsize=4_096)
def _oral(*, oral: bool) -> Data:
    return {"oral": oral}


def _opening(row: RegisterRow) -> Data:
    if row.text("stage") == "stage-1":
        return _oral(oral=row.yes("spoken"))
    due = row.day("due")
    return {"due": due.isoformat()} if due is not None else _NOTHING


def _details(row: RegisterRow) -> Data:
    return _details_of(
        row.text("complainant"), row.text("channel"), row.text("age_band"), row.values.get("spoken") is not None,
        row.yes("spoken"),
    )  # fmt: skip


@lru_cache(maxsize=4_096)
def _details_of(complainant: str, channel: str, age_band: str, asked: bool, oral: bool) -> Data:
    told = {"complainant": complainant, "channel": channel, "age_band": age_band}
    details: dict[str, str | int | bool | None] = {column: text for column, text in told.items() if text}
    if asked:
        details["oral"] = oral
    return details


def _advocacy(row: RegisterRow, stage: str, received: date) -> Iterator[Draft]:
    advocate, appointed = row.text("advocate"), row.day("advocate_appointed")
    if advocate in ("offered", "declined"):
        yield received, EventKind.ADVOCATE_OFFERED, stage, _NOTHING
    if advocate == "declined":
        yield received, EventKind.ADVOCATE_DECLINED, stage, _NOTHING
    if advocate in ("asked-for", "appointed") or appointed is not None:
        # The register has no date for the asking. The clock waits for an appointment only where the complainant had
        # asked by the time the complaint was received (reg 14(3)(b)), which is what the column records.
        yield received, EventKind.ADVOCATE_REQUESTED, stage, _NOTHING
    if advocate == "appointed" or appointed is not None:
        yield appointed or received, EventKind.ADVOCATE_APPOINTED, stage, _NOTHING


def _answer(row: RegisterRow, stage: str, answered: date) -> Iterator[Draft]:
    kind = EventKind.RESPONSE_TO_PANEL_SENT if stage == "stage-3" else EventKind.RESPONSE_SENT
    yield answered, kind, stage, _NOTHING
    for point, finding in enumerate(row.items("findings"), start=1):
        yield answered, EventKind.FINDING_RECORDED, stage, _point(point, "finding", finding)
    if outcome := row.text("outcome"):
        decided = EventKind.OMBUDSMAN_DECIDED if stage == "ombudsman" else EventKind.OUTCOME_RECORDED
        yield answered, decided, stage, _outcome(outcome)


def _extension(row: RegisterRow, stage: str) -> tuple[EventKind, str, Data]:
    if stage == "stage-1":
        return EventKind.EXTENSION_DECIDED, stage, {"reason": "complex"}
    promised = row.day("extended_to")
    return EventKind.DELAY_NOTICE_SENT, stage, {"promised": promised.isoformat()} if promised else _NOTHING
