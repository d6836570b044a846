"""The list of refused cells as a file to work through."""

import csv
import io
from collections.abc import Iterable

from upheld.register.model import Refusal


def refusals_csv(refusals: Iterable[Refusal]) -> bytes:
    """CSV with row, column, what stands there and why it was refused. No cell of it is taken for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(("Row", "Column", "What stands there", "Why it was refused"))
    for refusal in refusals:
        value = "'" + refusal.value if refusal.value[:1] in "=+-@\t\r" else refusal.value
        writer.writerow((refusal.row, refusal.column, value, refusal.reason))
    return buffer.getvalue().encode("utf-8-sig")
