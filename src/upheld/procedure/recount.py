"""What a change of the bank holidays moves: the limits still open, counted again, and nothing that is past."""

from dataclasses import dataclass
from datetime import date

from upheld.procedure.calendar import Calendar
from upheld.procedure.clocks import ClockRun, clock_runs
from upheld.procedure.dating import Dating
from upheld.procedure.history import History
from upheld.procedure.pack import Pack


@dataclass(frozen=True, slots=True)
class MovedLimit:
    """A limit that a change of holidays moved, before and after. A day promised to the complainant stands."""

    before: ClockRun
    after: ClockRun

    @property
    def limits(self) -> tuple[Dating | None, Dating | None]:
        """The limit in force, before and after."""
        return self.before.due_in_force, self.after.due_in_force


def moved_limits(
    history: History, pack: Pack, before: Calendar, after: Calendar, *, on: date
) -> tuple[MovedLimit, ...]:
    """The limits of a case, open at the end of `on`, that end on other days by the second calendar than by the first.

    A limit that was met, or that had passed by then, keeps the day that it had.
    """
    changed = before.first_difference(after)
    if changed is None:
        return ()
    known = history.up_to(on)
    new = {_key(run): run for run in clock_runs(known, pack, after)}
    moved = []
    for run in clock_runs(known, pack, before):
        counted = new.get(_key(run))
        if counted is not None and _is_open(run, on) and _limits(run) != _limits(counted):
            moved.append(MovedLimit(run, counted))
    return tuple(moved)


def _key(run: ClockRun) -> tuple[str, int, int | None]:
    return run.clock, run.occurrence, run.item


def _limits(run: ClockRun) -> tuple[Dating | None, ...]:
    return run.due, run.due_in_force, run.longest_due


def _is_open(run: ClockRun, on: date) -> bool:
    done = run.done is not None and run.done.no_later_than(on) is True
    last = run.longest_due or run.due_in_force
    return not done and last is not None and last.is_known and last.latest >= on
