"""The answer as JSON and as CSV: every key, and every column, always there."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

from upheld.checker.model import Checked, Claim, Place

_COLUMNS = (
    "file",
    "verdict",
    "severity",
    "kind",
    "quote",
    "stated",
    "computed",
    "counts",
    "cause",
    "why",
    "page",
    "section",
    "table",
    "row",
    "column",
)


def as_json(answers: Sequence[Checked]) -> str:
    """An object for one file, a list of them for several."""
    values = [values_of(checked) for checked in answers]
    return json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False, indent=2) + "\n"


def values_of(checked: Checked) -> dict[str, object]:
    """The answer for one file as plain values."""
    return {
        "file": checked.file,
        "coverage": asdict(checked.coverage),
        "claims": [_claim(claim) for claim in checked.claims],
    }


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "place": _place(claim.place),
        "quote": claim.quote,
        "kind": claim.kind.value,
        "stated": claim.stated,
        "computed": claim.computed,
        "counts": list(claim.counts),
        "verdict": claim.verdict.value,
        "severity": claim.severity.value if claim.severity else None,
        "cause": claim.cause,
        "why": claim.why,
    }


def _place(place: Place) -> dict[str, object]:
    return {
        "words": place.words,
        "page": place.page,
        "section": place.section or None,
        "table": place.table,
        "row": place.row,
        "column": place.column,
    }


def as_csv(answers: Sequence[Checked]) -> str:
    """A line for each claim of each file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for checked in answers:
        for claim in checked.claims:
            place = claim.place
            writer.writerow(
                _safe(cell)
                for cell in (
                    checked.file,
                    claim.verdict.value,
                    claim.severity.value if claim.severity else "",
                    claim.kind.value,
                    claim.quote,
                    claim.stated,
                    claim.computed or "",
                    "; ".join(str(n) for n in claim.counts),
                    claim.cause or "",
                    claim.why,
                    place.page,
                    place.section,
                    place.table,
                    place.row,
                    place.column,
                )
            )
    return "\ufeff" + out.getvalue()


def _safe(cell: object) -> object:
    """A text that a spreadsheet would take for a formula, made a text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell
