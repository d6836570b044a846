"""Mistakes put into a table: each spoils one thing, and says which, and what it should be."""

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from tests.support.published.context import swapped
from tests.support.published.grids import Cell, Grid, share_value
from tests.support.published.model import Mistake, Place, Truth
from tests.support.published.periods import PeriodStyle
from tests.support.published.style import ReportStyle
from tests.support.published.world import World

Spoiler = Callable[[Grid, int, "Hand"], Truth | None]


class Hand:
    """Who makes the mistake: a source of chance, the report's way of writing, and its world."""

    def __init__(self, choose: random.Random, style: ReportStyle, world: World) -> None:
        self.choose, self.style, self.world = choose, style, world

    @property
    def periods(self) -> PeriodStyle:
        """How periods are written."""
        return self.style.periods


def _retext(cell: Cell, value: int, style: ReportStyle) -> None:
    cell.text = style.cell(value)


def total_off(grid: Grid, number: int, hand: Hand) -> Truth | None:
    """A total that is not the sum."""
    totals = grid.cells("total")
    if not totals:
        return None
    where = hand.choose.choice(totals)
    cell = grid.at(where)
    if cell.value < 3:
        return None
    wrong = cell.value + hand.choose.choice((-2, -1, 1, 2, 3, 9, 10))
    if wrong < 1:
        return None
    _retext(cell, wrong, hand.style)
    others = [total for total in grid.cells("total") if total != where and (where in grid.at(total).parts)]
    return Truth(
        "total", grid.place(number, where), facts=cell.facts, also=tuple(grid.place(number, o) for o in others)
    ).wrong(Mistake.NOT_ADDING_UP, str(cell.value))


def _spoilt_count(grid: Grid, number: int, where: tuple[int, int], wrong: int, mistake: Mistake, hand: Hand) -> Truth:
    cell = grid.at(where)
    totals = grid.total_of(where)
    truth = Truth(
        "count",
        grid.place(number, where),
        facts=cell.facts,
        also=(*(grid.place(number, total) for total in totals), Place(table=number, row=where[0])),
    )
    totals_right = tuple(str(grid.at(total).value) for total in totals)
    spoilt_sums = tuple(str(grid.at(total).value - cell.value + wrong) for total in totals)
    _retext(cell, wrong, hand.style)
    return truth.wrong(mistake, str(cell.value), *totals_right, *spoilt_sums)


def _added_counts(grid: Grid) -> list[tuple[int, int]]:
    return [where for where in grid.added_up if grid.at(where).role == "count"]


def digits_swapped(grid: Grid, number: int, hand: Hand) -> Truth | None:
    """A count with its digits the wrong way round, which a total betrays."""
    places = [w for w in _added_counts(grid) if swapped(grid.at(w).value)]
    if not places:
        return None
    where = hand.choose.choice(places)
    wrong = swapped(grid.at(where).value)
    assert wrong is not None
    return _spoilt_count(grid, number, where, wrong, Mistake.SWAPPED, hand)


def neighbour_copied(grid: Grid, number: int, hand: Hand) -> Truth | None:
    """A count copied from the row above, which a total betrays."""
    places = [
        (r, c)
        for r, c in _added_counts(grid)
        if r and grid.rows[r - 1][c].role == "count" and grid.rows[r - 1][c].value != grid.rows[r][c].value
    ]
    if not places:
        return None
    where = hand.choose.choice(places)
    return _spoilt_count(grid, number, where, grid.rows[where[0] - 1][where[1]].value, Mistake.COPIED, hand)


def _spoilt_share(grid: Grid, number: int, where: tuple[int, int], text: str, mistake: Mistake) -> Truth | None:
    cell = grid.at(where)
    plain = cell.text.split("(")[-1].rstrip(")")
    if text == plain:
        return None
    cell.text = cell.text.replace(plain, text)
    return Truth("percentage", grid.place(number, where), facts=cell.facts).wrong(mistake, plain)


def share_cut(grid: Grid, number: int, hand: Hand) -> Truth | None:
    """A percentage cut off instead of rounded."""
    places = [
        w
        for w in grid.cells("share")
        if hand.style.cut(share_value(grid.at(w))) != hand.style.percentage(share_value(grid.at(w)))
    ]
    if not places:
        return None
    where = hand.choose.choice(places)
    return _spoilt_share(grid, number, where, hand.style.cut(share_value(grid.at(where))), Mistake.CUT_OFF)


