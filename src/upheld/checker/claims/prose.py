"""Every claim of a paragraph: arithmetic that it shows itself first, then what it says of the tables."""

from collections.abc import Iterator

from upheld.checker.binding import Index
from upheld.checker.claims.changes import changes_of
from upheld.checker.claims.levels import levels_of
from upheld.checker.claims.nothing import nothing_of
from upheld.checker.claims.sentences import Sentence, sentences_of
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
        in_pairs = {i for pair in changes.pairs for i in pair}
        taken = frozenset(shares.used | changes.amounts)
        claims = [*shares.claims, *(c for c in changes.claims)]
        olds = frozenset(old for _, old in changes.pairs)
        pairs = [pair for pair in shares.pairs if not set(pair) & (changes.amounts | in_pairs)]
        claims += levels_of(sentence, index, now, taken | in_pairs.difference(in_pairs), pairs, olds)
        claims += nothing_of(sentence, index, now)
        claims += wordings_of(sentence, index, now)
        claims.sort(key=lambda claim: (claim.start, claim.end))
        yield sentence, claims
        earlier = tuple(q for q in sentence.quantities if q.unit is Unit.COUNT) or earlier
