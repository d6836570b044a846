"""How much of what is wrong in published reports the checker finds, and how often it cries out for nothing.

Reports whose truth is known are made up (`tests/support/published`), written in every format in turn, and checked.
`python -m bench.checker 400 --misses` checks 400 of them and also lists what was missed.
"""

import io
import sys
from time import perf_counter

import pdfplumber

from tests.support.published.generate import generate
from tests.support.published.measure import Tally, check
from tests.support.published.model import Published, Severity, Truth
from tests.support.published.restated import restated
from tests.support.published.writers import Form, file_name, write
from upheld.checker.check import check_bytes

REPORTS = 160  # docs/reference/checker.md shows more: seconds grow with them
IN_THE_LONG_ONE = 52  # reports one after another: some 100 pages
GOALS = "Goals: 95 % of material mistakes found, at most 0.5 false alarms for each 100 right claims."


def run() -> str:
    """Check made-up reports and a long one, and print what was found and what it took."""
    lines = [GOALS, "", *measured(REPORTS).lines(), "", *_by_form(REPORTS), ""]
    lines += [
        "In wordings that nobody looked at while the checker was made:",
        "",
        *measured(REPORTS, apart=True).lines(),
    ]
    return "\n".join([*lines, "", long_pdf(), ""])


def measured(reports: int, *, first: int = 0, apart: bool = False, misses: list[str] | None = None) -> Tally:
    """The tally of so many reports from a seed on, each in the next format; `apart` in wordings kept apart."""
    tally = Tally()
    forms = list(Form)
    for seed in range(first, first + reports):
        form = forms[seed % len(forms)]
        held = check(generate(seed, apart=apart), form)
        tally.add(held)
        if misses is not None:
            misses += [f"{form}, {truth.mistake}: {_words(held.report, truth)}" for truth in held.missed]
            misses += [f"{form}, **false alarm**: {alarm.quote} ({alarm.why})" for alarm in held.false_alarms]
    for seed in range(first, first + reports // 4):  # with the report before it; every other one owns up to it
        pair = restated(seed, noted=seed % 2 == 1)
        if pair is not None:
            tally.add(check(pair, forms[seed % len(forms)]))
    return tally


def _by_form(reports: int) -> list[str]:
    """Recall and false alarms in each format, of an eighth of the reports."""
    lines = ["| format | material found | false alarms for each 100 | numbers bound |", "| --- | ---: | ---: | ---: |"]
    for form in Form:
        tally = Tally()
        for seed in range(10_000, 10_000 + reports // len(Form)):
            tally.add(check(generate(seed), form))
        found = f"{100 * tally.recall(Severity.MATERIAL):.0f} %"
        lines.append(f"| {form} | {found} | {tally.alarms_per_100:.2f} | {100 * tally.bound / tally.numbers:.0f} % |")
    return lines


def _words(report: Published, truth: Truth) -> str:
    """A claim as a reader sees it."""
    place = truth.place
    if place.sentence:
        return place.sentence
    assert place.table is not None
    table = report.tables[place.table]
    return f"{table.title}: {' | '.join(table.rows[place.row])}" if place.row is not None else table.title


def long_pdf(reports: int = IN_THE_LONG_ONE) -> str:
    """What a long PDF takes, and what taking its text out alone does."""
    blocks = [block for seed in range(reports) for block in generate(seed, mistakes=0).blocks]
    report = Published("long", tuple(blocks), ())
    content = write(report, Form.PDF)
    start = perf_counter()
    with pdfplumber.open(io.BytesIO(content)) as file:
        pages = len(file.pages)
        for page in file.pages:
            page.extract_text()
            page.close()
    alone = perf_counter() - start
    start = perf_counter()
    checked = check_bytes(content, file_name(report, Form.PDF))
    whole = perf_counter() - start
    return (
        f"A PDF of {pages} pages, {checked.coverage.numbers} numbers: its text alone {alone:.1f} s, "
        f"checked {whole:.1f} s, {whole / alone:.2f} times (goal: 1.5 times and a second)."
    )


def main() -> int:
    """So many reports, and with `--misses` each that was missed."""
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    misses: list[str] = []
    tally = measured(numbers[0] if numbers else REPORTS, first=numbers[1] if numbers[1:] else 0, misses=misses)
    print("\n".join([GOALS, "", *tally.lines()]))
    if "--misses" in sys.argv:
        print("\n".join(["", *sorted(f"- {miss}" for miss in misses)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
