"""Figure values as JSON, CSV and text: the same values in each, counts as whole numbers."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from upheld.figures.declare import Cohort
from upheld.figures.definitions import CATALOGUE
from upheld.figures.model import Amount, Change, FigureSet, FigureValue, Kind, shown_amount
from upheld.figures.period import Quarter
from upheld.figures.placing import as_crosswalk, crosswalk_records

# Groups that are written by their code, as the law names them; all others by what people call them.
_BY_CODE = frozenset({"stage", "procedure"})


def records(figures: FigureSet, dimensions: Sequence[str]) -> list[dict[str, object]]:
    """One record for each value; `by` holds only the dimensions asked for, not the filters."""
    return [
        {
            "figure": value.ref.figure,
            "period": value.ref.period.label,
            "by": {d: _group(figures, d, code) for d, code in value.ref.by if d in dimensions},
            "value": _exact(value.value),
            "numerator": _exact(value.numerator),
            "denominator": _exact(value.denominator),
            **({"apportioned": value.apportioned} if figures.crosswalk is not None else {}),
        }
        for value in figures
    ]


def as_json(figures: FigureSet, dimensions: Sequence[str]) -> str:
    """A JSON list, one value a line. In the structure of a chosen day, an object with the crosswalk and that list."""
    listed = _listed(records(figures, dimensions))
    if figures.crosswalk is None:
        return f"{listed}\n"
    day = figures.crosswalk.on.isoformat()
    return f'{{"structure_of": "{day}",\n"crosswalk": {_listed(crosswalk_records(figures))},\n"figures": {listed}}}\n'


def _listed(entries: Iterable[Mapping[str, object]]) -> str:
    return "[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries) + "\n]"


def as_csv(figures: FigureSet, dimensions: Sequence[str]) -> str:
    """CSV with a column for each dimension; a missing value is empty.

    In the structure of a chosen day each row names the day and says whether its counts are apportioned; the crosswalk
    does not fit into one table with them, and is in the other formats.
    """
    placed = figures.crosswalk
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    more = () if placed is None else ("structure_of", "apportioned")
    writer.writerow(("figure", "period", *dimensions, "value", "numerator", "denominator", *more))
    for record in records(figures, dimensions):
        by = record["by"]
        groups = [_safe(str(by.get(d, ""))) for d in dimensions] if isinstance(by, dict) else []
        numbers = [record[h] for h in ("value", "numerator", "denominator")]
        said = [] if placed is None else [placed.on.isoformat(), "yes" if record["apportioned"] else "no"]
        writer.writerow((record["figure"], record["period"], *groups, *numbers, *said))
    return buffer.getvalue()


def as_table(figures: FigureSet, dimensions: Sequence[str]) -> str:
    """Text for a terminal: figures and groups down, periods across."""
    periods = sorted({value.ref.period for value in figures})
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for value in figures:
        groups = tuple(figures.label(d, code) for d, code in value.ref.by if d in dimensions)
        label = CATALOGUE.figure(value.ref.figure).label
        rows.setdefault((label, *groups), {})[value.ref.period.label] = _shown(value)
    heads = ["Figure", *(CATALOGUE.dimension(d).label for d in dimensions)]
    lines = [[*heads, *(p.label for p in periods)]]
    lines += [[*key, *(cells.get(p.label, "") for p in periods)] for key, cells in rows.items()]
    return _aligned(lines, len(heads)) + as_crosswalk(figures)


def as_comparison(figures: FigureSet, dimensions: Sequence[str], quarter: Quarter) -> str:
    """Text for a terminal: each value beside that of the quarter before and of the same quarter a year before."""
    earlier = (quarter.previous, quarter.same_of_last_year)
    heads = ["Figure", *(CATALOGUE.dimension(d).label for d in dimensions)]
    lines = [[*heads, quarter.label, *(text for q in earlier for text in (q.label, "Change"))]]
    for value in figures:
        if value.ref.period != quarter:
            continue
        label = CATALOGUE.figure(value.ref.figure).label
        groups = [figures.label(d, code) for d, code in value.ref.by if d in dimensions]
        cells = [_shown(value)]
        for before in earlier:
            change = figures.change(value.ref.figure, quarter, before, **dict(value.ref.by))
            cells += [_shown(change.before), _shown_change(change)]
        lines.append([label, *groups, *cells])
    return _aligned(lines, len(heads)) + as_crosswalk(figures)


def as_definitions() -> str:
    """Every figure: its id, its label, of which cohort, and its definition in words."""
    cohorts = {
        Cohort.RECEIVED: "received in the period",
        Cohort.ANSWERED: "answered in the period",
        Cohort.STOCK: "at the end of the period",
    }
    blocks = []
    for figure in CATALOGUE.figures.values():
        made_of = (
            f"\n  {figure.numerator} ÷ {figure.denominator}, in whole per cent, halves up" if figure.numerator else ""
        )
        blocks.append(f"{figure.id}: {figure.label} ({cohorts[figure.cohort]}){made_of}\n  {figure.definition}")
    dimensions = "\n".join(f"  {d.id}: {d.label}" for d in CATALOGUE.dimensions.values())
    return "\n\n".join(blocks) + f"\n\nBreakdowns (--by):\n{dimensions}\n"


def _exact(number: Amount | None) -> int | str | None:
    """A count; an apportioned one as the exact fraction, "36/5"."""
    return str(number) if isinstance(number, Fraction) else number


def _group(figures: FigureSet, dimension: str, code: str) -> str:
    return code if dimension in _BY_CODE else figures.label(dimension, code)


def _shown(value: FigureValue) -> str:
    if value.kind is Kind.RATE and value.apportioned:
        counts = (shown_amount(n) for n in (value.numerator, value.denominator) if n is not None)
        return f"– ({'/'.join(counts)})"
    if value.missing or value.numerator is None:
        return "no data" if value.numerator is None else "–"
    if value.kind is Kind.RATE:
        return f"{value.percent}% ({value.numerator}/{value.denominator})"
    return shown_amount(value.numerator)


def _shown_change(change: Change) -> str:
    """ "+11 (+28%)" for a count, "+18 points" for a rate; a dash where one of the two is missing."""
    by = change.whole_difference
    if by is None:
        return "–"
    if change.now.kind is Kind.RATE:
        return f"{by:+d} {'point' if abs(by) == 1 else 'points'}"
    return f"{by:+d}" + (f" ({change.percent:+d}%)" if change.percent is not None and by else "")


def _aligned(lines: Iterable[Sequence[str]], left: int) -> str:
    table = list(lines)
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    return "".join(
        "  ".join(
            c.ljust(w) if i < left else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in table
    )


def _safe(text: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return "'" + text if text[:1] in "=+-@\t\r" else text
