"""Past totals beside the record's own: what each says, and by how much they differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from upheld.figures.asked import Asked
from upheld.figures.definitions import CATALOGUE
from upheld.figures.model import FigureRef, FigureSet, FigureValue, Kind
from upheld.figures.past import PastTotal


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A past total and the record's value of the same; `now` is None where the record has no such group."""

    past: PastTotal
    now: FigureValue | None

    @property
    def difference(self) -> int | None:
        """The record's value less the published one; None where the record has none. Per cent points for a rate."""
        value = self.now.value if self.now is not None else None
        return value - self.past.value if isinstance(value, int) else None

    @property
    def in_words(self) -> str:
        """What to say of it."""
        if self.difference is None:
            return "the record has no data"
        return "the same" if self.difference == 0 else f"{self.difference:+d}".replace("-", "−")


def as_published(past: PastTotal) -> FigureValue:
    """A past total as a value that words and tables can show: its id says that it was published, not counted."""
    return FigureValue(FigureRef(f"published_{past.figure}", past.period, past.by), Kind.COUNT, past.value)


def shown_past(past: PastTotal) -> str:
    """As it was published: "26", "45%", "45% of 51"."""
    if CATALOGUE.figure(past.figure).kind is Kind.COUNT:
        return f"{past.value:,}"
    return f"{past.value}%" + (f" of {past.base:,}" if past.base is not None else "")


def asked_of(past: Sequence[PastTotal]) -> tuple[Asked, ...]:
    """What to ask of the record so that every past total has its counterpart."""
    by_dimensions: dict[tuple[str, ...], list[PastTotal]] = {}
    for each in past:
        by_dimensions.setdefault(tuple(dimension for dimension, _ in each.by), []).append(each)
    return tuple(
        Asked(
            tuple(dict.fromkeys(each.figure for each in group)),
            tuple(sorted({each.period for each in group})),
            dimensions,
        )
        for dimensions, group in by_dimensions.items()
    )


def reconcile(past: Sequence[PastTotal], figures: FigureSet) -> tuple[Reconciled, ...]:
    """Each past total with the record's value, in the order of periods, figures and groups."""
    known = {
        (
            value.ref.figure,
            value.ref.period.slug,
            tuple((d, _name(figures, d, code)) for d, code in value.ref.by),
        ): value
        for value in figures
    }
    found = []
    for each in sorted(past, key=lambda p: (p.period, p.figure, p.by)):
        named = tuple((d, text if d == "stage" else _plain(text)) for d, text in each.by)
        found.append(Reconciled(each, known.get((each.figure, each.period.slug, named))))
    return tuple(found)


def _name(figures: FigureSet, dimension: str, code: str) -> str:
    return code if dimension == "stage" else _plain(figures.label(dimension, code))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
