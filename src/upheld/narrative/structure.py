"""A report in the structure of a chosen day: a note under its tables by team, and how each team was placed."""

from upheld.figures.crosswalk import UNPLACED
from upheld.figures.model import FigureSet
from upheld.figures.placing import APPORTIONED, days_in_words, said_day, where_in_words
from upheld.narrative.report import Align, Block, Cell, Paragraph, Row, Runs, Table, Tone

STRUCTURE_TITLE = "How teams were placed"
PLACED_ID = "table-placed"


def structure_notes(figures: FigureSet) -> tuple[Runs, ...]:
    """Notes under a table by team; none where each case stands under the team of its own day."""
    placed = figures.crosswalk
    if placed is None:
        return ()
    notes: list[Runs] = [(f"Teams are those of {said_day(placed.on)}, whatever the day of each complaint.",)]
    if any(value.apportioned for value in figures):
        notes.append((APPORTIONED,))
    if any(value.numerator and (_TEAM in value.ref.by) for value in figures):
        reasons = sorted({line.reason for line in placed.lines if line.reason})
        notes.append((f"Cannot be placed: {'; '.join(reasons)}.",))
    return tuple(notes)


_TEAM = ("team", UNPLACED)


def structure_blocks(figures: FigureSet) -> tuple[Block, ...]:
    """Which teams of other days are in the figures, and where their complaints were placed."""
    placed = figures.crosswalk
    if placed is None:
        return ()
    opening = Paragraph(
        (
            f"This report shows services and teams as they were on {said_day(placed.on)}. What is not listed here was "
            "the same team on the day of the complaint. Totals are the same in every structure.",
        ),
        Tone.NOTE,
    )
    if not placed.lines:
        return (opening,)
    table = Table(
        id=PLACED_ID,
        caption=f"Teams of other days, in the structure of {said_day(placed.on)}",
        head=((Cell(("Team",), header=True), Cell(("Days",), header=True), Cell(("Placed",), header=True)),),
        rows=tuple(
            Row(
                (
                    Cell((line.name,), header=True),
                    Cell((_begun(days_in_words(line).strip() or "always"),)),
                    Cell((_begun(where_in_words(placed, line)),)),
                )
            )
            for line in placed.lines
        ),
        align=(Align.START, Align.START, Align.START),
    )
    return opening, table


def _begun(words: str) -> str:
    """Words as a cell begins: names in them keep their letters."""
    return words[:1].upper() + words[1:]
