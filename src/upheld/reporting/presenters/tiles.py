"""The numbers to take in at a glance: what it is, of what, and how it was before.

Against whole quarters, the number of a quarter that is not over would always look like a fall: it is set beside theirs
without a change. What stood open is counted on a day, so its change is always said.
"""

from collections.abc import Callable
from dataclasses import dataclass

from upheld.figures.model import FigureValue, Kind
from upheld.figures.period import Quarter
from upheld.narrative.report import Number, Role, Runs
from upheld.narrative.words import SMALLEST_BASE, count, denominator, joined, numerator, percent, share
from upheld.reporting.dashboard import OMBUDSMAN, STAGE_1, STAGE_2, STAGE_3, Dashboard
from upheld.reporting.links import CaseLinks
from upheld.reporting.presenters.runs import Shows, shows
from upheld.web.formats import format_change

NONE_YET = "–"


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile. `base` says what the value is of; each comparison is a line."""

    label: str
    value: Shows
    base: Shows
    comparisons: tuple[Shows, ...]


@dataclass(frozen=True, slots=True)
class TileGroup:
    """Tiles under one heading."""

    heading: str
    tiles: tuple[Tile, ...]


def tile_groups(page: Dashboard, links: CaseLinks) -> tuple[TileGroup, ...]:
    """Stage 1, and what went further."""
    made = _Maker(page, links)
    when = "now" if page.selection.unfinished else "at the end"
    return (
        TileGroup(
            "Stage 1",
            (
                made.count("Received", "received", STAGE_1, made.still_open),
                made.rate("Answered in time", "in_time_rate", STAGE_1, "answered or overdue"),
                made.rate("Upheld", "upheld_rate", STAGE_1, "decided", made.in_part),
                made.stock(f"Open {when}", STAGE_1),
            ),
        ),
        TileGroup(
            "Later stages",
            (
                made.count("Stage 2 requests", "received", STAGE_2, made.still_open),
                made.stock(f"Stage 2 open {when}", STAGE_2),
                made.count("Review panels asked for", "received", STAGE_3, made.still_open),
                made.count("Ombudsman enquiries", "received", OMBUDSMAN, made.still_open),
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    page: Dashboard
    links: CaseLinks

    @property
    def _before(self) -> tuple[Quarter, Quarter]:
        quarter = self.page.quarter
        return quarter.previous, quarter.same_of_last_year

    def count(self, label: str, figure: str, stage: str, base: Callable[[str], Runs]) -> Tile:
        """A count of what came in during the quarter."""
        value = self.page.value(figure, stage=stage)
        lines = [self._against(figure, stage, since) for since in self._before]
        return self._tile(label, (count(value),), base(stage) if value.numerator else (), lines)

    def stock(self, label: str, stage: str) -> Tile:
        """What was open on the last day, and how much of it past its limit."""
        value, overdue = (self.page.value(figure, stage=stage) for figure in ("open_at_end", "overdue_at_end"))
        base = joined((count(overdue, zero="none"),), " past the limit") if value.numerator else ()
        lines = [self._changed("open_at_end", stage, since, "since the end of") for since in self._before]
        return self._tile(label, (count(value),), base, lines)

    def rate(
        self, label: str, figure: str, stage: str, of_what: str, also: Callable[[str], Runs] = lambda _: ()
    ) -> Tile:
        """A share, with both of its counts; in per cent where there are enough."""
        value = self.page.value(figure, stage=stage)
        counts = (numerator(value), " of ", denominator(value))
        lines = [self._rate_against(figure, stage, since) for since in self._before]
        if value.numerator is None:
            return self._tile(label, (count(value),), (), lines)
        if not value.denominator:
            return self._tile(label, (NONE_YET,), (f"none {of_what} yet",), lines)
        if value.denominator < SMALLEST_BASE:
            return self._tile(label, counts, joined(of_what, also(stage)), lines)
        return self._tile(label, (percent(value),), joined(counts, f" {of_what}", also(stage)), lines)

    def still_open(self, stage: str) -> Runs:
        """How many of those received are still open."""
        return joined((count(self.page.value("open", stage=stage), zero="none"),), " of them still open")

    def in_part(self, stage: str) -> Runs:
        """How many more were upheld in part."""
        partly = self.page.value("partly_upheld", stage=stage)
        return joined("; ", (count(partly),), " more in part") if partly.numerator else ()

    def _against(self, figure: str, stage: str, since: Quarter) -> Runs:
        before = self.page.figures.value(figure, since, stage=stage)
        if before.missing or not self.page.selection.unfinished:
            return self._changed(figure, stage, since, "on")
        return joined((count(before),), f" in the whole of {_name(since)}")

    def _changed(self, figure: str, stage: str, since: Quarter, when: str) -> Runs:
        change = self.page.change(figure, since, stage=stage)
        by = change.whole_difference
        if by is None:
            return (f"no data for {_name(since)}",)
        difference = Number(format_change(by) if by else "no change", by, change.now, Role.CHANGE, change.before)
        grown = change.percent
        share_of: Runs = ()
        if by and grown is not None and _bears_percent(change.before):
            share_of = (" (", Number(f"{abs(grown)}%", grown, change.now, Role.CHANGE_PERCENT, change.before), ")")
        return joined((difference,), share_of, f" {when} {_name(since)}")

    def _rate_against(self, figure: str, stage: str, since: Quarter) -> Runs:
        change = self.page.change(figure, since, stage=stage)
        if change.before.numerator is None:
            return (f"no data for {_name(since)}",)
        by = change.whole_difference
        if by is None or self.page.selection.unfinished or not all(map(_bears_percent, (change.now, change.before))):
            return joined(share(change.before), f" in {_name(since)}")
        moved = Number(format_change(by) if by else "no change", by, change.now, Role.CHANGE, change.before)
        unit = "" if not by else " percentage point" if abs(by) == 1 else " percentage points"
        return joined((moved,), unit, f" on {_name(since)}")

    def _tile(self, label: str, value: Runs, base: Runs, lines: list[Runs]) -> Tile:
        return Tile(
            label, shows(value, self.links), shows(base, self.links), tuple(shows(line, self.links) for line in lines)
        )


def _bears_percent(value: FigureValue) -> bool:
    base = value.numerator if value.kind is Kind.COUNT else value.denominator
    return base is not None and base >= SMALLEST_BASE


def _name(quarter: Quarter) -> str:
    """A quarter in a narrow box: not broken in two."""
    return quarter.label.replace(" ", "\N{NO-BREAK SPACE}")
