"""A report and the one before it, between which a number has changed: with a note that says so, or without."""

import random
from dataclasses import replace

from tests.support.published.generate import generate
from tests.support.published.model import Heading, Mistake, Paragraph, Place, Published, Table, Truth
from tests.support.published.style import draw_style
from tests.support.published.world import World, make_world

_NOTES = (
    "The figures for {period} have been restated since the last report.",
    "{period}: figures revised after two complaints were reclassified.",
    "Note: some figures for {period} have been amended since they were last published.",
)


def restated(seed: int, *, noted: bool = False) -> Published | None:
    """The report of this seed with its forerunner; None where its first table is not of stages by period."""
    report = generate(seed, mistakes=0)
    first = random.Random(seed)
    world = make_world(first)
    style = draw_style(first, quarterly=world.quarterly)
    table = report.tables[0]
    heads = tuple(style.periods.in_head(period) for period in world.periods)
    if table.heads[0][1:] != heads or len(heads) < 3:
        return None
    choose = random.Random(f"restated {seed}")
    row, column = choose.randrange(len(world.stages)), choose.randrange(1, len(heads) - 1)
    name = list(world.stages)[row]
    now = world.stages[name][column - 1].received
    before = now + choose.choice((-3, -2, -1, 1, 2, 4, 7))
    if before < 0:
        return None
    earlier = _as_it_was(table, style.cell(before), row, column, before - now)
    title = f"Complaints report {style.periods.in_prose(world.periods[-2])}"
    previous = Published(
        f"{report.name}-before",
        (Heading(title, 1), Paragraph("This report is about the complaints received."), Heading("Volumes"), earlier),
        (),
    )
    blocks, truths = report.blocks, report.truths
    if noted:
        note = choose.choice(_NOTES).format(period=heads[column - 1])
        blocks = tuple(replace(block, note=note) if block is table else block for block in blocks)
    else:
        fact = f"received|{name}|{world.periods[column - 1].key}"
        # Wherever the number stands, and in whatever it is part of, the restatement shows.
        also = tuple(truth.place for truth in truths if fact in truth.facts) + _elsewhere(
            report, world, heads[column - 1]
        )
        truth = Truth("count", Place(table=0, row=row, column=column), facts=frozenset({fact}), also=also)
        truths = (*truths, truth.wrong(Mistake.RESTATED, str(before)))
    return replace(report, blocks=blocks, truths=truths, previous=previous)


def _as_it_was(table: Table, text: str, row: int, column: int, more: int) -> Table:
    """The table without its newest period, and with this cell as it was then; a row of totals goes with it."""
    rows = [list(line[:-1]) for line in table.rows]
    rows[row][column] = text
    if len(rows) > row + 1 and (rows[-1][0] == "" or "otal" in rows[-1][0].lower() or rows[-1][0] == "All"):
        total = int(rows[-1][column].replace(",", "").strip("-–Nil") or 0) + more
        rows[-1][column] = f"{total:,}" if "," in table.rows[-1][column] else str(total)
    return replace(table, heads=(table.heads[0][:-1],), rows=tuple(tuple(line) for line in rows))


def _elsewhere(report: Published, world: World, head: str) -> tuple[Place, ...]:
    """The same number in other tables: in the column, or the row, of its period."""
    places = []
    for number, table in enumerate(report.tables[1:], start=1):
        columns = [c for c, text in enumerate(table.heads[-1]) if text == head]
        places += [Place(table=number, row=r, column=c) for c in columns for r in range(len(table.rows))]
        places += [Place(table=number, row=r) for r, line in enumerate(table.rows) if line[0] == head]
    return tuple(places)
