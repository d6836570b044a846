"""What a file says about being in time, beside what its dates say. The dates are believed; a difference is told."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from upheld.procedure import BeyondCalendar, Calendar, ClockRun, Pack, clock_runs, load_calendar, load_pack
from upheld.procedure.dating import in_words
from upheld.register.events import PACK
from upheld.register.layout import BY_ID, normal
from upheld.register.model import About, RegisteredCase, Remark
from upheld.register.rows import RegisterRow

STATED = "in_time"  # the column of a row that holds what the file says
MOST = 200  # remarks that are told one by one

# The clocks that a stage must meet to be in time, its own first.
_CLOCKS = {
    "stage-1": ("stage-1-response",),
    "stage-2": ("stage-2-response",),
    "stage-3": ("response-to-panel", "panel-held", "panel-report"),
    "ombudsman": ("ombudsman-response",),
}


def disagreements(cases: Iterable[RegisteredCase], rows: Iterable[RegisterRow], today: date) -> list[Remark]:
    """Each stage of which the file says that it was, or was not, in time, and its dates say otherwise."""
    stated = {
        (normal(row.text("reference")), row.text("stage")): row for row in rows if row.values.get(STATED) is not None
    }
    if not stated:
        return []
    pack, calendar = _law()
    remarks: list[Remark] = []
    for case in cases:
        reference = normal(case.reference)
        told = [stage for stage in case.rows if (reference, stage) in stated]
        try:
            runs = clock_runs(case.history, pack, calendar) if told else ()
        except BeyondCalendar:
            continue  # nobody can say when it was due
        for stage in told:
            row = stated[reference, stage]
            says, (is_so, why) = row.yes(STATED), in_time(runs, stage, today)
            if is_so is not None and is_so is not says:
                words = "in time" if says else "not in time"
                text = f"{case.reference}, {BY_ID['stage'].choices[stage]}: the file says {words}, but {why}."
                remarks.append(Remark(About.IN_TIME, (row.number,), text))
    if len(remarks) > MOST:
        more = f"… and {len(remarks) - MOST:,} more in which the file's word on being in time differs from its dates."
        remarks[MOST:] = [Remark(About.IN_TIME, (), more)]
    return remarks


def in_time(runs: Sequence[ClockRun], stage: str, today: date) -> tuple[bool | None, str]:
    """Whether a stage was in time by its dates, and how that comes; None while nobody can say."""
    own, *others = (_run(runs, stage, clock) for clock in _CLOCKS[stage])
    if own is None or own.due_in_force is None or own.due_in_force.exact is None:
        return None, ""
    due = own.due_in_force.exact
    if own.done is None or own.done.exact is None:
        if own.stopped is None and due < today:
            return False, f"it is not answered, and was due on {in_words(due)}"
        return None, ""
    answered = own.done.exact
    if answered > due:
        return False, f"it was answered on {in_words(answered)}, and was due on {in_words(due)}"
    for other in others:
        if other is not None and other.due_in_force is not None and not _met(other):
            return False, f"the limit of the {other.clock.replace('-', ' ')} was missed"
    return True, f"it was answered on {in_words(answered)}, and was due on {in_words(due)}"


def _run(runs: Sequence[ClockRun], stage: str, clock: str) -> ClockRun | None:
    return next((run for run in runs if run.clock == clock and run.stage == stage), None)


def _met(run: ClockRun) -> bool:
    due, done = run.due_in_force, run.done
    return due is not None and done is not None and done.no_later_than(due) is True


@cache
def _law() -> tuple[Pack, Calendar]:
    pack = load_pack(PACK)
    return pack, load_calendar(pack.calendar)
