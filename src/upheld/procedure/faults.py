"""What a case's record shows to have gone wrong, and what may have: each with its provision and what would settle it.

These are breaches shown by the record, and risks. They are not what the Ombudsman would find.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from upheld.procedure.calendar import Calendar
from upheld.procedure.clocks import ClockRun, runs_of
from upheld.procedure.dating import Dating, in_words
from upheld.procedure.duties import DutyState, duties_of
from upheld.procedure.events import Event, EventKind, iso_date
from upheld.procedure.history import History
from upheld.procedure.lookup import CaseEvents, says
from upheld.procedure.pack import Citation, Pack
from upheld.procedure.rules import BreachRule, Limit, Owner
from upheld.procedure.standing import ClockStanding, Span, Standing, limit_on, standing, state_on


@dataclass(frozen=True, slots=True)
class Fault:
    """A breach that the record shows (`sure`), or a risk.

    `code` is the Ombudsman's word for the duty; `rule` the clock, duty or breach of the pack. `why` says what the
    record shows, `settles` which fact would settle a risk. `explained` are recorded explanations: they make a breach
    a question of judgement, and do not undo it.
    """

    code: str
    rule: str
    stage: str | None
    occurrence: int
    provision: Citation
    why: str
    sure: bool
    settles: str
    explained: tuple[str, ...] = ()


def faults(history: History, pack: Pack, calendar: Calendar, *, on: date) -> tuple[Fault, ...]:
    """Every breach and risk that the record shows at the end of `on`, clocks first, each rule once per occurrence."""
    case = CaseEvents(history.up_to(on), pack, calendar.as_known(on))
    runs = runs_of(case)
    found = [*_of_clocks(case, runs, on), *_of_duties(case, runs, on), *_of_events(case, runs, on)]
    return tuple({(each.rule, each.stage, each.occurrence, each.why): each for each in found}.values())


def _of_clocks(case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> Iterator[Fault]:
    for run in runs:
        rule = case.pack.clock(run.clock)
        if rule.fault is None or run.owner is Owner.COMPLAINANT:
            continue
        stands = standing(run, case.calendar, on=on, case=case)
        if stands.state is Standing.MISSED:
            yield Fault(
                rule.fault,
                rule.id,
                run.stage,
                run.occurrence,
                run.cite,
                _missed(rule.label, stands),
                sure=not stands.explained,
                settles="whether the explanation holds" if stands.explained else "",
                explained=stands.explained,
            )
        elif stands.state is Standing.CANNOT_TELL:
            yield Fault(
                rule.fault,
                rule.id,
                run.stage,
                run.occurrence,
                run.cite,
                f"{rule.label}: whether the limit was met cannot be told from the record",
                sure=False,
                settles=_unsettled(run),
            )


def _missed(label: str, stands: ClockStanding) -> str:
    over = stands.over or Span(0, 0)
    unit = "working days" if stands.run.unit == "working-day" else "days"
    late = str(over.exact) if over.exact is not None else f"{over.least} to {over.most}"
    limit = stands.limit.words() if stands.limit is not None else "a day not known"
    done = stands.run.done
    how = f"done on {done.words()}" if done is not None else f"not done by {in_words(stands.on)}"
    return f"{label}: due by {limit}, {how}, {late} {unit} over"


def _unsettled(run: ClockRun) -> str:
    if run.start is None or not run.start.is_known:
        return f"when it started: {run.waiting or run.basis}"
    if run.done is not None and run.done.exact is None:
        return "the day on which it was done"
    return "the day on which it started" if run.start.exact is None else "whether the extension was in time"


def _of_duties(case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> Iterator[Fault]:
    timed = {clock.id for clock in case.pack.clocks if clock.fault is not None}
    for duty in duties_of(case, runs, on=on):
        rule = duty.rule
        only_the_clock = rule.clock in timed and rule.limit is Limit.IN_FORCE and not rule.fields and rule.count == 1
        if rule.fault is None or only_the_clock:
            continue  # the clock itself speaks for a duty that is no more than to meet it
        if duty.state in (DutyState.MISSED, DutyState.DONE_LATE):
            when = f", done on {duty.done.words()}" if duty.done is not None else ""
            by = f" by {duty.due.words()}" if duty.due is not None else ""
            yield Fault(
                rule.fault,
                rule.id,
                rule.stage,
                duty.occurrence,
                rule.cite,
                f"Owed{by}{when}: {rule.label}" + (f" ({duty.why})" if duty.why else ""),
                sure=True,
                settles="",
            )
        elif duty.state is DutyState.NOT_RECORDED:
            yield Fault(
                rule.fault,
                rule.id,
                rule.stage,
                duty.occurrence,
                rule.cite,
                f"{rule.label}: {duty.why}",
                sure=False,
                settles=duty.why,
            )


def _of_events(case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> Iterator[Fault]:
    for rule in case.pack.breaches:
        for event in case.all(rule.event, rule.stage):
            if rule.fault is None or not says(event, rule.where):
                continue
            verdict = _verdict(rule, event, case, runs, on)
            if verdict is not None:
                yield Fault(
                    rule.fault,
                    rule.id,
                    event.stage,
                    event.occurrence,
                    rule.cite,
                    f"{rule.label} ({event.on.words()})",
                    sure=verdict,
                    settles="" if verdict else rule.settles,
                )


def _verdict(rule: BreachRule, event: Event, case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> bool | None:
    """True for a breach, False for a risk, None for neither."""
    if rule.check is not None:
        return CHECKS[rule.check](event, case, runs, on)
    if rule.by_code is not None:
        return _by_code(rule, event, case, runs, on)
    if any(event.data.get(name) is True for name in rule.any_true) or any(
        event.data.get(name) is False for name in rule.any_false
    ):
        return True
    if any(event.data.get(name) is None for name in rule.any_missing):
        return False
    return None if rule.any_true or rule.any_false or rule.any_missing else True


def _by_code(rule: BreachRule, event: Event, case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> bool | None:
    given = event.data.get(rule.by_code or "")
    code = case.pack.code(rule.family or "", given) if isinstance(given, str) else None
    lawful = code.attributes.get("lawful") if code is not None else None
    if isinstance(lawful, str):
        return CHECKS[lawful](event, case, runs, on)
    return None if lawful is True else lawful is False


Check = Callable[[Event, CaseEvents, tuple[ClockRun, ...], date], bool | None]


def _promise_beyond_longest(event: Event, case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> bool | None:
    del on, case
    promised = iso_date(event.data.get("promised"))
    if promised is None:
        return None
    for run in runs:
        if run.clock == "stage-2-response" and run.occurrence == event.occurrence and run.longest_due is not None:
            return True if Dating.day(promised).no_later_than(run.longest_due) is False else None
    return None


def _fewer_than_three(event: Event, case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> bool | None:
    del runs, on
    seats = {each.data.get("seat") for each in case.all(EventKind.PANELLIST_APPOINTED, event.stage, event.occurrence)}
    return None if len(seats) >= case.pack.duty("panel-appointed").count else False


def _late_panel_request(event: Event, case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> bool | None:
    """A refusal for lateness is no breach where the request certainly was late, and one where it was in time."""
    del case
    for run in runs:
        if run.clock == "panel-request" and run.occurrence == event.occurrence:
            state = state_on(run, limit_on(run, on), on)
            return None if state is Standing.MISSED else state is Standing.MET
    return False


def _no_reasons_given(event: Event, case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> bool | None:
    del runs, on
    asked = case.first(EventKind.STAGE_REQUESTED, "stage-3", event.occurrence)
    given = asked.data.get("reasons_given") if asked is not None else None
    return None if given is False else given is True


def _stage_open(stage: str) -> Check:
    def check(event: Event, case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> bool | None:
        """A refusal because the stage before is not finished is no breach while it is open and within its limit."""
        answered = case.first(EventKind.RESPONSE_SENT, stage, event.occurrence)
        if answered is None:
            overdue = any(
                run.clock == f"{stage}-response" and state_on(run, limit_on(run, on), on) is Standing.MISSED
                for run in runs
            )
            return True if overdue else None
        return None if event.on.before(answered.on) is True else answered.on.no_later_than(event.on) is True

    return check


def _all_points_outside(event: Event, case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> bool | None:
    """Another procedure is no breach where the points concerned lie outside this one, and one where one is inside."""
    del runs, on
    point = event.data.get("point")
    points = [each for each in case.all(EventKind.POINT_RAISED) if point is None or each.data.get("point") == point]
    functions = [case.pack.code("function", str(each.data.get("function"))) for each in points]
    if any(each is not None and each.attributes.get("in_scope") is True for each in functions):
        return True
    if functions and all(each is not None for each in functions):
        return None
    return False


def _time_limit_decided(event: Event, case: CaseEvents, runs: tuple[ClockRun, ...], on: date) -> bool | None:
    """A refusal for age needs a decision on both conditions, which has rules of its own."""
    del event, runs, on
    decided = case.first(EventKind.TIME_LIMIT_DECIDED)
    return None if decided is not None else False


CHECKS: dict[str, Check] = {
    "all-points-outside": _all_points_outside,
    "fewer-than-three": _fewer_than_three,
    "no-reasons-given": _no_reasons_given,
    "panel-request-late": _late_panel_request,
    "promise-beyond-longest": _promise_beyond_longest,
    "stage-1-open": _stage_open("stage-1"),
    "stage-2-open": _stage_open("stage-2"),
    "time-limit-decided": _time_limit_decided,
}