def share_of_wrong_base(grid: Grid, number: int, hand: Hand) -> Truth | None:
    """A percentage of something else in the row."""
    places = [
        (where, base)
        for where in grid.cells("share")
        for base in grid.at(where).other_bases
        if base >= grid.at(where).value > 0
        and abs(Fraction(100 * grid.at(where).value, base) - share_value(grid.at(where))) > 3
    ]
    if not places:
        return None
    where, base = hand.choose.choice(places)
    return _spoilt_share(grid, number, where, hand.style.share(grid.at(where).value, base), Mistake.WRONG_BASE)


def share_impossible(grid: Grid, number: int, hand: Hand) -> Truth | None:
    """A percentage that no count of its base gives; the count itself is not shown."""
    if hand.style.decimals or grid.topic != "services":
        return None
    places = []
    for where in grid.cells("share"):
        cell = grid.at(where)
        shown = {other.value for other in grid.rows[where[0]] if other.role == "count"}
        if cell.value in shown or "(" in cell.text or not 2 < cell.whole < 30:
            continue
        possible = {hand.style.share(n, cell.whole) for n in range(cell.whole + 1)}
        near = [
            n
            for n in range(3, 98)
            if f"{n}%" not in possible and f"{n - 1}%" not in possible and f"{n + 1}%" not in possible
        ]
        if near:
            places.append((where, f"{hand.choose.choice(near)}%"))
    if not places:
        return None
    where, text = hand.choose.choice(places)
    return _spoilt_share(grid, number, where, text, Mistake.IMPOSSIBLE)


def part_larger(grid: Grid, number: int, hand: Hand) -> Truth | None:
    """More upheld, or in time, than received."""
    if grid.topic != "services":
        return None
    parts = [
        (r, c)
        for r, c in grid.cells("count")
        if c > 1 and grid.rows[r][1].role == "count" and grid.rows[r][c].role == "count" and grid.rows[r][1].value
    ]
    if not parts:
        return None
    where = hand.choose.choice(parts)
    cell, whole = grid.at(where), grid.rows[where[0]][1].value
    return _spoilt_count(
        grid, number, where, whole + hand.choose.randrange(1, 4) + cell.value // 9, Mistake.LARGER_THAN_WHOLE, hand
    )


def period_repeated(grid: Grid, number: int, hand: Hand) -> Truth | None:
    """A head that names the period of the column before once more."""
    if len(grid.period_heads) < 3:
        return None
    index = hand.choose.randrange(1, len(grid.period_heads))
    line, column = grid.period_heads[index]
    right = grid.heads[line][column]
    grid.heads[line][column] = grid.heads[line][grid.period_heads[index - 1][1]]
    facts = frozenset(f for row in grid.rows for cell in row for f in cell.facts)
    place = Place(table=number)
    return Truth("series", place, facts=facts).wrong(Mistake.REPEATED_PERIOD, right)


def title_of_wrong_period(grid: Grid, number: int, hand: Hand) -> Truth | None:
    """A caption that names another year than the numbers are of."""
    world = hand.world
    now = hand.periods.in_head(world.now)
    earlier = world.now.back(4 if world.quarterly else 1)
    if now not in grid.title or earlier not in world.periods:
        return None
    was = world.stages[world.first][world.periods.index(earlier)].received
    if was == world.stages[world.first][-1].received:
        return None  # nobody could tell
    other = hand.periods.in_head(earlier)
    grid.title = grid.title.replace(now, other)
    facts = frozenset(f for row in grid.rows for cell in row for f in cell.facts)
    return Truth("period", Place(sentence=grid.title), facts=facts, also=(Place(table=number),)).wrong(
        Mistake.WRONG_YEAR, now
    )


SPOILERS: dict[Mistake, Spoiler] = {
    Mistake.NOT_ADDING_UP: total_off,
    Mistake.SWAPPED: digits_swapped,
    Mistake.COPIED: neighbour_copied,
    Mistake.CUT_OFF: share_cut,
    Mistake.WRONG_BASE: share_of_wrong_base,
    Mistake.IMPOSSIBLE: share_impossible,
    Mistake.LARGER_THAN_WHOLE: part_larger,
    Mistake.REPEATED_PERIOD: period_repeated,
    Mistake.WRONG_YEAR: title_of_wrong_period,
}


def without_period(world: World, choose: random.Random) -> tuple[World, str] | None:
    """The world as a report shows it that leaves a period out of its series; and which (its key)."""
    if len(world.periods) < 4:
        return None
    gap = choose.randrange(1, len(world.periods) - 2)

    def kept(series: tuple) -> tuple:  # type: ignore[type-arg]
        return series[:gap] + series[gap + 1 :]

    shown = replace(
        world,
        periods=kept(world.periods),
        stages={name: kept(series) for name, series in world.stages.items()},
        compliments=kept(world.compliments),
        enquiries=kept(world.enquiries),
        days=kept(world.days),
    )
    return shown, world.periods[gap].key
