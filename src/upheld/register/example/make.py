"""The whole example register, as it would stand at the end of a day."""

from datetime import date

from upheld.errors import UpheldError
from upheld.period import Quarter
from upheld.procedure import BeyondCalendar, load_calendar
from upheld.register.example.chains import Chains
from upheld.register.example.days import Days
from upheld.register.example.drawing import around, stream
from upheld.register.example.made_up import made_up
from upheld.register.example.published import LaterRow, later_rows, published
from upheld.register.example.quarter_plans import PUBLISHED_PREFIX, PlannedCase, QuarterPlans
from upheld.register.example.rows import ExampleRow, PlannedStage

SEED = 2006
_LONGEST_PROMISE = 65  # working days that a notice of delay can promise, and the furthest that a row looks ahead


class CannotMakeExample(UpheldError):
    """The example was asked for on a day on which there is nothing of it, or not enough calendar."""


def make_example(until: date, seed: int = SEED) -> tuple[ExampleRow, ...]:
    """Every row of the example register as known at the end of `until`, case by case in order of receipt.

    The same `until` and `seed` give the same rows. A later `until` only adds: rows that had begun stay as they were,
    but for what happened to them since. Whatever the seed, the published counts are met exactly. Raises
    CannotMakeExample where `until` is before the register begins, or too near the end of the published bank holidays.
    """
    first = published().quarters[0]
    if until < first.start:
        raise CannotMakeExample(f"The example register begins on {first.start}; there is nothing of it on {until}.")
    days = Days(load_calendar())
    try:
        days.calendar.nth_working_day(until, _LONGEST_PROMISE)
    except BeyondCalendar as error:
        raise CannotMakeExample(f"The example cannot run to {until}: {error}") from error
    known = (stage.known_on(until) for each in _plan(days, until, seed) for stage in each.stages)
    return tuple(row for row in known if row is not None)


def _plan(days: Days, until: date, seed: int) -> list[PlannedCase]:
    """Every case that begins by the quarter of `until`, planned to its end, whenever that is."""
    targets, made, rows = published(), made_up(), later_rows()
    chains = Chains(seed, days, made, lambda day: Quarter.containing(day) not in targets.quarters)
    plans = QuarterPlans(seed, days, made, targets, chains)
    # The published quarters are always planned whole: their later rows continue each other's cases.
    last = max(Quarter.containing(until), targets.quarters[-1])
    cases: list[PlannedCase] = []
    quarter = targets.quarters[0]
    while quarter <= last:
        if quarter in targets.quarters:
            cases += plans.published(quarter, rows, len(cases))
        else:
            cases += plans.made_up(quarter, len(cases))
        quarter = quarter.next
    _continue_as_published(cases, rows, plans)
    for each in cases:
        each.stages.extend(chains.after(each.case, each.stages[-1]))
    return cases


def _continue_as_published(cases: list[PlannedCase], rows: tuple[LaterRow, ...], plans: QuarterPlans) -> None:
    """Give each published later row the case that it continues."""
    carried: dict[str, PlannedCase] = {each.from_row: each for each in cases if each.from_row}
    to_continue = [
        each
        for each in cases
        if each.stages[0].row.stage == "stage-1" and each.case.reference.startswith(PUBLISHED_PREFIX)
    ]
    taken: set[str] = set()
    for row in rows:
        if row.id in carried:
            continue
        if row.after == "stage-1":
            each = _answered_before(to_continue, taken, row, plans)
            taken.add(each.case.reference)
        else:
            each = carried[row.after]
        received = row.received or _after_gap(plans.days, each.stages[-1], row)
        random = stream(plans.seed, "published", row.id)
        each.stages.append(plans.later(random, each.case, row, received))
        carried[row.id] = each


def _answered_before(cases: list[PlannedCase], taken: set[str], row: LaterRow, plans: QuarterPlans) -> PlannedCase:
    """A stage 1 complaint that was answered, and not upheld, some days before `row` began, and goes no further yet."""
    began = row.received
    if began is None:
        raise CannotMakeExample(
            f"data/later_stages.toml: {row.id} continues a stage 1 complaint, so it needs `received`."
        )
    usual = around(stream(plans.seed, "published", row.id, "gap"), 3, 26, 12)
    found: list[tuple[int, str, PlannedCase]] = []
    for each in cases:
        first, case = each.stages[0].row, each.case
        if first.answered is None or first.answered >= began or first.outcome != "not-upheld":
            continue
        if case.reference in taken or case.contact.complainant == "anonymous":
            continue
        if case.contact.spoken and not plans.days.is_open(began):
            continue
        found.append((abs((began - first.answered).days - usual), case.reference, each))
    if not found:
        raise CannotMakeExample(f"No stage 1 complaint of the published quarters was answered before {began}.")
    return min(found, key=lambda candidate: candidate[:2])[2]


def _after_gap(days: Days, last: PlannedStage, row: LaterRow) -> date:
    reached = last.reaches_complainant
    if reached is None or row.gap is None:
        raise CannotMakeExample(f"data/later_stages.toml: {row.id} needs `received`, or `gap` after an answered stage.")
    return days.later(reached, row.gap, office=True)
