"""The tables of a report, from what happened: by stage and period, service, theme, outcome, time and method."""

import random
from collections.abc import Callable

from tests.support.published.grids import Cell, Grid
from tests.support.published.periods import Period
from tests.support.published.style import ReportStyle
from tests.support.published.world import Counts, World

MEASURES = ("received", "in_time", "upheld", "partly", "not_upheld", "closed")
_HEADS = {
    "received": ("Received", "Complaints received", "Number", "Volume", "No. of complaints"),
    "closed": ("Closed", "Responded to", "Completed"),
    "in_time": ("In time", "Within timescale", "On time", "Answered within timescale", "No in SLA"),
    "upheld": ("Upheld", "No. upheld", "Fully upheld"),
    "partly": ("Partly upheld", "Partially upheld", "Part upheld"),
    "not_upheld": ("Not upheld", "Not Upheld"),
}


def fact(measure: str, group: str, period: Period) -> frozenset[str]:
    """The name of one number of the world."""
    return frozenset({f"{measure}|{group}|{period.key}"})


class TableMaker:
    """Makes tables of one world in one style."""

    def __init__(self, world: World, style: ReportStyle, choose: random.Random) -> None:
        self.world, self.style, self.choose = world, style, choose
        self.heads = {measure: choose.choice(names) for measure, names in _HEADS.items()}
        self.now = style.periods.in_head(world.now)
        self.decimals_in_share = choose.random() < 0.3

    def count(self, value: int, measure: str, group: str, period: Period) -> Cell:
        """A counted cell."""
        return Cell(self.style.cell(value), "count", value, facts=fact(measure, group, period))

    def share(self, part: int, whole: int, facts: frozenset[str], *others: int) -> Cell:
        """A cell that holds a percentage."""
        if not whole:
            return Cell(self.choose.choice(("-", "N/A", "0%")), "other")
        near = tuple(base for base in others if base and base != whole)
        return Cell(self.style.share(part, whole), "share", part, whole, facts, other_bases=near)

    def both(self, part: int, whole: int, facts: frozenset[str], *others: int) -> Cell:
        """A cell that holds a count and, in brackets, the percentage."""
        cell = self.share(part, whole, facts, *others)
        if cell.role == "share":
            cell.text = f"{part} ({cell.text})"
        else:
            cell.text = "0"
        return cell

    def sum_row(self, grid: Grid, columns: list[int], *, label: str | None = None) -> None:
        """Put a row of totals below."""
        last = len(grid.rows)
        row = [Cell("") for _ in grid.rows[0]]
        row[0] = Cell(self.style.total if label is None else label)
        for column in columns:
            parts = tuple((r, column) for r in range(last) if grid.rows[r][column].role in ("count", "total"))
            row[column] = self.total(grid, parts)
        grid.rows.append(row)

    def total(self, grid: Grid, parts: tuple[tuple[int, int], ...]) -> Cell:
        """A cell that adds up others."""
        value = sum(grid.at(part).value for part in parts)
        facts = frozenset().union(*(grid.at(part).facts for part in parts))
        grid.added_up.extend(parts)
        return Cell(self.style.cell(value), "total", value, facts=facts, parts=parts)

    def title(self, *captions: str) -> str:
        """A caption, some of them with the period that the report is about."""
        return self.choose.choice(captions).format(now=self.now)

    # The tables

    def stages_by_period(self) -> Grid:
        """Received at each stage in each period; sometimes with a row of totals."""
        world = self.world
        heads = [self.choose.choice(("Stage", "", "Type", "Complaint stage"))]
        heads += [self.style.periods.in_head(period) for period in world.periods]
        grid = Grid(
            "stages", self.title("Complaints received by stage", "Number of complaints at each stage"), [heads], []
        )
        for name, series in world.stages.items():
            cells = [self.count(c.received, "received", name, p) for c, p in zip(series, world.periods, strict=True)]
            grid.rows.append([Cell(name), *cells])
        grid.period_heads = [(0, column) for column in range(1, len(heads))]
        if self.choose.random() < 0.6:
            self.sum_row(grid, list(range(1, len(heads))))
        return grid

    def periods_by_stage(self) -> Grid:
        """Periods down the side, stages across, and a column of totals."""
        world = self.world
        heads = [self.choose.choice(("Period", "", "Quarter" if world.quarterly else "Year")), *world.stages]
        grid = Grid("stages", self.title("Complaints received", "Complaints over time by stage"), [heads], [])
        for index, period in enumerate(world.periods):
            cells = [self.count(s[index].received, "received", n, period) for n, s in world.stages.items()]
            grid.rows.append([Cell(self.style.periods.in_head(period)), *cells])
        heads.append(self.choose.choice(("Total", "All stages", "Total complaints")))
        for r, row in enumerate(grid.rows):
            row.append(self.total(grid, tuple((r, c) for c in range(1, len(row)))))
        return grid

    def measures_by_period(self) -> Grid:
        """Two header rows: each period over received, upheld and in time."""
        world = self.world
        measures = ("received", "upheld", "in_time")
        top, under = [""], [self.choose.choice(("Stage", "Complaint type", ""))]
        for period in world.periods:
            top += [self.style.periods.in_head(period), "", ""]
            under += [self.heads[measure] for measure in measures]
        grid = Grid(
            "stages", self.title("Complaints by stage and period", "Statutory complaints: activity"), [top, under], []
        )
        for name, series in world.stages.items():
            row = [Cell(name)]
            for counts, period in zip(series, world.periods, strict=True):
                row += [self.count(getattr(counts, m), m, name, period) for m in measures]
            grid.rows.append(row)
        grid.period_heads = [(0, 1 + 3 * index) for index in range(len(world.periods))]
        return grid

    def services(self) -> Grid:
        """By team or service, in the current period."""
        world = self.world
        title = self.title(
            f"{world.first} complaints by service, {{now}}",
            f"{world.first} complaints by team",
            "Breakdown by service area ({now})",
        )
        layout = self.choose.choice(("counts", "both", "shares", "shares only"))
        grid = Grid(
            "services", title, [[self.choose.choice(("Team", "Service", "Service area"))]], [], names_people=True
        )
        heads = grid.heads[0]
        heads.append(self.heads["received"])
        if layout in ("counts", "both", "shares"):
            heads.append(self.heads["in_time"])
        if layout in ("shares", "shares only"):
            heads.append("% " + self.heads["in_time"].lower().removeprefix("no "))
        heads.append("% upheld" if layout == "shares only" else self.heads["upheld"])
        for name, counts in world.services.items():
            grid.rows.append(self._service(f"service:{name}", name, counts, layout))
        if self.choose.random() < 0.6:
            counted = [c for c, cell in enumerate(grid.rows[0]) if cell.role == "count"]
            self.sum_row(grid, counted)
        return grid

    def _service(self, group: str, name: str, counts: Counts, layout: str) -> list[Cell]:
        now = self.world.now
        received = self.count(counts.received, "received", group, now)
        in_time = self.count(counts.in_time, "in_time", group, now)
        upheld = self.count(counts.upheld, "upheld", group, now)
        row = [Cell(name), received]
        base = counts.received if self.world.all_closed else counts.closed
        if layout in ("counts", "both", "shares"):
            row.append(in_time)
        facts = received.facts | in_time.facts
        if not self.world.all_closed:
            return (
                [*row, upheld] if layout == "counts" else [*row, *(Cell("n/a", "other"),) * (layout != "both"), upheld]
            )
        if layout in ("shares", "shares only"):
            row.append(
                self.share(counts.in_time, base, facts, counts.upheld, self.world.stages[self.world.first][-1].received)
            )
        facts = received.facts | upheld.facts
        if layout == "both":
            row.append(self.both(counts.upheld, base, facts, counts.in_time))
        elif layout == "shares only":
            row.append(self.share(counts.upheld, base, facts, self.world.stages[self.world.first][-1].received))
        else:
            row.append(upheld)
        return row

    def themes(self) -> Grid:
        """By theme: the period before, now, and the share of the whole."""
        return self._ranking("theme", "Theme", self.world.themes, self.world.themes_before)

    def methods(self) -> Grid:
        """By how the complaint came in."""
        return self._ranking("method", "Method", self.world.methods, None)

    def _ranking(self, group: str, head: str, now: dict[str, int], before: dict[str, int] | None) -> Grid:
        world = self.world
        title = self.title(f"{world.first} complaints by {group}, {{now}}", f"{head} of {world.first} complaints")
        plural = self.choose.choice(("No.", "Number", self.now))
        heads = [self.choose.choice((head, {"Theme": "Reason", "Method": "Received by"}[head]))]
        periods = [(world.periods[-2], before), (world.now, now)] if before else [(world.now, now)]
        with_before = before is not None and self.choose.random() < 0.5
        if with_before:
            heads += [self.style.periods.in_head(period) for period, _ in periods]
        else:
            heads.append(plural)
        heads.append(self.choose.choice(("%", "% of total", "Percentage", "Share")))
        grid = Grid(group + "s", title, [heads], [])
        whole = sum(now.values())
        all_facts = frozenset().union(*(fact("received", f"{group}:{name}", world.now) for name in now))
        for name, count in now.items():
            row = [Cell(name)]
            for period, counts in periods if with_before else periods[-1:]:
                assert counts is not None
                row.append(self.count(counts[name], "received", f"{group}:{name}", period))
            row.append(self.share(count, whole, all_facts, whole - count, world.total(-1)))
            grid.rows.append(row)
        if self.choose.random() < 0.7:
            self.sum_row(grid, list(range(1, len(heads) - 1)))
            grid.rows[-1][-1] = Cell("100%" if self.style.decimals == 0 else "100.0%", "other")
            shown = [row[-1].text for row in grid.rows[:-1]]
            if round(sum(float(text.rstrip("%")) for text in shown), 1) != 100:
                grid.note = self.choose.choice(("", "Percentages may not add up to 100 because of rounding."))
        return grid

    def outcomes(self) -> Grid:
        """By outcome, now and in the period before, with totals of what was closed."""
        world, names = self.world, ("upheld", "partly", "not_upheld")
        heads = [self.choose.choice(("Outcome", "Decision"))]
        heads += [self.style.periods.in_head(period) for period in world.periods[-2:]]
        grid = Grid(
            "outcomes", self.title(f"Outcomes at {world.first}", f"Decisions on {world.first} complaints"), [heads], []
        )
        series = world.stages[world.first]
        for name in names:
            cells = [self.count(getattr(series[i], name), name, world.first, world.periods[i]) for i in (-2, -1)]
            grid.rows.append([Cell(self.heads[name]), *cells])
        self.sum_row(grid, [1, 2], label=self.style.total or "Total closed")
        return grid

    def timeliness(self) -> Grid:
        """How many were answered in time in each period, of those closed."""
        world = self.world
        head = self.choose.choice(("% in time", "% within timescale", "Percentage in time"))
        heads = ["Period", "Complaints received", self.heads["closed"], f"{self.heads['closed']} in time", head]
        title = self.title(
            f"{world.first} response times", f"Answers to {world.first} complaints within {world.limit} working days"
        )
        grid = Grid("timeliness", title, [heads], [])
        for counts, period in zip(world.stages[world.first], world.periods, strict=True):
            cells = [self.count(getattr(counts, m), m, world.first, period) for m in ("received", "closed", "in_time")]
            facts = cells[1].facts | cells[2].facts
            share = self.share(counts.in_time, counts.closed, facts, counts.received, counts.upheld)
            grid.rows.append([Cell(self.style.periods.in_head(period)), *cells, share])
        return grid

    def activity(self) -> Grid:
        """Measures down the side, some of them parts of the first: rows that are not to be added up."""
        world = self.world
        series = world.stages[world.first]
        heads = ["Measure", *(self.style.periods.in_head(period) for period in world.periods)]
        grid = Grid(
            "activity", self.title("Activity at a glance", "Summary of activity", "Headline figures"), [heads], []
        )
        lines = [
            (f"{world.first} complaints received", "received"),
            ("of which upheld", "upheld"),
            ("of which partly upheld", "partly"),
        ]
        for label, measure in lines:
            cells = [
                self.count(getattr(c, measure), measure, world.first, p)
                for c, p in zip(series, world.periods, strict=True)
            ]
            grid.rows.append([Cell(label), *cells])
        for label, counts in (("Compliments", world.compliments), ("Enquiries", world.enquiries)):
            cells = [self.count(v, label.lower(), "all", p) for v, p in zip(counts, world.periods, strict=True)]
            grid.rows.append([Cell(label), *cells])
        days = [
            Cell(f"{mean / 10:.1f}", "other", mean, facts=fact("days", world.first, p))
            for (mean, _), p in zip(world.days, world.periods, strict=True)
        ]
        grid.rows.append([Cell("Average working days to respond"), *days])
        grid.period_heads = [(0, column) for column in range(1, len(heads))]
        return grid

    def all_kinds(self) -> dict[str, Callable[[], Grid]]:
        """Every table that can be drawn."""
        return {
            "services": self.services,
            "themes": self.themes,
            "methods": self.methods,
            "outcomes": self.outcomes,
            "timeliness": self.timeliness,
            "activity": self.activity,
        }
