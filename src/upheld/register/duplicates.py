"""Complaints that may be one and the same under two references. They are listed for somebody to look at; none is lost.

Names are compared here and are never part of what is said.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from upheld.procedure import EventKind
from upheld.register.layout import normal
from upheld.register.model import About, RegisteredCase, Remark

CLOSE = timedelta(days=28)  # between the receipts of one complaint that was entered twice
MOST = 200  # remarks that are told one by one


@dataclass(frozen=True, slots=True, order=True)
class _Seen:
    """What is compared of a case."""

    received: date
    row: int
    reference: str


def suspected(cases: Iterable[RegisteredCase]) -> list[Remark]:
    """Pairs of cases with the same child or complainant received close together, or the same dates, team and themes."""
    by_child: dict[str, list[_Seen]] = defaultdict(list)
    by_complainant: dict[str, list[_Seen]] = defaultdict(list)
    by_content: dict[tuple[object, ...], list[_Seen]] = defaultdict(list)
    for case in cases:
        first = case.history.events[0]
        if first.on.exact is None or first.stage is None:
            continue
        seen = _Seen(first.on.exact, case.rows.get(first.stage, 0), case.reference)
        if case.child_name:
            by_child[normal(case.child_name)].append(seen)
        if case.complainant_name:
            by_complainant[normal(case.complainant_name)].append(seen)
        if (content := _content(case)) is not None:
            by_content[content].append(seen)
    told: dict[tuple[str, str], Remark] = {}
    for groups, same in ((by_child, "the same child"), (by_complainant, "the same complainant")):
        for group in groups.values():
            for one, other in _close(group):
                days = (other.received - one.received).days
                apart = "on the same day" if not days else "a day apart" if days == 1 else f"{days} days apart"
                told.setdefault((one.reference, other.reference), _remark(one, other, f"{same}, received {apart}"))
    for group in by_content.values():
        for one, other in pairwise(sorted(group)):
            why = "received and answered on the same days, for the same team, with the same themes"
            told.setdefault((one.reference, other.reference), _remark(one, other, why))
    remarks = sorted(told.values(), key=lambda remark: remark.rows)
    if len(remarks) > MOST:
        more = f"… and {len(remarks) - MOST:,} more pairs that may be one complaint under two references."
        remarks[MOST:] = [Remark(About.DUPLICATE, (), more)]
    return remarks


def _content(case: RegisteredCase) -> tuple[object, ...] | None:
    """Receipt, answer, team and themes of the first stage; None while it is not answered."""
    first = case.history.events[0]
    answered = next((e.on for e in case.history.events if e.kind is EventKind.RESPONSE_SENT), None)
    if answered is None:
        return None
    said = tuple(
        (event.kind, *event.data.values())
        for event in case.history.events
        if event.stage == first.stage and event.kind in (EventKind.TEAM_ASSIGNED, EventKind.POINT_RAISED)
    )
    return (first.stage, first.on, answered, said)


def _close(group: list[_Seen]) -> Iterator[tuple[_Seen, _Seen]]:
    return ((one, other) for one, other in pairwise(sorted(group)) if other.received - one.received <= CLOSE)


def _remark(one: _Seen, other: _Seen, why: str) -> Remark:
    first, second = sorted((one, other), key=lambda seen: seen.row)
    return Remark(
        About.DUPLICATE,
        (first.row, second.row),
        f"{first.reference} (row {first.row}) and {second.reference} (row {second.row}) may be one complaint: {why}.",
    )
