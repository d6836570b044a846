"""What has to be done and told in a case: what is outstanding and by when, what was done, and what was missed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from upheld.procedure.calendar import Calendar
from upheld.procedure.clocks import ClockRun, runs_of
from upheld.procedure.dating import Dating
from upheld.procedure.events import KINDS, Event, EventKind
from upheld.procedure.guards import applies
from upheld.procedure.history import History
from upheld.procedure.lookup import CaseEvents, Item, says
from upheld.procedure.pack import Pack
from upheld.procedure.rules import DutyRule, Limit
from upheld.procedure.standing import limit_on


class DutyState(StrEnum):
    """How a duty stands. `fallen-away`: nothing is owed any more. `not-recorded`: the record is silent on it."""

    OUTSTANDING = "outstanding"
    DONE = "done"
    DONE_LATE = "done-late"
    MISSED = "missed"
    SUSPENDED = "suspended"
    FALLEN_AWAY = "fallen-away"
    NOT_RECORDED = "not-recorded"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """A duty of the case at the end of a day.

    `due` is None where it is owed as soon as possible; `task_due` is the earlier day on which the task is put before
    someone. `why` says what is missing, where something is.
    """

    rule: DutyRule
    occurrence: int
    item: int | None
    arose: Dating
    due: Dating | None
    task_due: date | None
    done: Dating | None
    state: DutyState
    why: str


def duties(history: History, pack: Pack, calendar: Calendar, *, on: date) -> tuple[DutyStanding, ...]:
    """Every duty that had arisen by the end of `on`, those with the nearest deadline first, then those without one."""
    case = CaseEvents(history.up_to(on), pack, calendar.as_known(on))
    return duties_of(case, runs_of(case), on=on)


def duties_of(case: CaseEvents, runs: Sequence[ClockRun], *, on: date) -> tuple[DutyStanding, ...]:
    """As `duties`, for events and runs already looked up."""
    by_clock = {(run.clock, run.occurrence, run.item): run for run in runs}
    found = [each for rule in case.pack.duties for each in _of_rule(rule, case, by_clock, on)]
    return tuple(sorted(found, key=lambda each: each.due.earliest if each.due is not None else date.max))


def _of_rule(
    rule: DutyRule, case: CaseEvents, runs: dict[tuple[str, int, int | None], ClockRun], on: date
) -> Iterator[DutyStanding]:
    seen: set[tuple[int, int | None]] = set()
    for trigger in rule.triggers:
        for event in case.all(trigger, rule.stage):
            if not says(event, rule.where):
                continue
            number = event.data.get(rule.per) if rule.per else None
            item = number if isinstance(number, int) else None
            if (rule.per and item is None) or (event.occurrence, item) in seen:
                continue
            if all(applies(guard, event, case, event.occurrence, rule) for guard in rule.guards):
                seen.add((event.occurrence, item))
                yield _standing(rule, event, item, case, runs.get((rule.clock or "", event.occurrence, item)), on)


def _standing(
    rule: DutyRule, trigger: Event, item: int | None, case: CaseEvents, run: ClockRun | None, on: date
) -> DutyStanding:
    due = None
    task_due = None
    if run is not None:
        due = run.due if rule.limit is Limit.INITIAL else limit_on(run, on)
        if rule.task_day is not None and run.start is not None and run.start.exact is not None:
            task_due = case.calendar.nth_working_day(run.start.exact, rule.task_day)
    done, why, silent = _discharge(rule, trigger, item, case)
    if done is not None:
        state = _done_state(done, due)
    elif why and not silent:
        state = DutyState.MISSED
    elif _fell_away(rule, trigger, case, run, due):
        state = DutyState.FALLEN_AWAY
    elif run is not None and run.suspended is not None and run.suspended.no_later_than(on) is not False:
        state = DutyState.SUSPENDED
    elif silent:
        state = DutyState.NOT_RECORDED
    else:
        state = _open_state(due, on)
    return DutyStanding(rule, trigger.occurrence, item, trigger.on, due, task_due, done, state, why)


def _discharge(rule: DutyRule, trigger: Event, item: int | None, case: CaseEvents) -> tuple[Dating | None, str, bool]:
    """When it was discharged; or why not, and whether that is only the record's silence."""
    spec = KINDS[rule.done]
    selector: Item = (rule.per, item) if rule.per and item is not None else None
    names_item = rule.per is not None and (rule.per in spec.required or rule.per in spec.optional)
    events = [
        event
        for event in case.all(rule.done, rule.stage, trigger.occurrence, selector if names_item else None)
        if event.on.before(trigger.on) is not True
    ]
    if not events:
        return None, "", False
    if rule.count > 1:
        values: list[object] = []
        for event in events:
            value = event.data.get(rule.count_by or "")
            if value not in values:
                values.append(value)
                if len(values) == rule.count:
                    return event.on, "", False
        return None, "", False
    missing: set[str] = set(rule.fields)
    denied: set[str] = set()
    for event in events:
        missing -= {name for name in rule.fields if event.data.get(name) is True}
        denied |= {name for name in rule.fields if event.data.get(name) is False}
        if not missing:
            return event.on, "", False
    refused = sorted(denied & missing)
    if refused and trigger.kind is rule.done:
        return None, f"{rule.done} says that it was not so: {_list(refused)}", False
    if refused:
        return None, "", False
    return None, f"whether it was so is not recorded: {_list(sorted(missing))}", True


def _list(names: Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _done_state(done: Dating, due: Dating | None) -> DutyState:
    if due is None:
        return DutyState.DONE
    in_time = done.no_later_than(due)
    if in_time is None:
        return DutyState.CANNOT_TELL
    return DutyState.DONE if in_time else DutyState.DONE_LATE


def _open_state(due: Dating | None, on: date) -> DutyState:
    if due is None or on <= due.earliest:
        return DutyState.OUTSTANDING
    return DutyState.MISSED if on > due.latest else DutyState.CANNOT_TELL


def _fell_away(rule: DutyRule, trigger: Event, case: CaseEvents, run: ClockRun | None, due: Dating | None) -> bool:
    """Whether what the duty served came by its deadline, or by then nothing was owed under its clock any more."""
    endings = [event.on for kind in rule.moot for event in case.all(kind, rule.stage, trigger.occurrence)]
    survives = run is not None and run.stopped is None
    if EventKind.WITHDRAWN not in rule.triggers and not survives:
        endings += [event.on for event in case.all(EventKind.WITHDRAWN) if event.data.get("point") is None]
    if run is not None and run.stopped is not None:
        endings.append(run.stopped)
    return any(on.before(trigger.on) is not True and (due is None or on.no_later_than(due) is True) for on in endings)
