"""The kinds of rule that a pack holds: clocks, duties, breaches and moves. Plain data, each with its citation."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from upheld.procedure.events import EventKind, Value
from upheld.procedure.pack import Citation


class Owner(StrEnum):
    """Who has to meet a limit."""

    AUTHORITY = "authority"
    COMPLAINANT = "complainant"
    PANEL = "panel"


class Unit(StrEnum):
    """What a limit is counted in. `as-soon-as-possible` has no number."""

    WORKING_DAY = "working-day"
    CALENDAR_DAY = "calendar-day"
    MONTH = "month"
    YEAR = "year"
    ASAP = "as-soon-as-possible"


class Guard(StrEnum):
    """A condition on a case under which a rule applies; `guards` says how each is read from the record."""

    ADVOCATE_AWAITED = "advocate-awaited"
    CHILD = "child"
    COMPLAINANT_ASKED = "complainant-asked"
    ORAL = "oral"
    OTHER_PERSON = "other-person"
    RECORDED = "recorded"
    REPORT_ISSUED = "report-issued"
    SKIPPED = "stage-1-skipped"
    STAGE_2_ASKED = "stage-2-asked"


class Combine(StrEnum):
    """Which start counts where several rules apply: the first in the pack's order, or the latest date."""

    FIRST = "first"
    LATEST = "latest"


class Limit(StrEnum):
    """Which end of a clock a duty is tied to."""

    INITIAL = "initial"
    IN_FORCE = "in-force"


@dataclass(frozen=True, slots=True)
class StartRule:
    """One way in which a clock starts: the event, where the date is held, and when (all of `guards`) the rule applies.

    `where` gives what the event's data must say. `dated_by` names the field of its data that holds the date, where it
    is not the event's own. `deemed` is a number of working days added because the true date is not recorded.
    """

    basis: str
    event: EventKind
    stage: str | None
    guards: tuple[Guard, ...]
    where: Mapping[str, Value]
    dated_by: str | None
    deemed: int
    cite: Citation


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """How the longer limit is come by: the event, what it must say, and by when it must happen.

    The event has to happen by the end of the initial limit. `reasons` are the codes that allow an extension (none:
    any); `needs` are the data fields that must not be false. `dated_by` names the field with the new date, capped at
    the longest limit; without it the longest limit itself applies.
    """

    event: EventKind
    reasons: frozenset[str]
    needs: tuple[str, ...]
    dated_by: str | None
    cite: Citation
    deadline_cite: Citation


@dataclass(frozen=True, slots=True)
class StopRule:
    """An event after which nothing more is owed under a clock: the words for it, and what its data must say.

    It is of the whole complaint, so an event that names a point stops nothing, and the last word counts where there are
    several. `unless_met` names a clock that, met in time, makes the stop void: a request that came in time cannot be
    refused as late. `undone_by` names what shows, later and at the clock's stage, that it went on all the same.
    """

    basis: str
    event: EventKind
    where: Mapping[str, Value]
    unless_met: str | None
    undone_by: tuple[EventKind, ...]
    cite: Citation


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A limit in force: who owes what, counted from when, until when, and how it may be lengthened.

    `length` and `longest` are in `unit`; `inclusive` counts the first day itself ("beginning with"); `rolls` moves a
    last day that is no working day to the next one. `longest_clock` names another clock whose end is the longest limit.
    `due_from` names the data field of the starting event that holds the date, for limits that are set case by case.
    `per` names the data field that tells apart several runs of one stage (a point, a remedy). `fault` is the
    Ombudsman's word for missing it.
    """

    id: str
    number: str
    label: str
    stage: str | None
    owner: Owner
    unit: Unit
    length: int | None
    longest: int | None
    longest_clock: str | None
    inclusive: bool
    rolls: bool
    combine: Combine
    starts: tuple[StartRule, ...]
    ends: tuple[EventKind, ...]
    end_stage: str | None
    stops: tuple[StopRule, ...]
    extension: ExtensionRule | None
    due_from: str | None
    per: str | None
    scope: str
    survives_withdrawal: bool
    fault: str | None
    cite: Citation
    note: str
    triggers: frozenset[EventKind]

    @property
    def has_limit(self) -> bool:
        """Whether the clock ever comes due on a date."""
        return self.length is not None or self.due_from is not None


@dataclass(frozen=True, slots=True)
class DutyRule:
    """Something that has to be done or told: what makes it arise, what discharges it, by when, and to whom.

    It arises with the first of its `triggers` (whose data matches `where`, under all `guards`), once for each value
    of `per` where that is named. It is discharged by a `done` event with every field of `fields` true and, where
    `count` is more than one, with so many different values of `count_by`. `clock` ties its deadline to the end of a
    clock (`limit` says which); without one it is as soon as possible. `task_day` is the working day of that clock on
    which the task falls due. It falls away with an event of `moot` by its deadline. `contains` is what a notice must
    say.
    """

    id: str
    label: str
    stage: str | None
    to: tuple[str, ...]
    triggers: tuple[EventKind, ...]
    where: Mapping[str, Value]
    guards: tuple[Guard, ...]
    per: str | None
    done: EventKind
    fields: tuple[str, ...]
    count: int
    count_by: str | None
    clock: str | None
    limit: Limit
    task_day: int | None
    moot: tuple[EventKind, ...]
    contains: tuple[str, ...]
    fault: str | None
    cite: Citation
    note: str


@dataclass(frozen=True, slots=True)
class BreachRule:
    """Something that breaks the law by having happened: an event, and what in its data makes it a breach.

    It is a breach where any field of `any_true` is true or any of `any_false` is false. Where a field of `any_missing`
    is not recorded it is a risk, which recording it would settle (`settles`). `by_code` names a data field whose code
    (of family `family`) says with its attribute `lawful` whether it is a breach. `check` names a question that `faults`
    answers from the whole record.
    """

    id: str
    label: str
    event: EventKind
    stage: str | None
    where: Mapping[str, Value]
    any_true: tuple[str, ...]
    any_false: tuple[str, ...]
    any_missing: tuple[str, ...]
    by_code: str | None
    family: str | None
    check: str | None
    fault: str | None
    settles: str
    cite: Citation


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands in the procedure. `ended`: nothing more need happen; `opens` when nothing has."""

    code: str
    label: str
    ended: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class MoveRule:
    """A step that may be taken: from which states to which, by whom, and what must hold (`needs`, read by `moves`)."""

    id: str
    label: str
    event: EventKind
    stage: str | None
    where: Mapping[str, Value]
    by: str
    sources: tuple[str, ...]
    target: str
    needs: tuple[str, ...]
    cite: Citation
