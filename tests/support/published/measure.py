"""How well the checker does over many reports: recall for each mistake, false alarms, coverage and time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter

from tests.support.published.matching import Answer, Held, answers_of, hold
from tests.support.published.model import Mistake, Published, Severity
from tests.support.published.writers import Form, file_name, write
from upheld.checker.check import check_document
from upheld.checker.reading import read_document


def check(report: Published, form: Form) -> Held:
    """Write a report in this format, have it checked, and hold the answer against its truth."""
    before = None
    if report.previous is not None:
        before = read_document(write(report.previous, form), file_name(report.previous, form))
    content = write(report, form)
    start = perf_counter()
    document = read_document(content, file_name(report, form))
    checked = check_document(document, before)
    seconds = perf_counter() - start
    held = hold(report, answers_of(checked, document, report))
    held.numbers, held.bound = checked.coverage.numbers, checked.coverage.bound
    held.seconds = seconds
    return held


@dataclass(slots=True)
class Tally:
    """Sums over reports."""

    reports: int = 0
    found: Counter[Mistake] = field(default_factory=Counter)
    missed: Counter[Mistake] = field(default_factory=Counter)
    found_by: Counter[Severity] = field(default_factory=Counter)
    missed_by: Counter[Severity] = field(default_factory=Counter)
    corrected: int = 0
    right: int = 0
    confirmed: int = 0
    false_alarms: int = 0
    risks_elsewhere: int = 0
    numbers: int = 0
    bound: int = 0
    seconds: float = 0.0
    alarms: list[tuple[str, Answer]] = field(default_factory=list)

    def add(self, held: Held) -> None:
        """Count one report in."""
        self.reports += 1
        for truth, _ in held.found:
            assert truth.mistake is not None
            assert truth.severity is not None
            self.found[truth.mistake] += 1
            self.found_by[truth.severity] += 1
        for truth in held.missed:
            assert truth.mistake is not None
            assert truth.severity is not None
            self.missed[truth.mistake] += 1
            self.missed_by[truth.severity] += 1
        self.corrected += held.corrected
        self.right += len(held.report.right)
        self.confirmed += held.confirmed
        self.false_alarms += len(held.false_alarms)
        self.risks_elsewhere += len(held.risks_elsewhere)
        self.numbers += held.numbers
        self.bound += held.bound
        self.seconds += held.seconds
        self.alarms += [(held.report.name, answer) for answer in held.false_alarms]

    def recall(self, severity: Severity) -> float:
        """The share of mistakes of a severity that were found."""
        return _share(self.found_by[severity], self.missed_by[severity])

    @property
    def alarms_per_100(self) -> float:
        """False alarms for each 100 claims that are right."""
        return 100 * self.false_alarms / self.right if self.right else 0.0

    def lines(self) -> Iterable[str]:
        """A table of recall, and the rest in sentences."""
        yield "| what is wrong | found | of | recall |"
        yield "| --- | ---: | ---: | ---: |"
        for mistake in Mistake:
            of = self.found[mistake] + self.missed[mistake]
            if of:
                yield f"| {mistake} | {self.found[mistake]} | {of} | {100 * self.found[mistake] / of:.0f} % |"
        for severity in Severity:
            of = self.found_by[severity] + self.missed_by[severity]
            if of:
                yield f"| **{severity}** | {self.found_by[severity]} | {of} | {100 * self.recall(severity):.1f} % |"
        found = sum(self.found.values())
        yield ""
        yield f"Of {found} found, {self.corrected} came with the value that is right."
        yield f"False alarms: {self.false_alarms} on {self.right} right claims, {self.alarms_per_100:.2f} for each 100."
        yield f"Right claims that the checker calls right: {100 * self.confirmed / max(1, self.right):.0f} %."
        yield f"Numbers bound: {self.bound} of {self.numbers}, {100 * self.bound / max(1, self.numbers):.0f} %."
        yield f"Time: {1000 * self.seconds / max(1, self.reports):.0f} ms a report, of {self.reports} reports."


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 1.0
