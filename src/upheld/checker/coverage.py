"""How much of a report was looked at: its numbers, those that are bound to something, and those that were checked."""

from collections.abc import Sequence

from upheld.checker.claims.sentences import Sentence
from upheld.checker.model import Claim, Coverage, Place, Verdict
from upheld.checker.numbers import Unit
from upheld.checker.tables.model import Table


def covered(tables: Sequence[Table], sentences: Sequence[Sentence], claims: Sequence[Claim]) -> Coverage:
    """Counts of numbers. A number in a table is bound by its row and its column; one in a sentence by its claim."""
    judged: set[tuple[Place, int]] = set()
    known: set[tuple[Place, int]] = set()
    checked_cells: set[Place] = set()
    for claim in claims:
        if claim.bound:
            known |= set(claim.numbers)
        if claim.verdict is not Verdict.CANNOT_TELL:
            judged |= set(claim.numbers)
            if claim.place.table is not None:
                checked_cells.add(claim.place)
    numbers = bound = checked = others = 0
    for table in tables:
        for r, row in enumerate(table.cells):
            for c, cell in enumerate(row):
                if cell.has_number:
                    place = table.place_of(r, c)
                    numbers += 1
                    bound += bool(table.rows[r].name and table.columns[c].name)
                    checked += place in checked_cells
    for sentence in sentences:
        for quantity in sentence.quantities:
            if quantity.unit in (Unit.OTHER, Unit.MONEY):
                others += 1
                continue
            numbers += 1
            at = (sentence.place, sentence.offset + quantity.start)
            bound += at in known
            checked += at in judged
    return Coverage(numbers, bound, checked, others, len(tables), len(claims))
