"""The reports that measure the checker: what they say is true of them is true, by a reckoning of its own."""

import re
from fractions import Fraction

import pytest

from tests.support.published.generate import IN_PROSE, IN_TABLES, SENTENCES, generate
from tests.support.published.model import Bullets, Heading, Mistake, Paragraph, Published, Severity, Table, Verdict
from tests.support.published.periods import PROSE_QUARTERS, PROSE_YEARS, QUARTER_FORMS, YEAR_FORMS, Period, write
from tests.support.published.restated import restated
from tests.support.published.style import rounded
from tests.support.published.wordings import WORDINGS
from tests.support.published.wordings_apart import APART
from tests.support.published.writers import Form
from tests.support.published.writers import write as written

SEEDS = range(200)


def _texts(report: Published) -> list[str]:
    texts: list[str] = []
    for block in report.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                texts.append(text)
            case Bullets(items):
                texts += items
            case Table():
                texts += [block.title, block.note]
    return texts


def _number(text: str) -> int | None:
    plain = text.replace(",", "")
    return int(plain) if plain.isdigit() else 0 if plain in ("-", "–", "Nil") else None


def test_a_seed_is_one_report() -> None:
    assert generate(11) == generate(11)
    assert generate(11) != generate(12)
    for form in (Form.WEB, Form.MARKDOWN, Form.TEXT, Form.TEXT_LOST, Form.CSV):
        assert written(generate(11), form) == written(generate(11), form)


def test_every_kind_of_claim_has_six_wordings_or_more() -> None:
    assert {kind: len(set(wordings)) for kind, wordings in WORDINGS.items() if len(set(wordings)) < 6} == {}
    assert set(WORDINGS) == set(APART) == set(SENTENCES)
    assert {kind for kind in WORDINGS if set(WORDINGS[kind]) & set(APART[kind])} == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_claim_stands_in_the_report(seed: int) -> None:
    report = generate(seed, apart=seed % 2 == 1)
    texts = _texts(report)
    for truth in report.truths:
        place = truth.place
        if place.sentence:
            assert [text for text in texts if place.sentence in text] != []
        else:
            assert place.table is not None
            table = report.tables[place.table]
            assert place.row is None or place.row < len(table.rows)
            assert place.column is None or place.column < len(table.heads[-1])


@pytest.mark.parametrize("seed", SEEDS)
def test_right_totals_add_up_as_they_are_shown(seed: int) -> None:
    report = generate(seed)
    spoilt = {place.table for truth in report.wrong for place in (truth.place, *truth.also)}
    for truth in report.right:
        if truth.kind != "total" or truth.place.table in spoilt:
            continue
        table, row, column = report.tables[truth.place.table or 0], truth.place.row, truth.place.column
        assert row is not None
        assert column is not None
        shown = _number(table.rows[row][column])
        above = [_number(line[column]) for line in table.rows[:row]]
        left = [_number(text) for text in table.rows[row][1:column]]
        sums = [sum(part for part in parts if part is not None) for parts in (above, left)]
        assert shown in sums


@pytest.mark.parametrize("seed", SEEDS)
def test_right_shares_with_their_base_are_what_they_say(seed: int) -> None:
    for truth in generate(seed).right:
        if truth.kind != "share with base":
            continue
        names = r"Stage \d|\bQ\d|uarter \d|\b(?:20)?\d\d[/–-]\d+|(?:June|September|December|March) 20\d\d"
        sentence = re.sub(names, "", re.sub(r": ([\d,]+)/", r": \1 of ", truth.place.sentence))
        share = re.search(r"([\d.]+)(?:%| per ?cent)", sentence)
        assert share is not None
        counts = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", sentence.replace(share[0], ""))]
        assert len(counts) == 2
        part, whole = sorted(counts)
        decimals = len(share[1].partition(".")[2])
        exact = Fraction(100 * part, whole)
        assert share[1] in {str(rounded(exact, decimals, way)) for way in ("ROUND_HALF_UP", "ROUND_HALF_EVEN")}


@pytest.mark.parametrize(
    "mistake", sorted({mistake for _, mistake in IN_PROSE} | set(IN_TABLES) | {Mistake.MISSING_PERIOD})
)
def test_each_mistake_can_be_asked_for(mistake: Mistake) -> None:
    found: set[Mistake | None] = set()
    for seed in range(100):
        wrong = generate(seed, mistakes=1, only=mistake).wrong
        found |= {truth.mistake for truth in wrong} - {Mistake.SMALL_NUMBER}
        if found:
            break
    assert found == {mistake}


def test_a_restatement_is_wrong_unless_the_report_says_so() -> None:
    pairs = [(restated(seed), restated(seed, noted=True)) for seed in range(60)]
    silent, noted = ([pair[index] for pair in pairs if pair[index] is not None] for index in (0, 1))
    assert len(silent) == len(noted) > 10
    for report in silent:
        (truth,) = (truth for truth in report.wrong if truth.mistake is Mistake.RESTATED)
        assert report.previous is not None
        assert truth.place.row is not None
        assert truth.place.column is not None
        now, before = (r.tables[0].rows[truth.place.row][truth.place.column] for r in (report, report.previous))
        assert _number(now) != _number(before)
        assert truth.computed == (str(_number(before)),)
    assert {truth.mistake for report in noted for truth in report.wrong} <= {Mistake.SMALL_NUMBER}


def test_a_report_without_mistakes_has_none() -> None:
    wrong = [truth for seed in SEEDS for truth in generate(seed, mistakes=0).wrong]
    assert {truth.severity for truth in wrong} <= {Severity.RISK}
    assert {truth.verdict for truth in wrong} <= {Verdict.WRONG}


@pytest.mark.parametrize(
    ("form", "period", "text"),
    [
        ("Q3 2018/19", Period(2017, 4), "Q4 2017/18"),
        ("Oct-Dec 2018", Period(2017, 4), "Jan-Mar 2018"),
        ("October to December 2018", Period(2018, 1), "April to June 2018"),
        ("18/19Q3", Period(2009, 2), "09/10Q2"),
        ("2018/2019", Period(2017), "2017/2018"),
        ("FY 2018/19", Period(1999), "FY 1999/00"),
    ],
)
def test_periods_are_written_as_in_the_example(form: str, period: Period, text: str) -> None:
    assert write(period, form) == text


def test_every_form_of_a_period_tells_periods_apart() -> None:
    years = [Period(year) for year in range(2010, 2026)]
    for form in YEAR_FORMS + PROSE_YEARS:
        assert len({write(period, form) for period in years}) == len(years)
    quarters = [Period(year, quarter) for year in range(2010, 2026) for quarter in (1, 2, 3, 4)]
    for form in QUARTER_FORMS + PROSE_QUARTERS:
        assert len({write(period, form) for period in quarters}) == len(quarters)
