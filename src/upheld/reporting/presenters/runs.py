"""Words and numbers side by side, as templates draw them."""

from dataclasses import dataclass
from typing import TypeAlias

from upheld.narrative.report import Inline, Number, Runs, Strong
from upheld.reporting.links import CaseLinks


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as a page shows it: its text and value, the id of its figure, and the list behind it if there is one."""

    text: str
    value: int | float
    id: str
    href: str


Shows: TypeAlias = tuple[str | Shown, ...]


def shows(runs: Runs, links: CaseLinks) -> Shows:
    """Runs of a report as runs of a page."""
    return tuple(_show(run, links) for run in runs)


def _show(run: Inline, links: CaseLinks) -> str | Shown:
    match run:
        case Number():
            return Shown(run.text, run.value, run.id, links.behind(run))
        case Strong(text):
            return text
        case _:
            return run
