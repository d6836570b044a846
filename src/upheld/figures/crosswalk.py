"""Figures in the structure of a chosen day: where the work of each team, as recorded on its own day, stands there.

A team's work is one team's there, or shared out between several in exact fractions, or cannot be placed. What is shared
out adds up to the whole, so a total is the same in every structure. The organisation hands the crosswalk over as data.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

NOT_RECORDED = "not-recorded"
UNPLACED = "cannot-be-placed"
UNPLACED_LABEL = "Cannot be placed"
DIMENSIONS = ("service", "team")

Counts = Mapping[str, int | Fraction]
Group = tuple[str, ...]
Period = TypeVar("Period")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the crosswalk as printed: a team from one day up to, and not including, another, and where it went.

    `parts` are codes in the structure of the chosen day (or UNPLACED) with their shares, which add up to 1; `reason`
    says why something cannot be placed. It is of the spans `first` to `last` of the crosswalk.
    """

    team: str
    name: str
    begins: date | None
    ends: date | None
    parts: tuple[tuple[str, Fraction], ...]
    reason: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Every team of every day in the structure of `on`.

    Days fall into spans between `boundaries`, numbered from 0: in one span, all that is recorded under a team is placed
    alike. `names` holds what services and teams are called on the day, by dimension and code; `services` is where each
    team of that day belongs. `aliases` are codes that a register file makes of names which a team has had. `lines` say,
    of the teams that are not simply themselves, where they are placed.
    """

    on: date
    boundaries: tuple[date, ...] = ()
    placings: Mapping[tuple[int, str], tuple[tuple[str, Fraction], ...]] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    service_codes: frozenset[str] = frozenset()
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    def placed(self, span: int, service: str, team: str) -> Iterator[tuple[str, str, Fraction]]:
        """Where work recorded in a span under a service and a team stands: service, team and share; shares make 1.

        Without a team it stays with its service, where that is there on the day. A team that the organisation does not
        know cannot be placed.
        """
        if team == NOT_RECORDED:
            known = service == NOT_RECORDED or service in self.service_codes
            yield (service, team, Fraction(1)) if known else (UNPLACED, UNPLACED, Fraction(1))
            return
        known_as = self.aliases.get(team, team)
        for code, share in self.placings.get((span, known_as), ((UNPLACED, Fraction(1)),)):
            yield self.services.get(code, UNPLACED), code, share

    def of_teams(self, teams: Iterable[tuple[int, str]]) -> "Crosswalk":
        """The crosswalk with the lines of these teams alone, each in a span; unknown teams get a line of their own."""
        used = {(span, self.aliases.get(team, team)) for span, team in teams}
        known = {team for _, team in self.placings}
        kept = [line for line in self.lines if any(t == line.team and line.first <= s <= line.last for s, t in used)]
        strangers = sorted({team for _, team in used} - known - {NOT_RECORDED})
        kept += [
            Line(team, team, None, None, ((UNPLACED, Fraction(1)),), "not in the record of the organisation")
            for team in strangers
        ]
        return replace(self, lines=tuple(kept))

    def name(self, dimension: str, code: str) -> str:
        """What a service or team is called on the day."""
        return UNPLACED_LABEL if code == UNPLACED else self.names.get((dimension, code), code)


def regrouped(
    counted: Mapping[tuple[Period, Group], Counts],
    crosswalk: Crosswalk,
    *,
    by: Sequence[str],
    inner: Sequence[str],
    where: Sequence[tuple[str, str]],
) -> dict[tuple[Period, Group], dict[str, int | Fraction]]:
    """Counts by the dimensions `inner` (with service, team and, last, the span) as counts by `by` in the structure.

    `where` keeps only what stands in these services or teams there. Whole numbers stay whole where nothing is shared.
    """
    sums: dict[tuple[Period, Group], dict[str, Fraction]] = {}
    for (period, group), counts in counted.items():
        values = dict(zip(inner, group[:-1], strict=True))
        for service, team, share in crosswalk.placed(int(group[-1]), values["service"], values["team"]):
            placed = values | {"service": service, "team": team}
            if any(placed[dimension] != code for dimension, code in where):
                continue
            into = sums.setdefault((period, tuple(placed[dimension] for dimension in by)), {})
            for count, number in counts.items():
                into[count] = into.get(count, Fraction(0)) + number * share
    return {key: {count: whole(number) for count, number in counts.items()} for key, counts in sums.items()}


def whole(number: int | Fraction) -> int | Fraction:
    """A fraction without a remainder as the whole number that it is."""
    return number.numerator if number.denominator == 1 else number
