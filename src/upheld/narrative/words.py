"""Numbers into words that name their figure: counts with their noun, rates with their base, changes with their size."""

from upheld.figures.model import Amount, Change, FigureValue, Kind, shown_amount
from upheld.narrative.report import Cell, Inline, Number, Role, Runs

# Percentages of fewer than ten say more than is known: the two counts are given instead.
SMALLEST_BASE = 10
SMALLEST_BASE_IN_WORDS = "ten"

NO_DATA = "no data"


def count(value: FigureValue, *, zero: str = "0") -> Inline:
    """A count. `zero` is the word for none in this place."""
    if value.numerator is None:
        return NO_DATA
    shown = zero if value.numerator == 0 else shown_amount(value.numerator)
    return Number(shown, _plain(value.numerator), value, Role.VALUE)


def numerator(value: FigureValue) -> Inline:
    """The upper count of a rate."""
    if value.numerator is None:
        return NO_DATA
    return Number(shown_amount(value.numerator), _plain(value.numerator), value, Role.NUMERATOR)


def denominator(value: FigureValue) -> Inline:
    """The base of a rate."""
    if value.denominator is None:
        return NO_DATA
    return Number(shown_amount(value.denominator), _plain(value.denominator), value, Role.DENOMINATOR)


def _plain(number: Amount) -> int | float:
    """A count as a plain number; what is apportioned keeps its exact fraction in its figure."""
    return number if isinstance(number, int) else float(number)


def percent(value: FigureValue) -> Inline:
    """A rate in whole per cent, whatever its base."""
    whole = value.percent
    return NO_DATA if whole is None else Number(f"{whole}%", whole, value, Role.VALUE)


def share(value: FigureValue) -> Runs:
    """A rate with its base: "7 of 51 (14%)"; without the per cent where the base is small."""
    if value.missing:
        return ("none to count" if value.numerator is not None else NO_DATA,)
    runs: Runs = (numerator(value), " of ", denominator(value))
    if value.denominator is not None and value.denominator >= SMALLEST_BASE:
        runs += (" (", percent(value), ")")
    return runs


def out_of(value: FigureValue, what: str, *, zero: str = "none") -> Runs:
    """A rate that begins a sentence: "Of the 51 decided, 7 (14%)"; a base of one is "The one decided"."""
    if value.missing:
        return ()
    if value.denominator == 1:
        return ("The ", Number("one", 1, value, Role.DENOMINATOR), f" {what}")
    upper: Inline = Number(zero, 0, value, Role.NUMERATOR) if value.numerator == 0 else numerator(value)
    runs: Runs = ("Of the ", denominator(value), f" {what}, ", upper)
    if value.denominator is not None and value.denominator >= SMALLEST_BASE:
        runs += (" (", percent(value), ")")
    return runs


def was(value: FigureValue) -> str:
    """The verb that follows `out_of`: one was, none was, several were; the one was, or was not."""
    if value.denominator == 1:
        return " was" if value.numerator == 1 else " was not"
    return " was" if value.numerator in (0, 1) else " were"


def plural(value: FigureValue, one: str, many: str) -> str:
    """The noun that goes with a count."""
    return one if value.numerator == 1 else many


def difference(change: Change, *, fewer: str = "fewer", more: str = "more") -> Runs:
    """The change of a count: "11 more", "1 fewer", "as many"; empty where one of the two is missing."""
    by = change.whole_difference
    if by is None:
        return ()
    if by == 0:
        return ("as many",)
    return (Number(f"{abs(by):,}", by, change.now, Role.CHANGE, change.before), f" {more if by > 0 else fewer}")


def growth(change: Change) -> Runs:
    """The change of a count in per cent: "up 28%", "down 4%"; empty where the base is under ten or nothing changed."""
    by = change.percent
    if not by or change.before.numerator is None or change.before.numerator < SMALLEST_BASE:
        return ()
    return (
        "up " if by > 0 else "down ",
        Number(f"{abs(by)}%", by, change.now, Role.CHANGE_PERCENT, change.before),
    )


def points(change: Change) -> Runs:
    """The change of a rate in percentage points: "up 18 percentage points"; empty where a base is small or missing."""
    by = change.whole_difference
    bases = (change.now.denominator, change.before.denominator)
    if by is None or change.now.kind is not Kind.RATE or any(base is None or base < SMALLEST_BASE for base in bases):
        return ()
    if by == 0:
        return ("unchanged to the nearest percentage point",)
    unit = "percentage point" if abs(by) == 1 else "percentage points"
    return (
        "up " if by > 0 else "down ",
        Number(f"{abs(by)}", by, change.now, Role.CHANGE, change.before),
        f" {unit}",
    )


def cell(content: Inline) -> Cell:
    """A table's cell with one number or word."""
    return Cell((content,))


def joined(*parts: Runs | str) -> Runs:
    """Runs and texts put together, empty ones left out."""
    runs: Runs = ()
    for part in parts:
        runs += (part,) if isinstance(part, str) else part
    return tuple(run for run in runs if run != "")


def trimmed(runs: Runs) -> Runs:
    """Runs without white space at their end, where a sentence was to follow and none did."""
    while runs and isinstance(runs[-1], str):
        last = runs[-1].rstrip()
        if last == runs[-1]:
            break
        runs = (*runs[:-1], last) if last else runs[:-1]
    return runs


def listed(names: list[str]) -> str:
    """Names as a list in a sentence: "A, B and C"."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
