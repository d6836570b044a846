"""Every claim of a paragraph: arithmetic that it shows itself first, then what it says of the tables."""

from collections.abc import Iterator

from upheld.checker.binding import Index
from upheld.checker.claims.changes import changes_of, without
from upheld.checker.claims.evidence import settled
from upheld.checker.claims.levels import levels_of
from upheld.checker.claims.lists import lists_of
from upheld.checker.claims.nothing import nothing_of
from upheld.checker.claims.ranks import ranks_of
from upheld.checker.claims.sentences import Sentence, sentences_of
from upheld.checker.claims.series import extremes_of, series_claims
from upheld.checker.claims.shares import shares_of
from upheld.checker.claims.wordings import wordings_of
from upheld.checker.model import Claim, Place
from upheld.checker.numbers import Quantity, Unit
from upheld.checker.periods import Period
from upheld.checker.words import Facets


def claims_of(
    text: str, place: Place, heading: Facets, index: Index, now: Period | None
) -> Iterator[tuple[Sentence, list[Claim]]]:
    """Each sentence of a block with its claims, in order."""
    earlier: tuple[Quantity, ...] = ()
    for sentence in sentences_of(text, place, heading):
        changes = changes_of(sentence, index, now)
        shares = shares_of(sentence, earlier)
        series, in_series = series_claims(sentence, index, now)
        if in_series:
            changes = without(changes, in_series)
        in_pairs = {i for pair in changes.pairs for i in pair}
        taken = frozenset(shares.used | changes.amounts | in_series)
        claims = [*shares.claims, *changes.claims, *series]
        olds = frozenset(old for _, old in changes.pairs)
        news = frozenset(new for new, _ in changes.pairs)
        pairs = [pair for pair in shares.pairs if not set(pair) & (changes.amounts | in_pairs)]
        claims += levels_of(sentence, index, now, taken, pairs, olds, news, shares.uppers, earlier)
        claims += nothing_of(sentence, index, now)
        claims += lists_of(sentence)
        claims += wordings_of(sentence, index, now)
        claims += extremes_of(sentence, index, now)
        claims += ranks_of(sentence, index.labels, index.tables, now)
        claims = settled(sentence, claims, index, now)
        claims.sort(key=lambda claim: (claim.start, claim.end))
        yield sentence, claims
        earlier = tuple(q for q in sentence.quantities if q.unit is Unit.COUNT) or earlier
