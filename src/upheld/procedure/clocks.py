"""Every limit of a case: when it started and why, when it comes due, how far it can be lengthened, when it was met.

None of it depends on today. Dates known only roughly give intervals; a start that has not happened gives a run that
waits, and says for what. Nothing here is stored: a clock is computed from the events each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from upheld.procedure.calendar import Calendar
from upheld.procedure.dating import Dating, latest_of
from upheld.procedure.events import KINDS, Event, EventKind, iso_date
from upheld.procedure.guards import applies
from upheld.procedure.history import History
from upheld.procedure.limits import limit_from
from upheld.procedure.lookup import STAGED, CaseEvents, Item, says
from upheld.procedure.pack import Citation, Pack
from upheld.procedure.rules import ClockRule, Combine, ExtensionRule, Owner, StartRule, StopRule, Unit


class ExtensionState(StrEnum):
    """Whether the longer limit applies. `uncertain`: the dates are too rough to say."""

    NONE = "none"
    VALID = "valid"
    INVALID = "invalid"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Extension:
    """What became of an extension: its state, when it was decided or notified, and why it counts or does not."""

    state: ExtensionState
    on: Dating | None = None
    why: str = ""
    cite: Citation | None = None


NO_EXTENSION = Extension(ExtensionState.NONE)


@dataclass(frozen=True, slots=True)
class ClockRun:
    """One running of one clock.

    `start` is day 0, by the `basis` that the law gives, or None while the clock waits (`waiting` says for what). `due`
    is the end of the initial limit, `due_in_force` that with a valid extension, `longest_due` the end of the longest
    there is; all None where the law sets no number. `done` is when it was met, `stopped` when nothing was owed any more
    (`stopped_by` says why), `suspended` when other proceedings halted all of it. `item` tells apart runs per point or
    remedy.
    """

    clock: str
    stage: str | None
    occurrence: int
    item: int | None
    owner: Owner
    start: Dating | None
    basis: str
    basis_cite: Citation | None
    waiting: str
    due: Dating | None
    due_in_force: Dating | None
    longest_due: Dating | None
    extension: Extension
    done: Dating | None
    stopped: Dating | None
    suspended: Dating | None
    unit: Unit
    cite: Citation
    stopped_by: str = ""


def clock_runs(history: History, pack: Pack, calendar: Calendar) -> tuple[ClockRun, ...]:
    """Every running of every clock that the case's events start, in the pack's order; independent of today.

    The case keeps the rules in force when it was received. Raises BeyondCalendar where a limit leaves the published
    bank holidays, and PackError where the case is older than the procedure.
    """
    return runs_of(CaseEvents(history, pack, calendar))


def runs_of(case: CaseEvents) -> tuple[ClockRun, ...]:
    """As `clock_runs`, for events already looked up."""
    kinds = case.kinds
    runs: list[ClockRun] = []
    for rule in case.pack.clocks:
        if rule.triggers and not rule.triggers.isdisjoint(kinds):
            _add_runs(rule, case, runs)
    return tuple(runs)


def _add_runs(rule: ClockRule, case: CaseEvents, runs: list[ClockRun]) -> None:
    seen: list[tuple[int, int | None]] = []
    for start in rule.starts:
        for event in case.kinds.get(start.event, ()):
            if start.event in STAGED and start.stage is not None and event.stage not in (None, start.stage):
                continue
            item = event.data.get(rule.per) if rule.per else None
            if rule.per and not isinstance(item, int):
                continue
            key = (event.occurrence, item if isinstance(item, int) else None)
            if key not in seen:
                seen.append(key)
                run = _run(rule, case, *key)
                if run is not None:
                    runs.append(run)


def _run(rule: ClockRule, case: CaseEvents, occurrence: int, item: int | None) -> ClockRun | None:
    selector: Item = (rule.per, item) if rule.per and item is not None else None
    start, basis, waiting = _start_of(rule, case, occurrence, selector)
    if basis is None:
        return None  # no way of starting it applies to this case
    due = in_force = longest = None
    extension = NO_EXTENSION
    if rule.due_from is not None:
        opening = case.first(rule.starts[0].event, rule.starts[0].stage, occurrence, selector)
        day = iso_date(opening.data.get(rule.due_from)) if opening is not None else None
        due = in_force = longest = None if day is None else Dating.day(day)
    elif start is not None and rule.length is not None:
        due = in_force = limit_from(start, rule.length, rule, case.calendar)
        longest = _longest(rule, case, occurrence, start, due)
        if rule.extension is not None and rule.extension.event in case.kinds:
            events = tuple(case.all(rule.extension.event, rule.stage, occurrence))
            extension, in_force = _extended(rule.extension, events, due, longest)
    done = _done(rule, case, occurrence, selector)
    stopped, stopped_by = _stopped(rule, case, occurrence, selector)
    return ClockRun(
        rule.id,
        rule.stage,
        occurrence,
        item,
        rule.owner,
        start,
        basis.basis,
        basis.cite,
        waiting,
        due,
        in_force,
        longest,
        extension,
        done,
        stopped,
        _suspended(case, start, done),
        rule.unit,
        rule.cite,
        stopped_by,
    )


def _start_of(
    rule: ClockRule, case: CaseEvents, occurrence: int, item: Item
) -> tuple[Dating | None, StartRule | None, str]:
    """Day 0, the rule that gave it, and what the clock waits for where there is no day 0 yet; no rule: no clock."""
    found: list[tuple[Dating, StartRule]] = []
    for start in rule.starts:
        event = case.first(start.event, start.stage, occurrence, item)
        if start.guards:
            if not all(applies(guard, event, case, occurrence, rule) for guard in start.guards):
                continue
        elif event is None:
            continue
        if event is None:
            return None, start, f"{start.event} is not recorded"
        if start.where and not says(event, start.where):
            return None, start, f"{start.event} was recorded, and does not start it"
        dating = _dated(start, event, case.calendar)
        if dating is None:
            continue  # the date that this way of starting needs is not in the record
        if rule.combine is Combine.FIRST:
            return dating, start, ""
        found.append((dating, start))
    if not found:
        return None, None, ""
    latest = latest_of([dating for dating, _ in found])
    basis = next(each for dating, each in reversed(found) if dating.latest == latest.latest)
    return latest, basis, ""


def _dated(start: StartRule, event: Event, calendar: Calendar) -> Dating | None:
    if start.dated_by is not None:
        day = iso_date(event.data.get(start.dated_by))
        return None if day is None else Dating.day(day)
    if start.deemed and event.on.is_known:
        return Dating.between(
            calendar.nth_working_day(event.on.earliest, start.deemed),
            calendar.nth_working_day(event.on.latest, start.deemed),
        )
    return event.on


def _longest(rule: ClockRule, case: CaseEvents, occurrence: int, start: Dating, due: Dating) -> Dating | None:
    if rule.longest_clock is not None:
        outer = _run(case.pack.clock(rule.longest_clock), case, occurrence, None)
        if outer is None or outer.due is None or not outer.due.is_known:
            return due
        # An outer limit that ends before the initial one does not shorten it.
        return Dating.between(max(due.earliest, outer.due.earliest), max(due.latest, outer.due.latest))
    if rule.longest is None:
        # A limit that can be lengthened without end has no longest; one that cannot be lengthened is its own.
        return due if rule.extension is None else None
    return limit_from(start, rule.longest, rule, case.calendar)


def _extended(
    rule: ExtensionRule, events: Sequence[Event], due: Dating, longest: Dating | None
) -> tuple[Extension, Dating]:
    """What the extensions on record amount to, and the limit in force."""
    result, in_force = NO_EXTENSION, due
    for event in events:
        verdict, until = _verdict(rule, event, due, longest)
        if result.state is ExtensionState.VALID and verdict.state is not ExtensionState.VALID:
            continue
        result = verdict
        if until is not None and verdict.state is ExtensionState.VALID:
            in_force = until
        elif until is not None and verdict.state is ExtensionState.UNCERTAIN:
            in_force = Dating.between(due.earliest, max(due.latest, until.latest)) if due.is_known else due
    return result, in_force


def _verdict(rule: ExtensionRule, event: Event, due: Dating, longest: Dating | None) -> tuple[Extension, Dating | None]:
    reason = event.data.get("reason")
    until = longest
    if rule.dated_by is not None:
        day = iso_date(event.data.get(rule.dated_by))
        until = None if day is None else _capped(day, due, longest)
    if rule.reasons and reason is not None and reason not in rule.reasons:
        return Extension(ExtensionState.INVALID, event.on, f"{reason} is not a ground for more time", rule.cite), None
    missing = next((name for name in rule.needs if event.data.get(name) is False), None)
    if missing is not None:
        return Extension(ExtensionState.INVALID, event.on, f"it was not {missing.replace('_', ' ')}", rule.cite), None
    if until is None:
        return Extension(ExtensionState.INVALID, event.on, "it gave no date for the response", rule.cite), None
    in_time = event.on.no_later_than(due)
    if in_time is False:
        why = f"it came after the limit of {due}"
        return Extension(ExtensionState.INVALID, event.on, why, rule.deadline_cite), None
    if in_time is None:
        why = f"whether it came by {due} cannot be told"
        return Extension(ExtensionState.UNCERTAIN, event.on, why, rule.deadline_cite), until
    return Extension(ExtensionState.VALID, event.on, f"it came by the limit of {due}", rule.cite), until


def _capped(promised: date, due: Dating, longest: Dating | None) -> Dating:
    """The promised day, but never past the longest limit, nor before the initial one: a promise shortens nothing."""
    top = Dating.day(max(promised, due.latest)) if longest is None else longest
    earliest = max(due.earliest, min(promised, top.earliest))
    latest = max(due.latest, min(promised, top.latest))
    return Dating.between(earliest, latest)


def _done(rule: ClockRule, case: CaseEvents, occurrence: int, item: Item) -> Dating | None:
    done: Dating | None = None
    for kind in rule.ends:
        spec = KINDS[kind]
        # An end that cannot name the item (a point, a remedy) ends the clock of each.
        names_item = item is not None and (item[0] in spec.required or item[0] in spec.optional)
        event = case.first(kind, rule.end_stage, occurrence, item if names_item else None)
        if event is not None and (done is None or event.on.before(done) is True):
            done = event.on
    return done


def _stopped(rule: ClockRule, case: CaseEvents, occurrence: int, item: Item) -> tuple[Dating | None, str]:
    """When nothing was owed any more, and why: the whole complaint withdrawn, or what the rule names."""
    stopped, why = None, ""
    if not rule.survives_withdrawal and EventKind.WITHDRAWN in case.kinds:
        opened = _opened(rule, case, occurrence, item)
        for event in case.all(EventKind.WITHDRAWN):
            # What was withdrawn before this was asked for is another complaint.
            if event.data.get("point") is None and (opened is None or event.on.before(opened) is not True):
                stopped, why = event.on, "the complaint was withdrawn"
                break
    for stop in rule.stops:
        on = _stop_of(stop, rule, case, occurrence) if stop.event in case.kinds else None
        if on is not None and (stopped is None or on.before(stopped) is True):
            stopped, why = on, f"{stop.basis} ({stop.cite})"
    return stopped, why


def _opened(rule: ClockRule, case: CaseEvents, occurrence: int, item: Item) -> Dating | None:
    """When the first of what may start the clock happened, which can be before its day 0."""
    events = (case.first(start.event, start.stage, occurrence, item) for start in rule.starts)
    known = [event.on for event in events if event is not None]
    return min(known, key=lambda on: on.earliest, default=None)


def _stop_of(stop: StopRule, rule: ClockRule, case: CaseEvents, occurrence: int) -> Dating | None:
    decided = [event for event in case.all(stop.event, rule.stage, occurrence) if event.data.get("point") is None]
    if not decided or not says(decided[-1], stop.where):
        return None
    on = decided[-1].on
    later = (event for kind in stop.undone_by for event in case.all(kind, rule.stage, occurrence))
    if any(on.before(event.on) is True for event in later):
        return None
    void = stop.unless_met is not None and _met_in_time(stop.unless_met, case, occurrence)
    return None if void else on


def _met_in_time(clock: str, case: CaseEvents, occurrence: int) -> bool:
    run = _run(case.pack.clock(clock), case, occurrence, None)
    return run is not None and run.done is not None and run.due is not None and run.done.no_later_than(run.due) is True


def _suspended(case: CaseEvents, start: Dating | None, done: Dating | None) -> Dating | None:
    """When reg 8 halted all of the complaint: both limbs decided, for every point, and before it was answered."""
    if EventKind.SUSPENDED not in case.kinds:
        return None
    for event in case.all(EventKind.SUSPENDED):
        whole = event.data.get("point") is None and event.data.get("prejudice") is True
        begun = start is None or event.on.before(start) is not True
        if whole and begun and (done is None or done.before(event.on) is not True):
            return event.on
    return None
