"""One history into its fact rows. Pure and independent of today: the same history always gives the same rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter

from upheld.facts.model import CaseFacts, PointFact, StageFact
from upheld.procedure import Calendar, ClockRun, Event, EventKind, History, Pack, clock_runs

StageId = tuple[str, int]

_OPENING = frozenset({EventKind.COMPLAINT_RECEIVED, EventKind.STAGE_REQUESTED, EventKind.OMBUDSMAN_ENQUIRY_RECEIVED})
_OUTCOMES = (EventKind.OUTCOME_RECORDED, EventKind.OMBUDSMAN_DECIDED)
# The clock whose limits are the stage's own. The panel's meeting and report have theirs beside it.
_MAIN_CLOCK = {
    "stage-1": "stage-1-response",
    "stage-2": "stage-2-response",
    "stage-3": "response-to-panel",
    "ombudsman": "ombudsman-response",
}
_ADVOCACY = (
    (EventKind.ADVOCATE_APPOINTED, "appointed"),
    (EventKind.ADVOCATE_DECLINED, "declined"),
    (EventKind.ADVOCATE_REQUESTED, "asked-for"),
    (EventKind.ADVOCATE_OFFERED, "offered"),
)
_NOT_RECORDED = "not-recorded"


# The columns that a point's row has in common with its stage's.
_of_stage = attrgetter(*(field.name for field in fields(StageFact)))


@dataclass(frozen=True, slots=True)
class _Stage:
    """The events of one stage occurrence, and what it takes over from the stages before it.

    `latest` has the event of each kind that was recorded last: a later entry about the same thing replaces an earlier.
    """

    id: StageId
    opening: Event
    events: Sequence[Event]
    latest: Mapping[EventKind, Event]
    team: Event | None
    points: tuple[Event, ...]
    details: Mapping[str, object]


def fold(history: History, pack: Pack, calendar: Calendar) -> CaseFacts:
    """The fact rows of one case.

    The team, the points and the details of a stage are its own where it has any, and otherwise those of the stage
    before it, as they are carried from stage to stage. Raises BeyondCalendar where a date lies outside the
    working-day data.
    """
    runs: dict[StageId, dict[str, ClockRun]] = defaultdict(dict)
    for run in clock_runs(history, pack, calendar):
        if run.stage is not None:
            runs[run.stage, run.occurrence][run.clock] = run
    stages: list[StageFact] = []
    points: list[PointFact] = []
    for stage in _stages(history):
        fact = _stage_fact(history, stage, runs[stage.id], calendar)
        stages.append(fact)
        points += _point_facts(fact, stage)
    return CaseFacts(tuple(stages), tuple(points))


def _stages(history: History) -> Iterator[_Stage]:
    by_stage: dict[StageId, list[Event]] = defaultdict(list)
    for event in history.standing:
        if event.stage is not None:
            by_stage[event.stage, event.occurrence].append(event)
    opened = {
        stage_id: opening
        for stage_id, events in by_stage.items()
        if (opening := next((e for e in events if e.kind in _OPENING), None)) is not None
    }
    team: Event | None = None
    points: tuple[Event, ...] = ()
    details: dict[str, object] = {}
    in_turn = opened.items()
    if len(opened) > 1:
        # On one day in the order in which they stand: a replacement stands where what it replaces stood.
        places = {event.sequence: place for place, event in enumerate(history.standing)}
        in_turn = dict(sorted(in_turn, key=lambda item: (item[1].on.earliest, places[item[1].sequence]))).items()
    for stage_id, opening in in_turn:
        events = by_stage[stage_id]
        latest = {event.kind: event for event in events}
        team = latest.get(EventKind.TEAM_ASSIGNED, team)
        if EventKind.POINT_RAISED in latest:
            points = tuple(event for event in events if event.kind is EventKind.POINT_RAISED)
        details = {**details, **opening.data}
        if EventKind.DETAILS_RECORDED in latest:
            for event in events:
                if event.kind is EventKind.DETAILS_RECORDED:
                    details |= event.data
        yield _Stage(stage_id, opening, events, latest, team, points, details)


def _stage_fact(history: History, stage: _Stage, runs: Mapping[str, ClockRun], calendar: Calendar) -> StageFact:
    code, occurrence = stage.id
    main = runs.get(_MAIN_CLOCK.get(code, ""))
    panel, report = runs.get("panel-held"), runs.get("panel-report")
    extended = main.extension if main is not None else None
    answered = main.done.exact if main is not None and main.done is not None else None
    start = main.start.exact if main is not None and main.start is not None else None
    latest = stage.latest
    outcome = _outcome(stage)
    withdrawn = latest.get(EventKind.WITHDRAWN)
    return StageFact(
        stage_key=f"{history.case}/{code}/{occurrence}",
        case_key=history.case,
        procedure=history.pack,
        stage=code,
        occurrence=occurrence,
        received_on=stage.opening.on.exact,
        start_on=start,
        start_basis=main.basis if main is not None else "",
        due_on=_due(main, "due"),
        due_in_force_on=_due(main, "due_in_force"),
        longest_due_on=_due(main, "longest_due"),
        extension=str(extended.state) if extended is not None else "none",
        extension_on=extended.on.exact if extended is not None and extended.on is not None else None,
        panel_due_on=_due(panel, "due_in_force"),
        panel_held_on=_done(panel),
        panel_report_due_on=_due(report, "due_in_force"),
        panel_report_sent_on=_done(report),
        recommendations_on=_day(latest.get(EventKind.PANEL_RECOMMENDATIONS_RECEIVED)),
        answered_on=answered,
        withdrawn_on=_day(withdrawn),
        working_days=_working_days(start, answered, calendar),
        outcome=str(outcome.data["outcome"]) if outcome is not None else None,
        outcome_on=_day(outcome),
        service=_code(stage.team, "service"),
        team=_code(stage.team, "team"),
        theme=_code(stage.points[0] if stage.points else None, "theme"),
        points=len(stage.points),
        channel=_detail(stage, "channel"),
        complainant=_detail(stage, "complainant"),
        age_band=_detail(stage, "age_band"),
        oral=stage.details.get("oral") is True,
        advocate=next((word for kind, word in _ADVOCACY if kind in latest), _NOT_RECORDED),
    )


def _point_facts(fact: StageFact, stage: _Stage) -> Iterator[PointFact]:
    findings: dict[object, str] = {}
    if EventKind.FINDING_RECORDED in stage.latest:
        for event in stage.events:
            if event.kind is EventKind.FINDING_RECORDED:
                findings[event.data["point"]] = str(event.data["finding"])
    shared = _of_stage(fact)
    for raised in stage.points:
        number = raised.data["point"]
        if isinstance(number, int):
            yield PointFact(*(*shared, number, _code(raised, "theme"), findings.get(number)))


def _outcome(stage: _Stage) -> Event | None:
    """The outcome that was recorded last, of the council's and the Ombudsman's."""
    recorded = [event for kind in _OUTCOMES if (event := stage.latest.get(kind)) is not None]
    return max(recorded, key=stage.events.index, default=None)


def _due(run: ClockRun | None, limit: str) -> date | None:
    dating = getattr(run, limit) if run is not None else None
    return dating.exact if dating is not None else None


def _done(run: ClockRun | None) -> date | None:
    return run.done.exact if run is not None and run.done is not None else None


def _day(event: Event | None) -> date | None:
    return event.on.exact if event is not None else None


def _code(event: Event | None, name: str) -> str:
    value = event.data.get(name) if event is not None else None
    return value if isinstance(value, str) else _NOT_RECORDED


def _detail(stage: _Stage, name: str) -> str:
    value = stage.details.get(name)
    return value if isinstance(value, str) else _NOT_RECORDED


def _working_days(start: date | None, end: date | None, calendar: Calendar) -> int | None:
    return calendar.working_days_after(start, end) if start is not None and end is not None and end >= start else None
