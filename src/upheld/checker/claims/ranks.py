"""Which group has the most, or the fewest: names set against the column of the table that they stand in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.checker.answer import Said, number, right, wrong
from upheld.checker.claims.sentences import Sentence
from upheld.checker.labels import Labels, Named, is_group
from upheld.checker.model import Claim, Kind
from upheld.checker.periods import Period
from upheld.checker.tables.model import Table
from upheld.checker.words import PARTS, facets_of

_MOST = re.compile(
    r"\b(?:most(?: (?:common(?:ly)?|frequent(?:ly)?|often|complain\w+|raised))?|(?:greatest|highest|largest"
    r"|biggest)(?: (?:number|volume|share|proportion|source|single))?"
    r"|top(?: (?:two|three|four|five|\d))?|leading (?:themes?|reasons?|causes?|issues?|subjects?)"
    r"|more\b[^.;]{0,60}?\bthan any other|topp(?:ed|ing)|tops|came (?:first|top)|main|principal|predominant\w*)\b",
    re.IGNORECASE,
)
_FEWEST = re.compile(
    r"\b(?:fewest|(?:lowest|smallest)(?: (?:number|volume))?|least (?:common|often|frequent\w*))\b", re.IGNORECASE
)
# The second most, one of the highest, the highest rate: not what is checked here.
_OTHERWISE = re.compile(
    r"\b(?:second|third|fourth|next|one of|among|joint\w*|equal\w*|rates?|percentages?|per cent|proportion"
    r"|increase\w*|decrease\w*|rise|rose|fell|fall|change|improve\w*|except|apart from|followed|other than|almost"
    r"|nearly)\b|%",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The groups of one table with their numbers."""

    table: Table
    values: dict[frozenset[str], tuple[str, Fraction]]


def ranks_of(sentence: Sentence, labels: Labels, tables: Sequence[Table], now: Period | None) -> Iterator[Claim]:
    """What a sentence says of who has most or fewest."""
    most, fewest = _MOST.search(sentence.text), _FEWEST.search(sentence.text)
    found = most or fewest
    names = labels.named(sentence.text)
    if found is None or (most and fewest) or not names or len(sentence.text) > 300:
        return
    bare = sentence.text
    for name in names:
        bare = bare[: name.start] + " " * (name.end - name.start) + bare[name.end :]
    bare = re.sub(r"\([^)]*\)?|:.*", " ", bare)
    if _OTHERWISE.search(bare):
        return
    period, _ = sentence.period_of(found.start(), now)
    measure = next((m for m in facets_of(bare).measures if m in PARTS), None)
    for table in tables:
        standing = _standing(table, names, period, measure, now)
        if standing is not None:
            yield _claim(sentence, found, names, standing, fewest=fewest is not None)
            return


def _standing(
    table: Table, names: Sequence[Named], period: Period | None, measure: str | None, now: Period | None
) -> Standing | None:
    for each in (table, table.transposed):
        groups = {axis.facets.words: i for i, axis in enumerate(each.rows) if is_group(axis) and not axis.of_which}
        if len(groups) < 2 or not all(name.words in groups for name in names):
            continue
        columns = [
            c
            for c, column in enumerate(each.columns)
            if any(each.cells[r][c].count is not None for r in groups.values())
            and not column.percent
            and not column.change
            and not column.base
            and not column.facets.words
            and (column.facets.measure == measure or (measure is None and column.facets.measure in (None, "received")))
            and (column.facets.period or table.about.period or now) == (period or now)
        ]
        stages = {each.columns[c].facets.stages for c in columns}
        if len(columns) != 1 and not (columns and len(stages) == 1 and all(each.columns[c].total for c in columns)):
            continue
        values = {
            words: (each.rows[r].label, count)
            for words, r in groups.items()
            if (count := each.cells[r][columns[0]].count) is not None
        }
        if len(values) == len(groups):
            return Standing(each, values)
    return None


def _claim(
    sentence: Sentence, found: re.Match[str], names: Sequence[Named], standing: Standing, *, fewest: bool
) -> Claim:
    start, end = min(found.start(), names[0].start), max(found.end(), names[-1].end)
    said = Said(
        sentence.place,
        sentence.quote(start, end),
        Kind.RANK,
        ", ".join(name.label for name in names),
        sentence.offset + start,
        sentence.offset + end,
        ((sentence.place, sentence.offset + start),),
    )
    held = {name.words for name in names}
    sign = -1 if fewest else 1
    ordered = sorted(standing.values.items(), key=lambda item: -sign * item[1][1])
    inside = [sign * standing.values[words][1] for words in held]
    outside = [sign * value for words, (_, value) in ordered if words not in held]
    leaders = ordered[: len(held)]
    computed = ", ".join(f"{label} ({number(value)})" for _, (label, value) in leaders)
    counts = [value for _, (_, value) in ordered]
    if not outside or min(inside) >= max(outside):
        return right(said, f"Table {standing.table.number}: {computed}.", computed, counts)
    return wrong(
        said,
        f"Table {standing.table.number} has {computed} first.",
        computed,
        counts,
        cause="not the first by its own table",
    )
