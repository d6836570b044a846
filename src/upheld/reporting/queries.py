"""Figures and reports of the record, for pages.

What was counted is kept in the process for as long as the facts stay as they are: counting again would give the same.
The token of the facts' state is the key, so nothing kept can be out of date.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from django.conf import settings

from upheld.cases.queries.facts import PostgresFacts, facts_token, quarters_of_record
from upheld.errors import UpheldError
from upheld.figures.asked import Asked
from upheld.figures.model import FigureSet
from upheld.figures.period import Quarter
from upheld.figures.questions import stages_of
from upheld.narrative import quarterly
from upheld.narrative.papers import folder_of, papers
from upheld.narrative.report import Report
from upheld.organisation.queries import crosswalk_to, names_on, structure_token
from upheld.reporting.assemble import counted, day_of_figures
from upheld.reporting.dashboard import Dashboard, Selection, asked_for
from upheld.reporting.past_queries import present_totals

_KEPT = 256
_TRIES = 5

_Counted = TypeVar("_Counted")
_Labels = frozenset[tuple[tuple[str, str], str]]


class _Facts(NamedTuple):
    """Which facts something was counted from: the token of their state, and what people call their groups."""

    token: str
    labels: _Labels
    pack: str
    structure: str  # the token of the structure's own record


class _Way(NamedTuple):
    """How teams are shown: in the structure of a day, or (None) each as recorded and called as on `named_on`."""

    structure: date | None
    named_on: date


class FactsKeptMovingError(UpheldError):
    """Cases were recorded again and again while figures were being counted."""


class _FactsMovedError(Exception):
    """Facts were recorded during a count, so its numbers may not fit together."""


class Record:
    """The figures of the record. What one call counts is all of one state of it."""

    def __init__(self) -> None:
        self._facts = _present()

    def quarters(self, as_at: date) -> tuple[Quarter, ...]:
        """The quarters in which anything was received by the end of `as_at`, oldest first."""
        return quarters_of_record(as_at=as_at)

    def dashboard(self, selection: Selection) -> Dashboard:
        """The figures of a dashboard page."""
        way = _Way(selection.structure, selection.quarter.end)
        asked = asked_for(selection)
        figures = self._settled(lambda facts: _figures(facts, asked, selection.as_at, way, digested=False))
        figures = replace(figures, past=present_totals())
        recorded = self.quarters(selection.as_at)
        return Dashboard(selection, figures.within(**selection.filters), stages_of(self._facts.pack), recorded)

    def report(self, quarter: Quarter, *, today: date, structure: date | None = None) -> Report:
        """The report of a quarter with its papers, as at the day that they state, or else at the end of `today`.

        In the structure of a day, or (None) with each case under the team of its own.

        Raises CommentaryFault where the papers cannot be used, with what is wrong and where.
        """
        environment = settings.ENVIRONMENT
        added = papers(quarter, council=environment.council_name, folder=folder_of(environment.home, quarter))
        asked, as_at = quarterly.asked_for(quarter), day_of_figures(added, quarter, today=today)
        way = _Way(structure, quarter.end)
        figures = self._settled(lambda facts: _figures(facts, asked, as_at, way, digested=True))
        figures = replace(figures, past=present_totals())
        return quarterly.quarterly_report(figures, quarter, added.cover, added.commentary)

    def _settled(self, count: Callable[[_Facts], _Counted]) -> _Counted:
        """What `count` gives of one state of the facts: it counts again where they were added to meanwhile."""
        for _ in range(_TRIES):
            try:
                return count(self._facts)
            except _FactsMovedError:
                self._facts = _present()
        raise FactsKeptMovingError("Cases are being recorded all the time at present. Try again in a minute.")


# A report names the digest of its facts, so that it can be made again; a page that is gone tomorrow does without.
@lru_cache(maxsize=_KEPT)
def _figures(facts: _Facts, asked: tuple[Asked, ...], as_at: date, way: _Way, *, digested: bool) -> FigureSet:
    figures = counted(
        PostgresFacts(digested=digested),
        asked,
        as_at=as_at,
        crosswalk=crosswalk_to(way.structure) if way.structure is not None else None,
        names=names_on(way.named_on, token=facts.structure),
    )
    _check_still(facts)
    return figures


def _present() -> _Facts:
    described = PostgresFacts(digested=False).describe()
    return _Facts(described.digest, frozenset(described.labels.items()), described.pack, structure_token())


def _check_still(facts: _Facts) -> None:
    """Each statement sees what is committed by then: the same token after the last says that all saw the same."""
    if facts_token().hex != facts.token:
        raise _FactsMovedError
