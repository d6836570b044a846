"""A crosswalk in words: how each team of its own day was placed in the structure of the chosen one."""

from datetime import date
from fractions import Fraction

from upheld.figures.crosswalk import UNPLACED, Crosswalk, Line
from upheld.figures.model import FigureSet


def crosswalk_records(figures: FigureSet) -> list[dict[str, object]]:
    """One record for each team that is not simply itself there; shares are exact fractions, as text."""
    placed = figures.crosswalk
    if placed is None:
        return []
    return [
        {
            "team": line.name,
            "from": line.begins.isoformat() if line.begins else None,
            "until": line.ends.isoformat() if line.ends else None,
            "to": [
                {"team": None if code == UNPLACED else placed.name("team", code), "share": str(share)}
                for code, share in line.parts
            ],
            "reason": line.reason,
        }
        for line in placed.lines
    ]


def as_crosswalk(figures: FigureSet) -> str:
    """For a terminal, under a table: empty where no structure was chosen."""
    placed = figures.crosswalk
    if placed is None:
        return ""
    text = f"\nIn the structure of {said_day(placed.on)}.\n"
    if placed.lines:
        text += "".join(f"  {line_in_words(placed, line)}.\n" for line in placed.lines)
    else:
        text += "  Every team of these figures was there by then, and is itself.\n"
    if any(value.apportioned for value in figures):
        text += f"{APPORTIONED}\n"
    return text


APPORTIONED = (
    "Counts that are not whole are apportioned: a recorded share of another team’s work, not counted case by case. "
    "No percentage is made of them. Totals are the same in every structure."
)


def line_in_words(placed: Crosswalk, line: Line) -> str:
    """ "CIN until 31 August 2021: all to Children in Need"."""
    return f"{line.name}{days_in_words(line)}: {where_in_words(placed, line)}"


def days_in_words(line: Line) -> str:
    """From when until when a line holds; empty where it always does."""
    begins = f" from {said_day(line.begins)}" if line.begins else ""
    return begins + (f" until {said_day(date.fromordinal(line.ends.toordinal() - 1))}" if line.ends else "")


def where_in_words(placed: Crosswalk, line: Line) -> str:
    """Where a team was placed, with its shares, and why anything could not be."""
    parts = [f"{said_share(share)} to {placed.name('team', code)}" for code, share in line.parts if code != UNPLACED]
    lost = sum((share for code, share in line.parts if code == UNPLACED), Fraction(0))
    if lost:
        parts.append("cannot be placed" if lost == 1 else f"{said_share(lost)} cannot be placed")
    return ", ".join(parts) + (f" ({line.reason})" if line.reason else "")


def said_share(share: Fraction) -> str:
    """A share of a team's work: "all", "3/5"."""
    return "all" if share == 1 else str(share)


def said_day(day: date) -> str:
    """A day as people write it."""
    return f"{day.day} {day:%B %Y}"
