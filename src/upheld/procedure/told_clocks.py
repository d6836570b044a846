"""The clocks of a chronology: the procedure's own, with what the Ombudsman said of limits and of what was not done.

A chronology does not tell of notices that lengthen a limit, so a breach is certain only past the longest limit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from upheld.procedure.calendar import Calendar
from upheld.procedure.chronology import Entry, Told
from upheld.procedure.clocks import NO_EXTENSION, ClockRun, clock_runs
from upheld.procedure.dating import Dating
from upheld.procedure.events import EventKind
from upheld.procedure.load import load_pack
from upheld.procedure.pack import Citation, Pack
from upheld.procedure.rounds import STAGE_1, STAGE_2, Reading, Round
from upheld.procedure.rules import Unit
from upheld.procedure.standing import Span, Standing, state_on
from upheld.procedure.told_notes import speaks_of_beginning

STAGE_CLOCKS = ("stage-1-response", "stage-2-response", "panel-held", "panel-report", "response-to-panel")
_MET_BY = {
    "stage-1-response": EventKind.RESPONSE_SENT,
    "stage-2-response": EventKind.RESPONSE_SENT,
    "panel-held": EventKind.PANEL_HELD,
    "panel-report": EventKind.PANEL_REPORT_SENT,
    "response-to-panel": EventKind.RESPONSE_TO_PANEL_SENT,
}


@dataclass(frozen=True, slots=True)
class ToldClock:
    """One clock of a chronology on the day of its assessment.

    `due` is the initial limit and `longest` the last lawful day, each as counted or else as the Ombudsman stated it.
    `done` may be only implied by a later step (`implied`). `not_done` is when the chronology says that it was still
    outstanding (`not_done_roughly`: without a date of its own). `over` counts working days past the longest limit.
    """

    clock: str
    code: str
    provision: Citation
    stage: str | None
    occurrence: int
    start: Dating | None
    due: Dating | None
    longest: Dating | None
    done: Dating | None
    implied: bool
    not_done: Dating | None
    not_done_roughly: bool
    state: Standing
    over: Span | None

    @property
    def proved(self) -> bool:
        """Whether it is told, and not only absent or implied, that the step came late or not at all."""
        shown = self.done if self.done is not None or self.not_done_roughly else self.not_done
        return shown is not None and self.longest is not None and shown.no_later_than(self.longest) is False


def told_clocks(reading: Reading, calendar: Calendar) -> tuple[ToldClock, ...]:
    """Every clock of the chronology's stages, and of an action agreed after an earlier decision of the Ombudsman."""
    pack = load_pack("children-england-2006")
    found: list[ToldClock] = []
    runs = [run for run in clock_runs(reading.history, pack, calendar) if run.clock in STAGE_CLOCKS]
    for round_ in reading.rounds:
        own = [run for run in runs if (run.stage, run.occurrence) == (round_.stage, round_.occurrence)]
        found += [_told(run, round_, reading, calendar) for run in own]
        if not own:
            found += _without_start(round_, reading, pack, calendar)
    found += _agreed_action(reading, pack, calendar)
    return tuple(sorted(found, key=lambda each: (each.occurrence, each.stage or "stage-9")))


def awaited_step(round_: Round, before: Entry) -> str:
    """Which clock an entry about a step "not done" or "due" speaks of: at stage 3, the next step of the panel."""
    if round_.stage == STAGE_1:
        return "stage-1-response"
    if round_.stage == STAGE_2:
        return "stage-2-response"
    earlier = {entry.told for entry in round_.entries[: round_.entries.index(before)]}
    if Told.PANEL_REPORT in earlier:
        return "response-to-panel"
    return "panel-report" if Told.PANEL_HELD in earlier else "panel-held"


def _after_earlier_decision(reading: Reading, entry: Entry) -> bool:
    """Whether the Ombudsman had decided before: a date set then is the date agreed, and no clock's limit."""
    entries = reading.chronology.entries
    place = entries.index(entry)
    return any(each.told is Told.EARLIER_DECISION for each in entries[:place])


def _stated(clock: str, round_: Round, reading: Reading) -> Dating | None:
    for entry in round_.all(Told.DUE_BY):
        if entry.on.is_known and awaited_step(round_, entry) == clock and not _after_earlier_decision(reading, entry):
            return entry.on
    return None


def _not_done(clock: str, round_: Round) -> Entry | None:
    outstanding = (entry for entry in round_.all(Told.NOT_DONE) if entry.on.is_known)
    awaited = (entry for entry in outstanding if not round_.answered_before(entry))
    return next((entry for entry in awaited if awaited_step(round_, entry) == clock), None)


def _told(run: ClockRun, round_: Round, reading: Reading, calendar: Calendar) -> ToldClock:
    stated = _stated(run.clock, round_, reading)
    due, longest = run.due, run.longest_due
    if stated is not None:
        if longest is None or not longest.is_known:
            due = longest = stated
        else:
            longest = Dating.between(min(longest.earliest, stated.earliest), max(longest.latest, stated.latest))
    implied = (_MET_BY[run.clock], run.stage, run.occurrence) in reading.implied
    return _standing(
        replace(run, due=due, longest_due=longest), implied, _not_done(run.clock, round_), reading, calendar
    )


