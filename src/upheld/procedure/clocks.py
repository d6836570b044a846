"""Every limit of a case: when it started and why, when it comes due, how far it can be lengthened, when it was met.

None of it depends on today. Dates known only roughly give intervals; a start that has not happened gives a run that
waits, and says for what. Nothing here is stored: a clock is computed from the events each time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from upheld.procedure.calendar import Calendar
from upheld.procedure.dating import Dating, latest_of
from upheld.procedure.events import Event, EventKind, iso_date
from upheld.procedure.history import History
from upheld.procedure.pack import Citation, ClockRule, Combine, ExtensionRule, Guard, Owner, Pack, StartRule, Unit


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

    `start` is day 0, or None while the clock waits (`waiting` says for what). `due` is the end of the initial limit,
    `due_in_force` the end of the limit with a valid extension, `longest_due` the end of the longest there is; all None
    where the law sets no number. `done` is when it was met, `stopped` when withdrawal ended it, `suspended` when other
    proceedings halted all of it. `item` tells apart runs per point or remedy.
    """

    clock: str
    stage: str | None
    occurrence: int
    item: int | None
    owner: Owner
    start: Dating | None
    basis: str
    waiting: str
    due: Dating | None
    due_in_force: Dating | None
    longest_due: Dating | None
    extension: Extension
    done: Dating | None
    stopped: Dating | None
    suspended: Dating | None
    cite: Citation


def _add_months(start: date, months: int) -> tuple[date, bool]:
    """The corresponding day so many months later, and whether that month is too short to have it."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)  # the 12th month wraps
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last)), start.day > last


def end_of_limit(start: date, length: int, rule: ClockRule, calendar: Calendar) -> date:
    """The last day of a limit of `length` that starts on day 0 = `start`, in the clock's unit and way of counting."""
    if rule.unit is Unit.WORKING_DAY:
        return calendar.nth_working_day(start, length - 1 if rule.inclusive else length)
    if rule.unit is Unit.CALENDAR_DAY:
        end = start + timedelta(days=length - 1 if rule.inclusive else length)
    else:
        end, short_month = _add_months(start, length * (12 if rule.unit is Unit.YEAR else 1))
        if rule.inclusive and not short_month:
            end -= timedelta(days=1)
    if rule.rolls and not calendar.is_working_day(end):
        return calendar.nth_working_day(end, 1)
    return end


def limit_from(start: Dating, length: int, rule: ClockRule, calendar: Calendar) -> Dating:
    """When a limit ends that starts on `start`: an interval where the start is one, unknown where it is unknown."""
    if not start.is_known:
        return start
    earliest = end_of_limit(start.earliest, length, rule, calendar)
    if start.earliest == start.latest:
        return Dating.day(earliest)
    return Dating.between(earliest, end_of_limit(start.latest, length, rule, calendar))


class CaseEvents:
    """A case's events by kind, each kind in order of date: what the clocks, duties and moves look things up in."""

    __slots__ = ("_by_kind", "calendar", "history", "pack")

    def __init__(self, history: History, pack: Pack, calendar: Calendar) -> None:
        self.history = history
        self.pack = pack
        self.calendar = calendar
        by_kind: dict[EventKind, list[Event]] = {}
        for event in history.standing:
            by_kind.setdefault(event.kind, []).append(event)
        for events in by_kind.values():
            if len(events) > 1:
                events.sort(key=_when)
        self._by_kind = by_kind

    @property
    def kinds(self) -> "set[EventKind] | dict[EventKind, list[Event]]":
        """The kinds of event that there are (usable wherever a set of them is)."""
        return self._by_kind

    def all(
        self, kind: EventKind, stage: str | None = None, occurrence: int | None = None,
        item: tuple[str, int] | None = None,
    ) -> Iterator[Event]:
        """The events of a kind in order of date. An event without a stage belongs to every stage."""
        for event in self._by_kind.get(kind, ()):
            if (
                (stage is None or event.stage is None or event.stage == stage)
                and (occurrence is None or event.stage is None or event.occurrence == occurrence)
                and (item is None or event.data.get(item[0]) == item[1])
            ):
                yield event

    def first(
        self, kind: EventKind, stage: str | None = None, occurrence: int | None = None,
        item: tuple[str, int] | None = None,
    ) -> Event | None:
        """The earliest event of a kind, or None."""
        return next(self.all(kind, stage, occurrence, item), None)


def _when(event: Event) -> tuple[date, date]:
    return event.on.earliest, event.on.latest


def _is_oral(case: CaseEvents, occurrence: int, rule: ClockRule) -> bool:
    del rule
    received = case.first(EventKind.COMPLAINT_RECEIVED, occurrence=occurrence) or case.first(
        EventKind.COMPLAINT_RECEIVED
    )
    return received is not None and received.data.get("oral") is True


def _was_skipped(case: CaseEvents, occurrence: int, rule: ClockRule) -> bool:
    del occurrence, rule
    return EventKind.STAGE_1_SKIPPED in case.kinds


