"""Numbers published before the record, beside its own: in a gap of the record, and where the two differ."""

from upheld.figures.model import FigureSet, FigureValue
from upheld.figures.past import PastTotal
from upheld.figures.period import Quarter
from upheld.figures.reconcile import as_published, shown_past
from upheld.narrative.report import Inline, Number, Role, Runs


def telling(figures: FigureSet, value: FigureValue) -> bool:
    """Whether something else was published than the record says, or something where it says nothing."""
    past = _past(figures, value)
    return past is not None and past.value != value.value


def published(figures: FigureSet, value: FigureValue) -> Inline:
    """The number as it was published; empty where none was, or where it is the record's own."""
    past = _past(figures, value)
    return number_of(past) if past is not None and telling(figures, value) else ""


def number_of(past: PastTotal) -> Number:
    """A published number, which says by its id that it was not counted here."""
    return Number(shown_past(past), past.value, as_published(past), Role.VALUE)


def published_notes(figures: FigureSet, quarters: tuple[Quarter, ...]) -> tuple[Runs, ...]:
    """What “as published” means, and where it was published; none where no such number is shown."""
    shown = [past for past in figures.past if past.period in quarters and _shown(figures, past)]
    if not shown:
        return ()
    sources = "; ".join(sorted({past.source for past in shown}))
    return (
        (
            "As published: figures of reports made before this record, shown where it has no data or differs. They are "
            f"never added to its own. Published in: {sources}.",
        ),
    )


def _shown(figures: FigureSet, past: PastTotal) -> bool:
    values = [v for v in figures if (v.ref.figure, v.ref.period, v.ref.by) == (past.figure, past.period, past.by)]
    return any(telling(figures, value) for value in values)


def _past(figures: FigureSet, value: FigureValue) -> PastTotal | None:
    return figures.published(value.ref.figure, value.ref.period, **dict(value.ref.by))
