"""A file of past totals: one published number a row, read whole or refused with every cell that is wrong."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from upheld.errors import UpheldError
from upheld.figures.definitions import CATALOGUE
from upheld.figures.model import Kind
from upheld.figures.past import PastTotal
from upheld.figures.period import Quarter
from upheld.files import Cell, read_sheet

HEADINGS = ("Figure", "Quarter", "Stage", "Service", "Team", "Theme", "Value", "Out of", "Source", "Page", "Note")
_GROUPS = ("stage", "service", "team", "theme")
_NEEDED = ("Figure", "Quarter", "Value", "Source")
LARGEST = 1_000_000


class BadPastTotals(UpheldError):
    """A file of past totals was not read: the text lists each place that is wrong."""


def template() -> bytes:
    """An empty file, as CSV that Excel opens."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(HEADINGS)
    return text.getvalue().encode("utf-8-sig")


def read_past_totals(path: Path, *, stages: Mapping[str, str]) -> tuple[PastTotal, ...]:
    """Every row of a CSV file or workbook. `stages` are the codes of stages with their words.

    Raises UnreadableFile, or BadPastTotals with every cell that cannot be read.
    """
    rows = read_sheet(path).rows
    heads = [_text(cell).casefold() for cell in rows[0]] if rows else []
    missing = [heading for heading in _NEEDED if heading.casefold() not in heads]
    if missing:
        raise BadPastTotals(
            f"{path.name} has no column “{missing[0]}” in its first row. “upheld figures past template” writes a file "
            "with all of them."
        )
    found: list[PastTotal] = []
    wrong: list[str] = []
    seen: dict[object, int] = {}
    for number, cells in enumerate(rows[1:], start=2):
        row = {head: _text(cell) for head, cell in zip(heads, cells, strict=False)}
        if not any(row.values()):
            continue
        try:
            each = past_total(row, stages=stages)
        except UpheldError as error:
            wrong.append(f"  row {number}: {error}")
            continue
        if each.key in seen:
            wrong.append(f"  row {number}: the same number stands in row {seen[each.key]} already.")
        seen.setdefault(each.key, number)
        found.append(each)
    if wrong:
        more = f"\n  … and {len(wrong) - 20} more." if len(wrong) > 20 else ""
        raise BadPastTotals(
            f"{path.name} was not read: something is wrong in {len(wrong)} {'row' if len(wrong) == 1 else 'rows'}.\n"
            + "\n".join(wrong[:20])
            + f"{more}\nPut these right in the file and try again; nothing was changed."
        )
    if not found:
        raise BadPastTotals(f"{path.name} has the headings of past totals but no rows under them.")
    return tuple(found)


def past_total(row: Mapping[str, str], *, stages: Mapping[str, str]) -> PastTotal:
    """One row, by headings in small letters. Raises UpheldError with what is wrong."""
    figure = CATALOGUE.figure(row.get("figure", "").strip())
    period = Quarter.parse(row.get("quarter", ""))
    value = _number(row.get("value", "").rstrip("% "), "Value")
    if value is None:
        raise BadPastTotals("Value is empty: leave the row out where nothing was published.")
    base = _number(row.get("out of", ""), "Out of")
    if figure.kind is Kind.RATE and value > 100:
        raise BadPastTotals(f"Value: {figure.label} is in per cent, so it cannot be {value}.")
    if figure.kind is Kind.COUNT and base is not None:
        raise BadPastTotals(f"Out of: {figure.label} is a count, so it is not out of anything. Leave it empty.")
    source = row.get("source", "").strip()
    if not source:
        raise BadPastTotals("Source is empty: name the document in which the number was published.")
    by = tuple((group, _group(group, row[group], stages)) for group in _GROUPS if row.get(group, "").strip())
    page, note = row.get("page", "").strip(), row.get("note", "").strip()
    return PastTotal(figure.id, period, by, value, base, source, page, note)


def _group(group: str, text: str, stages: Mapping[str, str]) -> str:
    plain = " ".join(text.split())
    if group != "stage":
        return plain
    for code, words in stages.items():
        if plain.casefold() in (code.casefold(), words.casefold()):
            return code
    raise BadPastTotals(f"Stage: “{plain}” is not one of: {', '.join(stages.values())}.")


def _number(text: str, heading: str) -> int | None:
    plain = text.replace(",", "").strip()
    if not plain:
        return None
    if not plain.isascii() or not plain.isdigit() or int(plain) > LARGEST:
        raise BadPastTotals(f"{heading}: “{text}” is not a whole number from 0 to {LARGEST:,}.")
    return int(plain)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)
