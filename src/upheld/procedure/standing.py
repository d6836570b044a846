"""Where each clock stands at the end of a day, with its working, and an honest answer where dates are rough."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from upheld.procedure.calendar import Calendar
from upheld.procedure.clocks import ClockRun, ExtensionState, runs_of
from upheld.procedure.dating import Dating, in_words
from upheld.procedure.events import EventKind
from upheld.procedure.history import History
from upheld.procedure.lookup import CaseEvents
from upheld.procedure.pack import Pack
from upheld.procedure.rules import Owner, Unit


class Standing(StrEnum):
    """How a clock stands. `ended`: withdrawal came before the limit. `cannot-tell`: the record does not settle it."""

    NOT_STARTED = "not-started"
    RUNNING = "running"
    DUE_TODAY = "due-today"
    MET = "met"
    MISSED = "missed"
    SUSPENDED = "suspended"
    ENDED = "ended"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Span:
    """A number of days that is known, or known to lie between two numbers."""

    least: int
    most: int

    @property
    def exact(self) -> int | None:
        """The number, where it is known."""
        return self.least if self.least == self.most else None


@dataclass(frozen=True, slots=True)
class ClockStanding:
    """How a clock stands at the end of the day `on`.

    `limit` is the one in force that day. `taken` counts from day 0 to the day it was met, or to `on`; `left` and `over`
    count to and from the limit, and only one of them is there. All three are working days for a limit in working days
    and calendar days otherwise. `reasons` are sentences, in order; `explained` are the recorded explanations of a
    breach, which do not undo it.
    """

    run: ClockRun
    on: date
    state: Standing
    limit: Dating | None
    taken: Span | None
    left: Span | None
    over: Span | None
    reasons: tuple[str, ...]
    explained: tuple[str, ...]


def standings(history: History, pack: Pack, calendar: Calendar, *, on: date) -> tuple[ClockStanding, ...]:
    """Every clock of the case at the end of `on`, from what had happened and which holidays were known by then.

    Nothing that happens or is proclaimed later changes the answer. Raises BeyondCalendar where `on` or a limit leaves
    the published bank holidays.
    """
    case = CaseEvents(history.up_to(on), pack, calendar.as_known(on))
    return tuple(standing(run, case.calendar, on=on, case=case) for run in runs_of(case))


def standing(run: ClockRun, calendar: Calendar, *, on: date, case: CaseEvents | None = None) -> ClockStanding:
    """How one run stands at the end of `on`; with the case, also what on record explains a breach."""
    limit = limit_on(run, on)
    state = state_on(run, limit, on)
    end = run.done if run.done is not None and run.done.no_later_than(on) is not False else Dating.day(on)
    taken = left = over = None
    if run.start is not None and run.start.is_known and end.is_known and state is not Standing.NOT_STARTED:
        taken = _days(run.start, end, run.unit, calendar)
    if limit is not None and limit.is_known and end.is_known:
        if state is Standing.MISSED:
            over = _days(limit, end, run.unit, calendar)
        elif state in (Standing.RUNNING, Standing.DUE_TODAY):
            left = _days(end, limit, run.unit, calendar)
    explained = explanations(run, limit, case) if case is not None and state is Standing.MISSED else ()
    return ClockStanding(run, on, state, limit, taken, left, over, _reasons(run, limit, state, on), explained)


def limit_on(run: ClockRun, on: date) -> Dating | None:
    """The limit in force at the end of `on`: an extension counts from the day it was decided or notified."""
    extended = run.extension
    if (
        extended.state in (ExtensionState.VALID, ExtensionState.UNCERTAIN)
        and extended.on is not None
        and extended.on.no_later_than(on) is False
    ):
        return run.due
    return run.due_in_force


def state_on(run: ClockRun, limit: Dating | None, on: date) -> Standing:
    """The one word for how a run stands; see Standing."""
    done = run.done
    if done is not None and run.stopped is not None and run.stopped.before(done) is True:
        done = None  # what is sent after withdrawal meets no limit
    if done is not None and done.no_later_than(on) is False:
        done = None
    if run.start is None:
        return Standing.NOT_STARTED if done is None else Standing.CANNOT_TELL
    if not (run.start if limit is None else limit).is_known:
        return Standing.CANNOT_TELL
    # A limit counted back from its day 0, or set by date alone, does not wait for its start.
    by_date = limit is not None and (limit.before(run.start) is True or not run.start.is_known)
    begun = True if by_date else run.start.no_later_than(on)
    if begun is False:
        return Standing.NOT_STARTED if done is None else Standing.MET
    outcomes: set[Standing] = {Standing.NOT_STARTED} if begun is None and done is None else set()
    if done is not None:
        outcomes |= _when_done(done, limit)
    if done is None or done.no_later_than(on) is None:
        outcomes |= _when_not_done(run, limit, on)
    return outcomes.pop() if len(outcomes) == 1 else Standing.CANNOT_TELL


def _when_done(done: Dating, limit: Dating | None) -> set[Standing]:
    if limit is None:
        return {Standing.MET}
    in_time = done.no_later_than(limit)
    if in_time is None:
        return {Standing.MET, Standing.MISSED}
    return {Standing.MET if in_time else Standing.MISSED}


def _when_not_done(run: ClockRun, limit: Dating | None, on: date) -> set[Standing]:
    for halt, halted in ((run.stopped, Standing.ENDED), (run.suspended, Standing.SUSPENDED)):
        if halt is None or halt.no_later_than(on) is False:
            continue
        if limit is None or halt.no_later_than(limit) is True:
            return {halted}
        return {Standing.MISSED} if halt.no_later_than(limit) is False else {halted, Standing.MISSED}
    if limit is None:
        return {Standing.RUNNING}
    if on < limit.earliest:
        return {Standing.RUNNING}
    if on > limit.latest:
        return {Standing.MISSED}
    return {Standing.DUE_TODAY} if limit.earliest == limit.latest else {Standing.RUNNING, Standing.MISSED}


def _days(start: Dating, end: Dating, unit: Unit, calendar: Calendar) -> Span:
    """How many days lie after `start` up to `end`, at least and at most; never less than none."""

    def between(first: date, last: date) -> int:
        if last <= first:
            return 0
        if unit is Unit.WORKING_DAY:
            return calendar.working_days_after(first, last)
        return (last - first).days

    return Span(between(start.latest, end.earliest), between(start.earliest, end.latest))


def explanations(run: ClockRun, limit: Dating | None, case: CaseEvents) -> tuple[str, ...]:
    """What on record explains that a limit was missed: agreed pauses and partial suspensions that began by then."""
    found: list[str] = []
    for event in case.all(EventKind.PAUSE_AGREED, run.stage, run.occurrence):
        if limit is None or event.on.no_later_than(limit) is not False:
            asked = event.data.get("asked_by")
            found.append(f"a pause was agreed on {event.on.words()}" + (f", asked for by the {asked}" if asked else ""))
    for event in case.all(EventKind.SUSPENDED):
        if event.data.get("prejudice") is True and (limit is None or event.on.no_later_than(limit) is not False):
            point = event.data.get("point")
            what = "the complaint" if point is None else f"point {point}"
            found.append(f"{what} was suspended on {event.on.words()} for other proceedings")
    return tuple(found)


def _reasons(run: ClockRun, limit: Dating | None, state: Standing, on: date) -> tuple[str, ...]:
    reasons: list[str] = []
    if run.start is None:
        reasons.append(f"It has not started: {run.waiting} ({run.basis}, {run.basis_cite}).")
    else:
        reasons.append(f"Day 0 is {run.start.words()}: {run.basis} ({run.basis_cite}).")
    if run.due is not None:
        reasons.append(f"The limit ends on {run.due.words()} ({run.cite}).")
    elif run.start is not None:
        reasons.append(f"It is to be done as soon as possible; the law sets no number of days ({run.cite}).")
    if run.extension.state is not ExtensionState.NONE and run.extension.on is not None:
        reasons.append(
            f"More time, on {run.extension.on.words()}: {run.extension.state}, because {run.extension.why} "
            f"({run.extension.cite})."
        )
        if limit is not None and limit != run.due:
            reasons.append(f"The limit in force ends on {limit.words()}.")
    if run.suspended is not None and run.suspended.no_later_than(on) is not False:
        reasons.append(f"All of it was suspended on {run.suspended.words()} for other proceedings.")
    if run.stopped is not None and run.stopped.no_later_than(on) is not False:
        reasons.append(f"Nothing more was owed from {run.stopped.words()}: {run.stopped_by}.")
    if run.done is not None and run.done.no_later_than(on) is not False:
        reasons.append(f"Done on {run.done.words()}.")
    if state is Standing.CANNOT_TELL:
        reasons.append("The dates on record are too rough, or one is missing, so it cannot be told.")
    if state is Standing.MISSED and run.owner is Owner.COMPLAINANT:
        reasons.append(f"It passed without being used by {in_words(on)}.")
    return tuple(reasons)
