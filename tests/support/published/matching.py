"""What a checker said of a report, held against what is true of it: found, missed, or alarmed for nothing.

Written against the answer that the command prints: where a claim stands, its words, and the verdict.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.support.published.model import Mistake, Place, Published, Severity, Truth, Verdict
from upheld.checker.model import Checked
from upheld.checker.model import Claim as CheckedClaim
from upheld.checker.reading.document import Document

_SOLID = 0.7  # of the words of a quote that stand in the sentence


@dataclass(frozen=True, slots=True)
class Answer:
    """One claim of the checker's, as the matching needs it. Tables, rows (heads counted) and columns from 0."""

    quote: str
    context: str  # the sentence, or the block, that the quote stands in
    table: int | None
    row: int | None
    column: int | None
    kind: str
    stated: str
    computed: str
    verdict: str
    severity: str | None
    why: str

    @property
    def is_wrong(self) -> bool:
        """Whether the checker calls it wrong."""
        return self.verdict == Verdict.WRONG

    @property
    def is_risk(self) -> bool:
        """Whether it only says that a number could identify somebody."""
        return self.severity == Severity.RISK


@dataclass(slots=True)
class Held:
    """A report's answers against its truth."""

    report: Published
    found: list[tuple[Truth, Answer]] = field(default_factory=list)
    missed: list[Truth] = field(default_factory=list)
    false_alarms: list[Answer] = field(default_factory=list)
    risks_elsewhere: list[Answer] = field(default_factory=list)
    confirmed: int = 0  # right claims that the checker calls right
    numbers: int = 0
    bound: int = 0
    seconds: float = 0.0

    @property
    def corrected(self) -> int:
        """How many of those found came with the value that is right."""
        return sum(_names_the_value(truth, answer) for truth, answer in self.found)


def answers_of(checked: Checked, document: Document, report: Published) -> list[Answer]:
    """The checker's claims about the document that it read; tables and rows are named as the report counts them."""
    read = {index: block.cells for index, block in enumerate(document.blocks) if block.cells}
    tables = {index: _table_of(cells, report) for index, cells in read.items()}
    rows = {}
    for index, table in tables.items():
        # A table that is torn by the end of a page may be counted on from its first piece.
        pieces = [cells for other, cells in read.items() if other >= index and tables[other] == table]
        rows[index] = table, _rows_of([line for cells in pieces for line in cells], report, table)
    return [_answer(claim, document, rows) for claim in checked.claims]


def _table_of(cells: Sequence[Sequence[str]], report: Published) -> int | None:
    """Which of the report's tables was read here, by what it holds: a format may tear one, or join a heading to it."""
    likeness = [sum(_like(line, other) for line in cells for other in table.grid) for table in report.tables]
    return likeness.index(max(likeness)) if likeness and max(likeness) else None


def _rows_of(cells: Sequence[Sequence[str]], report: Published, table: int | None) -> dict[int, int]:
    """Which of the table's rows each row read is, by what it holds: a format may lose a line, or break one in two."""
    if table is None:
        return {}
    grid = report.tables[table].grid
    return {
        row: max(range(len(grid)), key=lambda other: (_like(line, grid[other]), -abs(row - other)))
        for row, line in enumerate(cells)
        if any(_like(line, other) for other in grid)
    }


def _like(line: Sequence[str], other: Sequence[str]) -> int:
    """How many cells two rows have in common, their labels above all."""
    same = sum(a.strip() == b.strip() != "" for a, b in zip(line[1:], other[1:], strict=False))
    return same + 3 * (line[0].split()[:2] == other[0].split()[:2] != [])


def _answer(claim: CheckedClaim, document: Document, rows: Mapping[int, tuple[int | None, dict[int, int]]]) -> Answer:
    place = claim.place
    table, lines = rows.get(place.block, (None, {})) if place.table is not None else (None, {})
    text = document.blocks[place.block].text if place.block < len(document.blocks) else ""
    return Answer(
        quote=claim.quote,
        context=_sentence_around(text, claim.start, claim.end) if text else claim.quote,
        table=table,
        row=lines.get(place.row - 1) if place.row is not None else None,
        column=place.column - 1 if place.column is not None else None,
        kind=str(claim.kind),
        stated=claim.stated,
        computed=f"{claim.computed} {' '.join(str(count) for count in claim.counts)}",
        verdict=str(claim.verdict),
        severity=str(claim.severity) if claim.severity else None,
        why=claim.why,
    )


def _sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of a text that these characters stand in."""
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s|$)(?!\s+[a-z])", text)]
    first = max((e for e in ends if e <= start), default=0)
    last = min((e for e in ends if e >= end), default=len(text))
    return text[first:last]


def hold(report: Published, answers: Iterable[Answer]) -> Held:
    """Which mistakes were found, which were missed, and what was called wrong that is not."""
    held = Held(report)
    answers = list(answers)
    wrong = [answer for answer in answers if answer.is_wrong]
    for truth in report.wrong:
        hits = [answer for answer in wrong if answers_to(answer, truth, report)]
        best = sorted(hits, key=lambda answer: not _names_the_value(truth, answer))
        if best:
            held.found.append((truth, best[0]))
        else:
            held.missed.append(truth)
    fair = _fair_places(report)
    people = {truth.place.table for truth in report.wrong if truth.mistake is Mistake.SMALL_NUMBER}
    for answer in wrong:
        if answer.is_risk:
            if answer.table is not None and answer.table not in people:
                held.risks_elsewhere.append(answer)
        elif not any(_stands(answer, place, report) for place in fair):
            held.false_alarms.append(answer)
    calm = [answer for answer in answers if answer.verdict == Verdict.RIGHT]
    held.confirmed = sum(any(_stands(answer, truth.place, report) for answer in calm) for truth in report.right)
    return held


def answers_to(answer: Answer, truth: Truth, report: Published) -> bool:
    """Whether this alarm is the one that the mistake deserves."""
    if answer.is_risk is not (truth.mistake is Mistake.SMALL_NUMBER):
        return False
    return any(_stands(answer, place, report) for place in (truth.place, *truth.also))


def _fair_places(report: Published) -> list[Place]:
    """Where an alarm is no false one: the mistakes, and whatever speaks of the same numbers."""
    places = []
    for truth in report.wrong:
        places += [truth.place, *truth.also]
        if truth.facts:
            places += [other.place for other in report.truths if other.facts & truth.facts]
    return places


def _stands(answer: Answer, place: Place, report: Published) -> bool:
    """Whether the answer is about what stands at this place."""
    if place.sentence:
        if answer.table is not None:  # a table's caption or note
            return place.sentence in answer.quote
        return _same_words(answer, place.sentence)
    if answer.table != place.table or place.table is None:
        return False
    if place.row is None or answer.row is None:
        return place.row is None
    table = report.tables[place.table]
    named = answer.row == len(table.heads) + place.row
    if not named:
        return False
    return place.column is None or answer.column in (None, place.column)


def _words(text: str) -> set[str]:
    return {word.rstrip(".,;:") for word in re.findall(r"\w[\w.,/%]*", text.lower())}


def _same_words(answer: Answer, sentence: str) -> bool:
    """Whether the answer's sentence is this one, however a format has broken or joined its lines."""
    theirs, ours = _words(answer.context), _words(sentence)
    if not theirs or not ours:
        return False
    common = len(theirs & ours)
    return common >= _SOLID * len(theirs) and common >= _SOLID * len(ours)


def _names_the_value(truth: Truth, answer: Answer) -> bool:
    said = f"{answer.computed} {answer.why}".replace(",", "")
    return any(value.replace(",", "").rstrip("%") in said for value in truth.computed)
