"""A council's own policy: targets and practices that may be stricter than the law and never looser.

A target is shown beside the limit that it anticipates, as local, and never replaces it.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from upheld.procedure.calendar import Calendar, Holiday, KnownBy
from upheld.procedure.clocks import ClockRun
from upheld.procedure.dating import Dating
from upheld.procedure.load import DATA
from upheld.procedure.pack import Citation, Evidence, Layer, Pack, PackError, Source
from upheld.procedure.rules import ClockRule, Owner, Unit

_SOURCE = Source("local", "Local policy", "Local policy", "", Layer.LOCAL, Evidence.READ)
CITE = Citation(_SOURCE, "", Evidence.READ, Layer.LOCAL)


class LooserThanLawError(PackError):
    """A local policy would allow what the law does not."""


@dataclass(frozen=True, slots=True)
class LocalPolicy:
    """What a council has set for itself.

    `targets` are working days by clock. `closure_days` are days on which its offices are shut: they lengthen its own
    targets, never a limit. `deemed_receipt` is after how many working days a posted response counts as received, where
    receipt is not recorded.
    """

    targets: Mapping[str, int]
    closure_days: tuple[date, ...] = ()
    deemed_receipt: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A local target for a running clock: the day that the council has set itself."""

    clock: str
    stage: str | None
    occurrence: int
    due: Dating
    cite: Citation = CITE


def read_policy(data: Mapping[str, Any], pack: Pack) -> LocalPolicy:
    """A policy from its parsed file.

    Raises PackError where it names what is not there, and LooserThanLawError where it is looser than the law.
    """
    known = {"targets", "closure_days", "deemed_receipt"}
    if strangers := set(data) - known:
        raise PackError(
            f"Local policy: does not know {', '.join(sorted(strangers))}. It may hold {', '.join(sorted(known))}."
        )
    targets = dict(data.get("targets", {}))
    for clock, days in targets.items():
        _check_target(pack.clock(clock), days)
    deemed = data.get("deemed_receipt")
    least = min((start.deemed for rule in pack.clocks for start in rule.starts if start.deemed), default=0)
    if deemed is not None and deemed < least:
        raise LooserThanLawError(
            f"Local policy: a response would count as received after {deemed} working days, and the procedure allows "
            f"{least}. A shorter time would cut into the complainant's right to ask for the next stage."
        )
    return LocalPolicy(targets, tuple(data.get("closure_days", ())), deemed)


def parse_policy(text: str, pack: Pack) -> LocalPolicy:
    """The policy for one procedure from the text of a council's file, which has a table for each; see `read_policy`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"Local policy: the file cannot be read: {error}.") from error
    return read_policy(data.get(pack.id, {}), pack)


def _check_target(rule: ClockRule, days: int) -> None:
    if not isinstance(days, int) or days < 1:
        raise PackError(f"Local policy: the target for {rule.id} has to be a number of working days, not {days!r}.")
    if rule.owner is Owner.COMPLAINANT:
        raise LooserThanLawError(f"Local policy: {rule.id} is the complainant's time, which no target may shorten.")
    if rule.unit is Unit.WORKING_DAY and rule.length is not None and days > rule.length:
        raise LooserThanLawError(
            f"Local policy: {days} working days for {rule.id} is longer than the {rule.length} of {rule.cite}."
        )


def with_policy(pack: Pack, policy: LocalPolicy) -> Pack:
    """The pack with the council's deemed receipt for the complainant's limits, marked as local."""
    if policy.deemed_receipt is None:
        return pack
    return replace(
        pack,
        clocks=tuple(_with_deemed(rule, policy.deemed_receipt) for rule in pack.clocks),
        versions=tuple(with_policy(version, policy) for version in pack.versions),
    )


def _with_deemed(rule: ClockRule, deemed: int) -> ClockRule:
    if rule.owner is not Owner.COMPLAINANT or not any(start.deemed for start in rule.starts):
        return rule
    starts = tuple(replace(start, deemed=deemed, cite=CITE) if start.deemed else start for start in rule.starts)
    return replace(rule, starts=starts)


def with_closures(calendar: Calendar, policy: LocalPolicy) -> Calendar:
    """The working days of a council's own targets: those of the law, less its closure days."""
    closures = [
        Holiday(day, "Office closed (local)", KnownBy.ANNOUNCEMENT, calendar.first)
        for day in policy.closure_days
        if calendar.is_working_day(day)
    ]
    return Calendar(
        id=f"{calendar.id} with local closures",
        title=f"{calendar.title}, with local closures",
        version=calendar.version,
        first=calendar.first,
        last=calendar.last,
        published=calendar.published,
        expected=tuple(sorted([*calendar.holidays, *closures], key=lambda each: each.day)),
    )


def local_targets(runs: Sequence[ClockRun], policy: LocalPolicy, calendar: Calendar) -> tuple[Target, ...]:
    """The council's target for each running clock that has one; never later than the limit itself."""
    days = with_closures(calendar, policy)
    found = []
    for run in runs:
        length = policy.targets.get(run.clock)
        if length is None or run.start is None or not run.start.is_known:
            continue
        due = Dating.between(
            days.nth_working_day(run.start.earliest, length), days.nth_working_day(run.start.latest, length)
        )
        if run.due is not None and run.due.is_known:
            due = Dating.between(min(due.earliest, run.due.earliest), min(due.latest, run.due.latest))
        found.append(Target(run.clock, run.stage, run.occurrence, due))
    return tuple(found)


def default_policy(pack: Pack) -> LocalPolicy:
    """The targets that a new installation starts with; a council replaces them with its own."""
    return parse_policy((DATA / "local-policy.toml").read_text(encoding="utf-8"), pack)
