"""From the structure through time to a crosswalk: each team of each span of days, in the structure of a chosen day.

Forwards a team's work goes where each change since sent it; backwards, where each change since had it from. Backwards
is certain where a team has one predecessor; where several became one, it needs the shares that were recorded for it.
Work is always placed from its own day, never by way of another: there and back again need not be the same.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from upheld.figures.crosswalk import NOT_RECORDED, UNPLACED, Crosswalk, Line
from upheld.figures.placing import said_day
from upheld.organisation.changes import ChangeKind, Level
from upheld.organisation.structure import Step, Timeline
from upheld.register.names import code_of

_WHOLE = Fraction(1)
_Placed = dict[str, Fraction]
_Reasons = set[str]


def crosswalk(timeline: Timeline, on: date) -> Crosswalk:
    """Every team that has ever been, in the structure of a day. What cannot be placed says why."""
    boundaries = tuple(sorted({step.on for step in timeline.steps}))
    steps: dict[date, list[Step]] = defaultdict(list)
    for step in timeline.steps:
        steps[step.on].append(step)
    target = sum(boundary <= on for boundary in boundaries)
    names = timeline.names_on(on, Level.TEAM)
    placings: dict[tuple[int, str], tuple[tuple[str, Fraction], ...]] = {}
    lines: list[Line] = []
    for code in names:
        versions = timeline.versions[Level.TEAM, code]
        born = 0 if versions[0].begins is None else _span(boundaries, versions[0].begins)
        died = len(boundaries) if versions[-1].ends is None else _span(boundaries, versions[-1].ends) - 1
        reasons: dict[int, str] = {}
        for span in range(len(boundaries) + 1):
            # Recorded on a day on which the team was not there: as if on the nearest on which it was.
            start = min(max(span, born), died)
            placed, why = _placed(code, start, target, boundaries, steps, timeline)
            placings[span, code] = tuple(placed.items())
            reasons[span] = "; ".join(sorted(why))
        lines += _lines(timeline, code, boundaries, placings, reasons, (born, died))
    teams = timeline.on(on, Level.TEAM)
    services = timeline.on(on, Level.SERVICE)
    service_names = timeline.names_on(on, Level.SERVICE)
    return Crosswalk(
        on=on,
        boundaries=boundaries,
        placings=placings,
        services={team.code: team.parent for team in teams},
        service_codes=frozenset(service.code for service in services),
        names={
            **{("team", code): name for code, name in names.items()},
            **{("service", code): name for code, name in service_names.items()},
        },
        aliases={
            code_of(version.name): code
            for (level, code), versions in timeline.versions.items()
            for version in versions
            if level is Level.TEAM and code_of(version.name) not in names
        },
        lines=tuple(lines),
    )


def _span(boundaries: Sequence[date], day: date) -> int:
    return sum(boundary <= day for boundary in boundaries)


def _placed(
    code: str,
    start: int,
    target: int,
    boundaries: Sequence[date],
    steps: Mapping[date, list[Step]],
    timeline: Timeline,
) -> tuple[_Placed, _Reasons]:
    """Where a team of one span stands in another, and why a part of it cannot be placed."""
    placed: _Placed = {code: _WHOLE}
    why: _Reasons = set()
    if target >= start:
        crossed = [step for boundary in boundaries[start:target] for step in steps[boundary]]
        walk = _forwards
    else:
        crossed = [step for boundary in reversed(boundaries[target:start]) for step in reversed(steps[boundary])]
        walk = _backwards
    for step in crossed:
        after: _Placed = {}
        for team, share in placed.items():
            for other, part in walk(step, team, why, timeline):
                after[other] = after.get(other, Fraction(0)) + share * part
        placed = after
    return placed, why


def _forwards(step: Step, team: str, why: _Reasons, timeline: Timeline) -> list[tuple[str, Fraction]]:
    parts = [part for part in step.parts if part.source == team]
    if not parts or team == UNPLACED:
        return [(team, _WHOLE)]
    if step.kind is ChangeKind.CLOSE:
        why.add(f"{_name(timeline, team, step.on)} closed on {said_day(step.on)}, and nobody took over its work")
        return [(UNPLACED, _WHOLE)]
    return [(part.target, part.share) for part in parts]


def _backwards(step: Step, team: str, why: _Reasons, timeline: Timeline) -> list[tuple[str, Fraction]]:
    parts = [part for part in step.parts if part.target == team]
    if not parts or team == UNPLACED:
        return [(team, _WHOLE)]
    if step.kind is ChangeKind.OPEN:
        why.add(f"{_name(timeline, team, step.on)} opened on {said_day(step.on)}, and took over from nobody")
        return [(UNPLACED, _WHOLE)]
    if len(parts) == 1:
        return [(parts[0].source, _WHOLE)]
    back = [(part.source, part.share_back) for part in parts if part.share_back is not None]
    if len(back) < len(parts):
        why.add(
            f"{_name(timeline, team, step.on)} took over from several teams on {said_day(step.on)}, and no shares are "
            "recorded for the way back"
        )
        return [(UNPLACED, _WHOLE)]
    return back


def _lines(
    timeline: Timeline,
    code: str,
    boundaries: Sequence[date],
    placings: Mapping[tuple[int, str], tuple[tuple[str, Fraction], ...]],
    reasons: Mapping[int, str],
    life: tuple[int, int],
) -> list[Line]:
    """A line for each run of spans in which a team is placed alike, where it is not simply itself."""
    runs: list[tuple[int, int]] = []
    for span in range(len(boundaries) + 1):
        if runs and placings[span, code] == placings[runs[-1][0], code]:
            runs[-1] = (runs[-1][0], span)
        else:
            runs.append((span, span))
    born, died = life
    versions = timeline.versions[Level.TEAM, code]
    lines = []
    for first, last in runs:
        parts = placings[first, code]
        if parts == ((code, _WHOLE),):
            continue
        begins = versions[0].begins if first <= born else boundaries[first - 1]
        ends = versions[-1].ends if last >= died else boundaries[last]
        # By the name that it had when this was so.
        named = [v for v in versions if ends is None or v.begins is None or v.begins < ends]
        reason = reasons[min(max(first, born), died)]
        lines.append(Line(code, named[-1].name, begins, ends, parts, reason, first, last))
    return lines


def _name(timeline: Timeline, code: str, day: date) -> str:
    return timeline.names_on(day, Level.TEAM).get(code, code) if code != NOT_RECORDED else code
