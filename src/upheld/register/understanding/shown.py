"""What was understood, as a table and a list of questions to read on a screen."""

from collections.abc import Iterator, Mapping, Sequence

from upheld.register.layout import BY_ID
from upheld.register.mapping.model import EXTRA_COLUMNS
from upheld.register.understanding.model import UNKNOWN, Reading, Sureness, Understanding

_WIDTHS = (30, 34, 8)  # of the table's columns, where there is so much


def shown(found: Understanding) -> list[str]:
    """Lines: the table, what is not read, how dates are read, the questions."""
    return list(_lines(found))


def questions(found: Understanding) -> list[str]:
    """The questions, numbered."""
    return [f"{number}. {question.text}" for number, question in enumerate(found.questions, start=1)]


def _lines(found: Understanding) -> Iterator[str]:
    first, last = found.head
    sheet = f", sheet “{found.sheet}”" if found.is_workbook else ""
    head = f"headings in row {first}" if first == last else f"headings in rows {first} to {last}"
    yield f"{found.source}{sheet}: {found.rows:,} rows, {head}."
    yield ""
    yield from _table([("Our column", "Their column", "How sure", "For example"), *understood_columns(found)])
    yield from understood_notes(found)
    if found.left_out:
        yield ""
        yield "Not read: " + "; ".join(f"“{left.heading}” ({left.why})" for left in found.left_out) + "."
    if found.questions:
        yield ""
        yield "To be settled:" if len(found.questions) > 1 else "One thing to be settled:"
        yield from questions(found)


def understood_columns(found: Understanding) -> tuple[tuple[str, str, str, str], ...]:
    """For each of our columns: its heading, the file's, how surely that is so, examples."""
    return tuple(_row(reading) for reading in found.readings)


def understood_notes(found: Understanding) -> tuple[str, ...]:
    """How words, dates and lists are read, a sentence each."""
    return tuple(_notes(found))


def _notes(found: Understanding) -> Iterator[str]:
    for column, words in found.words.items():
        told = ", ".join(f"“{theirs}” is {f'“{ours}”' if ours else 'nothing'}" for theirs, ours in _known(words))
        if told:
            yield f"{_heading(column)}: {told}."
    if found.order is not None:
        yield f"Dates are read with the {found.order.value}: {found.order_shown}."
    for column, order in found.orders.items():
        yield f"Dates of {_heading(column)} are read with the {order.value}: they prove it."
    if found.separator != ";":
        yield f"Several themes in one cell are parted by “{found.separator}”."
    if found.empty:
        yield f"These stand for nothing: {', '.join(f'“{word}”' for word in found.empty)}."


def _known(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(theirs, ours) for theirs, ours in words.items() if ours != UNKNOWN]


def _row(reading: Reading) -> tuple[str, str, str, str]:
    stage = f" ({BY_ID['stage'].choices[reading.stage]})" if reading.stage else ""
    theirs = ", ".join(reading.headings) if reading.sureness is not Sureness.ASKED else "?"
    return (_heading(reading.column) + stage, theirs, reading.sureness.value, ", ".join(reading.examples))


def _heading(column: str) -> str:
    return BY_ID[column].heading if column not in EXTRA_COLUMNS else column.replace("_", " ").capitalize()


def _table(rows: Sequence[tuple[str, str, str, str]]) -> Iterator[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    widths = [min(width, most) for width, most in zip(widths, _WIDTHS, strict=True)]
    for row in rows:
        yield "  ".join(
            [*(_cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]
        ).rstrip()


def _cut(text: str, width: int) -> str:
    """A text that ends as it does: the end of a heading below others is what tells it from its neighbours."""
    return text if len(text) <= width else "…" + text[1 - width :]
