"""Dashboards of made-up facts, and what they say."""

from upheld.figures.calculate import quarters_recorded
from upheld.figures.source import FactSource
from upheld.reporting.assemble import counted
from upheld.reporting.dashboard import Dashboard, Selection, asked_for
from upheld.reporting.presenters.runs import Shows

STAGES = ("stage-1", "stage-2", "stage-3", "ombudsman")


def page_of(source: FactSource, selection: Selection) -> Dashboard:
    """The dashboard of a choice."""
    figures = counted(source, asked_for(selection), as_at=selection.as_at)
    recorded = quarters_recorded(source, as_at=selection.as_at)
    return Dashboard(selection, figures.within(**selection.filters), STAGES, recorded)


def said(shows: Shows) -> str:
    """Runs as a person reads them, spaces that do not break as plain ones."""
    return "".join(run if isinstance(run, str) else run.text for run in shows).replace("\N{NO-BREAK SPACE}", " ")