def _needs_interest(case: CaseEvents, occurrence: int, rule: ClockRule) -> bool:
    """A person who may complain only with sufficient interest: so recorded, or a decision on it was taken."""
    del rule
    if EventKind.SUFFICIENT_INTEREST_DECIDED in case.kinds:
        return True
    received = case.first(EventKind.COMPLAINT_RECEIVED, occurrence=occurrence)
    category = received.data.get("category") if received else None
    return any(each.code == category for each in case.pack.codes.get("interest-test", ()))


def _awaited_advocate(case: CaseEvents, occurrence: int, rule: ClockRule) -> bool:
    """An advocate was asked for in time to matter, and none had been appointed when the complaint was received.

    A request made after the answer, or after the limit counted from receipt had passed, does not undo a missed limit.
    """
    requested = case.first(EventKind.ADVOCATE_REQUESTED)
    received = case.first(EventKind.COMPLAINT_RECEIVED, rule.stage, occurrence)
    if requested is None or received is None or rule.length is None:
        return False
    appointed = case.first(EventKind.ADVOCATE_APPOINTED)
    if appointed is not None and appointed.on.no_later_than(received.on) is True:
        return False
    if appointed is None and EventKind.ADVOCATE_DECLINED in case.kinds:
        return False
    answered = case.first(EventKind.RESPONSE_SENT, rule.stage, occurrence)
    if answered is not None and requested.on.no_later_than(answered.on) is False:
        return False
    limit = limit_from(received.on, rule.length, rule, case.calendar)
    return requested.on.no_later_than(limit) is not False


def _complainant_asked(case: CaseEvents, occurrence: int, rule: ClockRule) -> bool:
    agreed = case.first(EventKind.LATER_START_AGREED, rule.stage, occurrence)
    return agreed is not None and agreed.data.get("asked_by") in ("complainant", "advocate")


_GUARDS: dict[Guard, Callable[[CaseEvents, int, ClockRule], bool]] = {
    Guard.ORAL: _is_oral,
    Guard.SKIPPED: _was_skipped,
    Guard.OTHER_PERSON: _needs_interest,
    Guard.ADVOCATE_AWAITED: _awaited_advocate,
    Guard.COMPLAINANT_ASKED: _complainant_asked,
}


def _applies(guard: Guard, event: Event | None, case: CaseEvents, occurrence: int, rule: ClockRule) -> bool:
    return event is not None if guard is Guard.RECORDED else _GUARDS[guard](case, occurrence, rule)


def _start_of(
    rule: ClockRule, case: CaseEvents, occurrence: int, item: tuple[str, int] | None
) -> tuple[Dating | None, str, str]:
    """Day 0, the basis that gave it, and what the clock waits for where there is no day 0 yet."""
    found: list[tuple[Dating, str]] = []
    for start in rule.starts:
        event = case.first(start.event, start.stage, occurrence, item)
        if not start.guards:
            if event is None:
                continue
        elif not all(_applies(guard, event, case, occurrence, rule) for guard in start.guards):
            continue
        dating = _dated(start, event, case.calendar)
        if dating is None:
            return None, start.basis, f"{start.event} is not recorded"
        if rule.combine is Combine.FIRST:
            return dating, start.basis, ""
        found.append((dating, start.basis))
    if not found:
        return None, "", ""
    latest = latest_of([dating for dating, _ in found])
    basis = next((each for dating, each in reversed(found) if dating.latest == latest.latest), found[-1][1])
    return latest, basis, ""


def _dated(start: StartRule, event: Event | None, calendar: Calendar) -> Dating | None:
    if event is None:
        return None
    if start.event is EventKind.SUFFICIENT_INTEREST_DECIDED and event.data.get("accepted") is not True:
        return None
    if start.dated_by is not None:
        day = iso_date(event.data.get(start.dated_by))
        return None if day is None else Dating.day(day)
    if start.deemed and event.on.is_known:
        return Dating.between(
            calendar.nth_working_day(event.on.earliest, start.deemed),
            calendar.nth_working_day(event.on.latest, start.deemed),
        )
    return event.on


def _extended(
    rule: ExtensionRule, events: Sequence[Event], due: Dating, longest: Dating
) -> tuple[Extension, Dating]:
    """What the extensions on record amount to, and the limit in force."""
    result, in_force = NO_EXTENSION, due
    for event in events:
        reason = event.data.get("reason")
        in_time = event.on.no_later_than(due)
        until: Dating | None = longest
        if rule.dated_by is not None:
            day = iso_date(event.data.get(rule.dated_by))
            until = None if day is None else _capped(day, due, longest)
        if rule.reasons and reason is not None and reason not in rule.reasons:
            verdict = Extension(
                ExtensionState.INVALID, event.on, f"{reason} is not a ground for more time", rule.cite
            )
        elif until is None:
            verdict = Extension(ExtensionState.INVALID, event.on, "it gave no date for the response", rule.cite)
        elif in_time is False:
            verdict = Extension(
                ExtensionState.INVALID, event.on, f"it came after the limit of {due}", rule.deadline_cite
            )
        elif in_time is None:
            verdict = Extension(
                ExtensionState.UNCERTAIN, event.on, f"whether it came by {due} cannot be told", rule.deadline_cite
            )
            if result.state is not ExtensionState.VALID:
                in_force = Dating.between(due.earliest, max(due.latest, until.latest)) if due.is_known else due
        else:
            verdict = Extension(ExtensionState.VALID, event.on, f"in time, before the end of {due}", rule.cite)
            in_force = until
        if verdict.state is ExtensionState.VALID or result.state is not ExtensionState.VALID:
            result = verdict
    return result, in_force


