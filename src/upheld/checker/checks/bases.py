"""Bases of percentages in one table against the numbers received in another."""

import re
from collections.abc import Iterator
from fractions import Fraction

from upheld.checker.answer import Said, number, wrong
from upheld.checker.binding import Ask, Fact, Index
from upheld.checker.model import Claim, Kind, Place
from upheld.checker.tables.model import Axis, Table

_RECEIVED = re.compile(r"\b(?:of|out of)\s+(?:the\s+|all\s+)?(?:\w+\s+)?(?:complaints\s+)?received\b", re.IGNORECASE)
_CARRIED = re.compile(
    r"\bcarried (?:over|forward)|\bbrought forward|\bprevious (?:year|quarter)|\bopen at the (?:start|beginning)",
    re.IGNORECASE,
)


def check_bases(table: Table, index: Index) -> Iterator[Claim]:
    """Cells such as "50% (1/2)" whose base is more than was received, or is said to be received and is not."""
    around = f"{table.caption} {table.notes}"
    if _CARRIED.search(around):
        return
    others: list[tuple[str, Fraction, Fact]] = []
    for r, row in enumerate(table.rows):
        for c, column in enumerate(table.columns):
            base = table.cells[r][c].base
            fact = _received(table, row, column, index) if base is not None else None
            if base is None or fact is None or base == fact.value:
                continue
            others.append((f"{row.name}, {column.name}", base, fact))
            if base > fact.value:
                cell = table.cells[r][c].text
                said = Said(table.place_of(r, c), f"{row.name} / {column.name}: {cell}", Kind.PART, cell)
                yield wrong(
                    said,
                    f"Its base is {number(base)}; table {fact.place.table} says that {number(fact.value)} were "
                    f"received.",
                    f"at most {number(fact.value)}",
                    (base, fact.value),
                    cause="another cohort: what was closed is not what was received",
                )
    told = _RECEIVED.search(around)
    less = [other for other in others if other[1] < other[2].value]
    if told is None or not less:
        return
    sentence = next((part for part in re.split(r"(?<=[.!?])\s+", around) if _RECEIVED.search(part)), told[0])
    shown = "; ".join(f"{name}: {number(base)} and not {number(fact.value)}" for name, base, fact in less)
    place = Place(table.place.block, table.place.page, table.place.section, table.number)
    yield wrong(
        Said(place, sentence, Kind.PART, ", ".join(number(base) for _, base, _ in less)),
        f"The bases in the table are not what table {less[0][2].place.table} says was received ({shown}).",
        ", ".join(number(fact.value) for _, _, fact in less),
        [value for _, base, fact in less for value in (base, fact.value)],
        cause="another cohort: what was closed is not what was received",
    )


def _received(table: Table, row: Axis, column: Axis, index: Index) -> Fact | None:
    """What another table says was received, of the same row and column."""
    said = row.facets.over(column.facets)
    period = said.period or table.about.period or index.now
    ask = Ask("received", said.stages or table.about.stages, None, said.routes, period, said.words)
    fact = index.value(ask)
    same = fact is not None and fact.place.table != table.number and fact.words == said.words
    return fact if same else None
