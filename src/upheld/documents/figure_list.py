"""Every number that a report states, as a list for machines: what is shown, and the figure and counts behind it."""

import csv
import io
import json
import re
from collections.abc import Iterator
from fractions import Fraction

from upheld.narrative.report import Number, Report

FIGURES_NAMESPACE = "urn:upheld:figures:1"  # of what documents keep beside their numbers

COLUMNS = ("id", "figure", "period", "by", "role", "since", "text", "value", "numerator", "denominator")

_NUMERIC = re.compile(r"[+\-−]?\d[\d,]*(\.\d+)?%?\Z")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def entry(number: Number) -> dict[str, object]:
    """One number: id, figure, period, group, role, earlier period (of a change), text, value and both counts."""
    ref = number.source.ref
    return {
        "id": number.id,
        "figure": ref.figure,
        "period": ref.period.label,
        "by": ref.groups,
        "role": str(number.role),
        "since": number.since.ref.period.label if number.since else None,
        "text": number.text,
        "value": number.value,
        "numerator": _count(number.source.numerator),
        "denominator": _count(number.source.denominator),
    }


def _count(count: int | Fraction | None) -> int | str | None:
    """A count; an apportioned one as the exact fraction, "36/5"."""
    return str(count) if isinstance(count, Fraction) else count


def entries(report: Report) -> Iterator[dict[str, object]]:
    """Every number in reading order, as often as the report states it."""
    return (entry(number) for number in report.numbers())


def as_json(report: Report) -> bytes:
    """The list as JSON: an array of objects, one on each line."""
    lines = (json.dumps(item, ensure_ascii=False) for item in entries(report))
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def as_csv(report: Report) -> bytes:
    """The list as CSV (UTF-8 with a byte order mark, as Excel expects it)."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for item in entries(report):
        by = item["by"]
        groups = "&".join(f"{k}={v}" for k, v in by.items()) if isinstance(by, dict) else ""
        row = {**item, "by": groups}
        writer.writerow({name: _safe(row[name]) for name in COLUMNS})
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _safe(value: object) -> object:
    """Keep a spreadsheet from reading a text as a formula: such a text gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_FORMULA) and not _NUMERIC.match(value):
        return "'" + value
    return value