def _capped(promised: date, due: Dating, longest: Dating) -> Dating:
    """The promised day, but never past the longest limit, nor before the initial one: a promise shortens nothing."""
    earliest = max(due.earliest, min(promised, longest.earliest))
    latest = max(due.latest, min(promised, longest.latest))
    return Dating.between(min(earliest, latest), latest)


def _runs_of(rule: ClockRule, case: CaseEvents) -> Iterator[ClockRun]:
    seen: set[tuple[int, int | None]] = set()
    for start in rule.starts:
        for event in case.all(start.event, start.stage):
            item = event.data.get(rule.per) if rule.per else None
            if rule.per and not isinstance(item, int):
                continue
            key = (event.occurrence, item if isinstance(item, int) else None)
            if key not in seen:
                seen.add(key)
                run = _run(rule, case, *key)
                if run is not None:
                    yield run


def _run(rule: ClockRule, case: CaseEvents, occurrence: int, item: int | None) -> ClockRun | None:
    selector = (rule.per, item) if rule.per and item is not None else None
    start, basis, waiting = _start_of(rule, case, occurrence, selector)
    if not basis:
        return None  # no way of starting it applies to this case
    due = in_force = longest = None
    extension = NO_EXTENSION
    if rule.due_from is not None:
        opening = case.first(rule.starts[0].event, rule.starts[0].stage, occurrence, selector)
        day = iso_date(opening.data.get(rule.due_from)) if opening is not None else None
        due = in_force = longest = None if day is None else Dating.day(day)
    elif start is not None and rule.length is not None:
        due = in_force = longest = limit_from(start, rule.length, rule, case.calendar)
        if rule.longest is not None and rule.longest != rule.length:
            longest = limit_from(start, rule.longest, rule, case.calendar)
        if rule.extension is not None and rule.extension.event in case.kinds:
            events = tuple(case.all(rule.extension.event, rule.stage, occurrence))
            extension, in_force = _extended(rule.extension, events, due, longest)
    done = None
    for kind in rule.ends:
        ended = case.first(kind, rule.end_stage, occurrence, selector)
        if ended is not None and (done is None or ended.on.before(done) is True):
            done = ended.on
    return ClockRun(
        clock=rule.id, stage=rule.stage, occurrence=occurrence, item=item, owner=rule.owner, start=start, basis=basis,
        waiting=waiting, due=due, due_in_force=in_force, longest_due=longest, extension=extension, done=done,
        stopped=_stopped(rule, case, start), suspended=_suspended(case, start, done), cite=rule.cite,
    )


def _stopped(rule: ClockRule, case: CaseEvents, start: Dating | None) -> Dating | None:
    """When withdrawal of the whole complaint ended the run."""
    if rule.survives_withdrawal or EventKind.WITHDRAWN not in case.kinds:
        return None
    for event in case.all(EventKind.WITHDRAWN):
        if event.data.get("point") is None and (start is None or event.on.before(start) is not True):
            return event.on
    return None


def _suspended(case: CaseEvents, start: Dating | None, done: Dating | None) -> Dating | None:
    """When reg 8 halted all of the complaint: both limbs decided, for every point, and before it was answered."""
    if EventKind.SUSPENDED not in case.kinds:
        return None
    for event in case.all(EventKind.SUSPENDED):
        whole = event.data.get("point") is None and event.data.get("prejudice") is True
        if whole and (start is None or event.on.before(start) is not True) and (
            done is None or done.before(event.on) is not True
        ):
            return event.on
    return None


def clock_runs(history: History, pack: Pack, calendar: Calendar) -> tuple[ClockRun, ...]:
    """Every running of every clock that the case's events start, in the pack's order; independent of today.

    The case keeps the rules in force when it was received. Raises BeyondCalendar where a limit leaves the published
    bank holidays, and PackError where the case is older than the procedure.
    """
    case = CaseEvents(history, pack, calendar)
    if len(pack.versions) > 1:
        received = case.first(EventKind.COMPLAINT_RECEIVED)
        if received is not None and received.on.is_known:
            case.pack = pack = pack.for_case_of(received.on.latest)
    kinds = case.kinds
    runs: list[ClockRun] = []
    for rule in pack.clocks:
        if rule.triggers and not rule.triggers.isdisjoint(kinds):
            runs.extend(_runs_of(rule, case))
    return tuple(runs)
