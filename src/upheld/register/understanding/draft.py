"""The mapping that an understanding amounts to, as TOML for a person to look over, with “?” where they have to say."""

from collections.abc import Iterator, Mapping

from upheld.register.layout import STAGES
from upheld.register.mapping import RegisterMapping, mapping_of
from upheld.register.mapping.written import quoted
from upheld.register.understanding.model import UNKNOWN, About, Question, Reading, Sureness, Understanding


def draft(found: Understanding) -> str:
    """The mapping as TOML. It can be used as it is where nothing was asked."""
    return "\n".join(_lines(found)) + "\n"


def settled(found: Understanding) -> RegisterMapping:
    """The mapping of a file that left no question open. Raises BadMapping where it did."""
    return mapping_of(draft(found), f"what was understood of {found.source}")


def _lines(found: Understanding) -> Iterator[str]:
    yield f"# How {found.source} is read. Replace every “?”; a line that begins with # is a note."
    yield from _file(found)
    yield from _dates(found)
    constants = [q for q in found.questions if q.about is About.MISSING and q.column in ("service", "themes", "stage")]
    yield "\n[columns]"
    for reading in found.readings:
        if not reading.stage:
            yield from _column(found, reading)
    for question in found.questions:
        if question.about is About.MISSING and not question.stage and question not in constants:
            yield f"# {question.text}"
            yield f"{question.column} = {quoted(UNKNOWN)}"
    for stage in STAGES:
        yield from _group(found, stage)
    if constants:
        yield "\n[always]"
    for question in constants:
        yield f"# {question.text}"
        if question.options:
            yield f"# One of: {'; '.join(question.options)}."
        yield f"{question.column} = {quoted(UNKNOWN)}"
    for column, words in found.words.items():
        yield from _words(found, column, words)
    if found.last_part:
        yield "\n[last_part]"
    for question in (q for q in found.questions if q.about is About.PATH):
        yield f"# {question.text}"
        yield f"{question.column} = {quoted(UNKNOWN)}  # “{question.options[0]}” for the last part, “” for all of it"
    if found.left_out:
        yield "\n# Not read:"
        yield from (f"# {left.heading}: {left.why}" for left in found.left_out)


def _file(found: Understanding) -> Iterator[str]:
    yield "\n[file]"
    if found.is_workbook:
        sheet = next((q for q in found.questions if q.about is About.SHEET), None)
        if sheet is not None:
            yield f"# {sheet.text}"
        yield f"sheet = {quoted(found.sheet if sheet is None else UNKNOWN)}"
    for name, value in (("encoding", found.told.encoding), ("delimiter", found.told.delimiter)):
        if value is not None:
            yield f"{name} = {quoted(value)}"
    first, last = found.head
    yield f"headings = {first if first == last else f'[{first}, {last}]'}"
    if found.empty:
        yield f"empty = [{', '.join(map(quoted, found.empty))}]"
    if found.separator != ";":
        yield f"separator = {quoted(found.separator)}"


def _dates(found: Understanding) -> Iterator[str]:
    asked = next((q for q in found.questions if q.about is About.ORDER), None)
    if asked is None and found.order is None and not found.orders:
        return
    yield "\n[dates]"
    if asked is not None:
        yield f"# {asked.text}"
        yield f"order = {quoted(UNKNOWN)}  # “day first” or “month first”"
    elif found.order is not None:
        yield f"order = {quoted(found.order.value)}  # {found.order_shown}"
    for column, order in found.orders.items():
        yield f"{column} = {quoted(order.value)}"


def _column(found: Understanding, reading: Reading) -> Iterator[str]:
    asked = next((q for q in found.questions if _is_about(q, reading)), None)
    if asked is not None:
        yield f"# {asked.text}"
    if reading.sureness is Sureness.ASKED:
        yield f"{reading.column} = {quoted(UNKNOWN)}"
        return
    headings = [quoted(heading) for heading in reading.headings]
    value = headings[0] if len(headings) == 1 else f"[{', '.join(headings)}]"
    yield f"{reading.column} = {value}" + (f"  # {', '.join(reading.examples[:2])}" if reading.examples else "")


def _is_about(question: Question, reading: Reading) -> bool:
    same = (question.column, question.stage) == (reading.column, reading.stage)
    return same and question.about in (About.COLUMN, About.CONFIRM)


def _group(found: Understanding, stage: str) -> Iterator[str]:
    readings = [reading for reading in found.readings if reading.stage == stage]
    lacking = [q for q in found.questions if q.about is About.MISSING and q.stage == stage]
    if not readings and not lacking:
        return
    yield f"\n[stages.{stage}]"
    for question in lacking:
        yield f"# {question.text}"
        yield f"{question.column} = {quoted(UNKNOWN)}"
    for reading in readings:
        yield from _column(found, reading)


def _words(found: Understanding, column: str, words: Mapping[str, str]) -> Iterator[str]:
    yield f"\n[words.{column}]"
    asked = [q for q in found.questions if q.about is About.WORD and q.column == column]
    if asked:
        options = "; ".join(f"“{option}”" if option else "“” for nothing" for option in asked[0].options)
        yield f"# One of: {options}."
    for theirs, ours in words.items():
        yield f"{quoted(theirs)} = {quoted(ours)}"
