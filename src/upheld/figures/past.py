"""Figures that were published before the record: kept as they were published, shown beside it, never added to it."""

from dataclasses import dataclass

from upheld.figures.period import Quarter


@dataclass(frozen=True, slots=True)
class PastTotal:
    """One published number. Of a count `value` is the count; of a rate it is the per cent that was published.

    `by` holds the groups as they were published: a stage by its code, all others by name. `base` is what a rate was of,
    where that was published too. `source` is the document, `page` where in it.
    """

    figure: str
    period: Quarter
    by: tuple[tuple[str, str], ...]
    value: int
    base: int | None
    source: str
    page: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """What it is a number of: two with one key are one number, published or entered twice."""
        return (self.figure, self.period.slug, self.by)
