"""Corrections in words: what was recorded, what stands instead, and what that moves."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from upheld.cases.actions.writing import CorrectedCase
from upheld.cases.presenters.words import place_words
from upheld.facts import Effect, MovedColumn
from upheld.procedure import Standing, load_pack
from upheld.register.events import PACK

Labels = Mapping[tuple[str, str], str]

MOST_LINES = 20  # of corrections, and of what they move

# The columns that a person asks about. The others follow from them, or are told by the corrected cell itself.
_COLUMNS: Mapping[str, str] = {
    "received_on": "received",
    "due_in_force_on": "due",
    "longest_due_on": "due at the latest",
    "panel_due_on": "panel due",
    "panel_report_due_on": "panel's report due",
    "extension": "extension",
    "answered_on": "answered",
    "withdrawn_on": "withdrawn",
    "working_days": "working days taken",
    "outcome": "outcome",
    "team": "team",
    "service": "service",
}


def corrected_lines(corrected: Sequence[CorrectedCase], labels: Labels) -> list[str]:
    """What a register corrected: cell by cell, then what moved case by case, both no longer than anybody reads."""
    if not corrected:
        return []
    cells = list(dict.fromkeys(_cells(corrected)))
    moves = [
        line
        for case in corrected
        if case.moved is not None
        for line in effect_lines(case.reference, case.moved, labels)
    ]
    count = "1 case" if len(corrected) == 1 else f"{len(corrected):,} cases"
    lines = [f"Corrected in {count}, where the register says something else than before:", *_some(cells, "cells")]
    return lines + (["What that moves:", *_some(moves, "dates and words")] if moves else [])


def effect_lines(reference: str, moved: Effect, labels: Labels) -> list[str]:
    """What a correction of one case moves, a line for each stage and point."""
    said: dict[str, list[str]] = {}
    for column in moved.columns:
        if words := _moved_words(column, labels):
            said.setdefault(_place(column, labels), []).append(words)
    for limit in moved.standings:
        place = place_words(limit.stage, limit.occurrence, labels) if limit.stage else ""
        if limit.before is not limit.after and Standing.MISSED in (limit.before, limit.after):
            now = "is now missed" if limit.after is Standing.MISSED else "is no longer missed"
            said.setdefault(place, []).append(f"the limit “{_clocks(limit.clock)}” {now}")
    return [f"{reference}{f', {place}' if place else ''}: {'; '.join(words)}" for place, words in said.items()]


def _clocks(clock: str) -> str:
    return next((rule.label for rule in load_pack(PACK).clocks if rule.id == clock), clock)


def _cells(corrected: Sequence[CorrectedCase]) -> Iterator[str]:
    for case in corrected:
        for correction in case.corrections:
            for change in correction.changes:
                before = f"“{change.before}”" if change.before else "nothing"
                after = f"“{change.after}”" if change.after else "nothing"
                by_hand = " (recorded by hand)" if correction.by_hand else ""
                yield f"row {change.row}, {change.column}: {before} is now {after}{by_hand}"


def _some(lines: Sequence[str], what: str) -> list[str]:
    more = len(lines) - MOST_LINES
    shown = [f"  {line}" for line in lines[:MOST_LINES]]
    return [*shown, f"  … and {more:,} more {what}"] if more > 0 else shown


def _place(column: MovedColumn, labels: Labels) -> str:
    stage = place_words(column.stage, column.occurrence, labels)
    return stage if column.point is None else f"{stage}, point {column.point}"


def _moved_words(column: MovedColumn, labels: Labels) -> str:
    if not column.column:
        return "is counted now" if column.after else "is no longer counted"
    name = {"finding": "finding", "point_theme": "theme"}.get(column.column, _COLUMNS.get(column.column))
    if name is None:
        return ""
    return f"{name} {_value(column, column.before, labels)} → {_value(column, column.after, labels)}"


def _value(column: MovedColumn, value: str | int | bool | date | None, labels: Labels) -> str:
    if value is None:
        return "nothing"
    dimension = {"point_theme": "theme"}.get(column.column, column.column)
    return labels.get((dimension, str(value)), str(value))
