"""Registers as files, in the documented layout."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from upheld.register.layout import BY_ID

ROW: Mapping[str, str] = {
    "reference": "T-1",
    "stage": "Stage 1",
    "received": "2018-10-01",
    "service": "Care",
    "team": "North team",
    "themes": "Delay",
}


def row(**cells: str) -> dict[str, str]:
    """One good row with some of its cells as given, by column id."""
    return {**ROW, **cells}


def csv_text(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as the text of a CSV file; the columns are those that any row has."""
    columns = list(dict.fromkeys(column for cells in rows for column in cells))
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([BY_ID[column].heading for column in columns])
    writer.writerows([cells.get(column, "") for column in columns] for cells in rows)
    return buffer.getvalue()


def register_file(folder: Path, *rows: Mapping[str, str], name: str = "register.csv") -> Path:
    """A register file with these rows."""
    path = folder / name
    path.write_text(csv_text(rows), encoding="utf-8")
    return path


TODAY = date(2026, 11, 22)
