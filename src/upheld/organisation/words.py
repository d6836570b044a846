"""The structure in words: what happened, and the tree of a day as lines of text."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from upheld.figures.placing import said_share
from upheld.narrative.words import listed
from upheld.organisation.changes import Change, ChangeKind, Level
from upheld.organisation.structure import Timeline

NO_DIRECTORATE = "No directorate"


def change_in_words(change: Change, timeline: Timeline) -> str:
    """What happened, in a sentence with the names of the day: "CIN and North merged into West"."""
    on = change.on or date.min
    before = on - timedelta(days=1) if change.on is not None else on

    def was(code: str) -> str:
        return timeline.names_on(before, change.level).get(code, code)

    def became(code: str) -> str:
        return timeline.names_on(on, change.level).get(code, code)

    parts = change.parts
    above = change.level.above
    match change.kind:
        case ChangeKind.OPEN:
            return f"{listed([became(p.target) for p in parts])} opened"
        case ChangeKind.CLOSE:
            left = "; nobody took over its work" if change.level is Level.TEAM else ""
            return f"{listed([was(p.source) for p in parts])} closed{left}"
        case ChangeKind.RENAME:
            return f"{was(parts[0].source)} was renamed {parts[0].name}"
        case ChangeKind.MOVE:
            homes = timeline.names_on(on, above) if above is not None else {}
            return f"{was(parts[0].source)} moved to {homes.get(parts[0].parent, 'none')}"
        case ChangeKind.MERGE:
            return f"{listed([was(p.source) for p in parts])} merged into {became(parts[0].target)}{_back(change, was)}"
        case ChangeKind.SPLIT:
            shares = [f"{said_share(p.share)} to {became(p.target)}" for p in parts]
            return f"{was(parts[0].source)} was divided: {listed(shares)}"


def tree_in_words(timeline: Timeline, day: date) -> Iterator[str]:
    """The structure on a day, indented. Services without a directorate come last, under no heading where none has."""
    for directorate, services in tree(timeline, day):
        indent = ""
        if directorate:
            yield directorate
            indent = "  "
        for service, teams in services:
            yield f"{indent}{service}"
            yield from (f"{indent}  {team}" for team in teams)


Services = list[tuple[str, list[str]]]


def tree(timeline: Timeline, day: date) -> list[tuple[str, Services]]:
    """Directorates, their services, their teams: names, in order. Without a directorate, under an empty name."""
    teams = timeline.on(day, Level.TEAM)
    services = timeline.on(day, Level.SERVICE)
    directorates = timeline.on(day, Level.DIRECTORATE)

    def below(directorate: str) -> Services:
        return [(s.name, [t.name for t in teams if t.parent == s.code]) for s in services if s.parent == directorate]

    found = [(d.name, below(d.code)) for d in directorates]
    alone = below("")
    if alone:
        found.append((NO_DIRECTORATE if directorates else "", alone))
    return found


def _back(change: Change, was: Callable[[str], str]) -> str:
    given = [f"{said_share(p.share_back)} {was(p.source)}" for p in change.parts if p.share_back is not None]
    return f" (its work since would have been {listed(given)})" if given else ""
