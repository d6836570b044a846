"""Short ways of writing a case down for the tests of the procedure."""

from datetime import date

from upheld.procedure import Dating, Event, EventKind, History, load_calendar, load_pack
from upheld.procedure.clocks import ClockRun, clock_runs
from upheld.procedure.events import Value

CHILDREN = "children-england-2006"
STAGED = {"stage-1", "stage-2", "stage-3", "ombudsman"}


def dating(text: str) -> Dating:
    """A date as the tests write it: "2024-04-09", "2024-04", "2024-04-01/2024-05-02" or "?"."""
    if text == "?":
        return Dating.unknown()
    if "/" in text:
        first, last = text.split("/")
        return Dating.approximate(date.fromisoformat(first), date.fromisoformat(last))
    if len(text) == 7:
        return Dating.month(int(text[:4]), int(text[5:]))
    return Dating.day(date.fromisoformat(text))


def event(
    kind: str, on: str, stage: str | None = None, *, sequence: int = 0, occurrence: int = 1, **data: Value
) -> Event:
    """One event; its data as keywords."""
    return Event(kind=EventKind(kind), on=dating(on), stage=stage, occurrence=occurrence, sequence=sequence, data=data)


def case(*events: Event, pack: str = CHILDREN) -> History:
    """A case of these events, numbered in order."""
    numbered = tuple(
        Event(kind=e.kind, on=e.on, stage=e.stage, occurrence=e.occurrence, data=e.data, sequence=place)
        for place, e in enumerate(events, 1)
    )
    return History("case", pack, numbered)


def received(on: str, **data: Value) -> Event:
    """A complaint received at stage 1."""
    return event("complaint-received", on, "stage-1", **data)


def runs(history: History) -> dict[str, ClockRun]:
    """The clocks of a case by id, the last of each."""
    return {run.clock: run for run in clock_runs(history, load_pack(history.pack), load_calendar())}


def row(clock: str, *events: Event) -> tuple[str | None, str, str, str | None]:
    """A clock's start, basis, what it waits for and its limit, as text."""
    run = runs(case(*events))[clock]
    return run.start and str(run.start), run.basis, run.waiting, run.due and str(run.due)
