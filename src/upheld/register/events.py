"""Rows of one case into the events of its history, in the order in which they happened."""

from collections.abc import Iterator, Mapping
from datetime import date

from upheld.procedure import Dating, Event, EventKind
from upheld.register.names import Names, code_of
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


def events_of_rows(rows: list[RegisterRow], names: Names) -> Iterator[Event]:
    """The events of a case. On one day, what opens a stage comes first and what ends it last."""
    drafts = [
        draft
        for row in sorted(rows, key=lambda r: (r.day("received") or date.min, _STAGE_ORDER[r.text("stage")]))
        for draft in _drafts(row, names)
    ]
    drafts.sort(key=lambda draft: draft[0])  # stable: within a day the order of the row stands
    for sequence, (day, kind, stage, data) in enumerate(drafts, start=1):
        yield Event(kind=kind, on=Dating.day(day), stage=stage, data=data, sequence=sequence)


def _drafts(row: RegisterRow, names: Names) -> Iterator[tuple[date, EventKind, str, Data]]:
    stage = row.text("stage")
    received = row.day("received")
    answered = row.day("answered")
    assert received is not None  # noqa: S101  a required column: the row would have been refused

    yield received, _OPENED_BY[stage], stage, _opening(row)
    team = code_of(row.text("team"))
    yield received, EventKind.TEAM_ASSIGNED, stage, {"team": team, "service": names.teams[team][1]}
    if details := _details(row):
        yield received, EventKind.DETAILS_RECORDED, stage, details
    for point, theme in enumerate(row.items("themes"), start=1):
        yield received, EventKind.POINT_RAISED, stage, {"point": point, "theme": code_of(theme)}
    yield from _advocacy(row, stage, received)

    dated: tuple[tuple[str, EventKind, Data], ...] = (
        ("stage_1_skipped", EventKind.STAGE_1_SKIPPED, {}),
        ("interest_decided", EventKind.SUFFICIENT_INTEREST_DECIDED, {"accepted": True}),
        ("record_final", EventKind.WRITTEN_RECORD_FINALISED, {}),
        ("panel_held", EventKind.PANEL_HELD, {}),
        ("panel_report_sent", EventKind.PANEL_REPORT_SENT, {}),
        ("recommendations_received", EventKind.PANEL_RECOMMENDATIONS_RECEIVED, {}),
    )
    for column, kind, data in dated:
        if (day := row.day(column)) is not None:
            yield day, kind, stage, data
    if (start := row.day("later_start")) is not None:
        yield received, EventKind.LATER_START_AGREED, stage, {"start": start.isoformat(), "asked_by": "complainant"}
    if (decided := row.day("extension_decided")) is not None:
        yield decided, *_extension(row, stage)

    if answered is not None:
        kind = EventKind.RESPONSE_TO_PANEL_SENT if stage == "stage-3" else EventKind.RESPONSE_SENT
        yield answered, kind, stage, {}
        for point, finding in enumerate(row.items("findings"), start=1):
            yield answered, EventKind.FINDING_RECORDED, stage, {"point": point, "finding": finding}
        if outcome := row.text("outcome"):
            decided_kind = EventKind.OMBUDSMAN_DECIDED if stage == "ombudsman" else EventKind.OUTCOME_RECORDED
            yield answered, decided_kind, stage, {"outcome": outcome}
    if (day := row.day("response_received")) is not None:
        yield day, EventKind.RESPONSE_RECEIVED, stage, {}
    if (day := row.day("withdrawn")) is not None:
        yield day, EventKind.WITHDRAWN, stage, {}


def _opening(row: RegisterRow) -> Data:
    if row.text("stage") == "stage-1":
        return {"oral": row.yes("spoken")}
    due = row.day("due")
    return {"due": due.isoformat()} if due is not None else {}


def _details(row: RegisterRow) -> Data:
    details: dict[str, str | int | bool | None] = {
        column: row.text(column) for column in ("complainant", "channel", "age_band") if row.text(column)
    }
    if row.values.get("spoken") is not None:
        details["oral"] = row.yes("spoken")
    return details


def _advocacy(row: RegisterRow, stage: str, received: date) -> Iterator[tuple[date, EventKind, str, Data]]:
    advocate, appointed = row.text("advocate"), row.day("advocate_appointed")
    if advocate in ("offered", "declined"):
        yield received, EventKind.ADVOCATE_OFFERED, stage, {}
    if advocate == "declined":
        yield received, EventKind.ADVOCATE_DECLINED, stage, {}
    if advocate in ("asked-for", "appointed") or appointed is not None:
        # The register has no date for the asking. The clock waits for an appointment only where the complainant had
        # asked by the time the complaint was received (reg 14(3)(b)), which is what the column records.
        yield received, EventKind.ADVOCATE_REQUESTED, stage, {}
    if advocate == "appointed" or appointed is not None:
        yield appointed or received, EventKind.ADVOCATE_APPOINTED, stage, {}


def _extension(row: RegisterRow, stage: str) -> tuple[EventKind, str, Data]:
    if stage == "stage-1":
        return EventKind.EXTENSION_DECIDED, stage, {"reason": "complex"}
    promised = row.day("extended_to")
    return EventKind.DELAY_NOTICE_SENT, stage, {"promised": promised.isoformat()} if promised else {}
