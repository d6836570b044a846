"""What is asked of figures: the words of a question, for rooms that ask and never count."""

from dataclasses import dataclass

from upheld.figures.period import Quarter


@dataclass(frozen=True, slots=True)
class Asked:
    """One table of figures: these figures, of these periods, by these dimensions, of the rows that match `where`."""

    figures: tuple[str, ...]
    periods: tuple[Quarter, ...]
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