def _standing(
    run: ClockRun, implied: bool, outstanding: Entry | None, reading: Reading, calendar: Calendar
) -> ToldClock:
    assessed = reading.chronology.assessed_on
    not_done = outstanding.on if outstanding is not None else None
    limit = run.longest_due
    if limit is not None and run.due is not None and run.due.is_known and limit.is_known:
        # Whether the longer limit applied is not told: between the two it cannot be said.
        limit = Dating.between(min(run.due.earliest, limit.earliest), limit.latest)
    done = run.done
    if done is not None and done.is_known and not_done is not None:
        # It was done after it was still outstanding.
        done = Dating.between(min(max(done.earliest, not_done.earliest), done.latest), done.latest)
    start = run.start
    if start is None and limit is not None:
        start = Dating.day(min(limit.earliest, assessed))  # only the limit is told of: it started by some day before
    state = state_on(replace(run, start=start, due_in_force=limit, done=done), limit, assessed)
    over = None
    if state is Standing.MISSED and run.longest_due is not None:
        end = done if done is not None else Dating.day(assessed)
        over = _over(run.longest_due, end, calendar)
    elif state in (Standing.MET, Standing.RUNNING, Standing.DUE_TODAY):
        over = Span(0, 0)
    rule = load_pack("children-england-2006").clock(run.clock)
    return ToldClock(
        run.clock,
        rule.fault or "whole-procedure",
        run.cite,
        run.stage,
        run.occurrence,
        run.start,
        run.due,
        run.longest_due,
        done,
        implied,
        not_done,
        outstanding is not None and outstanding.rough,
        state,
        over,
    )


def _over(limit: Dating, end: Dating, calendar: Calendar) -> Span:
    def between(first: date, last: date) -> int:
        return calendar.working_days_after(first, last) if last > first else 0

    return Span(between(limit.latest, end.earliest), between(limit.earliest, end.latest))


def _bare_run(clock: str, pack: Pack, round_: Round | None, limit: Dating | None, done: Dating | None) -> ClockRun:
    """A run whose start is not told, with the limit that the Ombudsman stated."""
    rule = pack.clock(clock)
    return ClockRun(
        clock=clock,
        stage=rule.stage,
        occurrence=round_.occurrence if round_ else 1,
        item=None,
        owner=rule.owner,
        start=None,
        basis="",
        basis_cite=None,
        waiting="its start is not told",
        due=limit,
        due_in_force=limit,
        longest_due=limit,
        extension=NO_EXTENSION,
        done=done,
        stopped=None,
        suspended=None,
        unit=Unit.WORKING_DAY,
        cite=rule.cite,
    )


def _without_start(round_: Round, reading: Reading, pack: Pack, calendar: Calendar) -> Iterator[ToldClock]:
    for clock in STAGE_CLOCKS:
        if pack.clock(clock).stage != round_.stage:
            continue
        stated, not_done = _stated(clock, round_, reading), _not_done(clock, round_)
        done = _done(clock, round_)
        if stated is None and not_done is None and done is None:
            continue
        yield _standing(_bare_run(clock, pack, round_, stated, done), False, not_done, reading, calendar)


def _done(clock: str, round_: Round) -> Dating | None:
    told = {
        "panel-held": round_.first(Told.PANEL_HELD),
        "panel-report": round_.first(Told.PANEL_REPORT),
        "response-to-panel": round_.first(Told.RESPONSE_TO_PANEL),
    }.get(clock, round_.answered or round_.first(Told.FINAL_RESPONSE))
    return told.on if told is not None and told.on.is_known else None


def _agreed_action(reading: Reading, pack: Pack, calendar: Calendar) -> Iterator[ToldClock]:
    """An action agreed with the Ombudsman, where its date is told."""
    entries = reading.chronology.entries
    decision = next((entry for entry in entries if entry.told is Told.EARLIER_DECISION), None)
    if decision is None:
        return
    later = [entry for entry in entries[entries.index(decision) + 1 :] if entry.on.is_known]
    due = next((entry for entry in later if entry.told is Told.DUE_BY), None)
    if due is None:
        return
    done = next((entry.on for entry in later if entry.told in _agreed_steps(due)), None)
    overdue = next((entry for entry in later if entry.told is Told.REMEDY_OVERDUE), None) or next(
        (entry for entry in later if entry.told is Told.NOT_DONE and entry.stage in (0, due.stage)), None
    )
    run = _bare_run("agreed-action", pack, None, due.on, done)
    yield _standing(replace(run, start=decision.on), False, overdue, reading, calendar)


def _agreed_steps(due: Entry) -> tuple[Told, ...]:
    """What would show that the step for which a date was agreed has been taken: its beginning, or else its end."""
    if speaks_of_beginning(due.note):
        return (
            Told.STAGE_1_ACCEPTED,
            Told.STAGE_2_ACCEPTED,
            Told.IO_APPOINTED,
            Told.IP_APPOINTED,
            Told.PANEL_SCHEDULED,
            Told.PANEL_HELD,
        )
    return {
        1: (Told.STAGE_1_RESPONSE, Told.FINAL_RESPONSE),
        2: (Told.ADJUDICATION, Told.STAGE_2_RESPONSE, Told.FINAL_RESPONSE),
        # Where the panel was late, its report and the response were.
        3: (Told.PANEL_HELD, Told.RESPONSE_TO_PANEL, Told.FINAL_RESPONSE),
    }.get(due.stage, ())
